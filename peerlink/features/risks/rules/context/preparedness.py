"""Judges whether volunteers feel prepared, and whether there is any chance to learn."""

from peerlink.features.indicators.facts import ProgrammeFacts, VolunteerFacts
from peerlink.features.risks.rulebook import Course, Part, Subject, rule, step
from peerlink.features.risks.rules import answers, shares
from peerlink.features.risks.rules.standing import after_two_month_ends, in_service, ok_for_two_months
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.framework.shares import percent, wilson
from peerlink.words import _

PREPARED = 12
"""The item of the check-in that asks whether somebody felt prepared."""


def feels_prepared(volunteer: VolunteerFacts, limits: Limits, _course: Course) -> bool:
    """Tell whether V12 is at least 2 twice."""
    return answers.read(volunteer, PREPARED, limits).twice(lambda answer: answer >= 2)


@rule("R70", Subject.VOLUNTEER, applies=in_service, cleared=feels_prepared)
def unprepared(volunteer: VolunteerFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at whether the volunteer feels prepared for what people bring."""
    item = answers.read(volunteer, PREPARED, limits)
    low = limits.number("checkin.single_resource_low")
    level = Level.UNKNOWN
    if item.latest is not None:
        level = step(watch=item.latest <= low, alert=item.twice(lambda answer: answer <= low))
    return (
        Part(
            level,
            lambda: (
                answers.not_said(limits)
                if level is Level.UNKNOWN
                else _("Felt prepared for what people brought: %(answer)s of 4.", answer=item.latest)
            ),
            (item.evidence(low),),
            private=True,
        ),
    )


@rule("R70", Subject.PROGRAMME, cleared=ok_for_two_months, closes=after_two_month_ends)
def unprepared_in_the_programme(programme: ProgrammeFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at the hours of training a volunteer has in a year, and at the share who feel unprepared."""
    return _hours(programme, limits), _share(programme, limits)


def _hours(programme: ProgrammeFacts, limits: Limits) -> Part:
    least, line = shares.fewest("R70.min_volunteers", limits), limits.number("R70.hours_year")
    n = programme.n_active
    if n < least:
        return Part(
            Level.UNKNOWN,
            lambda: _(
                "Active volunteers: %(n)s; judging their hours of training takes %(least)s.", n=n, least=least
            ),
            (Evidence("active_volunteers", n, "volunteers", least),),
        )
    hours = programme.minutes_learned_365 / 60 / n
    return Part(
        step(watch=hours < line),
        lambda: _("Hours of training in a year for each active volunteer: %(hours)s.", hours=f"{hours:.1f}"),
        (Evidence("training_hours_365", hours, "hours", line, n),),
    )


def _share(programme: ProgrammeFacts, limits: Limits) -> Part:
    items = [answers.read_on(programme.on, one, PREPARED, limits) for one in programme.answered]
    said = [item.latest for item in items if item.latest is not None]
    least = shares.fewest("R70.min_volunteers", limits)
    if len(said) < least:
        return Part(
            Level.UNKNOWN,
            lambda: _(
                "Said lately whether they feel prepared: %(n)s of %(of)s; judging takes %(least)s.",
                n=len(said),
                of=programme.n_serving,
                least=least,
            ),
            (Evidence("responders", len(said), "volunteers", least, programme.n_serving),),
        )
    n = sum(answer <= limits.number("checkin.single_resource_low") for answer in said)
    share, line = n / len(said), limits.number("R70.share_alert")
    low, high = wilson(n, len(said))
    return Part(
        step(alert=share >= line),
        lambda: _(
            "Felt unprepared: %(n)s of %(of)s who said (%(share)s%%, likely %(range)s%%).",
            n=n,
            of=len(said),
            share=percent(share),
            range=f"{percent(low)}-{percent(high)}",
        ),
        (Evidence("unprepared_share", share, "share", line, len(said)),),
    )
