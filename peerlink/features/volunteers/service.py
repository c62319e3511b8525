"""What can be done with a volunteer's record."""

import datetime as dt
import secrets
import uuid
from collections.abc import Callable

import jellyfish
from sqlalchemy import select

from peerlink import clock
from peerlink.errors import Conflict, Refused
from peerlink.events import announce
from peerlink.features.accounts import service as accounts
from peerlink.features.accounts.queries import account_of_person
from peerlink.features.accounts.rules import AccountDraft
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.volunteers.events import (
    NewMatchesPaused,
    NewMatchesResumed,
    OfferChanged,
    VolunteerAdded,
    VolunteerChanged,
    VolunteerStepped,
)
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import find_volunteers_by, ref_is_taken, volunteers_named
from peerlink.features.volunteers.retention import GONE, first_day
from peerlink.features.volunteers.rules import (
    OfferDraft,
    VolunteerDraft,
    check_active,
    check_draft,
    check_load,
    check_offer,
    check_rest,
    check_review,
)
from peerlink.framework.people_words import VolunteerStatus
from peerlink.framework.person import read_slots
from peerlink.lifecycle import Kind, check_said, check_step
from peerlink.roles import Role, Viewer
from peerlink.store import gate, history, house, lookup, names
from peerlink.store.session import session
from peerlink.words import _

S = VolunteerStatus
ALIKE = 0.92
"""Names this near (Jaro-Winkler) with one year of birth may be one person."""
REF_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
TEXTS = ("given_name", "family_name", "alias", "email", "phone", "gender", "area")
LISTS = ("life_stages", "communities", "skills", "channels", "places", "limits", "keep_apart")
VALUES = (
    "site_id", "supervisor_id", "capacity", "agreed_hours", "birth_year", "diagnosed_year", "vetting_until",
    "agreement_on",
)  # fmt: skip
Check = Callable[[Volunteer], None]
_checks: dict[VolunteerStatus, list[Check]] = {}


def check_before(state: VolunteerStatus, check: Check) -> None:
    """Let a room above refuse a step into this state; registered once however often it is said.

    Training checks its modules before `active`, matching its open matches before `left`.
    """
    checks = _checks.setdefault(state, [])
    if check not in checks:
        checks.append(check)


def add_volunteer(
    draft: VolunteerDraft, *, by: uuid.UUID | None, volunteer_id: uuid.UUID | None = None
) -> Volunteer:
    """Keep somebody who offers to volunteer; raises Refused where the record cannot be right."""
    today = _today()
    check_draft(draft, today)
    if draft.ref and ref_is_taken(draft.ref):
        raise Refused(_("There is somebody with this programme number already."))
    volunteer = Volunteer(
        id=volunteer_id or uuid.uuid4(), status=S.APPLICANT, status_since=today, ref=draft.ref or _new_ref()
    )
    _write(volunteer, draft)
    session.add(volunteer)
    session.flush()
    lookup.admit([volunteer])
    names.put("volunteer", volunteer.id, _all_names(draft))
    history.begin(volunteer, kind=Kind.VOLUNTEER, by=by, on=today)
    announce(VolunteerAdded(by=by, volunteer_id=volunteer.id))
    return volunteer


def likely_duplicates(draft: VolunteerDraft, viewer: Viewer) -> list[Volunteer]:
    """Return whom a new volunteer may be already, among those the viewer may see.

    The same phone or e-mail, or the same year of birth and nearly the same name.
    """
    with gate.opened("names are compared; only those alike are shown"):
        same = {one.id: one for one in find_volunteers_by(draft.phone, draft.email, viewer)}
        if draft.birth_year is not None:
            name = _full_name(draft)
            for one in volunteers_named(name, viewer):
                if one.birth_year == draft.birth_year and _alike(_full_name(one), name):
                    same[one.id] = one
    lookup.admit(same.values())
    return list(same.values())


def change_details(
    volunteer: Volunteer, draft: VolunteerDraft, *, version: int, by: uuid.UUID | None
) -> None:
    """Change what a record says; raises Conflict where it was saved since `version` was read."""
    session.refresh(volunteer, with_for_update=True)
    if volunteer.version != version:
        raise Conflict(_("Somebody else saved this record while you were working on it."))
    check_draft(draft, _today())
    if draft.ref and draft.ref != volunteer.ref and ref_is_taken(draft.ref):
        raise Refused(_("There is somebody with this programme number already."))
    volunteer.ref = draft.ref or volunteer.ref
    _write(volunteer, draft)
    names.put("volunteer", volunteer.id, _all_names(draft))
    announce(VolunteerChanged(by=by, volunteer_id=volunteer.id))


def change_offer(volunteer: Volunteer, draft: OfferDraft, *, by: uuid.UUID | None) -> None:
    """Change what a volunteer offers: people, hours, times, ways of meeting, limits."""
    check_offer(draft)
    volunteer.capacity, volunteer.agreed_hours = draft.capacity, draft.agreed_hours
    volunteer.channels, volunteer.places = list(draft.channels), list(draft.places)
    volunteer.availability = list(read_slots(draft.availability))
    volunteer.limits = list(draft.limits)
    announce(OfferChanged(by=by, volunteer_id=volunteer.id))


def agree_capacity(volunteer: Volunteer, capacity: int | None, *, by: uuid.UUID | None) -> None:
    """Agree on how many people a volunteer is there for from now on; those they have stay."""
    check_load(capacity, volunteer.agreed_hours)
    volunteer.capacity = capacity
    announce(OfferChanged(by=by, volunteer_id=volunteer.id))


def pause_new_matches(volunteer: Volunteer, until: dt.date, *, by: uuid.UUID | None) -> None:
    """Give somebody no new people up to and including a day; those they have stay."""
    check_rest(until, _today())
    volunteer.no_new_matches_until = until
    announce(NewMatchesPaused(by=by, volunteer_id=volunteer.id))


def resume_new_matches(volunteer: Volunteer, *, by: uuid.UUID | None) -> None:
    """Open somebody for new people again."""
    volunteer.no_new_matches_until = None
    announce(NewMatchesResumed(by=by, volunteer_id=volunteer.id))


def step(
    volunteer: Volunteer,
    to: VolunteerStatus,
    *,
    by: uuid.UUID | None,
    reason: str | None = None,
    review_on: dt.date | None = None,
    note: str | None = None,
    on: dt.date | None = None,
) -> None:
    """Take one step of the life-cycle; raises Refused with what is missing or what is possible instead.

    Whoever leaves loses access the same day.
    """
    today, before = _today(), volunteer.status
    check_step(Kind.VOLUNTEER, before, to)
    check_review(to, review_on, today, limits().whole("R02.pause_days"))
    check_said(Kind.VOLUNTEER, to, reason)
    if to is S.ACTIVE:
        check_active(volunteer, on or today)
    for check in _checks.get(to, ()):
        check(volunteer)
    history.move(volunteer, to, kind=Kind.VOLUNTEER, by=by, reason=reason, note=note, on=on or today)
    volunteer.status_since = on or today
    volunteer.review_on = review_on
    volunteer.leave_reason = reason if to is S.LEFT else None
    if to is S.ACTIVE and before is S.TRAINING:
        volunteer.joined_on = on or today
    if to in GONE:
        part_with(volunteer, by=by)
    elif before in GONE:
        volunteer.keep_until = volunteer.leaving_on = volunteer.kept_longer = None
    announce(VolunteerStepped(by=by, volunteer_id=volunteer.id, before=before, after=to))


def invite(volunteer: Volunteer, *, by: uuid.UUID) -> str:
    """Return the secret of a volunteer's one-time link to sign in; raises Refused without a way to name them.

    They sign in with their e-mail address, and without one with their phone number.
    """
    if volunteer.status in GONE:
        raise Refused(_("Somebody who is no volunteer now gets no link."))
    account = account_of_person(volunteer.id)
    if account is not None:
        return accounts.send_again(account, by=by)
    name = volunteer.email or volunteer.phone
    if not name:
        raise Refused(_("Add an e-mail address or a phone number first: it is what they sign in with."))
    if not volunteer.email and not house.is_phone(name):
        raise Refused(_("Write the phone number in digits, or add an e-mail address: they sign in with it."))
    roles = frozenset({Role.VOLUNTEER})
    draft = AccountDraft(name, volunteer.called, roles, person_id=volunteer.id)
    return accounts.invite(draft, by=by)[1]


def part_with(volunteer: Volunteer, *, by: uuid.UUID | None) -> None:
    """Let somebody who is no volunteer now in no more, and start the clock of how long their record is kept.

    Fellow volunteers they stood beside are without a buddy from then on.
    """
    volunteer.keep_until = first_day(volunteer)
    with gate.opened("an account is closed, nothing is shown"):
        account = account_of_person(volunteer.id)
        if account is not None:
            accounts.close_account(account, by=by)
    for other in session.scalars(select(Volunteer).where(Volunteer.buddy_id == volunteer.id)):
        other.buddy_id = None


def wanting(volunteer: Volunteer, to: VolunteerStatus) -> list[str]:
    """Say in sentences what each room still asks before this step; nothing is changed."""
    said = []
    checks: list[Check] = list(_checks.get(to, ()))
    if to is S.ACTIVE:
        checks.insert(0, lambda one: check_active(one, _today()))
    for check in checks:
        try:
            check(volunteer)
        except Refused as refusal:
            said.append(str(refusal))
    return said


def _write(volunteer: Volunteer, draft: VolunteerDraft) -> None:
    for name in TEXTS:
        setattr(volunteer, name, (getattr(draft, name) or "").strip() or None)
    for name in LISTS:
        setattr(volunteer, name, list(getattr(draft, name)))
    for name in VALUES:
        setattr(volunteer, name, getattr(draft, name))
    volunteer.languages = dict(draft.languages)
    volunteer.availability = list(read_slots(draft.availability))


def _all_names(draft: VolunteerDraft) -> str:
    return " ".join(filter(None, (draft.given_name, draft.family_name, draft.alias)))


def _full_name(person: VolunteerDraft | Volunteer) -> str:
    return f"{person.given_name} {person.family_name or ''}".strip()


def _alike(one: str, other: str) -> bool:
    return float(jellyfish.jaro_winkler_similarity(one.casefold(), other.casefold())) >= ALIKE


def _new_ref() -> str:
    while ref_is_taken(ref := "V-" + "".join(secrets.choice(REF_LETTERS) for _n in range(6))):
        continue
    return ref


def _today() -> dt.date:
    return clock.today(programme_zone())
