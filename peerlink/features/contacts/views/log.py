"""The phone page: a contact logged in two taps, with or without script."""

import uuid
from typing import Any

from flask import g, request, url_for
from werkzeug import Response
from werkzeug.datastructures import MultiDict

from peerlink.errors import Refused
from peerlink.features.contacts import service
from peerlink.features.contacts.forms import (
    ICONS,
    SUBTYPES_OF,
    ContactForm,
)
from peerlink.features.contacts.keeping import NoteWorries
from peerlink.features.contacts.queries import (
    draft_of,
    minutes_lately,
    places_of_both,
)
from peerlink.features.contacts.rules import ContactDraft, offered_minutes, usual_minutes
from peerlink.features.contacts.views.parts import bp, called, lean, now_here, people_here, place_names
from peerlink.features.contacts.wording import lines_of
from peerlink.features.matching.models import Match
from peerlink.features.matching.queries import get_match
from peerlink.roles import Permission, Role
from peerlink.web.guard import allow
from peerlink.web.page import say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

SHOWN_AT_ONCE = 2
LISTED_AT_MOST = 8


@bp.get("/log")
@allow(Permission.LOG_CONTACT)
def new() -> Response:
    """Ask about a contact; with only one match there is nobody to choose."""
    return log_page(_new_form(), None)


@bp.get("/log/<uuid:match_id>")
@allow(Permission.LOG_CONTACT)
def new_with(match_id: uuid.UUID) -> Response:
    """Ask about a contact with somebody already chosen."""
    return log_page(_new_form(), get_match(match_id, current_viewer()))


@bp.get("/log/<uuid:match_id>/like/<uuid:contact_id>")
@allow(Permission.LOG_CONTACT)
def again(match_id: uuid.UUID, contact_id: uuid.UUID) -> Response:
    """Ask about a contact that went like the one before: same way, same place."""
    shown = service.contact_to_show(contact_id, current_viewer())
    form = _new_form()
    if shown.contact.channel is not None:
        form.how.data = shown.contact.channel.value
        form.place.data = shown.contact.place_id.hex if shown.contact.place_id else ""
    return log_page(form, get_match(match_id, current_viewer()))


@bp.get("/log/people")
@allow(Permission.LOG_CONTACT)
def people() -> Response:
    """Find somebody among one's own matches."""
    asked = request.args.get("q", "").strip().casefold()
    found = [one for one in people_here() if asked in one.called.casefold()]
    return lean("contacts/people.html", people=found, asked=request.args.get("q", ""))


@bp.post("/log")
@allow(Permission.LOG_CONTACT)
def log() -> Response:
    """Log a contact."""
    return _log(ContactForm())


@bp.route("/matches/<uuid:match_id>/contacts/new", methods=["GET", "POST"])
@allow(Permission.MATCH)
def new_for_them(match_id: uuid.UUID) -> Response:
    """Write a contact down for a volunteer, however late, with the reason."""
    match = get_match(match_id, current_viewer())
    if request.method == "GET":
        return log_page(_new_form(), match)
    form = ContactForm()
    form.who.data = match.id.hex
    return _log(form)


def _log(form: ContactForm) -> Response:
    match_id = _chosen(form)
    if form.validate() and match_id is not None:
        draft = form.draft(g.zone)
        with form.refusals_shown():
            try:
                kept = service.log_contact(match_id, draft, current_viewer())
            except service.SentTwice as twice:
                return _both_shown(twice, draft, match_id)
            except NoteWorries as worries:
                form.anyway.data = "y"
                raise Refused(str(worries)) from None
            say(_("Saved."), undo=url_for(".take_back", contact_id=kept.contact_id))
            afterwards = ".saved" if current_viewer().may(Permission.LOG_CONTACT) else ".show"
            return see_other(url_for(afterwards, contact_id=kept.contact_id))
    match = get_match(match_id, current_viewer()) if match_id is not None else None
    return log_page(form, match, 422)


def _chosen(form: ContactForm) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(form.who.data))
    except ValueError:
        form.who.data = None
        return None


def _both_shown(twice: service.SentTwice, draft: ContactDraft, match_id: uuid.UUID) -> Response:
    shown = service.contact_to_show(twice.contact.id, current_viewer())
    names = place_names()
    typed = MultiDict(request.form)
    for own in ("csrf_token", "key", "who"):
        typed.poplist(own)
    return lean(
        "contacts/twice.html",
        409,
        contact=twice.contact,
        saved=lines_of(draft_of(shown.contact, shown.detail), names),
        saved_at=shown.detail.started_at or shown.detail.planned_at,
        sent=lines_of(draft, names),
        sent_at=draft.at,
        typed=list(typed.items(multi=True)),
        match_id=match_id,
        key=uuid.uuid4(),
    )


def _new_form() -> ContactForm:
    form = ContactForm(formdata=None)
    form.when.data = now_here()
    form.opened.data = form.when.data.isoformat(timespec="minutes")
    return form


def log_page(form: ContactForm, match: Match | None, status: int = 200, **context: Any) -> Response:
    """Answer with the form: who is likely first, what is usual already said, nothing else chosen."""
    form.speak()
    looking = current_viewer()
    everybody = people_here() if looking.person_id is not None else []
    if match is None and len(everybody) == 1:
        match = get_match(everybody[0].match_id, looking)
    if match is not None and form.who.data is None:
        form.who.data = str(match.id)
    usual = usual_minutes(minutes_lately(looking.person_id, match.id if match else None))
    form.offer_minutes(offered_minutes(usual))
    offered = list(form.minutes.choices)
    if form.minutes.data and form.minutes.data not in offered:
        form.minutes_exact.data, form.minutes.data = int(form.minutes.data), "other"
    if form.minutes.data is None and not form.is_submitted():
        form.minutes.data = str(usual)
    form.offer_places({one: place.name for one, place in places_of_both(match).items()})
    chosen = str(match.id) if match else None
    first = everybody[:SHOWN_AT_ONCE] if len(everybody) > SHOWN_AT_ONCE + 1 else everybody
    return lean(
        "contacts/log.html",
        status,
        form=form,
        first=first,
        rest=everybody[len(first) :][:LISTED_AT_MOST],
        n_more=max(0, len(everybody) - len(first) - LISTED_AT_MOST),
        chosen=chosen,
        chosen_name=called(match) if match else None,
        staff=looking.is_a(Role.COORDINATOR),
        icons=ICONS,
        subtypes_of=SUBTYPES_OF,
        **({"contact": None, "send_to": request.path if match and not everybody else "/log"} | context),
    )
