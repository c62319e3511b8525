"""A volunteer's own pages: what their month came to, thanks, and the days on which they meet the team."""

import datetime as dt
import uuid

from flask import request, url_for
from werkzeug import Response

from peerlink.errors import NotFound, Refused
from peerlink.features.accounts.queries import team_members
from peerlink.features.recognition import service
from peerlink.features.recognition.forms import ComingForm
from peerlink.features.recognition.month import development_minutes, month_of, months_to_show
from peerlink.features.recognition.queries import (
    get_my_thanks,
    get_team_event,
    my_answers,
    my_events_to_come,
    unread_thanks,
)
from peerlink.features.recognition.rules import month_before
from peerlink.features.recognition.views.parts import bp, today_here
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/me/month")
@allow(Permission.SEE_OWN)
def mine() -> Response:
    """Show a volunteer what this month and the last came to, and lead to what is their own."""
    viewer, today = current_viewer(), today_here()
    own = _own_id()
    months = months_to_show(own, today)
    asked = _asked()
    if asked is not None and asked not in months:
        raise NotFound
    shown = [asked] if asked else [months[0], month_before(months[0])]
    cards = [month_of(viewer, own, first, today) for first in shown]
    said_by = [one.from_id for card in cards for one in card.thanks if one.from_id]
    unread = unread_thanks(viewer)
    return page(
        "recognition/mine.html",
        cards=cards,
        unread=unread,
        people=team_members([*said_by, *(one.from_id for one in unread if one.from_id)]),
        development=development_minutes(own, today),
        events=my_events_to_come(viewer, today),
        answers=my_answers(viewer),
        months=months,
        asked=asked,
    )


@bp.post("/me/thanks/<uuid:thanks_id>/read")
@allow(Permission.SEE_OWN)
def read(thanks_id: uuid.UUID) -> Response:
    """Keep that a word of thanks was read."""
    service.read_thanks([get_my_thanks(thanks_id, current_viewer())])
    return see_other(url_for(".mine"))


@bp.post("/me/team-events/<uuid:event_id>")
@allow(Permission.SEE_OWN)
def coming(event_id: uuid.UUID) -> Response:
    """Say whether one comes."""
    viewer, form = current_viewer(), ComingForm()
    event = get_team_event(event_id, viewer)
    if not form.validate():
        raise Refused(_("Say yes or not this time."))
    comes = form.coming.data == "yes"
    service.say_coming(event, viewer, coming=comes)
    say(_("Good. They know that you come.") if comes else _("Thank you for saying so."))
    return see_other(url_for(".mine"))


def _own_id() -> uuid.UUID:
    own = current_viewer().person_id
    if own is None:
        raise NotFound
    return own


def _asked() -> dt.date | None:
    try:
        return dt.date.fromisoformat(f"{request.args['of']}-01")
    except (KeyError, ValueError):
        return None
