"""What a volunteer's record may say, and what stands before each step."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from peerlink.errors import Refused
from peerlink.framework.people_words import LifeStage, VolunteerStatus
from peerlink.framework.person import PersonDraft, check_person, read_slots
from peerlink.lifecycle import Kind, said_with, steps_from
from peerlink.words import _

MOST_PEOPLE = 40
MOST_HOURS = 200
"""A month."""
LONGEST_REST = 365
"""Days for which new matches may be put off at once."""


@dataclass(frozen=True, kw_only=True)
class VolunteerDraft(PersonDraft):
    """A volunteer as typed in."""

    supervisor_id: UUID | None = None
    capacity: int | None = None
    agreed_hours: int | None = None
    """Hours a month."""
    diagnosed_year: int | None = None
    life_stages: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    vetting_until: dt.date | None = None
    agreement_on: dt.date | None = None
    limits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OfferDraft:
    """What a volunteer offers, as they say themself."""

    capacity: int | None = None
    agreed_hours: int | None = None
    channels: tuple[str, ...] = ()
    availability: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()


class Serving(Protocol):
    """What a record must say before its volunteer is active."""

    capacity: int | None
    agreed_hours: int | None
    supervisor_id: UUID | None
    agreement_on: dt.date | None
    vetting_until: dt.date | None


def check_draft(draft: VolunteerDraft, today: dt.date) -> None:
    """Refuse a volunteer's record that cannot be right."""
    check_person(draft, today)
    check_load(draft.capacity, draft.agreed_hours)
    if (
        draft.diagnosed_year is not None
        and not (draft.birth_year or 1900) <= draft.diagnosed_year <= today.year
    ):
        raise Refused(_("This year lies before the year of birth, or is still to come."))
    if draft.agreement_on is not None and draft.agreement_on > today:
        raise Refused(_("An agreement cannot be signed on a day to come."))
    for stage in draft.life_stages:
        if stage not in set(LifeStage):
            raise Refused(_("'%(stage)s' is no stage of life.", stage=stage))


def check_offer(draft: OfferDraft) -> None:
    """Refuse an offer that cannot be right."""
    check_load(draft.capacity, draft.agreed_hours)
    read_slots(draft.availability)


def check_load(capacity: int | None, agreed_hours: int | None) -> None:
    """Refuse more people or hours than one person can carry."""
    if capacity is not None and not 0 <= capacity <= MOST_PEOPLE:
        raise Refused(_("A volunteer is there for 0 to %(n)s people.", n=MOST_PEOPLE))
    if agreed_hours is not None and not 0 <= agreed_hours <= MOST_HOURS:
        raise Refused(_("Agree on 0 to %(n)s hours a month.", n=MOST_HOURS))


def missing_before_active(volunteer: Serving, today: dt.date) -> list[str]:
    """Name what is still missing before a volunteer can be active, training aside."""
    wanting = {
        _("how many people they are there for"): volunteer.capacity,
        _("agreed hours a month"): volunteer.agreed_hours,
        _("a supervisor"): volunteer.supervisor_id,
        _("the signed agreement"): volunteer.agreement_on,
    }
    missing = [label for label, value in wanting.items() if not value]
    if volunteer.vetting_until is not None and volunteer.vetting_until < today:
        missing.append(_("a valid clearance"))
    return missing


def check_active(volunteer: Serving, today: dt.date) -> None:
    """Refuse to let a volunteer serve before everything is agreed; the sentence names what is missing."""
    missing = missing_before_active(volunteer, today)
    if missing:
        raise Refused(
            _("Still missing before this volunteer can be active: %(what)s.", what=", ".join(missing))
        )


def check_review(to: VolunteerStatus, review_on: dt.date | None, today: dt.date, longest: int) -> None:
    """Refuse a pause nobody would look at again."""
    if not said_with(Kind.VOLUNTEER, to).review_on:
        return
    if review_on is None:
        raise Refused(_("Say on which day you will look at this again."))
    if not today < review_on <= today + dt.timedelta(days=longest):
        raise Refused(_("Look at this again within %(n)s days from today.", n=longest))


def check_rest(until: dt.date, today: dt.date) -> None:
    """Refuse to put off new matches into the past or for ever."""
    if not today <= until <= today + dt.timedelta(days=LONGEST_REST):
        raise Refused(_("Choose a day from today on, within a year."))


def by_hand(now: VolunteerStatus) -> tuple[VolunteerStatus, ...]:
    """Return the steps a coordinator can take from here."""
    return tuple(VolunteerStatus(step) for step in steps_from(Kind.VOLUNTEER, now))
