"""What volunteers sign and choose themselves: agreements, the name shown, where they are shown, a plan."""

import uuid

from flask import url_for
from werkzeug import Response

from peerlink.errors import NotFound
from peerlink.features.recruitment import service
from peerlink.features.recruitment.forms import NameForm, PlanForm, plan_shown
from peerlink.features.recruitment.queries import (
    current_text,
    find_privacy_plan,
    get_text,
    signings_of,
)
from peerlink.features.recruitment.views.parts import bp, colleagues, day_of, own_record, today
from peerlink.features.volunteers.queries import may_show
from peerlink.framework.recruitment_words import SIGNED, ShownAs, ShownIn, SignedHow
from peerlink.roles import Permission
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _


@bp.get("/me/agreements")
@allow(Permission.SEE_OWN)
def my_agreements() -> Response:
    """Show a volunteer what they signed, and what waits for them."""
    volunteer, viewer = own_record(), current_viewer()
    own, waiting = signings_of(volunteer.id, viewer), service.open_texts(volunteer)
    texts = [text for text in map(current_text, SIGNED) if text is not None]
    rows = [{"text": one, "signing": own.get(one.id), "is_open": one.id in waiting} for one in texts]
    return page("recruitment/my_agreements.html", rows=rows, one=volunteer)


@bp.post("/me/agreements/<uuid:text_id>")
@allow(Permission.SEE_OWN)
def sign(text_id: uuid.UUID) -> Response:
    """Sign the version in force on screen."""
    by = current_viewer().account_id
    service.sign(own_record(), get_text(text_id), SignedHow.ON_SCREEN, today(), by=by)
    say(_("Signed. Thank you."))
    return see_other(url_for(".my_agreements"))


@bp.get("/me/privacy")
@allow(Permission.SEE_OWN)
def my_privacy() -> Response:
    """Show a volunteer how they are shown, and what protects them."""
    return _page(None, None)


@bp.post("/me/privacy/name")
@allow(Permission.SEE_OWN)
def choose_name() -> Response:
    """Choose the name the team sees."""
    form = NameForm(prefix="name")
    form.offer()
    if form.validate():
        with form.refusals_shown():
            by = current_viewer().account_id
            service.choose_name(own_record(), form.chosen(), form.alias.data, by=by)
            say(_("Saved."))
            return see_other(url_for(".my_privacy"))
    return _page(form, None, 422)


@bp.post("/me/privacy/shown/<where>")
@allow(Permission.SEE_OWN)
def allow_showing(where: str) -> Response:
    """Agree to be shown somewhere."""
    service.allow_showing(own_record(), _where(where), by=current_viewer().account_id)
    say(_("Agreed."), undo=url_for(".forbid_showing", where=where))
    return see_other(url_for(".my_privacy"))


@bp.post("/me/privacy/shown/<where>/take-back")
@allow(Permission.SEE_OWN)
def forbid_showing(where: str) -> Response:
    """Take that back; it holds at once."""
    service.forbid_showing(own_record(), _where(where), by=current_viewer().account_id)
    say(_("Taken back. It holds from now on."), undo=url_for(".allow_showing", where=where))
    return see_other(url_for(".my_privacy"))


@bp.post("/me/privacy/plan")
@allow(Permission.SEE_OWN)
def wish() -> Response:
    """Write down what worries a volunteer and what should change."""
    form = PlanForm(prefix="plan")
    form.offer()
    if form.validate():
        with form.refusals_shown():
            service.keep_plan(own_record(), form.draft(), by=current_viewer().account_id)
            say(_("Saved. Your supervisor looks at it with you."))
            return see_other(url_for(".my_privacy"))
    return _page(None, form, 422)


def _where(where: str) -> ShownIn:
    if where not in set(ShownIn):
        raise NotFound
    return ShownIn(where)


def _page(name: NameForm | None, plan: PlanForm | None, status: int = 200) -> Response:
    volunteer = own_record()
    kept = find_privacy_plan(volunteer.id)
    if name is None:
        shown_as = (volunteer.shown_as or ShownAs.INITIAL).value
        name = NameForm(formdata=None, data={"shown_as": shown_as, "alias": volunteer.alias}, prefix="name")
    if plan is None:
        plan = PlanForm(formdata=None, data=plan_shown(kept), prefix="plan")
    name.offer()
    plan.offer()
    said = volunteer.shown_in or {}
    shown = [
        {
            "where": one,
            "is_on": may_show(volunteer, one),
            "on": day_of((said.get(one.value) or {}).get("given_on")),
        }
        for one in ShownIn
    ]
    return page(
        "recruitment/my_privacy.html",
        status,
        one=volunteer,
        name=name,
        plan=plan,
        kept=kept,
        team=colleagues([kept.agreed_with if kept else None]),
        shown=shown,
    )
