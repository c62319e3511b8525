"""A volunteer's privacy, as the team looks at it together with them."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.features.recruitment import service
from peerlink.features.recruitment.forms import PlanForm, plan_shown
from peerlink.features.recruitment.queries import find_privacy_plan
from peerlink.features.recruitment.views.parts import bp, colleagues
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer, may_show
from peerlink.framework.recruitment_words import ShownAs, ShownIn
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_tabs import tabs_of
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/volunteers/<uuid:volunteer_id>/privacy")
@allow(Permission.SEE_VOLUNTEERS)
def privacy(volunteer_id: uuid.UUID) -> Response:
    """Show a volunteer's privacy plan, and where they agreed to be shown."""
    return _page(get_volunteer(volunteer_id, current_viewer()), None)


@bp.post("/volunteers/<uuid:volunteer_id>/privacy")
@allow(Permission.SEE_VOLUNTEERS)
def agree(volunteer_id: uuid.UUID) -> Response:
    """Agree on a privacy plan with a volunteer."""
    viewer, form = current_viewer(), PlanForm()
    volunteer = get_volunteer(volunteer_id, viewer)
    form.offer()
    if form.validate():
        with form.refusals_shown():
            service.keep_plan(volunteer, form.draft(), by=viewer.account_id, agreed=True)
            say(_("Agreed and written down."))
            return see_other(url_for(".privacy", volunteer_id=volunteer.id))
    return _page(volunteer, form, 422)


def _page(volunteer: Volunteer, form: PlanForm | None, status: int = 200) -> Response:
    kept = find_privacy_plan(volunteer.id)
    form = form or PlanForm(formdata=None, data=plan_shown(kept))
    form.offer()
    return page(
        "recruitment/privacy.html",
        status,
        one=volunteer,
        tabs=tabs_of("volunteer", volunteer.id),
        form=form,
        kept=kept,
        team=colleagues([kept.agreed_with if kept else None]),
        shown_as=volunteer.shown_as or ShownAs.INITIAL,
        shown=[(one, may_show(volunteer, one)) for one in ShownIn],
    )
