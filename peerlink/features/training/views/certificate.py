"""A certificate of one's training, on a page to print and as a PDF."""

import uuid

from flask import make_response, render_template, request, url_for
from werkzeug import Response

from peerlink.features.training.certificate import CalledAs, certificate_of, names_to_choose
from peerlink.features.training.paper import is_here, pdf_of
from peerlink.features.training.views.parts import bp, own_record, today
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page
from peerlink.web.viewer import current_viewer


@bp.get("/me/training/certificate")
@allow(Permission.SEE_OWN)
def my_certificate() -> Response:
    """Show a volunteer their certificate."""
    return _shown(own_record(), url_for(".my_pdf", name=_called_as()), url_for(".mine"))


@bp.get("/me/training/certificate.pdf")
@allow(Permission.SEE_OWN)
def my_pdf() -> Response:
    """Give a volunteer their certificate as a file."""
    return _file(own_record())


@bp.get("/volunteers/<uuid:volunteer_id>/training/certificate")
@allow(Permission.KEEP_VOLUNTEERS)
def certificate(volunteer_id: uuid.UUID) -> Response:
    """Show a volunteer's certificate, to be printed for them."""
    volunteer = get_volunteer(volunteer_id, current_viewer())
    pdf = url_for(".certificate_pdf", volunteer_id=volunteer.id, name=_called_as())
    return _shown(volunteer, pdf, url_for(".register", volunteer_id=volunteer.id))


@bp.get("/volunteers/<uuid:volunteer_id>/training/certificate.pdf")
@allow(Permission.KEEP_VOLUNTEERS)
def certificate_pdf(volunteer_id: uuid.UUID) -> Response:
    """Give a volunteer's certificate as a file."""
    return _file(get_volunteer(volunteer_id, current_viewer()))


def _called_as() -> CalledAs:
    chosen = request.args.get("name", "")
    return CalledAs(chosen) if chosen in set(CalledAs) else CalledAs.FULL


def _shown(volunteer: Volunteer, pdf: str, back: str) -> Response:
    return page(
        "training/certificate.html",
        made=certificate_of(volunteer, _called_as(), current_viewer()),
        on=today(),
        names=names_to_choose(volunteer),
        chosen=_called_as(),
        pdf=pdf if is_here() else "",
        back=back,
    )


def _file(volunteer: Volunteer) -> Response:
    made = certificate_of(volunteer, _called_as(), current_viewer())
    html = render_template("training/certificate_paper.html", made=made, on=today())
    response = make_response(pdf_of(html))
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = 'attachment; filename="certificate.pdf"'
    return response
