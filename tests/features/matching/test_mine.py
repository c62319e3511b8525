"""A volunteer's own proposals: what they may know before both said yes, and how they answer."""

import re
import uuid

import pytest

from peerlink.features.matching.models import Answer, Match
from peerlink.features.participants.models import Participant
from peerlink.framework.vocabularies import MatchStatus, ParticipantStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.matching import a_proposal, an_accepted_match, change
from tests.features.matching.deeds import says, status_of
from tests.support.cast import GIFT_ID
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("trained")
GIVES_AWAY = re.compile(r"Gift(?!bird)|dottir|7700|Riverside|1992|P203|woman|first language", re.IGNORECASE)


def test_before_both_said_yes_only_the_alias_is_told(zoes_phone: Visitor) -> None:
    a_proposal()
    said = zoes_phone.visit("/proposals").text
    assert "Would you walk with Giftbird?" in said
    assert "Listening" in said
    assert not GIVES_AWAY.search(said)


def test_without_an_alias_nobody_is_named(zoes_phone: Visitor) -> None:
    change(Participant, GIFT_ID, alias=None)
    a_proposal()
    said = zoes_phone.visit("/proposals").text
    assert "somebody new" in said
    assert "Gift" not in said


def test_a_yes_and_a_no_are_one_deed_each(zoes_phone: Visitor) -> None:
    match_id = a_proposal()
    zoes_phone.send(f"/proposals/{match_id}", {"said": "yes"}, opened="/proposals")
    assert "You said yes" in zoes_phone.visit("/proposals").text
    assert status_of(Match, match_id) is MatchStatus.PROPOSED
    says(match_id, participant=Answer.YES)
    assert status_of(Participant, GIFT_ID) is ParticipantStatus.MATCHED
    assert "Nobody new" in zoes_phone.visit("/proposals").text


@pytest.mark.parametrize(("why", "kept"), [({}, None), ({"why": "times"}, "times"), ({"why": "odd"}, None)])
def test_a_no_needs_no_reason(zoes_phone: Visitor, why: dict[str, str], kept: str | None) -> None:
    match_id = a_proposal()
    zoes_phone.send(f"/proposals/{match_id}", {"said": "no", **why}, opened="/proposals")
    with transaction(), gate.opened("a test looks"):
        match = session.get_one(Match, match_id)
        assert (match.status, match.said_why) == (MatchStatus.DECLINED, kept)


def test_an_answer_that_is_none_changes_nothing(zoes_phone: Visitor) -> None:
    match_id = a_proposal()
    zoes_phone.send(f"/proposals/{match_id}", {"said": "perhaps"}, opened="/proposals")
    assert status_of(Match, match_id) is MatchStatus.PROPOSED


@pytest.mark.parametrize("who", ["aminas_phone", "bens_phone"])
def test_anothers_proposal_is_not_there(request: pytest.FixtureRequest, who: str) -> None:
    phone, match_id = request.getfixturevalue(who), a_proposal()
    assert "Giftbird" not in phone.visit("/proposals").text
    answer = phone.send(f"/proposals/{match_id}", {"said": "yes"}, opened="/check-in")
    assert answer.status_code == 404
    assert phone.send(f"/proposals/{uuid.uuid4()}", {"said": "yes"}, opened="/check-in").status_code == 404


def test_what_is_settled_is_not_asked_again(zoes_phone: Visitor) -> None:
    match_id = an_accepted_match()
    answer = zoes_phone.send(f"/proposals/{match_id}", {"said": "no"}, opened="/check-in")
    assert answer.status_code == 422
    assert "no longer open" in answer.text
    assert status_of(Match, match_id) is MatchStatus.ACCEPTED


@pytest.mark.parametrize("who", ["chipos_desk", "danas_desk", "priyas_desk", "adas_desk"])
def test_only_volunteers_have_proposals_of_their_own(request: pytest.FixtureRequest, who: str) -> None:
    assert request.getfixturevalue(who).visit("/proposals").status_code == 403
