"""Judges whether the work may reveal something about a volunteer that they keep to themself."""

from peerlink.features.indicators.facts import VolunteerFacts
from peerlink.features.risks.rulebook import Course, Part, Subject, rule, step
from peerlink.features.risks.rules import answers
from peerlink.features.risks.rules.standing import in_service
from peerlink.framework.evidence import Evidence
from peerlink.framework.parameters import Limits
from peerlink.words import _


def is_protected(volunteer: VolunteerFacts, limits: Limits, course: Course) -> bool:
    """Tell whether V6 is at most 2 twice and a privacy plan was agreed on since the flag opened."""
    agreed_on = volunteer.privacy_plan_on
    agreed = agreed_on is not None and agreed_on >= course.opened_on
    return agreed and answers.read(volunteer, 6, limits).twice(lambda answer: answer <= 2)


@rule("R27", Subject.VOLUNTEER, applies=in_service, cleared=is_protected)
def exposure(volunteer: VolunteerFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at the volunteer's fear of being exposed, at places rated not safe, and at exposure itself."""
    return (_worry(volunteer, limits), _places(volunteer, limits), _exposed(volunteer))


def _worry(volunteer: VolunteerFacts, limits: Limits) -> Part:
    item = answers.read(volunteer, 6, limits)
    return Part(
        answers.strain(item, limits),
        lambda: (
            answers.not_said(limits)
            if item.latest is None
            else _("Worry that the work reveals something about them: %(answer)s of 4.", answer=item.latest)
        ),
        (item.evidence(limits.number("checkin.single_strain_watch")),),
        private=True,
    )


def _places(volunteer: VolunteerFacts, limits: Limits) -> Part:
    n, line = volunteer.n_not_safe_60, limits.whole("R27.not_safe_alert")
    return Part(
        step(alert=n >= line),
        lambda: _("Contacts in 60 days at a place they rated not safe: %(n)s.", n=n),
        (Evidence("not_safe_60", n, "contacts", line),),
    )


def _exposed(volunteer: VolunteerFacts) -> Part:
    exposed = volunteer.is_exposed
    return Part(
        step(critical=exposed),
        _("They were recognised through this role, and it is not settled.")
        if exposed
        else _("They were not recognised through this role, as far as is reported."),
        (Evidence("exposed", int(exposed), "incidents", 1),),
    )
