"""How thresholds are said on a page: percentages, days, hours, and what each number of a list is for."""

from peerlink.framework import catalogue
from peerlink.framework.parameter import Parameter, Value
from peerlink.words import N_, _

UNITS = {
    "answer": N_("%(n)s of 4"),
    "answers": N_("%(n)s answers"),
    "characters": N_("%(n)s characters"),
    "check-ins": N_("%(n)s check-ins"),
    "contacts": N_("%(n)s contacts"),
    "days": N_("%(n)s days"),
    "evenness": N_("%(n)s (0 one kind, 1 all alike)"),
    "factor": N_("%(n)s times"),
    "hour": N_("%(n)s:00"),
    "hours": N_("%(n)s hours"),
    "indicators": N_("%(n)s indicators"),
    "items": N_("%(n)s answers"),
    "matches": N_("%(n)s matches"),
    "minutes": N_("%(n)s minutes"),
    "months": N_("%(n)s months"),
    "pairs": N_("%(n)s pairs"),
    "people": N_("%(n)s people"),
    "points": N_("%(n)s points"),
    "ratings": N_("%(n)s ratings"),
    "ratio": N_("%(n)s %%"),
    "referrals": N_("%(n)s referrals"),
    "share": N_("%(n)s %%"),
    "topics": N_("%(n)s topics"),
    "volunteers": N_("%(n)s volunteers"),
    "week": N_("week %(n)s"),
    "weeks": N_("%(n)s weeks"),
}
"""Each unit around its number."""
LEVELS = (N_("watch %(value)s"), N_("alert %(value)s"), N_("critical %(value)s"))
NO_LEVELS = frozenset({"checkin.sem_bounds", "checkin.sem_gap_days", "lone.minutes"})
"""Lists whose numbers are not watch, alert, critical."""


def value_in_words(one: Parameter, value: Value) -> str:
    """Say a threshold with its unit; a list with what each number is for."""
    if not isinstance(value, tuple):
        return _with_unit(value, one.unit)
    said = [_with_unit(number, one.unit) for number in value]
    if one.key not in NO_LEVELS:
        said = [_(level, value=number) for level, number in zip(LEVELS, said, strict=False)]
    return ", ".join(said)


def rule_in_words(key: str) -> str:
    """Name the rule a threshold belongs to; empty where it is none's alone."""
    rule = key.partition(".")[0]
    return next((_(one.name) for one in catalogue.RULES if one.id == rule), "")


def _with_unit(number: float, unit: str) -> str:
    shown = 100 * number if unit in {"share", "ratio"} else number
    return _(UNITS[unit], n=f"{shown:g}")
