"""Pages about a contact that is kept: seen, put right, added to, taken back."""

import datetime as dt
import uuid

from flask import g, request, url_for
from werkzeug import Response

from peerlink.errors import NotFound, Refused
from peerlink.features.contacts import service
from peerlink.features.contacts.forms import (
    NO_ANSWER,
    AddForm,
    BySideForm,
    CallForm,
    ContactForm,
    filled_in,
)
from peerlink.features.contacts.keeping import NoteWorries
from peerlink.features.contacts.queries import (
    draft_of,
    follow_ups_of,
    get_contact,
)
from peerlink.features.contacts.rules import is_heavy
from peerlink.features.contacts.views.log import LISTED_AT_MOST, log_page
from peerlink.features.contacts.views.parts import bp, called, lean, people_here, place_names
from peerlink.features.contacts.wording import lines_of
from peerlink.features.matching.models import Match
from peerlink.features.matching.queries import get_match
from peerlink.framework.vocabularies import ContactRequest, ContactStatus, DifficultyTag
from peerlink.roles import Permission, Viewer
from peerlink.web.guard import allow
from peerlink.web.page import say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/contacts/<uuid:contact_id>/saved")
@allow(Permission.LOG_CONTACT)
def saved(contact_id: uuid.UUID) -> Response:
    """Say that a contact is kept, and offer what usually comes next."""
    shown = service.contact_to_show(contact_id, current_viewer())
    others = [one for one in people_here() if one.match_id != shown.contact.match_id]
    heavy = is_heavy(shown.detail.difficulty or (), shown.detail.effort)
    return lean(
        "contacts/saved.html",
        shown=shown,
        called=called(shown.contact),
        others=others[:LISTED_AT_MOST],
        heavy=heavy,
        violent=_tagged(shown, DifficultyTag.VIOLENCE),
        despair=_tagged(shown, DifficultyTag.SUICIDALITY),
    )


@bp.get("/contacts/<uuid:contact_id>")
@allow(Permission.SIGNED_IN)
def show(contact_id: uuid.UUID) -> Response:
    """Show a contact with all this viewer may read of it."""
    return _show_page(service.contact_to_show(contact_id, current_viewer()), AddForm(formdata=None))


def _show_page(shown: service.Shown, form: AddForm, status: int = 200) -> Response:
    opens = current_viewer().opens()
    reads_note = "contact_detail.note" in opens
    draft = draft_of(shown.contact, shown.detail, with_note=reads_note)
    return lean(
        "contacts/show.html",
        status,
        shown=shown,
        at=shown.detail.started_at or shown.detail.planned_at,
        called=called(shown.contact),
        lines=lines_of(draft, place_names()),
        promises=follow_ups_of(shown.contact) if "follow_up" in opens else [],
        addenda=_addenda(shown) if reads_note else [],
        n_changes=len(shown.detail.past or []) if reads_note else 0,
        open_still=shown.contact.status in (ContactStatus.PLANNED, ContactStatus.UNCONFIRMED),
        due=shown.is_due,
        violent=_tagged(shown, DifficultyTag.VIOLENCE),
        may_call_off=shown.may_call_off,
        volunteer=current_viewer().may(Permission.LOG_CONTACT),
        form=form,
        side=BySideForm(formdata=None),
    )


def _tagged(shown: service.Shown, tag: DifficultyTag) -> bool:
    return tag in (shown.detail.difficulty or ())


def _addenda(shown: service.Shown) -> list[tuple[dt.datetime, str]]:
    return [(dt.datetime.fromisoformat(one["at"]), one["text"]) for one in shown.detail.addenda or []]


def _whoever_writes() -> Viewer:
    """Return who is looking where they write about contacts; a supervisor only reads, and never the note."""
    looking = current_viewer()
    if not looking.may(Permission.LOG_CONTACT) and not looking.may(Permission.MATCH):
        raise NotFound
    return looking


@bp.route("/contacts/<uuid:contact_id>/change", methods=["GET", "POST"])
@allow(Permission.SIGNED_IN)
def change(contact_id: uuid.UUID) -> Response:
    """Put right what was written about a contact."""
    looking = _whoever_writes()
    shown = service.contact_to_show(contact_id, looking)
    match = get_match(shown.contact.match_id, looking)
    form = ContactForm()
    if request.method == "GET":
        form = ContactForm(formdata=None, data=filled_in(draft_of(shown.contact, shown.detail), g.zone))
        return _change_page(form, shown, match)
    form.key.data, form.who.data = contact_id.hex, match.id.hex
    if shown.contact.status is not ContactStatus.HELD:
        form.how.data = NO_ANSWER
    if form.validate():
        with form.refusals_shown():
            try:
                service.change_contact(contact_id, form.draft(g.zone), looking)
            except NoteWorries as worries:
                form.anyway.data = "y"
                raise Refused(str(worries)) from None
            say(_("Changed."))
            return see_other(url_for(".show", contact_id=contact_id))
    return _change_page(form, shown, match, 422)


def _change_page(form: ContactForm, shown: service.Shown, match: Match, status: int = 200) -> Response:
    if not shown.may_change:
        raise Refused(_("This can no longer be changed. You can still add to it."))
    send_to = url_for(".change", contact_id=shown.contact.id)
    return log_page(form, match, status, contact=shown.contact, send_to=send_to)


@bp.post("/contacts/<uuid:contact_id>/take-back")
@allow(Permission.SIGNED_IN)
def take_back(contact_id: uuid.UUID) -> Response:
    """Take back a contact just saved."""
    match_id = service.take_back(contact_id, _whoever_writes())
    say(_("Taken back. Nothing of it is kept."))
    if current_viewer().may(Permission.LOG_CONTACT):
        return see_other(url_for(".new_with", match_id=match_id))
    return see_other(url_for(".of_match", match_id=match_id))


@bp.post("/contacts/<uuid:contact_id>/add")
@allow(Permission.SIGNED_IN)
def add(contact_id: uuid.UUID) -> Response:
    """Add something to a contact."""
    form = AddForm()
    shown = service.contact_to_show(contact_id, _whoever_writes())
    if form.validate():
        with form.refusals_shown():
            try:
                service.add_to(
                    contact_id, str(form.text.data), current_viewer(), anyway=form.anyway.data == "y"
                )
            except NoteWorries as worries:
                form.anyway.data = "y"
                raise Refused(str(worries)) from None
            say(_("Added."))
            return see_other(url_for(".show", contact_id=contact_id))
    return _show_page(shown, form, 422)


@bp.post("/contacts/<uuid:contact_id>/call")
@allow(Permission.LOG_CONTACT)
def ask_call(contact_id: uuid.UUID) -> Response:
    """Ask the supervisor to call, or say that none is needed."""
    get_contact(contact_id, current_viewer())
    form = CallForm()
    if not form.validate():
        raise Refused(_("Choose today, this week or no call."))
    wish = ContactRequest(form.when.data)
    service.ask_call(contact_id, wish, current_viewer())
    if wish is not ContactRequest.NO:
        say(_("Asked. You will be called; your supervisor sees no more than that you ask."))
    return see_other(url_for(".saved", contact_id=contact_id))


@bp.post("/follow-ups/<uuid:follow_up_id>/done")
@allow(Permission.LOG_CONTACT)
def follow_up_done(follow_up_id: uuid.UUID) -> Response:
    """Say that something promised is done."""
    contact_id = service.keep_follow_up(follow_up_id, current_viewer())
    say(_("Well done."))
    return see_other(url_for(".show", contact_id=contact_id))
