"""Writes a payment list for the bank: neutral words, and nothing a spreadsheet takes for a formula."""

import csv
import io
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter

from peerlink.features.finance.models import Claim, PayDetails
from peerlink.features.finance.rules import safe_cell
from peerlink.framework.money import as_decimal, digits_of, written
from peerlink.framework.money_words import PayWay

HEADER = ("reference", "name", "account", "way", "amount", "currency", "text", "due")
SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""How the spreadsheet is written: no temporary file, and no text that could be taken for a formula."""
BY_BANK = (PayWay.BANK, PayWay.MOBILE)


def rows_of(
    claims: Sequence[Claim], details: Mapping[uuid.UUID, PayDetails], currency: str, text: str
) -> list[tuple[Any, ...]]:
    """Return a row for each payment that goes through a bank; the amount stays a whole number."""
    rows = []
    for claim in claims:
        paid = details.get(claim.volunteer_id)
        if paid is None or paid.way not in BY_BANK or claim.amount is None:
            continue
        due = claim.due_on.isoformat() if claim.due_on else ""
        money = claim.currency or currency
        account = paid.account or ""
        rows.append((claim.reference, paid.name, account, paid.way.value, claim.amount, money, text, due))
    return rows


def as_csv(rows: Sequence[tuple[Any, ...]]) -> bytes:
    """Write the rows as CSV; the mark in front lets spreadsheets read names as they are."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(HEADER)
    for *front, amount, currency, text, due in rows:
        cells = [*front, written(amount, currency), currency, text, due]
        writer.writerow([safe_cell(cell) for cell in cells])
    return target.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[tuple[Any, ...]]) -> bytes:
    """Write the rows as a spreadsheet: amounts as numbers, everything else as text."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, SAFE)
    page = book.add_worksheet("payments")
    bold = book.add_format({"bold": True, "bottom": 1})
    page.set_column(0, len(HEADER) - 1, 18)
    page.freeze_panes(1, 0)
    for at, name in enumerate(HEADER):
        page.write_string(0, at, name, bold)
    for down, row in enumerate(rows, 1):
        digits = digits_of(row[5])
        shape = book.add_format({"num_format": f"0.{'0' * digits}" if digits else "0"})
        for at, cell in enumerate(row):
            if HEADER[at] == "amount":
                page.write_number(down, at, as_decimal(cell), shape)
            else:
                page.write_string(down, at, cell)
    book.close()
    return target.getvalue()
