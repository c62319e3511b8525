"""Judges whether volunteers feel part of the team, and meet it."""

from peerlink.features.indicators.facts import VolunteerFacts
from peerlink.features.risks.rulebook import Course, Part, Subject, rule, step
from peerlink.features.risks.rules import answers
from peerlink.features.risks.rules.standing import in_service
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.words import _


def belongs_again(volunteer: VolunteerFacts, limits: Limits, course: Course) -> bool:
    """Tell whether V10 is at least 2 twice and the team was met since."""
    met_on = volunteer.last_team_contact_on
    met = met_on is not None and met_on >= course.opened_on
    return met and answers.read(volunteer, 10, limits).twice(lambda answer: answer >= 2)


@rule("R12", Subject.VOLUNTEER, applies=in_service, cleared=belongs_again)
def belonging(volunteer: VolunteerFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at whether the volunteer feels part of the team, and how long ago they met it."""
    item = answers.read(volunteer, 10, limits)
    level = answers.resource(item, limits)
    evidence = item.evidence(limits.number("checkin.single_resource_low"))
    return (
        Part(
            level,
            lambda: (
                answers.not_said(limits)
                if level is Level.UNKNOWN
                else _("Feels part of the team: %(answer)s of 4.", answer=item.latest)
            ),
            (evidence,),
            private=True,
        ),
        _team_contact(volunteer, limits),
    )


def _team_contact(volunteer: VolunteerFacts, limits: Limits) -> Part:
    watch = limits.whole("R12.no_team_contact_watch")
    met_on = volunteer.last_team_contact_on or volunteer.joined_on
    if met_on is None:
        evidence = Evidence("days_since_team_contact", None, "days", watch)
        return Part(
            Level.UNKNOWN, lambda: _("Neither a team meeting nor the joining is on record."), (evidence,)
        )
    days = (volunteer.on - met_on).days
    level = step(watch=days >= watch, alert=days >= limits.whole("R12.no_team_contact_alert"))
    return Part(
        level,
        lambda: (
            _("Days since the last meeting with the team: %(days)s.", days=days)
            if volunteer.last_team_contact_on
            else _("No meeting with the team since joining %(days)s days ago.", days=days)
        ),
        (Evidence("days_since_team_contact", days, "days", watch),),
    )
