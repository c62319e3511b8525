"""The pages about contacts, as volunteers, coordinators and everybody else see them."""

import copy
import datetime as dt
import gzip
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.features.accounts.models import Account
from peerlink.features.contacts.models import Contact, ContactDetail
from peerlink.framework.support import SupportArea
from peerlink.framework.vocabularies import Channel, ContactStatus, MatchStatus, ParticipantStatus
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.factories.contacts import a_contact
from tests.support import cast
from tests.support.cast import AMINA_EFE, AMINA_ID, BEN, BEN_FOLA, EFE_ID
from tests.support.visitor import Outline, Visitor

HTTPS = "https://localhost"


def contacts() -> list[Contact]:
    with reading():
        found = list(session.scalars(select(Contact)))
        session.expunge_all()
        return found


def note_of(contact_id: uuid.UUID) -> str | None:
    with reading(), gate.opened("a test looks"):
        return session.get_one(ContactDetail, contact_id).note


def post_again(visitor: Visitor, address: str, data: dict[str, Any]) -> Any:
    return visitor.client.post(address, data=data, base_url=HTTPS)


def form_of(visitor: Visitor, address: str = "/log", **typed: Any) -> dict[str, Any]:
    """Return what the page would send if only these were touched: a browser without script."""
    html = visitor.visit(address).text
    outline = Outline(html)
    values: dict[str, Any] = dict(outline.hidden)
    for field in outline.fields:
        kind, name = field.get("type"), field.get("name")
        if name is None or (kind in {"radio", "checkbox"} and "checked" not in field):
            continue
        values[name] = field.get("value") or ""
    return values | typed


def test_two_taps_log_a_contact(aminas_phone: Visitor) -> None:
    answer = aminas_phone.send("/log", form_of(aminas_phone, how="phone"))
    assert answer.status_code == 303
    (contact,) = contacts()
    assert (contact.match_id, contact.minutes, contact.channel) == (AMINA_EFE, 30, Channel.PHONE)
    assert contact.support == 0
    assert "Efebird" in aminas_phone.visit(answer.location).text


def test_nothing_that_is_a_feeling_or_a_kind_of_support_is_chosen_beforehand(aminas_phone: Visitor) -> None:
    sent = form_of(aminas_phone)
    assert {"effort", "areas", "subtypes", "how", "rating", "difficulty"} & set(sent) == set()
    assert sent["who"] == str(AMINA_EFE)
    assert sent["minutes"] == "30"


def test_the_usual_length_of_this_match_is_offered(aminas_phone: Visitor) -> None:
    for minutes in (80, 90, 90):
        a_contact(minutes=minutes)
    assert form_of(aminas_phone)["minutes"] == "90"


def test_an_area_may_be_said_alone(aminas_phone: Visitor) -> None:
    sent = form_of(aminas_phone, how="phone", areas=["support.emotional", "support.informational"],
                   subtypes=["support.informational.education"])  # fmt: skip
    assert aminas_phone.send("/log", sent).status_code == 303
    (contact,) = contacts()
    assert contact.areas == 1 << SupportArea.EMOTIONAL.bit | 1 << SupportArea.INFORMATIONAL.bit


def test_the_same_form_sent_three_times_is_one_contact(aminas_phone: Visitor) -> None:
    sent = form_of(aminas_phone, how="phone")
    answers = [post_again(aminas_phone, "/log", sent) for _again in range(3)]
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert len(contacts()) == 1


def test_the_same_form_sent_at_the_same_moment_is_one_contact(aminas_phone: Visitor) -> None:
    sent = form_of(aminas_phone, how="phone")
    phones = [copy.copy(aminas_phone) for _each in range(4)]
    for phone in phones:
        phone.client = aminas_phone.client.application.test_client()
        phone.client._cookies = dict(aminas_phone.client._cookies or {})
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda phone: post_again(phone, "/log", sent).status_code, phones))
    assert statuses == [303] * 4
    assert len(contacts()) == 1


def test_the_same_form_with_other_words_shows_both(aminas_phone: Visitor) -> None:
    sent = form_of(aminas_phone, how="phone", note="went well")
    post_again(aminas_phone, "/log", sent)
    answer = post_again(aminas_phone, "/log", sent | {"note": "went badly"})
    assert answer.status_code == 409
    assert "went well" in answer.text
    assert "went badly" in answer.text
    (contact,) = contacts()
    assert note_of(contact.id) == "went well"
    outline = Outline(answer.text)
    again = {**sent, "note": "went badly", "key": outline.hidden["key"]}
    assert post_again(aminas_phone, "/log", again).status_code == 303
    assert len(contacts()) == 2


def test_somebody_elses_match_is_not_there(aminas_phone: Visitor) -> None:
    sent = form_of(aminas_phone, how="phone")
    assert post_again(aminas_phone, "/log", sent | {"who": str(BEN_FOLA)}).status_code == 404
    assert aminas_phone.visit(f"/log/{BEN_FOLA}").status_code == 404
    assert aminas_phone.visit(f"/plan/{BEN_FOLA}").status_code == 404
    assert contacts() == []


def test_a_key_of_somebody_elses_contact_is_not_there(aminas_phone: Visitor) -> None:
    theirs = a_contact(by=BEN.viewer, match_id=BEN_FOLA)
    sent = form_of(aminas_phone, how="phone", key=str(theirs.contact_id))
    assert post_again(aminas_phone, "/log", sent).status_code == 404
    for address in ("", "/saved", "/change"):
        assert aminas_phone.visit(f"/contacts/{theirs.contact_id}{address}").status_code == 404


def test_a_refused_form_keeps_what_was_typed(aminas_phone: Visitor) -> None:
    tomorrow = (clock.now() + dt.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    answer = aminas_phone.send("/log", form_of(aminas_phone, how="video", note="kept words", when=tomorrow))
    assert answer.status_code == 422
    assert "future" in answer.text
    assert "kept words" in answer.text
    assert re.search(r'value="video" checked', answer.text)


@pytest.mark.parametrize("missing", ["how", "when", "key"])
def test_a_form_without_what_it_needs_says_so(aminas_phone: Visitor, missing: str) -> None:
    sent = form_of(aminas_phone, how="phone") | {missing: ""}
    answer = post_again(aminas_phone, "/log", sent)
    assert answer.status_code == 422
    assert 'id="errors"' in answer.text


@pytest.mark.parametrize("minutes", ["4", "241", "x", "-5"])
def test_minutes_that_cannot_be_are_refused(aminas_phone: Visitor, minutes: str) -> None:
    sent = form_of(aminas_phone, how="phone", minutes="other", minutes_exact=minutes)
    assert post_again(aminas_phone, "/log", sent).status_code == 422
    assert contacts() == []


def test_no_answer_is_missed_by_the_participant(aminas_phone: Visitor) -> None:
    assert aminas_phone.send("/log", form_of(aminas_phone, how="missed")).status_code == 303
    (contact,) = contacts()
    assert (contact.status, contact.missed_by, contact.minutes) == ("missed", "participant", 0)


def test_a_note_with_a_phone_number_is_asked_about_once(aminas_phone: Visitor) -> None:
    sent = form_of(aminas_phone, how="phone", note="call 07700 900101")
    answer = post_again(aminas_phone, "/log", sent)
    assert answer.status_code == 422
    assert "a phone number" in answer.text
    assert "07700 900101" in answer.text
    again = sent | {"anyway": Outline(answer.text).hidden["anyway"]}
    assert post_again(aminas_phone, "/log", again).status_code == 303


def test_a_heavy_contact_offers_a_call(aminas_phone: Visitor) -> None:
    answer = aminas_phone.send("/log", form_of(aminas_phone, how="phone", effort="4"))
    assert "Ask for a call" in aminas_phone.visit(answer.location).text
    (contact,) = contacts()
    asked = aminas_phone.send(f"/contacts/{contact.id}/call", opened=answer.location)
    page = aminas_phone.visit(asked.location).text
    assert "You have asked for a call" in page
    assert "Ask for a call" not in page


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


def test_amina_sees_her_own_list_and_zoe_an_empty_one(aminas_phone: Visitor, zoes_phone: Visitor) -> None:
    a_contact(note="a note of mine", support=frozenset({"support.emotional"}))
    page = aminas_phone.visit("/contacts").text
    assert "Efebird" in page
    assert "a note of mine" in page
    assert "Listening" in page
    assert "No contact yet" in zoes_phone.visit("/contacts").text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("status=held", True), ("status=missed", False), ("area=support.emotional", True),
        ("area=support.appraisal", False), ("difficult=y", False), ("status=nonsense", True),
        ("page=2", False),
        ("page=x", True), ("page=-3", True),
    ],
)  # fmt: skip
def test_a_list_is_narrowed(aminas_phone: Visitor, asked: str, found: bool) -> None:
    a_contact(support=frozenset({"support.emotional.listening"}))
    assert ("Efebird" in aminas_phone.visit(f"/contacts?{asked}").text) is found


def test_the_coordinator_reads_contacts_with_names_and_notes(chipos_desk: Visitor) -> None:
    facts = a_contact(note="a note to read")
    for address in (f"/matches/{AMINA_EFE}/contacts", f"/participants/{EFE_ID}/contacts"):
        page = chipos_desk.visit(address).text
        assert "Efebird" in page
        assert "a note to read" in page
    assert "a note to read" in chipos_desk.visit(f"/contacts/{facts.contact_id}").text


def test_the_coordinator_writes_down_late_with_a_reason(chipos_desk: Visitor) -> None:
    address = f"/matches/{AMINA_EFE}/contacts/new"
    long_ago = (clock.now() - dt.timedelta(days=60)).strftime("%Y-%m-%dT10:00")
    sent = form_of(chipos_desk, address, how="phone", when=long_ago)
    assert chipos_desk.send(address, sent).status_code == 422
    answer = chipos_desk.send(address, sent | {"late_reason": "found in a diary"})
    assert answer.status_code == 303
    assert "found in a diary" in chipos_desk.visit(answer.location).text
    assert len(contacts()) == 1


def test_a_coordinator_of_one_site_sees_contacts_of_that_site(app: Any, the_cast: Any) -> None:
    facts = a_contact()
    addresses = (f"/matches/{AMINA_EFE}/contacts", f"/participants/{EFE_ID}/contacts")
    for site, status in ((cast.SITE_ID, 200), (uuid.uuid4(), 404)):
        with transaction():
            session.get_one(Account, cast.CHIPO.viewer.account_id).site_id = site
        desk = Visitor(app, cast.CHIPO)
        for address in (*addresses, f"/contacts/{facts.contact_id}"):
            assert desk.visit(address).status_code == status


def test_the_supervisor_sees_how_it_went_and_not_with_whom(danas_desk: Visitor, sols_desk: Visitor) -> None:
    facts = a_contact(note="not for her", effort=4, difficulty=frozenset({"crisis"}))
    for address in (f"/volunteers/{AMINA_ID}/contacts", f"/contacts/{facts.contact_id}"):
        page = danas_desk.visit(address)
        assert page.status_code == 200
        assert "not for her" not in page.text
        assert "Efe" not in page.text
        assert "heavy" in page.text
        assert sols_desk.visit(address).status_code == 404


ADDRESSES = ("/log", "/contacts", "/log/people", f"/log/{AMINA_EFE}", f"/plan/{AMINA_EFE}")


@pytest.mark.parametrize("person", [one for one in cast.EVERYBODY if not one.viewer.person_id], ids=str)
@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_of_volunteers_are_closed_to_everybody_else(
    app: Any, the_cast: Any, person: cast.Person, address: str
) -> None:
    assert Visitor(app, person).visit(address).status_code == 403


@pytest.mark.parametrize("person", cast.EVERYBODY, ids=lambda one: one.name)
def test_a_contact_is_seen_by_just_those_it_concerns(app: Any, the_cast: Any, person: cast.Person) -> None:
    facts = a_contact()
    sees = person.name in {"Amina", "Chipo", "Dana"}
    assert Visitor(app, person).visit(f"/contacts/{facts.contact_id}").status_code == (200 if sees else 404)


def test_a_stranger_is_asked_to_sign_in(stranger: Visitor) -> None:
    assert stranger.visit("/log").location == "/sign-in"


def more_matches(names: tuple[str, ...]) -> None:
    """Match Amina with more people."""
    today = clock.today("Europe/London")
    with transaction(), gate.opened("a test matches"):
        for n, name in enumerate(names):
            person, match = uuid.UUID(int=9000 + n), uuid.UUID(int=9500 + n)
            session.add(cast._participant(person, name, ParticipantStatus.ACTIVE, today))
            session.flush()
            session.add(cast._match(match, AMINA_ID, person, today))


def test_with_several_matches_nobody_is_chosen_beforehand(aminas_phone: Visitor) -> None:
    more_matches(("Kite", "Robin"))
    assert "who" not in form_of(aminas_phone)
    assert post_again(aminas_phone, "/log", form_of(aminas_phone, how="phone")).status_code == 422
    assert form_of(aminas_phone, f"/log/{AMINA_EFE}")["who"] == str(AMINA_EFE)


def test_everybody_is_reachable_with_many_matches(aminas_phone: Visitor) -> None:
    more_matches(tuple(f"Bird{n:02}" for n in range(20)))
    page = aminas_phone.visit("/log").text
    assert page.count('name="who"') == 10
    assert "/log/people" in page
    assert "Bird19" in aminas_phone.visit("/log/people?q=IRD19").text
    assert "Bird01" not in aminas_phone.visit("/log/people?q=ird19").text


def test_a_volunteer_with_no_match_is_told_so(zoes_phone: Visitor) -> None:
    assert "Nobody is matched with you yet" in zoes_phone.visit("/log").text


def test_again_with_somebody_else_keeps_way_and_place(aminas_phone: Visitor) -> None:
    more_matches(("Kite",))
    facts = a_contact(channel=Channel.IN_PERSON, place_id=cast.PLACE_ID)
    page = aminas_phone.visit(f"/contacts/{facts.contact_id}/saved").text
    address = re.search(r'href="(/log/[^"]+/like/[^"]+)"', page)
    assert address
    sent = form_of(aminas_phone, address.group(1))
    assert sent["how"] == "in_person"
    assert sent["who"] == str(uuid.UUID(int=9500))


def test_the_place_two_meet_in_is_an_approved_one(aminas_phone: Visitor) -> None:
    sent = form_of(aminas_phone, how="in_person", place=uuid.uuid4().hex)
    assert post_again(aminas_phone, "/log", sent).status_code == 422
    fine = sent | {"place": cast.PLACE_ID.hex, "rating": "not_safe"}
    assert post_again(aminas_phone, "/log", fine).status_code == 303
    (contact,) = contacts()
    assert (contact.place_id, contact.rating) == (cast.PLACE_ID, "not_safe")


def test_a_paused_match_is_not_offered(aminas_phone: Visitor) -> None:
    from peerlink.features.matching.models import Match

    with transaction():
        session.get_one(Match, AMINA_EFE).status = MatchStatus.PAUSED
    assert "Nobody is matched with you yet" in aminas_phone.visit("/log").text


def weigh(visitor: Visitor, address: str) -> int:
    answer = visitor.client.get(address, base_url=HTTPS, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    body = answer.get_data()
    answer.close()
    if "Content-Encoding" in answer.headers:
        assert gzip.decompress(body)
    return len(body) + sum(len(f"{name}: {value}\r\n") for name, value in answer.headers)


def test_the_phone_page_weighs_little(aminas_phone: Visitor) -> None:
    more_matches(("Kite", "Robin"))
    html = aminas_phone.visit("/log").text
    repeat = weigh(aminas_phone, "/log")
    files = set(re.findall(r'(?:href|src)="(/static/[^"#]+)', html))
    first = repeat + sum(weigh(aminas_phone, one) for one in files)
    assert repeat <= 6 * 1024, f"{repeat} bytes"
    assert first <= 25 * 1024, f"{first} bytes"
    assert not any("htmx" in one for one in files)
