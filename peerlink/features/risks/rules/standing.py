"""Who is judged at all, everybody else does not apply; and how the months of the programme stood."""

import datetime as dt
from collections.abc import Collection

from peerlink.features.indicators.facts import ParticipantFacts, ProgrammeFacts, VolunteerFacts
from peerlink.features.risks.rulebook import Course
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits


def in_service(volunteer: VolunteerFacts) -> bool:
    """Tell whether the volunteer is active or paused."""
    return volunteer.status in {"active", "paused"}


def supported(participant: ParticipantFacts) -> bool:
    """Tell whether the participant is active and has an active match."""
    return participant.status == "active" and participant.match_started_on is not None


def ok_for_two_months(_programme: ProgrammeFacts, _limits: Limits, course: Course) -> bool:
    """Tell whether the last two month ends were ok."""
    return len(course.months) > 1 and set(course.months[:2]) == {Level.OK}


def after_two_month_ends(
    programme: ProgrammeFacts, _limits: Limits, course: Course, calm: Collection[Level] = (Level.OK,)
) -> dt.date:
    """Return the day after which two month ends in a row were calm, if every one to come is."""
    since = course.months[0] in calm if course.months else False
    first = programme.on.replace(day=1)
    for _month in range(1 if since else 2):
        first = (first + dt.timedelta(days=31)).replace(day=1)
    return first
