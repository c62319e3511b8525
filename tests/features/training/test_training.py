"""Training: what counts and until when, and who reads and writes it down."""

import datetime as dt

import pytest
from flask import Flask

from peerlink import clock
from peerlink.errors import Refused
from peerlink.features.training import service
from peerlink.features.training.models import Completion
from peerlink.features.training.queries import (
    counting_until,
    latest_of,
    mandatory_of,
    running_out,
    trained_on,
)
from peerlink.features.training.rules import CompletionDraft
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.months import months_later
from peerlink.framework.vocabularies import TrainingResult
from peerlink.store import gate
from peerlink.store.session import transaction
from tests.factories.training import trained
from tests.support import cast
from tests.support.forms import as_typed
from tests.support.visitor import Visitor

AMINA, BEN = f"/volunteers/{cast.AMINA_ID}/training", f"/volunteers/{cast.BEN_ID}/training"
TODAY = clock.today("Europe/London")
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> None:
    pass


def record(**said: object) -> Completion:
    with transaction(), gate.opened("a test writes training down"):
        amina = get_volunteer(cast.AMINA_ID, cast.CHIPO.viewer)
        draft = CompletionDraft(**{"module": "knowledge", "completed_on": TODAY, **said})
        return service.record_completion(amina, draft, by=None)


@pytest.mark.parametrize(
    ("module", "on", "until"),
    [
        ("knowledge", dt.date(2024, 2, 29), dt.date(2026, 2, 28)),
        ("safeguarding", dt.date(2024, 2, 29), dt.date(2025, 2, 28)),
        ("Confidentiality", dt.date(2024, 5, 31), dt.date(2025, 5, 31)),
        ("First aid", dt.date(2024, 12, 1), dt.date(2026, 12, 1)),
    ],
)
def test_a_module_counts_two_years_and_the_safety_ones_one(module: str, on: dt.date, until: dt.date) -> None:
    assert record(module=module, completed_on=on).valid_until == until


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"module": ""}, "Name the module"),
        ({"completed_on": TODAY + DAY}, "day to come"),
        ({"valid_until": TODAY - DAY}, "before it was completed"),
        ({"minutes": 1441}, "24 hours"),
        ({"areas": ("support.magic",)}, "support"),
    ],
)
def test_what_cannot_be_right_is_refused(said: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        record(**said)


def test_one_module_is_written_down_once_a_day() -> None:
    record(module="First aid")
    with pytest.raises(Refused, match="that day already"):
        record(module="first-aid")


def test_the_latest_passed_or_waived_completion_counts() -> None:
    with transaction(), gate.opened("a test looks"):
        trained(cast.AMINA_ID, completed_on=TODAY - 900 * DAY, valid_until=TODAY - 170 * DAY)
        trained(cast.AMINA_ID, completed_on=TODAY - 10 * DAY, result=TrainingResult.WAIVED)
        trained(cast.AMINA_ID, completed_on=TODAY, result=TrainingResult.FAILED, valid_until=TODAY - DAY)
        trained(cast.AMINA_ID, "first_aid", mandatory=False)
        assert mandatory_of([cast.AMINA_ID, cast.BEN_ID]) == {
            cast.AMINA_ID: {"knowledge": months_later(TODAY - 10 * DAY, 24)},
            cast.BEN_ID: {},
        }
        assert set(latest_of(cast.AMINA_ID, cast.DANA.viewer)) == {"knowledge", "first_aid"}


@pytest.mark.parametrize(
    ("module", "months"), [("knowledge", 24), ("safeguarding", 12), ("confidentiality", 12)]
)
def test_a_module_taken_in_without_a_last_day_runs_out_all_the_same(module: str, months: int) -> None:
    """A workbook may leave the day out: rules, matching and lists count the programme's months."""
    with transaction(), gate.opened("a test looks"):
        one = trained(cast.AMINA_ID, module, completed_on=TODAY - 800 * DAY)
        until = months_later(one.completed_on, months)
        assert mandatory_of([cast.AMINA_ID])[cast.AMINA_ID] == {module: until}
        assert trained_on([cast.AMINA_ID], TODAY)[cast.AMINA_ID].mandatory == {module: until}
        assert [late for _who, _m, late in running_out(cast.CHIPO.viewer, TODAY)] == [until]
        assert counting_until([one]) == {one.id: until}


def test_what_runs_out_is_listed_within_reach() -> None:
    with transaction(), gate.opened("a test looks"):
        trained(cast.AMINA_ID, completed_on=TODAY - 800 * DAY, valid_until=TODAY - 70 * DAY)
        trained(cast.AMINA_ID, completed_on=TODAY - 700 * DAY, valid_until=TODAY + 30 * DAY)
        trained(cast.BEN_ID, valid_until=TODAY - DAY)
        trained(cast.ZOE_ID, valid_until=TODAY + 60 * DAY)
        before = TODAY + 60 * DAY
        assert [one.id for one, _m, _u in running_out(cast.CHIPO.viewer, before)] == [
            cast.BEN_ID,
            cast.AMINA_ID,
        ]
        assert [one.id for one, _m, _u in running_out(cast.DANA.viewer, before)] == [cast.AMINA_ID]


def test_coordinators_write_and_supervisors_read(chipos_desk: Visitor, danas_desk: Visitor) -> None:
    data = {**as_typed(chipos_desk.visit(AMINA).text), "module": "", "other": "First aid", "hours": "1.5"}
    assert chipos_desk.send(AMINA, data).status_code == 303
    text = danas_desk.visit(AMINA).text
    assert "First aid" in text
    assert f'action="{AMINA}"' not in text
    undo = next(part for part in chipos_desk.visit(AMINA).text.split('"') if part.endswith("/take-back"))
    assert danas_desk.send(undo, opened="/volunteers").status_code == 403
    assert chipos_desk.send(undo, opened=AMINA).status_code == 303
    assert chipos_desk.send(undo, opened=AMINA).status_code == 404
    assert "First aid" not in chipos_desk.visit(AMINA).text


def test_what_was_typed_stays_when_it_is_refused(chipos_desk: Visitor) -> None:
    data = {**as_typed(chipos_desk.visit(AMINA).text), "completed_on": "2999-01-01", "other": "Wren"}
    answer = chipos_desk.send(AMINA, data)
    assert answer.status_code == 422
    assert "Wren" in answer.text


def test_out_of_reach_is_not_found(danas_desk: Visitor) -> None:
    assert danas_desk.visit(BEN).status_code == 404


@pytest.mark.parametrize("person", [cast.AMINA, cast.ZOE, cast.PRIYA, cast.PRU, cast.ADA])
def test_nobody_else_opens_any(app: Flask, person: cast.Person) -> None:
    visitor = Visitor(app, person)
    assert {visitor.visit(address).status_code for address in ("/training", AMINA)} == {403}
    assert visitor.send(AMINA, opened="/me").status_code == 403


def test_the_list_is_shown_or_says_what_it_is_for(chipos_desk: Visitor) -> None:
    assert "All up to date" in chipos_desk.visit("/training").text
    with transaction():
        trained(cast.AMINA_ID, valid_until=TODAY - DAY)
    assert "Amina A." in chipos_desk.visit("/training").text
