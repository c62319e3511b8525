"""The trail for those who watch over it, who looked at a record, and until when one is kept."""

import datetime as dt
import uuid
from collections import Counter
from typing import Any

from flask import Blueprint, jsonify, request, url_for
from werkzeug import Response

from peerlink import clock
from peerlink.errors import Refused
from peerlink.features.participants.queries import get_participant
from peerlink.features.privacy.endings import endings, get_to_keep, is_held
from peerlink.features.privacy.forms import TrailForm
from peerlink.features.privacy.listeners import deeds_known
from peerlink.features.privacy.own import own_record
from peerlink.features.privacy.queries import looks_at, trail
from peerlink.features.privacy.wording import kind_in_words, page_in_words
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.volunteers import retention
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.recruitment_words import KeepReason
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_tabs import tabs_of
from peerlink.web.viewer import current_viewer
from peerlink.words import _

bp = Blueprint("privacy", __name__)


@bp.get("/audit")
@allow(Permission.SEE_AUDIT)
def index() -> Response:
    """Show the newest deeds: who, what, about whom by number only."""
    form = TrailForm(request.args)
    form.offer(deeds_known())
    if not form.validate():
        return page("privacy/trail.html", 422, form=form, found=None)
    found = trail(on=form.on.data, deed=form.deed.data or None, before=form.before.data)
    return page("privacy/trail.html", form=form, found=found, page_name=page_in_words)


@bp.get("/me/who-looked")
@allow(Permission.SIGNED_IN)
def who_looked_at_me() -> Response:
    """Show somebody who opened their own records: roles and days."""
    looking = current_viewer()
    own = {looking.account_id, looking.person_id or looking.account_id}
    looks = looks_at(own, by_others_than=looking.account_id)
    return page("privacy/looks.html", looks=looks, name=None, tabs=[])


@bp.get("/me/everything")
@allow(Permission.SEE_OWN)
def own() -> Response:
    """Say what is kept about the volunteer who is looking, and offer it to be taken along."""
    kept: Counter[str] = Counter()
    for name, rows in own_record(current_viewer()).items():
        kept[kind_in_words(name)] += len(rows)
    return page("privacy/own.html", kept=kept.items())


@bp.get("/me/everything.json")
@allow(Permission.SEE_OWN)
def take_own() -> Response:
    """Hand a volunteer everything kept about them, as data."""
    response = jsonify(own_record(current_viewer()))
    response.headers["Content-Disposition"] = 'attachment; filename="my-record.json"'
    return response


@bp.get("/participants/<uuid:participant_id>/who-looked")
@allow(Permission.SEE_PARTICIPANTS)
def who_looked_at_participant(participant_id: uuid.UUID) -> Response:
    """Show who opened a participant's records, for telling them."""
    participant = get_participant(participant_id, current_viewer())
    tabs = tabs_of("participant", participant_id)
    return page("privacy/looks.html", looks=looks_at({participant_id}), name=participant.called, tabs=tabs)


@bp.get("/volunteers/<uuid:volunteer_id>/who-looked")
@allow(Permission.KEEP_VOLUNTEERS)
def who_looked_at_volunteer(volunteer_id: uuid.UUID) -> Response:
    """Show who opened a volunteer's records, for telling them."""
    volunteer = get_volunteer(volunteer_id, current_viewer())
    tabs = tabs_of("volunteer", volunteer_id)
    return page("privacy/looks.html", looks=looks_at({volunteer_id}), name=volunteer.called, tabs=tabs)


@bp.get("/volunteers/kept")
@allow(Permission.KEEP_VOLUNTEERS)
def kept() -> Response:
    """Show whose record is deleted soon, whose is held, and whose has no day."""
    found = endings(current_viewer(), _today())
    return page("privacy/kept.html", found=found, **_about_keeping())


@bp.get("/volunteers/<uuid:volunteer_id>/kept")
@allow(Permission.KEEP_VOLUNTEERS)
def until(volunteer_id: uuid.UUID) -> Response:
    """Say until when a record is kept, what is deleted then, and what stays."""
    one = get_volunteer(volunteer_id, current_viewer())
    return page(
        "privacy/until.html",
        one=one,
        tabs=tabs_of("volunteer", volunteer_id),
        held=is_held(one),
        gone=one.status in retention.GONE,
        kept_longer=[_again(said) for said in reversed(one.kept_longer or [])],
        **_about_keeping(),
    )


@bp.post("/volunteers/<uuid:volunteer_id>/keep-longer")
@allow(Permission.KEEP_VOLUNTEERS)
def keep_longer(volunteer_id: uuid.UUID) -> Response:
    """Keep a record longer than is usual, for a reason."""
    viewer, one = current_viewer(), get_to_keep(volunteer_id, current_viewer())
    why, day = request.form.get("why", ""), request.args.get("until", "")
    if why not in set(KeepReason):
        raise Refused(_("Say why it is kept longer."))
    # A second tap says the day it was before the first, and changes nothing.
    if day != _before_last(one):
        if one.keep_until is not None and one.keep_until.isoformat() != day:
            raise Refused(_("Its day was changed meanwhile. Look at it again."))
        retention.keep_longer(one, KeepReason(why), by=viewer.account_id)
    undo = url_for(".keep_as_before", volunteer_id=one.id, **_where())
    say(_("Kept longer."), undo=undo)
    return _back(one)


@bp.post("/volunteers/<uuid:volunteer_id>/keep-as-before")
@allow(Permission.KEEP_VOLUNTEERS)
def keep_as_before(volunteer_id: uuid.UUID) -> Response:
    """Take back that a record is kept longer."""
    viewer, one = current_viewer(), get_to_keep(volunteer_id, current_viewer())
    retention.keep_as_before(one, by=viewer.account_id)
    say(_("Taken back."))
    return _back(one)


@bp.post("/volunteers/<uuid:volunteer_id>/give-day")
@allow(Permission.KEEP_VOLUNTEERS)
def give_day(volunteer_id: uuid.UUID) -> Response:
    """Let a record that has no day end like any other."""
    viewer, one = current_viewer(), get_to_keep(volunteer_id, current_viewer())
    retention.give_day(one, by=viewer.account_id)
    say(_("It has a day now."))
    return _back(one)


def _before_last(one: Volunteer) -> str | None:
    longer = one.kept_longer or []
    return longer[-1]["before"] if longer else None


def _about_keeping() -> dict[str, Any]:
    in_force = limits()
    return {
        "today": _today(),
        "reasons": list(KeepReason),
        "served": retention.served,
        "notice": in_force.whole("retention.notice_days"),
        "longer": in_force.whole("retention.longer_months"),
        "usual": in_force.whole("retention.volunteer_months"),
    }


def _again(said: dict[str, str]) -> dict[str, object]:
    days = {name: dt.date.fromisoformat(said[name]) for name in ("on", "before")}
    return {"reason": _(KeepReason(said["why"]).label), **days}


def _where() -> dict[str, Any]:
    return {"on": "list"} if request.args.get("on") == "list" else {}


def _back(one: Volunteer) -> Response:
    return see_other(url_for(".kept") if _where() else url_for(".until", volunteer_id=one.id))


def _today() -> dt.date:
    return clock.today(programme_zone())
