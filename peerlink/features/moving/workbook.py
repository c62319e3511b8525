"""Opens a programme's workbook, a folder of CSV files or one XLSX, and hands out its rows as text."""

import csv
import datetime as dt
import io
import itertools
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from peerlink.errors import Refused
from peerlink.features.moving.faults import Wrong
from peerlink.words import _

LARGEST_UNPACKED = 512 * 1024 * 1024
"""Bytes an uploaded file may unpack to; more is a trap or belongs on the command line."""
LONGEST_CELL = 32_767
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

Cells = tuple[int, list[str], Wrong | None]
"""The row's number (the header is row 1), its cells, and what is wrong with the row as a whole."""


@dataclass(frozen=True)
class Source:
    """One sheet that has not been read yet."""

    name: str
    rows: Callable[[], Iterator[Cells]]
    count: Callable[[], int | None]
    """About how many rows there are, None where nobody knows before reading."""


@dataclass
class Workbook:
    """The sheets of a workbook by name, as they are named there."""

    sources: dict[str, Source] = field(default_factory=dict)


def open_path(path: Path) -> Workbook:
    """Open a folder of NAME.csv or one .xlsx; raises Refused where it is neither."""
    if path.is_dir():
        files = sorted(
            one for one in path.iterdir() if one.is_file() and not one.name.startswith((".", "~$"))
        )
        return Workbook({_name(one.name): _csv_file(one) for one in files})
    if not path.is_file():
        raise Refused(
            _("There is nothing at %(path)s. Name a folder of CSV files or an .xlsx file.", path=path)
        )
    if path.suffix.lower() != ".xlsx":
        raise Refused(_("%(path)s is neither a folder of CSV files nor an .xlsx file.", path=path))
    return _spreadsheet(lambda: CalamineWorkbook.from_path(path))


def open_bytes(content: bytes) -> Workbook:
    """Open an uploaded .xlsx, or a .zip of CSV files, from memory; raises Refused where it is neither."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = [one for one in archive.infolist() if not one.is_dir()]
    except (zipfile.BadZipFile, ValueError, OSError):
        raise _neither() from None
    if sum(one.file_size for one in members) > LARGEST_UNPACKED:
        raise Refused(_("This file is too large to be unpacked here. Import it at the command line."))
    if any(one.filename == "xl/workbook.xml" for one in members):
        return _spreadsheet(lambda: CalamineWorkbook.from_filelike(io.BytesIO(content)))
    names = [one for one in members if not Path(one.filename).name.startswith((".", "~$"))]
    names = [one for one in names if not one.filename.startswith("__MACOSX/")]
    if any(one.flag_bits & 1 or one.compress_type not in _PACKINGS for one in names):
        raise Refused(
            _("This .zip file is locked or packed in an unusual way. Pack it again, without a password.")
        )
    if len({_name(Path(one.filename).name) for one in names}) < len(names):
        raise Refused(_("This .zip file holds two files of the same name."))
    if not any(one.filename.lower().endswith(".csv") for one in names):
        raise _neither()
    return Workbook({_name(Path(one.filename).name): _csv_member(archive, one) for one in names})


def _neither() -> Refused:
    return Refused(_("This is neither an .xlsx file nor a .zip of CSV files. Save the workbook as .xlsx."))


def _name(file_name: str) -> str:
    """Return the sheet's name; a file of another kind keeps its ending and is therefore unknown."""
    return file_name[:-4] if file_name.lower().endswith(".csv") else file_name


def _csv_file(path: Path) -> Source:
    @cache
    def count() -> int:
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) - 1

    return Source(_name(path.name), lambda: _csv_rows(lambda: path.open("rb")), count)


def _csv_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Source:
    return Source(
        _name(Path(member.filename).name), lambda: _csv_rows(lambda: archive.open(member)), lambda: None
    )


def _csv_rows(open_it: Callable[[], IO[bytes]]) -> Iterator[Cells]:
    with open_it() as binary:
        # Bytes that are no UTF-8 are carried along, so that their row can be named.
        lines = io.TextIOWrapper(binary, "utf-8-sig", errors="surrogateescape", newline="")
        first = lines.readline()
        if "\0" in first or first.startswith("\udcff\udcfe"):
            yield 1, [], _not_utf8()
            return
        delimiter = ";" if first.count(";") > first.count(",") else ","
        rows = csv.reader(itertools.chain([first], lines), delimiter=delimiter, strict=True)
        number, width = 0, 0
        try:
            for number, row in enumerate(rows, 1):
                if number == 1:
                    width = len(row)
                if any(row):
                    yield number, row, _what_is_wrong(row, width)
        except csv.Error:
            yield (
                number + 1,
                [],
                Wrong(
                    _("From here on this cannot be read as CSV."),
                    _('Cells with quotes doubled, as in "a ""b"" c".'),
                ),
            )
        except (OSError, zipfile.BadZipFile, EOFError):
            yield (
                number + 1,
                [],
                Wrong(_("The file ends or breaks here."), _("A whole file: save it once more.")),
            )


def _what_is_wrong(row: list[str], width: int) -> Wrong | None:
    joined = "".join(row)
    if not joined.isascii():
        try:
            joined.encode()
        except UnicodeEncodeError:
            return _not_utf8()
    if "\0" in joined:
        return Wrong(_("This row holds a NUL character."), _("Plain text: save the sheet as CSV UTF-8."))
    if len(row) != width:
        return Wrong(
            _("This row has %(n)s cells.", n=len(row)), _("%(n)s cells, as many as the header.", n=width)
        )
    if len(joined) > LONGEST_CELL:
        return Wrong(_("This row is too long."), _("At most %(n)s characters.", n=LONGEST_CELL))
    return None


def _not_utf8() -> Wrong:
    return Wrong(_("This is not UTF-8 text."), _("Save the sheet as CSV UTF-8."))


def _spreadsheet(open_it: Callable[[], CalamineWorkbook]) -> Workbook:
    try:
        book = open_it()
    except PasswordError:
        raise Refused(
            _("This file is locked with a password. Save it without one, in a safe place.")
        ) from None
    except (CalamineError, OSError):
        raise Refused(
            _("This .xlsx file cannot be read. Open it in your spreadsheet and save it again.")
        ) from None
    return Workbook({name: _sheet(book, name) for name in book.sheet_names})


def _sheet(book: CalamineWorkbook, name: str) -> Source:
    heights: list[int] = []

    def rows() -> Iterator[Cells]:
        try:
            sheet = book.get_sheet_by_name(name)
        except CalamineError:
            yield 1, [], Wrong(_("This sheet cannot be read."), _("Save the workbook again."))
            return
        heights.append(sheet.total_height)
        for number, row in enumerate(sheet.iter_rows(), 1):
            texts = [as_text(cell) for cell in row]
            if any(texts):
                wrong = None
                if any(len(cell) > LONGEST_CELL for cell in texts):
                    wrong = Wrong(_("This row is too long."), _("At most %(n)s characters.", n=LONGEST_CELL))
                yield number, texts, wrong

    return Source(name, rows, lambda: heights[-1] - 1 if heights else None)


def as_text(cell: Any) -> str:
    """Write a spreadsheet's cell as a CSV file would: days as ISO, whole numbers without a point."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell)
