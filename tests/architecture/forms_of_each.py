"""One questionnaire of the programme, and one result shown on each side."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.features.questionnaires.models import Questionnaire, Response
from peerlink.framework.questionnaire_words import QuestionnaireStatus, ResponseStatus
from peerlink.instruments.fhir import questionnaire_of
from peerlink.instruments.scoring_file import scoring_of
from peerlink.store.session import session
from tests.instruments.forms import URL, a_form, a_scoring
from tests.support import cast

QUESTIONNAIRE = uuid.UUID(int=701)
SIDES: dict[str, tuple[object, object]] = {"response_id": (uuid.UUID(int=711), uuid.UUID(int=712))}
WORDS: dict[str, object] = {"questionnaire_id": QUESTIONNAIRE, "number": 1}


def tell(side: int, volunteer: cast.Person, today: dt.date) -> None:
    """Tell of one result on one side, and with the first of them of the questionnaire."""
    if side == 0:
        session.add(
            Questionnaire(
                id=QUESTIONNAIRE,
                status=QuestionnaireStatus.ACTIVE,
                self_harm=False,
                loaded_on=today,
                active_on=today,
                url=URL,
                title="Two made-up sentences",
                form_version="1",
                definition=questionnaire_of(a_form()).as_document(),
                scoring=scoring_of(a_scoring()).as_document(),
                licence="Ours; free for everybody.",
                rights_by=cast.CHIPO.viewer.account_id.hex,
            )
        )
        session.flush()
    scoring, form = scoring_of(a_scoring()), questionnaire_of(a_form())
    said = {"1": "a4", "2": "a1"}
    session.add(
        Response(
            id=SIDES["response_id"][side],
            subject_id=volunteer.viewer.person_id,
            volunteer_id=volunteer.viewer.person_id,
            questionnaire_id=QUESTIONNAIRE,
            status=ResponseStatus.COMPLETED,
            requested_on=today,
            completed_on=today,
            completed_at=clock.now(),
            shared_on=today,
            scores=[one.as_document() for one in scoring.results(form, said)],
            answers=said,
        )
    )
