"""Looks a JSON file over: takes from it what can be taken, and names everything that is wrong with it."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from peerlink.words import _

MOST_BYTES = 256 * 1024
"""No questionnaire is longer; whatever is longer is not looked at."""
MOST_FAULTS = 200
MOST = 1e12
"""Numbers beyond are no answers, and neither are those that are none."""
MOST_SHOWN = 60
"""Characters of a value repeated in a sentence."""
_BROKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Fault:
    """Something that must be put right before anything is kept."""

    file: str
    path: str
    """Where in the file, as `item[2].answerOption[0]`; empty for the file itself."""
    wrong: str
    right: str


@dataclass
class Look:
    """One file being looked over, and the faults found so far."""

    file: str
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: str, wrong: str, right: str) -> None:
        """Write a fault down."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(self.file, path, wrong, right))

    def document(self, raw: bytes) -> dict[str, Any] | None:
        """Return the one object a file holds, or None where it holds none."""
        if len(raw) > MOST_BYTES:
            self.fault(
                "",
                _("The file is larger than %(n)s KB.", n=MOST_BYTES // 1024),
                _("Bring the questionnaire alone, without pictures."),
            )
            return None
        try:
            found = json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse)
        except (ValueError, RecursionError):
            self.fault(
                "",
                _("This is no JSON file that can be read."),
                _("Bring a text file in UTF-8 that begins with { and ends with }."),
            )
            return None
        if not isinstance(found, dict):
            self.fault("", _("The file is a list or a single value."), _("Bring one object: { … }."))
            return None
        return found

    def text(
        self, given: Mapping[str, Any], key: str, path: str, *, longest: int, needed: bool = False
    ) -> str:
        """Return a text without the blanks around it; empty where there is none, or none that can be kept."""
        value = given.get(key)
        where = below(path, key)
        if value is None or value == "":
            if needed:
                self.fault(where, _("It is missing."), _("Write it there as a text."))
            return ""
        if not isinstance(value, str):
            self.fault(where, _("%(value)s is no text.", value=shown(value)), _("Write a text in quotes."))
            return ""
        if _BROKEN.search(value):
            self.fault(where, _("It holds signs that cannot be shown."), _("Type the text again."))
            return ""
        if len(value) > longest:
            self.fault(
                where,
                _("It is %(n)s characters long.", n=len(value)),
                _("Write at most %(n)s characters.", n=longest),
            )
            return ""
        said = value.strip()
        if needed and not said:
            self.fault(where, _("It is empty."), _("Write it there as a text."))
        return said

    def number(
        self,
        given: Mapping[str, Any],
        key: str,
        path: str,
        *,
        default: float | None = None,
        needed: bool = False,
        least: float = -10_000,
        most: float = 10_000,
        whole: bool = False,
    ) -> float | None:
        """Return a number within its bounds; the default where there is none."""
        value, where = given.get(key), below(path, key)
        if value is None:
            if needed:
                self.fault(where, _("It is missing."), _("Write a number."))
            return default
        if not is_number(value) or (whole and value != int(value)):
            right = (
                _("Write a whole number without quotes.") if whole else _("Write a number without quotes.")
            )
            self.fault(where, _("%(value)s is no such number.", value=shown(value)), right)
            return default
        if not least <= value <= most:
            self.fault(
                where,
                _("%(value)s is out of range.", value=shown(value)),
                _("Write a number from %(least)s to %(most)s.", least=f"{least:g}", most=f"{most:g}"),
            )
            return default
        return float(value)

    def flag(self, given: Mapping[str, Any], key: str, path: str) -> bool:
        """Return a yes or no; no where there is neither."""
        value = given.get(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.fault(
            below(path, key), _("%(value)s is neither true nor false.", value=shown(value)), "true, false"
        )
        return False

    def one_of(
        self, given: Mapping[str, Any], key: str, path: str, choices: Iterable[str], default: str
    ) -> str:
        """Return a word out of a few; the default where there is none of them."""
        value, known = given.get(key, default), list(choices)
        if isinstance(value, str) and value in known:
            return value
        self.fault(
            below(path, key),
            _("%(value)s is not known.", value=shown(value)),
            _("One of: %(choices)s.", choices=", ".join(known)),
        )
        return default

    def rows(self, given: Mapping[str, Any], key: str, path: str, *, most: int) -> list[dict[str, Any]]:
        """Return a list of objects; those that are none are named."""
        value, where = given.get(key), below(path, key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(where, _("%(value)s is no list.", value=shown(value)), _("Write a list: [ … ]."))
            return []
        if len(value) > most:
            self.fault(where, _("The list has %(n)s parts.", n=len(value)), _("At most %(n)s.", n=most))
        found = []
        for n, one in enumerate(value[:most]):
            if isinstance(one, dict):
                found.append(one)
            else:
                right = _("Write an object: { … }.")
                self.fault(f"{where}[{n}]", _("%(value)s is no object.", value=shown(one)), right)
        return found

    def texts(self, given: Mapping[str, Any], key: str, path: str, *, most: int) -> tuple[str, ...]:
        """Return a list of texts, each once."""
        value, where = given.get(key), below(path, key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            right = _('Write a list of texts: ["1", "2"].')
            self.fault(where, _("%(value)s is no list of texts.", value=shown(value)), right)
            return ()
        if len(value) > most:
            self.fault(where, _("The list has %(n)s parts.", n=len(value)), _("At most %(n)s.", n=most))
            return ()
        if twice := sorted({one for one in value if value.count(one) > 1}):
            self.fault(where, _("%(value)s stands there twice.", value=shown(twice[0])), _("Name each once."))
        return tuple(dict.fromkeys(value))

    def only(self, given: Mapping[str, Any], path: str, known: Iterable[str]) -> None:
        """Name what is not known, so that a slip of the pen is never passed over."""
        names = list(known)
        for key in given:
            if key not in names:
                self.fault(
                    below(path, shown(key)),
                    _("This is not known here."),
                    _("Known are: %(names)s.", names=", ".join(names)),
                )


def below(path: str, key: str) -> str:
    """Name a place inside another."""
    return f"{path}.{key}" if path else key


def is_number(value: object) -> bool:
    """Tell whether a value is a number one can count with."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < MOST


def shown(value: object) -> str:
    """Repeat a value in a sentence, short and on one line."""
    if isinstance(value, dict | list):
        return _("A list or an object")
    line = " ".join(_BROKEN.sub("?", str(value)[: 4 * MOST_SHOWN]).split()) or '""'
    return line if len(line) <= MOST_SHOWN else f"{line[: MOST_SHOWN - 1]}…"


def _refuse(constant: str) -> float:
    raise ValueError(constant)
