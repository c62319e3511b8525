"""Brings together everybody a question about matching concerns: records to show, profiles to judge."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from peerlink.features.matching.gather import participant_profiles, places_known, volunteer_profiles
from peerlink.features.matching.profiles import ParticipantProfile, VolunteerProfile
from peerlink.features.matching.proposals import Round, propose
from peerlink.features.matching.rules import ConstraintResult, can_be, check_pair, is_ready
from peerlink.features.matching.scoring import Fit, fit
from peerlink.features.matching.sources import VolunteersOn
from peerlink.features.participants.models import Participant
from peerlink.features.volunteers.models import Volunteer
from peerlink.store import gate
from peerlink.store.sealing import intact


@dataclass(frozen=True)
class Pool:
    """People on both sides, on a day."""

    day: dt.date
    participants: Mapping[uuid.UUID, Participant]
    volunteers: Mapping[uuid.UUID, Volunteer]
    seeking: Mapping[uuid.UUID, ParticipantProfile]
    offering: Mapping[uuid.UUID, VolunteerProfile]

    def n_with_room(self) -> int:
        """Count the volunteers who could take somebody more."""
        return sum(is_ready(volunteer, self.day) for volunteer in self.offering.values())


@dataclass(frozen=True)
class Candidate:
    """A volunteer looked at for one participant."""

    volunteer: Volunteer
    profile: VolunteerProfile
    results: tuple[ConstraintResult, ...]
    fit: Fit

    @property
    def fits(self) -> bool:
        return can_be(self.results)

    @property
    def against(self) -> tuple[ConstraintResult, ...]:
        return tuple(result for result in self.results if not result.holds)

    @property
    def may_be_set_aside(self) -> bool:
        """Say whether all that stands against the pair may be set aside with a reason."""
        return bool(self.against) and all(result.overridable for result in self.against)


def pooled(
    participants: Sequence[Participant],
    volunteers: Sequence[Volunteer],
    day: dt.date,
    given: Mapping[uuid.UUID, int] | None = None,
    spared: VolunteersOn | None = None,
) -> Pool:
    """Describe these people; `given` counts the places of each volunteer that a plan has promised already.

    `spared` names who gets no new match for their own sake, instead of those who say so on every page (H17).

    Traits are read for the house; whoever is shown something opens it in their own name.
    """
    promised = Counter(given or {})
    with gate.opened("people are described for matching; only what a page shows is opened by its viewer"):
        # In the order of their numbers: among equal plans the same one is found wherever the same people are.
        whole = sorted(intact(participants)[0], key=lambda one: one.ref)
        offered = sorted(intact(volunteers)[0], key=lambda one: one.ref)
        where = places_known()
        held_back = None if spared is None else spared(day)
        seeking = participant_profiles(whole, day, where)
        offering = [
            replace(
                one,
                taken=one.taken + promised[one.id],
                held_back=one.held_back if held_back is None else one.id in held_back,
            )
            for one in volunteer_profiles(offered, day, where)
        ]
    return Pool(
        day,
        {one.id: one for one in whole},
        {one.id: one for one in offered},
        {one.id: one for one in seeking},
        {one.id: one for one in offering},
    )


def candidates(pool: Pool, participant_id: uuid.UUID) -> list[Candidate]:
    """Look at every volunteer for one participant: who fits best first, then who nearly could."""
    looking = pool.seeking[participant_id]
    found = [candidate(pool, looking, volunteer) for volunteer in pool.offering.values()]
    return sorted(found, key=lambda one: (not one.fits, len(one.against), -one.fit.score, one.volunteer.id))


def candidate(pool: Pool, looking: ParticipantProfile, volunteer: VolunteerProfile) -> Candidate:
    """Look at one volunteer for one participant."""
    return Candidate(
        pool.volunteers[volunteer.id],
        volunteer,
        check_pair(volunteer, looking, pool.day),
        fit(volunteer, looking, pool.day),
    )


def whole_round(pool: Pool) -> Round:
    """Plan for everybody who waits; the plan is shown only if it is proven to be the best."""
    return propose(tuple(pool.seeking.values()), tuple(pool.offering.values()), pool.day)
