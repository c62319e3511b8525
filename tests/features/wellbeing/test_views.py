"""A volunteer says how it is, and only they and their supervisor read it."""

import datetime as dt

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.features.accounts.models import ROLE_BITS, Account
from peerlink.features.risks.models import Flag
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.vocabularies import CheckinStatus
from peerlink.roles import Role
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
    assert 'href="#diary"' in refused.text, "said beside the words, four screens down"
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


def test_leaving_one_out_is_kept_with_its_reason_and_can_be_taken_back(
    aminas_phone: Visitor, danas_desk: Visitor
) -> None:
    said = {"reason": "too_much", "words": "the move"}
    aminas_phone.send("/check-in/skip", said, opened="/check-in")
    assert [one.status for one in kept()] == [CheckinStatus.SKIPPED]
    theirs = danas_desk.visit(f"/volunteers/{cast.AMINA_ID}/check-ins").text
    assert "It is all a bit much right now: the move" in theirs
    assert "/check-in/take-up" in aminas_phone.visit("/").text
    aminas_phone.send("/check-in/take-up", opened="/check-ins")
    assert [one.status for one in kept()] == [CheckinStatus.DUE]
    assert "the move" not in danas_desk.visit(f"/volunteers/{cast.AMINA_ID}/check-ins").text


def test_a_reason_that_is_none_keeps_the_page_and_what_was_typed(aminas_phone: Visitor) -> None:
    refused = aminas_phone.send("/check-in/skip", {"reason": "lazy", "words": "so"}, opened="/check-in")
    assert refused.status_code == 422
    assert 'value="so"' in refused.text
    assert kept() == []


def test_what_was_left_out_today_is_answered_after_all(aminas_phone: Visitor) -> None:
    aminas_phone.send("/check-in/skip", {}, opened="/check-in")
    aminas_phone.send("/check-in", STEADY)
    assert [one.status for one in kept()] == [CheckinStatus.ANSWERED]


def test_a_second_one_on_the_same_day_is_refused_and_loses_nothing(aminas_phone: Visitor) -> None:
    aminas_phone.send("/check-in", STEADY)
    refused = aminas_phone.send("/check-in", {**HEAVY, "diary": "more to say", "reader": "nobody"})
    assert refused.status_code == 422
    assert "You have answered today" in refused.text
    assert "more to say" in refused.text
    assert len(kept()) == 1


def test_what_grew_without_growth_is_said_beside_the_question(aminas_phone: Visitor) -> None:
    refused = aminas_phone.send("/check-in", {**STEADY, "v9": "1", "grew": "new_skills"})
    assert refused.status_code == 422
    assert "take the ticks away" in refused.text
    aminas_phone.send("/check-in", {**STEADY, "v9": "2", "grew": "new_skills"})
    assert "in 1 check-in" in aminas_phone.visit("/check-ins").text


def test_the_form_names_who_reads_it(aminas_phone: Visitor, zoes_phone: Visitor) -> None:
    assert "Dana reads this." in aminas_phone.visit("/check-in").text
    assert "Nobody is named to read this yet." in zoes_phone.visit("/check-in").text


def test_one_who_coordinates_too_is_said_so_on_the_form(aminas_phone: Visitor) -> None:
    with transaction():
        dana = session.get_one(Account, cast.DANA.viewer.account_id)
        dana.role_bits |= ROLE_BITS[Role.COORDINATOR]
    page = aminas_phone.visit("/check-in").text
    assert "Dana also decides about matches; you can choose somebody who does not." in page


def test_not_my_supervisor_please(aminas_phone: Visitor, danas_desk: Visitor, sols_desk: Visitor) -> None:
    other = cast.SOL.viewer.account_id.hex
    aminas_phone.send("/check-in", {**HEAVY, "request": "today", "instead": other})
    address = f"/volunteers/{cast.AMINA_ID}/check-ins"
    assert "Would like to hear from you: Today" in sols_desk.visit(address).text
    hers = danas_desk.visit(address).text
    assert "chose somebody else" in hers
    assert "Quite a lot" not in hers
    with transaction():
        told = session.scalars(select(Flag.id).where(Flag.rule == "R20")).one()
    assert sols_desk.visit(f"/flags/{told}").status_code == 200
    assert danas_desk.visit(f"/flags/{told}").status_code == 404


def test_choosing_a_reader_holds_at_once_and_can_be_taken_back(
    aminas_phone: Visitor, danas_desk: Visitor, sols_desk: Visitor
) -> None:
    aminas_phone.send("/check-in", HEAVY)
    address = f"/volunteers/{cast.AMINA_ID}/check-ins"
    chosen = aminas_phone.send("/me/reader", {"reader": cast.SOL.viewer.account_id.hex})
    assert chosen.status_code == 303
    assert "Quite a lot" in sols_desk.visit(address).text
    assert "Quite a lot" not in danas_desk.visit(address).text
    aminas_phone.send(f"/me/reader/{cast.DANA.viewer.account_id}", opened="/me/reader")
    assert "Quite a lot" in danas_desk.visit(address).text
    assert sols_desk.visit(address).status_code == 404


def test_nobody_but_a_supervisor_can_be_chosen(aminas_phone: Visitor) -> None:
    for one in (cast.CHIPO, cast.BEN):
        refused = aminas_phone.send("/me/reader", {"reader": one.viewer.account_id.hex})
        assert refused.status_code == 422


def test_two_scores_give_a_curve_with_its_numbers_behind(aminas_phone: Visitor) -> None:
    with clock.turned_to(clock.now() - dt.timedelta(days=30)):
        aminas_phone.send("/check-in", {f"v{n}": "4" for n in range(1, 8)})
    aminas_phone.send("/check-in", STEADY)
    page = aminas_phone.visit("/check-ins").text
    assert "Oldest to newest: 100, 25" in page
    assert "Clearly lighter than your usual: 25, usually 100." in page
    assert page.index("Clearly lighter") < page.index("Over time")
    assert "clearly lighter" in page
    assert "Oldest to newest: not known, 25" in page


def test_help_stands_on_every_page_about_oneself_and_first_where_it_presses(aminas_phone: Visitor) -> None:
    for address in ("/check-in", "/check-ins", "/check-in/about"):
        assert aminas_phone.visit(address).text.count('id="help-now"') == 1
    aminas_phone.send("/check-in", {**STEADY, "request": "today"})
    page = aminas_phone.visit("/check-ins").text
    assert page.index("Help now") < page.index("Asked to be contacted today")


def test_how_it_works_is_open_to_everybody(chipos_desk: Visitor, aminas_phone: Visitor) -> None:
    for visitor in (chipos_desk, aminas_phone):
        assert "nobody has tested yet" in visitor.visit("/check-in/about").text


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
