"""A volunteer's own flags: the same card their supervisor sees, and room for their side."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.features.risks import service
from peerlink.features.risks.forms import OwnSideForm
from peerlink.features.risks.queries import flags_about_me, get_flag_about_me, intact, people_to_reach
from peerlink.features.risks.shown import see_all
from peerlink.features.risks.views.parts import bp
from peerlink.features.risks.wording import OFFERS
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/me/flags")
@allow(Permission.ANSWER_CHECKIN)
def mine() -> Response:
    """Show a volunteer what their supervisor sees of them."""
    return _mine()


@bp.post("/me/flags/<uuid:flag_id>")
@allow(Permission.ANSWER_CHECKIN)
def my_side(flag_id: uuid.UUID) -> Response:
    """Keep what the volunteer adds."""
    looking, form = current_viewer(), OwnSideForm()
    flag = get_flag_about_me(flag_id, looking)
    if form.validate():
        with form.refusals_shown():
            service.add_own_side(flag, form.text.data or "", looking)
            say(_("Kept. Your supervisor reads it beside the card."))
            return see_other(url_for(".mine"))
    return _mine(form)


def _mine(refused: OwnSideForm | None = None) -> Response:
    looking = current_viewer()
    return page(
        "risks/mine.html",
        422 if refused else 200,
        seen=see_all(intact(flags_about_me(looking))[0], looking),
        calls={level: _(said) for level, said in OFFERS.items()},
        n_to_reach=len(people_to_reach(looking)),
        refused=refused,
    )
