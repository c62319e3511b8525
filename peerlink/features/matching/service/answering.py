"""Keeps what both people say to a proposal, and what follows from it."""

import datetime as dt
import uuid

from sqlalchemy import select

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.matching.events import (
    MatchAccepted,
    MatchDeclined,
    ParticipantAnswered,
    ProposalExpired,
    ProposalWithdrawn,
    VolunteerAnswered,
)
from peerlink.features.matching.models import Answer, Match
from peerlink.features.matching.queries import facts_of
from peerlink.features.participants import service as participants
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.framework.reasons import DeclineReason
from peerlink.framework.vocabularies import MatchStatus, ParticipantStatus
from peerlink.lifecycle import Kind, check_said
from peerlink.store import gate, history
from peerlink.store.lookup import many
from peerlink.store.session import session
from peerlink.words import _


def record_volunteers_answer(
    match: Match,
    said: Answer,
    *,
    by: uuid.UUID | None,
    why: DeclineReason | None = None,
    on: dt.date | None = None,
) -> None:
    """Keep a volunteer's yes or no; nobody has to say why."""
    _check_open(match)
    match.volunteer_said = said
    announce(VolunteerAnswered(by=by, **facts_of(match), said=said))
    _settle(match, said, by, why, on)


def record_participants_answer(
    match: Match,
    said: Answer,
    *,
    by: uuid.UUID | None,
    why: DeclineReason | None = None,
    on: dt.date | None = None,
) -> None:
    """Keep what a participant told the coordinator; nobody has to say why."""
    _check_open(match)
    match.participant_said = said
    announce(ParticipantAnswered(by=by, **facts_of(match), said=said))
    _settle(match, said, by, why, on)


def withdraw(match: Match, *, by: uuid.UUID | None, on: dt.date | None = None) -> None:
    """Take a proposal back before both have answered; the participant goes on waiting."""
    _check_open(match)
    history.move(match, MatchStatus.DECLINED, kind=Kind.MATCH, by=by, note="withdrawn", on=on or _today())
    announce(ProposalWithdrawn(by=by, **facts_of(match)))


def expire_proposals(today: dt.date) -> int:
    """Let proposals expire that nobody answered in time; return how many."""
    last = today - dt.timedelta(days=limits().whole("match.proposal_expires_days"))
    waiting = select(Match).where(Match.status == MatchStatus.PROPOSED, Match.proposed_on < last)
    overdue = many(waiting)
    for match in overdue:
        history.move(match, MatchStatus.EXPIRED, kind=Kind.MATCH, by=None, on=today)
        announce(ProposalExpired(by=None, **facts_of(match)))
    return len(overdue)


def _check_open(match: Match) -> None:
    """Hold the match as it is now and refuse an answer that comes too late."""
    session.refresh(match, with_for_update=True)
    if match.status is not MatchStatus.PROPOSED:
        raise Refused(_("This proposal is no longer open."))


def _settle(
    match: Match, said: Answer, by: uuid.UUID | None, why: DeclineReason | None, on: dt.date | None
) -> None:
    """Decline with one no, accept with two yeses."""
    day = on or _today()
    if said is Answer.NO:
        check_said(Kind.MATCH, MatchStatus.DECLINED, why)
        match.said_why = why.value if why else None
        history.move(match, MatchStatus.DECLINED, kind=Kind.MATCH, by=by, reason=match.said_why, on=day)
        announce(MatchDeclined(by=by, **facts_of(match)))
    elif match.volunteer_said is Answer.YES and match.participant_said is Answer.YES:
        _accept(match, by, day)


def _accept(match: Match, by: uuid.UUID | None, day: dt.date) -> None:
    with gate.opened("a match both accepted moves its participant on"):
        participant = session.get_one(Participant, match.participant_id)
        history.move(match, MatchStatus.ACCEPTED, kind=Kind.MATCH, by=by, on=day)
        match.accepted_on = day
        match.planned_interval_days = participant.planned_interval_days
        participants.step(participant, ParticipantStatus.MATCHED, by=by, on=day)
    announce(MatchAccepted(by=by, **facts_of(match)))


def _today() -> dt.date:
    return clock.today(programme_zone())
