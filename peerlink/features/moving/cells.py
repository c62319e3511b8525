"""Reads the text of one cell: days, moments, codes, lists; a reader raises Wrong with what would be right."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from peerlink.features.moving.faults import Wrong, shown
from peerlink.framework import support, tree
from peerlink.framework.nearest import not_known
from peerlink.framework.vocabularies import LanguageLevel, LifeStage, OutcomeDomain, Topic
from peerlink.framework.word import Word
from peerlink.words import _

Reader = Callable[[str], Any]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_WHOLE = re.compile(r"-?\d+", re.ASCII)
_DECIMAL = re.compile(r"\d+([.,]\d+)?", re.ASCII)
_SLOT = re.compile(r"([a-z]{3}) (\d\d):(\d\d)-(\d\d):(\d\d)", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.ASCII)
_MODULE = re.compile(r"[^\W_][\w .:+/&-]{0,59}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def remembered(reader: Reader) -> Reader:
    """Read each spelling once: the columns of vocabularies say the same few things again and again."""
    return lru_cache(maxsize=4096)(reader)


def text(longest: int = 200) -> Reader:
    """Read words as they stand."""

    def read(cell: str) -> str:
        if len(cell) > longest:
            raise Wrong(_("This is too long."), _("At most %(n)s characters.", n=longest))
        return cell

    return read


def email(cell: str) -> str:
    """Read an e-mail address."""
    if len(cell) > 254 or not _EMAIL.fullmatch(cell):
        raise Wrong(_("This is not an e-mail address."), "name@example.org")
    return cell


def phone(cell: str) -> str:
    """Read a telephone number."""
    if len(cell) > 40 or not 4 <= sum(sign.isdecimal() for sign in cell) <= 20:
        raise Wrong(_("This is not a telephone number."), "+44 7700 900123")
    return cell


def day(cell: str) -> dt.date:
    """Read a day, `YYYY-MM-DD`."""
    said = cell[:10] if cell[10:] in ("T00:00", "T00:00:00", " 00:00:00") else cell
    if _DAY.fullmatch(said):
        try:
            return dt.date.fromisoformat(said)
        except ValueError:
            pass
    raise Wrong(_("'%(given)s' is not a day.", given=shown(cell)), _("A day as YYYY-MM-DD."))


def moment(zone: ZoneInfo) -> Reader:
    """Read a moment, `YYYY-MM-DDTHH:MM`, in this zone where it names no offset."""

    def read(cell: str) -> dt.datetime:
        if _MOMENT.fullmatch(cell):
            try:
                said = dt.datetime.fromisoformat(cell)
                return (said if said.tzinfo else said.replace(tzinfo=zone)).astimezone(dt.UTC)
            except (ValueError, OverflowError):
                pass
        raise Wrong(
            _("'%(given)s' is not a moment.", given=shown(cell)),
            _("A day and time as YYYY-MM-DDTHH:MM, with or without an offset."),
        )

    return read


def whole(low: int, high: int) -> Reader:
    """Read a whole number within bounds."""
    right = _("A whole number from %(low)s to %(high)s.", low=low, high=high)

    def read(cell: str) -> int:
        if not _WHOLE.fullmatch(cell) or not low <= int(cell) <= high:
            raise Wrong(_("'%(given)s' is outside of what is possible.", given=shown(cell)), right)
        return int(cell)

    return remembered(read)


def hours_as_minutes(cell: str) -> int:
    """Read hours such as 1.5 and return minutes."""
    if not _DECIMAL.fullmatch(cell) or float(cell.replace(",", ".")) > 1000:
        raise Wrong(
            _("'%(given)s' is not a number of hours.", given=shown(cell)), _("Hours such as 4 or 1.5.")
        )
    return round(float(cell.replace(",", ".")) * 60)


def yes_no(cell: str) -> bool:
    """Read yes or no."""
    said = cell.lower()
    if said not in ("yes", "no"):
        raise Wrong(_("'%(given)s' is not yes or no.", given=shown(cell)), "yes, no")
    return said == "yes"


def code(words: Iterable[Word]) -> Reader:
    """Read one code of a vocabulary, by its whole word or by its last part where it has parts."""
    known = {word.value: word for word in words}
    ends = {word.value.rpartition(".")[2]: word for word in known.values()}

    def read(cell: str) -> Word:
        said = cell.lower()
        found = known.get(said) or ends.get(said)
        if found is None:
            raise _unknown(cell, known)
        return found

    return remembered(read)


def codes(reader: Reader) -> Reader:
    """Read a list of codes separated by `;`, each once."""

    def read(cell: str) -> tuple[Any, ...]:
        return tuple(dict.fromkeys(reader(part) for part in parts(cell)))

    return remembered(read)


def texts(longest: int = 80) -> Reader:
    """Read a list of words separated by `;`."""
    one = text(longest)
    return lambda cell: tuple(dict.fromkeys(one(part) for part in parts(cell)))


def support_code(cell: str) -> str:
    """Read a support sub-type or area."""
    try:
        return support.code(cell)
    except ValueError:
        raise _unknown(cell, support.BITS) from None


def goal(cell: str) -> str:
    """Read an outcome domain."""
    domains = {domain.value for domain in OutcomeDomain}
    try:
        found = tree.resolve(cell, "outcome").code
    except ValueError:
        raise _unknown(cell, domains) from None
    if found not in domains:
        raise _unknown(cell, domains)
    return found


def skill(cell: str) -> str:
    """Read a support area, a topic or a sub-type, in this order."""
    said = cell.lower()
    areas = {area.value for area in support.SupportArea}
    if f"support.{said}" in areas:
        return f"support.{said}"
    if said in _TOPICS:
        return said
    try:
        return support.code(said)
    except ValueError:
        raise _unknown(cell, [*areas, *_TOPICS]) from None


_TOPICS = frozenset(topic.value for topic in Topic)


def languages(cell: str) -> dict[str, str]:
    """Read languages with their levels, `en:first;zu:working`."""
    spoken: dict[str, str] = {}
    for part in parts(cell):
        language, _colon, level = part.partition(":")
        language = language.strip().lower()
        if not _LANGUAGE.fullmatch(language) or not level:
            raise Wrong(
                _("'%(given)s' is not a language with its level.", given=shown(part)), "en:first;zu:working"
            )
        spoken[language] = str(_level(level.strip()).value)
    return spoken


def _language(cell: str) -> str:
    if not _LANGUAGE.fullmatch(cell.lower()):
        raise Wrong(_("'%(given)s' is not a language.", given=shown(cell)), "en, zu")
    return cell.lower()


_level = code(LanguageLevel)


def slot(cell: str) -> str:
    """Read a weekly slot, `mon 18:00-20:00`."""
    said = " ".join(cell.lower().split())
    found = _SLOT.fullmatch(said)
    if found and found[1] in DAYS:
        begins, ends = (int(found[2]), int(found[3])), (int(found[4]), int(found[5]))
        if begins < ends <= (24, 0) and begins[1] < 60 and ends[1] < 60:
            return said
    raise Wrong(_("'%(given)s' is not a weekly time.", given=shown(cell)), "mon 18:00-20:00;sat 09:00-12:00")


_WANTS: dict[str, Reader | None] = {
    "gender": text(40),
    "age_near": None,
    "language": _language,
    "life_stage": lambda cell: str(code(LifeStage)(cell).value),
    "community": text(80),
}


def want(cell: str) -> tuple[str, str | None, bool]:
    """Read what matters in a volunteer: trait, value, and whether it is a must (`!`)."""
    must = cell.endswith("!")
    trait, equals, value = (part.strip() for part in cell.rstrip("!").partition("="))
    if trait not in _WANTS:
        raise _unknown(trait, _WANTS)
    reader = _WANTS[trait]
    if (reader is None) == bool(value) or bool(equals) != bool(value):
        raise Wrong(
            _("'%(given)s' does not say what is wanted.", given=shown(cell)),
            "gender=woman!;age_near;language=zu;life_stage=parent",
        )
    return trait, reader(value) if reader else None, must


def module(cell: str) -> str:
    """Read the code of a training module, always in the same spelling."""
    said = cell.lower().replace(" ", "_")
    if not _MODULE.fullmatch(said):
        raise Wrong(
            _("'%(given)s' is not a module.", given=shown(cell)), _("A short word such as boundaries.")
        )
    return said


def time_zone(cell: str) -> str:
    """Read the name of a time zone."""
    try:
        ZoneInfo(cell)
    except (ValueError, OSError, KeyError):
        raise Wrong(
            _("'%(given)s' is not a time zone.", given=shown(cell)), "Europe/London, Africa/Johannesburg"
        ) from None
    return cell


def parts(cell: str) -> list[str]:
    """Return the parts of a list."""
    return [part for piece in cell.split(";") if (part := piece.strip())]


def _unknown(cell: str, known: Iterable[str]) -> Wrong:
    words = list(known)
    wrong = str(not_known(shown(cell), words))
    return Wrong(
        wrong, ", ".join(words) if len(words) <= 12 else _("A code of the sheet 'words' of the template.")
    )
