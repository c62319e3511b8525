"""What the check-ins of one volunteer say about strain, to the letter of rule R20."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.framework.vocabularies import ContactRequest
from peerlink.instruments.checkin import UNANSWERED, Answers, Change, Direction, change, exhaustion, strain
from peerlink.words import N_, _


@dataclass(frozen=True)
class Checkin:
    """One check-in of a volunteer: answered, skipped, or still open."""

    due_on: dt.date
    answered_on: dt.date | None = None
    answers: Answers = UNANSWERED
    request: ContactRequest = ContactRequest.NO
    skipped: bool = False


@dataclass(frozen=True)
class Judgement:
    """A level, the numbers it rests on and the sentence that says why."""

    level: Level
    because: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class _Reading:
    """What the latest answered check-in says on a day."""

    age: int
    n: int
    exhaustion: float | None
    strain: float | None
    before: float | None
    change: Change | None


def judge_strain(
    checkins: Iterable[Checkin], on: dt.date, talked_on: dt.date | None = None, limits: Limits | None = None
) -> Judgement:
    """Judge the strain of a volunteer on a day (R20).

    `talked_on` is the day of the last talk recorded with the volunteer; one on or after the day of
    a request for contact answers it. Nothing dated after `on` is looked at.
    """
    inforce = limits or Limits()
    known = [checkin for checkin in checkins if _is_known(checkin, on)]
    answered = sorted(
        (checkin for checkin in known if _is_answered(checkin, on)),
        key=lambda checkin: (checkin.answered_on or on, checkin.due_on),
    )
    if not answered:
        return Judgement(Level.UNKNOWN, _("No check-in has been answered yet."))
    latest = answered[-1]
    reading = _read(answered, on, inforce)
    evidence = _evidence(reading, latest.request, inforce)
    if _waits_for_contact(latest, on, talked_on):
        return Judgement(Level.CRITICAL, _("Asked to be contacted today, and no talk is recorded."), evidence)
    if reading.age > inforce.whole("window.validity_checkin_days"):
        return Judgement(
            Level.UNKNOWN, _("The last check-in is %(age)s days old.", age=reading.age), evidence
        )
    level, why = _level(reading, inforce)
    if level is Level.OK and _missed_last_two(known, on, inforce):
        return Judgement(Level.UNKNOWN, _("The last two check-ins were missed."), evidence)
    return Judgement(level, why, evidence)


def has_missed_two(checkins: Iterable[Checkin], on: dt.date, limits: Limits | None = None) -> bool:
    """Tell whether the two most recent check-ins due were missed, so that nobody knows how it is (A17)."""
    return _missed_last_two([one for one in checkins if _is_known(one, on)], on, limits or Limits())


def _is_known(checkin: Checkin, on: dt.date) -> bool:
    return checkin.due_on <= on or _is_answered(checkin, on)


def _is_answered(checkin: Checkin, on: dt.date) -> bool:
    return checkin.answered_on is not None and checkin.answered_on <= on


def _waits_for_contact(latest: Checkin, on: dt.date, talked_on: dt.date | None) -> bool:
    if latest.request is not ContactRequest.TODAY or latest.answered_on is None:
        return False
    return talked_on is None or not latest.answered_on <= talked_on <= on


def _read(answered: list[Checkin], on: dt.date, limits: Limits) -> _Reading:
    *earlier, latest = answered
    scores = [score for checkin in earlier if (score := strain(checkin.answers, limits)) is not None]
    now = strain(latest.answers, limits)
    return _Reading(
        age=(on - (latest.answered_on or on)).days,
        n=len(latest.answers.among(Direction.STRAIN)),
        exhaustion=exhaustion(latest.answers),
        strain=now,
        before=scores[-1] if scores else None,
        change=change(now, scores, limits) if now is not None else None,
    )


def _level(reading: _Reading, limits: Limits) -> tuple[Level, str]:
    elevated, high = limits.number("checkin.level_elevated"), limits.number("checkin.level_high")
    now = reading.strain
    worn = reading.exhaustion is not None and reading.exhaustion >= elevated
    if now is None:
        if worn:
            return Level.WATCH, _("Exhaustion is elevated; too few answers for strain.")
        return Level.UNKNOWN, _("Too few answers to tell.")
    worse = reading.change is not None and reading.change.is_worse
    again = now >= elevated and reading.before is not None and reading.before >= elevated
    for level, holds, why in (
        (Level.CRITICAL, now >= high and worse, N_("Strain is high and clearly above the own usual.")),
        (Level.CRITICAL, now >= high and again, N_("Strain is high and was elevated the time before.")),
        (Level.ALERT, now >= high, N_("Strain is high.")),
        (Level.ALERT, again, N_("Strain is elevated for the second time in a row.")),
        (Level.ALERT, now >= elevated and worse, N_("Strain is elevated and clearly above the own usual.")),
        (Level.WATCH, now >= elevated, N_("Strain is elevated.")),
        (Level.WATCH, worse, N_("Strain is clearly above the own usual.")),
        (Level.WATCH, worn, N_("Exhaustion is elevated.")),
    ):
        if holds:
            return level, _(why)
    return Level.OK, _("Strain is not elevated.")


def _missed_last_two(known: list[Checkin], on: dt.date, limits: Limits) -> bool:
    """Whether the two most recent check-ins whose outcome is certain were both missed."""
    expires = dt.timedelta(days=limits.whole("checkin.expire_days"))
    missed = [
        not _is_answered(checkin, on)
        for checkin in sorted(known, key=lambda checkin: checkin.due_on)
        if _is_answered(checkin, on) or checkin.skipped or on - checkin.due_on > expires
    ]
    return len(missed) >= 2 and all(missed[-2:])


def _evidence(reading: _Reading, request: ContactRequest, limits: Limits) -> tuple[Evidence, ...]:
    elevated = limits.number("checkin.level_elevated")
    found = [
        Evidence("strain", reading.strain, "points", elevated, reading.n),
        Evidence("exhaustion", reading.exhaustion, "points", elevated),
    ]
    if reading.before is not None:
        found.append(Evidence("strain_before", reading.before, "points", elevated))
    if reading.change is not None:
        moved = reading.change
        found.append(Evidence("change_from_own_mean", moved.difference, "points", moved.bound, moved.k))
    found.append(Evidence("age", reading.age, "days", limits.number("window.validity_checkin_days")))
    if request is not ContactRequest.NO:
        found.append(Evidence("contact_request", request.value))
    return tuple(found)
