"""Why a volunteer declined a match is their own, and goes with them."""

import pytest

from peerlink.features.matching.models import Answer, Match
from peerlink.features.privacy.forgetting import forget_people
from peerlink.framework.vocabularies import MatchStatus
from peerlink.lifecycle import Kind
from peerlink.store import gate, history
from peerlink.store.session import reading, session, transaction
from tests.factories.former import let_leave
from tests.store.tampering import findings
from tests.support import cast

pytestmark = pytest.mark.usefixtures("the_cast")


def test_their_own_words_about_a_match_go_with_them() -> None:
    with transaction(), gate.opened("a test says no"):
        match = session.get_one(Match, cast.AMINA_EFE)
        match.volunteer_said, match.said_why = Answer.NO, "I am too tired"
        match.overrides = {"H3": "Her clearance is on its way"}
        answered = history.begin(
            match, kind=Kind.MATCH, by=cast.AMINA.viewer.account_id, reason="not_comfortable"
        )
        answered.became = MatchStatus.DECLINED.value
        other = session.get_one(Match, cast.BEN_FOLA)
        other.participant_said, other.said_why = Answer.NO, "too far"
        theirs = history.begin(other, kind=Kind.MATCH, by=None, reason="too_far")
        theirs.became = MatchStatus.DECLINED.value
        session.flush()
    forget_people(let_leave(cast.AMINA_ID))
    with reading(), gate.opened("a test looks"):
        match, other = session.get_one(Match, cast.AMINA_EFE), session.get_one(Match, cast.BEN_FOLA)
        assert (match.said_why, match.overrides) == (None, {"H3": ""})
        assert other.said_why == "too far"
        assert [one.reason for one in history.history_of(match.id)] == [None]
        assert "too_far" in [one.reason for one in history.history_of(other.id)]
    assert findings() == []
