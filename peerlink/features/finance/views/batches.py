"""Pages about one payment list: the file for the bank, what is paid by hand, what was paid."""

import uuid

from flask import make_response, url_for
from werkzeug import Response

from peerlink.errors import NotFound
from peerlink.features.finance import service
from peerlink.features.finance.files import BY_BANK, as_csv, as_xlsx, rows_of
from peerlink.features.finance.forms import PaidForm
from peerlink.features.finance.models import PaymentBatch
from peerlink.features.finance.queries import (
    currency,
    get_batch,
    get_payable,
    pay_details_of,
    payments_in,
)
from peerlink.features.finance.views.parts import bp, shown, ticked, today, way_of
from peerlink.features.finance.views.pay import bank_line
from peerlink.framework.money_words import ClaimStatus
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

KINDS = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}


@bp.get("/money/lists/<uuid:batch_id>")
@allow(Permission.PAY)
def batch(batch_id: uuid.UUID) -> Response:
    """Show one payment list."""
    return _batch_page(get_batch(batch_id), PaidForm(data={"on": today()}))


@bp.post("/money/lists/<uuid:batch_id>/file/<ending>")
@allow(Permission.PAY)
def take_out(batch_id: uuid.UUID, ending: str) -> Response:
    """Give the file for the bank; that it was taken out is written into the trail."""
    viewer, payments = current_viewer(), get_batch(batch_id)
    if ending not in KINDS:
        raise NotFound
    claims = service.take_out(payments, viewer)
    details = pay_details_of({one.volunteer_id for one in claims}, viewer)
    mimetype, write = KINDS[ending]
    response = make_response(write(rows_of(claims, details, currency() or "", bank_line())))
    response.headers["Content-Type"] = mimetype
    name = f"payments-{payments.made_on:%Y-%m}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@bp.post("/money/lists/<uuid:batch_id>/paid")
@allow(Permission.PAY)
def mark_paid(batch_id: uuid.UUID) -> Response:
    """Say on which day the ticked payments were made."""
    viewer, form, payments = current_viewer(), PaidForm(), get_batch(batch_id)
    if form.validate():
        with form.refusals_shown():
            deed_id, n = service.mark_paid(payments, ticked(), form.on.data, viewer)
            undo = url_for(".take_back_paid", batch_id=batch_id, payment_id=deed_id)
            say(_("Noted as paid: %(n)s.", n=n), undo=undo)
            return see_other(url_for(".batch", batch_id=batch_id))
    return _batch_page(payments, form, 422)


@bp.post("/money/lists/<uuid:batch_id>/paid/<uuid:payment_id>/take-back")
@allow(Permission.PAY)
def take_back_paid(batch_id: uuid.UUID, payment_id: uuid.UUID) -> Response:
    """Say that payments noted together were not made after all."""
    service.take_back_paid(payment_id, current_viewer())
    say(_("Taken back: they are to be paid."))
    return see_other(url_for(".batch", batch_id=batch_id))


@bp.post("/money/payments/<uuid:claim_id>/reopen")
@allow(Permission.PAY)
def reopen(claim_id: uuid.UUID) -> Response:
    """Say that one payment did not arrive."""
    viewer = current_viewer()
    claim = get_payable(claim_id, viewer)
    service.reopen(claim, viewer)
    say(_("It is to be paid again."))
    there = url_for(".batch", batch_id=claim.batch_id) if claim.batch_id else url_for(".money")
    return see_other(there)


@bp.post("/money/lists/<uuid:batch_id>/dissolve")
@allow(Permission.PAY)
def dissolve(batch_id: uuid.UUID) -> Response:
    """Let what is not paid leave the list."""
    is_left = service.dissolve(get_batch(batch_id), current_viewer())
    say(_("Parted: they are to be paid as before."))
    return see_other(url_for(".batch", batch_id=batch_id) if is_left else url_for(".money"))


def _batch_page(payments: PaymentBatch, form: PaidForm, status: int = 200) -> Response:
    viewer = current_viewer()
    claims = payments_in(payments.id, viewer)
    details = pay_details_of({one.volunteer_id for one in claims}, viewer)
    rows = shown(claims, viewer)
    for row, claim in zip(rows, claims, strict=True):
        known = details.get(claim.volunteer_id)
        row["name"] = known.name if known else None
        row["way"] = way_of(known)
        row["by_bank"] = known is not None and known.way in BY_BANK
    left = [one for one in claims if one.status is ClaimStatus.APPROVED]
    return page(
        "finance/batch.html",
        status,
        one=payments,
        form=form,
        rows=rows,
        by_hand=[row for row in rows if not row["by_bank"]],
        n_left=len(left),
        n_in_file=sum(bool(row["by_bank"]) and row["claim"] in left for row in rows),
        total=sum(one.amount or 0 for one in claims),
        line=bank_line(),
        money=currency(),
        approved=ClaimStatus.APPROVED,
    )
