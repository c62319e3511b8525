"""What has not been known for long becomes somebody's task, once, and closes by itself when it is known."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select

from peerlink.features.risks import tasks
from peerlink.features.risks.judging import judge_volunteers
from peerlink.features.risks.missing import ask_for_the_missing
from peerlink.features.risks.models import Task
from peerlink.features.risks.rounds import nightly_round
from peerlink.features.risks.task_list import open_tasks
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.vocabularies import CheckinStatus
from peerlink.roles import Role
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.risks.happenings import FINE, amina_answers, in_days, today
from tests.support.cast import AMINA_ID, BEN_ID, CHIPO, DANA, SOL, Person
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")


def answered(days_ago: int, volunteer_id: uuid.UUID = AMINA_ID) -> None:
    on = today() - dt.timedelta(days=days_ago)
    asked(days_ago, volunteer_id, status=CheckinStatus.ANSWERED, answered_on=on, answers=FINE)


def asked(days_ago: int, volunteer_id: uuid.UUID = AMINA_ID, **said: object) -> None:
    said = {"status": CheckinStatus.EXPIRED, **said}
    due_on = today() - dt.timedelta(days=days_ago)
    with transaction(), gate.opened("a test tells of a check-in"):
        session.add(Checkin(subject_id=volunteer_id, volunteer_id=volunteer_id, due_on=due_on, **said))


def night() -> None:
    with transaction():
        nightly_round(today())


def todo(person: Person = DANA) -> list[tuple[str, int]]:
    """Return what somebody has to do, and in how many days."""
    access = gate.Access(person.viewer.account_id, person.viewer.opens(), set())
    with reading(), gate.access(access):
        return [(one.code, (one.due_on - today()).days) for one in open_tasks(person.viewer)]


@pytest.mark.parametrize(("days", "found"), [(59, []), (60, [("A17", 28)])])
def test_sixty_days_after_the_last_answer_somebody_is_asked_to_get_it(
    days: int, found: list[tuple[str, int]]
) -> None:
    answered(days)
    night()
    night()
    assert todo() == found
    assert todo(CHIPO) == []


@pytest.mark.parametrize(("times", "found"), [(1, []), (2, [("A17", 28)])])
def test_two_check_ins_missed_running_are_enough(times: int, found: list[tuple[str, int]]) -> None:
    for n in range(times):
        asked(20 + 30 * n)
    night()
    assert todo() == found


@pytest.mark.parametrize(("days", "found"), [(59, []), (60, [("A17", 28)])])
def test_of_who_never_answered_it_is_missing_since_they_were_asked(
    days: int, found: list[tuple[str, int]]
) -> None:
    asked(days)
    night()
    assert todo() == found


def test_somebody_no_check_in_was_sent_to_is_asked_by_one_first() -> None:
    night()
    assert todo() == []


def test_it_closes_by_itself_once_it_is_known() -> None:
    answered(70)
    night()
    amina_answers()
    night()
    assert todo() == []
    with reading():
        assert session.scalars(select(Task.done_by)).one() is None


@pytest.mark.parametrize(("days", "n"), [(59, 0), (60, 1)])
def test_who_wrote_down_why_not_is_left_in_peace_for_as_long_again(days: int, n: int) -> None:
    answered(70)
    night()
    with transaction(), gate.opened("a test says that it is done"):
        tasks.finish(session.scalars(select(Task)).one(), by=DANA.viewer.account_id)
    night()
    assert todo() == []
    with in_days(days):
        night()
        assert len(todo()) == n


def test_it_stands_where_the_supervisor_sees_who_is_not_known_and_one_tap_does_it(sols_desk: Visitor) -> None:
    answered(70, BEN_ID)
    with transaction(), gate.opened("a test asks before flags are raised"):
        ask_for_the_missing(judge_volunteers(today()), today())
        task = session.scalars(select(Task)).one()
        assert task.owner_role is Role.SUPERVISOR
    shown = sols_desk.visit("/team-care").text
    assert shown.index("Not known yet") < shown.index(f"/tasks/{task.id}/done")
    sols_desk.fill_in("/team-care", f"/tasks/{task.id}/done", back="care")
    assert todo(SOL) == []
