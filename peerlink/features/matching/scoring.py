"""Says how well two people who may be matched would fit, in parts that add up (M1 to M12)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from peerlink.features.matching.certificate import ONE
from peerlink.features.matching.profiles import ParticipantProfile, VolunteerProfile, minutes_shared
from peerlink.features.matching.wants import meets
from peerlink.framework.vocabularies import TALKING_LEVELS, Channel, LanguageLevel, LifeStage

HALF = ONE // 2
"""What counts where something is not known."""
SECOND_LANGUAGE = ONE * 6 // 10
CHOICES = 3
"""How many wishes count towards what matters most (M2)."""
ENOUGH_MINUTES = 4 * 60
SAME_AGE, FAR_IN_AGE = 5, 25
YOUTH = 25
"""Younger than this, a near peer is up to NEAR_PEER years older (M6)."""
NEAR_PEER = 6
FURTHER_ON = 2
"""Years of lead that make a role model for somebody newly diagnosed (M10)."""
_NEW_FOR = 1


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion of a fit: its own score, its weight, and what it adds to the whole (all of ONE)."""

    code: str
    weight: int
    """Weight times importance, in hundredths."""
    score: int
    known: bool
    adds: int


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a pair fits (of ONE); the parts add up to it exactly."""

    score: int
    parts: tuple[Part, ...]


Criterion = Callable[[VolunteerProfile, ParticipantProfile, dt.date], int | None]
"""Scores one criterion from 0 to ONE; None where it is not known or was not asked for."""


def needs_fit(volunteer: VolunteerProfile, participant: ParticipantProfile, day: dt.date) -> int | None:
    """M1: share of the needs the volunteer's skills cover."""
    if not participant.needs or not volunteer.skills:
        return None
    covered = sum(_covers(volunteer.skills, need) for need in participant.needs)
    return _share(covered, len(participant.needs))


def _covers(skills: frozenset[str], need: str) -> bool:
    """A skill covers its own need and all below it; a need for an area is covered by any skill in it."""
    return any(
        skill == need or need.startswith(f"{skill}.") or skill.startswith(f"{need}.") for skill in skills
    )


def wishes_met(volunteer: VolunteerProfile, participant: ParticipantProfile, day: dt.date) -> int | None:
    """M2: share of the first three wishes met; one that cannot be judged counts half."""
    wants = participant.wants[:CHOICES]
    if not wants:
        return None
    answers = [meets(want, volunteer, participant) for want in wants]
    if all(answer is None for answer in answers):
        return None
    return _share(2 * answers.count(True) + answers.count(None), 2 * len(wants))


def life_stages_shared(
    volunteer: VolunteerProfile, participant: ParticipantProfile, day: dt.date
) -> int | None:
    """M3: share of the participant's life stages the volunteer knows too."""
    if not participant.life_stages or not volunteer.life_stages:
        return None
    return _share(len(participant.life_stages & volunteer.life_stages), len(participant.life_stages))


def times_and_channel(
    volunteer: VolunteerProfile, participant: ParticipantProfile, day: dt.date
) -> int | None:
    """M4: mean of the hours shared, full from four a week, and of the preferred channel being shared."""
    if not (volunteer.week and participant.week and volunteer.channels and participant.channels):
        return None
    minutes = min(minutes_shared(volunteer.week, participant.week), ENOUGH_MINUTES)
    channel = participant.channels[0] in volunteer.channels
    return _share(minutes + ENOUGH_MINUTES * channel, 2 * ENOUGH_MINUTES)


def gender_as_wished(
    volunteer: VolunteerProfile, participant: ParticipantProfile, day: dt.date
) -> int | None:
    """M5: 1 as wished or without a wish, else 0."""
    wish = next((want for want in participant.wants if want.trait == "gender"), None)
    if wish is None:
        return ONE
    met = meets(wish, volunteer, participant)
    return None if met is None else ONE * met


def age_apart(volunteer: VolunteerProfile, participant: ParticipantProfile, day: dt.date) -> int | None:
    """M6: 1 within 5 years, falling to 0 at 25; for youth also up to 6 years older."""
    if volunteer.birth_year is None or participant.birth_year is None:
        return None
    older = participant.birth_year - volunteer.birth_year
    if day.year - participant.birth_year < YOUTH and 0 <= older <= NEAR_PEER:
        return ONE
    years = min(max(abs(older), SAME_AGE), FAR_IN_AGE)
    return _share(FAR_IN_AGE - years, FAR_IN_AGE - SAME_AGE)


def community_shared(
    volunteer: VolunteerProfile, participant: ParticipantProfile, day: dt.date
) -> int | None:
    """M7: 1 with a community in common, else 0."""
    if not volunteer.communities or not participant.communities:
        return None
    return ONE * (not volunteer.communities.isdisjoint(participant.communities))


def language_ease(volunteer: VolunteerProfile, participant: ParticipantProfile, day: dt.date) -> int | None:
    """M8: 1 with the same first language, 0.6 with another language both speak well, else 0."""
    if not volunteer.languages or not participant.languages:
        return None
    shared = [{level, volunteer.languages.get(language)} for language, level in participant.languages.items()]
    if {LanguageLevel.FIRST} in shared:
        return ONE
    return SECOND_LANGUAGE if any(levels <= TALKING_LEVELS for levels in shared) else 0


def place_near(volunteer: VolunteerProfile, participant: ParticipantProfile, day: dt.date) -> int | None:
    """M9: in person only: 1 in the same area, 0 where one asked for distance and area or site is the same."""
    in_person = Channel.IN_PERSON in volunteer.channels and Channel.IN_PERSON in participant.channels
    if not in_person or volunteer.area is None or participant.area is None:
        return None
    same_area = volunteer.area == participant.area
    same_site = volunteer.site is not None and volunteer.site == participant.site
    if volunteer.wants_distance or participant.wants_distance:
        return 0 if same_area or same_site else None
    return ONE if same_area else None


def years_living_with_it(
    volunteer: VolunteerProfile, participant: ParticipantProfile, day: dt.date
) -> int | None:
    """M10: for the newly diagnosed 1 if the volunteer is 2 years ahead, else 0.5; for others 0.5 to 1."""
    since = participant.diagnosed_year
    new = LifeStage.NEWLY_DIAGNOSED in participant.life_stages
    if volunteer.diagnosed_year is None or (since is None and not new):
        return None
    lead = (day.year if since is None else since) - volunteer.diagnosed_year
    if new or (since is not None and day.year - since <= _NEW_FOR):
        return ONE if lead >= FURTHER_ON else HALF
    return HALF + _share(min(max(lead, 0), FURTHER_ON), 2 * FURTHER_ON)


def acquired_alike(volunteer: VolunteerProfile, participant: ParticipantProfile, day: dt.date) -> int | None:
    """M11: 1 if shared, else 0; only when the participant asks and both allowed it."""
    if not participant.asks_acquired or volunteer.acquired is None or participant.acquired is None:
        return None
    return ONE * (volunteer.acquired == participant.acquired)


def load_free(volunteer: VolunteerProfile, participant: ParticipantProfile, day: dt.date) -> int | None:
    """M12: share of the agreed capacity that no active match fills."""
    if not volunteer.capacity:
        return None
    return _share(max(volunteer.capacity - volunteer.active, 0), volunteer.capacity)


def _share(part: int, whole: int) -> int:
    """Return a share of ONE, rounded to the nearest."""
    return (2 * ONE * part + whole) // (2 * whole)


CRITERIA: dict[str, tuple[int, Criterion]] = {
    "M1": (20, needs_fit),
    "M2": (18, wishes_met),
    "M3": (12, life_stages_shared),
    "M4": (10, times_and_channel),
    "M5": (7, gender_as_wished),
    "M6": (7, age_apart),
    "M7": (6, community_shared),
    "M8": (5, language_ease),
    "M9": (5, place_near),
    "M10": (4, years_living_with_it),
    "M11": (3, acquired_alike),
    "M12": (3, load_free),
}
"""Weight and score of each criterion."""
TOTAL_WEIGHT = sum(weight for weight, _score in CRITERIA.values())


def score(volunteer: VolunteerProfile, participant: ParticipantProfile, day: dt.date) -> int:
    """Score a pair (of ONE): the mean of the criteria by weight and importance."""
    return _mean(_judge(volunteer, participant, day))


def fit(volunteer: VolunteerProfile, participant: ParticipantProfile, day: dt.date) -> Fit:
    """Score a pair and say what each criterion adds.

    What each adds is rounded so that the parts add up to the score: the largest remainders get the millionths
    that are left, the first criterion first.
    """
    judged = _judge(volunteer, participant, day)
    total = _mean(judged)
    whole = sum(weight for weight, _found in judged)
    if not whole:
        return Fit(total, ())
    worths = [weight * (HALF if found is None else found) for weight, found in judged]
    adds = [worth // whole for worth in worths]
    for n in sorted(range(len(worths)), key=lambda n: -(worths[n] % whole))[: total - sum(adds)]:
        adds[n] += 1
    parts = (
        Part(code, weight, HALF if found is None else found, found is not None, added)
        for code, (weight, found), added in zip(CRITERIA, judged, adds, strict=True)
    )
    return Fit(total, tuple(parts))


def _judge(
    volunteer: VolunteerProfile, participant: ParticipantProfile, day: dt.date
) -> list[tuple[int, int | None]]:
    """Return weight times importance and score of each criterion, in order."""
    matters = participant.importance
    return [
        (weight * matters.get(code, 100), judge(volunteer, participant, day))
        for code, (weight, judge) in CRITERIA.items()
    ]


def _mean(judged: list[tuple[int, int | None]]) -> int:
    """Return the weighted mean, rounded here and nowhere else."""
    total = whole = 0
    for weight, found in judged:
        whole += weight
        total += weight * (HALF if found is None else found)
    return (2 * total + whole) // (2 * whole) if whole else HALF
