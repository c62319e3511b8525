"""The volunteer's check-in, its result at once, and the curve over time."""

import uuid

from flask import Blueprint, url_for
from werkzeug import Response

from peerlink import clock
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.features.wellbeing import service
from peerlink.features.wellbeing.forms import CheckinForm, SkipForm
from peerlink.features.wellbeing.queries import as_instrument, checkins_of, find_open_checkin
from peerlink.features.wellbeing.rules import Result, results
from peerlink.framework.vocabularies import CommentReader, ContactRequest
from peerlink.instruments.checkin import ABOUT, ANSWERS, ITEMS, PROMISE
from peerlink.roles import Permission, Viewer
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

bp = Blueprint("wellbeing", __name__)

SHOWN = 8
"""Points of the curve."""


@bp.get("/check-in")
@allow(Permission.ANSWER_CHECKIN)
def form() -> Response:
    """Ask the fourteen sentences."""
    waiting = find_open_checkin(current_viewer())
    due = waiting.due_on if waiting else clock.today(programme_zone())
    return page("wellbeing/form.html", form=CheckinForm(), due=due, about=_(ABOUT), promise=_(PROMISE))


@bp.post("/check-in")
@allow(Permission.ANSWER_CHECKIN)
def answer() -> Response:
    """Take the answers and show the result at once."""
    looking = current_viewer()
    sent = CheckinForm()
    if sent.validate():
        with sent.refusals_shown():
            service.answer(service.open_for(looking), sent.draft(), by=looking.account_id)
            say(_("Thank you. This is what you said."))
            return see_other(url_for(".mine"))
    waiting = find_open_checkin(looking)
    due = waiting.due_on if waiting else clock.today(programme_zone())
    return page("wellbeing/form.html", 422, form=sent, due=due, about=_(ABOUT), promise=_(PROMISE))


@bp.post("/check-in/skip")
@allow(Permission.ANSWER_CHECKIN)
def skip() -> Response:
    """Leave this one out."""
    looking = current_viewer()
    sent = SkipForm()
    if sent.validate():
        service.skip(service.open_for(looking), sent.reason.data, by=looking.account_id)
        say(_("Left out. You will be asked again next month."))
    return see_other(url_for("home.index"))


@bp.get("/check-ins")
@allow(Permission.ANSWER_CHECKIN)
def mine() -> Response:
    """Show the volunteer's own results, the latest first, and what they add up to."""
    looking = current_viewer()
    scored = _scored(looking.person_id, looking) if looking.person_id else []
    waiting = find_open_checkin(looking)
    return page("wellbeing/mine.html", results=scored[::-1], curve=_curve(scored), waiting=waiting)


@bp.get("/volunteers/<uuid:volunteer_id>/check-ins")
@allow(Permission.CARE)
def theirs(volunteer_id: uuid.UUID) -> Response:
    """Show a supervisor what somebody they look after has said."""
    looking = current_viewer()
    volunteer = get_volunteer(volunteer_id, looking)
    rows = [one for one in checkins_of(volunteer_id, looking) if one.answered_on is not None]
    scored = results(as_instrument(rows), limits())
    latest = rows[-1] if rows else None
    return page(
        "wellbeing/theirs.html",
        volunteer=volunteer,
        results=scored[::-1],
        curve=_curve(scored),
        answers=(latest.answers or {}) if latest else {},
        request=ContactRequest(latest.request or "no").label if latest else "",
        diary=latest.diary if latest and latest.reader is CommentReader.SUPERVISOR else None,
        scale=[_(one) for one in ANSWERS],
        items=[(item.id, _(item.text)) for item in ITEMS],
    )


def _scored(volunteer_id: uuid.UUID, looking: Viewer) -> list[Result]:
    return results(as_instrument(checkins_of(volunteer_id, looking)), limits())


def _curve(scored: list[Result]) -> list[float]:
    return [one.strain for one in scored if one.strain is not None][-SHOWN:]
