"""What happens to somebody moves their flags in the same transaction, and nobody else's."""

import threading

import pytest
from sqlalchemy import select

from peerlink.features.risks.judging import judge_volunteers
from peerlink.features.risks.keeping import keep
from peerlink.features.risks.models import Flag, FlagState
from peerlink.features.risks.rulebook import Subject
from peerlink.features.wellbeing import service as wellbeing
from peerlink.features.wellbeing.models import Checkin
from peerlink.features.wellbeing.rules import CheckinDraft
from peerlink.framework.levels import Level
from peerlink.framework.vocabularies import ContactRequest
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.risks.happenings import (
    FINE,
    WORN,
    amina_answers,
    answers,
    open_flags,
    today,
)
from tests.support.cast import AMINA, AMINA_ID, BEN_ID

pytestmark = pytest.mark.usefixtures("the_cast")


def amina_flag(rule: str = "R20") -> Flag:
    return open_flags(AMINA_ID)[rule]


def test_a_check_in_that_crosses_a_line_raises_its_flag_in_the_same_transaction() -> None:
    with transaction(), gate.opened("a test answers"):
        checkin = wellbeing.ask(AMINA_ID, today())
        draft = CheckinDraft(FINE, ContactRequest.TODAY)
        wellbeing.answer(checkin, draft, by=AMINA.viewer.account_id)
        raised = session.scalars(select(Flag).where(Flag.rule == "R20")).one()
        assert (raised.level, raised.state) == (Level.CRITICAL, FlagState.OPEN)


def test_a_dropped_answer_leaves_neither_answer_nor_flag() -> None:
    class Dropped(Exception):
        pass

    def answer_and_drop() -> None:
        with transaction():
            amina_answers(ContactRequest.TODAY)
            raise Dropped

    with pytest.raises(Dropped):
        answer_and_drop()
    assert "R20" not in open_flags(AMINA_ID)
    with reading():
        assert session.scalars(select(Checkin.id)).all() == []


def test_a_check_in_that_crosses_no_line_raises_nothing() -> None:
    amina_answers()
    assert "R20" not in open_flags(AMINA_ID)


def test_one_volunteers_answer_moves_nobody_elses_flags() -> None:
    answers(BEN_ID, **WORN)
    assert "R20" in open_flags(BEN_ID)
    assert open_flags(AMINA_ID) == {}


def test_two_at_once_raise_one_flag() -> None:
    with transaction(), gate.opened("a test"):
        session.add(
            Checkin(
                subject_id=AMINA_ID, volunteer_id=AMINA_ID, due_on=today(), answered_on=today(),
                status="answered", answers={**FINE, **WORN}, request="today",
            )
        )  # fmt: skip
    ready = threading.Barrier(2)
    troubles: list[BaseException] = []

    def judge() -> None:
        try:
            ready.wait(5)
            with transaction(), gate.opened("a test judges"):
                judged = judge_volunteers(today(), [AMINA_ID])
                keep(judged, today(), subject=Subject.VOLUNTEER, ids=[AMINA_ID])
        except BaseException as trouble:
            troubles.append(trouble)

    both = [threading.Thread(target=judge) for _n in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert troubles == []
    with reading():
        rules = session.scalars(select(Flag.rule).where(Flag.about_id == AMINA_ID)).all()
    assert len(rules) == len(set(rules)) > 0
