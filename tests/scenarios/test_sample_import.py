"""A whole programme moves in: sixty people and a year of contacts, as a folder and as a spreadsheet."""

import csv
from pathlib import Path

import pytest

from peerlink.features.contacts.models import Contact
from peerlink.features.moving import service
from peerlink.features.participants.models import Participant
from peerlink.store import audit
from peerlink.store.session import reading, session
from tests.factories import workbooks
from tests.factories.large_workbooks import write_large
from tests.features.moving.support import everything, kept, opened

pytestmark = pytest.mark.usefixtures("clean_database")


def test_a_programme_moves_in_and_stays_the_same_when_it_does_so_again(tmp_path: Path) -> None:
    folder = write_large(tmp_path / "folder", 60, 900)
    steps: list[tuple[str, int]] = []
    report = service.import_path(folder, progress=lambda sheet, done, _of: steps.append((sheet, done)))
    assert (report.faults, report.kept) == ([], True)
    assert dict(steps)["contacts"] == 900
    assert [name for name, _done in steps] == sorted(dict(steps), key=service.SHEETS.index)
    with opened():
        assert len(everything(Participant)) == 60
        assert len(everything(Contact)) == 900
    with reading(), opened():
        assert audit.verify(session) == []
    before = kept()
    again = service.import_path(as_spreadsheet(folder, tmp_path / "book.xlsx"))
    assert (again.faults, again.n_new, again.n_changed) == ([], 0, 0)
    assert kept() == before


def test_a_fault_in_the_last_of_many_rows_keeps_nothing(tmp_path: Path) -> None:
    folder = write_large(tmp_path, 60, 2_500)
    with (folder / "supervision.csv").open("a", encoding="utf-8") as file:
        file.write("V1,T1,one_to_one,held,never,,\r\n")
    before = kept()
    report = service.import_path(folder)
    assert (report.n_faults, report.kept) == (1, False)
    assert kept() == before


def as_spreadsheet(folder: Path, target: Path) -> Path:
    """Put a folder's files into one spreadsheet, numbers as numbers and days as days."""
    sheets = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [{name: _cell(said) for name, said in row.items()} for row in csv.DictReader(file)]
        sheets[path.stem] = rows
    return workbooks.write_xlsx(target, sheets)


def _cell(said: str) -> object:
    return int(said) if said.isdecimal() else said
