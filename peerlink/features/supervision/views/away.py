"""Being away: who covers; for coordinators, everybody who supervises and how many they look after."""

import datetime as dt
import uuid

from flask import url_for
from werkzeug import Response

from peerlink.errors import NotFound
from peerlink.features.accounts.queries import supervisors
from peerlink.features.programmes.queries import limits
from peerlink.features.supervision import covering, service
from peerlink.features.supervision.forms import AwayForm
from peerlink.features.supervision.views.parts import bp, today
from peerlink.features.volunteers.covers import covers_to_come, spans
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/supervision/away")
@allow(Permission.CARE)
def away() -> Response:
    """Show when one is away and who covers, and for whom one covers."""
    return _away_page(current_viewer().account_id, _new_form())


@bp.post("/supervision/away")
@allow(Permission.CARE)
def go_away() -> Response:
    """Say that one is away, and who covers."""
    return _arranged(current_viewer().account_id, url_for(".away"))


@bp.post("/supervision/away/<uuid:cover_id>/end")
@allow(Permission.CARE)
def come_back(cover_id: uuid.UUID) -> Response:
    """Say that one is back, or does not go."""
    viewer = current_viewer()
    covering.end_cover(covering.get_cover(cover_id, viewer.account_id), by=viewer.account_id)
    say(_("You look after your volunteers yourself again."))
    return see_other(url_for(".away"))


@bp.get("/supervisors")
@allow(Permission.KEEP_VOLUNTEERS)
def team() -> Response:
    """Show everybody who supervises: how many they look after, whose talks are late, who is away."""
    viewer, counts = current_viewer(), spans()
    late: dict[uuid.UUID | None, int] = {}
    for row in service.due_list_of_all(viewer):
        if row.due_on is not None and row.due_on < today():
            late[row.volunteer.supervisor_id] = late.get(row.volunteer.supervisor_id, 0) + 1
    coming: dict[uuid.UUID, list[object]] = {}
    for one in covers_to_come(today()):
        coming.setdefault(one.supervisor_id, []).append(one)
    return page(
        "supervision/team.html",
        people=supervisors(),
        spans=counts,
        most=limits().whole("supervision.max_span"),
        late=late,
        covers=coming,
        names=_names(),
        today=today(),
    )


@bp.get("/supervisors/<uuid:supervisor_id>/away")
@allow(Permission.KEEP_VOLUNTEERS)
def away_of(supervisor_id: uuid.UUID) -> Response:
    """Show when a supervisor is away, and who covers."""
    return _away_page(_known(supervisor_id), _new_form())


@bp.post("/supervisors/<uuid:supervisor_id>/away")
@allow(Permission.KEEP_VOLUNTEERS)
def send_away(supervisor_id: uuid.UUID) -> Response:
    """Say in a supervisor's place that they are away, and who covers."""
    return _arranged(_known(supervisor_id), url_for(".away_of", supervisor_id=supervisor_id))


@bp.post("/supervisors/<uuid:supervisor_id>/away/<uuid:cover_id>/end")
@allow(Permission.KEEP_VOLUNTEERS)
def bring_back(supervisor_id: uuid.UUID, cover_id: uuid.UUID) -> Response:
    """Say that a supervisor is back, or does not go."""
    covering.end_cover(covering.get_cover(cover_id, _known(supervisor_id)), by=current_viewer().account_id)
    say(_("They look after their volunteers themselves again."))
    return see_other(url_for(".away_of", supervisor_id=supervisor_id))


def _known(supervisor_id: uuid.UUID) -> uuid.UUID:
    if supervisor_id not in _names():
        raise NotFound
    return supervisor_id


def _names() -> dict[uuid.UUID, str]:
    return {one.id: one.name for one in supervisors()}


def _new_form() -> AwayForm:
    first = today() + dt.timedelta(days=1)
    return AwayForm(formdata=None, data={"from_on": first, "until_on": first + dt.timedelta(days=6)})


def _arranged(supervisor_id: uuid.UUID, back_to: str) -> Response:
    form = AwayForm()
    form.offer({one: name for one, name in _names().items() if one != supervisor_id})
    if form.validate():
        with form.refusals_shown():
            covering.arrange_cover(supervisor_id, form.draft(), by=current_viewer().account_id)
            say(_("Arranged. Everybody concerned is told that there is news."))
            return see_other(back_to)
    return _away_page(supervisor_id, form, 422)


def _away_page(supervisor_id: uuid.UUID, form: AwayForm, status: int = 200) -> Response:
    names, own = _names(), supervisor_id == current_viewer().account_id
    form.offer({one: name for one, name in names.items() if one != supervisor_id})
    coming = covers_to_come(today())
    return page(
        "supervision/away.html",
        status,
        form=form,
        own=own,
        supervisor_id=supervisor_id,
        names=names,
        absences=[one for one in coming if one.supervisor_id == supervisor_id],
        covering=[one for one in coming if one.by_id == supervisor_id],
        n=spans().get(supervisor_id, 0),
        today=today(),
    )
