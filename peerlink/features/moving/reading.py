"""Reads a sheet row by row: header, width, every cell; what is wrong is reported, and reading goes on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from peerlink.features.moving.columns import Column, Sheet
from peerlink.features.moving.faults import Report, Wrong, shown
from peerlink.features.moving.workbook import Source
from peerlink.framework.nearest import not_known
from peerlink.words import _

REASON = "reason"
"""The column that says, beside faulty rows given back, what to put right; it is read over."""


@dataclass(slots=True)
class Row:
    """One row, read: what its cells say by column, None where a cell is empty."""

    number: int
    said: dict[str, Any]
    problems: list[Wrong] = field(default_factory=list)
    skipped: bool = False
    """Points at a row with a fault: not kept, and not blamed."""

    def get(self, column: str) -> Any:
        return self.said.get(column)

    def refuse(self, column: str, wrong: str, right: str) -> None:
        """Note a problem of this row."""
        self.problems.append(Wrong(wrong, right, column))


IGNORED = Column(REASON, str)


def read(source: Source, sheet: Sheet, report: Report) -> Iterator[Row]:
    """Hand out the rows below the header; where the header is wrong, there are none."""
    rows = source.rows()
    first = next(rows, None)
    if first is None:
        report.fault(sheet.name, 1, "", _("There is no header."), ", ".join(sheet.names))
        return
    number, header, wrong = first
    columns = [] if wrong else _columns(header, number, sheet, report)
    if wrong is not None:
        report.fault(sheet.name, number, "", wrong.wrong, wrong.right)
    if not columns:
        return
    for number, cells, spoiled in rows:
        report.sheet(sheet.name).rows += 1
        if spoiled is not None:
            yield Row(number, {}, [spoiled])
        else:
            yield _row(number, cells, columns)


def columns_named(source: Source, name: str) -> set[str]:
    """Return every text that stands in one column, without judging anything."""
    rows = source.rows()
    first = next(rows, None)
    header = [cell.strip().lower() for cell in first[1]] if first else []
    if name not in header:
        return set()
    at = header.index(name)
    return {cells[at].strip() for _number, cells, _wrong in rows if len(cells) > at} - {""}


def _columns(header: list[str], number: int, sheet: Sheet, report: Report) -> list[Column | None]:
    names = [cell.strip().lower() for cell in header]
    columns: list[Column | None] = []
    fine = True
    for at, name in enumerate(names):
        if not name or (name == REASON and at == len(names) - 1):
            columns.append(IGNORED if name else None)
            continue
        problem = _what_is_wrong(name, names[:at], sheet)
        if problem is not None:
            report.fault(sheet.name, number, shown(name), problem.wrong, problem.right)
            fine = False
        else:
            columns.append(sheet.column(name))
    for column in sheet.columns:
        if column.required and column.name not in names:
            wrong = _("The column %(name)s is missing.", name=column.name)
            report.fault(sheet.name, number, column.name, wrong, ", ".join(sheet.names))
            fine = False
    return columns if fine else []


def _what_is_wrong(name: str, before: list[str], sheet: Sheet) -> Wrong | None:
    if name in before:
        return Wrong(_("This column stands here twice."), _("Each column once."))
    if name not in sheet.names:
        return Wrong(str(not_known(shown(name), sheet.names)), ", ".join(sheet.names))
    return None


def _row(number: int, cells: list[str], columns: list[Column | None]) -> Row:
    row = Row(number, {})
    for column, raw in zip(columns, cells, strict=True):
        cell = raw.strip()
        if column is IGNORED:
            continue
        if column is None:
            if cell:
                row.refuse("", _("This cell stands below no column name."), _("A name for the column."))
            continue
        if not cell:
            row.said[column.name] = None
            if column.required:
                row.refuse(column.name, _("This must not be empty."), _right(column))
            continue
        try:
            row.said[column.name] = column.read(cell)
        except Wrong as wrong:
            row.refuse(column.name, wrong.wrong, wrong.right)
    return row


def _right(column: Column) -> str:
    return ", ".join(column.choices) or column.example or _("A value.")
