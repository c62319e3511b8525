"""Judges whether volunteers leave, show signs of leaving, and whether there are enough of them."""

import datetime as dt
from fractions import Fraction

from peerlink.features.indicators.facts import ProgrammeFacts, VolunteerFacts
from peerlink.features.risks.rulebook import Course, Part, Subject, rule, step
from peerlink.features.risks.rules import answers
from peerlink.features.risks.rules.standing import after_two_month_ends, in_service, ok_for_two_months
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import POSITIVE, Level
from peerlink.framework.parameters import Limits
from peerlink.words import _


def below_for_two_months(_facts: ProgrammeFacts, _limits: Limits, course: Course) -> bool:
    """Tell whether the last two month ends were known and lay below the flag's level."""
    lower = _below(course.level)
    return len(course.months) > 1 and all(level in lower for level in course.months[:2])


def below_after_two_month_ends(programme: ProgrammeFacts, limits: Limits, course: Course) -> dt.date:
    """Return the day after which two month ends in a row lay below the flag's level, if every one does."""
    return after_two_month_ends(programme, limits, course, _below(course.level))


def _below(level: Level) -> tuple[Level, ...]:
    return (Level.OK, *POSITIVE[: POSITIVE.index(level)])


@rule("R01", Subject.PROGRAMME, cleared=below_for_two_months, closes=below_after_two_month_ends)
def volunteers_leaving(programme: ProgrammeFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at how many volunteers left within a year, against how many there were on average."""
    mean = Fraction(sum(programme.n_in_service), len(programme.n_in_service))
    counted = Evidence("volunteers_left_365", programme.n_left_365, "volunteers")
    least, history = limits.number("R01.min_mean_volunteers"), limits.whole("R01.min_history_days")
    if mean < least or programme.history_days < history:
        return (
            Part(
                Level.UNKNOWN,
                lambda: _(
                    "Left in a year: %(left)s. To judge that takes %(least)s volunteers on average and "
                    "%(days)s days of history; there are %(mean)s and %(history)s.",
                    left=programme.n_left_365,
                    least=f"{least:g}",
                    days=history,
                    mean=f"{float(mean):.1f}",
                    history=programme.history_days,
                ),
                (counted,),
            ),
        )
    return (
        _left_in_a_year(programme.n_left_365, mean, limits),
        _left_in_a_quarter(programme.n_left_90, mean, limits),
    )


def _left_in_a_year(n_left: int, mean: Fraction, limits: Limits) -> Part:
    share = float(n_left / mean)
    level = step(
        watch=share >= limits.number("R01.watch"),
        alert=share >= limits.number("R01.alert"),
        critical=share >= limits.number("R01.critical"),
    )
    evidence = Evidence("share_left_365", share, "share", limits.number("R01.watch"), round(mean))
    return Part(
        level,
        lambda: _(
            "Left in the last year: %(left)s, of %(mean)s volunteers on average (%(share)s%%).",
            left=n_left,
            mean=f"{float(mean):.1f}",
            share=f"{100 * share:.0f}",
        ),
        (evidence,),
    )


def _left_in_a_quarter(n_left: int, mean: Fraction, limits: Limits) -> Part:
    leavers, share = limits.whole("R01.d90_leavers"), limits.number("R01.d90_share")
    level = step(alert=n_left >= leavers and float(n_left / mean) >= share)
    evidence = Evidence("volunteers_left_90", n_left, "volunteers", leavers)
    return Part(level, lambda: _("Left in the last 90 days: %(left)s.", left=n_left), (evidence,))


def means_to_stay(volunteer: VolunteerFacts, limits: Limits, course: Course) -> bool:
    """Tell whether V14 is at least 3 twice, or the stay talk is recorded and confirmed."""
    return course.is_resolved or answers.read(volunteer, 14, limits).twice(lambda answer: answer >= 3)


@rule("R02", Subject.VOLUNTEER, applies=in_service, cleared=means_to_stay)
def signs_of_leaving(volunteer: VolunteerFacts, limits: Limits) -> tuple[Part, ...]:
    """Look for a falling wish to stay, silence, a long pause, cancellations and a stated day of leaving."""
    return (
        _intention(volunteer, limits),
        _silence(volunteer, limits),
        _pause(volunteer, limits),
        _cancelled(volunteer, limits),
        _leaving(volunteer),
    )


def _intention(volunteer: VolunteerFacts, limits: Limits) -> Part:
    item = answers.read(volunteer, 14, limits)
    low = limits.number("checkin.single_resource_low")
    if item.latest is None:
        return Part(Level.UNKNOWN, lambda: answers.not_said(limits), (item.evidence(low),), private=True)
    earlier = item.answers[1:4]
    usual = sum(earlier) / len(earlier) if earlier else None
    fallen = None if usual is None else usual - item.latest
    level = step(
        watch=item.latest <= low + 1,
        alert=item.latest <= low or (fallen is not None and fallen >= limits.number("R02.drop_steps")),
    )
    drop = Evidence("fall_from_own_mean", fallen, "steps", limits.number("R02.drop_steps"), len(earlier))
    return Part(
        level,
        lambda: _stays(item.latest, usual),
        (item.evidence(low), drop),
        private=True,
        instead=_("Their capacity may change."),
    )


def _stays(answer: int | None, usual: float | None) -> str:
    said = _("Sees themselves still here in six months: %(answer)s of 4.", answer=answer)
    return said if usual is None else f"{said} {_('Their usual answer: %(usual)s.', usual=f'{usual:.1f}')}"


def _silence(volunteer: VolunteerFacts, limits: Limits) -> Part:
    line = limits.whole("R02.silence_days")
    started = volunteer.oldest_active_match_on
    if started is None or (volunteer.on - started).days <= line:
        return Part(Level.NOT_APPLICABLE, "")
    signs = [day for day in (volunteer.last_held_on, volunteer.last_login_on) if day is not None]
    days = (volunteer.on - max([started, *signs])).days
    level = step(watch=days >= line)
    return Part(
        level,
        lambda: _("Days since the last contact or login: %(days)s, with people to support.", days=days),
        (Evidence("days_silent", days, "days", line),),
    )


def _pause(volunteer: VolunteerFacts, limits: Limits) -> Part:
    if volunteer.status != "paused" or volunteer.status_since is None:
        return Part(Level.NOT_APPLICABLE, "")
    line = limits.whole("R02.pause_days")
    days = (volunteer.on - volunteer.status_since).days
    return Part(
        step(alert=days > line),
        lambda: _("Paused for %(days)s days.", days=days),
        (Evidence("days_paused", days, "days", line),),
    )


def _cancelled(volunteer: VolunteerFacts, limits: Limits) -> Part:
    line, n = limits.whole("R02.cancelled_by_volunteer"), volunteer.n_cancelled_30
    evidence = Evidence("cancelled_by_volunteer_30", n, "contacts", line)
    return Part(
        step(alert=n >= line),
        lambda: _("Planned contacts the volunteer cancelled in 30 days: %(n)s.", n=n),
        (evidence,),
    )


def _leaving(volunteer: VolunteerFacts) -> Part:
    leaving_on = volunteer.leaving_on
    if leaving_on is None:
        return Part(Level.NOT_APPLICABLE, "")
    n, days = volunteer.n_open_matches, (leaving_on - volunteer.on).days
    level = step(critical=n > 0 and not volunteer.has_handover_plan)
    when = _("The day they said they leave has come.")
    if days > 0:
        when = _("Leaves in 1 day.") if days == 1 else _("Leaves in %(n)s days.", n=days)
    return Part(
        level,
        lambda: _(
            "%(when)s Open matches: %(n)s; %(plan)s",
            when=when,
            n=n,
            plan=_("each has a plan.")
            if volunteer.has_handover_plan
            else _("not each of them has a plan yet."),
        ),
        (Evidence("open_matches", n, "matches"),),
    )


CAPACITY_KNOWN = 0.9
"""The share of active volunteers whose capacity must be set (framework.md 2.2)."""


@rule("R03", Subject.PROGRAMME, cleared=ok_for_two_months, closes=after_two_month_ends)
def reserve(programme: ProgrammeFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at the free places of active volunteers, against their capacity and the people waiting."""
    n_set, n_active = programme.n_with_capacity, programme.n_active
    if n_active and n_set / n_active < CAPACITY_KNOWN:
        evidence = Evidence("share_with_capacity", n_set / n_active, "share", CAPACITY_KNOWN, n_active)
        return (
            Part(
                Level.UNKNOWN,
                lambda: _(
                    "A capacity is agreed with %(set)s of %(active)s active volunteers; judging takes 90%%.",
                    set=n_set,
                    active=n_active,
                ),
                (evidence,),
            ),
        )
    return (_free_share(programme, limits), _waiting(programme, limits))


def _free_share(programme: ProgrammeFacts, limits: Limits) -> Part:
    free, capacity = programme.n_free_slots, programme.total_capacity
    watch = limits.number("R03.free_watch")
    if not capacity:
        evidence = Evidence("free_share", None, "share", watch, 0)
        return Part(Level.UNKNOWN, lambda: _("No active volunteer has places to give."), (evidence,))
    share = free / capacity
    level = step(watch=share < watch, alert=share < limits.number("R03.free_alert"))
    evidence = Evidence("free_share", share, "share", watch, capacity)
    return Part(
        level, lambda: _("Free places: %(free)s of %(capacity)s.", free=free, capacity=capacity), (evidence,)
    )


def _waiting(programme: ProgrammeFacts, limits: Limits) -> Part:
    long = limits.whole("R03.alert_days")
    free = programme.n_free_slots
    n_long = sum(days >= long for days in programme.waiting_days)
    too_long = any(days >= limits.whole("R03.critical_days") for days in programme.waiting_days)
    evidence = Evidence("waiting_too_long", n_long, "participants", free, len(programme.waiting_days))
    return Part(
        step(alert=n_long > free, critical=free == 0 and too_long),
        lambda: _(
            "Waiting for %(days)s days or longer: %(n)s; free places: %(free)s.",
            days=long,
            n=n_long,
            free=free,
        ),
        (evidence,),
    )
