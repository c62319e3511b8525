"""Lets a volunteer go well: a day is stated, every match moves or ends, a talk is offered."""

import datetime as dt
import uuid
from dataclasses import dataclass

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.accounts.queries import account_ids_of
from peerlink.features.matching import service as matching
from peerlink.features.matching.models import Match
from peerlink.features.matching.queries import open_matches_of
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.recruitment.events import (
    ExitTalkKept,
    HandoverForgotten,
    HandoverPlanned,
    LeavingStated,
    LeavingTakenBack,
)
from peerlink.features.recruitment.models import ExitTalk, Handover
from peerlink.features.recruitment.queries import find_exit_talk
from peerlink.features.recruitment.rules import (
    LONGEST_NOTE,
    HandoverDraft,
    check_leaving_day,
    check_not_ahead,
)
from peerlink.features.recruitment.service.knowing import forget_day, forget_plan, know_day, know_plan
from peerlink.features.volunteers import service as volunteers
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import SERVING
from peerlink.framework.reasons import EndingStep, EndReason, LeaveReason
from peerlink.framework.recruitment_words import HandoverKind
from peerlink.framework.vocabularies import TAKES_A_SLOT, MatchStatus, ParticipantStatus, VolunteerStatus
from peerlink.roles import Role
from peerlink.store import lookup
from peerlink.store.session import session
from peerlink.words import _

AFTERWARDS = {
    HandoverKind.HAND_OVER: ParticipantStatus.WAITING,
    HandoverKind.GOODBYE: ParticipantStatus.ENDING,
    HandoverKind.ENDS_NOW: ParticipantStatus.ENDING,
}
"""What becomes of the participant: they wait for somebody new, or their support comes to its end."""


@dataclass(frozen=True, kw_only=True)
class TalkDraft:
    """A talk at the end, as written down."""

    wanted: bool | None = None
    held_on: dt.date | None = None
    said: str | None = None
    returns: bool | None = None


def state_leaving(volunteer: Volunteer, on: dt.date, *, by: uuid.UUID | None, wanted: bool | None) -> None:
    """Write down the day on which somebody leaves, and whether they would like a talk before."""
    check_leaving_day(on, _today())
    if volunteer.status not in SERVING:
        raise Refused(_("Only a volunteer who is active or paused states a day of leaving."))
    volunteer.leaving_on = on
    know_day(volunteer.id, on)
    if wanted is not None:
        _talk_of(volunteer).wanted = wanted
    session.flush()
    told = tuple(one for one in account_ids_of(Role.COORDINATOR) if one != by)
    announce(LeavingStated(by=by, volunteer_id=volunteer.id, tell=told))


def take_back_leaving(volunteer: Volunteer, *, by: uuid.UUID | None) -> None:
    """Let somebody stay after all; what was planned for their matches is forgotten."""
    if volunteer.status not in SERVING or volunteer.leaving_on is None:
        raise Refused(_("No day of leaving is on record."))
    volunteer.leaving_on = None
    forget_day(volunteer.id)
    for match in open_matches_of(Match.volunteer_id == volunteer.id):
        _forget(match)
    session.flush()
    announce(LeavingTakenBack(by=by, volunteer_id=volunteer.id))


def plan_handover(match: Match, draft: HandoverDraft, *, by: uuid.UUID | None) -> None:
    """Write down what becomes of an open match, and until when; said again, it replaces what stood there."""
    check_leaving_day(draft.on, _today())
    if match.status not in TAKES_A_SLOT:
        raise Refused(_("This match is open no longer. There is nothing to plan."))
    if draft.to_id == match.volunteer_id:
        raise Refused(_("Somebody else takes over: choose another volunteer, or nobody yet."))
    if draft.how is HandoverKind.ENDS_NOW:
        raise Refused(_("What ends now needs no plan: press 'Do it now'."))
    kept = session.get(Handover, match.id)
    if kept is None:
        kept = Handover(match_id=match.id)
        session.add(kept)
    kept.how, kept.on = draft.how, draft.on
    kept.to_id = draft.to_id if draft.how is HandoverKind.HAND_OVER else None
    session.flush()
    know_plan(match)
    announce(HandoverPlanned(by=by, volunteer_id=match.volunteer_id, match_id=match.id, how=draft.how))


def forget_handover(match: Match, *, by: uuid.UUID | None) -> None:
    """Take a plan for a match back."""
    _forget(match)
    session.flush()
    announce(HandoverForgotten(by=by, volunteer_id=match.volunteer_id, match_id=match.id))


def carry_out(match: Match, how: HandoverKind, done: frozenset[EndingStep], *, by: uuid.UUID | None) -> None:
    """Move or end a match today with its proper ending; nobody is left without somebody to turn to."""
    goodbye = EndingStep.GOODBYE in done
    if how is HandoverKind.GOODBYE and not goodbye:
        raise Refused(_("A planned goodbye needs the goodbye: tick it when they have said it."))
    _forget(match)
    if match.status in (MatchStatus.PROPOSED, MatchStatus.ACCEPTED):
        matching.hand_over(match, by=by)
        return
    ending = matching.EndDraft(
        reason=EndReason.VOLUNTEER_LEFT,
        planned=goodbye and how is not HandoverKind.ENDS_NOW,
        checklist=done,
        afterwards=AFTERWARDS[how],
    )
    matching.end_match(match, ending, by=by)


def leave(
    volunteer: Volunteer,
    reason: LeaveReason,
    *,
    by: uuid.UUID | None,
    note: str | None = None,
    wanted: bool | None = None,
) -> None:
    """Let somebody go today; raises Refused while anybody relies on them. The talk is offered with it."""
    volunteers.step(volunteer, VolunteerStatus.LEFT, by=by, reason=reason.value, note=note)
    volunteer.leaving_on = _today()
    if reason is LeaveReason.DIED:
        return
    talk = _talk_of(volunteer)
    talk.offered_on = talk.offered_on or _today()
    if wanted is not None:
        talk.wanted = wanted
    announce(ExitTalkKept(by=by, volunteer_id=volunteer.id))


def keep_talk(volunteer: Volunteer, draft: TalkDraft, *, by: uuid.UUID | None) -> None:
    """Write down that the talk was offered, wished for or held, and what was said in it."""
    if draft.held_on is not None:
        check_not_ahead(draft.held_on, _today())
    if len(draft.said or "") > LONGEST_NOTE:
        raise Refused(_("Keep the note below %(n)s letters.", n=LONGEST_NOTE))
    talk = _talk_of(volunteer)
    talk.offered_on = talk.offered_on or _today()
    talk.wanted, talk.held_on, talk.returns = draft.wanted, draft.held_on, draft.returns
    talk.said = (draft.said or "").strip() or None
    talk.by = by.hex if by and draft.held_on else None
    announce(ExitTalkKept(by=by, volunteer_id=volunteer.id))


def _talk_of(volunteer: Volunteer) -> ExitTalk:
    found = find_exit_talk(volunteer.id)
    if found is None:
        found = ExitTalk(id=uuid.uuid4(), subject_id=volunteer.id, volunteer_id=volunteer.id)
        session.add(found)
        session.flush()
        lookup.admit([found])
    return found


def _forget(match: Match) -> None:
    kept = session.get(Handover, match.id)
    if kept is not None:
        session.delete(kept)
        forget_plan(match)


def _today() -> dt.date:
    return clock.today(programme_zone())
