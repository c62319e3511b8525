"""Writes the empty workbook a programme fills in, with one example row and the allowed values."""

import io
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter

from peerlink.features.moving.columns import Column, Sheet
from peerlink.features.moving.sheets import sheets
from peerlink.framework.vocabularies import (
    BridgingTag,
    DeclineReason,
    LanguageLevel,
    PauseReason,
)
from peerlink.framework.word import Word
from peerlink.words import _

WORDS = "words"
"""The sheet with every vocabulary; it is not read on import."""
ROWS = 5_000
"""Rows below the header that get drop-downs."""
SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""How every spreadsheet is written: no temporary file, and no text that could be taken for a formula."""
MORE_WORDS: dict[str, Iterable[Word]] = {
    "pause_reason": PauseReason,
    "decline_reason": DeclineReason,
    "language_level": LanguageLevel,
    "bridging": BridgingTag,
}
"""Vocabularies printed although no column of today takes them."""


def template() -> bytes:
    """Return the empty workbook as the bytes of an .xlsx file."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, SAFE)
    known = sheets(ZoneInfo("UTC"))
    vocabularies = _vocabularies(known.values())
    text = book.add_format({"num_format": "@"})
    required = book.add_format({"bold": True, "bg_color": "#DCEEEE", "bottom": 1})
    optional = book.add_format({"italic": True, "bottom": 1})
    for name, sheet in known.items():
        page = book.add_worksheet(name)
        page.set_column(0, len(sheet.columns) - 1, 18, text)
        page.freeze_panes(1, 0)
        for at, column in enumerate(sheet.columns):
            page.write_string(0, at, column.name, required if column.required else optional)
            if column.required:
                page.write_comment(0, at, _("Required"))
            if column.example:
                page.write_string(1, at, column.example, text)
            if column.choices:
                _drop_down(page, at, column, list(vocabularies).index(column.choices))
    _write_words(book, vocabularies)
    book.close()
    return target.getvalue()


def _vocabularies(known: Iterable[Sheet]) -> dict[tuple[str, ...], str]:
    """Return every vocabulary with its name: its column's, with its sheet's where another column has it."""
    found: dict[tuple[str, ...], str] = {}
    for sheet in known:
        for column in sheet.columns:
            if column.choices and column.choices not in found:
                taken = column.name in found.values()
                found[column.choices] = f"{sheet.name}.{column.name}" if taken else column.name
    for name, words in MORE_WORDS.items():
        found.setdefault(tuple(word.value for word in words), name)
    return found


def _drop_down(page: Any, at: int, column: Column, place: int) -> None:
    letters = xlsxwriter.utility.xl_col_to_name(place, col_abs=True)
    rule = {
        "validate": "list",
        "source": f"={WORDS}!{letters}$2:{letters}${len(column.choices) + 1}",
        # A list of several words is typed with `;` between them, so another text must be let in there.
        "show_error": not column.several,
    }
    page.data_validation(1, at, ROWS, at, rule)


def _write_words(book: Any, vocabularies: dict[tuple[str, ...], str]) -> None:
    page = book.add_worksheet(WORDS)
    bold = book.add_format({"bold": True, "bottom": 1})
    page.set_column(0, len(vocabularies) - 1, 26)
    page.freeze_panes(1, 0)
    for at, (words, name) in enumerate(vocabularies.items()):
        page.write_string(0, at, name, bold)
        for down, word in enumerate(words, 1):
            page.write_string(down, at, word)
