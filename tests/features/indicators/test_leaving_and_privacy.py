"""What the rules know of leaving and of being exposed is what the records say on the day asked for."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.features.contacts.models import Contact
from peerlink.features.incidents.models import Incident
from peerlink.features.indicators import gather
from peerlink.features.indicators.facts import VolunteerFacts
from peerlink.features.matching.models import Match
from peerlink.features.privacy.forgetting import forget_people
from peerlink.features.recruitment import service
from peerlink.features.recruitment.models import LeavingKnown, PrivacyPlan
from peerlink.features.recruitment.rules import HandoverDraft
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.contact_words import ContactStatus, PlaceRating
from peerlink.framework.incident_words import IncidentStatus, IncidentType
from peerlink.framework.reasons import LeaveReason
from peerlink.framework.recruitment_words import HandoverKind
from peerlink.framework.vocabularies import MatchStatus, VolunteerStatus
from peerlink.store import gate, house
from peerlink.store.session import reading, session, transaction
from tests.factories.former import let_leave
from tests.support import cast

TODAY = dt.date(2026, 11, 20)
LAST_DAY = TODAY + dt.timedelta(days=10)


def ago(n: int) -> dt.date:
    return TODAY - dt.timedelta(days=n)


@pytest.fixture(autouse=True)
def _cast_of_today(the_cast: house.House) -> None:
    with transaction(), gate.opened("a test sets its scene"):
        session.get_one(Volunteer, cast.AMINA_ID).status_since = ago(400)
        session.get_one(Volunteer, cast.AMINA_ID).joined_on = ago(400)
        match = session.get_one(Match, cast.AMINA_EFE)
        match.accepted_on, match.started_on = ago(48), ago(45)


def amina(day: dt.date = TODAY) -> VolunteerFacts:
    with transaction(), gate.opened("a test counts"):
        return gather.volunteer_facts(day, [cast.AMINA_ID], recount=True)[cast.AMINA_ID]


@contextmanager
def on(day: dt.date) -> Iterator[Volunteer]:
    """Let it be a day's noon while somebody sees to Amina's leaving."""
    noon = dt.datetime.combine(day, dt.time(12), dt.UTC)
    with clock.turned_to(noon), transaction(), gate.opened("a test sees to a leaving"):
        yield session.get_one(Volunteer, cast.AMINA_ID)


def leaves(said: dt.date = TODAY, leaving_on: dt.date = LAST_DAY) -> None:
    with on(said) as amina:
        service.state_leaving(amina, leaving_on, by=None, wanted=None)


def planned(match_id: uuid.UUID, said: dt.date = TODAY) -> None:
    with on(said):
        draft = HandoverDraft(how=HandoverKind.HAND_OVER, on=LAST_DAY)
        service.plan_handover(session.get_one(Match, match_id), draft, by=None)


def test_somebody_who_stays_has_no_day_and_no_plan() -> None:
    assert (amina().leaving_on, amina().has_handover_plan) == (None, False)


@pytest.mark.parametrize(
    ("status", "needs_one"),
    [
        (MatchStatus.PROPOSED, False),
        (MatchStatus.ACCEPTED, True),
        (MatchStatus.ACTIVE, True),
        (MatchStatus.PAUSED, True),
        (MatchStatus.ENDED, False),
    ],
)
def test_every_open_match_needs_its_plan(status: MatchStatus, needs_one: bool) -> None:
    leaves()
    with transaction(), gate.opened("a test sets a state"):
        session.get_one(Match, cast.AMINA_EFE).status = status
    assert amina().leaving_on == LAST_DAY
    assert amina().has_handover_plan is not needs_one
    if needs_one:
        planned(cast.AMINA_EFE)
    assert amina().has_handover_plan


def test_a_day_is_judged_by_what_was_known_of_a_leaving_on_it() -> None:
    leaves(ago(20), LAST_DAY)
    leaves(ago(10), TODAY + dt.timedelta(days=20))
    with on(ago(5)) as one:
        service.take_back_leaving(one, by=None)
    leaves(ago(2), LAST_DAY)
    later = TODAY + dt.timedelta(days=20)
    for days, known in (
        (21, None), (20, LAST_DAY), (11, LAST_DAY), (10, later), (6, later), (5, None), (3, None),
        (2, LAST_DAY), (0, LAST_DAY),
    ):  # fmt: skip
        assert amina(ago(days)).leaving_on == known, days


def test_what_is_taken_back_on_the_day_it_was_said_was_never_known() -> None:
    leaves(ago(3))
    with on(ago(3)) as one:
        service.take_back_leaving(one, by=None)
    assert [amina(ago(days)).leaving_on for days in (4, 3, 2, 0)] == [None] * 4


def test_a_plan_counts_from_the_day_it_was_made_until_it_was_taken_back() -> None:
    leaves(ago(20))
    planned(cast.AMINA_EFE, ago(15))
    planned(cast.AMINA_EFE, ago(12))
    with on(ago(8)):
        service.forget_handover(session.get_one(Match, cast.AMINA_EFE), by=None)
    assert [amina(ago(days)).has_handover_plan for days in (20, 16, 15, 12, 9, 8, 0)] == [
        False, False, True, True, True, False, False,
    ]  # fmt: skip


def test_a_match_handed_over_was_planned_until_it_ended_and_is_open_no_longer() -> None:
    leaves(ago(20))
    planned(cast.AMINA_EFE, ago(15))
    with on(ago(4)):
        match = session.get_one(Match, cast.AMINA_EFE)
        service.carry_out(match, HandoverKind.HAND_OVER, frozenset(), by=None)
    known = {
        days: (amina(ago(days)).n_open_matches, amina(ago(days)).has_handover_plan) for days in (16, 5, 4)
    }
    assert known == {16: (1, False), 5: (1, True), 4: (0, True)}


def test_a_match_accepted_is_open_before_it_began() -> None:
    leaves(ago(60))
    assert [amina(ago(days)).n_open_matches for days in (49, 48, 46, 45, 0)] == [0, 1, 1, 1, 1]
    assert [amina(ago(days)).has_handover_plan for days in (49, 48)] == [True, False]


def test_who_left_and_came_back_leaves_no_more() -> None:
    leaves(ago(20))
    with on(ago(10)) as one:
        service.carry_out(
            session.get_one(Match, cast.AMINA_EFE), HandoverKind.HAND_OVER, frozenset(), by=None
        )
        service.leave(one, LeaveReason.MOVED, by=None)
    with on(ago(5)) as one:
        one.status, one.status_since = VolunteerStatus.ACTIVE, ago(5)
        one.leaving_on = None
    assert amina().leaving_on is None
    assert amina(ago(11)).leaving_on == LAST_DAY


def test_one_plan_of_two_is_not_enough() -> None:
    leaves()
    planned(cast.AMINA_EFE)
    with transaction(), gate.opened("a test moves a match"):
        session.get_one(Match, cast.BEN_FOLA).volunteer_id = cast.AMINA_ID
    assert not amina().has_handover_plan


def rated(days: int, rating: PlaceRating | None, volunteer_id: uuid.UUID = cast.AMINA_ID) -> None:
    with transaction():
        session.add(
            Contact(
                match_id=cast.AMINA_EFE,
                volunteer_id=volunteer_id,
                participant_id=cast.EFE_ID,
                day=ago(days),
                status=ContactStatus.HELD,
                rating=rating,
            )
        )


def test_places_rated_not_safe_are_counted_over_sixty_days() -> None:
    for days, rating in (
        (-1, PlaceRating.NOT_SAFE),
        (0, PlaceRating.NOT_SAFE),
        (59, PlaceRating.NOT_SAFE),
        (60, PlaceRating.NOT_SAFE),
        (3, PlaceRating.UNSURE),
        (4, PlaceRating.SAFE),
        (5, None),
    ):
        rated(days, rating)
    rated(2, PlaceRating.NOT_SAFE, cast.BEN_ID)
    assert amina().n_not_safe_60 == 2
    assert amina(ago(1)).n_not_safe_60 == 2


@pytest.mark.parametrize(("days", "known"), [(0, True), (30, True), (-1, False), (None, False)])
def test_a_privacy_plan_counts_from_the_day_both_agreed(days: int | None, known: bool) -> None:
    agreed_on = ago(days) if days is not None else None
    with transaction(), gate.opened("a test agrees on a plan"):
        session.add(PrivacyPlan(subject_id=cast.AMINA_ID, volunteer_id=cast.AMINA_ID, agreed_on=agreed_on))
    assert amina().privacy_plan_on == (agreed_on if known else None)


@pytest.mark.parametrize(
    ("type_", "reported", "closed", "plan", "exposed"),
    [
        (IncidentType.VOLUNTEER_EXPOSED, 3, None, None, True),
        (IncidentType.VOLUNTEER_EXPOSED, 3, None, 1, True),
        (IncidentType.VOLUNTEER_EXPOSED, 3, -1, 1, True),
        (IncidentType.VOLUNTEER_EXPOSED, 3, 0, None, True),
        (IncidentType.VOLUNTEER_EXPOSED, 3, 0, 4, True),
        (IncidentType.VOLUNTEER_EXPOSED, 3, 0, 3, False),
        (IncidentType.VOLUNTEER_EXPOSED, 179, 170, None, True),
        (IncidentType.VOLUNTEER_EXPOSED, 180, 170, None, False),
        (IncidentType.VOLUNTEER_EXPOSED, 390, None, None, True),
        (IncidentType.COMPLAINT, 3, None, None, False),
    ],
)
def test_an_exposure_counts_while_open_and_half_a_year_until_there_is_a_plan(
    type_: IncidentType, reported: int, closed: int | None, plan: int | None, exposed: bool
) -> None:
    with transaction(), gate.opened("a test tells of an incident"):
        session.add(
            Incident(
                subject_id=cast.AMINA_ID,
                type=type_,
                severity=2,
                status=IncidentStatus.CLOSED if closed is not None else IncidentStatus.TRIAGED,
                reported_on=ago(reported),
                closed_on=ago(closed) if closed is not None else None,
                volunteer_id=cast.AMINA_ID,
            )
        )
        if plan is not None:
            session.add(
                PrivacyPlan(subject_id=cast.AMINA_ID, volunteer_id=cast.AMINA_ID, agreed_on=ago(plan))
            )
    assert amina().is_exposed is exposed
    assert not amina(ago(reported + 1)).is_exposed


def test_what_was_known_of_a_leaving_is_forgotten_with_somebody() -> None:
    leaves(ago(3))
    with transaction():
        session.add(LeavingKnown(volunteer_id=cast.BEN_ID, leaving_on=LAST_DAY, from_on=ago(3)))
    forget_people(let_leave(cast.AMINA_ID))
    with reading():
        assert session.scalars(select(LeavingKnown.volunteer_id)).all() == [cast.BEN_ID]
