"""Incidents that come with a workbook: kept as they are, once, without clocks."""

from pathlib import Path
from typing import Any

import pytest

from peerlink.features.incidents.clocks import watch_clocks
from peerlink.features.incidents.models import Incident
from peerlink.framework.incident_words import IncidentStatus, IncidentType
from peerlink.store.session import transaction
from tests.factories import workbooks
from tests.features.incidents.telling import TODAY
from tests.features.moving.support import bring, everything, kept, opened, spoiled

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
        with transaction():
            assert watch_clocks(TODAY) == 0


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
