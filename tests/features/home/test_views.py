"""Everybody finds on their desk what is theirs to do, and nothing else."""

import datetime as dt

import pytest
from sqlalchemy import select, update

from peerlink import clock
from peerlink.features.accounts.models import Account, AccountState
from peerlink.features.matching.models import Match
from peerlink.features.programmes.models import Place
from peerlink.features.risks.models import Flag
from peerlink.features.risks.rounds import look_again_at_participant
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.vocabularies import CheckinStatus, MatchStatus, TrainingResult
from peerlink.store import gate
from peerlink.store.claims import claim, finish
from peerlink.store.session import session, transaction
from tests.factories.training import trained
from tests.features.risks.happenings import WORN, amina_answers
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
    assert "Proposals waiting for an answer: 1" in chipos_desk.visit("/").text


def test_a_coordinator_sees_who_waits_too_long(chipos_desk: Visitor) -> None:
    page = chipos_desk.visit("/").text
    assert "People waiting for a match: 1" in page
    assert "1 past 7 days" in page


@pytest.mark.parametrize(("days", "due"), [(365, False), (366, True)])
def test_places_are_due_for_another_look_after_a_year(chipos_desk: Visitor, days: int, due: bool) -> None:
    with transaction(), gate.opened("a test ages a place"):
        session.get_one(Place, cast.PLACE_ID).reviewed_on = TODAY - dt.timedelta(days=days)
    assert ("due for another look" in chipos_desk.visit("/").text) is due


@pytest.mark.parametrize(("days", "told"), [(-1, "Training you need"), (60, "Training to renew"), (61, "")])
def test_a_volunteer_is_told_of_training_that_ran_out_or_soon_does(
    aminas_phone: Visitor, bens_phone: Visitor, days: int, told: str
) -> None:
    with transaction():
        trained(cast.AMINA_ID, valid_until=TODAY + dt.timedelta(days=days))
    page = aminas_phone.visit("/").text
    assert told in page
    assert ("Training" in page) is bool(told)
    assert "Training" not in bens_phone.visit("/").text


def test_a_mandatory_module_that_was_not_passed_is_missing(aminas_phone: Visitor) -> None:
    with transaction():
        trained(cast.AMINA_ID, result=TrainingResult.FAILED)
    assert "Training you need" in aminas_phone.visit("/").text


def test_a_supervisor_reads_the_names_of_their_own_who_need_them(
    danas_desk: Visitor, sols_desk: Visitor, chipos_desk: Visitor
) -> None:
    amina_answers(**WORN)
    assert "Amina A." in danas_desk.visit("/").text
    assert "Amina" not in sols_desk.visit("/").text
    assert "Amina" not in chipos_desk.visit("/").text


@pytest.mark.parametrize(
    ("days_ago", "said"), [(1, "The nightly round ran"), (2, "did not run"), (None, "not run yet")]
)
def test_an_administrator_sees_whether_the_night_ran(
    adas_desk: Visitor, days_ago: int | None, said: str
) -> None:
    if days_ago is not None:
        ran_on(TODAY - dt.timedelta(days=days_ago))
    page = adas_desk.visit("/").text
    assert said in page
    assert "audit verify" in page


def test_only_an_administrator_hears_of_open_invitations(adas_desk: Visitor, chipos_desk: Visitor) -> None:
    assert "invitations" not in adas_desk.visit("/").text
    with transaction(), gate.opened("a test invites"):
        session.get_one(Account, cast.PRU.viewer.account_id).state = AccountState.INVITED
    assert "Invitations still open: 1" in adas_desk.visit("/").text
    assert "invitations" not in chipos_desk.visit("/").text


def ran_on(day: dt.date) -> None:
    claim("nightly round", day.isoformat())
    finish("nightly round", day.isoformat())


def test_a_coordinator_is_told_who_drops_away(chipos_desk: Visitor, aminas_phone: Visitor) -> None:
    assert "People dropping away" not in chipos_desk.visit("/").text
    with transaction(), gate.opened("a test lets somebody drop away"):
        match = session.scalars(select(Match).where(Match.participant_id == cast.EFE_ID)).one()
        match.started_on = TODAY - dt.timedelta(days=100)
        match.planned_interval_days = 7
        look_again_at_participant(cast.EFE_ID)
    page = chipos_desk.visit("/").text
    assert "People dropping away: 1" in page
    assert "/flags?rule=R51" in page
    assert "People dropping away" not in aminas_phone.visit("/").text
    with transaction():
        session.execute(update(Flag).where(Flag.rule == "R51").values(may_close_on=TODAY))
    page = chipos_desk.visit("/").text
    assert "People dropping away" not in page
    assert "that need somebody" not in page
    assert "closed with a word on how it ended: 1" in page
    listed = chipos_desk.visit("/flags").text
    assert "It came true on" in listed


@pytest.mark.parametrize("desk", ["priyas_desk", "prus_desk", "adas_desk", "danas_desk"])
def test_other_desks_name_no_participant(desk: str, request: pytest.FixtureRequest) -> None:
    visitor: Visitor = request.getfixturevalue(desk)
    page = visitor.visit("/").text
    assert "bird" not in page
    assert "waiting for a match" not in page
