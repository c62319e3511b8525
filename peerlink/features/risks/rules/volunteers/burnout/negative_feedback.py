"""Judges whether reactions and hard contacts weigh on a volunteer."""

from peerlink.features.indicators.facts import VolunteerFacts
from peerlink.features.risks.rulebook import Course, Part, Subject, rule, step
from peerlink.features.risks.rules import answers
from peerlink.features.risks.rules.standing import in_service
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.words import _


def is_lighter(volunteer: VolunteerFacts, limits: Limits, _course: Course) -> bool:
    """Tell whether V3 is at most 2 twice and no contact of the last 30 days was tagged."""
    return volunteer.n_tagged_30 == 0 and answers.read(volunteer, 3, limits).twice(lambda a: a <= 2)


@rule("R22", Subject.VOLUNTEER, applies=in_service, cleared=is_lighter)
def negative_feedback(volunteer: VolunteerFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at how much reactions got to the volunteer, and at hostile, refused or missed contacts."""
    return (
        _reactions(volunteer, limits),
        _tagged(volunteer, limits),
        _not_a_fit(volunteer, limits),
        _violence(volunteer),
    )


def _reactions(volunteer: VolunteerFacts, limits: Limits) -> Part:
    item = answers.read(volunteer, 3, limits)
    level = answers.strain(item, limits)
    if level is Level.UNKNOWN and volunteer.n_planned_60 >= limits.whole("R22.min_planned"):
        level = Level.NOT_APPLICABLE
    return Part(
        level,
        lambda: (
            answers.not_said(limits)
            if item.latest is None
            else _("Reactions of the people supported got to them: %(answer)s of 4.", answer=item.latest)
        ),
        (item.evidence(limits.number("checkin.single_strain_watch")),),
        private=True,
    )


def _tagged(volunteer: VolunteerFacts, limits: Limits) -> Part:
    n, planned = volunteer.n_tagged_60, volunteer.n_planned_60
    count, share = limits.whole("R22.tag_count_watch"), limits.number("R22.tag_share_alert")
    enough = planned > 0 and planned >= limits.whole("R22.min_planned")
    level = step(watch=n >= count, alert=enough and n / planned >= share)
    evidence = (
        Evidence("hard_contacts_60", n, "contacts", count, planned),
        Evidence("hard_share_60", n / planned if enough else None, "share", share, planned),
    )
    return Part(
        level,
        lambda: _(
            "Hard contacts in 60 days (hostile, refused, nobody came): %(n)s, of %(planned)s planned.",
            n=n,
            planned=planned,
        ),
        evidence,
    )


def _not_a_fit(volunteer: VolunteerFacts, limits: Limits) -> Part:
    n, line = volunteer.n_not_a_fit_180, limits.whole("R22.not_a_fit_alert")
    evidence = Evidence("not_a_fit_180", n, "matches", line)
    return Part(
        step(alert=n >= line),
        lambda: _("Matches that ended in 180 days because the two did not fit: %(n)s.", n=n),
        (evidence,),
    )


def _violence(volunteer: VolunteerFacts) -> Part:
    n = volunteer.n_violent_60
    evidence = Evidence("violent_contacts_60", n, "contacts", 1)
    return Part(
        step(critical=n >= 1),
        lambda: _("Contacts with violence or a threat in 60 days: %(n)s.", n=n),
        (evidence,),
    )
