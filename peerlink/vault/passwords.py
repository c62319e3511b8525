"""Keeps passwords so that a thief of the database cannot try them, and refuses those tried first."""

import hmac
import re
import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from peerlink.words import _

SHORTEST = 12
LONGEST = 128

# Two at a time: each takes 64 MiB, and a crowd at the door must not take the memory of the whole house.
_at_once = threading.Semaphore(2)

# Only passwords of twelve characters and more get this far, so the list holds what people lengthen.
_TRIED_FIRST = frozenset(
    re.findall(
        r"\w+",
        """
    abcdef abcdefgh admin administrator anything apple baseball basketball batman beautiful bismillah
    blessed blink butterfly changeme charlie cheese chelsea chocolate computer correcthorsebatterystaple
    daniel default dragon family flower football forever freedom friend friends godisgood godislove
    guest hallelujah happy hello hosanna hunter iloveyou iloveyousomuch inshallah internet jesus
    jesuschrist jesusislord jordan killer letmein liverpool login love lovely loveyou manchester master
    michael monkey mother mypassword nothing nopassword pass passcode passphrase password
    passwordpassword peace peerlink peersupport princess qazwsx qwerty qwertyuiop samsung secret
    security shadow soccer start starwars sunshine superman system superuser test testing thankyou
    thisismypassword trustnoone username vodafone volunteer welcome whatever yamaha yourpassword
        """,
    )
)
_ROWS_OF_KEYS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "q1w2e3r4t5y6u7i8o9p0",
)
_MEANT_BY = str.maketrans("013457@$!|", "oieastasil")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: rounds and KiB of memory (Argon2id, one lane)."""

    rounds: int = 3
    kibibytes: int = 65_536


def hash_password(password: str, pepper: bytes, cost: Cost = Cost()) -> str:
    """Return what to keep of a password; it tells nothing without the pepper."""
    with _at_once:
        return _hasher(cost).hash(_peppered(password, pepper))


def verify(kept: str, password: str, pepper: bytes) -> bool:
    """Tell whether this is the password that was kept."""
    try:
        with _at_once:
            return _hasher(Cost()).verify(kept, _peppered(password, pepper))
    except (VerificationError, InvalidHashError):
        return False


def verify_nobody(password: str, pepper: bytes, cost: Cost = Cost()) -> None:
    """Take as long as verify does, so that nobody learns from the time which logins exist."""
    nobodys = f"$argon2id$v=19$m={cost.kibibytes},t={cost.rounds},p=1${'A' * 22}${'A' * 43}"
    verify(nobodys, password, pepper)


def too_weak(password: str, context_words: Iterable[str]) -> str | None:
    """Return why a password is too easily guessed, or None; the words are names and places of its owner."""
    text = _nfkc(password)
    if len(text) < SHORTEST:
        return _("Use at least %(n)d characters: three or four words of your own will do.", n=SHORTEST)
    if len(text) > LONGEST:
        return _("Use at most %(n)d characters.", n=LONGEST)
    folded = text.casefold()
    if _is_tried_first(folded):
        return _("This is among the first passwords others would try. Choose words of your own.")
    if _is_mostly(folded, context_words):
        return _("This is mostly a name or a word others know of you. Choose words of your own.")
    return None


def _is_tried_first(folded: str) -> bool:
    plain = re.sub(r"[\W_]", "", folded)
    words = {re.sub(r"[\W\d_]", "", folded.translate(_MEANT_BY)), re.sub(r"[\W\d_]", "", folded)}
    words.add(re.sub(r"^[\W\d_]+|[\W\d_]+$", "", folded).translate(_MEANT_BY))
    rows = [row for row in _ROWS_OF_KEYS for row in (row, row[::-1])]
    return (
        not words.isdisjoint(_TRIED_FIRST)
        or len(set(folded)) < 4
        or re.fullmatch(r"(.{1,6}?)\1+.{0,3}", folded) is not None
        or any(part in row for row in rows for part in (plain, plain.strip("0123456789")) if len(part) > 5)
    )


def _is_mostly(folded: str, context_words: Iterable[str]) -> bool:
    rest = re.sub(r"(?<=\d)[^\w]+(?=\d)", "", folded)
    whole = rest
    for word in sorted(context_words, key=len, reverse=True):
        known = _nfkc(word).casefold().strip()
        if len(known) >= 3:
            rest = rest.replace(known, "")
    return rest != whole and len(re.sub(r"[\W\d_]", "", rest)) < 6


def _peppered(password: str, pepper: bytes) -> bytes:
    return hmac.digest(pepper, _nfkc(password).encode("utf-8", "surrogatepass"), "sha256")


def _nfkc(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@cache
def _hasher(cost: Cost) -> PasswordHasher:
    return PasswordHasher(time_cost=cost.rounds, memory_cost=cost.kibibytes, parallelism=1)
