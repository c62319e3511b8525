"""Bringing questionnaires, and taking them in and out of use."""

import datetime as dt
import uuid

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.questionnaires.events import (
    QuestionnaireActivated,
    QuestionnaireDiscarded,
    QuestionnaireLoaded,
    QuestionnaireRetired,
)
from peerlink.features.questionnaires.models import Questionnaire
from peerlink.features.questionnaires.queries import (
    active_questionnaires,
    is_answered,
    questionnaires,
    requested,
)
from peerlink.features.questionnaires.rules import check_rhythm
from peerlink.features.questionnaires.service import check_can_be_sent, stop
from peerlink.framework.questionnaire_words import QuestionnaireStatus
from peerlink.instruments.scoring_file import Loaded
from peerlink.lifecycle import Kind, check_step
from peerlink.store.session import session
from peerlink.words import _


def load(what: Loaded, *, has_rights: bool, by: uuid.UUID) -> Questionnaire:
    """Keep a questionnaire to be looked over; nobody is asked anything yet."""
    if not has_rights:
        raise Refused(_("Say that your programme has the right to use this wording."))
    form, scoring = what.questionnaire, what.scoring
    for one in questionnaires():
        if (one.url, one.form_version) == (form.url, form.version):
            raise Refused(
                _(
                    "This version is here already. Give a changed one a new version, so that what people "
                    "answered before stays what it was."
                )
            )
    made = Questionnaire(
        id=uuid.uuid4(),
        status=QuestionnaireStatus.DRAFT,
        self_harm=bool(scoring.self_harm),
        every_days=None,
        loaded_on=_today(),
        url=form.url,
        title=form.title,
        form_version=form.version,
        definition=form.as_document(),
        scoring=scoring.as_document(),
        licence="\n\n".join(dict.fromkeys(filter(None, (form.copyright, scoring.licence)))),
        rights_by=by.hex,
    )
    session.add(made)
    session.flush()
    announce(QuestionnaireLoaded(by=by, questionnaire_id=made.id))
    return made


def activate(questionnaire: Questionnaire, *, by: uuid.UUID) -> None:
    """Let a questionnaire be asked, in the place of an earlier version of it."""
    check_step(Kind.QUESTIONNAIRE, questionnaire.status, QuestionnaireStatus.ACTIVE)
    check_can_be_sent(questionnaire)
    for earlier in active_questionnaires():
        if earlier.url == questionnaire.url:
            for waiting in requested(earlier.id):
                waiting.questionnaire_id = questionnaire.id
            questionnaire.every_days = questionnaire.every_days or earlier.every_days
            session.flush()
            retire(earlier, by=by)
    questionnaire.status = QuestionnaireStatus.ACTIVE
    questionnaire.active_on = _today()
    session.flush()
    announce(QuestionnaireActivated(by=by, questionnaire_id=questionnaire.id))


def retire(questionnaire: Questionnaire, *, by: uuid.UUID) -> None:
    """Ask a questionnaire no longer; what was answered stays, and who has begun may finish."""
    check_step(Kind.QUESTIONNAIRE, questionnaire.status, QuestionnaireStatus.RETIRED)
    questionnaire.status = QuestionnaireStatus.RETIRED
    questionnaire.retired_on = _today()
    session.flush()
    for waiting in requested(questionnaire.id):
        stop(waiting, by=by)
    announce(QuestionnaireRetired(by=by, questionnaire_id=questionnaire.id))


def discard(questionnaire: Questionnaire, *, by: uuid.UUID) -> None:
    """Throw away what was only looked over."""
    if questionnaire.status is not QuestionnaireStatus.DRAFT or is_answered(questionnaire):
        raise Refused(_("People were asked this. It can be taken out of use, and what they said stays."))
    session.delete(questionnaire)
    announce(QuestionnaireDiscarded(by=by, questionnaire_id=questionnaire.id))


def set_rhythm(questionnaire: Questionnaire, every_days: int | None) -> None:
    """Ask every active volunteer so often, or only when somebody asks."""
    check_rhythm(every_days)
    questionnaire.every_days = every_days


def _today() -> dt.date:
    return clock.today(programme_zone())
