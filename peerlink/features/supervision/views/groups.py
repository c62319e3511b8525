"""Groups: who is expected, and on the day who came."""

import uuid
from collections.abc import Sequence

from flask import url_for
from werkzeug import Response

from peerlink.features.supervision import gathering, taking_back
from peerlink.features.supervision.forms import CameForm, GroupForm
from peerlink.features.supervision.models import Supervision
from peerlink.features.supervision.rules import USUAL_MINUTES, HeldDraft
from peerlink.features.supervision.views.parts import bp, today
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import serving_looked_after, volunteers_among
from peerlink.framework.people_words import SupervisionKind, SupervisionStatus
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_form import text
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/supervision/group")
@allow(Permission.CARE)
def new_group() -> Response:
    """Ask when a group meets and who is expected; everybody is ticked."""
    people = _team()
    form = GroupForm(data={"id": uuid.uuid4().hex, "on": today(), "who": [one.hex for one in people]})
    return _group_page(form, people)


@bp.post("/supervision/group")
@allow(Permission.CARE)
def plan_group() -> Response:
    """Expect a group; one of today or before is written down at once."""
    viewer, people, form = current_viewer(), _team(), GroupForm()
    form.offer(_named(people))
    if form.validate():
        with form.refusals_shown():
            group_id = form.group_id()
            gathering.plan_group(
                group_id,
                [people[uuid.UUID(one)] for one in form.who.data or ()],
                form.on.data,
                by=viewer.account_id,
                at=form.at.data,
                where=form.where.data,
            )
            if form.on.data <= today():
                return see_other(url_for(".group", group_id=group_id))
            say(_("Planned."), undo=url_for(".cancel_group", group_id=group_id))
            return see_other(url_for(".index"))
    return _group_page(form, people, 422)


@bp.get("/supervision/group/<uuid:group_id>")
@allow(Permission.CARE)
def group(group_id: uuid.UUID) -> Response:
    """Show who was expected, everybody ticked: untick who did not come."""
    rows = gathering.get_group(group_id, current_viewer())
    came = [row.volunteer_id.hex for row in rows if row.status is not SupervisionStatus.MISSED]
    minutes = rows[0].minutes or USUAL_MINUTES[SupervisionKind.GROUP]
    return _came_page(rows, CameForm(data={"who": came, "minutes": minutes}))


@bp.post("/supervision/group/<uuid:group_id>")
@allow(Permission.CARE)
def hold_group(group_id: uuid.UUID) -> Response:
    """Write down who came; sent twice it counts once."""
    viewer, form = current_viewer(), CameForm()
    rows = gathering.get_group(group_id, viewer)
    form.offer(_named(_people_of(rows)))
    if form.validate():
        with form.refusals_shown():
            draft = HeldDraft(
                held_on=min(rows[0].held_on, today()),
                minutes=form.minutes.data,
                note=text(form.note),
                themes=tuple(form.themes.data or ()),
            )
            came = {uuid.UUID(one) for one in form.who.data or ()}
            n = gathering.hold_group(rows, came, draft, by=viewer.account_id)
            say(_("Written down: %(n)d came.", n=n), undo=url_for(".take_group_back", group_id=group_id))
            return see_other(url_for(".index"))
    return _came_page(rows, form, 422)


@bp.post("/supervision/group/<uuid:group_id>/cancel")
@allow(Permission.CARE)
def cancel_group(group_id: uuid.UUID) -> Response:
    """Call a planned group off."""
    viewer = current_viewer()
    gathering.call_group_off(gathering.get_group(group_id, viewer), by=viewer.account_id)
    say(_("Called off."), undo=url_for(".take_group_back", group_id=group_id))
    return see_other(url_for(".index"))


@bp.post("/supervision/group/<uuid:group_id>/take-back")
@allow(Permission.CARE)
def take_group_back(group_id: uuid.UUID) -> Response:
    """Take back within a day what was written about a group by mistake."""
    viewer = current_viewer()
    taking_back.take_group_back(gathering.get_group(group_id, viewer), by=viewer.account_id)
    say(_("Taken back. Everything stands as before."))
    return see_other(url_for(".group", group_id=group_id))


def _team() -> dict[uuid.UUID, Volunteer]:
    found = serving_looked_after(current_viewer())
    return {one.id: one for one in sorted(found, key=lambda one: one.called.casefold())}


def _people_of(rows: Sequence[Supervision]) -> dict[uuid.UUID, Volunteer]:
    found = volunteers_among([row.volunteer_id for row in rows], current_viewer()).values()
    return {one.id: one for one in sorted(found, key=lambda one: one.called.casefold())}


def _named(people: dict[uuid.UUID, Volunteer]) -> dict[uuid.UUID, str]:
    return {who: one.called for who, one in people.items()}


def _group_page(form: GroupForm, people: dict[uuid.UUID, Volunteer], status: int = 200) -> Response:
    form.offer(_named(people))
    return page("supervision/group.html", status, form=form, has_anybody=bool(people))


def _came_page(rows: Sequence[Supervision], form: CameForm, status: int = 200) -> Response:
    form.offer(_named(_people_of(rows)))
    over = not any(row.status is SupervisionStatus.SCHEDULED for row in rows)
    held = [row for row in rows if row.status is SupervisionStatus.HELD]
    return page(
        "supervision/came.html",
        status,
        form=form,
        first=rows[0],
        over=over,
        came={row.volunteer_id.hex for row in held},
        note=next((row.note for row in held if row.note), ""),
        is_off=all(row.status is SupervisionStatus.CANCELLED for row in rows),
        may_take_back=any(taking_back.may_be_taken_back(row) for row in rows),
        today=today(),
    )
