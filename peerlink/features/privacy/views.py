"""The trail for those who watch over it, and who looked for those who are looked at."""

import uuid
from collections import Counter

from flask import Blueprint, jsonify, request
from werkzeug import Response

from peerlink.features.participants.queries import get_participant
from peerlink.features.privacy.forms import TrailForm
from peerlink.features.privacy.listeners import deeds_known
from peerlink.features.privacy.own import own_record
from peerlink.features.privacy.queries import looks_at, trail
from peerlink.features.privacy.wording import kind_in_words, page_in_words
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page
from peerlink.web.person_tabs import tabs_of
from peerlink.web.viewer import current_viewer

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
