"""Pages at the door and one's own: signing in, proving it, joining, leaving, one's password."""

import uuid

import segno
from flask import Blueprint, current_app, request, url_for
from werkzeug import Response

from peerlink.errors import NotFound
from peerlink.features.accounts import entry, login, service
from peerlink.features.accounts.forms import (
    CodeForm,
    EnrolForm,
    JoinForm,
    PasswordForm,
    SetupForm,
    SignInForm,
)
from peerlink.features.accounts.models import Account, Letter, LetterKind
from peerlink.features.accounts.queries import get_account, sign_ins_of
from peerlink.features.accounts.rules import is_authenticator_key
from peerlink.roles import Permission
from peerlink.web.guard import allow, open_to_all
from peerlink.web.network import network
from peerlink.web.page import keep_what_happened, page, say, see_other
from peerlink.web.viewer import SignedIn, current_viewer, signed_in, viewer
from peerlink.words import _

bp = Blueprint("accounts", __name__)


@bp.get("/sign-in")
@open_to_all
def sign_in() -> Response:
    """Ask who is there."""
    if viewer() is not None and not current_app.config["DEMO"]:
        return see_other(url_for("home.index"))
    return page(
        "accounts/sign_in.html", form=SignInForm(), personas=entry.personas(current_app.config["DEMO"])
    )


@bp.post("/sign-in")
@open_to_all
def sign_in_now() -> Response:
    """Let somebody in by password."""
    form = SignInForm()
    if form.validate():
        with form.refusals_shown():
            browser = entry.sign_in(
                str(form.email.data),
                str(form.password.data),
                network=network(),
                on_phone=_on_phone(),
            )
            login.admit(browser)
            return see_other(url_for("home.index"))
    keep_what_happened()
    personas = entry.personas(current_app.config["DEMO"])
    return page("accounts/sign_in.html", 422, form=form, personas=personas)


@bp.post("/sign-in/as/<uuid:account_id>")
@open_to_all
def become(account_id: uuid.UUID) -> Response:
    """Switch to one of the people of the demonstration; nowhere else is this page there."""
    if not current_app.config["DEMO"]:
        raise NotFound
    login.admit(entry.become(account_id))
    return see_other(url_for("home.index"))


@bp.get("/sign-in/code")
@open_to_all
def second_factor() -> Response:
    """Ask for the second factor, or help to set one up."""
    browser = signed_in()
    if browser is None:
        return see_other(url_for(".sign_in"))
    account = _own_account(browser)
    if entry.has_second_factor(account):
        return page("accounts/code.html", form=CodeForm())
    return _enrol_page(EnrolForm(), entry.offer_second_factor(account), account)


@bp.post("/sign-in/code")
@open_to_all
def second_factor_now() -> Response:
    """Take the second factor, or the first code of a new one."""
    browser = signed_in()
    if browser is None:
        return see_other(url_for(".sign_in"))
    account = _own_account(browser)
    if not entry.has_second_factor(account):
        return _enrol(browser, account)
    form = CodeForm()
    if form.validate():
        with form.refusals_shown():
            login.admit(entry.prove(account, str(form.code.data), browser.token, network=network()))
            return see_other(url_for("home.index"))
    keep_what_happened()
    return page("accounts/code.html", 422, form=form)


@bp.get("/join/<secret>")
@open_to_all
def join(secret: str) -> Response:
    """Open a one-time link."""
    letter = service.get_letter(secret)
    form = SetupForm() if letter.kind is LetterKind.SETUP else JoinForm()
    return _join_page(form, secret, letter)


@bp.post("/join/<secret>")
@open_to_all
def join_now(secret: str) -> Response:
    """Choose the password behind a one-time link, and be signed in."""
    letter = service.get_letter(secret)
    first = letter.kind is LetterKind.SETUP
    form = SetupForm() if first else JoinForm()
    if form.validate():
        with form.refusals_shown():
            draft = form.draft() if isinstance(form, SetupForm) else None
            account = service.join(secret, str(form.password.data), draft=draft)
            login.admit(entry.start(account, on_phone=_on_phone(), proved=False))
            return see_other(url_for("home.index"))
    return _join_page(form, secret, letter, 422)


def _join_page(form: JoinForm, secret: str, letter: Letter, status: int = 200) -> Response:
    return page(
        "accounts/join.html",
        status,
        form=form,
        secret=secret,
        first=letter.kind is LetterKind.SETUP,
        by_phone=service.is_for_a_phone(letter),
    )


@bp.post("/sign-out")
@open_to_all
def sign_out() -> Response:
    """End this sign-in."""
    _end()
    return see_other(url_for(".sign_in"))


@bp.post("/leave")
@open_to_all
def leave() -> Response:
    """End this sign-in and show a page nobody would ask about."""
    _end()
    return see_other(url_for(".away"))


@bp.get("/away")
@open_to_all
def away() -> Response:
    """Show nothing; with script, Leave goes straight on to a well-known page elsewhere."""
    return page("accounts/away.html")


@bp.get("/me")
@allow(Permission.SIGNED_IN)
def me() -> Response:
    """Show one's own account and where it is signed in."""
    looking = current_viewer()
    account = get_account(looking.account_id, looking)
    return page("accounts/me.html", account=account, sign_ins=sign_ins_of(looking.account_id))


@bp.get("/me/password")
@allow(Permission.SIGNED_IN)
def password() -> Response:
    """Ask for a new password of one's own."""
    return page("accounts/password.html", form=PasswordForm())


@bp.post("/me/password")
@allow(Permission.SIGNED_IN)
def change_password() -> Response:
    """Choose a new password of one's own; every other browser is signed out."""
    browser, form = signed_in(), PasswordForm()
    if browser is not None and form.validate():
        with form.refusals_shown():
            old, new = str(form.old.data), str(form.password.data)
            account = _own_account(browser)
            login.admit(entry.change_password(account, old, new, browser.token, network=network()))
            say(_("Your password is changed. Everywhere else you are signed out."))
            return see_other(url_for(".me"))
    keep_what_happened()
    return page("accounts/password.html", 422, form=form)


@bp.post("/me/sign-out-everywhere")
@allow(Permission.SIGNED_IN)
def sign_out_everywhere() -> Response:
    """End every sign-in of one's own."""
    looking = current_viewer()
    entry.sign_out_everywhere(looking.account_id, by=looking.account_id)
    login.let_go()
    say(_("You are signed out everywhere."))
    return see_other(url_for(".sign_in"))


def _enrol(browser: SignedIn, account: Account) -> Response:
    form = EnrolForm()
    secret = str(form.secret.data or "")
    if form.validate():
        with form.refusals_shown():
            codes, proved = entry.enrol_second_factor(account, secret, str(form.code.data), browser.token)
            login.admit(proved)
            return page("accounts/recovery.html", codes=codes)
    kept = secret if is_authenticator_key(secret) else entry.offer_second_factor(account)
    return _enrol_page(form, kept, account, 422)


def _enrol_page(form: EnrolForm, secret: str, account: Account, status: int = 200) -> Response:
    form.secret.data = secret
    address = entry.authenticator_address(secret, account)
    picture = segno.make(address).svg_data_uri(scale=5)
    return page("accounts/enrol.html", status, form=form, secret=secret, picture=picture)


def _own_account(browser: SignedIn) -> Account:
    return get_account(browser.viewer.account_id, browser.viewer)


def _end() -> None:
    browser = signed_in()
    if browser is not None:
        entry.sign_out(browser.token)
        login.let_go()


def _on_phone() -> bool:
    return "Mobi" in request.headers.get("User-Agent", "")
