"""Money in whole thousandths, so that every currency's smallest coin is a whole number; never a float."""

import re
import unicodedata
from decimal import Decimal

from babel.numbers import get_currency_precision, list_currencies

from peerlink.errors import Refused
from peerlink.words import _

WHOLE = 1000
"""Thousandths in one unit of a currency."""
DIGITS = 3
MOST = 1_000_000_000 * WHOLE
USUAL_DIGITS = 2
"""Digits after the point where nobody has said which currency it is."""

_NAME = re.compile(r"^[^\W\d_]{1,4}\.?|[^\W\d_]{1,4}$")
_GAPS = re.compile(r"[\s'’]")
_NUMBER = re.compile(r"\d{1,10}([.,]\d{1,3})?")
_GROUPS = re.compile(r"\d{1,3}(([.,])\d{3})(\2\d{3})*(?!\2)([.,]\d{1,3})?")


def is_currency(code: str) -> bool:
    """Tell whether this is the code of a currency, such as GBP."""
    return code in list_currencies()


def digits_of(currency: str | None) -> int:
    """Return how many digits stand after the point: 2 for GBP, none for UGX."""
    return min(get_currency_precision(currency), DIGITS) if currency else USUAL_DIGITS


def read_amount(typed: str, currency: str | None = None, *, signed: bool = False) -> int:
    """Read an amount as people type it; raises Refused where it could be read in two ways."""
    said = "".join(sign for sign in typed if unicodedata.category(sign) != "Sc")
    said = _NAME.sub("", _GAPS.sub("", said))
    minus = said.startswith(("-", "−"))
    said = said[1:] if minus and signed else said
    whole, part = _parted(said, digits_of(currency))
    if len(part.rstrip("0")) > digits_of(currency):
        if not digits_of(currency):
            raise Refused(_("Type a whole amount: %(currency)s has no smaller coin.", currency=currency))
        raise Refused(_("At most %(n)s digits after the point.", n=digits_of(currency)))
    amount = int(whole) * WHOLE + int((part + "000")[:DIGITS])
    if amount > MOST:
        raise Refused(_("This is more than can be right."))
    return -amount if minus else amount


def _parted(said: str, digits: int) -> tuple[str, str]:
    """Part what stands before and behind the point."""
    signs = [sign for sign in said if sign in ".,"]
    if len(signs) == 1 and _NUMBER.fullmatch(said):
        whole, _point, part = said.partition(signs[0])
        if len(part) == DIGITS and not digits:
            return whole + part, ""
        if len(part) == DIGITS and digits < DIGITS:
            both = {"large": whole + part, "small": f"{whole}.{part[:2]}"}
            raise Refused(_("This can be read in two ways. Type %(large)s or %(small)s.", **both))
        return whole, part
    if not signs and _NUMBER.fullmatch(said):
        return said, ""
    if _GROUPS.fullmatch(said):
        if len(set(signs)) == 1:
            return re.sub("[.,]", "", said), ""
        whole, _point, part = said.rpartition(signs[-1])
        return re.sub("[.,]", "", whole), part
    raise Refused(_("Type an amount such as 12.50."))


def as_decimal(amount: int) -> Decimal:
    """Return an amount in units of its currency."""
    return Decimal(amount) / WHOLE


def written(amount: int, currency: str | None) -> str:
    """Write an amount for another program: `60.00`, a point and no groups."""
    return f"{as_decimal(amount):.{digits_of(currency)}f}"
