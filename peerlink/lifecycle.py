"""Which state may follow which, and what must be said with the step."""

from dataclasses import dataclass
from enum import StrEnum

from peerlink.errors import Refused
from peerlink.framework.contact_words import ContactStatus, MissedBy
from peerlink.framework.incident_words import IncidentStatus
from peerlink.framework.money_words import ClaimStatus, RejectReason
from peerlink.framework.people_words import (
    CheckinStatus,
    MatchStatus,
    ParticipantStatus,
    PlaceStatus,
    SupervisionStatus,
    VolunteerStatus,
)
from peerlink.framework.questionnaire_words import QuestionnaireStatus, ResponseStatus
from peerlink.framework.reasons import CloseReason, DeclineReason, EndReason, LeaveReason, PauseReason
from peerlink.framework.training_words import (
    AttendanceStatus,
    CompletionStatus,
    ModuleStatus,
    TrainingSessionStatus,
    WishStatus,
)
from peerlink.framework.word import Word
from peerlink.words import N_, _


class Kind(Word):
    """What has a life-cycle."""

    VOLUNTEER = "volunteer", N_("volunteer")
    PARTICIPANT = "participant", N_("participant")
    MATCH = "match", N_("match")
    CONTACT = "contact", N_("contact")
    CHECKIN = "checkin", N_("check-in")
    SUPERVISION = "supervision", N_("supervision session")
    PLACE = "place", N_("place")
    MODULE = "module", N_("training module")
    TRAINING_SESSION = "training_session", N_("training session")
    ATTENDANCE = "attendance", N_("attendance")
    COMPLETION = "completion", N_("completion")
    WISH = "wish", N_("wish")
    INCIDENT = "incident", N_("incident")
    CLAIM = "claim", N_("claim")
    QUESTIONNAIRE = "questionnaire", N_("questionnaire")
    RESPONSE = "response", N_("form")


V, P, M = VolunteerStatus, ParticipantStatus, MatchStatus
C, Q, S, L = ContactStatus, CheckinStatus, SupervisionStatus, PlaceStatus
T, A, D, W = TrainingSessionStatus, AttendanceStatus, CompletionStatus, WishStatus
I = IncidentStatus  # noqa: E741 - one letter each, as above
K = ClaimStatus
F, R = QuestionnaireStatus, ResponseStatus

STEPS: dict[Kind, dict[Word, tuple[Word, ...]]] = {
    Kind.VOLUNTEER: {
        V.APPLICANT: (V.SCREENING, V.WITHDRAWN, V.DECLINED),
        V.SCREENING: (V.TRAINING, V.DECLINED, V.WITHDRAWN),
        V.TRAINING: (V.ACTIVE, V.WITHDRAWN, V.DECLINED),
        V.ACTIVE: (V.PAUSED, V.LEFT),
        V.PAUSED: (V.ACTIVE, V.LEFT),
        V.LEFT: (V.APPLICANT,),
        V.WITHDRAWN: (),
        V.DECLINED: (),
    },
    Kind.PARTICIPANT: {
        P.REFERRED: (P.CONSENTED, P.DECLINED, P.NOT_REACHED, P.CLOSED),
        P.CONSENTED: (P.WAITING, P.CLOSED),
        P.WAITING: (P.MATCHED, P.PAUSED, P.CLOSED),
        P.MATCHED: (P.ACTIVE, P.WAITING),
        P.ACTIVE: (P.PAUSED, P.ENDING, P.WAITING),
        P.PAUSED: (P.ACTIVE, P.ENDING, P.CLOSED),
        P.ENDING: (P.CLOSED, P.ACTIVE),
        P.CLOSED: (P.REFERRED,),
        P.DECLINED: (),
        P.NOT_REACHED: (),
    },
    Kind.MATCH: {
        M.PROPOSED: (M.ACCEPTED, M.DECLINED, M.EXPIRED),
        M.ACCEPTED: (M.ACTIVE, M.CANCELLED),
        M.ACTIVE: (M.PAUSED, M.ENDED),
        M.PAUSED: (M.ACTIVE, M.ENDED),
        M.ENDED: (),
        M.DECLINED: (),
        M.EXPIRED: (),
        M.CANCELLED: (),
    },
    Kind.CONTACT: {
        C.PLANNED: (C.HELD, C.MISSED, C.CANCELLED, C.RESCHEDULED, C.UNCONFIRMED),
        C.UNCONFIRMED: (C.HELD, C.MISSED, C.CANCELLED),
        C.HELD: (),
        C.MISSED: (),
        C.CANCELLED: (),
        C.RESCHEDULED: (),
    },
    Kind.CHECKIN: {
        Q.DUE: (Q.ANSWERED, Q.SKIPPED, Q.EXPIRED),
        Q.ANSWERED: (),
        Q.SKIPPED: (Q.DUE,),
        Q.EXPIRED: (),
    },
    Kind.SUPERVISION: {
        S.SCHEDULED: (S.HELD, S.MISSED, S.CANCELLED),
        S.HELD: (S.SCHEDULED,),
        S.MISSED: (S.SCHEDULED,),
        S.CANCELLED: (S.SCHEDULED,),
    },
    Kind.PLACE: {
        L.PROPOSED: (L.CHECKED, L.RETIRED),
        L.CHECKED: (L.APPROVED, L.RETIRED),
        L.APPROVED: (L.SUSPENDED, L.RETIRED),
        L.SUSPENDED: (L.CHECKED, L.APPROVED, L.RETIRED),
        L.RETIRED: (),
    },
    Kind.MODULE: {
        ModuleStatus.DRAFT: (ModuleStatus.PUBLISHED,),
        ModuleStatus.PUBLISHED: (ModuleStatus.RETIRED,),
        ModuleStatus.RETIRED: (),
    },
    Kind.TRAINING_SESSION: {
        T.PLANNED: (T.HELD, T.CANCELLED),
        T.HELD: (T.PLANNED,),
        T.CANCELLED: (T.PLANNED,),
    },
    Kind.ATTENDANCE: {
        A.ENROLLED: (A.PRESENT, A.ABSENT, A.EXCUSED),
        A.PRESENT: (A.ENROLLED,),
        A.ABSENT: (A.ENROLLED,),
        A.EXCUSED: (A.ENROLLED,),
    },
    Kind.COMPLETION: {
        D.ENROLLED: (D.PASSED, D.FAILED, D.EXPIRED, D.WAIVED),
        D.PASSED: (D.EXPIRED,),
        D.FAILED: (),
        D.EXPIRED: (),
        D.WAIVED: (D.EXPIRED,),
    },
    Kind.WISH: {
        W.ASKED: (W.GRANTED, W.DECLINED, W.WITHDRAWN),
        W.GRANTED: (W.ASKED,),
        W.DECLINED: (W.ASKED,),
        W.WITHDRAWN: (W.ASKED,),
    },
    Kind.INCIDENT: {
        I.REPORTED: (I.TRIAGED,),
        I.TRIAGED: (I.IN_PROGRESS,),
        I.IN_PROGRESS: (I.RESOLVED,),
        I.RESOLVED: (I.CLOSED, I.IN_PROGRESS),
        I.CLOSED: (),
    },
    Kind.CLAIM: {
        K.DRAFT: (K.SUBMITTED,),
        K.SUBMITTED: (K.APPROVED, K.REJECTED, K.DRAFT),
        K.APPROVED: (K.PAID, K.SUBMITTED),
        K.REJECTED: (K.SUBMITTED, K.DRAFT),
        K.PAID: (K.APPROVED,),
    },
    Kind.QUESTIONNAIRE: {
        F.DRAFT: (F.ACTIVE,),
        F.ACTIVE: (F.RETIRED,),
        F.RETIRED: (),
    },
    Kind.RESPONSE: {
        R.REQUESTED: (R.IN_PROGRESS, R.STOPPED),
        R.IN_PROGRESS: (R.COMPLETED, R.STOPPED),
        R.COMPLETED: (),
        R.STOPPED: (),
    },
}  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What is said with a step: a word of a vocabulary, and whether a day to look again is set."""

    reason: type[Word] | None = None
    required: bool = False
    review_on: bool = False


SAID: dict[tuple[Kind, Word], Said] = {
    (Kind.VOLUNTEER, V.PAUSED): Said(PauseReason, required=True, review_on=True),
    (Kind.VOLUNTEER, V.LEFT): Said(LeaveReason, required=True),
    (Kind.PARTICIPANT, P.PAUSED): Said(PauseReason, required=True, review_on=True),
    (Kind.PARTICIPANT, P.CLOSED): Said(CloseReason, required=True),
    (Kind.MATCH, M.ENDED): Said(EndReason, required=True),
    (Kind.MATCH, M.DECLINED): Said(DeclineReason),
    (Kind.CONTACT, C.MISSED): Said(MissedBy, required=True),
    (Kind.CONTACT, C.CANCELLED): Said(MissedBy, required=True),
    (Kind.CLAIM, K.REJECTED): Said(RejectReason, required=True),
}


def steps_from(kind: str, state: str) -> tuple[Word, ...]:
    """Return the states that may follow this one; ValueError for a state the kind does not have."""
    return STEPS[Kind(kind)][_state(Kind(kind), state)]


def said_with(kind: str, state: str) -> Said:
    """Return what is said when something reaches this state."""
    return SAID.get((Kind(kind), _state(Kind(kind), state)), Said())


def check_step(kind: str, before: str, after: str) -> None:
    """Refuse a step the life-cycle does not have; the sentence names what is allowed."""
    thing = Kind(kind)
    now, wanted = _state(thing, before), _state(thing, after)
    allowed = STEPS[thing][now]
    if wanted in allowed:
        return
    names = {"kind": _(thing.label), "now": _(now.label), "wanted": _(wanted.label)}
    if not allowed:
        raise Refused(_("This %(kind)s cannot become '%(wanted)s': '%(now)s' is final.", **names))
    choice = ", ".join(f"'{_(state.label)}'" for state in allowed)
    raise Refused(
        _(
            "This %(kind)s cannot go from '%(now)s' to '%(wanted)s'; possible from here: %(choice)s.",
            **names,
            choice=choice,
        )
    )


def check_said(kind: str, after: str, reason: StrEnum | str | None) -> None:
    """Refuse a step without the reason it needs, or with one that is not in its vocabulary."""
    said = said_with(kind, after)
    if not reason:
        if said.required:
            raise Refused(_("Say why: choose a reason for this step."))
        return
    if said.reason is not None and str(reason) not in said.reason.__members__.values():
        raise Refused(_("'%(reason)s' is not one of the reasons for this step.", reason=str(reason)))


def _state(kind: Kind, state: str) -> Word:
    for known in STEPS[kind]:
        if known == state:
            return known
    raise ValueError(_("'%(state)s' is no state of a %(kind)s.", state=state, kind=kind.value))
