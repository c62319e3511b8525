"""What the rules know of leaving and of being exposed is what the records say on the day asked for."""

import datetime as dt
import uuid

import pytest

from peerlink.features.contacts.models import Contact
from peerlink.features.incidents.models import Incident
from peerlink.features.indicators import gather
from peerlink.features.indicators.facts import VolunteerFacts
from peerlink.features.matching.models import Match
from peerlink.features.recruitment.models import Handover, PrivacyPlan
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.contact_words import ContactStatus, PlaceRating
from peerlink.framework.incident_words import IncidentStatus, IncidentType
from peerlink.framework.recruitment_words import HandoverKind
from peerlink.framework.vocabularies import MatchStatus
from peerlink.store import gate, house
from peerlink.store.session import session, transaction
from tests.support import cast

TODAY = dt.date(2026, 11, 20)


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


def leaves() -> None:
    with transaction(), gate.opened("a test lets somebody state a day"):
        session.get_one(Volunteer, cast.AMINA_ID).leaving_on = TODAY + dt.timedelta(days=10)


def planned(match_id: uuid.UUID) -> None:
    with transaction():
        session.add(Handover(match_id=match_id, how=HandoverKind.HAND_OVER, on=TODAY))


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
    assert amina().leaving_on == TODAY + dt.timedelta(days=10)
    assert amina().has_handover_plan is not needs_one
    planned(cast.AMINA_EFE)
    assert amina().has_handover_plan


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
