"""A volunteer's own page: the next session, its agenda, what they agreed to, who looks after them."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.errors import NotFound
from peerlink.features.accounts.queries import team_members
from peerlink.features.supervision import agreeing, gathering, service, taking_back
from peerlink.features.supervision.agenda import agenda_for
from peerlink.features.supervision.forms import MetForm, PointForm
from peerlink.features.supervision.queries import (
    buddies_of,
    coming_of_mine,
    earlier_of_mine,
    get_action,
    get_mine,
    open_actions,
)
from peerlink.features.supervision.rules import HeldDraft
from peerlink.features.supervision.views.parts import bp, today
from peerlink.features.supervision.views.sessions import rows_of
from peerlink.features.volunteers.covers import cover_of, looking_after, standing_in
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.roles import Permission
from peerlink.store import gate
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

EARLIER = 12
"""Sessions shown of those that were."""


@bp.get("/me/sessions")
@allow(Permission.SEE_OWN)
def mine() -> Response:
    """Show a volunteer their next session and all that belongs to it."""
    return _mine()


@bp.post("/me/sessions/<uuid:supervision_id>/point")
@allow(Permission.SEE_OWN)
def add_point(supervision_id: uuid.UUID) -> Response:
    """Keep what a volunteer wants to talk about."""
    viewer, form = current_viewer(), PointForm()
    one = get_mine(supervision_id, viewer)
    if form.validate():
        with form.refusals_shown():
            service.add_point(one, form.text.data or "", by=viewer.account_id)
            say(_("Kept. It stands first on the agenda."))
            return see_other(url_for(".mine"))
    return _mine(point=form)


@bp.post("/me/actions/<uuid:action_id>/done")
@allow(Permission.SEE_OWN)
def tick_mine(action_id: uuid.UUID) -> Response:
    """Tick off what one agreed to do."""
    viewer = current_viewer()
    action = get_action(action_id, viewer)
    agreeing.tick(action, viewer)
    say(_("Done."), undo=url_for(".reopen_mine", action_id=action.id))
    return see_other(url_for(".mine"))


@bp.post("/me/actions/<uuid:action_id>/reopen")
@allow(Permission.SEE_OWN)
def reopen_mine(action_id: uuid.UUID) -> Response:
    """Take back that something is done."""
    viewer = current_viewer()
    agreeing.reopen(get_action(action_id, viewer), viewer)
    say(_("Open again."))
    return see_other(url_for(".mine"))


@bp.post("/me/buddy/met")
@allow(Permission.SEE_OWN)
def met_buddy() -> Response:
    """Write down that one met one's buddy; it counts for both."""
    viewer, form, me = current_viewer(), MetForm(), _me()
    form.offer(_buddies(me))
    if form.validate():
        with form.refusals_shown():
            draft = HeldDraft(held_on=form.on.data)
            buddy_id = uuid.UUID(form.buddy.data)
            meeting_id = form.meeting_id()
            gathering.record_buddies(meeting_id, me, buddy_id, draft, by=viewer.account_id)
            undo = url_for(".take_meeting_back", meeting_id=meeting_id)
            say(_("Written down, for both of you."), undo=undo)
            return see_other(url_for(".mine"))
    return _mine(met=form)


@bp.post("/me/buddy/met/<uuid:meeting_id>/take-back")
@allow(Permission.SEE_OWN)
def take_meeting_back(meeting_id: uuid.UUID) -> Response:
    """Take back within a day that one met one's buddy, for both."""
    taking_back.take_meeting_back(meeting_id, _me().id, by=current_viewer().account_id)
    say(_("Taken back, for both of you."))
    return see_other(url_for(".mine"))


def _me() -> Volunteer:
    viewer = current_viewer()
    if viewer.person_id is None:
        raise NotFound
    return get_volunteer(viewer.person_id, viewer)


def _buddies(me: Volunteer) -> dict[uuid.UUID, str]:
    with gate.opened("buddies know each other by name"):
        return {one.id: one.alias or one.called for one in buddies_of(me)}


def _mine(point: PointForm | None = None, met: MetForm | None = None) -> Response:
    viewer, me, on = current_viewer(), _me(), today()
    ahead, away = coming_of_mine(viewer, on), cover_of(me.supervisor_id, on)
    coming = ahead[0] if ahead else None
    carer, buddies = looking_after(me, on), _buddies(me)
    form = met or MetForm(formdata=None, data={"id": uuid.uuid4().hex, "on": on})
    form.offer(buddies)
    holder = standing_in(coming.supervisor_id, coming.held_on) if coming else None
    people = [one for one in (carer, me.supervisor_id, holder) if one]
    said = point or PointForm(formdata=None, data={"text": coming.own_point if coming else ""})
    return page(
        "supervision/mine.html",
        422 if point or met else 200,
        coming=coming,
        holder=holder,
        later=ahead[1:],
        agenda=agenda_for(me, viewer, on),
        point=said,
        met=form,
        buddies=buddies,
        names=team_members(people),
        carer=carer,
        away=away,
        me=me,
        actions=[one for one in open_actions(viewer) if one.volunteer_id == me.id],
        earlier=rows_of(list(earlier_of_mine(viewer, EARLIER))),
        today=on,
    )
