"""Matches made up for tests, told with the services where a deed counts."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.features.matching import service
from peerlink.features.matching.models import Answer, Match
from peerlink.features.matching.service import PairDraft
from peerlink.features.participants.models import Participant
from peerlink.features.training.models import Completion
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.vocabularies import TrainingResult
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.support.cast import AMINA_ID, BEN_ID, GIFT_ID, ZOE_ID


def today() -> dt.date:
    return clock.today("Europe/London")


def train(*volunteer_ids: uuid.UUID, until: dt.date | None = None) -> None:
    """Let volunteers have passed the one mandatory module."""
    with transaction():
        for volunteer_id in volunteer_ids or (AMINA_ID, BEN_ID, ZOE_ID):
            session.add(
                Completion(
                    volunteer_id=volunteer_id,
                    module="confidentiality",
                    completed_on=today() - dt.timedelta(days=300),
                    valid_until=until,
                    result=TrainingResult.PASSED,
                    mandatory=True,
                )
            )


def change(
    who: type[Volunteer] | type[Participant] | type[Match], row_id: uuid.UUID, **values: object
) -> None:
    """Write into a record what no service would."""
    with transaction(), gate.opened("a test changes a record"):
        row = session.get_one(who, row_id)
        for name, value in values.items():
            setattr(row, name, value)


def a_proposal(
    volunteer_id: uuid.UUID = ZOE_ID,
    participant_id: uuid.UUID = GIFT_ID,
    on: dt.date | None = None,
    by: uuid.UUID | None = None,
    **overrides: str,
) -> uuid.UUID:
    """Propose a pair the way the app does."""
    draft = PairDraft(participant_id=participant_id, volunteer_id=volunteer_id, overrides=overrides)
    with transaction(), gate.opened("a test proposes"):
        return service.propose(draft, by=by, on=on).id


def an_accepted_match(volunteer_id: uuid.UUID = ZOE_ID, participant_id: uuid.UUID = GIFT_ID) -> uuid.UUID:
    """Propose a pair and let both say yes."""
    match_id = a_proposal(volunteer_id, participant_id)
    with transaction(), gate.opened("two people say yes in a test"):
        match = session.get_one(Match, match_id)
        service.record_volunteers_answer(match, Answer.YES, by=None)
        service.record_participants_answer(match, Answer.YES, by=None)
    return match_id


def a_walking_match(volunteer_id: uuid.UUID = ZOE_ID, participant_id: uuid.UUID = GIFT_ID) -> uuid.UUID:
    """Let two people have met."""
    match_id = an_accepted_match(volunteer_id, participant_id)
    with transaction(), gate.opened("two people meet in a test"):
        service.start_match(session.get_one(Match, match_id), by=None)
    return match_id
