"""Everybody finds on their desk what is theirs to do, and nothing else."""

import datetime as dt

import pytest

from peerlink import clock
from peerlink.features.matching.models import Match
from peerlink.features.programmes.models import Place
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.vocabularies import CheckinStatus, MatchStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.support import cast
from tests.support.visitor import Visitor

TODAY = clock.today("Europe/London")


def test_a_volunteer_sees_who_to_reach_next(aminas_phone: Visitor) -> None:
    page = aminas_phone.visit("/").text
    assert "Efebird" in page
    assert "Folabird" not in page


def test_a_volunteer_of_nobody_is_told_what_this_is_for(zoes_phone: Visitor) -> None:
    page = zoes_phone.visit("/").text
    assert "Nobody yet" in page
    assert "bird" not in page


def test_a_waiting_check_in_is_to_be_answered(aminas_phone: Visitor, bens_phone: Visitor) -> None:
    with transaction():
        session.add(
            Checkin(
                subject_id=cast.AMINA_ID, volunteer_id=cast.AMINA_ID, due_on=TODAY, status=CheckinStatus.DUE
            )
        )
    assert "three minutes" in aminas_phone.visit("/").text
    assert "three minutes" not in bens_phone.visit("/").text


def test_a_proposal_waits_for_both_sides(
    zoes_phone: Visitor, chipos_desk: Visitor, aminas_phone: Visitor
) -> None:
    with transaction(), gate.opened("a test proposes"):
        session.add(
            Match(
                subject_id=cast.GIFT_ID, volunteer_id=cast.ZOE_ID, participant_id=cast.GIFT_ID,
                status=MatchStatus.PROPOSED, proposed_on=TODAY,
            )
        )  # fmt: skip
    assert "Somebody new" in zoes_phone.visit("/").text
    assert "Somebody new" not in aminas_phone.visit("/").text
    assert "1 proposals wait" in chipos_desk.visit("/").text


def test_a_coordinator_sees_who_waits_too_long(chipos_desk: Visitor) -> None:
    page = chipos_desk.visit("/").text
    assert "1 people wait for a match" in page
    assert "1 past 7 days" in page


@pytest.mark.parametrize(("days", "due"), [(365, False), (366, True)])
def test_places_are_due_for_another_look_after_a_year(chipos_desk: Visitor, days: int, due: bool) -> None:
    with transaction(), gate.opened("a test ages a place"):
        session.get_one(Place, cast.PLACE_ID).reviewed_on = TODAY - dt.timedelta(days=days)
    assert ("due for another look" in chipos_desk.visit("/").text) is due


@pytest.mark.parametrize("desk", ["priyas_desk", "prus_desk", "adas_desk", "danas_desk"])
def test_other_desks_name_no_participant(desk: str, request: pytest.FixtureRequest) -> None:
    visitor: Visitor = request.getfixturevalue(desk)
    page = visitor.visit("/").text
    assert "bird" not in page
    assert "wait for a match" not in page
