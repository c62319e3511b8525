"""Judges whether volunteers feel that they help, and that they grow."""

from peerlink.features.indicators.facts import VolunteerFacts
from peerlink.features.risks.rulebook import Course, Part, Subject, rule, step
from peerlink.features.risks.rules import answers
from peerlink.features.risks.rules.standing import in_service
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.words import _


def feels_helpful(volunteer: VolunteerFacts, limits: Limits, _course: Course) -> bool:
    """Tell whether V8 is at least 2 twice."""
    return answers.read(volunteer, 8, limits).twice(lambda answer: answer >= 2)


@rule("R10", Subject.VOLUNTEER, applies=in_service, cleared=feels_helpful)
def helping_others(volunteer: VolunteerFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at whether the volunteer feels that somebody had it easier thanks to them."""
    item = answers.read(volunteer, 8, limits)
    level = answers.resource(item, limits)
    evidence = item.evidence(limits.number("checkin.single_resource_low"))
    return (
        Part(
            level,
            lambda: (
                answers.not_said(limits)
                if level is Level.UNKNOWN
                else _("Felt that their help made something easier: %(answer)s of 4.", answer=item.latest)
            ),
            (evidence,),
            private=True,
        ),
    )


def grows(volunteer: VolunteerFacts, limits: Limits, course: Course) -> bool:
    """Tell whether V9 is at least 2 twice, or a module was completed since."""
    learned = volunteer.last_module_on is not None and volunteer.last_module_on >= course.opened_on
    return learned or answers.read(volunteer, 9, limits).twice(lambda answer: answer >= 2)


@rule("R11", Subject.VOLUNTEER, applies=in_service, cleared=grows)
def personal_growth(volunteer: VolunteerFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at whether the role teaches the volunteer something, and whether there was any chance to learn."""
    item = answers.read(volunteer, 9, limits)
    level = answers.resource(item, limits)
    evidence = item.evidence(limits.number("checkin.single_resource_low"))
    return (
        Part(
            level,
            lambda: (
                answers.not_said(limits)
                if level is Level.UNKNOWN
                else _("Felt that the role taught them something: %(answer)s of 4.", answer=item.latest)
            ),
            (evidence,),
            private=True,
        ),
        _chance_to_learn(volunteer, limits),
    )


def _chance_to_learn(volunteer: VolunteerFacts, limits: Limits) -> Part:
    window = limits.whole("R11.no_development_days")
    learned_on = volunteer.last_development_on
    days = None if learned_on is None else (volunteer.on - learned_on).days
    level = step(watch=days is None or days >= window)
    return Part(
        level,
        lambda: (
            _("No training is on record.")
            if days is None
            else _("Days since the last training: %(days)s.", days=days)
        ),
        (Evidence("days_since_training", days, "days", window),),
    )
