"""Saying thank you to a volunteer: two taps from wherever they are shown."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.features.programmes.queries import is_kept
from peerlink.features.recognition import service
from peerlink.features.recognition.forms import ThanksForm
from peerlink.features.recognition.models import Thanks
from peerlink.features.recognition.queries import get_thanks, thanks_said_to
from peerlink.features.recognition.views.parts import bp
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.care_words import READY
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_tabs import tabs_of
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/volunteers/<uuid:volunteer_id>/thanks")
@allow(Permission.THANK)
def thank(volunteer_id: uuid.UUID) -> Response:
    """Offer three ready sentences, and room for own words."""
    return _thanks_page(get_volunteer(volunteer_id, current_viewer()), ThanksForm())


@bp.post("/volunteers/<uuid:volunteer_id>/thanks")
@allow(Permission.THANK)
def send(volunteer_id: uuid.UUID) -> Response:
    """Say thank you."""
    viewer, form = current_viewer(), ThanksForm()
    volunteer = get_volunteer(volunteer_id, viewer)
    if form.validate():
        with form.refusals_shown():
            once = form.once()
            if not is_kept(Thanks, once):
                service.thank(volunteer, form.said(), by=viewer.account_id, thanks_id=once)
            say(_("Said. They find it on their own page."), undo=url_for(".unsay", thanks_id=once))
            return see_other(url_for(".thank", volunteer_id=volunteer.id))
    return _thanks_page(volunteer, form, 422)


@bp.post("/thanks/<uuid:thanks_id>/undo")
@allow(Permission.THANK)
def unsay(thanks_id: uuid.UUID) -> Response:
    """Take back what was just said."""
    viewer = current_viewer()
    thanks = get_thanks(thanks_id, viewer)
    back_to = url_for(".thank", volunteer_id=thanks.volunteer_id)
    service.take_back(thanks, viewer)
    say(_("Taken back."))
    return see_other(back_to)


def _thanks_page(volunteer: Volunteer, form: ThanksForm, status: int = 200) -> Response:
    return page(
        "recognition/thank.html",
        status,
        one=volunteer,
        tabs=tabs_of("volunteer", volunteer.id),
        ready=[_(sentence) for sentence in READY],
        thanked=thanks_said_to(volunteer.id, current_viewer()),
        form=form,
    )
