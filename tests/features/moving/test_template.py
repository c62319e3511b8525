"""The empty workbook: every sheet and column, and it goes in as it is."""

import re
import zipfile
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from peerlink.features.moving import service
from peerlink.features.moving.sheets import sheets
from peerlink.features.moving.template import WORDS, template
from peerlink.framework.vocabularies import BridgingTag, DifficultyTag, LeaveReason, Topic
from peerlink.framework.word import Word
from peerlink.store import house


def test_it_has_every_sheet_and_column_of_the_contract() -> None:
    book = CalamineWorkbook.from_filelike(BytesIO(template()))
    assert book.sheet_names == [*sheets(ZoneInfo("UTC")), WORDS]
    for name, sheet in sheets(ZoneInfo("UTC")).items():
        assert tuple(book.get_sheet_by_name(name).to_python()[0]) == sheet.names


def test_its_example_rows_go_in(clean_database: house.House, tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(template())
    report = service.import_path(tmp_path / "book.xlsx")
    assert report.faults == []
    assert {one.new for one in report.sheets} == {1}


@pytest.mark.parametrize("words", [Topic, DifficultyTag, BridgingTag, LeaveReason])
def test_it_prints_every_vocabulary(words: type[Word]) -> None:
    rows = CalamineWorkbook.from_filelike(BytesIO(template())).get_sheet_by_name(WORDS).to_python()
    columns = [[cell for cell in column[1:] if cell] for column in zip(*rows, strict=True)]
    assert [word.value for word in words] in columns


def test_it_offers_the_allowed_values_and_holds_no_formula() -> None:
    archive = zipfile.ZipFile(BytesIO(template()))
    volunteers = archive.read("xl/worksheets/sheet5.xml").decode()
    rules = re.findall(
        r'<dataValidation type="list"[^>]*sqref="(\w+):\w+"><formula1>(words![^<]+)<', volunteers
    )
    statuses = [place for _cell, place in rules]
    assert len(statuses) == len(set(statuses)) == 5, "status, reason, life stages, skills, channels"
    assert all(b"<f>" not in archive.read(name) for name in archive.namelist() if "worksheets/sheet" in name)
