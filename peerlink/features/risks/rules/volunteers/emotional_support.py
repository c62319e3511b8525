"""Judges whether those who support others are supported themselves."""

from peerlink.features.indicators.facts import HeavyContact, VolunteerFacts
from peerlink.features.risks.rulebook import Course, Part, Subject, rule, step
from peerlink.features.risks.rules import answers
from peerlink.features.risks.rules.standing import in_service
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.words import _


def is_supported(volunteer: VolunteerFacts, limits: Limits, course: Course) -> bool:
    """Tell whether a session or debrief was held since and V11 is at least 2."""
    backed = answers.read(volunteer, 11, limits).latest
    talked_on = [session.held_on for session in volunteer.debriefs_90]
    return backed is not None and backed >= 2 and any(day >= course.opened_on for day in talked_on)


@rule("R26", Subject.VOLUNTEER, applies=in_service, cleared=is_supported)
def support_for_the_supporter(volunteer: VolunteerFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at whether somebody was there for the volunteer: felt backing, supervision, debriefs."""
    return (_backing(volunteer, limits), _supervision(volunteer, limits), _debriefs(volunteer, limits))


def _backing(volunteer: VolunteerFacts, limits: Limits) -> Part:
    item = answers.read(volunteer, 11, limits)
    low = limits.number("checkin.single_resource_low")
    if item.latest is None:
        return Part(Level.UNKNOWN, lambda: answers.not_said(limits), (item.evidence(low),), private=True)
    level = step(watch=item.latest <= low, alert=item.twice(lambda answer: answer <= low))
    return Part(
        level,
        lambda: _("Somebody was there when backing was needed: %(answer)s of 4.", answer=item.latest),
        (item.evidence(low),),
        private=True,
    )


def _supervision(volunteer: VolunteerFacts, limits: Limits) -> Part:
    last_on = volunteer.last_one_to_one_on or volunteer.joined_on
    interval = limits.whole("supervision.interval_days")
    if last_on is None:
        evidence = Evidence("days_since_one_to_one", None, "days", interval)
        return Part(
            Level.UNKNOWN, lambda: _("Neither a one-to-one nor the joining is on record."), (evidence,)
        )
    if _is_new(volunteer, limits):
        interval = limits.whole("supervision.interval_new_days")
    days = (volunteer.on - last_on).days
    level = step(watch=days > interval, alert=days > limits.whole("R26.overdue_alert_days"))
    return Part(
        level,
        lambda: (
            _("Days since the last one-to-one: %(days)s; agreed: %(interval)s.", days=days, interval=interval)
            if volunteer.last_one_to_one_on
            else _("No one-to-one since joining %(days)s days ago.", days=days)
        ),
        (Evidence("days_since_one_to_one", days, "days", interval),),
    )


def _is_new(volunteer: VolunteerFacts, limits: Limits) -> bool:
    if volunteer.joined_on is None:
        return False
    return (volunteer.on - volunteer.joined_on).days < limits.whole("supervision.new_period_days")


def _debriefs(volunteer: VolunteerFacts, limits: Limits) -> Part:
    line = limits.whole("R26.debrief_days")
    alone = [
        heavy
        for heavy in volunteer.heavy_90
        if (volunteer.on - heavy.held_on).days > line and not _was_debriefed(heavy, volunteer)
    ]
    level = step(alert=bool(alone), critical=any(heavy.is_critical for heavy in alone))
    evidence = Evidence("heavy_without_debrief", len(alone), "contacts", 1, len(volunteer.heavy_90))
    return Part(
        level,
        lambda: _(
            "Heavy contacts more than %(days)s days ago that nobody talked over with them: %(n)s.",
            days=line,
            n=len(alone),
        ),
        (evidence,),
    )


def _was_debriefed(heavy: HeavyContact, volunteer: VolunteerFacts) -> bool:
    return any(
        debrief.held_on >= heavy.held_on and debrief.about_contact in {None, heavy.contact}
        for debrief in volunteer.debriefs_90
    )
