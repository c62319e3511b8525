"""Lists of contacts: a volunteer's own, those of a match, a participant or a volunteer."""

import dataclasses
import datetime as dt
import uuid
from typing import Any

from flask import request, url_for
from werkzeug import Response

from peerlink.features.contacts.gather import A_PAGE, Asked, ContactRow, contact_rows
from peerlink.features.contacts.views.parts import bp, called, lean
from peerlink.features.contacts.wording import Summaries
from peerlink.features.matching.queries import get_match
from peerlink.features.participants.queries import get_participant
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.support import SupportArea
from peerlink.framework.vocabularies import ContactStatus
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.viewer import current_viewer
from peerlink.words import _

Line = tuple[str, str, str, bool, bool, str, str | None]


@bp.get("/contacts")
@allow(Permission.LOG_CONTACT)
def index() -> Response:
    """Show the volunteer's own contacts, the latest first."""
    return _list(_asked(volunteer_id=current_viewer().person_id), own=True)


@bp.get("/matches/<uuid:match_id>/contacts")
@allow(Permission.MATCH)
def of_match(match_id: uuid.UUID) -> Response:
    """Show the contacts of one match."""
    match = get_match(match_id, current_viewer())
    return _list(
        _asked(match_id=match_id), about=called(match), add=url_for(".new_for_them", match_id=match_id)
    )


@bp.get("/participants/<uuid:participant_id>/contacts")
@allow(Permission.SEE_PARTICIPANTS)
def of_participant(participant_id: uuid.UUID) -> Response:
    """Show the contacts of one participant, whoever they were with."""
    participant = get_participant(participant_id, current_viewer())
    return _list(_asked(participant_id=participant_id), about=participant.called)


@bp.get("/volunteers/<uuid:volunteer_id>/contacts")
@allow(Permission.CARE)
def of_volunteer(volunteer_id: uuid.UUID) -> Response:
    """Show the contacts of a volunteer one looks after: how they went, not with whom."""
    volunteer = get_volunteer(volunteer_id, current_viewer())
    return _list(_asked(volunteer_id=volunteer_id), about=volunteer.called)


def _asked(**whose: uuid.UUID | None) -> Asked:
    """Read the filters out of the address; what cannot be read does not filter."""
    given = request.args
    status = next((one for one in ContactStatus if one.value == given.get("status")), None)
    area = next((one for one in SupportArea if one.value == given.get("area")), None)
    page_number = max(1, given.get("page", 1, type=int))
    difficult = given.get("difficult") == "y"
    return Asked(status=status, area=area, difficult=difficult, page=page_number, **whose)


def _list(asked: Asked, **context: Any) -> Response:
    rows, more = contact_rows(current_viewer(), asked)
    first = (asked.page - 1) * A_PAGE
    known: dict[str, Any] = {"own": False, "about": None, "add": None}
    return lean(
        "contacts/index.html",
        days=_by_day(rows),
        n_rows=len(rows),
        first=first,
        before=_page(asked.page - 1) if asked.page > 1 else None,
        after=_page(asked.page + 1) if more else None,
        asked=dataclasses.asdict(asked),
        statuses=list(ContactStatus),
        support_areas=list(SupportArea),
        filtered=bool(asked.status or asked.area or asked.difficult),
        **(known | context),
    )


def _by_day(rows: list[ContactRow]) -> list[tuple[dt.date, list[Line]]]:
    """Put rows under their days, each as the template unpacks it: address, name, state, marks, line, note."""
    summaries, nobody = Summaries(), _("A contact")
    states = {one: ("" if one is ContactStatus.HELD else _(one.label)) for one in ContactStatus}
    days: dict[dt.date, list[Line]] = {}
    for row in rows:
        line = summaries.line(row.channel, row.minutes, row.areas, row.effort)
        shown = (f"/contacts/{row.id}", row.called or nobody, states[row.status], row.difficult, row.damaged)
        days.setdefault(row.day, []).append((*shown, line, row.note))
    return list(days.items())


def _page(number: int) -> str:
    kept: dict[str, Any] = {key: value for key, value in request.args.items() if key != "page"}
    kept |= request.view_args or {}
    return url_for(str(request.endpoint), **kept, page=number)
