"""What counts as an answer, which items still wait for one, and when a questionnaire is asked again."""

import datetime as dt
from collections.abc import Iterable, Mapping

from peerlink.errors import Refused
from peerlink.instruments.questionnaire import Item, Kind
from peerlink.instruments.reading import is_number
from peerlink.words import _

LONGEST_ANSWER = 500
YES, NO = "yes", "no"
SHORTEST_RHYTHM, LONGEST_RHYTHM = 7, 365

Answer = str | float | bool


def answer_of(item: Item, typed: str | None) -> Answer | None:
    """Return what was typed or chosen as an answer, None for nothing; raises Refused where it is none."""
    said = (typed or "").strip()
    if not said:
        return None
    if item.kind is Kind.CHOICE:
        if said not in {one.code for one in item.options}:
            raise Refused(_("Choose one of the answers."))
        return said
    if item.kind is Kind.BOOLEAN:
        if said not in {YES, NO}:
            raise Refused(_("Choose yes or no."))
        return said == YES
    if item.kind is Kind.TEXT:
        if len(said) > LONGEST_ANSWER:
            raise Refused(_("Write at most %(n)d characters.", n=LONGEST_ANSWER))
        return said
    return _number(item, said)


def typed_of(item: Item, answer: object) -> str:
    """Return an answer as it was typed or chosen."""
    if answer is None:
        return ""
    if isinstance(answer, bool):
        return YES if answer else NO
    return f"{answer:g}" if isinstance(answer, int | float) else str(answer)


def unanswered(items: Iterable[Item], answers: Mapping[str, object]) -> list[Item]:
    """Return what has no answer yet."""
    return [item for item in items if answers.get(item.link_id) is None]


def check_complete(items: Iterable[Item], answers: Mapping[str, object]) -> None:
    """Refuse to send nothing, or without what the questionnaire must have."""
    asked = list(items)
    missing = unanswered(asked, answers)
    if len(missing) == len(asked):
        raise Refused(_("Answer at least one question, or leave the whole form out."))
    n = sum(item.required for item in missing)
    if n:
        raise Refused(
            _("Questions this form cannot do without: %(n)d. Answer them, or leave the whole form out.", n=n)
        )


def check_rhythm(every_days: int | None) -> None:
    """Refuse to ask more often than people can bear, or so seldom that it is forgotten."""
    if every_days is not None and not SHORTEST_RHYTHM <= every_days <= LONGEST_RHYTHM:
        raise Refused(
            _("Choose from %(least)d to %(most)d days.", least=SHORTEST_RHYTHM, most=LONGEST_RHYTHM)
        )


def is_due(last_asked_on: dt.date | None, every_days: int, today: dt.date) -> bool:
    """Tell whether somebody is asked again."""
    return last_asked_on is None or (today - last_asked_on).days >= every_days


def _number(item: Item, said: str) -> float:
    try:
        value = float(said.replace(",", "."))
    except ValueError:
        raise Refused(_("Write a number.")) from None
    if not is_number(value) or (item.kind is Kind.INTEGER and value != int(value)):
        raise Refused(_("Write a whole number.") if item.kind is Kind.INTEGER else _("Write a number."))
    low, high = item.lowest, item.highest
    if (low is not None and value < low) or (high is not None and value > high):
        if low is None or high is None:
            raise Refused(_("This number is out of range."))
        raise Refused(_("Write a number from %(least)s to %(most)s.", least=f"{low:g}", most=f"{high:g}"))
    return value
