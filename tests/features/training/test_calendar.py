"""Training in the calendars of those who take part and of who teaches."""

import datetime as dt
import uuid

import pytest

from peerlink import clock
from peerlink.features.accounts.sources import Appointment, appointments_of
from peerlink.features.training.models import Attendance, TrainingSession
from peerlink.framework.training_words import AttendanceStatus, TrainingSessionStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.support import cast

pytestmark = pytest.mark.usefixtures("the_cast")
TODAY = clock.today("Europe/London")
ONE = uuid.UUID(int=701)


def teach(begins: str | None = "18:00", status: AttendanceStatus = AttendanceStatus.ENROLLED) -> None:
    with transaction(), gate.opened("a test plans training"):
        session.add(
            TrainingSession(
                id=ONE,
                on=dt.date(TODAY.year + 1, 7, 1),
                minutes=120,
                status=TrainingSessionStatus.PLANNED,
                held_by=cast.SOL.viewer.account_id,
                modules=["listening"],
                begins=begins,
            )
        )
        session.flush()
        session.add(
            Attendance(subject_id=cast.AMINA_ID, session_id=ONE, volunteer_id=cast.AMINA_ID, status=status)
        )


def taken(of: cast.Person) -> list[Appointment]:
    with transaction(), gate.access(gate.Access(None, of.viewer.opens(), {of.viewer.account_id})):
        return appointments_of(of.viewer, TODAY)


def test_training_takes_its_hours_on_both_sides_and_nobody_elses() -> None:
    teach()
    at = dt.datetime(TODAY.year + 1, 7, 1, 17, tzinfo=dt.UTC)
    assert taken(cast.AMINA) == taken(cast.SOL) == [Appointment(ONE, at, 120)]
    others = [one for one in cast.EVERYBODY if one not in (cast.AMINA, cast.SOL)]
    assert [taken(one) for one in others] == [[]] * len(others)


def test_who_cannot_come_is_free_and_what_is_called_off_is_off() -> None:
    teach(status=AttendanceStatus.EXCUSED)
    assert taken(cast.AMINA) == []
    with transaction():
        session.get_one(TrainingSession, ONE).status = TrainingSessionStatus.CANCELLED
    assert [one.is_off for one in taken(cast.SOL)] == [True]


def test_without_an_hour_nothing_is_taken() -> None:
    teach(begins=None)
    assert taken(cast.AMINA) == []
