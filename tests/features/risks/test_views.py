"""Every role's pages about flags: what they show, to whom, and what one tap does."""

import datetime as dt
import re

import pytest
from flask import Flask
from markupsafe import escape
from sqlalchemy import select, update

from peerlink.features.risks.models import Flag, FlagState, FlagStep
from peerlink.features.risks.rounds import nightly_round
from peerlink.features.supervision.models import Supervision
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework import catalogue
from peerlink.framework.vocabularies import ContactRequest, SupervisionStatus
from peerlink.store.session import reading, session, transaction
from tests.features.risks.happenings import WORN, amina_answers, answers, open_flags, today
from tests.support.cast import (
    ADA,
    AMINA,
    AMINA_ID,
    BEN,
    BEN_ID,
    CHIPO,
    DANA,
    PRIYA,
    PRU,
    SOL,
    ZOE,
    Person,
)
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")
SAID = "Strain is high"
"""What only a check-in can have said."""
ANSWERED = re.compile(r"of 4\.|Strain is|Asked to be contacted|felt that|Feels part|check-in of", re.I)
PAGES = {
    "/team-care": {DANA, SOL},
    "/team-care/how": {DANA, SOL},
    "/team-care/what-helps": {DANA, SOL},
    "/tasks": {CHIPO, DANA, SOL, PRIYA, PRU},
    "/flags": {CHIPO, DANA, SOL, PRIYA, PRU},
    "/flags/board": {CHIPO, DANA, SOL, PRIYA, PRU},
    "/me/flags": {AMINA, BEN, ZOE},
}


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    "who", [AMINA, BEN, ZOE, CHIPO, DANA, SOL, PRIYA, PRU, ADA], ids=lambda one: one.name
)
def test_each_page_is_open_to_its_roles_and_to_nobody_else(app: Flask, who: Person, address: str) -> None:
    status = Visitor(app, who).visit(address).status_code
    assert status == (200 if who in PAGES[address] else 403)


def test_a_supervisor_sees_who_needs_them_and_why(danas_desk: Visitor) -> None:
    amina_answers(**WORN)
    shown = danas_desk.visit("/team-care").text
    assert "1 person may need a call this week." in shown
    assert "Amina A." in shown
    assert "Call this week" in shown
    assert SAID in shown
    assert "Strain 96 of 100" in shown


def test_a_supervisor_sees_only_their_own_volunteers(danas_desk: Visitor, sols_desk: Visitor) -> None:
    amina_answers(**WORN)
    assert "Amina" not in sols_desk.visit("/team-care").text
    assert "Amina" not in sols_desk.visit("/flags").text
    flag = open_flags(AMINA_ID)["R20"]
    assert sols_desk.visit(f"/flags/{flag.id}").status_code == 404
    assert danas_desk.visit(f"/flags/{flag.id}").status_code == 200


@pytest.mark.parametrize("who", [AMINA, ZOE, CHIPO, SOL, PRIYA, PRU, ADA], ids=lambda one: one.name)
def test_nobody_but_the_supervisor_opens_or_moves_a_flag_of_a_check_in(app: Flask, who: Person) -> None:
    amina_answers(**WORN)
    flag = open_flags(AMINA_ID)["R20"]
    visitor = Visitor(app, who)
    assert visitor.visit(f"/flags/{flag.id}").status_code in {403, 404}
    for deed in ("act", "acknowledge", "snooze", "settle", "release", "close"):
        sent = visitor.send(f"/flags/{flag.id}/{deed}", {"note": "x", "code": "A06"}, opened="/")
        assert sent.status_code in {403, 404}
    assert open_flags(AMINA_ID)["R20"].state is FlagState.OPEN


def test_a_coordinator_reads_no_answer_on_any_page(chipos_desk: Visitor) -> None:
    amina_answers(ContactRequest.TODAY, **{f"v{n}": 4 for n in range(1, 8)}, v8=0, v9=0, v10=0, v11=0, v14=0)
    with transaction():
        nightly_round(today())
    listed = chipos_desk.visit("/flags").text
    pages = [listed, chipos_desk.visit("/flags/board").text]
    pages += [
        chipos_desk.visit(address).text
        for address in set(re.findall(r'href="(/flags/[0-9a-f-]{36})"', listed))
    ]
    assert len(pages) > 2, "some are told to the coordinator"
    for page in pages:
        assert not re.search(
            r"of 4\.|Strain is|Asked to be contacted|felt that|Feels part|check-in of", page, re.I
        )
    assert "Strain:" not in listed


def test_the_coordinator_is_told_that_capacity_may_change_and_not_why(chipos_desk: Visitor) -> None:
    amina_answers(v14=0)
    assert open_flags(AMINA_ID)["R02"].level == "alert"
    shown = chipos_desk.visit("/flags").text
    assert "Signs of leaving early: Amina A." in shown
    assert "of 4" not in shown
    assert "check-in" not in shown


def test_the_coordinators_page_of_it_does_not_tell_what_the_rule_asks_of_answers(
    chipos_desk: Visitor, danas_desk: Visitor
) -> None:
    amina_answers(v14=0)
    at = f"/flags/{open_flags(AMINA_ID)['R02'].id}"
    shown = chipos_desk.visit(at).text
    assert "Their capacity may change." in shown
    for telling in ("Must be known", "Closes when", "check-in"):
        assert telling not in shown
    assert "Two check-ins in a row" in danas_desk.visit(at).text


def test_a_manager_sees_the_programme_and_no_person(priyas_desk: Visitor) -> None:
    amina_answers(v14=0)
    assert "Amina" not in priyas_desk.visit("/flags").text


def test_one_tap_books_a_talk_and_one_takes_it_back(danas_desk: Visitor) -> None:
    amina_answers(**WORN)
    sent = danas_desk.send(f"/team-care/{AMINA_ID}/act", {"code": "A06"}, opened="/team-care")
    assert sent.status_code == 303
    after = danas_desk.visit("/team-care").text
    assert "You have it" in after
    assert "Nobody waits for a call." in after
    assert "Call this week" not in after
    undo = re.search(r'action="(/flags/deeds/[0-9a-f-]+/undo)"', after)
    assert undo
    danas_desk.send(undo[1], opened="/team-care")
    with reading():
        assert session.scalars(select(Supervision)).one().status is SupervisionStatus.CANCELLED
    assert open_flags(AMINA_ID)["R20"].state is FlagState.OPEN


def test_one_tap_pauses_new_matches(danas_desk: Visitor) -> None:
    amina_answers(**WORN)
    danas_desk.send(f"/team-care/{AMINA_ID}/act", {"code": "A04", "days": "28"}, opened="/team-care")
    with reading():
        assert session.get_one(Volunteer, AMINA_ID).no_new_matches_until == today() + dt.timedelta(days=28)


def test_one_deed_counts_for_every_flag_it_helps(danas_desk: Visitor) -> None:
    amina_answers(**WORN)
    danas_desk.send(f"/team-care/{AMINA_ID}/act", {"code": "A04"}, opened="/team-care")
    flags = open_flags(AMINA_ID)
    with reading():
        helped = set(session.scalars(select(FlagStep.flag_id).where(FlagStep.action == "A04")))
    assert {flags["R20"].id, flags["R24"].id} <= helped
    assert flags["R23"].id not in helped, "easing the load does not vary the work"
    assert {flag.state for flag in flags.values()} == {FlagState.ACKNOWLEDGED}


def test_a_talk_is_written_down_with_one_tap(danas_desk: Visitor) -> None:
    amina_answers(ContactRequest.TODAY)
    danas_desk.send(f"/team-care/{AMINA_ID}/talked", opened="/team-care")
    with reading():
        assert session.scalars(select(Supervision)).one().status is SupervisionStatus.HELD


def test_no_concern_takes_one_reason_and_leaves_what_safety_hangs_on(danas_desk: Visitor) -> None:
    amina_answers(v8=1, **WORN)
    danas_desk.send(f"/team-care/{AMINA_ID}/rest", {"why": "talked"}, opened="/team-care")
    flags = open_flags(AMINA_ID)
    assert flags["R10"].state is FlagState.SNOOZED
    assert flags["R20"].state is FlagState.OPEN


def test_a_deed_about_somebody_elses_volunteer_is_not_there(sols_desk: Visitor) -> None:
    amina_answers(**WORN)
    sent = sols_desk.send(f"/team-care/{AMINA_ID}/act", {"code": "A06"}, opened="/team-care")
    assert sent.status_code == 404


def test_who_is_steady_and_of_whom_too_little_is_known_are_told_apart(sols_desk: Visitor) -> None:
    shown = sols_desk.visit("/team-care").text
    assert "Ben B." in shown
    assert "Ben B." not in re.sub(r'id="unknown".*', "", shown, flags=re.DOTALL)
    assert "Unknown is not the same as well" in shown


def test_how_it_works_says_what_load_to_expect_in_about_120_words(danas_desk: Visitor) -> None:
    shown = danas_desk.visit("/team-care/how").text
    assert "2.0 new to watch, 1.3 new alerts and 0.4 new critical" in shown
    words = re.sub(r"<[^>]+>", " ", " ".join(re.findall(r"<p>.*?</p>", shown, re.DOTALL))).split()
    assert 100 <= len(words) <= 140


def test_a_refused_note_comes_back_with_what_was_typed(danas_desk: Visitor) -> None:
    amina_answers(v8=1)
    flag = open_flags(AMINA_ID)["R10"]
    late = (today() + dt.timedelta(days=60)).isoformat()
    sent = danas_desk.send(
        f"/flags/{flag.id}/snooze", {"until": late, "reason": "After her move."}, opened=f"/flags/{flag.id}"
    )
    assert sent.status_code == 422
    assert "After her move." in sent.text


def test_taking_an_alert_up_asks_for_a_word(danas_desk: Visitor) -> None:
    amina_answers(**WORN)
    flag = open_flags(AMINA_ID)["R20"]
    at = f"/flags/{flag.id}"
    assert danas_desk.send(f"{at}/acknowledge", {"note": ""}, opened=at).status_code == 422
    assert danas_desk.send(f"{at}/acknowledge", {"note": "I ring tonight."}, opened=at).status_code == 303
    assert "I ring tonight." in danas_desk.visit(at).text


def test_a_volunteer_sees_their_own_flags_and_adds_their_side(
    aminas_phone: Visitor, danas_desk: Visitor
) -> None:
    amina_answers(**WORN)
    answers(BEN_ID, **WORN)
    mine = aminas_phone.visit("/me/flags").text
    assert SAID in mine
    flag = open_flags(AMINA_ID)["R20"]
    kept = aminas_phone.send(f"/me/flags/{flag.id}", {"text": "We moved house."}, opened="/me/flags")
    assert kept.status_code == 303
    assert "We moved house." in danas_desk.visit("/team-care").text
    bens = open_flags(BEN_ID)["R20"]
    assert aminas_phone.send(f"/me/flags/{bens.id}", {"text": "x"}, opened="/me/flags").status_code == 404


def test_the_board_shows_what_is_not_known_as_not_known(chipos_desk: Visitor) -> None:
    assert "Nothing counted yet" in chipos_desk.visit("/flags/board").text
    with transaction():
        nightly_round(today())
    shown = chipos_desk.visit("/flags/board").text
    assert "0 of 1 known" in shown
    assert "Not known yet" in shown


def test_a_line_that_leaves_answers_out_does_not_say_that_all_is_known(chipos_desk: Visitor) -> None:
    with transaction():
        nightly_round(today())
    line = rule_on_the_board(chipos_desk, "R22")
    assert "Steady" in line
    assert "in part" in line
    assert "known" not in line
    assert "from what you may see" in chipos_desk.visit("/flags/board").text


def test_the_board_shows_the_level_of_the_flags_the_viewer_sees(
    chipos_desk: Visitor, prus_desk: Visitor
) -> None:
    amina_answers(v3=4)
    with transaction():
        nightly_round(today())
        session.execute(update(Flag).where(Flag.rule == "R22").values(passed_to=CHIPO.viewer.account_id))
    assert "Alert" in chipos_desk.visit("/flags?rule=R22").text
    assert "Alert" in rule_on_the_board(chipos_desk, "R22")
    assert "Alert" not in rule_on_the_board(prus_desk, "R22")


def rule_on_the_board(visitor: Visitor, rule: str) -> str:
    name = str(escape(catalogue.rule(rule).name))
    found = re.search(
        rf'<li class="level"><span>{re.escape(name)}</span>.*?</li>', visitor.visit("/flags/board").text, re.S
    )
    assert found
    return found[0]


def test_flags_are_narrowed_by_level(chipos_desk: Visitor) -> None:
    with transaction():
        nightly_round(today())
    assert "None like these" in chipos_desk.visit("/flags?level=critical").text
    assert "Show all" in chipos_desk.visit("/flags?about=volunteer").text


def test_a_tampered_flag_says_so_and_the_others_go_on(danas_desk: Visitor) -> None:
    amina_answers(v8=1, **WORN)
    with transaction():
        session.execute(update(Flag).where(Flag.rule == "R10").values(sealed_answers=b"not what was written"))
    assert "1 flag was changed outside of PeerLink" in danas_desk.visit("/team-care").text
    assert "1 flag was changed outside of PeerLink" in danas_desk.visit("/flags").text
    with transaction():
        nightly_round(today())
    assert SAID in danas_desk.visit("/team-care").text
