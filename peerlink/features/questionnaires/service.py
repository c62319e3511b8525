"""Asking questionnaires, keeping answers, and showing results to whom the person chose."""

import datetime as dt
import uuid
from collections.abc import Mapping

from peerlink import clock
from peerlink.errors import Refused
from peerlink.events import announce
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.questionnaires.events import (
    ResponseAsked,
    ResponseBegun,
    ResponseCompleted,
    ResponseHandled,
    ResponseShared,
    ResponseStopped,
    ResponseTakenBack,
    SelfHarmAnswered,
)
from peerlink.features.questionnaires.models import Questionnaire, Response
from peerlink.features.questionnaires.queries import (
    active_questionnaires,
    contacts_to_choose,
    earlier_values,
    find_open,
    last_asked,
    waiting_since_before,
)
from peerlink.features.questionnaires.rules import Answer, check_complete, is_due
from peerlink.features.questionnaires.sources import Check, safety_checks
from peerlink.framework.questionnaire_words import QuestionnaireStatus, ResponseStatus
from peerlink.instruments.scoring import Readers
from peerlink.instruments.scoring_file import Loaded
from peerlink.lifecycle import Kind, check_step
from peerlink.roles import Viewer
from peerlink.store.session import session
from peerlink.words import _

NOBODY_ELSE = "nobody"
"""Said in place of whom to show a result to."""


def check_before_active(check: Check) -> None:
    """Let a room above say what is missing before a form that asks about harm to oneself may be sent.

    The check raises Refused with a sentence that names it (framework.md section 8, rule 2). Until some room
    does, no such form is sent: nobody would be there.
    """
    if check not in safety_checks:
        safety_checks.append(check)


def check_can_be_sent(questionnaire: Questionnaire) -> None:
    """Refuse to send a form that asks about harm to oneself while nobody would answer a yes."""
    if not questionnaire.self_harm:
        return
    if not safety_checks:
        raise Refused(
            _(
                "This form asks about harm to oneself. It can be sent only when somebody is on duty, local "
                "crisis numbers are filled in and the path is written down. Nobody is on duty yet."
            )
        )
    for check in safety_checks:
        check()


def ask(volunteer_id: uuid.UUID, questionnaire: Questionnaire, *, by: uuid.UUID | None) -> Response:
    """Ask a volunteer to answer a questionnaire; answering stays their choice."""
    if find_open(volunteer_id, questionnaire.id) is not None:
        raise Refused(_("It waits for their answer already."))
    response = _begin(volunteer_id, questionnaire, ResponseStatus.REQUESTED)
    announce(ResponseAsked(by=by, volunteer_id=volunteer_id, response_id=response.id))
    return response


def take_up(questionnaire: Questionnaire, viewer: Viewer) -> Response:
    """Return the viewer's open response; one they take up of their own accord is begun."""
    if viewer.person_id is None:
        raise Refused(_("These forms are for volunteers."))
    waiting = find_open(viewer.person_id, questionnaire.id)
    if waiting is not None:
        return waiting
    response = _begin(viewer.person_id, questionnaire, ResponseStatus.IN_PROGRESS)
    announce(ResponseBegun(by=viewer.account_id, volunteer_id=viewer.person_id, response_id=response.id))
    return response


def keep_answers(
    response: Response, what: Loaded, said: Mapping[str, Answer | None], *, by: uuid.UUID
) -> bool:
    """Keep the answers of one page; return whether one of all that are kept speaks of harm to oneself.

    That is never delayed by what is still missing: whoever is on duty hears of it in this transaction.
    """
    if response.status is ResponseStatus.REQUESTED:
        check_step(Kind.RESPONSE, response.status, ResponseStatus.IN_PROGRESS)
        response.status = ResponseStatus.IN_PROGRESS
    _check_open(response)
    kept = {**(response.answers or {}), **said}
    response.answers = {item: answer for item, answer in kept.items() if answer is not None}
    harm = what.scoring.tells_of_harm(what.questionnaire, response.answers)
    first = harm and not response.harm_told
    if first:
        response.harm_told = True
    session.flush()
    if first:
        announce(SelfHarmAnswered(by=by, volunteer_id=response.volunteer_id, response_id=response.id))
    return harm


def complete(response: Response, what: Loaded, show_to: str, viewer: Viewer) -> Response:
    """Score a response, and show the scores to whom the volunteer says: nobody, their reader, an account."""
    _check_open(response)
    answers = response.answers or {}
    check_complete(what.questionnaire.asked(), answers)
    check_step(Kind.RESPONSE, response.status, ResponseStatus.COMPLETED)
    before = earlier_values(response, what.questionnaire.url)
    results = what.scoring.results(what.questionnaire, answers, before)
    response.scores = [one.as_document() for one in results]
    response.speaks_of_harm = what.scoring.tells_of_harm(what.questionnaire, answers)
    response.status = ResponseStatus.COMPLETED
    response.completed_on, response.completed_at = _today(), clock.now()
    _show(response, what, show_to, viewer)
    session.flush()
    announce(
        ResponseCompleted(
            by=viewer.account_id,
            volunteer_id=response.volunteer_id,
            response_id=response.id,
            contact_id=response.shared_with_id,
        )
    )
    return response


def stop(response: Response, *, by: uuid.UUID | None) -> None:
    """Leave a form out; what was answered so far is not kept."""
    check_step(Kind.RESPONSE, response.status, ResponseStatus.STOPPED)
    response.status = ResponseStatus.STOPPED
    response.answers = None
    session.flush()
    announce(ResponseStopped(by=by, volunteer_id=response.volunteer_id, response_id=response.id))


def share(response: Response, what: Loaded, show_to: str, viewer: Viewer) -> None:
    """Show the scores of an answered form to whom the volunteer says."""
    _check_answered(response)
    if show_to == NOBODY_ELSE:
        raise Refused(_("Choose who may see your result."))
    _show(response, what, show_to, viewer)
    session.flush()
    announce(
        ResponseShared(
            by=viewer.account_id,
            volunteer_id=response.volunteer_id,
            response_id=response.id,
            contact_id=response.shared_with_id,
        )
    )


def take_back(response: Response, *, by: uuid.UUID) -> None:
    """Show the scores of an answered form to nobody from now on."""
    _check_answered(response)
    response.shared_on = response.shared_with_id = None
    session.flush()
    announce(ResponseTakenBack(by=by, volunteer_id=response.volunteer_id, response_id=response.id))


def mark_handled(response: Response, *, by: uuid.UUID, handled: bool = True) -> None:
    """Write down that a professional has what a result says in hand, or take that back."""
    _check_answered(response)
    response.handled_on = _today() if handled else None
    session.flush()
    announce(ResponseHandled(by=by, volunteer_id=response.volunteer_id, response_id=response.id))


def ask_by_rhythm(today: dt.date) -> tuple[int, int]:
    """Let go of what has waited too long, and ask whoever is due; return how many of each."""
    days = dt.timedelta(days=limits().whole("questionnaire.wait_days"))
    late = waiting_since_before(today - days)
    for response in late:
        stop(response, by=None)
    asked = 0
    for questionnaire in active_questionnaires():
        if questionnaire.every_days is None or not _can_be_sent(questionnaire):
            continue
        for volunteer_id, last_on in last_asked(questionnaire.id).items():
            due = is_due(last_on, questionnaire.every_days, today)
            if due and find_open(volunteer_id, questionnaire.id) is None:
                ask(volunteer_id, questionnaire, by=None)
                asked += 1
    return len(late), asked


def _begin(volunteer_id: uuid.UUID, questionnaire: Questionnaire, status: ResponseStatus) -> Response:
    if questionnaire.status is not QuestionnaireStatus.ACTIVE:
        raise Refused(_("This form is not asked."))
    check_can_be_sent(questionnaire)
    response = Response(
        id=uuid.uuid4(),
        subject_id=volunteer_id,
        volunteer_id=volunteer_id,
        questionnaire_id=questionnaire.id,
        status=status,
        requested_on=_today(),
    )
    session.add(response)
    session.flush()
    return response


def _show(response: Response, what: Loaded, show_to: str, viewer: Viewer) -> None:
    if show_to == NOBODY_ELSE:
        response.shared_on = response.shared_with_id = None
        return
    chosen = None
    if what.scoring.results_to is Readers.CONTACT:
        chosen = next((one for one in contacts_to_choose(viewer) if one.hex == show_to), None)
        if chosen is None:
            raise Refused(_("Choose who may see your result, or nobody."))
    response.shared_on, response.shared_with_id = _today(), chosen


def _check_open(response: Response) -> None:
    if response.status is not ResponseStatus.IN_PROGRESS:
        raise Refused(_("This form is closed. Begin a new one if you like."))


def _check_answered(response: Response) -> None:
    if response.status is not ResponseStatus.COMPLETED:
        raise Refused(_("This form is not answered yet."))


def _can_be_sent(questionnaire: Questionnaire) -> bool:
    try:
        check_can_be_sent(questionnaire)
    except Refused:
        return False
    return True


def _today() -> dt.date:
    return clock.today(programme_zone())
