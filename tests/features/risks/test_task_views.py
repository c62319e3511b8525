"""The pages about what there is to do: who sees what, and what one tap does."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from peerlink.features.contacts import service as contacts
from peerlink.features.risks.models import Task
from peerlink.features.risks.views.parts import LEADS_TO
from peerlink.features.supervision.models import Supervision
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.vocabularies import ContactRequest, SupervisionStatus
from peerlink.roles import GRANTS
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from peerlink.web.guard import permission_of
from tests.factories.contacts import a_contact
from tests.features.risks.deeds import does
from tests.features.risks.happenings import WORN, amina_answers, in_days, open_flags
from tests.support.cast import ADA, AMINA, AMINA_ID, CHIPO, DANA, SOL, ZOE, Person
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")


def asks_for_a_call(wish: ContactRequest = ContactRequest.TODAY) -> None:
    facts = a_contact(effort=4)
    with transaction(), gate.opened("a test asks"):
        contacts.ask_call(facts.contact_id, wish, AMINA.viewer)


def only_task() -> str:
    with reading():
        return str(session.scalars(select(Task.id)).one())


def test_a_call_asked_for_stands_on_top_with_its_hour_though_no_flag_is_open(
    danas_desk: Visitor, sols_desk: Visitor
) -> None:
    asks_for_a_call()
    page = danas_desk.visit("/team-care").text
    assert re.search(r"Asked for a call.*Amina A\..*since \d+ \w+ \d{4}, \d\d:\d\d.*Call today", page, re.S)
    assert 'href="tel:+447700900101"' in page
    assert "Amina" not in sols_desk.visit("/team-care").text
    assert "Asked for a call today: 1" in danas_desk.visit("/").text
    danas_desk.send(f"/team-care/{AMINA_ID}/talked", opened="/team-care")
    assert "Asked for a call" not in danas_desk.visit("/team-care").text
    with reading():
        assert session.scalars(select(Supervision.status)).one() is SupervisionStatus.HELD


def test_whoever_talked_is_led_to_the_call_that_would_else_pass_on(danas_desk: Visitor) -> None:
    asks_for_a_call()
    sent = danas_desk.send(f"/team-care/{AMINA_ID}/talked", opened="/team-care")
    assert re.fullmatch(r"/calls/[0-9a-f-]+", str(sent.location))
    page = danas_desk.visit(str(sent.location)).text
    assert "A call for Amina A." in page
    assert "Their call is still open" in page
    danas_desk.send(f"{sent.location}/close", {"done": "We spoke."}, opened=str(sent.location))
    again = danas_desk.send(f"/team-care/{AMINA_ID}/talked", opened="/team-care")
    assert again.location == "/team-care"


def test_a_card_says_that_they_asked_for_a_call_and_what_is_to_do(danas_desk: Visitor) -> None:
    amina_answers(**WORN)
    asks_for_a_call(ContactRequest.THIS_WEEK)
    does("A05")
    card = danas_desk.visit("/team-care").text.partition('<article class="card stack"')[2]
    assert "Asked for a call this week" in card
    assert re.search(r"To do.*Vary the work", card, re.S)


def test_nobody_talks_for_somebody_elses_volunteer(sols_desk: Visitor) -> None:
    asks_for_a_call()
    sent = sols_desk.send(f"/team-care/{AMINA_ID}/talked", opened="/team-care")
    assert sent.status_code == 404


def test_a_task_is_done_with_one_tap_and_open_again_with_another(danas_desk: Visitor) -> None:
    amina_answers(**WORN)
    does("A05")
    assert "Tasks due in the next 7 days: 1" in danas_desk.visit("/").text
    page = danas_desk.visit("/tasks").text
    assert "Vary the work: Amina A." in page
    danas_desk.send(f"/tasks/{only_task()}/done", opened="/tasks")
    after = danas_desk.visit("/tasks").text
    assert "Nothing to do" in after
    assert "1 done in the last two weeks" in after
    danas_desk.send(f"/tasks/{only_task()}/open", opened="/tasks")
    assert "Nothing to do" not in danas_desk.visit("/tasks").text


def test_a_late_task_says_so(app: Flask) -> None:
    amina_answers(**WORN)
    does("A05")
    with in_days(8):
        desk = Visitor(app, DANA)
        assert "Tasks due today or late: 1" in desk.visit("/").text
        assert "Late" in desk.visit("/tasks").text


def test_a_referral_is_followed_up_with_one_tap_a_step(danas_desk: Visitor) -> None:
    amina_answers(**WORN)
    does("A01")
    at = f"/tasks/{only_task()}/step"
    for step, next_step in (
        ("wanted", "A first talk is arranged"),
        ("arranged", "The first talk took place"),
    ):
        danas_desk.send(at, {"to": step}, opened="/tasks")
        assert next_step in danas_desk.visit("/tasks").text
    assert danas_desk.send(at, {"to": "offered"}, opened="/tasks").status_code == 422
    assert danas_desk.send(at, {"to": "rubbish"}, opened="/tasks").status_code == 422
    danas_desk.send(at, {"to": "seen"}, opened="/tasks")
    assert "Nothing to do" in danas_desk.visit("/tasks").text


@pytest.mark.parametrize("who", [CHIPO, SOL], ids=lambda one: one.name)
def test_a_psychologist_offered_is_seen_by_nobody_else(app: Flask, who: Person) -> None:
    amina_answers(**WORN)
    does("A01")
    assert "Amina" not in Visitor(app, who).visit("/tasks").text
    assert Visitor(app, who).send(f"/tasks/{only_task()}/done", opened="/tasks").status_code == 404


@pytest.mark.parametrize("who", [AMINA, ZOE, ADA], ids=lambda one: one.name)
def test_who_acts_on_no_flags_has_no_tasks(app: Flask, who: Person) -> None:
    assert Visitor(app, who).visit("/tasks").status_code == 403


def test_a_coordinator_goes_from_the_task_to_where_it_is_done(chipos_desk: Visitor) -> None:
    amina_answers(**WORN)
    does("A12", "R22")
    page = chipos_desk.visit("/tasks").text
    assert "Change the match: Amina A." in page
    assert f'href="/matching/leaving/{AMINA_ID}"' in page
    assert "Strain" not in page


def test_safeguarding_opens_the_report_with_what_is_known(danas_desk: Visitor) -> None:
    amina_answers(v3=4)
    flag = open_flags(AMINA_ID)["R22"]
    sent = danas_desk.send(f"/flags/{flag.id}/act", {"code": "A20"}, opened=f"/flags/{flag.id}")
    assert sent.location.startswith("/incidents/new?type=safeguarding_adult")
    form = danas_desk.visit(sent.location).text
    assert re.search(r'value="safeguarding_adult"[^>]*checked', form)
    assert re.search(rf'<option selected value="v:{AMINA_ID.hex}"', form)


def test_the_flag_says_what_each_tap_makes_and_shows_before_and_after(
    app: Flask, danas_desk: Visitor
) -> None:
    amina_answers(**WORN)
    at = f"/flags/{open_flags(AMINA_ID)['R20'].id}"
    page = danas_desk.visit(at).text
    for told in ("Books a talk with you.", "Hand over one match", "Book a talk with their buddy"):
        assert told in page
    danas_desk.send(at + "/act", {"code": "A06"}, opened=at)
    with in_days(31):
        amina_answers()
        later = Visitor(app, DANA)
        page = later.visit(at).text
        assert "Strain 96 → 25 after 31 days. Down: a real change." in page
        assert "96.4 then, 25 now" in page
        assert "Strain 96 → 25" in later.visit("/team-care").text


def test_what_helps_says_when_there_are_too_few_to_tell(danas_desk: Visitor) -> None:
    assert "Nothing to tell yet" in danas_desk.visit("/team-care/what-helps").text
    amina_answers(**WORN)
    does("A06")
    with in_days(31):
        amina_answers()
    page = danas_desk.visit("/team-care/what-helps").text
    lit = re.findall(r'aria-current="page"[^>]*>(?:<svg.*?</svg>)?([^<]+)</a>', page, re.DOTALL)
    assert set(lit) == {"Team care"}
    assert "Too few to tell" in page
    assert "proves nothing" in page
    assert "30.5 points" in page
    assert "Amina" not in page


def test_thanks_are_one_tap_on_the_card_and_read_on_the_volunteers_page(
    danas_desk: Visitor, aminas_phone: Visitor
) -> None:
    amina_answers(**WORN)
    chosen = {"code": "A03.2"}
    danas_desk.send(f"/team-care/{AMINA_ID}/act", chosen, opened="/team-care")
    assert "People here have somebody because of you." in aminas_phone.visit("/me/month").text


def test_one_tap_eases_the_load_by_one_person_and_another_puts_it_back(danas_desk: Visitor) -> None:
    amina_answers(**WORN)
    page = danas_desk.visit("/team-care").text
    assert 'value="A04.lower"' in page
    danas_desk.send(f"/team-care/{AMINA_ID}/act", {"code": "A04.lower"}, opened="/team-care")
    with reading():
        assert session.get_one(Volunteer, AMINA_ID).capacity == 2
    undo = re.search(r'action="(/flags/deeds/[0-9a-f-]+/undo)"', danas_desk.visit("/team-care").text)
    assert undo
    danas_desk.send(undo[1], opened="/team-care")
    with reading():
        assert session.get_one(Volunteer, AMINA_ID).capacity == 3


def test_what_is_not_offered_is_refused(danas_desk: Visitor) -> None:
    amina_answers(**WORN)
    for code in ("A04.rubbish", "A04.word", "A22", "A06.lower"):
        sent = danas_desk.send(f"/team-care/{AMINA_ID}/act", {"code": code}, opened="/team-care")
        assert sent.status_code == 422


def test_every_page_a_task_leads_to_is_there_for_whoever_may_do_it(app: Flask) -> None:
    for endpoint, whose, permission in LEADS_TO.values():
        asked = permission_of(app, endpoint)
        assert all(asked in grants for grants in GRANTS.values() if permission in grants), endpoint
        rules = [rule for rule in app.url_map.iter_rules(endpoint) if "GET" in (rule.methods or ())]
        assert {name for rule in rules for name in rule.arguments} == ({whose} if whose else set()), endpoint
