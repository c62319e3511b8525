"""Incidents that come with a workbook: kept as they are, once; the clocks of what is open run."""

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.features.incidents.clocks import watch_clocks
from peerlink.features.incidents.models import Incident
from peerlink.framework.incident_words import IncidentStatus, IncidentType
from peerlink.store.session import session, transaction
from tests.factories import workbooks
from tests.features.moving.support import bring, everything, kept, opened, spoiled
from tests.support import cast

pytestmark = pytest.mark.usefixtures("clean_database")


def by_ref() -> dict[str, Incident]:
    return {str(one.ref): one for one in everything(Incident)}


def test_an_incident_is_kept_as_the_workbook_has_it(tmp_path: Path) -> None:
    assert bring(tmp_path / "a", workbooks.small()).n_faults == 0
    with opened():
        found = by_ref()
        whole, bare = found["I1"], found["I2"]
        assert (whole.type, whole.severity, whole.status) == (
            IncidentType.CONFIDENTIALITY_CONFIRMED, 4, IncidentStatus.CLOSED
        )  # fmt: skip
        assert (whole.reported_on.isoformat(), str(whole.closed_on)) == (workbooks.day(30), workbooks.day(20))
        assert whole.subject_id == whole.volunteer_id
        assert whole.participant_id is not None
        assert whole.place_id is not None
        assert (bare.severity, bare.status, bare.closed_on) == (3, IncidentStatus.REPORTED, None)
        assert bare.subject_id.int == 0


def test_the_same_workbook_again_changes_nothing(tmp_path: Path) -> None:
    bring(tmp_path / "a", workbooks.small())
    before = kept()
    again = bring(tmp_path / "b", workbooks.small())
    assert (again.n_new, again.n_changed) == (0, 0)
    assert kept() == before


def test_a_changed_row_is_taken_and_a_closed_one_stays_closed(tmp_path: Path) -> None:
    def change(sheets: Any) -> None:
        sheets["incidents"][1].update(status="closed", closed_on=workbooks.day(1), severity=2)

    bring(tmp_path / "a", workbooks.small())
    assert bring(tmp_path / "b", spoiled(change)).n_changed == 1
    with opened():
        assert by_ref()["I2"].status is IncidentStatus.CLOSED

    def reopen(sheets: Any) -> None:
        change(sheets)
        sheets["incidents"][1].update(status="triaged", closed_on="")

    report = bring(tmp_path / "c", spoiled(reopen))
    assert [(one.file, one.row, one.column) for one in report.faults] == [("incidents", 3, "status")]


def test_an_incident_does_not_change_whom_it_is_about(tmp_path: Path) -> None:
    bring(tmp_path / "a", workbooks.small())

    def other(sheets: Any) -> None:
        sheets["incidents"][0].update(volunteer="V2")

    report = bring(tmp_path / "b", spoiled(other))
    assert [(one.file, one.row, one.column) for one in report.faults] == [("incidents", 2, "ref")]


MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)


def one_incident(folder: Path, **said: Any) -> Incident:
    """Import one incident, known by its day alone, among the cast; return it."""
    row = {"ref": "I9", "type": "complaint", "reported_on": workbooks.day(10), "severity": 2}
    assert bring(folder, {"incidents": [row | said]}).faults == []
    return by_ref()["I9"]


def midnight(ago: int) -> dt.datetime:
    """Return the beginning of a day, in London."""
    day = dt.date.fromisoformat(workbooks.day(ago))
    return dt.datetime.combine(day, dt.time(), ZoneInfo("Europe/London"))


def told_at(moment: dt.datetime) -> int:
    with clock.turned_to(moment), transaction():
        return watch_clocks(moment.date())


@pytest.mark.usefixtures("the_cast")
@pytest.mark.parametrize(
    ("said", "handler"),
    [
        ({"severity": 4}, cast.CHIPO),
        ({"type": "safeguarding_adult", "severity": 1}, cast.SADE),
        ({"type": "confidentiality_near_miss", "severity": 4}, cast.PRU),
    ],
)
def test_what_presses_was_to_be_looked_at_the_day_it_was_reported(
    tmp_path: Path, said: dict[str, Any], handler: cast.Person
) -> None:
    with opened():
        found = one_incident(tmp_path, **said)
        assert found.triage_due_at == midnight(9)
        assert found.handler_id == handler.viewer.account_id
        assert told_at(midnight(9) - MINUTE) == 0
        assert told_at(midnight(9)) == 1
        assert told_at(midnight(9) + 4 * HOUR - MINUTE) == 0
        assert told_at(midnight(9) + 4 * HOUR) == 2, "the handler, and a deputy"
        assert told_at(midnight(0)) == 0


@pytest.mark.usefixtures("the_cast")
def test_what_does_not_press_has_a_working_day(tmp_path: Path) -> None:
    with opened():
        found = one_incident(tmp_path)
        assert found.triage_due_at is not None
        assert midnight(8) <= found.triage_due_at <= midnight(6)
        assert told_at(found.triage_due_at - MINUTE) == 0
        assert told_at(found.triage_due_at) == 1


@pytest.mark.usefixtures("the_cast")
def test_the_clock_of_the_authority_runs_from_the_beginning_of_the_day(tmp_path: Path) -> None:
    with opened():
        one_incident(tmp_path, type="confidentiality_confirmed", status="triaged")
        assert told_at(midnight(7) - MINUTE) == 0
        assert told_at(midnight(7)) == 2, "the privacy lead, and a deputy"
        assert told_at(midnight(0)) == 0


@pytest.mark.usefixtures("the_cast")
def test_what_was_looked_at_has_no_clock_to_look(tmp_path: Path) -> None:
    with opened():
        one_incident(tmp_path, status="in_progress")
        assert told_at(midnight(0)) == 0


@pytest.mark.usefixtures("the_cast")
def test_what_came_closed_has_no_clock_and_no_handler(tmp_path: Path) -> None:
    with opened():
        closed = one_incident(tmp_path, type="lost_device", status="closed", closed_on=workbooks.day(2))
        assert (closed.triage_due_at, closed.reported_at, closed.handler_id) == (None, None, None)
        assert told_at(midnight(0)) == 0


@pytest.mark.usefixtures("the_cast")
def test_a_graver_row_moves_the_clock_and_the_same_row_does_not(tmp_path: Path) -> None:
    with opened():
        before = one_incident(tmp_path / "a")
        with transaction():
            again = session.scalars(select(Incident)).one()
            again.handler_id = cast.DANA.viewer.account_id
        same = one_incident(tmp_path / "b")
        assert (same.triage_due_at, same.handler_id) == (before.triage_due_at, cast.DANA.viewer.account_id)
        graver = one_incident(tmp_path / "c", severity=4)
        assert graver.triage_due_at == midnight(9)
        assert graver.handler_id == cast.DANA.viewer.account_id


def test_word_goes_out_once_there_is_somebody_to_tell(tmp_path: Path) -> None:
    with opened():
        found = one_incident(tmp_path, severity=4)
        assert found.handler_id is None
        assert told_at(midnight(8)) == 0
        cast.join_all()
        assert told_at(midnight(8) + MINUTE) > 0
        assert told_at(midnight(8) + 2 * MINUTE) == 0
