"""What can be done with a contact that is kept or planned."""

import datetime as dt

from peerlink import clock
from peerlink.framework.vocabularies import ContactStatus
from tests.factories.contacts import a_contact
from tests.features.contacts.looks import contacts
from tests.features.contacts.sending import form_of
from tests.support.cast import AMINA_EFE
from tests.support.visitor import Outline, Visitor

ASKS = "Do you want a call today?"


def test_a_heavy_contact_asks_first_of_all_whether_a_call_is_wanted(aminas_phone: Visitor) -> None:
    answer = aminas_phone.send("/log", form_of(aminas_phone, how="phone", effort="4"))
    page = aminas_phone.visit(answer.location).text
    assert page.index(ASKS) < page.index("Look at it") < page.index("And next?")
    (contact,) = contacts()
    at = f"/contacts/{contact.id}/call"
    assert aminas_phone.send(at, {"when": "someday"}, opened=answer.location).status_code == 422
    asked = aminas_phone.send(at, {"when": "this_week"}, opened=answer.location)
    page = aminas_phone.visit(asked.location).text
    assert "You have asked for a call this week" in page
    assert ASKS not in page
    aminas_phone.send(at, {"when": "today"}, opened=answer.location)
    assert "You have asked for a call today" in aminas_phone.visit(answer.location).text


def test_who_wants_no_call_is_not_asked_again(aminas_phone: Visitor) -> None:
    answer = aminas_phone.send("/log", form_of(aminas_phone, how="phone", effort="4"))
    (contact,) = contacts()
    aminas_phone.send(f"/contacts/{contact.id}/call", {"when": "no"}, opened=answer.location)
    page = aminas_phone.visit(answer.location).text
    assert ASKS not in page
    assert "You have asked" not in page
    assert "Ask for a call today" in page


def test_a_light_contact_asks_nothing(aminas_phone: Visitor) -> None:
    answer = aminas_phone.send("/log", form_of(aminas_phone, how="phone", effort="0"))
    assert ASKS not in aminas_phone.visit(answer.location).text


def test_what_was_saved_is_undone_at_once(aminas_phone: Visitor) -> None:
    answer = aminas_phone.send("/log", form_of(aminas_phone, how="phone"))
    page = aminas_phone.visit(answer.location)
    undo = next(form["action"] for form in Outline(page.text).forms if "take-back" in str(form["action"]))
    assert aminas_phone.send(str(undo), opened="/log").status_code == 303
    assert contacts() == []


def test_a_contact_is_changed_and_says_so(aminas_phone: Visitor) -> None:
    facts = a_contact(note="first", minutes=35)
    address = f"/contacts/{facts.contact_id}/change"
    sent = form_of(aminas_phone, address)
    assert (sent["how"], sent["minutes"], sent.get("note", "")) == ("phone", "35", "")
    answer = aminas_phone.send(address, sent | {"how": "video", "minutes": "60", "note": "second"})
    assert answer.status_code == 303
    page = aminas_phone.visit(answer.location).text
    assert "second" in page
    assert "first" not in page
    assert "Changed once" in page


def test_something_is_added_to_a_contact(aminas_phone: Visitor) -> None:
    facts = a_contact()
    address = f"/contacts/{facts.contact_id}"
    assert aminas_phone.send(f"{address}/add", {"text": "one more thing"}, opened=address).status_code == 303
    assert "one more thing" in aminas_phone.visit(address).text
    warned = aminas_phone.send(f"{address}/add", {"text": "born 12/05/1990"}, opened=address)
    assert warned.status_code == 422
    assert "Save anyway" in warned.text


def test_a_planned_contact_goes_its_way(aminas_phone: Visitor) -> None:
    day = (clock.now() + dt.timedelta(days=3)).strftime("%Y-%m-%dT10:00")
    answer = aminas_phone.send(f"/plan/{AMINA_EFE}", {"when": day, "how": "phone"})
    assert answer.status_code == 303
    (plan,) = contacts()
    assert plan.status is ContactStatus.PLANNED
    page = aminas_phone.visit(answer.location).text
    assert "Call it off" in page
    assert "It happened as planned" not in page
    later = (clock.now() + dt.timedelta(days=5)).strftime("%Y-%m-%dT10:00")
    moved = aminas_phone.send(f"/contacts/{plan.id}/move", {"when": later, "how": "video"})
    assert moved.status_code == 303
    off = aminas_phone.send(f"{moved.location}/cancelled", {"side": "volunteer"}, opened=moved.location)
    assert off.status_code == 303
    assert {contact.status for contact in contacts()} == {ContactStatus.RESCHEDULED, ContactStatus.CANCELLED}


def test_a_plan_needs_a_day_ahead(aminas_phone: Visitor) -> None:
    assert (
        aminas_phone.send(f"/plan/{AMINA_EFE}", {"when": "2020-01-01T10:00", "how": "phone"}).status_code
        == 422
    )
    assert aminas_phone.send(f"/plan/{AMINA_EFE}", {"when": "", "how": ""}).status_code == 422
