"""Looks a note over for what a note must not hold (framework.md section 6, Contact)."""

import re

from peerlink.words import N_

_DAY = r"(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}|(?:19|20)\d{2}-\d{1,2}-\d{1,2})"
_A_DAY = re.compile(rf"(?<!\d){_DAY}(?!\d)")
_BORN = re.compile(r"\b(?:born|birthday|date of birth|d\.?o\.?b)\b", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")
_COPIES = re.compile(r"\d[\d.,\s]*(?:k\s*)?(?:copies|copy|cp/ml|c/ml|cop\b)", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w.])\+?\(?\d[\d\s()./-]{5,}\d(?!\w)")
_FEWEST_DIGITS = 7
_OF_ANY_SHAPE = 9
_LOCAL = re.compile(r"\d{3}[\s-]?\d{4}")

PHONE = N_("a phone number")
EMAIL = N_("an e-mail address")
RESULT = N_("a test result")
BIRTH = N_("a date of birth")


def worries_in(note: str | None) -> tuple[str, ...]:
    """Name what a note seems to hold and must not; nothing where it is fine."""
    if not note:
        return ()
    found = []
    if _has_phone(_A_DAY.sub(" ", note)):
        found.append(PHONE)
    if _EMAIL.search(note):
        found.append(EMAIL)
    if _COPIES.search(note):
        found.append(RESULT)
    if _A_DAY.search(note) or (_BORN.search(note) and re.search(r"\d{2}", note)):
        found.append(BIRTH)
    return tuple(found)


def _has_phone(note: str) -> bool:
    for number in _NUMBER.finditer(note):
        text = number.group().strip()
        digits = sum(one.isdigit() for one in text)
        if digits >= _OF_ANY_SHAPE or (
            digits >= _FEWEST_DIGITS and (text[0] in "+0(" or _LOCAL.fullmatch(text))
        ):
            return True
    return False
