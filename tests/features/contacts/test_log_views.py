"""Writing a contact down: in two taps, once, and with nothing said beforehand."""

import copy
import datetime as dt
import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from peerlink import clock
from peerlink.framework.support import SupportArea
from peerlink.framework.vocabularies import Channel
from tests.factories.contacts import a_contact
from tests.features.contacts.looks import contacts, note_of
from tests.features.contacts.sending import form_of, post_again
from tests.support import cast
from tests.support.cast import AMINA_EFE
from tests.support.visitor import Outline, Visitor


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


def test_the_coordinator_writes_down_late_with_a_reason(chipos_desk: Visitor) -> None:
    address = f"/matches/{AMINA_EFE}/contacts/new"
    long_ago = (clock.now() - dt.timedelta(days=60)).strftime("%Y-%m-%dT10:00")
    sent = form_of(chipos_desk, address, how="phone", when=long_ago)
    assert chipos_desk.send(address, sent).status_code == 422
    answer = chipos_desk.send(address, sent | {"late_reason": "found in a diary"})
    assert answer.status_code == 303
    assert "found in a diary" in chipos_desk.visit(answer.location).text
    assert len(contacts()) == 1


def test_the_place_two_meet_in_is_an_approved_one(aminas_phone: Visitor) -> None:
    sent = form_of(aminas_phone, how="in_person", place=uuid.uuid4().hex)
    assert post_again(aminas_phone, "/log", sent).status_code == 422
    fine = sent | {"place": cast.PLACE_ID.hex, "rating": "not_safe"}
    assert post_again(aminas_phone, "/log", fine).status_code == 303
    (contact,) = contacts()
    assert (contact.place_id, contact.rating) == (cast.PLACE_ID, "not_safe")
