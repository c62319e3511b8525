"""Flags: the list, one flag with what it rests on, and the board."""

import datetime as dt
import uuid

from flask import request, url_for
from werkzeug import Response

from peerlink import clock
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.risks import service
from peerlink.features.risks.aftermath import tried_on
from peerlink.features.risks.board import board as roll_up_board
from peerlink.features.risks.forms import ActionForm, NoteForm, SnoozeForm
from peerlink.features.risks.models import Flag
from peerlink.features.risks.queries import get_flag, get_flag_to_move, intact, latest_counts, open_flags_for
from peerlink.features.risks.rulebook import Subject
from peerlink.features.risks.rules.flags import LONGEST_SNOOZE
from peerlink.features.risks.shown import Seen, history, names_of, see, see_all
from peerlink.features.risks.task_list import tasks_of_flags
from peerlink.features.risks.untaught import part
from peerlink.features.risks.views.parts import bp, onward, said_for, say_done, tasks_shown
from peerlink.features.risks.wording import evidence_rows
from peerlink.framework import catalogue
from peerlink.framework.levels import POSITIVE
from peerlink.roles import ROLE_LABELS, Permission, Role
from peerlink.store.lookup import many
from peerlink.web.form import Form
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import N_, _


@bp.get("/flags")
@allow(Permission.SEE_FLAGS)
def flags() -> Response:
    """List the open flags the viewer is told of, the worst first."""
    looking = current_viewer()
    rows, damaged = intact(many(open_flags_for(looking)))
    asked = {name: request.args.get(name, "") for name in ("level", "about", "rule")}
    seen = [one for one in see_all(rows, looking) if _wanted(one, asked)]
    alone, untaught = part(seen)
    first = untaught.seen[0].flag.id if untaught else None
    return page(
        "risks/flags.html",
        seen=[one for one in seen if one in alone or one.flag.id == first],
        untaught=untaught,
        first=first,
        teaches=looking.may(Permission.HOLD_TRAINING),
        n_all=len(rows),
        acts=looking.may(Permission.ACT_ON_FLAGS),
        n_damaged=len(damaged),
        names=names_of([one.flag for one in seen], looking),
        asked=asked,
        levels=POSITIVE[::-1],
        subjects=SUBJECTS,
        rules=sorted({flag.rule for flag in rows}),
        rule_names={flag.rule: _(catalogue.rule(flag.rule).name) for flag in rows},
        told={one.flag.rule: _told(one.flag.rule) for one in seen},
    )


@bp.get("/flags/board")
@allow(Permission.SEE_FLAGS)
def board() -> Response:
    """Show the levels along the framework."""
    looking = current_viewer()
    rows, _damaged = intact(many(open_flags_for(looking)))
    branches, on = roll_up_board(latest_counts(), see_all(rows, looking))
    return page("risks/board.html", branches=branches, on=on)


@bp.get("/flags/<uuid:flag_id>")
@allow(Permission.SEE_FLAGS)
def flag(flag_id: uuid.UUID) -> Response:
    """Show one flag: why, since when, what was done, what closes it."""
    return _shown(get_flag(flag_id, current_viewer()))


@bp.post("/flags/<uuid:flag_id>/act")
@allow(Permission.ACT_ON_FLAGS)
def act_on(flag_id: uuid.UUID) -> Response:
    """Do one thing about a flag."""
    one, form = _held(flag_id), ActionForm()
    if form.validate():
        with form.refusals_shown():
            looking = current_viewer()
            deed_id = service.act([one], form.draft(), looking)
            say_done(said_for(form.draft()), deed_id)
            on = onward(form.draft(), one, looking)
            return see_other(on) if on else _back_to(one)
    return _shown(one, form)


@bp.post("/flags/<uuid:flag_id>/acknowledge")
@allow(Permission.ACT_ON_FLAGS)
def acknowledge(flag_id: uuid.UUID) -> Response:
    """Say that one has it."""
    one, form = _held(flag_id), NoteForm()
    if form.validate():
        with form.refusals_shown():
            service.acknowledge(one, form.note.data, current_viewer())
            say(_("You have it. Nobody else is told."))
            return _back_to(one)
    return _shown(one, form)


@bp.post("/flags/<uuid:flag_id>/snooze")
@allow(Permission.ACT_ON_FLAGS)
def snooze(flag_id: uuid.UUID) -> Response:
    """Put a flag off, with a reason."""
    one, form = _held(flag_id), SnoozeForm()
    if form.validate():
        with form.refusals_shown():
            deed_id = service.snooze(one, form.until.data, form.reason.data, current_viewer())
            say_done(_("Put off. It comes back on that day, or sooner if it gets worse."), deed_id)
            return _back_to(one)
    return _shown(one, form)


@bp.post("/flags/<uuid:flag_id>/settle")
@allow(Permission.ACT_ON_FLAGS)
def settle(flag_id: uuid.UUID) -> Response:
    """Write down that a talk settled it."""
    return _noted(flag_id, "settle")


@bp.post("/flags/<uuid:flag_id>/release")
@allow(Permission.ACT_ON_FLAGS)
def release(flag_id: uuid.UUID) -> Response:
    """Let new matches come again."""
    return _noted(flag_id, "release")


@bp.post("/flags/<uuid:flag_id>/close")
@allow(Permission.ACT_ON_FLAGS)
def close(flag_id: uuid.UUID) -> Response:
    """Close a flag with a note."""
    return _noted(flag_id, "close")


@bp.post("/flags/deeds/<uuid:deed_id>/undo")
@allow(Permission.ACT_ON_FLAGS)
def undo(deed_id: uuid.UUID) -> Response:
    """Take back what was just done."""
    looking = current_viewer()
    service.take_back(deed_id, looking)
    say(_("Taken back."))
    return see_other(url_for(".care" if looking.may(Permission.CARE) else ".flags"))


SUBJECTS = {
    Subject.PROGRAMME: N_("The programme"),
    Subject.VOLUNTEER: N_("Volunteers"),
    Subject.PARTICIPANT: N_("Participants"),
}
DEEDS = {"settle": service.settle, "release": service.release, "close": service.close}


def _noted(flag_id: uuid.UUID, deed: str) -> Response:
    one, form = _held(flag_id), NoteForm()
    if form.validate():
        with form.refusals_shown():
            DEEDS[deed](one, form.note.data or "", current_viewer())
            say(_("Written down."))
            return _back_to(one)
    return _shown(one, form)


def _held(flag_id: uuid.UUID) -> Flag:
    return get_flag_to_move(flag_id, current_viewer())


def _back_to(one: Flag) -> Response:
    return see_other(url_for(".flag", flag_id=one.id))


def _shown(one: Flag, refused: Form | None = None) -> Response:
    looking = current_viewer()
    seen = see(one, looking)
    today = clock.today(programme_zone())
    return page(
        "risks/flag.html",
        422 if refused is not None else 200,
        seen=seen,
        name=names_of([one], looking).get(one.about_id, ""),
        evidence=evidence_rows(seen.evidence),
        history=history(one, looking),
        offers=service.offers_for(one) if one.closed_on is None else (),
        tried=tried_on(one, looking),
        tasks=tasks_shown(tasks_of_flags([one.id]), looking),
        told=_told(one.rule),
        refused=refused,
        typed=request.form,
        today=today,
        days=lambda n: dt.timedelta(days=n),
        first=today.isoformat(),
        last=(today + LONGEST_SNOOZE).isoformat(),
    )


def _told(rule: str) -> str:
    return ", ".join(_(ROLE_LABELS[Role(one)]) for one in catalogue.rule(rule).told)


def _wanted(one: Seen, asked: dict[str, str]) -> bool:
    found = {"level": one.level.value, "about": one.flag.subject_kind.value, "rule": one.flag.rule}
    return all(not wanted or found[name] == wanted for name, wanted in asked.items())
