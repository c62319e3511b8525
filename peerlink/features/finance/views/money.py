"""Pages for whoever pays: what is to pay, what is late, what money there is."""

from flask import url_for
from werkzeug import Response

from peerlink.features.finance import service
from peerlink.features.finance.forms import BalanceForm, ListForm, PaymentsForm
from peerlink.features.finance.models import PaymentBatch
from peerlink.features.finance.queries import (
    balances,
    batches,
    currency,
    late_payments,
    ledger_day,
    pay_details_of,
    to_pay,
)
from peerlink.features.finance.views.parts import bp, shown, ticked, today, way_of
from peerlink.features.finance.views.pay import bank_line
from peerlink.features.programmes.queries import find_programme, is_kept, limits
from peerlink.framework.money_words import ClaimStatus
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/money")
@allow(Permission.PAY)
def money() -> Response:
    """Show what is approved and to be paid, what is late, and how old the ledger is."""
    viewer, day = current_viewer(), today()
    payable, late, programme = to_pay(viewer), late_payments(viewer, day), find_programme()
    details = pay_details_of({one.volunteer_id for one in (*payable, *late)}, viewer)
    ledger, oldest = ledger_day(), limits().whole("ledger.max_age_days")
    return page(
        "finance/money.html",
        rows=shown(payable, viewer),
        form=ListForm(formdata=None),
        late=shown(late, viewer),
        waiting=ClaimStatus.SUBMITTED,
        names={one: known.name for one, known in details.items()},
        ways={one: way_of(known) for one, known in details.items()},
        total=sum(one.amount or 0 for one in payable),
        lists=batches(),
        ledger=ledger,
        ledger_old=ledger is None or (day - ledger).days > oldest,
        unpaid=bool(programme and programme.unpaid_by_design),
        money=currency(),
        line=bank_line(),
    )


@bp.post("/money/lists")
@allow(Permission.PAY)
def put_together() -> Response:
    """Put what is ticked into one payment list."""
    once = ListForm().once()
    if not is_kept(PaymentBatch, once):
        service.make_batch(ticked(), current_viewer(), once)
    say(_("Put together. Take the file out for the bank, or pay by hand."), undo=_dissolve(once))
    return see_other(url_for(".batch", batch_id=once))


@bp.get("/money/balance")
@allow(Permission.PAY)
def balance() -> Response:
    """Ask what money there is, and show what was written down before."""
    return _balance_page(BalanceForm(data={"on": today()}))


@bp.post("/money/balance")
@allow(Permission.PAY)
def save_balance() -> Response:
    """Write down what money there is."""
    viewer, form = current_viewer(), BalanceForm()
    form.currency = currency()
    if form.validate():
        with form.refusals_shown():
            free, tied = (form.amount_of(one, signed=True) for one in (form.unrestricted, form.restricted))
            budget = form.amount_of(form.budget)
            service.save_balance(form.on.data, free or 0, tied, budget, by=viewer.account_id)
            say(_("Written down."))
            return see_other(url_for(".money"))
    return _balance_page(form, 422)


@bp.get("/money/settings")
@allow(Permission.PAY)
def payment_settings() -> Response:
    """Ask for the currency and what the bank line says."""
    return _settings_page(PaymentsForm(data={"currency": currency() or "", "text": bank_line()}))


@bp.post("/money/settings")
@allow(Permission.PAY)
def change_payment_settings() -> Response:
    """Change the currency or what the bank line says."""
    form = PaymentsForm()
    form.offer()
    if form.validate():
        with form.refusals_shown():
            service.set_payments(form.currency.data, form.text.data, by=current_viewer().account_id)
            say(_("Saved."))
            return see_other(url_for(".money"))
    return _settings_page(form, 422)


def _balance_page(form: BalanceForm, status: int = 200) -> Response:
    return page("finance/balance.html", status, form=form, rows=balances(), money=currency())


def _settings_page(form: PaymentsForm, status: int = 200) -> Response:
    form.offer()
    return page("finance/settings.html", status, form=form)


def _dissolve(batch_id: object) -> str:
    return url_for(".dissolve", batch_id=batch_id)
