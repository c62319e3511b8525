"""Writes only the rows that have a fault, as they stand in the workbook, each with the reason beside it."""

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter

from peerlink.features.moving.faults import Fault, Report
from peerlink.features.moving.reading import REASON
from peerlink.features.moving.template import SAFE
from peerlink.features.moving.workbook import Cells, Workbook
from peerlink.words import _


def faulty_rows(workbook: Workbook, report: Report) -> bytes:
    """Return an .xlsx with a sheet for each sheet that has faults; every cell is written as text."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, SAFE)
    by_sheet: dict[str, dict[int, list[Fault]]] = {}
    for fault in report.faults:
        by_sheet.setdefault(fault.file, {}).setdefault(fault.row, []).append(fault)
    sources = {name.strip().lower(): source for name, source in workbook.sources.items()}
    for name, rows in by_sheet.items():
        if name in sources and max(rows) > 1:
            _write(book.add_worksheet(name[:31]), sources[name].rows(), rows)
    whole = [fault for rows in by_sheet.values() for at in (0, 1) for fault in rows.get(at, ())]
    if whole or not book.worksheets():
        page = book.add_worksheet(_("whole sheets"))
        for at, fault in enumerate(whole):
            page.write_string(at, 0, fault.file)
            page.write_string(at, 1, _sentence(fault))
    book.close()
    return target.getvalue()


def _write(page: Any, rows: Iterable[Cells], faults: dict[int, list[Fault]]) -> None:
    at = 0
    for number, cells, _wrong in rows:
        if at and number not in faults:
            continue
        readable = [cell.encode(errors="replace").decode() for cell in cells]
        reason = " ".join(_sentence(fault) for fault in faults[number]) if at else REASON
        for column, cell in enumerate([*readable, reason]):
            if cell:
                page.write_string(at, column, cell)
        at += 1


def _sentence(fault: Fault) -> str:
    column = f"{fault.column}: " if fault.column else ""
    return f"{column}{fault.wrong} {_('Right:')} {fault.right}"
