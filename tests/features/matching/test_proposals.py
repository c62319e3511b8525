"""From two people's traits to one plan, and the reasons of everybody who is left."""

import datetime as dt

from peerlink.features.matching.proposals import propose
from peerlink.framework.vocabularies import ParticipantStatus
from tests.features.matching.people import DAY, a_participant, a_volunteer


def test_only_people_who_wait_are_planned_for() -> None:
    waiting, active = a_participant(), a_participant(status=ParticipantStatus.ACTIVE)
    plan = propose([active, waiting], [a_volunteer()], DAY)
    assert plan.n_waiting == plan.n_covered == 1
    (proposal,) = plan.proposals()
    assert proposal.participant == waiting.id
    assert plan.total_score == proposal.fit.score


def test_the_longest_waiting_is_served_first_when_nothing_else_differs() -> None:
    new, old = a_participant(), a_participant(waiting_since=dt.date(2026, 1, 1))
    plan = propose([new, old], [a_volunteer(capacity=2)], DAY)
    assert [proposal.participant for proposal in plan.proposals()] == [old.id]
    (left,) = plan.unmatched()
    assert left.participant == new.id
    assert left.queue is not None
    assert (len(left.queue.people), left.queue.places) == (2, 1)


def test_whoever_nobody_can_support_is_told_apart_from_whoever_queues() -> None:
    without_consent = a_participant(consent_matching_on=None)
    plan = propose([without_consent], [a_volunteer(), a_volunteer(taken=3)], DAY)
    (left,) = plan.unmatched()
    assert left.queue is None
    assert left.blocked_by == {"H6": 2, "H5": 1}


def test_why_not_somebody_else_names_the_loss_of_the_whole_plan() -> None:
    near, far = a_volunteer(capacity=2), a_volunteer(capacity=2, birth_year=1950)
    first, second = a_participant(birth_year=1990), a_participant(birth_year=1952)
    plan = propose([first, second], [near, far], DAY)
    losses = plan.why_not(second.id)
    assert list(losses) == [near.id]
    assert losses[near.id].people == 0
    assert losses[near.id].score > 0


def test_a_volunteer_who_is_not_ready_gets_nobody() -> None:
    plan = propose([a_participant()], [a_volunteer(concern_open=True)], DAY)
    assert plan.proposals() == ()
    assert plan.unmatched()[0].blocked_by == {"H15": 1}
