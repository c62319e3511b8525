"""The page for whoever needs help now: it asks nothing."""

from flask import url_for
from werkzeug import Response

from peerlink.features.safety import service
from peerlink.features.safety.queries import own_call
from peerlink.features.safety.shown import helper_of, names_of
from peerlink.features.safety.views.parts import bp, is_lean
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/help")
@allow(Permission.SIGNED_IN)
def show_help() -> Response:
    """Show whom to call now, and offer to be called."""
    looking = current_viewer()
    waiting = own_call(looking)
    holder = names_of([waiting.holder_id]) if waiting is not None else {}
    return page(
        "safety/help.html",
        lean=is_lean(),
        helper=helper_of(looking),
        waiting=waiting,
        holder=next(iter(holder.values()), None),
        may_ask=looking.may(Permission.SEE_OWN) and looking.person_id is not None,
    )


@bp.post("/help/call")
@allow(Permission.SEE_OWN)
def ask_for_call() -> Response:
    """Ask to be called today."""
    service.ask_for_call(current_viewer())
    say(_("Asked. You will be called today."))
    return see_other(url_for(".show_help"))
