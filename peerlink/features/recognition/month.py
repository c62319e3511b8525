"""What a volunteer's month came to: for themself and nobody else."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.recognition.models import Guest, TeamEvent, Thanks
from peerlink.features.recognition.queries import my_thanks
from peerlink.features.recognition.rules import first_of_month, month_before, next_month, themes_said
from peerlink.features.recognition.sources import changes_sources
from peerlink.features.training.models import Completion
from peerlink.framework.support import SupportArea
from peerlink.framework.vocabularies import ContactStatus
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.sealing import intact
from peerlink.store.session import session

YEAR = dt.timedelta(days=365)
KEPT_MONTHS = 24
"""Months back that a card can be looked at."""


@dataclass(frozen=True)
class Month:
    """One month of one volunteer."""

    first: dt.date
    is_running: bool
    n_people: int
    """Different participants they were in touch with."""
    n_contacts: int
    minutes: int
    n_helped: int
    """Contacts of which they said that it helped."""
    areas: tuple[tuple[SupportArea, int], ...]
    """Contacts by area of support; one that touched several counts in each."""
    n_met_team: int
    thanks: Sequence[Thanks]
    changes: tuple[str, ...] | None
    """What the people they support said changed; None while nobody is asked."""

    @property
    def is_empty(self) -> bool:
        return not (self.n_contacts or self.thanks or self.n_met_team)


def month_of(viewer: Viewer, volunteer_id: uuid.UUID, first: dt.date, today: dt.date) -> Month:
    """Count one month of the volunteer who is looking."""
    end = next_month(first)
    held = select(Contact.id, Contact.participant_id, Contact.minutes, Contact.areas).where(
        Contact.volunteer_id == volunteer_id,
        Contact.status == ContactStatus.HELD,
        Contact.day >= first,
        Contact.day < end,
    )
    contacts = session.execute(held).all()
    counts = tuple((area, sum(row.areas >> area.bit & 1 for row in contacts)) for area in SupportArea)
    return Month(
        first=first,
        is_running=first == first_of_month(today),
        n_people=len({row.participant_id for row in contacts}),
        n_contacts=len(contacts),
        minutes=sum(row.minutes for row in contacts),
        n_helped=_n_helped([row.id for row in contacts]),
        areas=counts if any(n for _area, n in counts) else (),
        n_met_team=_n_met(volunteer_id, first, end),
        thanks=my_thanks(viewer, _moment(first), _moment(end)),
        changes=changes_said(volunteer_id, first, end),
    )


def changes_said(volunteer_id: uuid.UUID, first: dt.date, end: dt.date) -> tuple[str, ...] | None:
    """Return what the people a volunteer supports said had changed, in ways that identify nobody.

    Only themes, and only when enough different people answered; None while no room asks participants.
    """
    if not changes_sources:
        return None
    said: dict[uuid.UUID, list[str]] = {}
    for source in changes_sources:
        for person, themes in source(volunteer_id, first, end).items():
            said.setdefault(person, []).extend(themes)
    return themes_said(said, limits().whole("display.min_cell"))


def development_minutes(volunteer_id: uuid.UUID, today: dt.date) -> int:
    """Return the minutes of training of the last 365 days."""
    asked = select(func.coalesce(func.sum(Completion.minutes), 0)).where(
        Completion.volunteer_id == volunteer_id,
        Completion.completed_on > today - YEAR,
        Completion.completed_on <= today,
    )
    return int(session.scalar(asked) or 0)


def months_to_show(volunteer_id: uuid.UUID, today: dt.date) -> list[dt.date]:
    """Return the first days of this month and of those before in which there was something, latest first."""
    began = session.scalar(
        select(func.min(Contact.day)).where(
            Contact.volunteer_id == volunteer_id, Contact.status == ContactStatus.HELD
        )
    )
    months = [first_of_month(today), month_before(first_of_month(today))]
    while began is not None and months[-1] > first_of_month(began) and len(months) < KEPT_MONTHS:
        months.append(month_before(months[-1]))
    return months


def _n_helped(contact_ids: Sequence[uuid.UUID]) -> int:
    with gate.opened("a volunteer's own contacts are counted for themself"):
        details, _damaged = intact(
            session.scalars(select(ContactDetail).where(ContactDetail.id.in_(contact_ids))).all()
        )
        return sum(one.helped is True for one in details)


def _n_met(volunteer_id: uuid.UUID, first: dt.date, end: dt.date) -> int:
    asked = (
        select(func.count())
        .select_from(Guest)
        .join(TeamEvent, TeamEvent.id == Guest.event_id)
        .where(Guest.volunteer_id == volunteer_id, Guest.came.is_(True))
        .where(TeamEvent.day >= first, TeamEvent.day < end)
    )
    return session.scalar(asked) or 0


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), ZoneInfo(programme_zone()))
