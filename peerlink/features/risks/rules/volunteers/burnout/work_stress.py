"""Judges whether the role asks more of a volunteer than was agreed."""

import datetime as dt

from peerlink.features.indicators.facts import VolunteerFacts
from peerlink.features.risks.rulebook import Course, Part, Subject, above, rule, step
from peerlink.features.risks.rules import answers
from peerlink.features.risks.rules.standing import in_service
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.words import _

TOO_MUCH, UNCLEAR = 5, 7
"""The items about a role that is too big and about a role whose edges are unclear."""


def role_fits_again(volunteer: VolunteerFacts, limits: Limits, _course: Course) -> bool:
    """Tell whether V5 and V7 are at most 2 twice; one that was never answered is left out."""
    items = [answers.read(volunteer, number, limits) for number in (TOO_MUCH, UNCLEAR)]
    given = [item for item in items if item.answers]
    return bool(given) and all(item.twice(lambda answer: answer <= 2) for item in given)


@rule("R24", Subject.VOLUNTEER, applies=in_service, cleared=role_fits_again)
def role_stress(volunteer: VolunteerFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at whether the role is too much (V5) or its edges unclear (V7)."""
    much, unclear = (answers.read(volunteer, number, limits) for number in (TOO_MUCH, UNCLEAR))
    top = limits.number("checkin.single_strain_alert")
    line = limits.number("checkin.single_strain_watch")
    if much.latest is None and unclear.latest is None:
        evidence = (much.evidence(line), unclear.evidence(line))
        return (Part(Level.UNKNOWN, lambda: answers.not_said(limits), evidence, private=True),)
    parts = [_role_part(item, limits) for item in (much, unclear) if item.latest is not None]
    if all(item.latest is not None and item.latest >= top for item in (much, unclear)):
        parts.append(Part(Level.CRITICAL, lambda: _("Both are at the top of the scale."), private=True))
    return tuple(parts)


def _role_part(item: answers.Item, limits: Limits) -> Part:
    evidence = item.evidence(limits.number("checkin.single_strain_watch"))
    return Part(
        answers.strain(item, limits),
        lambda: (
            _("There was more in the role than they could cope with: %(answer)s of 4.", answer=item.latest)
            if item.number == TOO_MUCH
            else _("Unsure where the role ends: %(answer)s of 4.", answer=item.latest)
        ),
        (evidence,),
        private=True,
    )


def load_was_right_for_28_days(volunteer: VolunteerFacts, limits: Limits, _course: Course) -> bool:
    """Tell whether the volunteer supported no more than agreed on every day of D28."""
    line = limits.lines("R25.load")[0]
    return volunteer.capacity is not None and volunteer.most_matches_28 <= line * volunteer.capacity


def right_for_28_days_on(volunteer: VolunteerFacts, limits: Limits, _course: Course) -> dt.date | None:
    """Return the day from which D28 holds no day with more people than agreed, if it stays as it is."""
    days = volunteer.matches_28
    if volunteer.capacity is None or not days:
        return None
    most = limits.lines("R25.load")[0] * volunteer.capacity
    ago = next((n for n, carried in enumerate(reversed(days)) if carried > most), None)
    return volunteer.on + dt.timedelta(days=len(days) - ago) if ago else None


@rule(
    "R25",
    Subject.VOLUNTEER,
    applies=in_service,
    cleared=load_was_right_for_28_days,
    closes=right_for_28_days_on,
)
def load(volunteer: VolunteerFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at the matches and hours carried against what was agreed, and at heavy and late contacts."""
    return (
        _matches(volunteer, limits),
        _hours(volunteer, limits),
        _heavy_share(volunteer, limits),
        _heavy_week(volunteer, limits),
        _late(volunteer, limits),
    )


def ratio(carried: float, agreed: float) -> float:
    """Divide what is carried by what was agreed; anything above an agreed nothing is boundless."""
    if agreed:
        return carried / agreed
    return float("inf") if carried else 0.0


def _finite(value: float) -> float | None:
    return value if value != float("inf") else None


def _matches(volunteer: VolunteerFacts, limits: Limits) -> Part:
    n, capacity = volunteer.n_active_matches, volunteer.capacity
    watch, alert, critical = limits.lines("R25.load")
    if capacity is None:
        evidence = Evidence("load_ratio", None, "ratio", watch, n)
        return Part(Level.UNKNOWN, lambda: _("No capacity is agreed."), (evidence,))
    load_ratio = ratio(n, capacity)
    level = step(
        watch=load_ratio > watch,
        alert=load_ratio > alert,
        critical=ratio(volunteer.least_matches_28, capacity) > critical,
    )
    return Part(
        level,
        lambda: _("People supported: %(n)s; agreed: %(capacity)s.", n=n, capacity=capacity),
        (Evidence("load_ratio", _finite(load_ratio), "ratio", watch, n),),
    )


def _hours(volunteer: VolunteerFacts, limits: Limits) -> Part:
    lines, agreed = limits.lines("R25.hours"), volunteer.agreed_hours
    if agreed is None:
        evidence = Evidence("hours_ratio", None, "ratio", lines[0], volunteer.n_held_28)
        return Part(Level.UNKNOWN, lambda: _("No hours a month are agreed."), (evidence,))
    hours_ratio = ratio(volunteer.minutes_28, 60 * agreed)
    evidence = Evidence("hours_ratio", _finite(hours_ratio), "ratio", lines[0], volunteer.n_held_28)
    return Part(
        above(hours_ratio, lines),
        lambda: _(
            "Hours with people in 28 days: %(hours)s; agreed a month: %(agreed)s.",
            hours=f"{volunteer.minutes_28 / 60:.1f}",
            agreed=f"{agreed:g}",
        ),
        (evidence,),
    )


def _heavy_share(volunteer: VolunteerFacts, limits: Limits) -> Part:
    n, held, line = volunteer.n_heavy_28, volunteer.n_held_28, limits.number("R25.heavy_share")
    if held == 0 or held < limits.whole("R25.heavy_min"):
        return Part(Level.NOT_APPLICABLE, "")
    evidence = Evidence("heavy_share_28", n / held, "share", line, held)
    return Part(
        step(alert=n / held >= line),
        lambda: _("Heavy contacts in 28 days: %(n)s of %(held)s.", n=n, held=held),
        (evidence,),
    )


def _heavy_week(volunteer: VolunteerFacts, limits: Limits) -> Part:
    n, line = volunteer.n_heavy_7, limits.whole("R25.heavy_7d")
    evidence = Evidence("heavy_contacts_7", n, "contacts", line)
    return Part(
        step(alert=n >= line), lambda: _("Heavy contacts in the last 7 days: %(n)s.", n=n), (evidence,)
    )


LATE_NEEDS = 4
"""Held contacts in D28 below which the out-of-hours share says nothing (framework.md section 11)."""


def _late(volunteer: VolunteerFacts, limits: Limits) -> Part:
    n, held, line = volunteer.n_late_28, volunteer.n_held_28, limits.number("R25.ooh_watch")
    if held < LATE_NEEDS:
        return Part(Level.NOT_APPLICABLE, "")
    evidence = Evidence("out_of_hours_share_28", n / held, "share", line, held)
    return Part(
        step(watch=n / held > line),
        lambda: _("Contacts early or late in the day in 28 days: %(n)s of %(held)s.", n=n, held=held),
        (evidence,),
    )
