"""Planned contacts: held, missed, called off, moved, or never spoken of again."""

import datetime as dt
import uuid
from typing import Any

import pytest

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import Event
from peerlink.features.contacts import planned
from peerlink.features.contacts.events import ContactUnconfirmed
from peerlink.framework.vocabularies import ContactStatus, MissedBy
from peerlink.store import gate
from peerlink.store.session import transaction
from tests.factories.contacts import a_contact, a_draft
from tests.features.contacts.looks import kept
from tests.support.cast import AMINA

pytestmark = pytest.mark.usefixtures("the_cast")
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def a_plan(ahead: dt.timedelta) -> uuid.UUID:
    facts = a_contact(status=ContactStatus.PLANNED, at=clock.now() + ahead, minutes=0)
    return facts.contact_id


def test_a_planned_contact_is_held_in_one_step(a_later_day: Any) -> None:
    a_contact(minutes=45)
    plan = a_plan(DAY)
    with pytest.raises(Refused, match="not come"), transaction(), gate.opened("test"):
        planned.confirm_held(plan, AMINA.viewer)
    a_later_day(DAY + HOUR)
    with transaction(), gate.opened("test"):
        facts = planned.confirm_held(plan, AMINA.viewer)
    assert (facts.status, facts.minutes) == (ContactStatus.HELD, 45)
    with pytest.raises(Refused, match="final"), transaction(), gate.opened("test"):
        planned.miss_contact(plan, MissedBy.BOTH, AMINA.viewer)


def test_a_planned_contact_is_called_off_in_good_time_or_missed() -> None:
    in_time, too_late = a_plan(dt.timedelta(hours=25)), a_plan(dt.timedelta(hours=23))
    with transaction(), gate.opened("test"):
        assert (
            planned.cancel_contact(in_time, MissedBy.VOLUNTEER, AMINA.viewer).missed_by is MissedBy.VOLUNTEER
        )
    with pytest.raises(Refused, match="24 hours"), transaction(), gate.opened("test"):
        planned.cancel_contact(too_late, MissedBy.VOLUNTEER, AMINA.viewer)
    with transaction(), gate.opened("test"):
        missed = planned.miss_contact(too_late, MissedBy.PARTICIPANT, AMINA.viewer)
    assert missed.status is ContactStatus.MISSED


def test_a_moved_contact_leaves_the_old_one_behind() -> None:
    old = a_plan(DAY)
    draft = a_draft(status=ContactStatus.PLANNED, at=clock.now() + 3 * DAY, minutes=0)
    for _twice in range(2):
        with transaction(), gate.opened("test"):
            planned.move_contact(old, draft, AMINA.viewer)
    assert kept(old)[0].status is ContactStatus.RESCHEDULED
    assert kept(draft.id)[0].status is ContactStatus.PLANNED


def test_a_plan_nobody_speaks_of_is_unconfirmed_after_seven_days(told: list[Event]) -> None:
    plan = a_plan(DAY)
    day = kept(plan)[0].day
    with transaction():
        assert planned.mark_unconfirmed(day + 7 * DAY) == 0
        assert planned.mark_unconfirmed(day + 8 * DAY) == 1
        assert planned.mark_unconfirmed(day + 9 * DAY) == 0
    assert kept(plan)[0].status is ContactStatus.UNCONFIRMED
    assert [one.by for one in told if isinstance(one, ContactUnconfirmed)] == [None]
