"""Judges whether volunteers carry topics that nobody prepared them for."""

from peerlink.features.indicators.facts import Untrained, VolunteerFacts
from peerlink.features.risks.rulebook import Course, Part, Subject, rule, step
from peerlink.features.risks.rules.context.training import learned_since
from peerlink.features.risks.rules.standing import in_service
from peerlink.framework.contact_words import Topic
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import Level, worst
from peerlink.framework.parameters import Limits
from peerlink.words import _

TOPIC = "topic_"
"""What the name of the number of contacts about one topic begins with."""
MOTIVATIONAL = "motivational_untrained_90"


def learned_or_handed_over(volunteer: VolunteerFacts, limits: Limits, course: Course) -> bool:
    """Tell whether a module was completed since, or less is carried without one than the flag says."""
    found = worst(part.level for part in carried_untrained.parts_of(volunteer, limits))
    return learned_since(volunteer, limits, course) or (found.is_known and found is not course.level)


@rule("R69", Subject.VOLUNTEER, applies=in_service, cleared=learned_or_handed_over)
def carried_untrained(volunteer: VolunteerFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at topics, and motivational talks, that came up again and again without a module for them."""
    least, known = limits.whole("R69.min_contacts"), volunteer.untrained_90
    if known is None or volunteer.n_held_90 < least:
        return (_too_few(volunteer.n_held_90, least),)
    return _topics(known, volunteer.n_held_90, limits), _motivational(known, volunteer.n_held_90, limits)


def gaps(known: Untrained, limits: Limits) -> list[tuple[str, int]]:
    """Name the topics that came up often enough to count as carried, the most frequent first."""
    often = [(topic, n) for topic, n in known.topics if n >= limits.whole("R69.topic_count")]
    return sorted(often, key=lambda one: -one[1])


def _topics(known: Untrained, n_held: int, limits: Limits) -> Part:
    found = gaps(known, limits)
    often, alert = limits.whole("R69.topic_count"), limits.whole("R69.topics_alert")
    says = ", ".join(f"{_(Topic(topic).label)} ({n})" for topic, n in found)
    return Part(
        step(watch=bool(found), alert=len(found) >= alert),
        lambda: (
            _("Topics without training for them, with the number of contacts: %(topics)s.", topics=says)
            if found
            else _("No topic comes up often without training for it.")
        ),
        (
            Evidence("topics_untrained_90", len(found), "topics", 1, n_held),
            *(Evidence(f"{TOPIC}{topic}", n, "contacts", often, n_held) for topic, n in found),
        ),
    )


def _motivational(known: Untrained, n_held: int, limits: Limits) -> Part:
    line = limits.whole("R69.motivational")
    return Part(
        step(alert=known.n_motivational >= line),
        lambda: _("Motivational conversations without training for them: %(n)s.", n=known.n_motivational),
        (Evidence(MOTIVATIONAL, known.n_motivational, "contacts", line, n_held),),
    )


def _too_few(n: int, least: int) -> Part:
    return Part(
        Level.UNKNOWN,
        lambda: _("Contacts held in 90 days: %(n)s; judging takes %(least)s.", n=n, least=least),
        (Evidence("held_90", n, "contacts", least),),
    )
