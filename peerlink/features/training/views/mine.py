"""Each volunteer's own training: what counts until when, sessions to come, what they would like to learn."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.features.accounts.queries import team_members
from peerlink.features.training import holding, service
from peerlink.features.training.catalogue import module_names, name_in, offered
from peerlink.features.training.forms import WishForm
from peerlink.features.training.queries import (
    coming_sessions,
    completions_of,
    enrolments_of,
    get_session,
    get_wish,
    latest_marks_of,
    minutes_learned,
    reasons_of,
    wishes_of,
)
from peerlink.features.training.standing import NEVER, standing_of
from peerlink.features.training.views.parts import bp, own_record, taught_in, today
from peerlink.features.training.wishing import wish_in_words
from peerlink.framework.training_words import AttendanceStatus, WishStatus
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/me/training")
@allow(Permission.SEE_OWN)
def mine() -> Response:
    """Show a volunteer their own training."""
    return _my_page(WishForm(formdata=None))


@bp.post("/me/training/sessions/<uuid:session_id>/enrol")
@allow(Permission.SEE_OWN)
def join(session_id: uuid.UUID) -> Response:
    """Enrol in a session."""
    one = get_session(session_id)
    holding.enrol(one, [own_record()], by=current_viewer().account_id, invited=False)
    say(_("You are enrolled."), undo=url_for(".cannot_come", session_id=one.id))
    return see_other(url_for(".mine"))


@bp.post("/me/training/sessions/<uuid:session_id>/cannot-come")
@allow(Permission.SEE_OWN)
def cannot_come(session_id: uuid.UUID) -> Response:
    """Say that one cannot come; nobody asks why."""
    one = get_session(session_id)
    holding.excuse(one, own_record(), by=current_viewer().account_id)
    say(_("Noted. Nobody asks why."), undo=url_for(".join", session_id=one.id))
    return see_other(url_for(".mine"))


@bp.post("/me/training/wishes")
@allow(Permission.SEE_OWN)
def wish() -> Response:
    """Ask to learn something."""
    form, volunteer = WishForm(), own_record()
    form.offer({code: one.name for code, one in offered().items()})
    if form.validate():
        with form.refusals_shown():
            wished = service.wish(volunteer, form.said(), by=current_viewer().account_id)
            undo = url_for(".take_wish_back", wish_id=wished.id)
            say(_("Asked for. Whoever plans training sees it."), undo=undo)
            return see_other(url_for(".mine", _anchor="wishes"))
    return _my_page(form, 422)


@bp.post("/me/training/wishes/<uuid:wish_id>/take-back")
@allow(Permission.SEE_OWN)
def take_wish_back(wish_id: uuid.UUID) -> Response:
    """Take a wish back."""
    wished = get_wish(wish_id, current_viewer())
    service.answer_wish(wished, WishStatus.WITHDRAWN, by=current_viewer().account_id)
    say(_("Taken back."))
    return see_other(url_for(".mine", _anchor="wishes"))


def _my_page(form: WishForm, status: int = 200) -> Response:
    volunteer, viewer, now = own_record(), current_viewer(), today()
    names, taught = module_names(), offered()
    form.offer({code: one.name for code, one in taught.items()})
    cells, marks = standing_of([volunteer.id], now)[volunteer.id], latest_marks_of(volunteer.id, viewer)
    watchers = team_members([one.seen_by for one in marks.values() if one.seen_by])
    codes = dict.fromkeys([*(code for code, one in taught.items() if one.mandatory), *cells, *marks])
    here = enrolments_of(volunteer.id, viewer)
    taken = completions_of(volunteer.id, viewer)
    reasons = reasons_of(taken)
    waived = {one.module: reasons[one.id] for one in reversed(taken) if one.id in reasons}
    return page(
        "training/mine.html",
        status,
        form=form,
        watchers=watchers,
        rows=[
            {
                "module": name_in(names, code),
                "cell": cells.get(code, NEVER),
                "mandatory": code in taught and taught[code].mandatory,
                "mark": marks.get(code),
                "reason": waived.get(code, ""),
            }
            for code in codes
        ],
        sessions=[
            (one, taught_in(one, names), here.get(one.id) is AttendanceStatus.ENROLLED)
            for one in coming_sessions(now)
        ],
        wishes=[(one, wish_in_words(one.what, names)) for one in wishes_of(volunteer.id, viewer)],
        minutes=minutes_learned([volunteer.id], now.replace(month=1, day=1), now).get(volunteer.id, 0),
    )
