"""Days with the team on the agenda of a talk."""

from collections.abc import Iterator

from peerlink.features.recognition.queries import came_to
from peerlink.features.supervision.agenda import AgendaItem, Span
from peerlink.framework.agenda_words import AgendaTopic, Tone
from peerlink.roles import Viewer
from peerlink.words import _


def team_days(span: Span, viewer: Viewer) -> Iterator[AgendaItem]:
    """Return the days of the team's that the volunteer came to since the last talk."""
    del viewer
    for one in came_to(span.volunteer.id, span.since, span.today):
        yield AgendaItem(
            topic=AgendaTopic.WELL,
            sentence=_("Met the team: %(title)s", title=one.title),
            on=one.day,
            tone=Tone.GOOD,
        )
