"""Pages about one volunteer's stipend, claims and way of being paid, for coordinators."""

import datetime as dt
import uuid
from collections.abc import Mapping

from flask import url_for
from werkzeug import Response

from peerlink.features.finance import service
from peerlink.features.finance.forms import AgreementForm, EndForm, PayForm
from peerlink.features.finance.queries import (
    agreements_of,
    begun_for,
    claims_of,
    currency,
    in_force,
    pay_details_of,
)
from peerlink.features.finance.rules import masked
from peerlink.features.finance.views.parts import bp, shown, today, way_of
from peerlink.features.finance.views.pay import bank_line, kept_number
from peerlink.features.programmes.queries import find_programme
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import get_volunteer
from peerlink.framework.money_words import StipendEnd
from peerlink.roles import Permission
from peerlink.web.form import Form
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.person_tabs import tabs_of
from peerlink.web.viewer import current_viewer
from peerlink.words import _

MANY = {"csrf": False}
"""Several forms stand on the page; the token of each is checked at the door."""


@bp.get("/volunteers/<uuid:volunteer_id>/payments")
@allow(Permission.APPROVE_CLAIMS)
def of_volunteer(volunteer_id: uuid.UUID) -> Response:
    """Show what was agreed with a volunteer, and what they claimed."""
    return _volunteer_page(get_volunteer(volunteer_id, current_viewer()), {})


@bp.post("/volunteers/<uuid:volunteer_id>/payments/stipend")
@allow(Permission.APPROVE_CLAIMS)
def agree(volunteer_id: uuid.UUID) -> Response:
    """Agree a stipend, or agree it anew."""
    viewer, form = current_viewer(), AgreementForm(prefix="stipend-", meta=MANY)
    volunteer = get_volunteer(volunteer_id, viewer)
    form.currency = currency()
    if form.validate():
        with form.refusals_shown():
            service.agree(volunteer, form.draft(), viewer)
            say(_("Agreed. Each month stands among the claims a week before it is due."))
            return _back(volunteer)
    return _volunteer_page(volunteer, {"form": form}, 422)


@bp.post("/volunteers/<uuid:volunteer_id>/payments/stipend/end")
@allow(Permission.APPROVE_CLAIMS)
def end_stipend(volunteer_id: uuid.UUID) -> Response:
    """End a stipend, and say why."""
    viewer, form = current_viewer(), EndForm(prefix="end-", meta=MANY)
    volunteer = get_volunteer(volunteer_id, viewer)
    form.offer()
    if form.validate():
        with form.refusals_shown():
            why = (form.why_ended.data or "").strip() or None
            service.end_agreement(volunteer, form.last_day.data, StipendEnd(form.end.data), why, viewer)
            say(_("The stipend has a last day now."))
            return _back(volunteer)
    return _volunteer_page(volunteer, {"ending": form}, 422)


@bp.post("/volunteers/<uuid:volunteer_id>/payments/stipend/settle")
@allow(Permission.APPROVE_CLAIMS)
def settle(volunteer_id: uuid.UUID) -> Response:
    """Write down that the volunteer has come to agree with what was stopped."""
    viewer = current_viewer()
    volunteer = get_volunteer(volunteer_id, viewer)
    service.settle(volunteer, viewer)
    say(_("Written down."))
    return _back(volunteer)


@bp.post("/volunteers/<uuid:volunteer_id>/payments/details")
@allow(Permission.APPROVE_CLAIMS)
def change_details(volunteer_id: uuid.UUID) -> Response:
    """Write down how a volunteer wishes to be paid, for one who does it by word of mouth."""
    viewer, form = current_viewer(), PayForm(prefix="pay-", meta=MANY)
    volunteer = get_volunteer(volunteer_id, viewer)
    known = pay_details_of([volunteer_id], viewer).get(volunteer_id)
    form.offer()
    if form.validate():
        with form.refusals_shown():
            draft = form.draft(kept_number(known, form))
            service.save_pay_details(volunteer_id, known, draft, by=viewer.account_id)
            say(_("Saved."))
            return _back(volunteer)
    return _volunteer_page(volunteer, {"paying": form}, 422)


def _back(volunteer: Volunteer) -> Response:
    return see_other(url_for(".of_volunteer", volunteer_id=volunteer.id))


def _volunteer_page(volunteer: Volunteer, sent: Mapping[str, Form], status: int = 200) -> Response:
    viewer, day = current_viewer(), today()
    agreements = agreements_of(volunteer.id, viewer)
    agreed, programme = in_force(agreements, day), find_programme()
    known = pay_details_of([volunteer.id], viewer).get(volunteer.id)
    paid = {"way": known.way.value, "name": known.name} if known else {}
    begun = {"from_on": _first_of_next(day), "hours": volunteer.agreed_hours, "pay_day": 1}
    forms = {
        "form": AgreementForm(prefix="stipend-", meta=MANY, data=begun),
        "ending": EndForm(prefix="end-", meta=MANY, data={"last_day": day}),
        "paying": PayForm(prefix="pay-", meta=MANY, data=paid),
        **sent,
    }
    forms["ending"].offer()
    forms["paying"].offer()
    return page(
        "finance/volunteer.html",
        status,
        one=volunteer,
        tabs=tabs_of("volunteer", volunteer.id),
        **forms,
        agreed=agreed,
        past=[one for one in agreements if one is not agreed],
        stopped=_is_stopped(agreements),
        rows=shown(claims_of(volunteer.id, viewer), viewer),
        begun=shown(begun_for(volunteer.id, viewer), viewer),
        unpaid=bool(programme and programme.unpaid_by_design),
        is_own=volunteer.id == viewer.person_id,
        way=way_of(known),
        kept=masked(known.account) if known else "",
        line=bank_line(),
        money=currency(),
        wrong=status != 200,
    )


def _first_of_next(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)


def _is_stopped(agreements: object) -> bool:
    rows = list(agreements)  # type: ignore[call-overload]
    return bool(rows) and rows[0].end is StipendEnd.PROGRAMME_STOPPED and rows[0].settled_on is None
