"""Every action makes what it means, for somebody and by a day."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select

from peerlink.errors import NotFound, Refused
from peerlink.features.accounts.models import Account, AccountState
from peerlink.features.recognition.models import Thanks
from peerlink.features.risks import tasks
from peerlink.features.risks.models import FlagState, Task
from peerlink.features.risks.rulebook import Subject
from peerlink.features.risks.task_list import get_task, open_tasks
from peerlink.features.supervision.models import Supervision
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.care_words import CourseStep, Way
from peerlink.framework.vocabularies import SupervisionKind
from peerlink.roles import Role
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.risks.deeds import does, takes_back
from tests.features.risks.happenings import WORN, amina_answers, in_days, open_flags, today
from tests.support.cast import AMINA, AMINA_ID, CHIPO, DANA, PRIYA, SOL, Person

pytestmark = pytest.mark.usefixtures("the_cast")


def task() -> Task:
    with reading(), gate.opened("a test looks"):
        one = session.scalars(select(Task)).one()
        assert one.course is None or one.course
        session.expunge_all()
        return one


def list_of(who: Person) -> list[str]:
    with reading():
        return [one.code for one in open_tasks(who.viewer)]


@pytest.mark.parametrize(
    ("rule", "code", "owner", "mine"),
    [
        ("R20", "A05", Role.SUPERVISOR, True),
        ("R22", "A12", Role.COORDINATOR, False),
        ("R22", "A07", Role.COORDINATOR, False),
        ("R22", "A20", None, True),
        ("R11", "A19", Role.SUPERVISOR, True),
    ],
)
def test_an_action_that_is_work_is_somebodys_task(
    rule: str, code: str, owner: Role | None, *, mine: bool
) -> None:
    amina_answers(**WORN, v9=0)
    does(code, rule)
    made = task()
    assert (made.code, made.owner_role) == (code, owner)
    assert made.owner_id == (DANA.viewer.account_id if mine else None)
    assert made.due_on == today() + dt.timedelta(days=_due(code, rule))
    assert list_of(DANA) == ([code] if mine else [])
    assert list_of(CHIPO) == ([] if mine else [code])
    assert list_of(SOL) == list_of(PRIYA) == []


def _due(code: str, rule: str) -> int:
    return 0 if code == "A20" else {"R20": 7, "R22": 7, "R11": 28}[rule]


def test_the_load_is_eased_in_four_ways_and_each_is_taken_back() -> None:
    amina_answers(**WORN)

    def stands() -> tuple[int | None, dt.date | None]:
        with reading():
            amina = session.get_one(Volunteer, AMINA_ID)
            return amina.capacity, amina.no_new_matches_until

    for way, after in (
        (Way.PAUSE, (3, today() + dt.timedelta(days=14))),
        (Way.LOWER, (2, None)),
        (Way.HAND_OVER, (3, None)),
        (Way.BREAK, (3, None)),
    ):
        deed_id = does("A04", way=way)
        assert stands() == after
        made = _ways()
        assert made == ([way] if way in {Way.HAND_OVER, Way.BREAK} else [])
        assert list_of(CHIPO) == ["A04"] * len(made), "a coordinator does it"
        takes_back(deed_id)
        assert stands() == (3, None)
        assert _ways() == []


def _ways() -> list[Way | None]:
    with reading():
        return list(session.scalars(select(Task.way)))


def test_no_way_is_taken_that_an_action_does_not_have() -> None:
    amina_answers(**WORN)
    with pytest.raises(Refused):
        does("A06", way=Way.LOWER)
    with pytest.raises(Refused):
        does("A02", way=Way.WORD)


def test_what_is_not_agreed_cannot_be_lowered() -> None:
    amina_answers(**WORN)
    with transaction():
        session.get_one(Volunteer, AMINA_ID).capacity = 0
    with pytest.raises(Refused):
        does("A04", way=Way.LOWER)
    assert open_flags(AMINA_ID)["R20"].state is FlagState.OPEN


def test_a_fellow_volunteer_can_be_asked_instead_of_a_debrief() -> None:
    amina_answers(**WORN)
    does("A02")
    does("A02", way=Way.BUDDY)
    with reading():
        kinds = set(session.scalars(select(Supervision.kind)))
    assert kinds == {SupervisionKind.DEBRIEF, SupervisionKind.BUDDY}


def test_thanks_are_said_and_lead_to_what_the_month_came_to() -> None:
    amina_answers(v8=0)
    deed_id = does("A03", "R10", sentence=1)
    does("A21", "R10")
    with reading(), gate.opened("a test reads"):
        said = {one.impact: one.words for one in session.scalars(select(Thanks))}
    assert said == {
        False: "You stayed when it was hard. Thank you.",
        True: "Have a look at what your month came to. This is what you made possible.",
    }
    takes_back(deed_id)
    with reading():
        assert session.scalars(select(Thanks.impact)).all() == [True]


def test_a_referral_goes_step_by_step_and_is_done_by_its_last() -> None:
    amina_answers(**WORN)
    does("A01")
    with transaction(), gate.opened("a test goes on"):
        one = get_task(task().id, DANA.viewer)
        for wrong in (CourseStep.SEEN, CourseStep.ARRANGED):
            with pytest.raises(Refused):
                tasks.move_on(one, wrong, by=DANA.viewer.account_id)
        with pytest.raises(Refused):
            tasks.finish(one, by=DANA.viewer.account_id)
        tasks.move_on(one, CourseStep.WANTED, by=DANA.viewer.account_id)
        assert one.due_on == today() + dt.timedelta(days=7)
        for step in (CourseStep.ARRANGED, CourseStep.NOT_SEEN, CourseStep.ARRANGED):
            tasks.move_on(one, step, by=DANA.viewer.account_id)
        assert one.done_at is None
        tasks.move_on(one, CourseStep.SEEN, by=DANA.viewer.account_id)
        assert one.done_at is not None
        tasks.reopen(one, DANA.viewer)
        assert (one.step, one.done_at) == (CourseStep.ARRANGED, None)


def test_a_psychologist_is_between_the_two_of_them() -> None:
    amina_answers(**WORN)
    does("A01")
    one = task()
    for who in (AMINA, CHIPO, SOL, PRIYA):
        with reading(), gate.opened("a test"), pytest.raises(NotFound):
            get_task(one.id, who.viewer)


def test_a_task_done_is_open_again_within_a_day_and_stays_what_it_was() -> None:
    amina_answers(**WORN)
    deed_id = does("A05")
    made = task()
    with transaction(), gate.opened("a test"):
        tasks.finish(get_task(made.id, DANA.viewer), by=DANA.viewer.account_id)
    assert list_of(DANA) == []
    with pytest.raises(Refused):
        takes_back(deed_id)
    with in_days(2), transaction(), gate.opened("a test"), pytest.raises(Refused):
        tasks.reopen(get_task(made.id, DANA.viewer), DANA.viewer)
    with transaction(), gate.opened("a test"):
        tasks.reopen(get_task(made.id, DANA.viewer), DANA.viewer)
    assert list_of(DANA) == ["A05"]


def test_the_task_of_a_coordinator_who_is_gone_is_free_again() -> None:
    amina_answers(**WORN)
    does("A07", "R24")
    with transaction():
        session.scalars(select(Task)).one().owner_id = PRIYA.viewer.account_id
    assert list_of(CHIPO) == []
    with transaction(), gate.opened("a test"):
        session.get_one(Account, PRIYA.viewer.account_id).state = AccountState.CLOSED
    assert list_of(CHIPO) == ["A07"]


def test_an_action_about_the_programme_is_a_task_about_nobody() -> None:
    with transaction(), gate.opened("a test"):
        made = tasks.give(
            "A11",
            today(),
            subject=Subject.PROGRAMME,
            about_id=uuid.UUID(int=0),
            by=None,
            owner_role=Role.MANAGER,
        )
        assert made.subject_id == uuid.UUID(int=0)
    assert list_of(PRIYA) == ["A11"]
    assert list_of(CHIPO) == list_of(DANA) == []
