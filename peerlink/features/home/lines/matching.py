"""People who wait, proposals without an answer, and people who drop away."""

import datetime as dt
from collections.abc import Iterator, Sequence

from peerlink.features.home.desk import Line
from peerlink.features.matching.models import Match
from peerlink.features.matching.queries import matches_for
from peerlink.features.participants.queries import Wanted as WantedParticipants
from peerlink.features.participants.queries import participant_counts, participant_page
from peerlink.features.risks.models import Flag
from peerlink.features.risks.queries import open_flags_for
from peerlink.framework.vocabularies import MatchStatus, ParticipantStatus
from peerlink.roles import Permission, Viewer
from peerlink.store.lookup import many
from peerlink.words import _

WAITING_TOO_LONG = dt.timedelta(days=7)


def lines(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    """Say who waits for a match or an answer, and who drops away."""
    if viewer.may(Permission.MATCH):
        yield from _waiting(viewer, today)
        yield from _dropping_away(viewer)


def proposals(viewer: Viewer) -> Sequence[Match]:
    """Return the proposals within reach that wait for an answer."""
    return many(matches_for(viewer).where(Match.status == MatchStatus.PROPOSED))


def _waiting(viewer: Viewer, today: dt.date) -> Iterator[Line]:
    asked = len(proposals(viewer))
    if asked:
        yield Line(_("Proposals waiting for an answer: %(n)d", n=asked), "matching.proposals", "clock")
    counts = participant_counts(viewer)
    waiting = counts.get(ParticipantStatus.WAITING, 0)
    if not waiting:
        return
    wanted = WantedParticipants(status=ParticipantStatus.WAITING, since_before=today - WAITING_TOO_LONG)
    long = participant_page(viewer, wanted).total
    text = _("People waiting for a match: %(n)d", n=waiting)
    word = _("%(n)d past 7 days", n=long) if long else ""
    yield Line(text, "matching.board", "team", "watch" if long else "", word)


def _dropping_away(viewer: Viewer) -> Iterator[Line]:
    flags = open_flags_for(viewer).where(Flag.rule == "R51", Flag.may_close_on.is_(None))
    n = len(many(flags))
    if n:
        more = _("Missed twice in a row, or silent for twice as long as planned")
        text = _("People dropping away: %(n)d", n=n)
        yield Line(text, "risks.flags", "call", "alert", _("Call"), more, asked={"rule": "R51"})
