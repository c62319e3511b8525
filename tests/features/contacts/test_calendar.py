"""A volunteer's planned contacts in their calendar."""

import datetime as dt
import uuid

import pytest

from peerlink import clock
from peerlink.features.accounts.sources import Appointment, appointments_of
from peerlink.features.contacts import planned, service
from peerlink.features.contacts.rules import ContactDraft
from peerlink.framework.vocabularies import Channel, ContactStatus, MissedBy
from peerlink.store import gate
from peerlink.store.session import transaction
from tests.support import cast

AT = clock.now().replace(microsecond=0) + dt.timedelta(days=3)
TODAY = clock.today("Europe/London")


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> None:
    pass


def taken(of: cast.Person) -> list[Appointment]:
    with transaction(), gate.access(gate.Access(None, of.viewer.opens(), {of.viewer.account_id})):
        return appointments_of(of.viewer, TODAY)


def plan() -> uuid.UUID:
    draft = ContactDraft(id=uuid.uuid4(), status=ContactStatus.PLANNED, at=AT, channel=Channel.PHONE)
    with transaction(), gate.opened("a test plans a contact"):
        return service.log_contact(cast.AMINA_EFE, draft, cast.AMINA.viewer).contact_id


def test_a_planned_contact_takes_its_hour_in_its_volunteers_calendar_alone() -> None:
    contact_id = plan()
    (one,) = taken(cast.AMINA)
    assert (one.id, one.starts_at, one.is_off, one.initial[:1]) == (contact_id, AT, False, "E")
    assert [taken(who) for who in cast.EVERYBODY if who is not cast.AMINA] == [[]] * (len(cast.EVERYBODY) - 1)


def test_one_called_off_is_told_as_off() -> None:
    contact_id = plan()
    with transaction(), gate.opened("a test calls a contact off"):
        planned.cancel_contact(contact_id, MissedBy.VOLUNTEER, cast.AMINA.viewer)
    assert [one.is_off for one in taken(cast.AMINA)] == [True]
