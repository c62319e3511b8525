"""The pages: help in two taps, a call taken in one, a visit begun in two and ended in one."""

import datetime as dt
import re
import uuid

import pytest
from flask import Flask
from sqlalchemy import select

from peerlink import clock
from peerlink.features.contacts import service as contacts
from peerlink.features.contacts.rules import ContactDraft
from peerlink.features.safety.models import LoneVisit, SafetyPlan
from peerlink.features.safety.watching import watch_visits
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.contact_words import Channel, ContactStatus
from peerlink.framework.person import WEEKDAYS
from peerlink.framework.safety_words import DutyKind, SafetyCause
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.safety.happenings import DAY, HOUR, calls, on_duty, plan_it, set_out
from tests.support import cast
from tests.support.forms import as_typed
from tests.support.visitor import Visitor


@pytest.fixture
def sades_desk(app: Flask, the_cast: object) -> Visitor:
    return Visitor(app, cast.SADE)


def logged(*tags: str) -> uuid.UUID:
    draft = ContactDraft(
        id=uuid.uuid4(),
        status=ContactStatus.HELD,
        at=clock.now() - HOUR,
        channel=Channel.PHONE,
        minutes=30,
        difficulty=frozenset(tags),
    )
    with transaction(), gate.opened("a test logs a contact"):
        return contacts.log_contact(cast.AMINA_EFE, draft, cast.AMINA.viewer).contact_id


@pytest.mark.parametrize("person", cast.EVERYBODY, ids=lambda one: one.name)
def test_help_is_a_tap_or_two_from_everywhere(app: Flask, the_cast: object, person: cast.Person) -> None:
    visitor = Visitor(app, person)
    assert 'href="/help"' in visitor.visit("/").text
    page = visitor.visit("/help").text
    assert "Help now" in page
    assert "emergency number" in page, "nothing is filled in yet"
    plan_it()
    page = visitor.visit("/help").text
    assert 'href="tel:116123"' in page
    assert "You matter here." in page
    assert "no crisis service" in page


@pytest.mark.parametrize("address", ["/log", "/check-in", "/incidents/new", "/visits/go"])
def test_every_page_of_a_phone_leads_to_help(aminas_phone: Visitor, address: str) -> None:
    assert 'href="/help"' in aminas_phone.visit(address).text


def test_nobody_is_promised_for_today_while_the_desk_is_empty(aminas_phone: Visitor) -> None:
    tomorrow = clock.today("Europe/London") + DAY
    plan_it(days=(WEEKDAYS[tomorrow.weekday()],), opens=dt.time(9), closes=dt.time(17))
    page = aminas_phone.visit("/help").text
    assert "Ask Dana to call me" in page
    assert "call me today" not in page
    assert f"Somebody is on {tomorrow:%A} {tomorrow.day} {tomorrow:%B} from 09:00." in page


def test_amina_asks_to_be_called_and_sees_who_has_it(aminas_phone: Visitor, danas_desk: Visitor) -> None:
    plan_it(days=("mon", "tue", "wed", "thu", "fri", "sat", "sun"), opens=dt.time(0), closes=dt.time(23, 59))
    page = aminas_phone.visit("/help").text
    assert "Ask Dana to call me today" in page
    assert 'href="tel:+447700900555"' in page
    assert aminas_phone.send("/help/call", opened="/help").status_code == 303
    assert aminas_phone.send("/help/call", opened="/help").status_code == 303
    (call,) = calls()
    assert "You asked for a call" in aminas_phone.visit("/").text
    assert "A call is needed: Amina A." in danas_desk.visit("/").text
    taken = danas_desk.send(f"/calls/{call.id}/take", opened="/calls")
    assert taken.status_code == 303
    assert "Dana has it and will call" in aminas_phone.visit("/help").text
    address = f"/calls/{call.id}"
    refused = danas_desk.send(f"{address}/close", {"done": ""}, opened=address)
    assert refused.status_code == 422
    assert danas_desk.send(f"{address}/close", {"done": "We spoke."}, opened=address).status_code == 303
    assert "We spoke." in danas_desk.visit(address).text
    assert "Amina A." in danas_desk.visit("/calls?show=closed").text


def test_a_call_is_handed_over_with_one_tap(danas_desk: Visitor, sades_desk: Visitor) -> None:
    logged("suicidality")
    (call,) = calls()
    address = f"/calls/{call.id}"
    to = {"to": cast.SADE.viewer.account_id.hex}
    assert danas_desk.send(f"{address}/hand-over", to, opened=address).status_code == 303
    assert "A call is needed" in sades_desk.visit("/").text
    nobody = {"to": cast.AMINA.viewer.account_id.hex}
    assert danas_desk.send(f"{address}/hand-over", nobody, opened=address).status_code == 422


def test_why_is_for_those_who_may_read_it_and_whom_for_those_who_may_know(
    danas_desk: Visitor, chipos_desk: Visitor, sades_desk: Visitor
) -> None:
    logged("suicidality")
    (call,) = calls()
    pages = {
        one: visitor.visit(f"/calls/{call.id}").text
        for one, visitor in (("dana", danas_desk), ("chipo", chipos_desk), ("sade", sades_desk))
    }
    why = SafetyCause.SUICIDALITY_TAG.label
    assert [why in pages[one] for one in ("dana", "chipo", "sade")] == [True, False, True]
    assert ["Efebird" in pages[one] for one in ("dana", "chipo", "sade")] == [False, True, True]
    assert "somebody Amina A. supports" in pages["dana"]


def test_help_and_the_card_stand_first_after_such_a_contact(aminas_phone: Visitor) -> None:
    plan_it()
    heavy, quiet = logged("suicidality"), logged("crisis")
    page = aminas_phone.visit(f"/contacts/{heavy}/saved").text
    assert page.index("Help now") < page.index("You do not assess") < page.index("That was a lot to carry")
    assert "Stay with them. Do not promise silence." in page
    assert "You do not assess" not in aminas_phone.visit(f"/contacts/{quiet}/saved").text


def visit_now() -> LoneVisit:
    with reading(), gate.opened("a test looks"):
        one = session.scalars(select(LoneVisit)).one()
        session.expunge_all()
        return one


def test_a_visit_begins_with_two_taps_and_ends_with_one(aminas_phone: Visitor) -> None:
    assert 'href="/visits/go"' in aminas_phone.visit("/").text
    page = aminas_phone.visit("/visits/go").text
    assert "not tracked" in page
    begun = aminas_phone.send("/visits/go", as_typed(page))
    one = visit_now()
    assert (begun.status_code, begun.location) == (303, f"/visits/{one.id}")
    assert (one.match_id, one.place_id) == (cast.AMINA_EFE, cast.PLACE_ID)
    assert one.due_back_at - one.started_at == HOUR
    assert "Say that you are back" in aminas_phone.visit("/").text
    assert aminas_phone.visit("/visits/go").location == f"/visits/{one.id}"
    address = f"/visits/{one.id}"
    assert aminas_phone.send(f"{address}/longer", opened=address).status_code == 303
    assert (
        "Say whether all is well" in aminas_phone.send(f"{address}/back", {"how": "x"}, opened=address).text
    )
    assert visit_now().checked_out_at is None
    assert aminas_phone.send(f"{address}/back", {"how": "all_well"}, opened=address).location == "/"
    assert "not-back" in aminas_phone.visit("/").text, "it can be taken back"
    assert aminas_phone.send(f"{address}/not-back", opened="/").status_code == 303
    assert visit_now().checked_out_at is None
    assert aminas_phone.send(f"{address}/back", {"how": "need_somebody"}, opened=address).location == "/help"
    assert len(calls()) == 1


def test_a_first_meeting_at_home_is_refused_and_nothing_is_lost(aminas_phone: Visitor) -> None:
    data = {"match": cast.AMINA_EFE.hex, "where": "home", "minutes": "60", "risk_note": "Two dogs."}
    answer = aminas_phone.send("/visits/go", data)
    assert answer.status_code == 422
    assert "first time in an approved place" in answer.text
    assert "Two dogs." in answer.text


def test_the_buddy_reads_who_and_since_when_and_nothing_more(
    bens_phone: Visitor, aminas_phone: Visitor, chipos_desk: Visitor
) -> None:
    with transaction(), gate.opened("a test names a buddy"):
        session.get_one(Volunteer, cast.AMINA_ID).buddy_id = cast.BEN_ID
    visit_id = set_out(match_id=cast.AMINA_EFE)
    with transaction(), gate.opened("a test lets time pass"):
        one = session.get_one(LoneVisit, visit_id)
        one.due_back_at = clock.now() - dt.timedelta(minutes=46)
        watch_visits(clock.today("Europe/London"))
    assert "Not back from a visit: Amina A." in bens_phone.visit("/").text
    page = bens_phone.visit(f"/visits/{visit_id}").text
    assert "tel:+447700900101" in page
    assert not re.search("Efe|Room 3", page)
    assert "Your buddy has been told" in aminas_phone.visit(f"/visits/{visit_id}").text
    assert "Room 3" in chipos_desk.visit(f"/visits/{visit_id}").text
    assert "Buddy told" in chipos_desk.visit("/visits").text


def test_chipo_writes_the_plan_and_puts_somebody_on_duty(chipos_desk: Visitor) -> None:
    page = chipos_desk.visit("/programme/safety").text
    assert "Still missing: nobody is on duty today; there are no local crisis numbers" in page
    data = {
        **as_typed(page), "name_0": "Night line", "number_0": "116 123", "path": "Call, stay, hand over.",
        "days": ["mon", "tue"], "opens": "09:00", "closes": "08:00",
    }  # fmt: skip
    refused = chipos_desk.send("/programme/safety", data)
    assert refused.status_code == 422
    assert "end before they begin" in refused.text
    assert "116 123" in refused.text
    assert chipos_desk.send("/programme/safety", {**data, "closes": "17:00"}).status_code == 303
    with reading(), gate.opened("a test looks"):
        plan = session.scalars(select(SafetyPlan)).one()
        assert (plan.numbers, plan.hours_from) == (
            [{"name": "Night line", "number": "116 123", "hours": ""}], "09:00"
        )  # fmt: skip
    today = clock.today("Europe/London")
    turn = {
        "who": cast.CHIPO.viewer.account_id.hex, "kind": "supervisor",
        "from_on": today.isoformat(), "until_on": (today + DAY).isoformat(), "weekday": "",
    }  # fmt: skip
    assert "with that part" in chipos_desk.send("/programme/duty", turn).text
    assert chipos_desk.send("/programme/duty", {**turn, "kind": "coordinator"}).status_code == 303
    page = chipos_desk.visit("/programme/duty").text
    address = re.search(r'action="(/programme/duty/[^"]+/remove)"', page)
    assert address is not None
    assert "All is there" in chipos_desk.visit("/programme/safety").text
    assert chipos_desk.send(address[1], opened="/programme/duty").status_code == 303
    assert "nobody is on duty today" in chipos_desk.visit("/programme/safety").text


def test_on_duty_a_supervisor_sees_every_call(sols_desk: Visitor) -> None:
    logged("suicidality")
    (call,) = calls()
    assert sols_desk.visit(f"/calls/{call.id}").status_code == 404
    on_duty(cast.SOL, DutyKind.SUPERVISOR)
    assert sols_desk.visit(f"/calls/{call.id}").status_code == 200
