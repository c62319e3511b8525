"""How I am told."""

from flask import url_for
from werkzeug import Response

from peerlink.features.accounts.queries import get_account
from peerlink.features.notices import service
from peerlink.features.notices.forms import ReachForm
from peerlink.features.notices.queries import has_mail, reach_of
from peerlink.features.notices.rules import SAYS
from peerlink.features.notices.views.parts import bp
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/me/messages")
@allow(Permission.SIGNED_IN)
def reach() -> Response:
    """Show how somebody is told, and what a message says."""
    chosen = reach_of(current_viewer().account_id)
    typed = {
        "by_email": "yes" if chosen.by_email else "no",
        "quiet_from": chosen.quiet_from,
        "quiet_until": chosen.quiet_until,
    }
    return _reach(ReachForm(formdata=None, data=typed))


@bp.post("/me/messages")
@allow(Permission.SIGNED_IN)
def choose() -> Response:
    """Keep how somebody wants to be told."""
    sent = ReachForm()
    if sent.validate():
        with sent.refusals_shown():
            service.choose_reach(current_viewer().account_id, sent.draft())
            say(_("Kept."))
            return see_other(url_for(".reach"))
    return _reach(sent, 422)


def _reach(sent: ReachForm, status: int = 200) -> Response:
    looking = current_viewer()
    return page(
        "notices/reach.html",
        status,
        form=sent,
        texts=[_(said) for said in SAYS.values()],
        on_duty=looking.may(Permission.BE_ON_DUTY),
        works=has_mail(),
        has_address=get_account(looking.account_id, looking).has_address,
    )
