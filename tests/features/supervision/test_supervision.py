"""Supervision: when it is due, what is written about it, and who reads that."""

import datetime as dt

import pytest
from flask import Flask

from peerlink import clock
from peerlink.errors import Refused
from peerlink.features.supervision import service
from peerlink.features.supervision.models import Supervision
from peerlink.features.supervision.queries import supervisions_of
from peerlink.features.supervision.rules import HeldDraft, check_held, due_on
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.parameters import Limits
from peerlink.framework.vocabularies import SupervisionKind, SupervisionStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.support import cast
from tests.support.forms import as_typed
from tests.support.visitor import Visitor

AMINA, BEN = f"/volunteers/{cast.AMINA_ID}/supervision", f"/volunteers/{cast.BEN_ID}/supervision"
TODAY = clock.today("Europe/London")
DAY = dt.timedelta(days=1)
K, S = SupervisionKind, SupervisionStatus


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> None:
    pass


def planned(on: dt.date = TODAY, of: cast.Person = cast.AMINA) -> Supervision:
    with transaction(), gate.opened("a test plans a session"):
        volunteer = session.get_one(Volunteer, of.viewer.person_id)
        return service.schedule(volunteer, K.ONE_TO_ONE, on, by=cast.DANA.viewer.account_id)


def seen(name: str) -> list[object]:
    with transaction(), gate.opened("a test looks"):
        return [getattr(one, name) for one in supervisions_of(cast.AMINA_ID, cast.DANA.viewer)]


@pytest.mark.parametrize(
    ("joined", "last", "due"),
    [
        (None, None, None),
        (0, None, 14),
        (0, 89, 89 + 14),
        (0, 90, 90 + 42),
        (None, 5, 5 + 42),
    ],
)
def test_talks_are_fortnightly_for_ninety_days_then_six_weekly(
    joined: int | None, last: int | None, due: int | None
) -> None:
    start = dt.date(2026, 1, 1)
    days = [None if n is None else start + n * DAY for n in (joined, last, due)]
    assert due_on(days[0], days[1], Limits()) == days[2]


@pytest.mark.parametrize(("ahead", "fine"), [(-1, False), (0, True), (366, True), (367, False)])
def test_a_session_is_planned_within_a_year(ahead: int, fine: bool) -> None:
    if fine:
        assert planned(TODAY + ahead * DAY).status is S.SCHEDULED
    else:
        with pytest.raises(Refused, match="within a year"):
            planned(TODAY + ahead * DAY)


@pytest.mark.parametrize(
    "said",
    [
        {"held_on": TODAY + DAY},
        {"minutes": 0},
        {"minutes": 481},
        {"note": "x" * 1001},
        {"themes": ("gossip",)},
    ],
)
def test_what_cannot_be_true_is_refused(said: dict[str, object]) -> None:
    with pytest.raises(Refused):
        check_held(HeldDraft(**{"held_on": TODAY, **said}), TODAY)
    check_held(HeldDraft(held_on=TODAY, minutes=480, note="x" * 1000, themes=("load",)), TODAY)


def test_a_held_session_stays_held() -> None:
    one = planned()
    with transaction(), gate.opened("a test holds a session"):
        again = session.get_one(Supervision, one.id)
        service.hold(again, HeldDraft(held_on=TODAY), by=None)
        for deed in (service.miss, service.cancel):
            with pytest.raises(Refused, match="cannot go from"):
                deed(again, by=None)


def test_the_longest_overdue_comes_first() -> None:
    with transaction(), gate.opened("a test looks"):
        for volunteer_id, ago in ((cast.AMINA_ID, 10), (cast.BEN_ID, 50)):
            volunteer = session.get_one(Volunteer, volunteer_id)
            service.record_held(volunteer, K.ONE_TO_ONE, HeldDraft(held_on=TODAY - ago * DAY), by=None)
        rows = service.due_list_of_all(cast.CHIPO.viewer)
        assert [row.volunteer.id for row in rows] == [cast.ZOE_ID, cast.BEN_ID, cast.AMINA_ID]
        assert [row.due_on for row in rows[1:]] == [TODAY - 8 * DAY, TODAY + 32 * DAY]
        assert [row.volunteer.id for row in service.due_list(cast.DANA.viewer)] == [cast.AMINA_ID]


def test_dana_plans_and_holds_a_session(danas_desk: Visitor) -> None:
    assert danas_desk.send(AMINA, {"kind": "one_to_one", "on": TODAY.isoformat()}).status_code == 303
    text = danas_desk.visit(AMINA).text
    address = next(part for part in text.split('"') if part.endswith("/hold"))
    assert danas_desk.visit("/supervision").status_code == 200
    said = {
        "held_on": TODAY.isoformat(), "minutes": "40", "themes": ["load"], "note": "Sleeps badly.",
        "agreed_1": "Fewer evenings", "agreed_1_on": "2027-01-02", "next_on": (TODAY + 14 * DAY).isoformat(),
    }  # fmt: skip
    assert danas_desk.send(address, {**as_typed(danas_desk.visit(address).text), **said}).status_code == 303
    assert set(seen("status")) == {S.HELD, S.SCHEDULED}
    text = danas_desk.visit(AMINA).text
    assert "Sleeps badly." in text
    assert "Fewer evenings by 2 Jan 2027" in text
    assert danas_desk.send(address, said).status_code == 422


def test_a_coordinator_sees_days_and_no_words(chipos_desk: Visitor) -> None:
    with transaction(), gate.opened("a test writes a talk down"):
        amina = get_volunteer(cast.AMINA_ID, cast.DANA.viewer)
        draft = HeldDraft(held_on=TODAY, note="Sleeps badly.", minutes=33)
        service.record_held(amina, K.DEBRIEF, draft, by=None)
    text = chipos_desk.visit(AMINA).text
    assert "Debrief" in text
    assert "Sleeps badly." not in text
    assert chipos_desk.send(AMINA, opened="/volunteers").status_code == 403


def test_a_session_that_did_not_happen_is_missed_on_its_day(danas_desk: Visitor) -> None:
    one = planned()
    assert danas_desk.send(f"/supervision/{one.id}/miss", opened=AMINA).status_code == 303
    assert (seen("status"), seen("held_on")) == ([S.MISSED], [TODAY])


def test_a_planned_session_is_called_off_again(danas_desk: Visitor) -> None:
    one = planned(TODAY + DAY)
    assert f"/supervision/{one.id}/cancel" in danas_desk.visit(AMINA).text
    assert danas_desk.send(f"/supervision/{one.id}/cancel", opened=AMINA).status_code == 303
    assert seen("status") == [S.CANCELLED]


def test_a_talk_just_now_is_written_down(danas_desk: Visitor) -> None:
    address = f"{AMINA}/held"
    data = {**as_typed(danas_desk.visit(address).text), "kind": "debrief"}
    assert danas_desk.send(address, data).status_code == 303
    assert seen("kind") == [K.DEBRIEF]
    refused = danas_desk.send(address, {**data, "held_on": "2999-01-01", "note": "typed before"})
    assert refused.status_code == 422
    assert "typed before" in refused.text


def test_out_of_reach_is_not_found(danas_desk: Visitor) -> None:
    ben = planned(of=cast.BEN)
    for address in (BEN, f"{BEN}/held", f"/supervision/{ben.id}/hold"):
        assert danas_desk.visit(address).status_code == 404
    for address in (BEN, f"{BEN}/held", *(f"/supervision/{ben.id}/{d}" for d in ("hold", "miss", "cancel"))):
        assert danas_desk.send(address, opened="/volunteers").status_code == 404


@pytest.mark.parametrize("person", [cast.AMINA, cast.ZOE, cast.PRIYA, cast.PRU, cast.ADA, cast.CHIPO])
def test_nobody_else_looks_after_anybody(app: Flask, person: cast.Person) -> None:
    one = planned()
    visitor = Visitor(app, person)
    for address in ("/supervision", f"{AMINA}/held", f"/supervision/{one.id}/hold"):
        assert visitor.visit(address).status_code == 403
    for address in (
        AMINA,
        f"{AMINA}/held",
        *(f"/supervision/{one.id}/{d}" for d in ("hold", "miss", "cancel")),
    ):
        assert visitor.send(address, opened="/me").status_code == 403
