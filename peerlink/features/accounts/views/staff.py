"""Pages of the administrator: who can sign in, inviting them, and taking that back."""

import uuid

import segno
from flask import Blueprint, request, url_for
from werkzeug import Response

from peerlink.features.accounts import entry, service
from peerlink.features.accounts.forms import InviteForm, RolesForm
from peerlink.features.accounts.models import Account, AccountState
from peerlink.features.accounts.queries import (
    find_account,
    get_account,
    sign_ins_of,
    staff_for,
    volunteer_accounts_for,
)
from peerlink.features.accounts.rules import SEES
from peerlink.features.accounts.sites import site_names
from peerlink.roles import ROLE_LABELS, Permission, Role
from peerlink.store.sealing import intact
from peerlink.web.guard import allow
from peerlink.web.page import page, say, see_other
from peerlink.web.viewer import current_viewer
from peerlink.words import _

bp = Blueprint("staff", __name__, url_prefix="/accounts")


@bp.get("")
@allow(Permission.KEEP_ACCOUNTS)
def index() -> Response:
    """List who can sign in: the staff, or the volunteers page by page."""
    looking = current_viewer()
    if request.args.get("who") != "volunteers":
        return page("accounts/index.html", rows=staff_for(looking), found=None, labels=ROLE_LABELS)
    number = request.args.get("page", 1, type=int)
    found = volunteer_accounts_for(looking, number)
    return page("accounts/index.html", rows=intact(found.rows)[0], found=found, labels=ROLE_LABELS)


@bp.get("/new")
@allow(Permission.KEEP_ACCOUNTS)
def new() -> Response:
    """Ask whom to invite."""
    form = InviteForm()
    form.offer(site_names())
    return page("accounts/new.html", form=form, sees=_sees(frozenset(Role) - {Role.VOLUNTEER}))


@bp.post("/new")
@allow(Permission.KEEP_ACCOUNTS)
def invite() -> Response:
    """Make an account and show its one-time link."""
    form = InviteForm()
    form.offer(site_names())
    if form.validate():
        with form.refusals_shown():
            once, by = form.once(), current_viewer().account_id
            known = find_account(once, current_viewer())
            if known is None:
                return _link_page(once, service.invite(form.draft(), by=by, account_id=once)[1])
            if known.state is AccountState.INVITED:
                return _link_page(once, service.send_again(known, by=by))
            return see_other(url_for(".show", account_id=once))
    return page("accounts/new.html", 422, form=form, sees=_sees(frozenset(Role) - {Role.VOLUNTEER}))


@bp.get("/<uuid:account_id>")
@allow(Permission.KEEP_ACCOUNTS)
def show(account_id: uuid.UUID) -> Response:
    """Show an account: what it sees, where it is signed in, what can be done."""
    account = get_account(account_id, current_viewer())
    form = RolesForm(roles=[role.value for role in account.roles], site=_hex(account.site_id))
    return _show(account, form)


@bp.post("/<uuid:account_id>/roles")
@allow(Permission.KEEP_ACCOUNTS)
def change_roles(account_id: uuid.UUID) -> Response:
    """Let somebody do other things than before."""
    looking = current_viewer()
    account, form = get_account(account_id, looking), RolesForm()
    form.offer(site_names())
    if form.validate():
        with form.refusals_shown():
            roles, site = form.chosen()
            service.change_roles(account, roles, site, by=looking.account_id)
            say(_("Changed. They sign in anew."))
            return see_other(url_for(".show", account_id=account_id))
    return _show(account, form, 422)


@bp.post("/<uuid:account_id>/link")
@allow(Permission.KEEP_ACCOUNTS)
def send_again(account_id: uuid.UUID) -> Response:
    """Make a new one-time link and show it once; the one before works no more."""
    looking = current_viewer()
    account = get_account(account_id, looking)
    return _link_page(account_id, service.send_again(account, by=looking.account_id))


@bp.post("/<uuid:account_id>/sign-out")
@allow(Permission.KEEP_ACCOUNTS)
def sign_out(account_id: uuid.UUID) -> Response:
    """Sign somebody out everywhere."""
    looking = current_viewer()
    account = get_account(account_id, looking)
    entry.sign_out_everywhere(account.id, by=looking.account_id)
    say(_("They are signed out everywhere."))
    return see_other(url_for(".show", account_id=account_id))


@bp.post("/<uuid:account_id>/authenticator")
@allow(Permission.KEEP_ACCOUNTS)
def forget_authenticator(account_id: uuid.UUID) -> Response:
    """Forget a lost authenticator; a new one is set up at the next sign-in."""
    looking = current_viewer()
    service.forget_second_factor(get_account(account_id, looking), by=looking.account_id)
    say(_("Forgotten. They set up a new one when they sign in."))
    return see_other(url_for(".show", account_id=account_id))


@bp.post("/<uuid:account_id>/close")
@allow(Permission.KEEP_ACCOUNTS)
def close(account_id: uuid.UUID) -> Response:
    """Let an account in no more."""
    looking = current_viewer()
    service.close_account(get_account(account_id, looking), by=looking.account_id)
    say(_("Closed. Nobody signs in with it any more."))
    return see_other(url_for(".show", account_id=account_id))


def _show(account: Account, form: RolesForm, status: int = 200) -> Response:
    form.offer(site_names())
    return page(
        "accounts/show.html",
        status,
        one=account,
        form=form,
        sees=_sees(account.roles),
        sign_ins=sign_ins_of(account.id),
        has_second_factor=entry.has_second_factor(account),
        is_own=account.id == current_viewer().account_id,
        volunteer_only=account.roles == {Role.VOLUNTEER},
    )


def _link_page(account_id: uuid.UUID, secret: str) -> Response:
    link = url_for("accounts.join", secret=secret, _external=True)
    picture = segno.make(link).svg_data_uri(scale=5)
    return page("accounts/link.html", account_id=account_id, link=link, picture=picture)


def _sees(roles: frozenset[Role]) -> list[tuple[str, str, str]]:
    """Return label, what is seen and what is never seen, role by role."""
    return [(_(ROLE_LABELS[role]), _(SEES[role][0]), _(SEES[role][1])) for role in Role if role in roles]


def _hex(site_id: uuid.UUID | None) -> str:
    return site_id.hex if site_id else ""
