"""A copy of a form is answered as the first was, and does nothing; what only looks like a copy is not one."""

import datetime as dt
import re
import threading

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from werkzeug.test import TestResponse

from peerlink import clock
from peerlink.features.incidents.models import IncidentStep
from peerlink.store.answers import Answered
from peerlink.store.model import Model
from peerlink.store.session import reading, session, transaction
from tests.architecture import one_of_each
from tests.architecture.makings import MAKINGS, PLACES
from tests.support import cast
from tests.support.forms import as_typed
from tests.support.visitor import Outline, Visitor

INCIDENT = f"/incidents/{PLACES['incident_id']}"
NOTE = f"{INCIDENT}/note"
BASE = "https://localhost"


@pytest.fixture
def desk(app: Flask, the_cast: object) -> Visitor:
    one_of_each.tell()
    return Visitor(app, cast.CHIPO)


def form_of(desk: Visitor) -> dict[str, str]:
    return Outline(desk.visit(INCIDENT).text).hidden


def sent(desk: Visitor, hidden: dict[str, str], note: str, to: str = NOTE) -> TestResponse:
    return desk.client.post(to, data=hidden | {"note": note}, base_url=BASE)


def n_notes() -> int:
    with reading():
        return session.scalar(select(func.count()).select_from(IncidentStep)) or 0


def test_a_copy_leads_where_the_first_led_and_says_the_same(desk: Visitor) -> None:
    hidden, before = form_of(desk), n_notes()
    said = []
    for _tap in range(3):
        answer = sent(desk, hidden, "I rang them.")
        assert (answer.status_code, answer.location) == (303, INCIDENT)
        with desk.client.session_transaction(base_url=BASE) as cookie:
            said.append(cookie.pop("_flashes"))
    assert n_notes() == before + 1
    assert said[0]
    assert said == [said[0]] * 3


def test_the_way_back_is_offered_again(desk: Visitor) -> None:
    page = f"/volunteers/{cast.AMINA_ID}/training"
    hidden = Outline(desk.visit(page).text).hidden
    said = {"module": "listening", "completed_on": str(clock.today("UTC")), "result": "passed"}
    desk.client.post(page, data=hidden | said, base_url=BASE)
    first = re.search(r"/training/[^/\"]+/take-back", desk.visit(page).text)
    desk.client.post(page, data=hidden | said, base_url=BASE)
    again = re.search(r"/training/[^/\"]+/take-back", desk.visit(page).text)
    assert first is not None
    assert again is not None
    assert first[0] == again[0]


def test_what_was_undone_is_done_again_from_the_same_page(desk: Visitor) -> None:
    page = f"/volunteers/{cast.AMINA_ID}/training"
    said = {"module": "listening", "completed_on": str(clock.today("UTC")), "result": "passed"}
    form = Outline(desk.visit(page).text).hidden | said
    before = rows("completion")
    for _time in range(2):
        for _tap in range(2):
            assert desk.client.post(page, data=form, base_url=BASE).status_code == 303
            assert rows("completion") == before + 1
        shown = desk.visit(page).text
        undo = re.search(r"/volunteers/[^\"]+/training/[^/\"]+/take-back", shown)
        assert undo is not None
        for _tap in range(2):
            answer = desk.client.post(undo[0], data=Outline(shown).hidden, base_url=BASE)
            assert answer.status_code == 303
            assert rows("completion") == before


def test_other_words_another_page_and_another_address_are_no_copies(desk: Visitor) -> None:
    hidden, before = form_of(desk), n_notes()
    sent(desk, hidden, "I rang them.")
    sent(desk, hidden, "I rang them again.")
    assert n_notes() == before + 2
    sent(desk, form_of(desk), "I rang them.")
    assert n_notes() == before + 3
    other = f"/incidents/{one_of_each.SIDES['incident_id'][1]}/note"
    sent(desk, hidden, "I rang them.", other)
    assert n_notes() == before + 4


def test_what_was_refused_is_worked_on_again(desk: Visitor) -> None:
    hidden, before = form_of(desk), n_notes()
    for _tap in range(2):
        refused = sent(desk, hidden, "")
        assert refused.status_code == 422
    assert n_notes() == before
    with reading():
        assert session.scalars(select(Answered.id)).all() == []
    assert sent(desk, hidden, "I rang them.").status_code == 303


def test_without_the_number_of_a_page_each_is_a_form_of_its_own(desk: Visitor) -> None:
    hidden, before = form_of(desk), n_notes()
    hidden["csrf_token"] = hidden["csrf_token"].partition("~")[0]
    for _tap in range(2):
        assert sent(desk, hidden, "I rang them.").status_code == 303
    assert n_notes() == before + 2


def test_nothing_is_remembered_of_an_address_there_is_not_or_a_page_open_to_all(desk: Visitor) -> None:
    hidden = form_of(desk)
    assert [sent(desk, hidden, "x", "/nowhere").status_code for _tap in range(2)] == [404, 404]
    assert sent(desk, hidden, "x", "/sign-out").status_code == 303
    with reading():
        assert session.scalars(select(Answered.id)).all() == []


def test_a_form_that_signs_its_sender_out_is_answered_and_its_copy_is_nobodys(desk: Visitor) -> None:
    hidden = form_of(desk)
    out = [sent(desk, hidden, "x", "/me/sign-out-everywhere") for _tap in range(2)]
    assert (out[0].status_code, out[0].location) == (303, "/sign-in")
    assert out[1].status_code in {303, 400}
    assert "/incidents" not in str(out[1].location)


def test_a_number_alone_opens_no_door(desk: Visitor) -> None:
    hidden, before = form_of(desk), n_notes()
    for token in ("~", "~abc", "made up~abc"):
        assert sent(desk, hidden | {"csrf_token": token}, "x").status_code == 400
    assert n_notes() == before


def test_it_is_forgotten_after_a_day_and_says_nothing_readable(desk: Visitor) -> None:
    sent(desk, form_of(desk), "I rang them.")
    with reading():
        ((blob, when),) = session.execute(select(Answered.sealed, Answered.on)).all()
    assert blob is not None
    assert b"incidents" not in blob
    with transaction():
        session.execute(text('UPDATE answered SET "on" = :day'), {"day": when - dt.timedelta(days=1)})
    sent(desk, form_of(desk), "Once more.")
    with reading():
        assert session.scalar(select(func.count()).select_from(Answered)) == 2, "yesterday's is kept"
    with transaction():
        session.execute(text('UPDATE answered SET "on" = :day'), {"day": when - dt.timedelta(days=2)})
    sent(desk, form_of(desk), "And again.")
    with reading():
        assert session.scalars(select(Answered.on)).all() == [when]


AT_ONCE = {
    "/log": "contact",
    "/me/claims/new": "claim",
    "/incidents/new": "incident",
    "/visits/go": "lone_visit",
    "/money/lists": "payment_batch",
    "/accounts/new": "account",
    "/training/modules/new": "module",
    "/training/sessions/new": "training_session",
    "/volunteers/<uuid:volunteer_id>/supervision": "supervision",
    "/volunteers/<uuid:volunteer_id>/payments/expense": "claim",
    "/volunteers/<uuid:volunteer_id>/payments/stipend": "stipend_agreement",
    "/volunteers/<uuid:volunteer_id>/thanks": "thanks",
    "/contacts/<uuid:contact_id>/incident": "incident",
    "/programme/duty": "duty_turn",
}


@pytest.mark.parametrize("address", AT_ONCE)
def test_three_copies_at_the_very_same_time_are_one(app: Flask, the_cast: object, address: str) -> None:
    one_of_each.tell()
    making = MAKINGS[address]
    making.before()
    visitor = Visitor(app, making.who)
    page = visitor.visit(at(making.at or address)).text
    data = {**({} if making.bare else as_typed(page)), **Outline(page).hidden, **making.said}
    cookie = visitor.client.get_cookie("__Host-pl")
    assert cookie is not None
    before, together = rows(AT_ONCE[address]), threading.Barrier(3)
    answers: list[tuple[int, str | None]] = []

    def tap() -> None:
        bare = app.test_client(use_cookies=False)
        together.wait()
        headers = {"Cookie": f"__Host-pl={cookie.value}"}
        answer = bare.post(at(address), data=data, headers=headers, base_url=BASE)
        answers.append((answer.status_code, answer.location))

    taps = [threading.Thread(target=tap) for _n in range(3)]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    assert len(answers) == 3
    assert len(set(answers)) == 1
    assert answers[0][0] in {200, 303}
    assert rows(AT_ONCE[address]) == before + 1


def at(address: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(PLACES[found[1]]), address)


def rows(table: str) -> int:
    with reading():
        return session.scalar(select(func.count()).select_from(Model.metadata.tables[table])) or 0
