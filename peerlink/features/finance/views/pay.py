"""Pages that say how a volunteer is paid."""

from flask import url_for
from werkzeug import Response

from peerlink.errors import NotFound
from peerlink.features.finance import service
from peerlink.features.finance.forms import PayForm
from peerlink.features.finance.models import PayDetails
from peerlink.features.finance.queries import own_pay_details
from peerlink.features.finance.rules import PAYMENT_TEXT, masked
from peerlink.features.finance.views.parts import bp
from peerlink.features.programmes.queries import find_programme
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/me/pay")
@allow(Permission.CLAIM)
def my_pay() -> Response:
    """Ask how a volunteer wishes to be paid."""
    known = own_pay_details(current_viewer())
    said = {"way": known.way.value, "name": known.name} if known else {}
    return _pay_page(PayForm(data=said), known)


@bp.post("/me/pay")
@allow(Permission.CLAIM)
def change_pay() -> Response:
    """Keep how a volunteer wishes to be paid."""
    viewer, form = current_viewer(), PayForm()
    if viewer.person_id is None:
        raise NotFound
    known = own_pay_details(viewer)
    form.offer()
    if form.validate():
        with form.refusals_shown():
            draft = form.draft(kept_number(known, form))
            service.save_pay_details(viewer.person_id, known, draft, by=viewer.account_id)
            say(_("Saved."))
            return see_other(url_for(".mine"))
    return _pay_page(form, known, 422)


def kept_number(known: PayDetails | None, form: PayForm) -> str | None:
    """Return the number kept before, where the way of paying stays the same."""
    return known.account if known is not None and known.way.value == form.way.data else None


def bank_line() -> str:
    """Return what a line at the bank says."""
    programme = find_programme()
    return (programme.payment_text if programme else None) or PAYMENT_TEXT


def _pay_page(form: PayForm, known: PayDetails | None, status: int = 200) -> Response:
    form.offer()
    kept = masked(known.account) if known else ""
    return page("finance/pay.html", status, form=form, kept=kept, line=bank_line())
