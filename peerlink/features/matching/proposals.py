"""Brings rules, fit and plan together: who is proposed to whom, and why somebody has nobody yet."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from peerlink.features.matching.certificate import Plan, Pool, check_plan
from peerlink.features.matching.engine import best_plan
from peerlink.features.matching.profiles import ParticipantProfile, VolunteerProfile
from peerlink.features.matching.regrets import Bottleneck, Regret, bottleneck, regrets
from peerlink.features.matching.rules import blockers, has_consented, is_ready, suits
from peerlink.features.matching.scoring import Fit, fit, score
from peerlink.framework.vocabularies import ParticipantStatus


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair of the plan."""

    participant: uuid.UUID
    volunteer: uuid.UUID
    fit: Fit


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Somebody nobody can be proposed to: constraints with the active volunteers failing them, or a queue."""

    participant: uuid.UUID
    blocked_by: Mapping[str, int]
    queue: Bottleneck | None
    """Who competes for the same volunteers (by place in the lists), where there are any who could."""


@dataclass(frozen=True, slots=True)
class Round:
    """One plan for everybody who waits on a day, kept with all it takes to explain it."""

    day: dt.date
    participants: tuple[ParticipantProfile, ...]
    volunteers: tuple[VolunteerProfile, ...]
    pool: Pool
    plan: Plan

    @property
    def total_score(self) -> int:
        return self.plan.score(self.pool)

    @property
    def n_covered(self) -> int:
        return self.plan.served()

    @property
    def n_waiting(self) -> int:
        return len(self.participants)

    def proposals(self) -> tuple[Proposal, ...]:
        return tuple(
            Proposal(who.id, self.volunteers[j].id, fit(self.volunteers[j], who, self.day))
            for who, j in zip(self.participants, self.plan.chosen, strict=True)
            if j is not None
        )

    def unmatched(self, at_most: int | None = None) -> tuple[Unmatched, ...]:
        """Say of whoever has nobody what blocks them, the longest waiting first."""
        left = [i for i, volunteer in enumerate(self.plan.chosen) if volunteer is None]
        return tuple(
            Unmatched(
                self.participants[i].id,
                blockers(self.participants[i], self.volunteers, self.day),
                bottleneck(self.pool, self.plan, i) if self.pool.fits[i] else None,
            )
            for i in left[:at_most]
        )

    def why_not(self, participant: uuid.UUID) -> Mapping[uuid.UUID, Regret]:
        """Say for every other volunteer who could what the whole plan would lose, best first."""
        place = [who.id for who in self.participants].index(participant)
        losses = regrets(self.pool, self.plan, place)
        return {self.volunteers[j].id: loss for j, loss in sorted(losses.items(), key=lambda item: item[1])}


def propose(
    participants: Collection[ParticipantProfile], volunteers: Sequence[VolunteerProfile], day: dt.date
) -> Round:
    """Plan for everyone whose status is waiting, longest first; Refused if the plan cannot be proven best."""
    waiting = tuple(
        sorted(
            (who for who in participants if who.status is ParticipantStatus.WAITING),
            key=lambda who: (who.waiting_since, who.id),
        )
    )
    ready = [(j, volunteer) for j, volunteer in enumerate(volunteers) if is_ready(volunteer, day)]
    pool = Pool(
        fits=[
            {j: score(other, who, day) for j, other in ready if suits(other, who)}
            if has_consented(who, day)
            else {}
            for who in waiting
        ],
        free=[max((volunteer.capacity or 0) - volunteer.taken, 0) for volunteer in volunteers],
        waited=[who.days_waited(day) for who in waiting],
    )
    plan = best_plan(pool)
    check_plan(pool, plan)
    return Round(day, waiting, tuple(volunteers), pool, plan)
