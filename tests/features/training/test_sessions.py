"""Sessions: planned, enrolled in, and written down once however often it is sent."""

import pytest
from sqlalchemy import select

from peerlink.errors import NotFound, Refused
from peerlink.events import Event, listen
from peerlink.features.training import holding
from peerlink.features.training.events import Enrolled, SessionCalledOff
from peerlink.features.training.models import Attendance, Completion, TrainingSession
from peerlink.features.training.queries import (
    coming_sessions,
    enrolments_of,
    minutes_learned,
    n_at_sessions,
    not_written_down,
)
from peerlink.features.training.rules import SessionDraft, Taken
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.months import months_later
from peerlink.framework.training_words import AttendanceStatus, TrainingSessionStatus
from peerlink.framework.vocabularies import TrainingResult, VolunteerStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.training import trained
from tests.features.training.deeds import DAY, TODAY, everybody, planned, published
from tests.support import cast

A, S = AttendanceStatus, TrainingSessionStatus
ALL = frozenset(one.hex for one in (cast.AMINA_ID, cast.BEN_ID, cast.ZOE_ID))
CHIPO, DANA = cast.CHIPO.viewer, cast.DANA.viewer


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> None:
    pass


def completions(held: TrainingSession) -> list[Completion]:
    asked = select(Completion).where(Completion.session_id == held.id)
    return sorted(session.scalars(asked), key=lambda one: (one.volunteer_id.int, one.module))


def standing(held: TrainingSession) -> dict[object, AttendanceStatus]:
    asked = select(Attendance.volunteer_id, Attendance.status).where(Attendance.session_id == held.id)
    return dict(iter(session.execute(asked)))


def test_whoever_was_there_has_completed_its_modules() -> None:
    with transaction(), gate.opened("a test holds a session"):
        published("Grief", months=6, topics=("grief",), areas=("emotional",))
        held = planned("grief", "listening", on=TODAY - DAY, minutes=125)
        assert holding.enrol(held, everybody(), by=None) == 3
        taken = Taken(present=frozenset({cast.AMINA_ID.hex, cast.BEN_ID.hex}), failed={cast.BEN_ID.hex})
        down = holding.take_attendance(held, taken, CHIPO)
        assert (down.n_present, down.n_absent, held.status) == (2, 1, S.HELD)
        assert standing(held) == {
            cast.AMINA_ID: A.PRESENT,
            cast.BEN_ID: A.PRESENT,
            cast.ZOE_ID: A.ABSENT,
        }
        first, second, *his = completions(held)
        assert (first.module, first.minutes, first.mandatory, first.edition) == ("grief", 63, False, 1)
        assert (first.valid_until, first.areas) == (months_later(held.on, 6), 1 << 23)
        assert (second.module, second.minutes, second.mandatory) == ("listening", 62, True)
        assert [one.result for one in his] == [TrainingResult.FAILED] * 2
        assert minutes_learned([cast.AMINA_ID, cast.ZOE_ID], TODAY - 9 * DAY, TODAY) == {cast.AMINA_ID: 125}


def test_attendance_sent_twice_says_the_same_once() -> None:
    with transaction(), gate.opened("a test holds a session"):
        held = planned()
        holding.enrol(held, everybody(), by=None)
        holding.take_attendance(held, Taken(present=ALL), CHIPO)
        again = holding.take_attendance(held, Taken(), CHIPO)
        assert (again.n_present, again.n_absent) == (0, 0)
        assert set(standing(held).values()) == {A.PRESENT}
        assert len(completions(held)) == 3


def test_a_module_on_file_for_that_day_is_not_doubled() -> None:
    with transaction(), gate.opened("a test holds a session"):
        trained(cast.AMINA_ID, "listening", completed_on=TODAY)
        held = planned()
        holding.enrol(held, everybody(), by=None)
        holding.take_attendance(held, Taken(present=ALL), CHIPO)
        assert [one.volunteer_id for one in completions(held)] == [cast.BEN_ID, cast.ZOE_ID]


def test_attendance_taken_back_leaves_nothing_but_the_enrolment() -> None:
    with transaction(), gate.opened("a test holds a session"):
        held = planned()
        holding.enrol(held, everybody(), by=None)
        holding.take_attendance(held, Taken(present=ALL), CHIPO)
        holding.take_attendance_back(held, CHIPO)
        assert (held.status, completions(held)) == (S.PLANNED, [])
        assert set(standing(held).values()) == {A.ENROLLED}
        assert holding.take_attendance(held, Taken(present=ALL), CHIPO).n_present == 3


def test_a_supervisor_writes_down_their_own_and_leaves_the_others() -> None:
    with transaction(), gate.opened("a test holds a session"):
        held = planned(by=cast.DANA)
        holding.enrol(held, everybody(), by=None)
        assert holding.take_attendance(held, Taken(present=ALL), DANA).n_present == 1
        assert standing(held)[cast.BEN_ID] is A.ENROLLED
        assert holding.take_attendance(held, Taken(present=ALL), CHIPO).n_present == 2
        holding.take_attendance_back(held, DANA)
        assert (held.status, len(completions(held))) == (S.HELD, 2)


def test_people_are_enrolled_once_and_come_back_after_excusing_themselves() -> None:
    with transaction(), gate.opened("a test enrols"):
        coming = planned(on=TODAY + DAY)
        amina = everybody()[:1]
        assert [holding.enrol(coming, amina, by=None) for _n in range(2)] == [1, 0]
        holding.excuse(coming, amina[0], by=None)
        assert enrolments_of(cast.AMINA_ID, CHIPO) == {coming.id: A.EXCUSED}
        assert n_at_sessions([coming.id]) == {coming.id: {A.EXCUSED: 1}}
        with pytest.raises(Refused):
            holding.excuse(coming, amina[0], by=None)
        assert holding.enrol(coming, amina, by=None) == 1
        with pytest.raises(NotFound):
            holding.excuse(coming, everybody()[1], by=None)


def test_whoever_left_is_not_enrolled() -> None:
    with transaction(), gate.opened("a test enrols"):
        session.get_one(Volunteer, cast.ZOE_ID).status = VolunteerStatus.LEFT
        with pytest.raises(Refused, match="with the programme"):
            holding.enrol(planned(), everybody(), by=None)


def test_a_session_to_come_cannot_be_written_down() -> None:
    with transaction(), gate.opened("a test holds a session"):
        coming = planned(on=TODAY + DAY)
        assert [one.id for one in coming_sessions(TODAY)] == [coming.id]
        assert not_written_down(TODAY) == []
        with pytest.raises(Refused, match="on its day"):
            holding.take_attendance(coming, Taken(), CHIPO)


def test_a_session_called_off_takes_nobody_and_may_be_planned_again() -> None:
    heard: list[Event] = []
    listen(SessionCalledOff, heard.append)
    listen(Enrolled, heard.append)
    with transaction(), gate.opened("a test calls off"):
        coming = planned(on=TODAY + DAY)
        holding.enrol(coming, everybody()[:1], by=None)
        holding.call_off(coming, by=None)
        assert [type(one) for one in heard] == [Enrolled, SessionCalledOff]
        assert all(one.messages()[0].to == cast.AMINA_ID for one in heard)
        for deed in (
            lambda: holding.enrol(coming, everybody(), by=None),
            lambda: holding.take_attendance(coming, Taken(), CHIPO),
            lambda: holding.change_session(
                coming, SessionDraft(modules=("x",), on=TODAY, minutes=1), by=None
            ),
        ):
            with pytest.raises(Refused):
                deed()
        holding.plan_again(coming, by=None)
        assert [one.id for one in coming_sessions(TODAY)] == [coming.id]


def test_a_planned_session_is_changed() -> None:
    with transaction(), gate.opened("a test changes its mind"):
        coming = planned(on=TODAY + DAY, begins="18:00", where="Room 3")
        draft = SessionDraft(modules=("grief", "grief"), on=TODAY + 2 * DAY, minutes=60)
        holding.change_session(coming, draft, by=None)
        assert (coming.on, coming.modules, coming.begins, coming.where) == (
            TODAY + 2 * DAY,
            ["grief"],
            None,
            None,
        )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"modules": ()}, "what is taught"),
        ({"on": TODAY + 367 * DAY}, "within a year"),
        ({"on": TODAY - 367 * DAY}, "within a year"),
        ({"minutes": 0}, "24 hours"),
        ({"minutes": 1441}, "24 hours"),
        ({"begins": "6pm"}, "18:00"),
        ({"where": "HIV clinic"}, "stranger"),
    ],
)
def test_what_cannot_be_right_is_refused(said: dict[str, object], sentence: str) -> None:
    draft = SessionDraft(**{"modules": ("grief",), "on": TODAY, "minutes": 60, **said})
    with transaction(), gate.opened("a test plans"), pytest.raises(Refused, match=sentence):
        holding.plan_session(draft, by=None)
