"""The public page for offers to help; it is there only while the programme has opened it."""

from flask import url_for
from werkzeug import Response

from peerlink.features.programmes.models import Programme
from peerlink.features.programmes.queries import is_kept, limits
from peerlink.features.recruitment import service
from peerlink.features.recruitment.forms import ApplyForm
from peerlink.features.recruitment.queries import current_text
from peerlink.features.recruitment.rules import says_how_long
from peerlink.features.recruitment.views.parts import bp
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.recruitment_words import TextKind
from peerlink.store import gate
from peerlink.web.guard import open_to_all
from peerlink.web.network import network
from peerlink.web.page import page, see_other


@bp.get("/apply")
@open_to_all
def apply() -> Response:
    """Ask somebody who would like to help for the least that an answer takes."""
    programme = service.programme_taking_offers()
    return _apply_page(programme, ApplyForm(data={"language_1": programme.language}))


@bp.post("/apply")
@open_to_all
def send() -> Response:
    """Take an offer in; one that a machine filled in is thanked for and forgotten."""
    programme, form = service.programme_taking_offers(), ApplyForm()
    form.offer()
    if form.website.data:
        return see_other(url_for(".sent"))
    if form.validate():
        with form.refusals_shown():
            once = form.once()
            if not is_kept(Volunteer, once):
                service.offer_help(form.draft(), network=network(), volunteer_id=once)
            return see_other(url_for(".sent"))
    return _apply_page(programme, form, 422)


@bp.get("/apply/sent")
@open_to_all
def sent() -> Response:
    """Say thank you, and what happens next."""
    service.programme_taking_offers()
    return page("recruitment/sent.html", kept_months=limits_kept())


def limits_kept() -> int:
    """Return for how many months the details of whoever does not join are kept."""
    with gate.opened("how long details are kept is for everybody to read"):
        return limits().whole(service.KEPT_MONTHS)


def _apply_page(programme: Programme, form: ApplyForm, status: int = 200) -> Response:
    form.offer()
    with gate.opened("what the public page says is for everybody to read"):
        notice = current_text(TextKind.DATA_NOTICE)
        said = {"welcome": programme.welcome, "notice": notice.text if notice else ""}
    months = limits_kept()
    told = says_how_long(said["notice"] or "", months)
    return page("recruitment/apply.html", status, form=form, kept_months=None if told else months, **said)
