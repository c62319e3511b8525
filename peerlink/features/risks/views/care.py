"""Team care: the supervisor's page about who needs somebody."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.errors import NotFound, Refused
from peerlink.features.risks import service
from peerlink.features.risks.cards import care_flags_of, team_care
from peerlink.features.risks.deeds import REST_DAYS, NotNow
from peerlink.features.risks.forms import ActionForm, NoteForm, RestForm
from peerlink.features.risks.models import Flag
from peerlink.features.risks.queries import get_flag_to_move
from peerlink.features.risks.views.parts import bp, said_for, say_done
from peerlink.features.risks.wording import CALLS
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/team-care")
@allow(Permission.CARE)
def care() -> Response:
    """Show who may need a call, and who looks steady."""
    calls = {level: _(said) for level, said in CALLS.items()}
    return page(
        "risks/care.html",
        team=team_care(current_viewer()),
        calls=calls,
        rest_days=REST_DAYS,
        reasons=list(NotNow),
    )


@bp.get("/team-care/how")
@allow(Permission.CARE)
def how() -> Response:
    """Say how this works and how many flags to expect."""
    return page("risks/how.html")


@bp.post("/team-care/<uuid:volunteer_id>/act")
@allow(Permission.CARE)
def act(volunteer_id: uuid.UUID) -> Response:
    """Do one thing for a volunteer; the act is the record."""
    flags, form = _held(volunteer_id), ActionForm()
    if not form.validate():
        raise Refused(_("That is not offered here."))
    deed_id = service.act(flags, form.draft(), current_viewer())
    say_done(said_for(form.draft().code), deed_id)
    return see_other(url_for(".care"))


@bp.post("/team-care/<uuid:volunteer_id>/talked")
@allow(Permission.CARE)
def talked(volunteer_id: uuid.UUID) -> Response:
    """Write down that a talk took place today."""
    flags, form = _held(volunteer_id), NoteForm()
    if not form.validate():
        raise Refused(_("Keep the note shorter."))
    service.record_talk(flags, form.note.data, current_viewer())
    say(_("The talk is written down as a session."))
    return see_other(url_for(".care"))


@bp.post("/team-care/<uuid:volunteer_id>/rest")
@allow(Permission.CARE)
def rest(volunteer_id: uuid.UUID) -> Response:
    """Say that it is no concern now."""
    flags, form = _held(volunteer_id), RestForm()
    if not form.validate():
        raise Refused(_("Say why this can wait."))
    deed_id = service.let_rest(flags, NotNow(form.why.data), current_viewer())
    say_done(_("Put off for four weeks. It comes back sooner if it gets worse."), deed_id)
    return see_other(url_for(".care"))


def _held(volunteer_id: uuid.UUID) -> list[Flag]:
    looking = current_viewer()
    flags = [get_flag_to_move(flag.id, looking) for flag in care_flags_of(volunteer_id, looking)]
    if not flags:
        raise NotFound
    return flags
