"""Pages where a programme brings questionnaires and takes them in and out of use."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.features.accounts.queries import team_members
from peerlink.features.questionnaires import bringing
from peerlink.features.questionnaires.forms import LoadForm, RhythmForm, page_form
from peerlink.features.questionnaires.models import Questionnaire
from peerlink.features.questionnaires.queries import get_questionnaire, is_answered, loaded, questionnaires
from peerlink.features.questionnaires.views.parts import bp, name_of
from peerlink.framework.questionnaire_words import QuestionnaireStatus
from peerlink.instruments.fhir import read_questionnaire
from peerlink.instruments.reading import Fault
from peerlink.instruments.scoring_file import read_both
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/questionnaires")
@allow(Permission.KEEP_PROGRAMME)
def index() -> Response:
    """List what the programme asks, and what was brought."""
    return page("questionnaires/index.html", rows=[(one, name_of(one)) for one in questionnaires()])


@bp.get("/questionnaires/new")
@allow(Permission.KEEP_PROGRAMME)
def new() -> Response:
    """Ask for the two files."""
    return page("questionnaires/new.html", form=LoadForm(), faults=[])


@bp.post("/questionnaires/new")
@allow(Permission.KEEP_PROGRAMME)
def load() -> Response:
    """Look the files over: keep them as a draft to be looked at, or name everything that is wrong."""
    form, faults = LoadForm(), list[Fault]()
    names = (_("Questionnaire"), _("Scoring file"))
    fine, (questionnaire, scoring) = form.validate(), form.files()
    if form.is_whole(questionnaire, scoring) and questionnaire is not None:
        what, faults = read_both(questionnaire, scoring, str(form.shipped.data), names)
        if what is not None and fine:
            with form.refusals_shown():
                by = current_viewer().account_id
                made = bringing.load(what, has_rights=bool(form.rights.data), by=by)
                say(_("Looked over, and nothing is wrong. See it as people will, then take it into use."))
                return see_other(url_for(".show", questionnaire_id=made.id))
    elif questionnaire is not None:
        faults = read_questionnaire(questionnaire, names[0])[1]
    wrong = {one.file for one in faults}
    form.carry(None if names[0] in wrong else questionnaire, None if names[1] in wrong else scoring)
    return page("questionnaires/new.html", 422, form=form, faults=faults)


@bp.get("/questionnaires/<uuid:questionnaire_id>")
@allow(Permission.KEEP_PROGRAMME)
def show(questionnaire_id: uuid.UUID) -> Response:
    """Show a questionnaire as people will see it, how it is scored, and who said it may be used."""
    one = get_questionnaire(questionnaire_id)
    return _shown(one, RhythmForm(data={"every_days": one.every_days}))


@bp.post("/questionnaires/<uuid:questionnaire_id>/activate")
@allow(Permission.KEEP_PROGRAMME)
def activate(questionnaire_id: uuid.UUID) -> Response:
    """Take a questionnaire into use."""
    one, form = get_questionnaire(questionnaire_id), RhythmForm()
    with form.refusals_shown():
        bringing.activate(one, by=current_viewer().account_id)
        say(_("In use. Whoever looks after volunteers can ask it, and volunteers can take it up."))
        return see_other(url_for(".show", questionnaire_id=one.id))
    return _shown(one, form, 422)


@bp.post("/questionnaires/<uuid:questionnaire_id>/retire")
@allow(Permission.KEEP_PROGRAMME)
def retire(questionnaire_id: uuid.UUID) -> Response:
    """Ask a questionnaire no longer."""
    one, form = get_questionnaire(questionnaire_id), RhythmForm()
    with form.refusals_shown():
        bringing.retire(one, by=current_viewer().account_id)
        say(_("No longer asked. What people answered stays."))
        return see_other(url_for(".show", questionnaire_id=one.id))
    return _shown(one, form, 422)


@bp.post("/questionnaires/<uuid:questionnaire_id>/discard")
@allow(Permission.KEEP_PROGRAMME)
def discard(questionnaire_id: uuid.UUID) -> Response:
    """Throw away what was only looked over."""
    one, form = get_questionnaire(questionnaire_id), RhythmForm()
    with form.refusals_shown():
        bringing.discard(one, by=current_viewer().account_id)
        say(_("Thrown away. Nobody was asked anything."))
        return see_other(url_for(".index"))
    return _shown(one, form, 422)


@bp.post("/questionnaires/<uuid:questionnaire_id>/rhythm")
@allow(Permission.KEEP_PROGRAMME)
def rhythm(questionnaire_id: uuid.UUID) -> Response:
    """Say how often every active volunteer is asked."""
    one, form = get_questionnaire(questionnaire_id), RhythmForm()
    if form.validate():
        with form.refusals_shown():
            bringing.set_rhythm(one, form.every_days.data)
            say(_("Saved."))
            return see_other(url_for(".show", questionnaire_id=one.id))
    return _shown(one, form, 422)


def _shown(one: Questionnaire, form: RhythmForm, status: int = 200) -> Response:
    what = loaded(one)
    every = what.questionnaire.asked()
    by = uuid.UUID(one.rights_by)
    return page(
        "questionnaires/show.html",
        status,
        one=one,
        name=name_of(one),
        form=form,
        what=what,
        asked=page_form(every, every, {}, sent=False),
        n_asked=len(every),
        rights_by=team_members([by]).get(by, ""),
        may_discard=one.status is QuestionnaireStatus.DRAFT and not is_answered(one),
    )
