"""Pages where volunteers answer questionnaires, see their results, and say who else may."""

import uuid
from dataclasses import dataclass

from flask import url_for
from werkzeug import Response as Answered

from peerlink.errors import NotFound
from peerlink.features.accounts.queries import team_members
from peerlink.features.questionnaires import service
from peerlink.features.questionnaires.forms import SendForm, page_form
from peerlink.features.questionnaires.models import Questionnaire, Response
from peerlink.features.questionnaires.queries import (
    active_questionnaires,
    answered_by_me,
    by_id,
    contacts_to_choose,
    get_active,
    get_own,
    get_own_to_change,
    loaded,
    readers_name,
    results_of,
    waiting_for_me,
)
from peerlink.features.questionnaires.rules import unanswered
from peerlink.features.questionnaires.sources import local_help
from peerlink.features.questionnaires.views.parts import bp, level_words, lines_of, name_of, title_of
from peerlink.framework.questionnaire_words import OPEN, ResponseStatus
from peerlink.instruments.scoring import Readers
from peerlink.instruments.scoring_file import Loaded
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@dataclass(frozen=True)
class Opened:
    """One response of the volunteer who is looking, and what is asked in it."""

    response: Response
    questionnaire: Questionnaire
    what: Loaded


@bp.get("/me/forms")
@allow(Permission.ANSWER_CHECKIN)
def mine() -> Answered:
    """Show what waits for an answer, what came out, and what may be taken up."""
    looking = current_viewer()
    waiting, answered = waiting_for_me(looking), answered_by_me(looking)
    forms = by_id(one.questionnaire_id for one in (*waiting, *answered))
    open_ids = {one.questionnaire_id for one in waiting}
    return page(
        "questionnaires/mine.html",
        waiting=[(one, forms[one.questionnaire_id]) for one in waiting],
        answered=[_result(one, forms[one.questionnaire_id]) for one in answered],
        offered=[one for one in active_questionnaires() if one.id not in open_ids],
        levels=level_words(),
    )


@bp.post("/me/forms/begin/<uuid:questionnaire_id>")
@allow(Permission.ANSWER_CHECKIN)
def begin(questionnaire_id: uuid.UUID) -> Answered:
    """Take a questionnaire up."""
    response = service.take_up(get_active(questionnaire_id), current_viewer())
    return see_other(url_for(".part", response_id=response.id, number=1))


@bp.get("/me/forms/<uuid:response_id>")
@allow(Permission.ANSWER_CHECKIN)
def result(response_id: uuid.UUID) -> Answered:
    """Show a result to whoever answered, with who else may see it."""
    one = _opened(get_own(response_id, current_viewer()))
    if one.response.status in OPEN:
        return see_other(url_for(".part", response_id=response_id, number=1))
    if one.response.status is ResponseStatus.STOPPED:
        return see_other(url_for(".mine"))
    return _result_page(one, _send_form(one.what, sent=False))


@bp.get("/me/forms/<uuid:response_id>/page/<int:number>")
@allow(Permission.ANSWER_CHECKIN)
def part(response_id: uuid.UUID, number: int) -> Answered:
    """Ask one page."""
    one = _opened(get_own(response_id, current_viewer()))
    if one.response.status not in OPEN:
        return see_other(url_for(".result", response_id=response_id))
    return _part_page(one, number)


@bp.post("/me/forms/<uuid:response_id>/page/<int:number>")
@allow(Permission.ANSWER_CHECKIN)
def keep(response_id: uuid.UUID, number: int) -> Answered:
    """Keep the answers of one page; a word of harm leads to help before anything else."""
    looking = current_viewer()
    one = _opened(get_own_to_change(response_id, looking))
    if one.response.status not in OPEN:
        return see_other(url_for(".result", response_id=response_id))
    pages = one.what.questionnaire.pages()
    if not 1 <= number <= len(pages):
        raise NotFound
    every = one.what.questionnaire.asked()
    asked = pages[number - 1].asked()
    form = page_form(asked, every, one.response.answers or {})
    said = form.said() if form.validate() else None
    if said is None:
        return _part_page(one, number, form, 422)
    harm = service.keep_answers(one.response, one.what, said, by=looking.account_id)
    about_harm = {item.item for item in one.what.scoring.self_harm} & said.keys()
    if harm and about_harm:
        return see_other(url_for(".help_now", response_id=response_id, number=number))
    return see_other(_after(one, number))


@bp.get("/me/forms/<uuid:response_id>/help/<int:number>")
@allow(Permission.ANSWER_CHECKIN)
def help_now(response_id: uuid.UUID, number: int) -> Answered:
    """Show whom to turn to at once, before anything else; only where somebody was called."""
    one = _opened(get_own(response_id, current_viewer()))
    if not one.response.harm_told:
        return see_other(url_for(".result", response_id=response_id))
    return page("questionnaires/help.html", help=local_help(), one=one, on=_after(one, number))


@bp.get("/me/forms/<uuid:response_id>/send")
@allow(Permission.ANSWER_CHECKIN)
def last(response_id: uuid.UUID) -> Answered:
    """Ask who may see the result, before it is sent."""
    one = _opened(get_own(response_id, current_viewer()))
    if one.response.status not in OPEN:
        return see_other(url_for(".result", response_id=response_id))
    return _last_page(one, _send_form(one.what, sent=False))


@bp.post("/me/forms/<uuid:response_id>/send")
@allow(Permission.ANSWER_CHECKIN)
def send(response_id: uuid.UUID) -> Answered:
    """Send a form; its result is shown at once."""
    looking = current_viewer()
    one = _opened(get_own_to_change(response_id, looking))
    if one.response.status not in OPEN:
        return see_other(url_for(".result", response_id=response_id))
    form = _send_form(one.what)
    if form.validate():
        with form.refusals_shown():
            show_to = form.show_to(chosen=_is_chosen(one.what))
            service.complete(one.response, one.what, show_to, looking)
            say(_("Thank you. This is what came out."))
            return see_other(url_for(".result", response_id=response_id))
    return _last_page(one, form, 422)


@bp.post("/me/forms/<uuid:response_id>/stop")
@allow(Permission.ANSWER_CHECKIN)
def stop(response_id: uuid.UUID) -> Answered:
    """Leave a form out."""
    looking = current_viewer()
    response = get_own_to_change(response_id, looking)
    if response.status in OPEN:
        service.stop(response, by=looking.account_id)
        say(_("Left out. Nothing of it is kept, and nobody asks why."))
    return see_other(url_for(".mine"))


@bp.post("/me/forms/<uuid:response_id>/show")
@allow(Permission.ANSWER_CHECKIN)
def let_see(response_id: uuid.UUID) -> Answered:
    """Let somebody see a result."""
    looking = current_viewer()
    one = _opened(get_own_to_change(response_id, looking))
    form = _send_form(one.what)
    if form.validate():
        with form.refusals_shown():
            chosen = _is_chosen(one.what)
            service.share(one.response, one.what, form.show_to(chosen=True) if chosen else "reader", looking)
            say(_("Shown."), undo=url_for(".hide", response_id=response_id))
            return see_other(url_for(".result", response_id=response_id))
    return _result_page(one, form, 422)


@bp.post("/me/forms/<uuid:response_id>/hide")
@allow(Permission.ANSWER_CHECKIN)
def hide(response_id: uuid.UUID) -> Answered:
    """Let nobody else see a result from now on."""
    looking = current_viewer()
    service.take_back(get_own_to_change(response_id, looking), by=looking.account_id)
    say(_("Nobody else sees it from now on."))
    return see_other(url_for(".result", response_id=response_id))


def _opened(response: Response) -> Opened:
    questionnaire = by_id([response.questionnaire_id])[response.questionnaire_id]
    return Opened(response, questionnaire, loaded(questionnaire))


def _result(response: Response, questionnaire: Questionnaire) -> dict[str, object]:
    return {
        "response": response,
        "title": title_of(questionnaire),
        "lines": lines_of(loaded(questionnaire), results_of(response)),
        "harm": bool(response.speaks_of_harm),
    }


def _result_page(one: Opened, form: SendForm, status: int = 200) -> Answered:
    seen_by, reader = one.response.shared_with_id, readers_name(one.response.volunteer_id)
    if seen_by is not None:
        reader = team_members([seen_by]).get(seen_by, "")
    return page(
        "questionnaires/result.html",
        status,
        one=one,
        shown=_result(one.response, one.questionnaire),
        name=name_of(one.questionnaire),
        levels=level_words(),
        help=local_help(),
        form=form,
        chosen=_is_chosen(one.what),
        reader=reader,
    )


def _part_page(one: Opened, number: int, form: object = None, status: int = 200) -> Answered:
    pages, every = one.what.questionnaire.pages(), one.what.questionnaire.asked()
    if not 1 <= number <= len(pages):
        raise NotFound
    here = pages[number - 1]
    asked = here.asked()
    return page(
        "questionnaires/part.html",
        status,
        one=one,
        here=here,
        number=number,
        n_pages=len(pages),
        form=form or page_form(asked, every, one.response.answers or {}, sent=False),
        back=_before(one, number),
        help=local_help(),
    )


def _last_page(one: Opened, form: SendForm, status: int = 200) -> Answered:
    pages, reader = one.what.questionnaire.pages(), readers_name(one.response.volunteer_id)
    form.reader.label.text = _("Let %(name)s see the scores", name=reader)
    missing = [
        (item, n)
        for n, here in enumerate(pages, 1)
        for item in unanswered(here.asked(), one.response.answers or {})
    ]
    return page(
        "questionnaires/last.html",
        status,
        one=one,
        form=form,
        missing=missing,
        n_pages=len(pages),
        chosen=_is_chosen(one.what),
        reader=reader,
        help=local_help(),
    )


def _send_form(what: Loaded, *, sent: bool = True) -> SendForm:
    form = SendForm() if sent else SendForm(formdata=None)
    form.offer(contacts_to_choose(current_viewer()) if _is_chosen(what) else {})
    return form


def _is_chosen(what: Loaded) -> bool:
    """Tell whether the person chooses who may see the result, each time."""
    return what.scoring.results_to is Readers.CONTACT


def _before(one: Opened, number: int) -> str:
    if number > 1:
        return url_for(".part", response_id=one.response.id, number=number - 1)
    return url_for(".mine")


def _after(one: Opened, number: int) -> str:
    if number < len(one.what.questionnaire.pages()):
        return url_for(".part", response_id=one.response.id, number=number + 1)
    return url_for(".last", response_id=one.response.id)
