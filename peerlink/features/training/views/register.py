"""Whose training runs out, and the register of everybody."""

import datetime as dt
import uuid

from flask import request
from werkzeug import Response

from peerlink.features.accounts.queries import supervisors
from peerlink.features.programmes.queries import site_names
from peerlink.features.training.catalogue import module_names, name_in, offered
from peerlink.features.training.queries import running_out
from peerlink.features.training.standing import NEVER, SOON_DAYS, standing_of
from peerlink.features.training.views.parts import bp, today
from peerlink.features.volunteers.queries import Wanted, learning_page
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page
from peerlink.web.viewer import current_viewer

AHEAD = dt.timedelta(days=SOON_DAYS)


@bp.get("/training")
@allow(Permission.SEE_VOLUNTEERS)
def index() -> Response:
    """List whose mandatory training has run out, or does within sixty days."""
    now, names = today(), module_names()
    rows = [
        {"volunteer": volunteer, "module": name_in(names, module), "until": until, "gone": until < now}
        for volunteer, module, until in running_out(current_viewer(), now + AHEAD)
    ]
    return page("training/index.html", rows=rows)


@bp.get("/training/register")
@allow(Permission.SEE_VOLUNTEERS)
def everybody() -> Response:
    """Show the register: people by modules, each cell a word and a colour."""
    viewer, asked = current_viewer(), request.args
    wanted = Wanted(site_id=_id(asked.get("site")), supervisor_id=_id(asked.get("supervisor")))
    found = learning_page(viewer, wanted, _number(asked.get("page")))
    cells = standing_of([one.id for one in found.rows], today())
    taught, names = offered(), module_names()
    others = sorted({code for row in cells.values() for code in row} - set(taught))
    columns = [
        (code, name_in(names, code), code in taught and taught[code].mandatory) for code in (*taught, *others)
    ]
    return page(
        "training/everybody.html",
        found=found,
        columns=columns,
        rows=[
            (one, [cells[one.id].get(code, NEVER) for code, _name, _must in columns]) for one in found.rows
        ],
        asked={name: value for name, value in asked.items() if name != "page" and value},
        wanted=wanted,
        sites=site_names(),
        supervisors={one.id: one.name for one in supervisors()}
        if viewer.may(Permission.KEEP_VOLUNTEERS)
        else {},
        on=today(),
    )


def _id(typed: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        return None


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isdecimal() and len(typed) < 10 else 1
