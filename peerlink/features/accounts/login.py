"""Ties the signed-in browser to Flask-Login."""

from flask import Flask, g, session
from flask_login import LoginManager, login_user, logout_user

from peerlink.features.accounts import entry
from peerlink.features.accounts.rules import needs_second_factor
from peerlink.store import gate
from peerlink.web.viewer import SignedIn


def init_app(app: Flask) -> None:
    """Have every request know who is looking."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load)


def admit(browser: entry.Browser) -> None:
    """Let a browser in that has just signed in, with nothing kept of what it was before."""
    session.clear()
    login_user(_as_seen(browser))


def let_go() -> None:
    """Forget the browser's sign-in, and everything else its cookie said."""
    logout_user()
    session.clear()


def _load(token: str) -> SignedIn | None:
    browser = entry.find_browser(token)
    if browser is None:
        return None
    g.seen_at = browser.seen_at
    return _as_seen(browser)


def _as_seen(browser: entry.Browser) -> SignedIn:
    looking = browser.viewer
    seen = SignedIn(
        browser.token, looking, proved=browser.proved, needs_proof=needs_second_factor(looking.roles)
    )
    granted = gate.current()
    if granted is not None and not seen.waits_for_proof:
        granted.actor = looking.account_id
        granted.opens = looking.opens()
        granted.people = {looking.account_id} | ({looking.person_id} if looking.person_id else set())
    return seen
