"""Judges whether a volunteer is worn out, or wearing out faster than is usual for them."""

from peerlink.features.indicators.facts import VolunteerFacts
from peerlink.features.risks.rulebook import Course, Part, Subject, rule
from peerlink.features.risks.rules.standing import in_service
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.instruments.strain import judge_strain


def has_recovered(volunteer: VolunteerFacts, limits: Limits, course: Course) -> bool:
    """Tell whether two check-ins running were ok on their day, and an action is recorded."""
    runs = limits.whole("checkin.clear_runs")
    days = sorted(
        checkin.answered_on
        for checkin in volunteer.checkins
        if checkin.answered_on is not None and checkin.answered_on <= volunteer.on
    )[-runs:]
    return (
        course.has_action
        and len(days) == runs
        and all(
            judge_strain(volunteer.checkins, day, volunteer.last_talk_on, limits).level is Level.OK
            for day in days
        )
    )


@rule("R20", Subject.VOLUNTEER, applies=in_service, cleared=has_recovered)
def exhaustion(volunteer: VolunteerFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at strain and exhaustion, at a clear worsening, and at a wish to be contacted today."""
    found = judge_strain(volunteer.checkins, volunteer.on, volunteer.last_talk_on, limits)
    return (Part(found.level, found.because, found.evidence, private=True),)
