"""Choosing who reads one's check-ins."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.features.volunteers.reading import choose_reader, reader_of, readers_for, reads_id
from peerlink.features.wellbeing.forms import ReaderForm
from peerlink.features.wellbeing.views.parts import bp, own_record
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/me/reader")
@allow(Permission.ANSWER_CHECKIN)
def reader() -> Response:
    """Offer every supervisor as a reader."""
    chosen = reads_id(own_record())
    return _offered(ReaderForm(formdata=None, data={"reader": chosen.hex if chosen else None}))


@bp.post("/me/reader")
@allow(Permission.ANSWER_CHECKIN)
def choose() -> Response:
    """Let somebody read from now on."""
    sent, volunteer = ReaderForm(), own_record()
    sent.offer(readers_for(volunteer))
    if sent.validate():
        with sent.refusals_shown():
            before = reads_id(volunteer)
            choose_reader(volunteer, uuid.UUID(sent.reader.data), by=current_viewer().account_id)
            undo = url_for(".choose_again", account_id=before) if before else None
            say(_("Changed. It holds from this moment on."), undo=undo)
            return see_other(url_for(".reader"))
    return _offered(sent, 422)


@bp.post("/me/reader/<uuid:account_id>")
@allow(Permission.ANSWER_CHECKIN)
def choose_again(account_id: uuid.UUID) -> Response:
    """Go back to whoever read before."""
    choose_reader(own_record(), account_id, by=current_viewer().account_id)
    say(_("Changed back."))
    return see_other(url_for(".reader"))


def _offered(sent: ReaderForm, status: int = 200) -> Response:
    volunteer = own_record()
    able = readers_for(volunteer)
    sent.offer(able)
    return page(
        "wellbeing/reader.html", status, form=sent, able=able, now=reader_of(volunteer), volunteer=volunteer
    )
