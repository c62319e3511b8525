"""Pages on which volunteers come, sign, say how they are shown, and leave."""

import re
import uuid

import pytest
from flask import Flask
from sqlalchemy import func, select

from peerlink.features.matching.models import Match
from peerlink.features.recruitment import service
from peerlink.features.recruitment.models import Handover, PrivacyPlan, Screening, Signing
from peerlink.features.recruitment.rules import A_NETWORK, says_how_long
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.recruitment_words import ShownAs, TextKind
from peerlink.framework.telling import tells
from peerlink.framework.vocabularies import MatchStatus, VolunteerStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.recruitment import prepared
from tests.features.recruitment.deeds import BY, DAY, NOTICE, TODAY, opens_page
from tests.support import cast
from tests.support.visitor import Outline, Visitor

AMINA, ZOE = f"/volunteers/{cast.AMINA_ID}", f"/volunteers/{cast.ZOE_ID}"
OFFER = {
    "called": "Mai", "reach": "mai@example.org", "agreed": "y", "times": ["evenings"], "language_1": "en",
    "language_2": "",
}  # fmt: skip


def n_volunteers() -> int:
    with transaction():
        return session.scalar(select(func.count()).select_from(Volunteer)) or 0


def of(volunteer_id: uuid.UUID, name: str) -> object:
    with transaction(), gate.opened("a test looks"):
        return getattr(session.get_one(Volunteer, volunteer_id), name)


def test_the_public_page_is_not_there_before_it_is_opened(stranger: Visitor) -> None:
    assert stranger.visit("/apply").status_code == 404
    assert stranger.visit("/apply/sent").status_code == 404


def test_a_stranger_offers_help_and_is_told_what_comes_next(stranger: Visitor, chipos_desk: Visitor) -> None:
    opens_page()
    text = stranger.visit("/apply").text
    assert "Come in." in text
    assert NOTICE in text
    assert "after 6 months" in text
    assert not tells(re.sub(r"<[^>]*>", " ", text))
    before = n_volunteers()
    assert stranger.send("/apply", OFFER).location == "/apply/sent"
    assert "get to know each other" in stranger.visit("/apply/sent").text
    assert n_volunteers() == before + 1
    assert "Offers to help that wait for an answer: 1" in chipos_desk.visit("/").text
    offers = chipos_desk.visit("/volunteers?status=applicant").text
    assert "Mai" in offers
    assert "/thanks" not in offers, "they have done nothing yet to be thanked for"
    assert "/thanks" in chipos_desk.visit("/volunteers?status=active").text


def test_the_same_form_is_one_offer_and_other_words_are_another(stranger: Visitor) -> None:
    opens_page()
    hidden, before = Outline(stranger.visit("/apply").text).hidden, n_volunteers()
    for called in ("Mai", "Mai", "Mai", "Mei"):
        said = hidden | OFFER | {"called": called}
        answer = stranger.client.post("/apply", data=said, base_url="https://localhost")
        assert answer.location == "/apply/sent"
    assert n_volunteers() == before + 2


def test_all_that_is_missing_in_an_offer_is_said_at_once(stranger: Visitor) -> None:
    opens_page()
    answer = stranger.send("/apply", {"called": "Mai", "reach": ""}, opened="/apply")
    assert answer.status_code == 422
    assert "Leave a phone number or an e-mail address." in answer.text
    assert "We may keep your details only if you agree." in answer.text


@pytest.mark.parametrize("left_out", ["called", "reach", "agreed"])
def test_what_was_typed_stays_when_something_is_missing(stranger: Visitor, left_out: str) -> None:
    opens_page()
    said = {**OFFER, "why": "I like to listen."} | {left_out: ""}
    if left_out == "agreed":
        del said["agreed"]
    answer = stranger.send("/apply", said, opened="/apply")
    assert answer.status_code == 422
    assert "I like to listen." in answer.text
    assert n_volunteers() == 3


def test_a_machine_is_thanked_and_forgotten(stranger: Visitor) -> None:
    opens_page()
    assert stranger.send("/apply", {**OFFER, "website": "spam"}).location == "/apply/sent"
    assert n_volunteers() == 3


def test_one_network_offers_so_many_times_an_hour(app: Flask, stranger: Visitor) -> None:
    opens_page()
    for n in range(A_NETWORK + 1):
        stranger.client.environ_base["REMOTE_ADDR"] = f"203.0.113.{n}"
        answer = stranger.send("/apply", {**OFFER, "reach": f"mai{n}@example.org"}, opened="/apply")
    assert answer.status_code == 422
    assert "Try again in" in answer.text, re.findall(r'(?s)id="errors".*?</div>', answer.text)
    assert n_volunteers() == 3 + A_NETWORK


def test_a_coordinator_opens_the_page_and_publishes(chipos_desk: Visitor, stranger: Visitor) -> None:
    page = "/programme/offers-of-help"
    said = {"is_open": "y", "welcome": "Come in.", "notice": NOTICE, "kept_months": "3"}
    telling = chipos_desk.send(page, {**said, "welcome": "A place for HIV"}, opened=page)
    assert telling.status_code == 422
    assert chipos_desk.send(page, said, opened=page).status_code == 303
    assert "after 3 months" in stranger.visit("/apply").text
    own = {**said, "notice": "We answer you. After 3 months we delete it."}
    assert chipos_desk.send(page, own, opened=page).status_code == 303
    assert stranger.visit("/apply").text.lower().count("after 3 months") == 1
    texts = "/programme/agreements"
    sent = chipos_desk.send(f"{texts}/role", {"role-text": "As equals."}, opened=texts)
    assert sent.status_code == 303
    assert chipos_desk.send(f"{texts}/role", {"role-text": "As equals."}, opened=texts).status_code == 422
    assert "Version 1" in chipos_desk.visit(texts).text


@pytest.mark.parametrize(
    ("notice", "told"),
    [
        ("Deleted after 3 months.", True),
        ("It goes 3  Months later", True),
        ("Deleted after 13 months.", False),
        ("Deleted after 6 months.", False),
        ("We are 3 people; it takes months.", False),
        ("", False),
    ],
)
def test_how_long_details_are_kept_is_said_once(notice: str, told: bool) -> None:
    assert says_how_long(notice, 3) is told


def test_one_match_at_a_time_stands_open(chipos_desk: Visitor) -> None:
    page, prefix = f"{AMINA}/leaving", cast.AMINA_EFE.hex[:8]
    assert chipos_desk.visit(page).text.count('<details name="relies" open') == 1
    deed = f"/matching/match/{cast.AMINA_EFE}/handover"
    way = {f"{prefix}-how": "goodbye", f"{prefix}-to": ""}
    plan = {**way, f"{prefix}-on": TODAY.isoformat(), "plan": "y"}
    assert chipos_desk.send(deed, plan, opened=page).status_code == 303
    kept = chipos_desk.visit(page).text
    assert '<details name="relies">' in kept
    assert "Planned: planned goodbye by" in kept
    refused = chipos_desk.send(deed, way, opened=page)
    assert refused.status_code == 422
    assert '<details name="relies" open>' in refused.text


def test_getting_started_is_written_down_step_by_step(chipos_desk: Visitor) -> None:
    page, today = f"{ZOE}/getting-started", TODAY.isoformat()
    for what in ("interview", "stability", "exposure"):
        said = {f"{what}-on": today, f"{what}-note": "went well"}
        assert chipos_desk.send(f"{page}/{what}", said, opened=page).status_code == 303
    said = {"limits-on": today, "limits-capacity": "2"}
    refused = chipos_desk.send(f"{page}/limits", said, opened=page)
    assert (refused.status_code, "Agree on both" in refused.text) == (422, True)
    assert chipos_desk.send(f"{page}/limits", {**said, "limits-agreed_hours": "8"}, opened=page)
    for n, who in enumerate(("A neighbour", "A teacher")):
        asked = {"reference-who": who, "reference-on": today}
        assert chipos_desk.send(f"{ZOE}/references", asked, opened=page).status_code == 303
        answered = {f"answer{n}-on": today, f"answer{n}-good": "yes"}
        assert chipos_desk.send(f"{ZOE}/references/{n}/answer", answered, opened=page).status_code == 303
    buddy = {"buddy-buddy": cast.BEN_ID.hex}
    assert chipos_desk.send(f"{ZOE}/buddy", buddy, opened=page).status_code == 303
    until = {"clearance-asked_on": today, "clearance-until": (TODAY + DAY).isoformat()}
    assert chipos_desk.send(f"{ZOE}/clearance", until, opened=page).status_code == 303
    text = chipos_desk.visit(page).text
    assert "2 of 2 recommend them" in text
    assert "by Chipo" in text
    assert (of(cast.ZOE_ID, "capacity"), of(cast.ZOE_ID, "buddy_id")) == (2, cast.BEN_ID)
    undone = chipos_desk.send(f"{page}/interview/take-back", opened=page)
    assert undone.status_code == 303
    with transaction(), gate.opened("a test looks"):
        kept = session.scalars(select(Screening)).one()
        assert set(kept.steps or {}) == {"stability", "exposure", "limits"}


def test_nobody_but_a_coordinator_reads_what_was_talked_through(
    danas_desk: Visitor, aminas_phone: Visitor, priyas_desk: Visitor
) -> None:
    with transaction():
        prepared(cast.AMINA_ID)
    for visitor in (danas_desk, aminas_phone, priyas_desk):
        assert visitor.visit(f"{AMINA}/getting-started").status_code == 403


def test_a_volunteer_signs_on_their_phone(aminas_phone: Visitor, chipos_desk: Visitor) -> None:
    with transaction(), gate.opened("a test publishes"):
        text_id = service.publish(TextKind.ROLE, "As equals.", by=BY).id
        session.get_one(Volunteer, cast.AMINA_ID).agreement_on = TODAY - DAY
    page = "/me/agreements"
    assert "Read and sign what is new" in aminas_phone.visit("/").text
    assert "As equals." in aminas_phone.visit(page).text
    assert aminas_phone.send(f"{page}/{text_id}", opened=page).status_code == 303
    with transaction():
        assert session.scalars(select(Signing.volunteer_id)).all() == [cast.AMINA_ID]
    assert "You signed this on" in aminas_phone.visit(page).text
    assert "Read and sign" not in aminas_phone.visit("/").text


def test_a_volunteer_says_how_they_are_shown(aminas_phone: Visitor, danas_desk: Visitor) -> None:
    page = "/me/privacy"
    said = {"name-shown_as": "alias", "name-alias": "Wren"}
    assert aminas_phone.send(f"{page}/name", said, opened=page).status_code == 303
    assert of(cast.AMINA_ID, "shown_as") is ShownAs.ALIAS
    assert aminas_phone.send(f"{page}/shown/badge", opened=page).status_code == 303
    assert aminas_phone.send(f"{page}/shown/badge/take-back", opened=page).status_code == 303
    wish = {"plan-worry": "My aunt comes here.", "plan-measures": ["place"]}
    assert aminas_phone.send(f"{page}/plan", wish, opened=page).status_code == 303
    assert "Agree on a privacy plan with Wren" in danas_desk.visit("/").text
    theirs = f"{AMINA}/privacy"
    assert "My aunt comes here." in danas_desk.visit(theirs).text
    agreed = {"worry": "My aunt.", "measures": ["place"], "review_on": (TODAY + DAY).isoformat()}
    assert danas_desk.send(theirs, agreed, opened=theirs).status_code == 303
    with transaction():
        assert session.scalars(select(PrivacyPlan.agreed_on)).all() == [TODAY]
    assert "Agreed on" in aminas_phone.visit(page).text


def test_a_match_only_proposed_is_nobody_to_be_there_for(aminas_phone: Visitor) -> None:
    assert "You are there for 1 person now." in aminas_phone.visit("/me/leaving").text
    with transaction(), gate.opened("a test proposes"):
        session.get_one(Match, cast.AMINA_EFE).status = MatchStatus.PROPOSED
    assert "You are there for" not in aminas_phone.visit("/me/leaving").text


def test_a_volunteer_states_their_last_day_and_may_stay(aminas_phone: Visitor, chipos_desk: Visitor) -> None:
    page, day = "/me/leaving", TODAY + 20 * DAY
    said = {"on": day.isoformat(), "wanted": "yes"}
    assert aminas_phone.send(page, said, opened=page).status_code == 303
    assert of(cast.AMINA_ID, "leaving_on") == day
    desk = chipos_desk.visit("/").text
    assert "Amina A. leaves" in desk
    assert "No plan yet" in desk
    shown = chipos_desk.visit(f"{AMINA}/leaving").text
    assert "They would like a talk" in shown
    assert re.search(
        r'name="day-wanted"[^>]*value="yes"[^>]*checked|checked[^>]*name="day-wanted"[^>]*value="yes"', shown
    )
    assert aminas_phone.send(f"{page}/take-back", opened=page).status_code == 303
    assert of(cast.AMINA_ID, "leaving_on") is None


def test_only_whoever_began_is_together(chipos_desk: Visitor) -> None:
    assert "together since" in chipos_desk.visit(f"{AMINA}/leaving").text
    with transaction(), gate.opened("a test goes back to the proposal"):
        match = session.get_one(Match, cast.AMINA_EFE)
        match.status, match.started_on = MatchStatus.PROPOSED, None
    shown = chipos_desk.visit(f"{AMINA}/leaving").text
    assert "together since" not in shown
    assert re.search(r"proposed, since \d+ \w+ \d{4}", shown)


def test_leaving_is_one_journey(chipos_desk: Visitor) -> None:
    page, prefix = f"{AMINA}/leaving", cast.AMINA_EFE.hex[:8]
    assert chipos_desk.visit(f"{AMINA}/step/left").location == page
    assert chipos_desk.send(f"{AMINA}/step/left", {"reason": "moved"}, opened=page).location == page
    day = {"day-on": (TODAY + DAY).isoformat()}
    assert chipos_desk.send(page, day, opened=page).status_code == 303
    deed = f"/matching/match/{cast.AMINA_EFE}/handover"
    nothing = chipos_desk.send(deed, {"plan": "y", f"{prefix}-to": ""}, opened=page)
    assert nothing.status_code == 422
    assert "Choose one." in nothing.text, re.findall(r'(?s)id="errors".*?</div>', nothing.text)
    plan = {f"{prefix}-how": "hand_over", f"{prefix}-on": TODAY.isoformat(), "plan": "y"}
    plan[f"{prefix}-to"] = cast.BEN_ID.hex
    assert chipos_desk.send(deed, plan, opened=page).status_code == 303
    with transaction():
        assert session.get_one(Handover, cast.AMINA_EFE).to_id == cast.BEN_ID
    assert "Ben B. may take over" in chipos_desk.visit(page).text
    refused = chipos_desk.send(f"{page}/close", {"close-reason": "moved"}, opened=page)
    assert (refused.status_code, "relies on this volunteer" in refused.text) == (422, True)
    now = {f"{prefix}-how": "hand_over", f"{prefix}-done": ["goodbye"], f"{prefix}-to": ""}
    assert chipos_desk.send(deed, now, opened=page).status_code == 303
    with transaction():
        assert session.get_one(Match, cast.AMINA_EFE).status is MatchStatus.ENDED
    said = {"close-reason": "moved", "close-wanted": "yes"}
    assert chipos_desk.send(f"{page}/close", said, opened=page).status_code == 303
    assert of(cast.AMINA_ID, "status") is VolunteerStatus.LEFT
    talk = {"talk-held_on": TODAY.isoformat(), "talk-said": "Proud of it.", "talk-returns": "yes"}
    assert chipos_desk.send(f"{page}/talk", talk, opened=page).status_code == 303
    text = chipos_desk.visit(page).text
    assert "Proud of it." in text
    assert "The record is kept until" in text
    assert "by Chipo" in chipos_desk.visit(AMINA).text
