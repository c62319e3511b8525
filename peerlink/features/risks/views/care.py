"""Team care: the supervisor's page about who needs somebody."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.features.programmes.queries import limits, programme_zone
from peerlink.features.risks import service
from peerlink.features.risks.aftermath import what_helps
from peerlink.features.risks.cards import care_flags_of, team_care
from peerlink.features.risks.deeds import REST_DAYS, NotNow
from peerlink.features.risks.forms import ActionForm, NoteForm, RestForm
from peerlink.features.risks.models import Flag
from peerlink.features.risks.queries import get_cared_for, get_flag_to_move
from peerlink.features.risks.views.parts import bp, onward, said_for, say_done, tasks_shown
from peerlink.features.risks.wording import CALLS
from peerlink.features.safety.queries import open_calls
from peerlink.features.volunteers.queries import looks_after
from peerlink.framework.care_words import READY
from peerlink.instruments.checkin import change_bound
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/team-care")
@allow(Permission.CARE)
def care() -> Response:
    """Show who may need a call, and who looks steady."""
    looking = current_viewer()
    calls = {level: _(said) for level, said in CALLS.items()}
    team = team_care(looking)
    return page(
        "risks/care.html",
        team=team,
        tasks={one.volunteer.id: tasks_shown(one.other_tasks, looking) for one in team.cards},
        missing={who: tasks_shown(found, looking) for who, found in team.missing.items()},
        today=clock.today(programme_zone()),
        ready=[_(sentence) for sentence in READY],
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
    looking = current_viewer()
    deed_id = service.act(flags, form.draft(), looking)
    say_done(said_for(form.draft()), deed_id)
    return see_other(onward(form.draft(), flags[0], looking) or url_for(".care"))


@bp.post("/team-care/<uuid:volunteer_id>/talked")
@allow(Permission.CARE)
def talked(volunteer_id: uuid.UUID) -> Response:
    """Write down that a talk took place today."""
    looking, form = current_viewer(), NoteForm()
    volunteer = get_cared_for(volunteer_id, looking)
    if not form.validate():
        raise Refused(_("Keep the note shorter."))
    flags = _flags_of(volunteer_id)
    held = service.record_talk(volunteer, flags, form.note.data, looking)
    waits = _call_of(volunteer_id)
    said = _("The talk is written down as a session.")
    if waits:
        said = _("The talk is written down as a session. Their call is still open: close it here.")
    if flags:
        say_done(said, held.id)
    else:
        undo = url_for("supervision.take_back", supervision_id=held.id)
        say(said, undo=undo if looks_after(volunteer_id, looking) else None)
    return see_other(url_for("safety.show_call", call_id=waits) if waits else url_for(".care"))


def _call_of(volunteer_id: uuid.UUID) -> uuid.UUID | None:
    """Return the open call for a volunteer themself, which passes on by itself until it is closed."""
    found = [one for one in open_calls(current_viewer()) if one.volunteer_id == volunteer_id]
    return next((one.id for one in found if one.participant_id is None), None)


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


@bp.get("/team-care/what-helps")
@allow(Permission.CARE)
def helps() -> Response:
    """Show what became of strain after each action, over the supervisor's own volunteers together."""
    fewest = limits().whole("display.min_cell")
    real = change_bound(1, limits())
    return page("risks/helps.html", rows=what_helps(current_viewer()), fewest=fewest, real=real)


def _held(volunteer_id: uuid.UUID) -> list[Flag]:
    flags = _flags_of(volunteer_id)
    if not flags:
        raise NotFound
    return flags


def _flags_of(volunteer_id: uuid.UUID) -> list[Flag]:
    looking = current_viewer()
    return [get_flag_to_move(flag.id, looking) for flag in care_flags_of(volunteer_id, looking)]
