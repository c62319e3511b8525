"""Team care: who may need a call, since when and why, beside their own usual; and who looks steady."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from peerlink import clock
from peerlink.features.indicators import gather
from peerlink.features.indicators.facts import VolunteerFacts
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.risks.actions import DUE_IN, MISSING_DATA, Offer, offered
from peerlink.features.risks.aftermath import Tried, scores_of, tried
from peerlink.features.risks.curves import Curve, effort_curve, strain_curve
from peerlink.features.risks.models import Flag, FlagState, Task
from peerlink.features.risks.queries import care_flags, intact, steps_of, volunteers_in
from peerlink.features.risks.rulebook import Finding
from peerlink.features.risks.shown import Seen, see_all
from peerlink.features.risks.task_list import CALLS, calls_wanted, open_tasks
from peerlink.features.risks.unknown import NotKnown, is_lighter, not_known
from peerlink.features.risks.untaught import Untaught, part
from peerlink.features.supervision.covering import Away, covered_for
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import read_by, serving_volunteers, volunteers_among
from peerlink.framework.care_words import Way
from peerlink.framework.levels import POSITIVE, Level
from peerlink.instruments.strain import has_missed_two
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.words import N_, _

FELT = (N_("light"), N_("okay"), N_("heavy"))
USUAL = frozenset({"A01", "A02", "A03", "A04", "A06", "A21"})
"""Actions with a button of their own."""


@dataclass(frozen=True)
class Card:
    """One volunteer who may need somebody."""

    on: dt.date
    volunteer: Volunteer
    months: int | None
    flags: list[Seen]
    facts: VolunteerFacts | None
    strain: Curve | None = None
    effort: Curve | None = None
    done: list[Tried] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    """What this viewer has still to do about them, the calls they asked for first."""
    covers: Away | None = None
    """For whom the viewer looks after them meanwhile."""
    is_handed: bool = False
    """Whether the viewer was told in somebody else's place."""
    is_missing: bool = False
    """Whether two check-ins running were missed, so that how they are now is not known (A17)."""
    is_lighter: bool = False

    @property
    def first(self) -> Seen:
        return self.flags[0]

    @property
    def since_on(self) -> dt.date:
        return min(one.since_on for one in self.flags if one.now is self.first.now)

    @property
    def is_waiting(self) -> bool:
        return any(one.wants is not None for one in self.flags)

    @property
    def can_rest(self) -> list[Seen]:
        return [one for one in self.flags if not one.is_safety and one.flag.state is not FlagState.SNOOZED]

    @property
    def offered(self) -> dict[str, Offer]:
        """Return every action offered on one of the flags, by its code."""
        return {
            offer.code: offer
            for one in self.flags
            for offer in offered(Finding(one.flag.rule, one.flag.subject_kind, one.level))
        }

    @property
    def others(self) -> list[Offer]:
        """Return what is offered besides the usual."""
        return [offer for code, offer in self.offered.items() if code not in USUAL]

    @property
    def call(self) -> Task | None:
        """Return the call they asked for, if they wait for one."""
        return next((task for task in self.tasks if task.way in CALLS), None)

    @property
    def wants_call_today(self) -> bool:
        return self.call is not None and self.call.way is Way.CALL_TODAY

    @property
    def other_tasks(self) -> list[Task]:
        """Return what there is to do besides the call."""
        return [task for task in self.tasks if task.way not in CALLS]

    @property
    def talk_by(self) -> dt.date:
        """Return the day a talk booked now is due."""
        return self.on + dt.timedelta(days=DUE_IN[self.first.level])

    @property
    def effort_words(self) -> list[str]:
        return [_(FELT[round(value / 2)]) for value in self.effort.values] if self.effort else []

    @property
    def own_sides(self) -> list[str]:
        return [one.flag.own_side for one in self.flags if one.flag.own_side]

    @property
    def hours_left(self) -> int | None:
        return min((one.hours_left for one in self.flags if one.hours_left is not None), default=None)


@dataclass(frozen=True)
class Asked:
    """One volunteer who asked to be called after a contact."""

    volunteer: Volunteer
    task: Task


@dataclass(frozen=True)
class TeamCare:
    """Everybody one supervisor looks after, by what they may need."""

    asked: list[Asked]
    """Who asked to be called and has no card, today's first."""
    cards: list[Card]
    later: list[Card]
    """Nothing but what the next session can hold."""
    resting: list[Card]
    steady: list[Volunteer]
    lighter: set[uuid.UUID]
    """Those whose strain is clearly below their own usual: good news is shown as well."""
    unknown: list[NotKnown]
    elsewhere: list[Volunteer]
    """Those who chose somebody else to read their check-ins, and of whom nothing else stands out."""
    n_damaged: int
    """Flags that were changed outside of PeerLink."""
    missing: dict[uuid.UUID, list[Task]]
    """The task to get what is not known, by whom it is about."""
    untaught: Untaught | None
    """Who carries topics for which no training is written down at all."""
    names: dict[uuid.UUID, str]
    """The names of these."""

    @property
    def n_waiting(self) -> int:
        return sum(card.is_waiting for card in self.cards)


def team_care(viewer: Viewer) -> TeamCare:
    """Sort everybody this supervisor looks after, the worst first."""
    flags, damaged = intact(care_flags(viewer))
    people = volunteers_in(flags) | {one.id: one for one in serving_volunteers(viewer)}
    if viewer.person_id is not None:
        people.pop(viewer.person_id, None)
    with gate.opened("the rules judge; what they say of somebody's own volunteers is shown"):
        facts = gather.volunteer_facts(_today(), list(people)) if people else {}
    tasks: dict[uuid.UUID, list[Task]] = {}
    for task in open_tasks(viewer):
        tasks.setdefault(task.about_id, []).append(task)
    away = covered_for(viewer)
    alone, untaught = part(see_all(flags, viewer))
    by_person: dict[uuid.UUID, list[Flag]] = {}
    for one in alone:
        by_person.setdefault(one.flag.about_id, []).append(one.flag)
    gathered = {one.flag.about_id for one in untaught.seen} if untaught else set()
    cards = [
        _card(people[who], own, facts.get(who), viewer, tasks.get(who, []), away)
        for who, own in by_person.items()
    ]
    cards.sort(
        key=lambda card: (
            not card.wants_call_today,
            -_weight(card),
            not card.is_waiting,
            card.since_on,
            card.volunteer.id,
        )
    )
    awake = [card for card in cards if any(one.flag.state is not FlagState.SNOOZED for one in card.flags)]
    pressing = [card for card in awake if card.call or any(one.is_pressing for one in card.flags)]
    read, shown = read_by(viewer), {card.volunteer.id for card in pressing}
    others = [one for who, one in sorted(people.items()) if who not in by_person.keys() | gathered]
    mine = [one for one in others if one.id in read]
    unknown = not_known(mine, facts, limits())
    dark = {one.volunteer.id for one in unknown}
    lighter = {who for who in facts.keys() & read if is_lighter(facts[who], limits())}
    return TeamCare(
        asked=[one for one in _asked(viewer) if one.volunteer.id not in shown],
        cards=[_whole(card, viewer, is_read=card.volunteer.id in read) for card in pressing],
        later=[card for card in awake if card not in pressing],
        resting=[card for card in cards if card not in awake],
        steady=[one for one in mine if one.id not in dark],
        lighter=lighter,
        unknown=unknown,
        elsewhere=[one for one in others if one.id not in read],
        n_damaged=len(damaged),
        missing={who: [one for one in tasks.get(who, []) if one.code == MISSING_DATA] for who in dark},
        untaught=untaught,
        names={who: people[who].called for who in gathered},
    )


def _asked(viewer: Viewer) -> list[Asked]:
    calls = calls_wanted(viewer)
    people = volunteers_among([one.about_id for one in calls], viewer)
    return [Asked(people[one.about_id], one) for one in calls if one.about_id in people]


def care_flags_of(volunteer_id: uuid.UUID, viewer: Viewer) -> list[Flag]:
    """Return the open flags of one volunteer that this supervisor cares for, the worst first."""
    flags = [flag for flag in intact(care_flags(viewer))[0] if flag.about_id == volunteer_id]
    return [seen.flag for seen in see_all(flags, viewer)]


def _card(
    volunteer: Volunteer,
    flags: Sequence[Flag],
    facts: VolunteerFacts | None,
    viewer: Viewer,
    tasks: list[Task],
    away: Mapping[uuid.UUID | None, Away],
) -> Card:
    months = None
    if volunteer.joined_on is not None:
        months = (_today() - volunteer.joined_on).days * 12 // 365
    return Card(
        on=_today(),
        volunteer=volunteer,
        months=months,
        flags=see_all(flags, viewer),
        facts=facts,
        done=tried(steps_of(flags), None),
        tasks=tasks,
        covers=away.get(volunteer.supervisor_id),
        is_handed=any(flag.passed_to == viewer.account_id for flag in flags),
    )


def _weight(card: Card) -> int:
    return (Level.OK, *POSITIVE).index(card.first.now)


def _whole(card: Card, viewer: Viewer, *, is_read: bool) -> Card:
    who, in_force = card.volunteer.id, limits()
    known, scores = card.facts if is_read else None, scores_of(who, viewer)
    return replace(
        card,
        strain=strain_curve(scores, in_force),
        effort=effort_curve(who, viewer),
        done=tried([one.step for one in card.done], scores if is_read else None),
        is_missing=known is not None and has_missed_two(known.checkins, card.on, in_force),
        is_lighter=known is not None and is_lighter(known, in_force),
    )


def _today() -> dt.date:
    return clock.today(programme_zone())
