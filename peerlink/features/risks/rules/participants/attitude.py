"""Judges whether a participant is dropping away."""

from peerlink.features.indicators.facts import ParticipantFacts
from peerlink.features.risks.rulebook import Course, Part, Subject, rule, step
from peerlink.features.risks.rules.standing import supported
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.words import _

UNSUPPRESSED = 1000
"""Copies per ml above which a viral load is unsuppressed (framework.md I-OUT-VL)."""
STATUS_ENTERED = 0.8
"""The share of past contacts whose outcome must be entered (framework.md 2.2)."""


def is_back_or_gone(participant: ParticipantFacts, _limits: Limits, course: Course) -> bool:
    """Tell whether a contact was held since, or the person paused or ended."""
    held_on = participant.last_held_on
    return (held_on is not None and held_on >= course.opened_on) or not supported(participant)


@rule("R51", Subject.PARTICIPANT, applies=supported, cleared=is_back_or_gone)
def dropping_away(participant: ParticipantFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at missed contacts in a row and at the time since the last one, against the plan."""
    return (_missed(participant, limits), _gap(participant, limits), _entered(participant))


def _missed(participant: ParticipantFacts, limits: Limits) -> Part:
    n, line = participant.n_missed_since_held, limits.whole("R51.missed_alert")
    evidence = Evidence("missed_in_a_row", n, "contacts", line)
    return Part(
        step(watch=n >= 1, alert=n >= line),
        lambda: _("Contacts missed since the last one that was held: %(n)s.", n=n),
        (evidence,),
    )


def _gap(participant: ParticipantFacts, limits: Limits) -> Part:
    watch, alert = limits.number("R51.gap_factor_watch"), limits.number("R51.gap_factor_alert")
    days = _days_without_contact(participant)
    interval = participant.planned_interval_days
    if not interval:
        silence = Evidence("days_without_contact", days, "days")
        return Part(Level.UNKNOWN, lambda: _("It is not planned how often the two are in touch."), (silence,))
    at_risk = _is_at_risk(participant)
    late = days > alert * interval
    level = step(watch=days > watch * interval, alert=late, critical=late and at_risk)
    evidence = (
        Evidence("days_without_contact", days, "days", watch * interval),
        Evidence("known_risk", "yes" if at_risk else "no"),
    )
    return Part(level, lambda: _of_gap(days, interval, level), evidence)


def _of_gap(days: int, interval: int, level: Level) -> str:
    because = _("Days without contact: %(days)s; planned: every %(interval)s.", days=days, interval=interval)
    if level is Level.CRITICAL:
        because = " ".join((because, _("Something on record asks to look soon.")))
    return because


def _days_without_contact(participant: ParticipantFacts) -> int:
    known = [day for day in (participant.last_held_on, participant.match_started_on) if day is not None]
    return (participant.on - max(known)).days


def _is_at_risk(participant: ParticipantFacts) -> bool:
    load = participant.latest_viral_load
    return (
        participant.n_crises_30 > 0
        or (load is not None and load > UNSUPPRESSED)
        or participant.n_safeguarding_open > 0
    )


def _entered(participant: ParticipantFacts) -> Part:
    n, due = participant.n_entered_8_to_89, participant.n_due_8_to_89
    share = n / due if due else None
    level = Level.OK if share is None or share >= STATUS_ENTERED else Level.UNKNOWN
    evidence = Evidence("outcome_entered_share", share, "share", STATUS_ENTERED, due)
    return Part(
        level,
        lambda: _("Of %(due)s past contacts, %(n)s have an outcome entered.", due=due, n=n),
        (evidence,),
    )
