"""What somebody can do by now, what they would like to learn, and what they were excused from."""

import pytest

from peerlink.errors import NotFound, Refused
from peerlink.features.training import service
from peerlink.features.training.queries import (
    get_wish,
    latest_marks_of,
    mandatory_of,
    marks_of,
    open_wishes,
    reasons_of,
    wishes_of,
)
from peerlink.features.training.rules import CompletionDraft
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.training_words import CompetencyMark, WishStatus
from peerlink.framework.vocabularies import TrainingResult
from peerlink.store import gate
from peerlink.store.session import transaction
from tests.features.training.deeds import TODAY
from tests.support import cast

CHIPO, DANA, SOL, AMINA, BEN = (one.viewer for one in (cast.CHIPO, cast.DANA, cast.SOL, cast.AMINA, cast.BEN))
M, W = CompetencyMark, WishStatus


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> None:
    pass


def amina() -> Volunteer:
    return get_volunteer(cast.AMINA_ID, CHIPO)


def test_a_mark_is_added_and_the_latest_is_shown() -> None:
    with transaction(), gate.opened("a test watches"):
        for seen in (M.NOT_YET, M.WITH_SUPPORT):
            service.mark(amina(), "Listening", seen, by=DANA.account_id)
        service.mark(amina(), "boundaries", M.ALONE, by=CHIPO.account_id)
        assert len(marks_of(cast.AMINA_ID, AMINA)) == 3
        latest = latest_marks_of(cast.AMINA_ID, AMINA)
        assert {code: (one.mark, one.seen_by) for code, one in latest.items()} == {
            "listening": (M.WITH_SUPPORT, DANA.account_id),
            "boundaries": (M.ALONE, CHIPO.account_id),
        }
        assert latest["listening"].seen_on == TODAY
        for stranger in (SOL, BEN):
            with pytest.raises(NotFound):
                marks_of(cast.AMINA_ID, stranger)
        with pytest.raises(Refused, match="watched"):
            service.mark(amina(), " ", M.ALONE, by=None)


def test_a_waiver_needs_a_reason_and_counts_like_a_pass() -> None:
    draft = CompletionDraft(module="listening", completed_on=TODAY, mandatory=True)
    with transaction(), gate.opened("a test waives"):
        for reason in (" ", "x" * 301):
            with pytest.raises(Refused, match="why it is waived"):
                service.waive(amina(), draft, reason, by=None)
        waived = service.waive(amina(), draft, " a counsellor by trade ", by=CHIPO.account_id)
        assert waived.result is TrainingResult.WAIVED
        assert set(mandatory_of([cast.AMINA_ID])[cast.AMINA_ID]) == {"listening"}
        assert reasons_of([waived]) == {waived.id: "a counsellor by trade"}


def test_a_wish_is_asked_once_answered_and_opened_again() -> None:
    with transaction(), gate.opened("a test wishes"):
        wished = service.wish(amina(), " grief ", by=AMINA.account_id)
        assert (wished.what, wished.status, wished.asked_on) == ("grief", W.ASKED, TODAY)
        with pytest.raises(Refused, match="already"):
            service.wish(amina(), "Grief", by=AMINA.account_id)
        assert [one.id for one in open_wishes(DANA)] == [wished.id]
        assert open_wishes(SOL) == open_wishes(BEN) == []
        service.answer_wish(wished, W.GRANTED, by=DANA.account_id)
        assert (open_wishes(CHIPO), [one.status for one in wishes_of(cast.AMINA_ID, AMINA)]) == (
            [],
            [W.GRANTED],
        )
        with pytest.raises(Refused):
            service.answer_wish(wished, W.DECLINED, by=DANA.account_id)
        service.answer_wish(wished, W.ASKED, by=DANA.account_id)
        service.answer_wish(wished, W.WITHDRAWN, by=AMINA.account_id)
        assert service.wish(amina(), "grief", by=AMINA.account_id).id != wished.id
        with pytest.raises(NotFound):
            get_wish(wished.id, BEN)


@pytest.mark.parametrize("what", [" ", "x" * 81])
def test_a_wish_says_something_and_not_too_much(what: str) -> None:
    with transaction(), gate.opened("a test wishes"), pytest.raises(Refused, match="80 letters"):
        service.wish(amina(), what, by=None)
