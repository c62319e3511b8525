"""What can be done with a participant's record."""

import datetime as dt
import secrets
import uuid
from collections.abc import Callable, Collection

import jellyfish

from peerlink import clock
from peerlink.errors import Conflict, Refused
from peerlink.events import announce
from peerlink.features.participants.events import (
    ConsentTaken,
    ConsentWithdrawn,
    ParticipantAdded,
    ParticipantChanged,
    ParticipantStepped,
)
from peerlink.features.participants.models import Participant
from peerlink.features.participants.queries import find_participants_by, participants_named, ref_is_taken
from peerlink.features.participants.rules import (
    ConsentKind,
    ParticipantDraft,
    check_consents,
    check_draft,
    check_review,
)
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.framework.months import months_later
from peerlink.framework.people_words import ParticipantStatus
from peerlink.framework.person import read_slots
from peerlink.framework.reasons import CloseReason
from peerlink.lifecycle import Kind, check_said, check_step
from peerlink.roles import Viewer
from peerlink.store import gate, history, lookup, names
from peerlink.store.session import session
from peerlink.words import _

S = ParticipantStatus
ALIKE = 0.92
"""Names this near (Jaro-Winkler) with one year of birth may be one person."""
REF_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

Check = Callable[[Participant], None]
_checks: dict[ParticipantStatus, list[Check]] = {}


def check_before(state: ParticipantStatus, check: Check) -> None:
    """Let a room above refuse a step into this state; registered once however often it is said."""
    checks = _checks.setdefault(state, [])
    if check not in checks:
        checks.append(check)


def add_participant(draft: ParticipantDraft, *, by: uuid.UUID | None) -> Participant:
    """Keep somebody referred to the programme; raises Refused where the record cannot be right."""
    today = _today()
    check_draft(draft, today)
    if draft.ref and ref_is_taken(draft.ref):
        raise Refused(_("There is somebody with this programme number already."))
    referred_on = draft.referred_on or today
    participant = Participant(
        id=uuid.uuid4(), status=S.REFERRED, status_since=referred_on, ref=draft.ref or _new_ref()
    )
    _write(participant, draft, referred_on)
    session.add(participant)
    session.flush()
    lookup.admit([participant])
    names.put("participant", participant.id, _all_names(draft))
    history.begin(participant, kind=Kind.PARTICIPANT, by=by, on=referred_on)
    announce(ParticipantAdded(by=by, participant_id=participant.id))
    return participant


def likely_duplicates(draft: ParticipantDraft, viewer: Viewer) -> list[Participant]:
    """Return whom a new person may be already, among those the viewer may see.

    The same phone or e-mail, or the same year of birth and nearly the same name.
    """
    with gate.opened("names are compared; only those alike are shown"):
        same = {one.id: one for one in find_participants_by(draft.phone, draft.email, viewer)}
        if draft.birth_year is not None:
            name = _full_name(draft)
            for one in participants_named(name, viewer):
                if one.birth_year == draft.birth_year and _alike(_full_name(one), name):
                    same[one.id] = one
    lookup.admit(same.values())
    return list(same.values())


def change_details(
    participant: Participant, draft: ParticipantDraft, *, version: int, by: uuid.UUID | None
) -> None:
    """Change what a record says; raises Conflict where it was saved since `version` was read."""
    session.refresh(participant, with_for_update=True)
    if participant.version != version:
        raise Conflict(_("Somebody else saved this record while you were working on it."))
    check_draft(draft, _today())
    if draft.ref and draft.ref != participant.ref and ref_is_taken(draft.ref):
        raise Refused(_("There is somebody with this programme number already."))
    participant.ref = draft.ref or participant.ref
    _write(participant, draft, draft.referred_on or participant.referred_on)
    names.put("participant", participant.id, _all_names(draft))
    announce(ParticipantChanged(by=by, participant_id=participant.id))


def step(
    participant: Participant,
    to: ParticipantStatus,
    *,
    by: uuid.UUID | None,
    reason: str | None = None,
    review_on: dt.date | None = None,
    note: str | None = None,
    on: dt.date | None = None,
) -> None:
    """Take one step of the life-cycle; raises Refused with what is missing or what is possible instead."""
    today, before = _today(), participant.status
    check_step(Kind.PARTICIPANT, before, to)
    check_review(to, review_on, today, limits().whole("R02.pause_days"))
    check_said(Kind.PARTICIPANT, to, reason)
    if not (to is S.WAITING and before in (S.MATCHED, S.ACTIVE)):
        check_consents(to, participant.consents or {}, participant.consent_until, on or today)
    for check in _checks.get(to, ()):
        check(participant)
    history.move(participant, to, kind=Kind.PARTICIPANT, by=by, reason=reason, note=note, on=on or today)
    participant.status_since = on or today
    participant.review_on = review_on
    participant.close_reason = reason if to is S.CLOSED else None
    if before is S.CLOSED:
        participant.consents, participant.consent_until = {}, None
    announce(ParticipantStepped(by=by, participant_id=participant.id, before=before, after=to))


def take_consents(
    participant: Participant,
    kinds: Collection[ConsentKind],
    *,
    by: uuid.UUID | None,
    on: dt.date | None = None,
    until: dt.date | None = None,
) -> None:
    """Write down what somebody agreed to; the first consent to support makes a referred person consented.

    Without a day they run for the programme's usual months. Given again, a consent counts from the new day.
    """
    today = _today()
    on = on or today
    if not kinds:
        raise Refused(_("Tick what they agreed to."))
    if on > today or on < participant.referred_on:
        raise Refused(_("Consent is given between the referral and today."))
    until = until or months_later(on, limits().whole("consent.months"))
    if until < today:
        raise Refused(_("The consent would have run out already."))
    participant.consents = {**(participant.consents or {}), **{kind.value: on.isoformat() for kind in kinds}}
    participant.consent_until = until
    for kind in kinds:
        announce(ConsentTaken(by=by, participant_id=participant.id, kind=kind))
    if participant.status is S.REFERRED and ConsentKind.SUPPORT in kinds:
        step(participant, S.CONSENTED, by=by, on=max(on, participant.status_since))


def withdraw_consent(participant: Participant, kind: ConsentKind, *, by: uuid.UUID | None) -> None:
    """Take a consent back the same day; without the one to support, support ends.

    Rooms above end what rested on it before the person's own state is looked at.
    """
    consents = dict(participant.consents or {})
    if consents.pop(kind.value, None) is None:
        raise Refused(_("This consent was not given."))
    participant.consents = consents
    announce(ConsentWithdrawn(by=by, participant_id=participant.id, kind=kind))
    if kind is ConsentKind.SUPPORT:
        _wind_down(participant, by)


def _wind_down(participant: Participant, by: uuid.UUID | None) -> None:
    own_choice = CloseReason.OWN_CHOICE.value
    if participant.status is S.ACTIVE:
        step(participant, S.ENDING, by=by)
    elif participant.status is S.MATCHED:
        step(participant, S.WAITING, by=by)
        step(participant, S.CLOSED, by=by, reason=own_choice)
    elif participant.status in (S.REFERRED, S.CONSENTED, S.WAITING, S.PAUSED):
        step(participant, S.CLOSED, by=by, reason=own_choice)


def _write(participant: Participant, draft: ParticipantDraft, referred_on: dt.date) -> None:
    participant.referred_on = referred_on
    participant.site_id = draft.site_id
    participant.planned_interval_days = draft.planned_interval_days
    for name in ("given_name", "family_name", "alias", "email", "phone", "gender", "area", "safe_words"):
        setattr(participant, name, (getattr(draft, name) or "").strip() or None)
    for name in ("needs", "goals", "channels", "places", "keep_apart", "safe_channels"):
        setattr(participant, name, list(getattr(draft, name)))
    participant.birth_year = draft.birth_year
    participant.languages = dict(draft.languages)
    participant.referral_source = draft.referral_source
    participant.wants = [dict(want) for want in draft.wants]
    participant.availability = list(read_slots(draft.availability))


def _all_names(draft: ParticipantDraft) -> str:
    return " ".join(filter(None, (draft.given_name, draft.family_name, draft.alias)))


def _full_name(person: ParticipantDraft | Participant) -> str:
    return f"{person.given_name} {person.family_name or ''}".strip()


def _alike(one: str, other: str) -> bool:
    return float(jellyfish.jaro_winkler_similarity(one.casefold(), other.casefold())) >= ALIKE


def _new_ref() -> str:
    while ref_is_taken(ref := "P-" + "".join(secrets.choice(REF_LETTERS) for _n in range(6))):
        continue
    return ref


def _today() -> dt.date:
    return clock.today(programme_zone())
