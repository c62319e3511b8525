"""Starts, pauses and ends matches, so that nobody is left without a named person."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import select

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.matching.events import (
    MatchCancelled,
    MatchEnded,
    MatchPaused,
    MatchResumed,
    MatchStarted,
)
from peerlink.features.matching.models import Match
from peerlink.features.matching.queries import WALKING, facts_of, open_matches_of
from peerlink.features.matching.service.answering import withdraw
from peerlink.features.participants import service as participants
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.queries import programme_zone
from peerlink.framework.reasons import EndingStep, EndReason, PauseReason
from peerlink.framework.vocabularies import MatchStatus, ParticipantStatus
from peerlink.lifecycle import Kind, check_said
from peerlink.store import gate, history
from peerlink.store.session import session
from peerlink.words import _

AFTERWARDS = (ParticipantStatus.WAITING, ParticipantStatus.ENDING)
"""What may become of a participant whose match has ended: somebody else is looked for, or support ends."""


@dataclass(frozen=True, kw_only=True)
class EndDraft:
    """How a match ends."""

    reason: EndReason
    planned: bool = False
    """An ending talk was held, and two contacts or 14 days' notice came before the end."""
    checklist: frozenset[EndingStep] = frozenset()
    afterwards: ParticipantStatus | None = ParticipantStatus.WAITING
    """None leaves the participant's state to whoever asked."""
    note: str | None = None


def start_match(match: Match, *, by: uuid.UUID | None, on: dt.date | None = None) -> None:
    """Begin an accepted match with its first contact; the participant is active from then on."""
    day = on or _today()
    history.move(match, MatchStatus.ACTIVE, kind=Kind.MATCH, by=by, on=day)
    match.started_on = day
    with gate.opened("a participant who has met their volunteer is active"):
        participant = session.get_one(Participant, match.participant_id)
        if participant.status is ParticipantStatus.MATCHED:
            participants.step(participant, ParticipantStatus.ACTIVE, by=by, on=day)
    announce(MatchStarted(by=by, **facts_of(match)))


def pause_match(
    match: Match, reason: PauseReason, *, by: uuid.UUID | None, on: dt.date | None = None
) -> None:
    """Let an active match rest; the place stays taken."""
    history.move(match, MatchStatus.PAUSED, kind=Kind.MATCH, by=by, reason=reason.value, on=on or _today())
    announce(MatchPaused(by=by, **facts_of(match)))


def resume_match(match: Match, *, by: uuid.UUID | None, on: dt.date | None = None) -> None:
    """Go on with a match that rested."""
    if match.status is not MatchStatus.PAUSED:
        raise Refused(_("Only a match that rests can go on."))
    history.move(match, MatchStatus.ACTIVE, kind=Kind.MATCH, by=by, on=on or _today())
    announce(MatchResumed(by=by, **facts_of(match)))


def end_match(match: Match, draft: EndDraft, *, by: uuid.UUID | None, on: dt.date | None = None) -> None:
    """End a match that was active or paused; the participant waits again, or their support ends."""
    day = on or _today()
    check_said(Kind.MATCH, MatchStatus.ENDED, draft.reason)
    if match.started_on is not None and day < match.started_on:
        raise Refused(_("A match cannot end before it began."))
    history.move(
        match, MatchStatus.ENDED, kind=Kind.MATCH, by=by, reason=draft.reason.value, note=draft.note, on=day
    )
    match.ended_on, match.end_reason, match.planned_end = day, draft.reason, draft.planned
    match.checklist = sorted(step.value for step in draft.checklist)
    session.flush()
    _move_on(match, draft.afterwards, by, day)
    announce(MatchEnded(by=by, **facts_of(match), reason=draft.reason, planned=draft.planned))


def cancel_match(
    match: Match,
    *,
    by: uuid.UUID | None,
    afterwards: ParticipantStatus | None = ParticipantStatus.WAITING,
    note: str | None = None,
    on: dt.date | None = None,
) -> None:
    """Give up an accepted match before the first contact; the participant waits again."""
    day = on or _today()
    history.move(match, MatchStatus.CANCELLED, kind=Kind.MATCH, by=by, note=note, on=day)
    session.flush()
    _move_on(match, afterwards, by, day)
    announce(MatchCancelled(by=by, **facts_of(match)))


def hand_over(
    match: Match, *, by: uuid.UUID | None, planned: bool = False, on: dt.date | None = None
) -> None:
    """Free a participant from a volunteer who leaves, whatever state the match is in; they wait again."""
    if match.status is MatchStatus.PROPOSED:
        withdraw(match, by=by, on=on)
    elif match.status is MatchStatus.ACCEPTED:
        cancel_match(match, by=by, on=on)
    else:
        end_match(match, EndDraft(reason=EndReason.VOLUNTEER_LEFT, planned=planned), by=by, on=on)


def stop_all(participant_id: uuid.UUID, *, by: uuid.UUID | None, only_proposed: bool = False) -> None:
    """End whatever rests on a consent that was taken back; the participant's own state is not touched."""
    for match in open_matches_of(Match.participant_id == participant_id):
        if match.status is MatchStatus.PROPOSED:
            withdraw(match, by=by)
        elif only_proposed:
            continue
        elif match.status is MatchStatus.ACCEPTED:
            cancel_match(match, by=by, afterwards=None)
        else:
            end_match(match, EndDraft(reason=EndReason.PARTICIPANT_CHOICE, afterwards=None), by=by)


def _move_on(match: Match, afterwards: ParticipantStatus | None, by: uuid.UUID | None, day: dt.date) -> None:
    """Let a participant without any other match wait again, or end."""
    if afterwards is None:
        return
    if afterwards not in AFTERWARDS:
        raise Refused(_("After a match somebody waits again, or their support ends."))
    with gate.opened("a participant whose match has ended is moved on"):
        participant = session.get_one(Participant, match.participant_id)
        other = session.scalar(
            select(Match.id)
            .where(Match.participant_id == participant.id, Match.status.in_(WALKING), Match.id != match.id)
            .limit(1)
        )
        met = participant.status is ParticipantStatus.ACTIVE
        if other is None and (met or participant.status is ParticipantStatus.MATCHED):
            participants.step(participant, afterwards if met else ParticipantStatus.WAITING, by=by, on=day)


def _today() -> dt.date:
    return clock.today(programme_zone())
