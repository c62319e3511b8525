"""The coordinator's pages: board, plan, pair, proposals, matches, handing over; and who may open them."""

import re
import uuid

import pytest

from peerlink.features.matching.models import Match, PlannedMatch
from peerlink.features.matching.sources import held_back_sources
from peerlink.features.participants.models import Participant
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.vocabularies import MatchStatus, ParticipantStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.matching import a_proposal, an_accepted_match, change
from tests.features.matching.deeds import ends, status_of
from tests.support.cast import AMINA_EFE, AMINA_ID, BEN_ID, GIFT_ID, ZOE_ID
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("trained")
PAIR = f"/matching/{GIFT_ID}/{ZOE_ID}"
COORDINATOR_ONLY = (
    "/matching",
    "/matching/everybody",
    "/matching/proposals",
    "/matching/matches",
    f"/matching/match/{AMINA_EFE}",
    f"/matching/leaving/{AMINA_ID}",
    PAIR,
)


def planned() -> int:
    with transaction():
        return session.query(PlannedMatch).count()


@pytest.mark.parametrize("address", COORDINATOR_ONLY)
@pytest.mark.parametrize("who", ["aminas_phone", "danas_desk", "priyas_desk", "prus_desk", "adas_desk"])
def test_only_coordinators_see_the_pages_of_matching(
    request: pytest.FixtureRequest, who: str, address: str
) -> None:
    assert request.getfixturevalue(who).visit(address).status_code == 403


@pytest.mark.parametrize("address", COORDINATOR_ONLY)
def test_a_coordinator_sees_them_and_a_stranger_is_asked_to_sign_in(
    chipos_desk: Visitor, stranger: Visitor, address: str
) -> None:
    assert chipos_desk.visit(address).status_code == 200
    assert stranger.visit(address).status_code == 303


def test_the_board_shows_who_waits_who_fits_and_why(chipos_desk: Visitor) -> None:
    said = chipos_desk.visit("/matching").text
    assert "Who fits Giftbird" in said
    assert "leaves 3 of 3" in said
    assert "supports 1 of 3" in said
    assert "1 past 7 days" in said
    assert "Nothing is sent until you confirm." in said
    assert re.search(r"Fit \d+ of 100", said)


def test_names_that_are_not_needed_are_not_on_the_board(chipos_desk: Visitor) -> None:
    said = chipos_desk.visit("/matching").text
    assert "Giftdottir" not in said
    assert "Efe" not in said


@pytest.mark.parametrize("step", ["waiting", "candidates", "plan"])
def test_on_a_phone_the_board_is_one_step_at_a_time(chipos_desk: Visitor, step: str) -> None:
    assert f'data-step="{step}"' in chipos_desk.visit(f"/matching?step={step}").text


def test_an_unknown_step_page_or_person_does_no_harm(chipos_desk: Visitor) -> None:
    assert chipos_desk.visit("/matching?step=x&page=zzz&who=zzz").status_code == 200
    assert chipos_desk.visit(f"/matching?who={uuid.uuid4()}").status_code == 404


def test_nobody_waiting_is_said_with_what_to_do(chipos_desk: Visitor) -> None:
    change(Participant, GIFT_ID, status=ParticipantStatus.PAUSED)
    said = chipos_desk.visit("/matching").text
    assert "Nobody is waiting" in said
    assert "Nobody to plan for" in chipos_desk.visit("/matching/everybody").text


def test_whom_nobody_fits_is_said_with_what_blocks(chipos_desk: Visitor) -> None:
    change(Participant, GIFT_ID, wants=[{"trait": "gender", "value": "woman", "must": True}])
    for address in ("/matching", "/matching/everybody"):
        assert "A must" in chipos_desk.visit(address).text
    board = chipos_desk.visit("/matching").text
    assert "Nobody can be proposed to Giftbird now" in board
    assert "Must: " in board
    assert "leaves 0 of 3" in board


def test_a_strain_is_only_ever_not_now(chipos_desk: Visitor) -> None:
    def everybody(day: object) -> set[uuid.UUID]:
        return {ZOE_ID}

    held_back_sources.append(everybody)
    try:
        board, pair = chipos_desk.visit("/matching").text, chipos_desk.visit(PAIR).text
    finally:
        held_back_sources.remove(everybody)
    for said in (board, pair):
        assert "Not now" in said
        assert not re.search(r"strain|burnout|H17|H15|exhaust", said, re.IGNORECASE)
    assert "Free for new matches" not in pair


def propose(desk: Visitor, volunteer_id: uuid.UUID = ZOE_ID) -> object:
    pair = {"participant": GIFT_ID.hex, "volunteer": volunteer_id.hex}
    return desk.send("/matching/plan", pair, opened="/matching")


def test_matching_one_person_takes_two_deeds(chipos_desk: Visitor) -> None:
    propose(chipos_desk)
    assert planned() == 1
    assert "Confirm 1 match" in chipos_desk.visit("/matching").text
    answer = chipos_desk.send("/matching/plan/confirm", opened="/matching")
    assert answer.status_code == 303
    assert planned() == 0
    assert "Giftbird" in chipos_desk.visit("/matching/proposals").text


def test_another_choice_for_the_same_person_takes_the_first_ones_place(chipos_desk: Visitor) -> None:
    propose(chipos_desk)
    propose(chipos_desk, BEN_ID)
    assert planned() == 1


def test_a_plan_is_undone_and_cleared(chipos_desk: Visitor) -> None:
    propose(chipos_desk)
    chipos_desk.send(f"/matching/plan/{GIFT_ID}/undo", opened="/matching")
    assert planned() == 0
    propose(chipos_desk)
    chipos_desk.send("/matching/plan/clear?suggested=1", opened="/matching")
    assert planned() == 1
    chipos_desk.send("/matching/plan/clear", opened="/matching")
    assert planned() == 0


def test_all_are_suggested_at_once_and_nothing_is_sent(chipos_desk: Visitor) -> None:
    chipos_desk.send("/matching/plan/suggest", opened="/matching")
    assert planned() == 1
    said = chipos_desk.visit("/matching").text
    assert "A plan for 1 of 1 people" in said
    with transaction():
        assert session.query(Match).filter_by(status=MatchStatus.PROPOSED).count() == 0
    chipos_desk.send("/matching/plan/clear?suggested=1", opened="/matching")
    assert planned() == 0


def test_a_plan_that_no_longer_holds_is_refused_whole_and_kept(chipos_desk: Visitor) -> None:
    propose(chipos_desk)
    change(Volunteer, ZOE_ID, capacity=0)
    answer = chipos_desk.send("/matching/plan/confirm", opened="/matching")
    assert answer.status_code == 422
    assert "Nothing was proposed" in answer.text
    assert "Has no free place." in answer.text
    assert planned() == 1


def test_who_waits_no_longer_leaves_every_plan(chipos_desk: Visitor) -> None:
    propose(chipos_desk)
    an_accepted_match()
    assert planned() == 0


def test_the_pair_page_adds_up_and_says_what_another_choice_costs(chipos_desk: Visitor) -> None:
    said = chipos_desk.visit(PAIR).text
    score = int(re.findall(r"Fit (\d+) of 100", said)[0])
    adds = [float(one) for one in re.findall(r'class="num">([\d.]+) <small>of', said)]
    assert abs(sum(adds) - score) <= 1
    assert "best plan" in said or "instead of" in said


def test_a_constraint_is_set_aside_with_a_reason_only(chipos_desk: Visitor) -> None:
    change(Volunteer, ZOE_ID, languages={"fr": "first"})
    assert "only with a reason" in chipos_desk.visit(PAIR).text
    chipos_desk.send(PAIR, {"H9": "Her sister interprets."})
    assert planned() == 1
    chipos_desk.send("/matching/plan/confirm", opened="/matching")
    with transaction(), gate.opened("a test looks"):
        match = session.query(Match).filter_by(status=MatchStatus.PROPOSED).one()
        assert match.overrides == {"H9": "Her sister interprets."}


def test_the_coordinator_keeps_both_answers(chipos_desk: Visitor) -> None:
    match_id = a_proposal()
    for side in ("participant", "volunteer"):
        chipos_desk.send(
            f"/matching/match/{match_id}/answer/{side}", {"said": "yes"}, opened="/matching/proposals"
        )
    assert status_of(Match, match_id) is MatchStatus.ACCEPTED


def test_a_proposal_is_taken_back(chipos_desk: Visitor) -> None:
    match_id = a_proposal()
    chipos_desk.send(f"/matching/match/{match_id}/withdraw", opened="/matching/proposals")
    assert status_of(Match, match_id) is MatchStatus.DECLINED


def test_a_match_rests_goes_on_and_ends_with_its_checklist(chipos_desk: Visitor) -> None:
    page = f"/matching/match/{AMINA_EFE}"
    chipos_desk.send(f"{page}/pause", {"reason": "health"}, opened=page)
    assert status_of(Match, AMINA_EFE) is MatchStatus.PAUSED
    chipos_desk.send(f"{page}/resume", opened=page)
    assert chipos_desk.send(f"{page}/end", {"end-note": "typed"}, opened=page).status_code == 422
    assert "typed" in chipos_desk.send(f"{page}/end", {"end-note": "typed"}, opened=page).text
    said = {"end-reason": "goals_met", "end-checklist": ["goodbye"], "end-afterwards": "ending"}
    chipos_desk.send(f"{page}/end", {**said, "end-planned": "y"}, opened=page)
    assert status_of(Match, AMINA_EFE) is MatchStatus.ENDED
    assert "They said goodbye together" in chipos_desk.visit(page).text


def test_whoever_relies_on_somebody_is_listed_and_leads_to_their_leaving(chipos_desk: Visitor) -> None:
    page = f"/matching/leaving/{AMINA_ID}"
    text = chipos_desk.visit(page).text
    assert "Efebird" in text
    assert f"/volunteers/{AMINA_ID}/leaving" in text
    ends(AMINA_EFE)
    assert "Nobody relies on them now" in chipos_desk.visit(page).text


def test_an_accepted_match_is_given_up(chipos_desk: Visitor) -> None:
    page = f"/matching/match/{an_accepted_match()}"
    chipos_desk.send(f"{page}/cancel", opened=page)
    assert status_of(Participant, GIFT_ID) is ParticipantStatus.WAITING


def test_lists_of_matches_by_state(chipos_desk: Visitor) -> None:
    ends(AMINA_EFE)
    assert "Efebird" not in chipos_desk.visit("/matching/matches").text
    assert "Efebird" in chipos_desk.visit("/matching/matches?status=ended").text
    assert chipos_desk.visit("/matching/matches?status=odd&page=-1").status_code == 200
