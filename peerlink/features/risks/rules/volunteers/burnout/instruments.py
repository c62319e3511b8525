"""Judges what a validated questionnaire says that the volunteer answered and lets be seen.

Only scores the volunteer has agreed to show to whoever reads their check-ins are judged here, because a flag
is for that reader. The volunteer sees every result of their own at once, whatever is judged.
"""

from peerlink.features.indicators.facts import Score, VolunteerFacts
from peerlink.features.risks.rulebook import Course, Part, Subject, rule
from peerlink.features.risks.rules.standing import in_service
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from peerlink.words import _

SCORE = "score:"
"""What the name of a number from a questionnaire begins with."""


def is_asked(volunteer: VolunteerFacts) -> bool:
    """Tell whether somebody serves, and there is a questionnaire to be answered."""
    return in_service(volunteer) and volunteer.scores is not None


def is_below(volunteer: VolunteerFacts, limits: Limits, course: Course) -> bool:
    """Tell whether every score is below watch, a professional has it in hand, or none is shown any more."""
    if course.is_resolved or not volunteer.scores:
        return True
    return all(part.level is Level.OK for part in instruments.parts_of(volunteer, limits))


@rule("R21", Subject.VOLUNTEER, applies=is_asked, cleared=is_below)
def instruments(volunteer: VolunteerFacts, limits: Limits) -> tuple[Part, ...]:
    """Look at the latest scores of the questionnaires the programme uses, where the volunteer shows them."""
    if not volunteer.scores:
        return (Part(Level.UNKNOWN, lambda: _("No result that can be judged is shown."), private=True),)
    asking = {one.form: one for one in volunteer.scores if _asks_now(one, volunteer, limits)}
    return (
        *(_asking(one, volunteer) for one in asking.values()),
        *(_part(one, volunteer, limits) for one in volunteer.scores),
    )


def _asking(score: Score, volunteer: VolunteerFacts) -> Part:
    age = (volunteer.on - score.on).days
    return Part(
        Level.CRITICAL,
        lambda: _("%(name)s: an answer asks for somebody today.", name=score.form),
        (Evidence("age_of_score", age, "days"),),
        private=True,
    )


def _part(score: Score, volunteer: VolunteerFacts, limits: Limits) -> Part:
    level, age = _judged(score, volunteer, limits), (volunteer.on - score.on).days
    name = f"{score.form}, {score.scale}"
    return Part(
        level,
        lambda: _says(score, name, age, level),
        (
            Evidence(f"{SCORE}{name}", score.value, "points"),
            Evidence("age_of_score", age, "days", _valid_days(score, limits)),
        ),
        private=True,
    )


def _judged(score: Score, volunteer: VolunteerFacts, limits: Limits) -> Level:
    if (volunteer.on - score.on).days > _valid_days(score, limits):
        return Level.UNKNOWN
    if score.is_handled:
        return Level.OK
    return Level.UNKNOWN if score.value is None else Level(score.level)


def _asks_now(score: Score, volunteer: VolunteerFacts, limits: Limits) -> bool:
    age = (volunteer.on - score.on).days
    return score.asks_now and not score.is_handled and age <= _valid_days(score, limits)


def _valid_days(score: Score, limits: Limits) -> int:
    """Return how long a score speaks: as the programme set, or shorter where its form says so."""
    return min(limits.whole("R21.validity_days"), score.valid_days or limits.whole("R21.validity_days"))


def _says(score: Score, name: str, age: int, level: Level) -> str:
    if level is Level.UNKNOWN and score.value is not None:
        return _("%(name)s: answered %(age)s days ago.", name=name, age=age)
    if score.is_handled and level is Level.OK:
        return _("%(name)s: a professional has it in hand.", name=name)
    if score.value is None:
        return _("%(name)s: too little was answered.", name=name)
    return _("%(name)s: %(value)s (%(band)s).", name=name, value=f"{score.value:.1f}", band=score.band)
