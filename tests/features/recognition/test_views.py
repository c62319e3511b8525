"""The pages of thanks, team days and a volunteer's own month."""

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy import select

from peerlink.features.recognition.models import Guest, TeamEvent, Thanks
from peerlink.store.session import reading, session
from tests.features.recognition.happenings import an_event, met, thanked, today
from tests.support.cast import ADA, AMINA_ID, BEN_ID, CHIPO, DANA, PRIYA, PRU, SOL, ZOE, Person
from tests.support.visitor import Outline, Visitor

pytestmark = pytest.mark.usefixtures("the_cast")


def test_two_taps_say_thank_you_and_the_volunteer_reads_it(
    danas_desk: Visitor, aminas_phone: Visitor
) -> None:
    at = f"/volunteers/{AMINA_ID}/thanks"
    assert at in danas_desk.visit(f"/volunteers/{AMINA_ID}").text
    assert danas_desk.send(at, {"ready": "1"}).status_code == 303
    page = aminas_phone.visit("/me/month").text
    assert "You stayed when it was hard. Thank you." in page
    assert "Thanks from Dana" in page
    read = re.search(r'action="(/me/thanks/[0-9a-f-]+/read)"', page)
    assert read
    aminas_phone.send(read[1], opened="/me/month")
    after = aminas_phone.visit("/me/month").text
    assert "You stayed when it was hard" in after
    assert "Thanks from Dana" not in after


@pytest.mark.parametrize(
    ("at", "said", "kind"),
    [
        (f"/volunteers/{AMINA_ID}/thanks", {"ready": "1"}, Thanks),
        (
            "/team-days/new",
            {"title": "Tea", "kind": "gathering", "day": today().isoformat(), "invited": [AMINA_ID.hex]},
            TeamEvent,
        ),
    ],
    ids=["thanks", "team day"],
)
def test_three_taps_are_one(
    danas_desk: Visitor, at: str, said: dict[str, object], kind: type[Thanks | TeamEvent]
) -> None:
    hidden = Outline(danas_desk.visit(at).text).hidden
    for _tap in range(3):
        assert danas_desk.client.post(at, data=hidden | said, base_url="https://localhost").status_code == 303
    with reading():
        assert len(session.scalars(select(kind.id)).all()) == 1


def test_thanks_without_a_word_come_back_and_one_tap_takes_them_back(danas_desk: Visitor) -> None:
    at = f"/volunteers/{AMINA_ID}/thanks"
    assert danas_desk.send(at, {"own": " "}).status_code == 422
    long = "kind " * 120
    refused = danas_desk.send(at, {"own": long})
    assert refused.status_code == 422
    assert long.strip() in refused.text
    danas_desk.send(at, {"own": "You rang on a Sunday."})
    undo = re.search(r'action="(/thanks/[0-9a-f-]+/undo)"', danas_desk.visit(at).text)
    assert undo
    danas_desk.send(undo[1], opened=at)
    with reading():
        assert session.scalars(select(Thanks.id)).all() == []


@pytest.mark.parametrize("who", [CHIPO, DANA, SOL, PRIYA, PRU, ADA], ids=lambda one: one.name)
def test_a_month_is_shown_to_nobody_else(app: Flask, who: Person) -> None:
    assert Visitor(app, who).visit("/me/month").status_code == 403


def test_a_month_is_everybodys_own(app: Flask, aminas_phone: Visitor) -> None:
    met(today(), minutes=90)
    thanked()
    assert "1.5" in aminas_phone.visit("/me/month").text
    zoe = Visitor(app, ZOE).visit("/me/month").text
    assert "1.5" not in zoe
    assert "Well walked" not in zoe
    assert "Nothing is written down for this month yet" in zoe


def test_the_page_of_ones_own_leads_to_everything_of_ones_own(aminas_phone: Visitor) -> None:
    page = aminas_phone.visit("/me/month").text
    for way in ("/check-ins", "/me/volunteering", "/me/who-looked", "/me/flags"):
        assert f'href="{way}' in page
    assert re.search(r'aria-current="page"[^>]*>.*?Me</a>', page, re.DOTALL)


def test_earlier_months_are_one_tap_away(aminas_phone: Visitor) -> None:
    begun = (today().replace(day=1) - dt.timedelta(days=80)).replace(day=1)
    met(begun, minutes=150)
    page = aminas_phone.visit("/me/month").text
    address = f"/me/month?of={begun:%Y-%m}"
    assert address in page
    shown = aminas_phone.visit(address).text
    assert "2.5" in shown
    assert aminas_phone.visit("/me/month?of=1999-01").status_code == 404
    assert aminas_phone.visit("/me/month?of=rubbish").status_code == 200


def test_a_team_day_is_planned_answered_and_written_down(
    chipos_desk: Visitor, aminas_phone: Visitor, bens_phone: Visitor
) -> None:
    day = today() + dt.timedelta(days=5)
    refused = chipos_desk.send("/team-days/new", {"title": "Tea on the lawn", "kind": "gathering", "day": ""})
    assert refused.status_code == 422
    assert "Tea on the lawn" in refused.text
    typed = {"title": "Tea", "kind": "gathering", "day": day.isoformat(), "hour": "18:00", "where": "Hall"}
    sent = chipos_desk.send("/team-days/new", typed | {"invited": [AMINA_ID.hex]})
    assert sent.status_code == 303
    page = aminas_phone.visit("/me/month").text
    assert "Tea" in page
    assert "The team meets" not in bens_phone.visit("/me/month").text
    with reading():
        answer = f"/me/team-events/{session.scalars(select(TeamEvent.id)).one()}"
    assert aminas_phone.send(answer, {"coming": "yes"}, opened="/me/month").status_code == 303
    assert "You come" in aminas_phone.visit("/me/month").text
    assert "Comes" in chipos_desk.visit(sent.location).text
    assert bens_phone.send(answer, {"coming": "yes"}, opened="/me/month").status_code == 404


def test_everybody_who_did_not_say_no_is_ticked_and_others_can_be_added(chipos_desk: Visitor) -> None:
    event = an_event(today())
    at = f"/team-days/{event.id}"
    page = chipos_desk.visit(at).text
    assert re.search(rf'value="{AMINA_ID.hex}" checked', page)
    assert re.search(rf'value="{BEN_ID.hex}"(?! checked)', page)
    chipos_desk.send(f"{at}/came", {"came": [AMINA_ID.hex, BEN_ID.hex]}, opened=at)
    with reading():
        came = {one.volunteer_id for one in session.scalars(select(Guest)) if one.came}
    assert came == {AMINA_ID, BEN_ID}


def test_a_day_called_off_is_put_back_with_one_tap(chipos_desk: Visitor, aminas_phone: Visitor) -> None:
    event = an_event(today() + dt.timedelta(days=2))
    at = f"/team-days/{event.id}"
    chipos_desk.send(f"{at}/call-off", opened=at)
    assert "The team meets" not in aminas_phone.visit("/me/month").text
    chipos_desk.send(f"{at}/takes-place", opened=at)
    assert "The team meets" in aminas_phone.visit("/me/month").text
