"""What the tests of matching's deeds have in common."""

import uuid
from collections.abc import Callable

from peerlink.features.matching import service
from peerlink.features.matching.models import Answer, Match
from peerlink.features.matching.service import EndDraft
from peerlink.features.participants.models import Participant
from peerlink.framework.reasons import EndReason
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.support.cast import CHIPO

BY = CHIPO.viewer.account_id


def does(deed: Callable[[], object]) -> None:
    with transaction(), gate.opened("a test does something"):
        deed()


def match_is(match_id: uuid.UUID) -> Match:
    with transaction(), gate.opened("a test looks"):
        match = session.get_one(Match, match_id)
        assert match.score is None or match.score >= 0
        return match


def status_of(who: type[Match] | type[Participant], row_id: uuid.UUID) -> object:
    with transaction():
        if who is Match:
            return session.get_one(Match, row_id).status
        return session.get_one(Participant, row_id).status


def says(match_id: uuid.UUID, volunteer: Answer | None = None, participant: Answer | None = None) -> None:
    def both() -> None:
        match = session.get_one(Match, match_id)
        if volunteer:
            service.record_volunteers_answer(match, volunteer, by=BY)
        if participant:
            service.record_participants_answer(match, participant, by=BY)

    does(both)


def ends(match_id: uuid.UUID, **said: object) -> None:
    draft = EndDraft(**{"reason": EndReason.GOALS_MET, **said})
    does(lambda: service.end_match(session.get_one(Match, match_id), draft, by=BY))
