"""Pages about participants: who opens them, and what they refuse."""

import datetime as dt
import re
import uuid

import pytest
from flask import Flask
from sqlalchemy import text as sql

from peerlink import clock
from peerlink.features.accounts.models import Account
from peerlink.features.participants.models import Participant
from peerlink.framework.vocabularies import ParticipantStatus
from peerlink.store import gate, house, names
from peerlink.store.session import session, transaction
from tests.factories.participants import a_participant
from tests.support import cast
from tests.support.forms import as_typed
from tests.support.visitor import Visitor

EFE, GIFT = f"/participants/{cast.EFE_ID}", f"/participants/{cast.GIFT_ID}"
PAGES = [
    "/participants",
    "/participants/new",
    EFE,
    f"{EFE}/edit",
    f"{EFE}/consents",
    f"{EFE}/step/paused",
]
DEEDS = [
    "/participants/search",
    "/participants/new",
    f"{EFE}/edit",
    f"{EFE}/consents",
    f"{EFE}/consents/support/withdraw",
    f"{EFE}/step/paused",
]
S = ParticipantStatus
NEW = "/participants/new"
TODAY = clock.today("Europe/London")


def typed(visitor: Visitor, address: str, **fields: object) -> dict[str, object]:
    """Return what a browser sends from this page with some fields filled in."""
    return {**as_typed(visitor.visit(address).text), **fields}


def of(participant_id: uuid.UUID, name: str) -> object:
    with transaction(), gate.opened("a test looks"):
        return getattr(session.get_one(Participant, participant_id), name)


@pytest.mark.parametrize("address", PAGES)
def test_a_coordinator_opens_every_page(chipos_desk: Visitor, address: str) -> None:
    assert chipos_desk.visit(address).status_code == 200


@pytest.mark.parametrize("person", [cast.AMINA, cast.ZOE, cast.DANA, cast.PRIYA, cast.PRU, cast.ADA])
def test_nobody_else_opens_any(app: Flask, the_cast: object, person: cast.Person) -> None:
    visitor = Visitor(app, person)
    assert {visitor.visit(address).status_code for address in PAGES} == {403}
    assert {visitor.send(address, opened="/me").status_code for address in DEEDS} == {403}


def test_a_stranger_is_sent_to_sign_in(stranger: Visitor) -> None:
    assert {stranger.visit(address).location for address in PAGES} == {"/sign-in"}


@pytest.fixture
def site_desk(app: Flask, the_cast: object) -> Visitor:
    """Chipo, who keeps another site than the cast's."""
    with transaction(), gate.opened("a test binds a coordinator to a site"):
        session.get_one(Account, cast.CHIPO.viewer.account_id).site_id = uuid.uuid4()
    return Visitor(app, cast.CHIPO)


def test_a_coordinator_of_another_site_finds_nobody(site_desk: Visitor) -> None:
    own = PAGES[2:]
    assert {site_desk.visit(address).status_code for address in own} == {404}
    assert {site_desk.send(address, opened="/participants").status_code for address in DEEDS[2:]} == {404}
    assert "Efe" not in site_desk.visit("/participants").text


def test_the_list_names_people_by_alias_and_leads_to_them(chipos_desk: Visitor) -> None:
    text = chipos_desk.visit("/participants").text
    assert EFE in text
    assert "Efebird" in text
    assert "Efedottir" not in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("status=waiting", {"Giftbird"}),
        ("status=active", {"Efebird", "Folabird"}),
        ("status=closed", set()),
        ("waits=56", {"Efebird", "Folabird", "Giftbird"}),
        (f"site={cast.SITE_ID.hex}&status=waiting", {"Giftbird"}),
        (f"site={uuid.UUID(int=999).hex}", set()),
        ("status=nonsense&page=x&site=x&waits=x", {"Efebird", "Folabird", "Giftbird"}),
    ],
)
def test_the_list_is_narrowed(chipos_desk: Visitor, query: str, shown: set[str]) -> None:
    text = chipos_desk.visit(f"/participants?{query}").text
    assert {name for name in ("Efebird", "Folabird", "Giftbird") if name in text} == shown


def test_an_empty_list_says_what_it_is_for(chipos_desk: Visitor) -> None:
    assert "Nobody like this" in chipos_desk.visit("/participants?status=closed").text


@pytest.mark.parametrize("typed", ["efedott", "Éfe", "+44 7700 900201", "p201"])
def test_somebody_is_found_and_nothing_typed_stands_in_the_address(chipos_desk: Visitor, typed: str) -> None:
    with transaction(), gate.opened("a test names somebody"):
        names.put("participant", cast.EFE_ID, "Efe Efedottir Efebird")
    answer = chipos_desk.send("/participants/search", {"text": typed}, opened="/participants")
    assert EFE in answer.text
    assert GIFT not in answer.text


def test_nobody_found_is_said_kindly(chipos_desk: Visitor) -> None:
    answer = chipos_desk.send("/participants/search", {"text": "<b>zz"}, opened="/participants")
    assert "Nobody found" in answer.text
    assert "<b>zz" not in answer.text


def test_somebody_new_is_added_and_asked_for_consent(chipos_desk: Visitor) -> None:
    answer = chipos_desk.send(NEW, typed(chipos_desk, NEW, given_name="Noor", safe_channels=["text"]))
    assert answer.status_code == 303
    found = re.fullmatch(r"/participants/([0-9a-f-]+)/consents", str(answer.location))
    assert found
    noor = uuid.UUID(found[1])
    data = {"kinds": ["support", "matching"], "on": TODAY.isoformat()}
    assert chipos_desk.send(f"/participants/{noor}/consents", data).status_code == 303
    assert of(noor, "status") is S.CONSENTED
    assert chipos_desk.send(f"/participants/{noor}/step/waiting", opened=f"/participants/{noor}").location
    assert of(noor, "status") is S.WAITING


def test_what_was_typed_stays_when_it_is_refused(chipos_desk: Visitor) -> None:
    answer = chipos_desk.send(NEW, typed(chipos_desk, NEW, safe_words="after six only"))
    assert answer.status_code == 422
    assert "Type a name" in answer.text
    assert "after six only" in answer.text


def test_a_duplicate_is_hinted_and_added_anyway(chipos_desk: Visitor) -> None:
    data = typed(chipos_desk, NEW, given_name="Noor", phone="+44 7700 900201")
    answer = chipos_desk.send(NEW, data)
    assert answer.status_code == 422
    assert "here already" in answer.text
    assert EFE in answer.text
    assert chipos_desk.send(NEW, {**data, "anyway": "y"}).status_code == 303


def test_the_number_is_never_shown_where_nobody_may_call(chipos_desk: Visitor) -> None:
    assert "900201" in chipos_desk.visit(EFE).text
    for channels in (["text"], []):
        with transaction(), gate.opened("a test changes what is safe"):
            session.get_one(Participant, cast.EFE_ID).safe_channels = channels
        text = chipos_desk.visit(EFE).text
        assert "900201" not in text
        assert ("Do not call." in text) is bool(channels)


def test_the_second_to_save_is_shown_both_versions(chipos_desk: Visitor) -> None:
    first, second = (typed(chipos_desk, f"{EFE}/edit", area=area) for area in ("A1", "A2"))
    assert chipos_desk.send(f"{EFE}/edit", first).status_code == 303
    answer = chipos_desk.send(f"{EFE}/edit", second)
    assert answer.status_code == 422
    assert "Somebody else saved this record meanwhile" in answer.text
    rows = re.findall(
        r'<th scope="row"[^>]*>([^<]+)</th><td[^>]*>([^<]*)</td><td[^>]*>([^<]*)</td>', answer.text
    )
    assert rows == [("Area", "A2", "A1")]
    assert of(cast.EFE_ID, "area") == "A1"
    version = re.search(r'name="version"[^>]*value="(\d+)"', answer.text)
    assert version
    assert chipos_desk.send(f"{EFE}/edit", {**second, "version": version[1]}).status_code == 303
    assert of(cast.EFE_ID, "area") == "A2"


def test_everything_a_record_says_survives_the_form(chipos_desk: Visitor) -> None:
    said = {
        "needs": ("support.instrumental.daily.food", "support.emotional"),
        "goals": ("outcome.social",),
        "wants": (
            {"trait": "gender", "value": "woman", "must": True},
            {"trait": "age_near", "value": None, "must": False},
        ),
        "languages": {"en": "first", "zu": "working"},
        "channels": ("phone",), "availability": ("mon 09:00-12:00",), "safe_channels": ("text",),
        "places": (cast.PLACE_ID.hex,), "keep_apart": ("V1", "S2"), "planned_interval_days": 14,
    }  # fmt: skip
    noor = a_participant(**said)
    address = f"/participants/{noor}/edit"
    assert chipos_desk.send(address, as_typed(chipos_desk.visit(address).text)).status_code == 303
    for name, value in said.items():
        kept = of(noor, name)
        assert kept == (list(value) if isinstance(value, tuple) else value), name


def test_a_step_that_needs_a_reason_asks_for_it_and_can_be_undone(chipos_desk: Visitor) -> None:
    address = f"{EFE}/step/paused"
    assert chipos_desk.send(address).status_code == 422
    again = TODAY + dt.timedelta(days=30)
    assert chipos_desk.send(address, {"reason": "health", "review_on": again.isoformat()}).status_code == 303
    assert of(cast.EFE_ID, "status") is S.PAUSED
    text = chipos_desk.visit(EFE).text
    assert f'action="{EFE}/step/active"' in text
    assert "Health" in text
    assert chipos_desk.send(f"{EFE}/step/active", opened=EFE).status_code == 303
    assert of(cast.EFE_ID, "status") is S.ACTIVE


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{GIFT}/step/ending", 422),
        (f"{GIFT}/step/matched", 404),
        (f"{GIFT}/step/nonsense", 404),
        (f"{GIFT}/consents/nonsense/withdraw", 404),
        (f"{GIFT}/consents/liaison/withdraw", 422),
        (f"/participants/{uuid.UUID(int=999)}/step/closed", 404),
    ],
)
def test_an_impossible_step_is_refused_in_words(chipos_desk: Visitor, address: str, status: int) -> None:
    answer = chipos_desk.send(address, opened=GIFT)
    assert answer.status_code == status
    assert of(cast.GIFT_ID, "status") is S.WAITING


def test_a_consent_taken_back_ends_support(chipos_desk: Visitor) -> None:
    address = f"{GIFT}/consents/support/withdraw"
    assert chipos_desk.send(address, opened=f"{GIFT}/consents").status_code == 303
    assert of(cast.GIFT_ID, "status") is S.CLOSED


def test_a_record_changed_outside_says_so_and_the_others_go_on(chipos_desk: Visitor) -> None:
    with transaction():
        session.execute(
            sql("UPDATE participant SET sealed = :junk WHERE id = :id"),
            {"junk": b"x" * 80, "id": _stored(cast.EFE_ID)},
        )
    listed = chipos_desk.visit("/participants").text
    assert "1 records were changed outside" in listed
    assert "Giftbird" in listed
    assert chipos_desk.visit(EFE).status_code == 422


def _stored(one: uuid.UUID) -> object:
    return one if house.engine().dialect.name == "postgresql" else one.hex


def test_a_page_is_headed_as_its_way_back_names_it(chipos_desk: Visitor) -> None:
    text = chipos_desk.visit(f"/participants/{cast.EFE_ID}").text
    assert "<h1>Efebird</h1>" in text
    assert "Efedottir" in text
