"""What a file may do to us: broken text, rows that do not fit, archives that are traps."""

import io
import zipfile
from pathlib import Path

import pytest

from peerlink.errors import Refused
from peerlink.features.moving import service, workbook
from tests.factories import workbooks
from tests.features.moving.support import kept

pytestmark = pytest.mark.usefixtures("clean_database")

HEADER = "ref,name,kind,area\r\n"


def faults_of(folder: Path, content: bytes) -> list[tuple[int, str]]:
    (folder / "sites.csv").write_bytes(content)
    report = service.import_path(folder)
    assert report.kept == (not report.faults)
    return [(one.row, one.column) for one in report.faults]


@pytest.mark.parametrize(
    ("content", "places"),
    [
        (HEADER + "S1,Caf\xe9,,\r\nS2,b,,\r\n", [(2, "")]),
        (HEADER + "S1,a,,\r\nS2,b\0,,\r\n", [(3, "")]),
        (HEADER + "S1,a,,\r\n\r\nS2,b\r\n", [(4, "")]),
        (HEADER + "S1,a,,,x\r\n", [(2, "")]),
        (HEADER + 'S1,"a\r\nb",,\r\nS2\r\n', [(3, "")]),
        (HEADER + 'S1,"never ends,,\r\n', [(2, "")]),
        ("ref,name,name\r\nS1,a,b\r\n", [(1, "name")]),
        ("ref,name,\r\nS1,a,stray\r\n", [(2, "")]),
        ("", [(1, "")]),
        ("\0\0", [(1, "")]),
    ],
)
def test_broken_text_is_named_by_its_row(tmp_path: Path, content: str, places: list) -> None:
    before = kept()
    assert faults_of(tmp_path, content.encode("latin-1")) == places
    assert kept() == before


def test_text_of_another_width_is_named(tmp_path: Path) -> None:
    assert faults_of(tmp_path, (HEADER + "S1,a,,\r\n").encode("utf-16")) == [(1, "")]


@pytest.mark.parametrize(
    "content", ["ref,name\r\nS1,a", "ref,name,,\r\nS1,a,,\r\n\r\n", " Ref , NAME \nS1, a \n"]
)
def test_harmless_oddities_are_let_in(tmp_path: Path, content: str) -> None:
    assert faults_of(tmp_path, content.encode()) == []


def test_rows_are_numbered_by_rows_and_not_by_lines(tmp_path: Path) -> None:
    content = HEADER + 'S1,"two\nlines",,\nS2,a,wrong,\n'
    assert faults_of(tmp_path, content.encode()) == [(3, "kind")]


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    for name, content in (("a.xlsx", b"garbage"), ("b.xlsx", b"PK\3\4garbage"), ("c.pdf", b"%PDF")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Refused):
            service.import_path(tmp_path / name)


def packed(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_a_zip_of_csv_files_is_read_from_memory() -> None:
    book = workbook.open_bytes(packed({"our programme/sites.csv": (HEADER + "S1,a,,\r\n").encode()}))
    assert [(number, cells) for number, cells, _wrong in book.sources["sites"].rows()] == [
        (1, ["ref", "name", "kind", "area"]),
        (2, ["S1", "a", "", ""]),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ref,name\n",
        packed({}),
        packed({"readme.txt": b"x"}),
        packed({"a/sites.csv": b"x", "b/sites.csv": b"y"}),
    ],
)
def test_an_upload_that_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        workbook.open_bytes(content)


def test_an_archive_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LARGEST_UNPACKED", 1000)
    with pytest.raises(Refused):
        workbook.open_bytes(packed({"sites.csv": b"0" * 1001}))


def test_a_cut_off_archive_says_so(tmp_path: Path) -> None:
    book = workbooks.write_xlsx(tmp_path / "a.xlsx", workbooks.small())
    content = book.read_bytes()
    with pytest.raises(Refused):
        workbook.open_bytes(content[: len(content) // 2])
