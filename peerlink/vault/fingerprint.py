"""Finds what is sealed by its fingerprint: only phone numbers, e-mail addresses and programme numbers.

Names have none, ever: they are too few and too well known, so their fingerprints would give them away.
"""

import hmac
import re
import unicodedata

import phonenumbers

TOKEN_BYTES = 16
SHORTEST_PHONE = 5
"""Digits of a phone number, at least."""


def normalise(kind: str, text: str, region: str = "") -> str | None:
    """Return the one spelling of a "phone", "email" or "number", or None when nothing is left of it.

    The region (two letters, ISO 3166) is where a phone number without a country code belongs. Where a phone
    number stands in place of an e-mail address it is spelt as one.
    """
    if kind == "phone":
        return _phone(text, region) or None
    if kind == "email":
        return _address(text, region) or None
    if kind == "number":
        return re.sub(r"[^A-Z0-9]", "", _western_digits(_nfkc(text).upper())) or None
    raise ValueError(f"{kind} has no fingerprint")


def token(key: bytes, gen: int, kind: str, normalised: str) -> bytes:
    """Return the 16 bytes to look a normalised value up by; gen counts the keys of its purpose from 1."""
    field = kind.encode()
    message = b"PLBI1" + gen.to_bytes(1, "big") + len(field).to_bytes(2, "big") + field + normalised.encode()
    return hmac.digest(key, message, "sha256")[:TOKEN_BYTES]


def is_phone(text: str) -> bool:
    """Tell whether this can only be a phone number: five digits or more, and signs that go with them."""
    digits = re.sub(r"[+()/. -]", "", _western_digits(_nfkc(text)).strip())
    return re.fullmatch(r"[0-9]+", digits) is not None and len(digits) >= SHORTEST_PHONE


def _address(text: str, region: str) -> str:
    return _phone(text, region) if is_phone(text) else _nfkc(_nfkc(text).casefold()).strip()


def _phone(text: str, region: str) -> str:
    typed = _western_digits(_nfkc(text)).strip()
    typed = re.sub(r"^00(?=[1-9])", "+", typed)
    try:
        number = phonenumbers.parse(typed, region.upper() or None)
    except phonenumbers.NumberParseException:
        pass
    else:
        if phonenumbers.is_possible_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).removeprefix("+")
    return re.sub(r"[^0-9]", "", typed)


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _western_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
