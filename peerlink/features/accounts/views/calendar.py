"""One's private calendar: an address for the phone's own calendar, which says only what time is taken."""

import segno
from flask import Blueprint, g, request, url_for
from werkzeug import Response

from peerlink.errors import NotFound, Refused
from peerlink.features.accounts import feed, throttle
from peerlink.features.accounts.forms import CalendarForm
from peerlink.roles import Permission
from peerlink.web.guard import allow, open_to_all
from peerlink.web.page import afterwards, page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

bp = Blueprint("calendar", __name__)

TRIED = "calendar"
"""Under which name wrong addresses are counted."""
AT_HOME = frozenset({"127.0.0.1", "::1"})
"""Where a request comes from that only the proxy on this machine sent on."""


@bp.get("/calendar/<secret>.ics")
@open_to_all
def read(secret: str) -> Response:
    """Give a calendar program the hours that are taken; the address alone opens it, and no cookie does."""
    network = request.remote_addr or ""
    if network not in AT_HOME:
        try:
            throttle.check(TRIED, network)
        except Refused:
            raise NotFound from None
    written = feed.calendar_behind(secret, g.zone)
    if written is None:
        if network not in AT_HOME:
            afterwards(lambda: throttle.count_failure(TRIED, network))
        raise NotFound
    answer = Response(written, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'inline; filename="planner.ics"'
    return answer


@bp.get("/me/calendar")
@allow(Permission.SIGNED_IN)
def mine() -> Response:
    """Show whether one's calendar has an address, and what it tells."""
    return _mine(CalendarForm())


@bp.post("/me/calendar")
@allow(Permission.SIGNED_IN)
def make() -> Response:
    """Make a new address and show it this once; the one before stops to work."""
    form = CalendarForm()
    if not form.validate():
        return _mine(form, 422)
    secret = feed.make_feed(current_viewer().account_id, tells_initial=bool(form.tells_initial.data))
    address = url_for(".read", secret=secret, _external=True)
    return page(
        "accounts/calendar_made.html", address=address, picture=segno.make(address).svg_data_uri(scale=5)
    )


@bp.post("/me/calendar/take-back")
@allow(Permission.SIGNED_IN)
def take_back() -> Response:
    """Let the address work no more."""
    feed.take_back_feed(current_viewer().account_id)
    say(_("The address works no more. Take the calendar out of your phone too."))
    return see_other(url_for(".mine"))


def _mine(form: CalendarForm, status: int = 200) -> Response:
    return page("accounts/calendar.html", status, form=form, feed=feed.feed_of(current_viewer().account_id))
