"""Pages that set once what happens when somebody is in danger, and who is on duty."""

import datetime as dt
import uuid

from flask import url_for
from werkzeug import Response

from peerlink import clock
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.safety import service
from peerlink.features.safety.forms import DAY_NAMES, PlanForm, TurnForm, said_in
from peerlink.features.safety.queries import find_plan, get_turn, missing, turns, who_can
from peerlink.features.safety.rules import WEEKDAYS
from peerlink.features.safety.shown import names_of
from peerlink.features.safety.views.parts import bp
from peerlink.framework.safety_words import DutyKind
from peerlink.roles import Permission, Role
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

A_WEEK = dt.timedelta(days=6)


@bp.get("/programme/safety")
@allow(Permission.KEEP_PROGRAMME)
def show_plan() -> Response:
    """Offer the safety plan to be changed, and say what is missing."""
    return _plan_page(PlanForm(formdata=None, data=said_in(find_plan())))


@bp.post("/programme/safety")
@allow(Permission.KEEP_PROGRAMME)
def save_plan() -> Response:
    """Write the safety plan down."""
    form = PlanForm()
    form.offer()
    if form.validate():
        with form.refusals_shown():
            service.save_plan(form.draft(), by=current_viewer().account_id)
            say(_("Saved."))
            return see_other(url_for(".show_plan"))
    return _plan_page(form, 422)


@bp.get("/programme/duty")
@allow(Permission.KEEP_PROGRAMME)
def duty() -> Response:
    """Show who is on duty in the next time."""
    today = clock.today(programme_zone())
    return _duty_page(TurnForm(formdata=None, data={"from_on": today, "until_on": today + A_WEEK}))


@bp.post("/programme/duty")
@allow(Permission.KEEP_PROGRAMME)
def plan_turn() -> Response:
    """Put somebody on duty."""
    form = TurnForm()
    form.offer(_staff())
    if form.validate():
        with form.refusals_shown():
            turn = service.plan_turn(
                uuid.UUID(form.who.data),
                DutyKind(form.kind.data),
                form.from_on.data,
                form.until_on.data,
                by=current_viewer().account_id,
                weekday=int(form.weekday.data) if form.weekday.data else None,
            )
            say(_("Planned."), undo=url_for(".take_turn_back", turn_id=turn.id))
            return see_other(url_for(".duty"))
    return _duty_page(form, 422)


@bp.post("/programme/duty/<uuid:turn_id>/remove")
@allow(Permission.KEEP_PROGRAMME)
def take_turn_back(turn_id: uuid.UUID) -> Response:
    """Take a turn back."""
    service.take_turn_back(get_turn(turn_id), by=current_viewer().account_id)
    say(_("Taken back."))
    return see_other(url_for(".duty"))


def _staff() -> list[tuple[uuid.UUID, str]]:
    names = names_of(who_can(Role.SUPERVISOR, Role.COORDINATOR))
    return sorted(names.items(), key=lambda one: one[1].casefold())


def _plan_page(form: PlanForm, status: int = 200) -> Response:  # type: ignore[valid-type]
    form.offer()  # type: ignore[attr-defined]
    return page("safety/plan.html", status, form=form, missing=missing())


def _duty_page(form: TurnForm, status: int = 200) -> Response:
    form.offer(_staff())
    rows = turns()
    days = [_(DAY_NAMES[day]) for day in WEEKDAYS]
    today = clock.today(programme_zone())
    return page(
        "safety/duty.html",
        status,
        form=form,
        rows=[(one, days[one.weekday] if one.weekday is not None else _("Every day")) for one in rows],
        names=names_of(one.account_id for one in rows),
        today=today,
        missing=missing(),
    )
