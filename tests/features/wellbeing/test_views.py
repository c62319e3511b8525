"""A volunteer says how it is, and only they and their supervisor read it."""

import datetime as dt

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.vocabularies import CheckinStatus
from peerlink.store import gate, house
from peerlink.store.session import session, transaction
from tests.support import cast
from tests.support.visitor import Visitor

STEADY = {f"v{n}": "1" for n in range(1, 15)}
HEAVY = {f"v{n}": "3" for n in range(1, 8)}


def kept() -> list[Checkin]:
    with transaction(), gate.opened("a test looks"):
        found = list(session.scalars(select(Checkin)))
        for one in found:
            assert one.answers is None or one.answers
        return found


def test_the_result_is_shown_at_once(aminas_phone: Visitor) -> None:
    sent = aminas_phone.send("/check-in", HEAVY)
    assert sent.status_code == 303
    page = aminas_phone.visit("/check-ins").text
    assert "A talk soon" in page
    assert ">75 " in page


def test_an_item_left_out_is_not_a_zero(aminas_phone: Visitor) -> None:
    aminas_phone.send("/check-in", {"v1": "1", "v2": "1"})
    with transaction(), gate.opened("a test looks"):
        assert session.scalars(select(Checkin)).one().answers == {"v1": 1, "v2": 1}


def test_an_empty_check_in_is_refused_and_says_what_to_do(aminas_phone: Visitor) -> None:
    refused = aminas_phone.send("/check-in", {"diary": "long day"})
    assert refused.status_code == 422
    assert "Answer at least one" in refused.text
    assert "long day" in refused.text
    assert kept() == []


def test_a_diary_needs_a_reader(aminas_phone: Visitor) -> None:
    refused = aminas_phone.send("/check-in", {**STEADY, "diary": "long day"})
    assert "Choose who may read" in refused.text


def test_a_diary_for_nobody_is_read_by_nobody(aminas_phone: Visitor, danas_desk: Visitor) -> None:
    aminas_phone.send("/check-in", {**STEADY, "diary": "for me alone", "reader": "nobody"})
    page = danas_desk.visit(f"/volunteers/{cast.AMINA_ID}/check-ins").text
    assert "for me alone" not in page
    assert "A little" in page


def test_a_diary_for_the_supervisor_is_read_there(aminas_phone: Visitor, danas_desk: Visitor) -> None:
    aminas_phone.send("/check-in", {**STEADY, "diary": "please call", "reader": "supervisor"})
    assert "please call" in danas_desk.visit(f"/volunteers/{cast.AMINA_ID}/check-ins").text


def test_another_supervisor_does_not_find_it(sols_desk: Visitor) -> None:
    assert sols_desk.visit(f"/volunteers/{cast.AMINA_ID}/check-ins").status_code == 404


@pytest.mark.parametrize("desk", ["chipos_desk", "priyas_desk", "adas_desk", "prus_desk", "bens_phone"])
def test_nobody_else_may_read_answers(desk: str, request: pytest.FixtureRequest) -> None:
    visitor: Visitor = request.getfixturevalue(desk)
    assert visitor.visit(f"/volunteers/{cast.AMINA_ID}/check-ins").status_code == 403


def test_leaving_one_out_is_kept_as_that(aminas_phone: Visitor) -> None:
    aminas_phone.send("/check-in/skip", {"reason": "holiday"}, opened="/check-in")
    assert [one.status for one in kept()] == [CheckinStatus.SKIPPED]


def test_a_waiting_one_is_answered_rather_than_a_new_one_begun(
    aminas_phone: Visitor, the_cast: house.House
) -> None:
    due = clock.today("Europe/London") - dt.timedelta(days=3)
    with transaction():
        session.add(
            Checkin(
                subject_id=cast.AMINA_ID, volunteer_id=cast.AMINA_ID, due_on=due, status=CheckinStatus.DUE
            )
        )
    aminas_phone.send("/check-in", STEADY)
    assert [one.due_on for one in kept()] == [due]
