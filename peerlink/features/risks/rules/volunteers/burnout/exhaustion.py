"""Judges whether a volunteer is worn out, or wearing out faster than is usual; and how many are strained."""

from peerlink.features.indicators.facts import ProgrammeFacts, VolunteerFacts
from peerlink.features.risks.rulebook import Course, Part, Subject, rule
from peerlink.features.risks.rules import answers, shares
from peerlink.features.risks.rules.standing import after_two_month_ends, in_service, ok_for_two_months
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.instruments.checkin import strain
from peerlink.instruments.strain import judge_strain
from peerlink.words import N_, _


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


@rule("R28", Subject.PROGRAMME, cleared=ok_for_two_months, closes=after_two_month_ends)
def strain_in_the_programme(programme: ProgrammeFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at the share of volunteers who carry much strain, among those whose latest check-in tells."""
    scores = _latest_strains(programme, limits)
    least = shares.fewest("R28.min_responders", limits)
    response = len(scores) / programme.n_serving if programme.n_serving else 0
    wanted = limits.number("R28.min_response")
    if len(scores) < least or response < wanted:
        return (_too_few_told(len(scores), programme.n_serving, least, wanted),)
    n = sum(score >= limits.number("checkin.level_elevated") for score in scores)
    says = N_("Volunteers with much strain: %(n)s of %(of)s who answered (%(share)s%%, likely %(range)s%%).")
    return (shares.rising("strained_share", n, len(scores), limits.lines("R28"), says),)


def _latest_strains(programme: ProgrammeFacts, limits: Limits) -> list[float]:
    """Score the latest check-in of each volunteer; one too old or with too many gaps is no response."""
    return [
        score
        for answered in programme.answered
        if answers.speaks_on(programme.on, answered[0][0], limits)
        and (score := strain(answered[0][2], limits)) is not None
    ]


def _too_few_told(n: int, of: int, least: int, wanted: float) -> Part:
    evidence = Evidence("responders", n, "volunteers", least, of)
    return Part(
        Level.UNKNOWN,
        lambda: _(
            "Answered lately: %(n)s of %(of)s volunteers; judging takes %(least)s and %(share)s%%.",
            n=n,
            of=of,
            least=least,
            share=f"{100 * wanted:g}",
        ),
        (evidence,),
    )
