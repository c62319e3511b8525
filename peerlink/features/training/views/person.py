"""What one volunteer has learned, can do, and would like to learn."""

import uuid

from flask import request, url_for
from werkzeug import Response

from peerlink.errors import Refused
from peerlink.features.accounts.queries import team_members
from peerlink.features.training import holding, service
from peerlink.features.training.catalogue import module_names, name_in, offered
from peerlink.features.training.forms import CompletionForm, MarkForm
from peerlink.features.training.queries import (
    coming_sessions,
    completions_of,
    counting_until,
    enrolments_of,
    get_session,
    get_wish,
    latest_marks_of,
    mandatory_of,
    reasons_of,
    wishes_of,
)
from peerlink.features.training.views.parts import bp, taught_in, today
from peerlink.features.training.wishing import wish_in_words
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.support import areas_of
from peerlink.framework.training_words import AttendanceStatus, CompetencyMark, WishStatus
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_tabs import tabs_of
from peerlink.web.viewer import current_viewer
from peerlink.words import _

ANSWERS = {"granted": WishStatus.GRANTED, "declined": WishStatus.DECLINED, "asked": WishStatus.ASKED}


@bp.get("/volunteers/<uuid:volunteer_id>/training")
@allow(Permission.SEE_VOLUNTEERS)
def register(volunteer_id: uuid.UUID) -> Response:
    """Show what one volunteer has learned, and until when it counts."""
    form = CompletionForm(data={"completed_on": today(), "mandatory": True})
    return _register_page(get_volunteer(volunteer_id, current_viewer()), form)


@bp.post("/volunteers/<uuid:volunteer_id>/training")
@allow(Permission.KEEP_VOLUNTEERS)
def record(volunteer_id: uuid.UUID) -> Response:
    """Write down a module taken, or waived with its reason."""
    viewer, form = current_viewer(), CompletionForm()
    volunteer = get_volunteer(volunteer_id, viewer)
    form.offer(_names())
    if form.validate():
        with form.refusals_shown():
            by = viewer.account_id
            if form.is_waiver:
                completion = service.waive(volunteer, form.draft(), form.reason.data or "", by=by)
            else:
                completion = service.record_completion(volunteer, form.draft(), by=by)
            undo = url_for(".take_back", volunteer_id=volunteer.id, completion_id=completion.id)
            say(_("Written down."), undo=undo)
            return see_other(url_for(".register", volunteer_id=volunteer.id))
    return _register_page(volunteer, form, status=422)


@bp.post("/volunteers/<uuid:volunteer_id>/training/<uuid:completion_id>/take-back")
@allow(Permission.KEEP_VOLUNTEERS)
def take_back(volunteer_id: uuid.UUID, completion_id: uuid.UUID) -> Response:
    """Take out what was written down by mistake."""
    viewer = current_viewer()
    volunteer = get_volunteer(volunteer_id, viewer)
    service.take_back(volunteer, completion_id, by=viewer.account_id)
    say(_("Taken out."))
    return see_other(url_for(".register", volunteer_id=volunteer.id))


@bp.post("/volunteers/<uuid:volunteer_id>/training/mark")
@allow(Permission.HOLD_TRAINING)
def mark(volunteer_id: uuid.UUID) -> Response:
    """Write down what somebody can do by now."""
    viewer, form = current_viewer(), MarkForm()
    volunteer = get_volunteer(volunteer_id, viewer)
    form.offer(_names())
    if form.validate():
        service.mark(volunteer, form.module.data, CompetencyMark(form.mark.data), by=viewer.account_id)
        say(_("Written down. What was seen before stays on file."))
        return see_other(url_for(".register", volunteer_id=volunteer.id))
    blank = CompletionForm(formdata=None, data={"completed_on": today(), "mandatory": True})
    return _register_page(volunteer, blank, marking=form, status=422)


@bp.post("/volunteers/<uuid:volunteer_id>/training/enrol")
@allow(Permission.HOLD_TRAINING)
def enrol_one(volunteer_id: uuid.UUID) -> Response:
    """Write one volunteer in for a session to come."""
    viewer = current_viewer()
    volunteer = get_volunteer(volunteer_id, viewer)
    try:
        chosen = uuid.UUID(request.form.get("session", ""))
    except ValueError:
        raise Refused(_("Choose a session.")) from None
    holding.enrol(get_session(chosen), [volunteer], by=viewer.account_id)
    say(_("Written in; a neutral message goes out."))
    return see_other(url_for(".register", volunteer_id=volunteer.id))


@bp.post("/training/wishes/<uuid:wish_id>/<answer>")
@allow(Permission.HOLD_TRAINING)
def answer_wish(wish_id: uuid.UUID, answer: str) -> Response:
    """Grant a wish, say not now, or open it again."""
    wished = get_wish(wish_id, current_viewer())
    if answer not in ANSWERS:
        raise Refused(_("That is not offered here."))
    service.answer_wish(wished, ANSWERS[answer], by=current_viewer().account_id)
    undo = None if answer == "asked" else url_for(".answer_wish", wish_id=wished.id, answer="asked")
    say({"granted": _("Granted."), "declined": _("Not now.")}.get(answer, _("Open again.")), undo=undo)
    return see_other(url_for(".register", volunteer_id=wished.volunteer_id, _anchor="wishes"))


def _names() -> dict[str, str]:
    return {code: one.name for code, one in offered().items()}


def _register_page(
    volunteer: Volunteer, form: CompletionForm, *, marking: MarkForm | None = None, status: int = 200
) -> Response:
    viewer, now, names, taught = current_viewer(), today(), module_names(), _names()
    marking = marking or MarkForm(formdata=None)
    form.offer(taught)
    marking.offer(taught)
    valid = mandatory_of([volunteer.id])[volunteer.id]
    taken = completions_of(volunteer.id, viewer)
    until, reasons = counting_until(taken), reasons_of(taken)
    marks = latest_marks_of(volunteer.id, viewer)
    watchers = team_members([one.seen_by for one in marks.values() if one.seen_by])
    rows = [
        {
            "id": one.id,
            "module": name_in(names, one.module),
            "edition": one.edition,
            "on": one.completed_on,
            "until": until.get(one.id),
            "gone": one.id in until and until[one.id] < now,
            "result": _(one.result.label),
            "reason": reasons.get(one.id, ""),
            "mandatory": one.mandatory,
            "areas": ", ".join(_(area.label) for area in areas_of(one.areas)),
        }
        for one in taken
    ]
    here = enrolments_of(volunteer.id, viewer)
    coming = [(one, taught_in(one, names)) for one in coming_sessions(now)]
    return page(
        "training/register.html",
        status,
        one=volunteer,
        tabs=tabs_of("volunteer", volunteer.id),
        form=form,
        marking=marking,
        marks=[(name_in(names, code), seen, watchers) for code, seen in marks.items()],
        wishes=[(wish, wish_in_words(wish.what, names)) for wish in wishes_of(volunteer.id, viewer)],
        enrolled=[pair for pair in coming if here.get(pair[0].id) is AttendanceStatus.ENROLLED],
        to_join=[pair for pair in coming if here.get(pair[0].id) is not AttendanceStatus.ENROLLED],
        rows=rows,
        not_yet=[one.name for one in offered().values() if one.mandatory and one.code not in valid],
        may_keep=viewer.may(Permission.KEEP_VOLUNTEERS),
        may_hold=viewer.may(Permission.HOLD_TRAINING),
    )
