"""The agenda of a talk: it writes itself from what happened since the last one.

Rooms above fill in their part; each asks on the viewer's behalf, so that whoever may not read a
volunteer's answers is not told of them here either.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from peerlink.features.supervision.queries import last_held, open_actions_of, own_points_of, owners_of
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.agenda_words import AgendaTopic, Tone
from peerlink.framework.people_words import SupervisionKind
from peerlink.roles import Viewer

SAID_FIRST = (AgendaTopic.THEIRS, AgendaTopic.WELL, AgendaTopic.FLAG, AgendaTopic.HEAVY)
"""What is said of an agenda before it is opened."""
LOOKS_BACK = dt.timedelta(days=42)
"""How far back an agenda looks where there was no talk yet and nobody knows when somebody joined."""


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """One point to talk about."""

    topic: AgendaTopic
    sentence: str
    title: str = ""
    """What leads to where it comes from; the sentence itself where there is none."""
    mark: str = ""
    """A word on it, such as that it is new."""
    on: dt.date | None = None
    """Since when, or when it was."""
    days: tuple[dt.date, ...] = ()
    """The days of what is counted, the latest first."""
    tone: Tone = Tone.NEUTRAL
    endpoint: str = ""
    """Where the point comes from, for whoever may go there."""
    asked: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Agenda:
    """What there is to talk about since a day."""

    since: dt.date
    items: tuple[AgendaItem, ...]

    @property
    def topics(self) -> dict[AgendaTopic, list[AgendaItem]]:
        """Return the points by topic, in the order they are talked of."""
        found: dict[AgendaTopic, list[AgendaItem]] = {}
        for one in self.items:
            found.setdefault(one.topic, []).append(one)
        return found

    @property
    def first_words(self) -> list[str]:
        """Return in a few words what comes first, one of each topic: what went well before what weighs."""
        said = [one[0] for topic, one in self.topics.items() if topic in SAID_FIRST]
        return [one.title or one.sentence for one in said][:3]

    @property
    def has_good_news(self) -> bool:
        """Tell whether anything is on record that went well."""
        return AgendaTopic.WELL in self.topics


@dataclass(frozen=True)
class Span:
    """Whose time an agenda is about, and which."""

    volunteer: Volunteer
    since: dt.date
    """The day of the last talk: what happened on it may have been talked about, and counts."""
    today: dt.date


AgendaSource = Callable[[Span, Viewer], Iterable[AgendaItem]]
agenda_sources: list[AgendaSource] = []


def hear(source: AgendaSource) -> None:
    """Listen to a source, once however often it is named."""
    if source not in agenda_sources:
        agenda_sources.append(source)


def agenda_for(volunteer: Volunteer, viewer: Viewer, today: dt.date) -> Agenda:
    """Write the agenda of a talk with a volunteer, for themself or for whoever looks after them."""
    last_on = last_held([volunteer.id], SupervisionKind.ONE_TO_ONE).get(volunteer.id)
    span = Span(volunteer, last_on or volunteer.joined_on or today - LOOKS_BACK, today)
    items = [*_own(span, viewer)]
    for source in agenda_sources:
        items += source(span, viewer)
    order = list(AgendaTopic)
    items.sort(key=lambda one: (order.index(one.topic), one.tone is not Tone.HEAVY, one.on or dt.date.max))
    return Agenda(span.since, tuple(items))


def _own(span: Span, viewer: Viewer) -> Iterable[AgendaItem]:
    for text in own_points_of(span.volunteer.id, viewer):
        yield AgendaItem(topic=AgendaTopic.THEIRS, sentence=text)
    actions = open_actions_of(span.volunteer.id, viewer)
    owners = owners_of(actions, viewer)
    for one in actions:
        late = one.due_on is not None and one.due_on < span.today
        yield AgendaItem(
            topic=AgendaTopic.ACTION,
            sentence=f"{owners[one.id]}: {one.what}",
            on=one.due_on,
            tone=Tone.HEAVY if late else Tone.NEUTRAL,
        )
