"""A referral and the search for somebody new are followed step by step until they are done."""

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy import select

from peerlink.errors import Refused
from peerlink.features.risks import tasks
from peerlink.features.risks.models import Task
from peerlink.features.risks.rulebook import Subject
from peerlink.features.risks.task_list import get_task
from peerlink.framework.care_words import COURSE_DUE, COURSE_STEPS, FIRST_STEP, CourseStep
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.risks.happenings import today
from tests.features.risks.test_every_action import chosen, raised
from tests.support.cast import CHIPO, EFE_ID, SOL
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")
S = CourseStep


def the_task() -> Task:
    with reading(), gate.opened("a test looks"):
        one = session.scalars(select(Task)).one()
        assert one.course
        session.expunge_all()
        return one


def move_on(*steps: CourseStep) -> None:
    with transaction(), gate.opened("a test goes on"):
        one = get_task(the_task().id, CHIPO.viewer)
        for step in steps:
            tasks.move_on(one, step, by=CHIPO.viewer.account_id)


def test_every_step_can_be_reached_and_is_looked_for_by_a_day_unless_it_is_the_last() -> None:
    reached, ahead = set(FIRST_STEP.values()), list(FIRST_STEP.values())
    while ahead:
        new = set(COURSE_STEPS[ahead.pop()]) - reached
        reached |= new
        ahead += new
    assert reached == set(CourseStep) == set(COURSE_STEPS)
    assert set(COURSE_DUE) == {one for one in S if COURSE_STEPS[one]} - set(FIRST_STEP.values())


def test_a_referral_is_answered_within_thirty_days_of_being_sent() -> None:
    chosen(raised("R51", Subject.PARTICIPANT), "A18", CHIPO)
    assert COURSE_DUE[S.SENT] + COURSE_DUE[S.ACKNOWLEDGED] == 30
    move_on(S.SENT)
    assert the_task().due_on == today() + dt.timedelta(days=7)
    move_on(S.ACKNOWLEDGED)
    assert the_task().due_on == today() + dt.timedelta(days=23)


@pytest.mark.parametrize(
    ("stands", "refused"),
    [
        ((), (S.ACKNOWLEDGED, S.ATTENDED, S.NOT_AVAILABLE, S.WANTED, S.MADE_KNOWN)),
        ((S.SENT,), (S.ATTENDED, S.NOT_ATTENDED, S.DRAFTED)),
        ((S.SENT, S.ACKNOWLEDGED), (S.SENT, S.DRAFTED)),
        ((S.SENT, S.ACKNOWLEDGED, S.NOT_ATTENDED), (S.ATTENDED, S.SENT)),
    ],
)
def test_a_referral_takes_no_step_that_does_not_follow(
    stands: tuple[CourseStep, ...], refused: tuple[CourseStep, ...]
) -> None:
    chosen(raised("R51", Subject.PARTICIPANT), "A18", CHIPO)
    move_on(*stands)
    for wrong in refused:
        with pytest.raises(Refused):
            move_on(wrong)
    with gate.opened("a test looks"):
        assert the_task().step is (stands or (S.DRAFTED,))[-1]


@pytest.mark.parametrize(
    "stands",
    [
        (S.DECLINED,),
        (S.SENT, S.NOT_AVAILABLE),
        (S.SENT, S.ACKNOWLEDGED, S.ATTENDED),
        (S.SENT, S.ACKNOWLEDGED, S.DECLINED),
    ],
)
def test_a_referral_is_done_by_its_answer_and_by_nothing_else(stands: tuple[CourseStep, ...]) -> None:
    chosen(raised("R51", Subject.PARTICIPANT), "A18", CHIPO)
    with transaction(), gate.opened("a test"), pytest.raises(Refused, match="what came of it"):
        tasks.finish(get_task(the_task().id, CHIPO.viewer), by=CHIPO.viewer.account_id)
    move_on(*stands)
    assert the_task().done_at is not None


def test_a_coordinator_refers_with_one_tap_and_follows_it(app: Flask) -> None:
    desk, flag_id = Visitor(app, CHIPO), raised("R51", Subject.PARTICIPANT)
    at = f"/flags/{flag_id}"
    page = desk.visit(at).text
    assert "Begins a referral" in page
    for way in (
        "Refer to a medical service",
        "Refer to a psychological service",
        "Refer to a social service",
    ):
        assert way in page
    desk.send(at + "/act", {"code": "A18.social"}, opened=at)
    page = desk.visit("/tasks").text
    assert "Refer to a social service: Efe" in page
    assert f'href="/participants/{EFE_ID}"' in page
    desk.send(f"/tasks/{the_task().id}/step", {"to": "sent"}, opened="/tasks")
    assert "The service has it" in desk.visit("/tasks").text
    assert "They agreed, it is sent" in desk.visit(at).text


def test_finding_somebody_new_opens_where_it_begins_and_leads_on(app: Flask) -> None:
    desk, flag_id = Visitor(app, CHIPO), raised("R03", Subject.PROGRAMME)
    at = f"/flags/{flag_id}"
    sent = desk.send(at + "/act", {"code": "A22"}, opened=at)
    assert sent.location == "/programme/offers-of-help"
    for step, leads_to in (
        (None, "/programme/offers-of-help"),
        (S.MADE_KNOWN, "/volunteers"),
        (S.IN_TRAINING, "/training/sessions"),
    ):
        if step is not None:
            desk.send(f"/tasks/{the_task().id}/step", {"to": step.value}, opened="/tasks")
        line = re.search(r'href="([^"]+)" aria-label="Go there: Recruit', desk.visit("/tasks").text)
        assert line
        assert line[1] == leads_to
    assert desk.visit(leads_to).status_code == 200
    desk.send(f"/tasks/{the_task().id}/step", {"to": "new_active"}, opened="/tasks")
    assert "Nothing to do" in desk.visit("/tasks").text


def test_nobody_else_takes_a_step_of_it(app: Flask) -> None:
    chosen(raised("R51", Subject.PARTICIPANT), "A18", CHIPO)
    at = f"/tasks/{the_task().id}/step"
    assert Visitor(app, SOL).send(at, {"to": "sent"}, opened="/tasks").status_code == 404
