"""Judges whether a volunteer's work has become one long repeat."""

import math

from peerlink.features.indicators.facts import VolunteerFacts
from peerlink.features.risks.rulebook import Course, Part, Subject, rule, step
from peerlink.features.risks.rules import answers
from peerlink.features.risks.rules.standing import in_service
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.words import _


def is_varied(volunteer: VolunteerFacts, limits: Limits, _course: Course) -> bool:
    """Tell whether V4 is at most 2 twice."""
    return answers.read(volunteer, 4, limits).twice(lambda answer: answer <= 2)


def evenness_of(areas: tuple[float, ...]) -> float | None:
    """Measure how evenly contacts spread over the areas: Shannon entropy over its maximum, 0 to 1."""
    total = sum(areas)
    if not total:
        return None
    shares = [area / total for area in areas if area]
    return abs(sum(share * math.log(share) for share in shares)) / math.log(len(areas))


@rule("R23", Subject.VOLUNTEER, applies=in_service, cleared=is_varied)
def repetitive_work(volunteer: VolunteerFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at whether contacts feel like a repeat, and how evenly they spread over the five support areas."""
    item = answers.read(volunteer, 4, limits)
    repeat = Part(
        answers.strain(item, limits),
        lambda: (
            answers.not_said(limits)
            if item.latest is None
            else _("Contacts felt like one long repeat: %(answer)s of 4.", answer=item.latest)
        ),
        (item.evidence(limits.number("checkin.single_strain_watch")),),
        private=True,
    )
    mix = _mix(volunteer, limits)
    both = _mix_that_is_felt(mix, item, limits)
    return (repeat, mix, both)


def _mix(volunteer: VolunteerFacts, limits: Limits) -> Part:
    evenness = evenness_of(volunteer.areas_90)
    n, watch = volunteer.n_held_90, limits.number("R23.even_watch")
    if evenness is None or n < limits.whole("R23.min_contacts"):
        return Part(Level.NOT_APPLICABLE, "", (Evidence("evenness_90", None, "evenness", watch, n),))
    evidence = Evidence("evenness_90", evenness, "evenness", watch, n)
    return Part(
        step(watch=evenness < watch),
        lambda: _(
            "Mix of support in 90 days: %(evenness)s, where 0 is one kind only and 1 all five alike.",
            evenness=f"{evenness:.2f}",
        ),
        (evidence,),
    )


def _mix_that_is_felt(mix: Part, item: answers.Item, limits: Limits) -> Part:
    evenness = mix.evidence[0].value
    felt = item.latest is not None and item.latest >= 2
    if not isinstance(evenness, float) or not felt:
        return Part(Level.NOT_APPLICABLE, "", private=True)
    return Part(
        step(alert=evenness < limits.number("R23.even_alert")),
        lambda: _("The mix is narrow and it is felt."),
        private=True,
    )
