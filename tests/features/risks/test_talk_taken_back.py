"""A talk that did not take place after all: tasks, the debrief and flags stand as before it."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.errors import Refused
from peerlink.features.risks import service
from peerlink.features.risks import tasks as deeds
from peerlink.features.risks.models import Flag, FlagState, FlagStep, StepKind, Task
from peerlink.features.risks.queries import get_flag_to_move
from peerlink.features.supervision import service as supervision
from peerlink.features.supervision import taking_back
from peerlink.features.supervision.models import Supervision
from peerlink.features.supervision.rules import HeldDraft
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.care_words import Way
from peerlink.framework.levels import Level
from peerlink.framework.vocabularies import ContactRequest, SupervisionKind, SupervisionStatus
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.factories.contacts import a_contact
from tests.features.risks.deeds import takes_back
from tests.features.risks.happenings import amina_answers, in_days, in_hours, open_flags, today
from tests.support.cast import AMINA_ID, DANA, SOL, Person
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")
DAY = dt.timedelta(days=1)
K, S = SupervisionKind, SupervisionStatus


def talked(on: dt.date | None = None, kind: SupervisionKind = K.ONE_TO_ONE) -> uuid.UUID:
    with transaction(), gate.opened("a test talks"):
        amina = session.get_one(Volunteer, AMINA_ID)
        draft = HeldDraft(held_on=on or today())
        return supervision.record_held(amina, kind, draft, by=DANA.viewer.account_id).id


def did_not(talk: uuid.UUID) -> None:
    with transaction(), gate.opened("a test takes it back"):
        taking_back.take_back(session.get_one(Supervision, talk), by=DANA.viewer.account_id)


def planned() -> list[tuple[uuid.UUID, SupervisionStatus, dt.date]]:
    with reading():
        rows = session.scalars(select(Supervision).order_by(Supervision.held_on, Supervision.id))
        return [(one.id, one.status, one.held_on) for one in rows]


def tasks() -> set[tuple[Way | None, bool]]:
    with reading():
        return {(one.way, one.done_at is None) for one in session.scalars(select(Task))}


def flags(rule: str) -> list[Flag]:
    with reading():
        found = list(session.scalars(select(Flag).where(Flag.rule == rule, Flag.about_id == AMINA_ID)))
        session.expunge_all()
        return found


def heavy(days_ago: int = 0) -> uuid.UUID:
    at = clock.now() - dt.timedelta(days=days_ago, minutes=40)
    return a_contact(at=at, difficulty=frozenset({"crisis"})).contact_id


def test_the_word_the_call_and_the_same_debrief_are_there_again() -> None:
    heavy()
    before = planned()
    assert [status for _id, status, _on in before] == [S.SCHEDULED]
    talk = talked()
    assert tasks() == {(Way.WORD, False)}
    assert S.CANCELLED in {status for _id, status, _on in planned()}
    did_not(talk)
    assert planned() == before, "the debrief is the same one, on its day"
    assert tasks() == {(Way.WORD, True)}


def test_a_word_somebody_wrote_themself_stays_done_and_the_debrief_comes_back() -> None:
    heavy()
    before = planned()
    with transaction(), gate.opened("Dana writes a word"):
        deeds.finish(session.scalars(select(Task)).one(), by=DANA.viewer.account_id)
    did_not(talked())
    assert tasks() == {(Way.WORD, False)}
    assert planned() == before


def test_a_debrief_somebody_called_off_by_hand_stays_off_and_one_is_booked_anew() -> None:
    heavy()
    ((debrief, _status, on),) = planned()
    talk = talked()
    with transaction(), gate.opened("a test"):
        one = session.get_one(Supervision, debrief)
        one.before = {**(one.before or {}), "by": DANA.viewer.account_id.hex}
    did_not(talk)
    assert sorted(status for _id, status, _on in planned()) == [S.CANCELLED, S.SCHEDULED]
    assert {day for _id, _status, day in planned()} == {on}


def test_a_flag_that_closed_stands_again_the_same_as_somebody_had_taken_it_up() -> None:
    talked(today() - 50 * DAY)
    amina_answers()
    (flag,) = flags("R26")
    assert (flag.level, flag.state) == (Level.WATCH, FlagState.OPEN)
    with gate.access(gate.Access(None, DANA.viewer.opens(), {AMINA_ID})), transaction():
        service.acknowledge(get_flag_to_move(flag.id, DANA.viewer), "I call her.", DANA.viewer)
    talk = talked()
    assert open_flags(AMINA_ID).get("R26") is None
    did_not(talk)
    (again,) = flags("R26")
    for name in ("id", "level", "state", "opened_on", "since_on", "raised_at", "acknowledged_by"):
        expected = FlagState.ACKNOWLEDGED if name == "state" else DANA.viewer.account_id
        expected = getattr(flag, name) if name not in ("state", "acknowledged_by") else expected
        assert getattr(again, name) == expected, name
    assert again.closed_on is None
    with reading():
        asked = select(FlagStep.undone_on).where(FlagStep.kind == StepKind.CLOSED)
        assert session.scalars(asked).all() == [today()]


def test_a_flag_another_talk_would_have_closed_stays_closed() -> None:
    talked(today() - 50 * DAY)
    amina_answers()
    mistaken = talked()
    talked()
    did_not(mistaken)
    (flag,) = flags("R26")
    assert flag.state is FlagState.CLOSED


def test_a_flag_that_closed_before_the_talk_stays_closed_and_a_new_one_is_raised() -> None:
    talked(today() - 50 * DAY)
    amina_answers()
    first = talked()
    with in_days(60):
        amina_answers()
        assert open_flags(AMINA_ID)["R26"].level is Level.WATCH
        second = talked()
        did_not(second)
        assert sorted(flag.state for flag in flags("R26")) == sorted([FlagState.CLOSED, FlagState.OPEN])
    assert first != second


def test_a_wish_to_be_called_is_not_answered_by_a_talk_that_was_none(danas_desk: Visitor) -> None:
    amina_answers(ContactRequest.TODAY)
    (before,) = flags("R20")
    assert (before.level, before.state) == (Level.CRITICAL, FlagState.OPEN)
    at = "/team-care"
    sent = danas_desk.send(f"{at}/{AMINA_ID}/talked", {"note": "Of somebody else."}, opened=at)
    assert sent.status_code == 303
    page = danas_desk.visit(at).text
    undo = next(part for part in page.split('"') if part.startswith("/flags/deeds/"))
    assert danas_desk.send(undo, opened=at).status_code == 303
    (flag,) = flags("R20")
    assert (flag.id, flag.level, flag.state, flag.acknowledged_by) == (
        before.id,
        Level.CRITICAL,
        FlagState.OPEN,
        None,
    )
    assert planned() == []
    with reading():
        asked = select(FlagStep.undone_on).where(FlagStep.kind == StepKind.ACTION)
        assert set(session.scalars(asked)) == {today()}


def test_a_level_that_fell_on_a_talk_is_what_it_was_and_nobody_is_asked_anew() -> None:
    talked(today() - 50 * DAY)
    heavy(days_ago=5)
    amina_answers()
    with gate.access(gate.Access(None, DANA.viewer.opens(), {AMINA_ID})), transaction():
        one = get_flag_to_move(open_flags(AMINA_ID)["R26"].id, DANA.viewer)
        service.acknowledge(one, "I call her.", DANA.viewer)
    before = open_flags(AMINA_ID)["R26"]
    assert before.level is Level.ALERT
    talk = talked(kind=K.DEBRIEF)
    assert open_flags(AMINA_ID)["R26"].level is Level.WATCH
    did_not(talk)
    (flag,) = flags("R26")
    for name in ("id", "level", "told_level", "state", "since_on", "raised_at", "acknowledged_at"):
        assert getattr(flag, name) == getattr(before, name), name
    with reading():
        kinds = session.execute(select(FlagStep.kind, FlagStep.undone_on).where(FlagStep.flag_id == flag.id))
        told = [(kind, undone) for kind, undone in kinds if kind in (StepKind.FELL, StepKind.ROSE)]
    assert sorted(told, key=str) == [(StepKind.FELL, today()), (StepKind.ROSE, None)], "it rose once, before"


def reader_is(who: Person) -> None:
    with transaction():
        session.get_one(Volunteer, AMINA_ID).reader_id = who.viewer.account_id


def test_a_reader_takes_back_their_own_talk_and_nobody_elses() -> None:
    reader_is(SOL)
    amina_answers(ContactRequest.TODAY)
    granted = gate.Access(SOL.viewer.account_id, SOL.viewer.opens(), set())
    with gate.access(granted), transaction():
        flag = get_flag_to_move(open_flags(AMINA_ID)["R20"].id, SOL.viewer)
        with gate.opened("a test"):
            amina = session.get_one(Volunteer, AMINA_ID)
        talk = service.record_talk(amina, [flag], "She is safe.", SOL.viewer).id
    takes_back(talk, SOL)
    assert planned() == []
    assert open_flags(AMINA_ID)["R20"].state is FlagState.OPEN


def test_after_a_day_it_stays() -> None:
    heavy()
    talk = talked()
    with in_hours(25), pytest.raises(Refused, match="for a day only"):
        did_not(talk)
    assert tasks() == {(Way.WORD, False)}
