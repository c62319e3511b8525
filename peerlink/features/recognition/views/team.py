"""The team's days: planned, called off, and who came."""

import uuid

from flask import request, url_for
from werkzeug import Response

from peerlink.features.programmes.queries import is_kept
from peerlink.features.recognition import service
from peerlink.features.recognition.forms import CameForm, EventForm
from peerlink.features.recognition.models import TeamEvent
from peerlink.features.recognition.queries import (
    counts_of,
    events_past,
    events_to_come,
    get_team_event,
    guests_of,
)
from peerlink.features.recognition.views.parts import bp, today_here
from peerlink.features.volunteers.queries import serving_volunteers, volunteers_among
from peerlink.framework.care_words import TeamEventKind
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

SHOWN_PAST = 20


@bp.get("/team-days")
@allow(Permission.THANK)
def team() -> Response:
    """List the team's days, to come and past."""
    viewer, today = current_viewer(), today_here()
    to_come, past = events_to_come(viewer, today), events_past(viewer, today, SHOWN_PAST)
    counts = counts_of([one.id for one in (*to_come, *past)])
    return page("recognition/team.html", to_come=to_come, past=past, counts=counts, today=today)


@bp.get("/team-days/new")
@allow(Permission.THANK)
def new_event() -> Response:
    """Ask about a day for the team; everybody within reach is invited unless somebody is taken out."""
    guests = _volunteers()
    kind = request.args.get("kind", "")
    asked = kind if kind in set(TeamEventKind) else TeamEventKind.GATHERING.value
    data = {"kind": asked, "invited": [] if kind == TeamEventKind.BUDDY else list(guests)}
    return _new_page(EventForm(data=data), guests)


@bp.post("/team-days/new")
@allow(Permission.THANK)
def plan_event() -> Response:
    """Plan a day for the team."""
    guests, form = _volunteers(), EventForm()
    form.offer(guests)
    if form.validate():
        with form.refusals_shown():
            invited = [uuid.UUID(one) for one in form.invited.data]
            once = form.once()
            if not is_kept(TeamEvent, once):
                service.plan_event(form.draft(), invited, by=current_viewer().account_id, event_id=once)
            say(_("Planned. Whoever is invited is told."), undo=url_for(".call_off", event_id=once))
            return see_other(url_for(".event", event_id=once))
    return _new_page(form, guests, 422)


@bp.get("/team-days/<uuid:event_id>")
@allow(Permission.THANK)
def event(event_id: uuid.UUID) -> Response:
    """Show one day, who comes, and who came."""
    one = get_team_event(event_id, current_viewer())
    guests = guests_of(one)
    came = [who.hex for who, guest in guests.items() if _was_there(one, guest.came, guest.coming)]
    return _event_page(one, CameForm(data={"came": came}))


@bp.post("/team-days/<uuid:event_id>/came")
@allow(Permission.THANK)
def came(event_id: uuid.UUID) -> Response:
    """Write down who came."""
    viewer, form = current_viewer(), CameForm()
    one = get_team_event(event_id, viewer)
    shown = _shown_for(one)
    form.offer(shown)
    if form.validate():
        with form.refusals_shown():
            there = {uuid.UUID(who) for who in form.came.data or ()}
            service.take_attendance(one, there, [uuid.UUID(who) for who in shown], by=viewer.account_id)
            say(_("Written down. It counts as time with the team."))
            return see_other(url_for(".event", event_id=one.id))
    return _event_page(one, form, 422)


@bp.post("/team-days/<uuid:event_id>/call-off")
@allow(Permission.THANK)
def call_off(event_id: uuid.UUID) -> Response:
    """Call a day off."""
    viewer = current_viewer()
    one = get_team_event(event_id, viewer)
    service.call_off(one, by=viewer.account_id)
    say(_("Called off. Whoever was invited is told."), undo=url_for(".put_back", event_id=one.id))
    return see_other(url_for(".event", event_id=one.id))


@bp.post("/team-days/<uuid:event_id>/takes-place")
@allow(Permission.THANK)
def put_back(event_id: uuid.UUID) -> Response:
    """Say that a day takes place after all."""
    viewer = current_viewer()
    one = get_team_event(event_id, viewer)
    service.put_back_on(one, by=viewer.account_id)
    say(_("It takes place."))
    return see_other(url_for(".event", event_id=one.id))


def _was_there(one: TeamEvent, came: bool | None, coming: bool | None) -> bool:
    """Tell whether somebody is ticked: who came, and until that is written down who did not say no."""
    return bool(came) if one.taken_on is not None else coming is not False


def _volunteers() -> dict[str, str]:
    serving = serving_volunteers(current_viewer())
    return {one.id.hex: one.called for one in sorted(serving, key=lambda one: one.called)}


def _shown_for(one: TeamEvent) -> dict[str, str]:
    """Return the volunteers within reach who may have come: those invited, then everybody else."""
    invited = volunteers_among(guests_of(one), current_viewer())
    first = {who.hex: volunteer.called for who, volunteer in invited.items()}
    return dict(sorted(first.items(), key=lambda pair: pair[1])) | _volunteers()


def _new_page(form: EventForm, guests: dict[str, str], status: int = 200) -> Response:
    form.offer(guests)
    return page("recognition/new_event.html", status, form=form, has_guests=bool(guests))


def _event_page(one: TeamEvent, form: CameForm, status: int = 200) -> Response:
    form.offer(_shown_for(one))
    guests = guests_of(one)
    names = volunteers_among(guests, current_viewer())
    answers = [(names[who].called, guest) for who, guest in guests.items() if who in names]
    return page(
        "recognition/event.html",
        status,
        one=one,
        form=form,
        answers=sorted(answers, key=lambda pair: pair[0]),
        counts=counts_of([one.id])[one.id],
        today=today_here(),
    )
