"""Builds the house: settings, keys, database, rooms; and keeps or drops what each request did."""

from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel, get_locale, gettext
from jinja2 import StrictUndefined
from sqlalchemy.orm.exc import StaleDataError

from peerlink import clock, copies, wiring, words
from peerlink.config import Settings
from peerlink.errors import Conflict
from peerlink.features.accounts import login
from peerlink.features.accounts.entry import SEEN_EVERY, mark_seen
from peerlink.features.programmes.queries import programme_zone
from peerlink.store import audit, gate, house
from peerlink.store.engine import open_postgres, open_sqlite, refuse_careless
from peerlink.store.session import reading, session, somebody_else_saved, transaction
from peerlink.vault.keyring import Keyring
from peerlink.web import formatting, guard, headers, problems, shell
from peerlink.web.incoming import Incoming
from peerlink.web.tokens import PageTokens
from peerlink.web.viewer import signed_in

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_TOP = Path(__file__).resolve().parent.parent
LARGEST_UPLOAD = 64 * 1024 * 1024


class _Dropped(Exception):
    """Carries an answer out of the transaction it does not want kept."""

    def __init__(self, response: Response) -> None:
        self.response = response


class PeerLink(Flask):
    """The web app; one request is one transaction, kept when its answer is good."""

    request_class = Incoming

    def full_dispatch_request(self) -> Response:
        if request.endpoint == "static":
            return super().full_dispatch_request()
        house.use()
        with gate.access(gate.Access(None, frozenset(), set())) as granted:
            try:
                response = self._answer()
                if granted.opened or granted.notes or "afterwards" in g or _unseen_for_a_while():
                    with transaction():
                        _write_openings(granted)
                        for deed in g.pop("afterwards", ()):
                            deed()
            except Exception as problem:
                # What could not be kept, or not written into the trail, is not shown either.
                with reading():
                    response = self.finalize_request(problems.broken(problem))
            return response

    def handle_exception(self, e: Exception) -> Response:
        """Answer where even the page that admits a mistake could not be made."""
        response = self.response_class(problems.speechless(e), 500, mimetype="text/plain")
        headers.protect(response)
        return response

    def _answer(self) -> Response:
        try:
            return self._write() if request.method not in _SAFE else self._read()
        except _Dropped as dropped:
            return dropped.response
        except Conflict as conflict:
            with reading():
                return self.finalize_request(problems.refused(conflict))

    def _write(self) -> Response:
        with transaction():
            response = super().full_dispatch_request()
            if response.status_code >= 400 and not g.get("keep"):
                raise _Dropped(response)
            return response

    def _read(self) -> Response:
        with reading():
            return super().full_dispatch_request()


def open_house(settings: Settings) -> house.House:
    """Open keys and database of an instance; raises KeyTrouble or Unsafe with what to do."""
    keyring = Keyring.open(settings.home, settings.key_file)
    if settings.database_url:
        engine = open_postgres(settings.database_url)
        refuse_careless(engine)
    else:
        engine = open_sqlite(settings.home / "data.db", keyring.page_key("data"))
    opened = house.House(engine, keyring, settings.home)
    house.enter(opened)
    return opened


def create_app(opened: house.House, config: dict[str, Any] | None = None) -> Flask:
    """Build the web app of an open house; raises where a page does not say to whom it is open."""
    app = PeerLink(
        "peerlink",
        root_path=str(_TOP / "peerlink"),
        static_folder=str(_TOP / "static"),
        template_folder=str(_TOP / "templates"),
    )
    app.config.update(
        SECRET_KEY=opened.keyring.purpose_key("session")[1],
        SESSION_COOKIE_NAME="__Host-pl",
        SESSION_COOKIE_SECURE=True,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=LARGEST_UPLOAD,
        WTF_CSRF_TIME_LIMIT=None,
        # Browsers are told to send no referrer; the token and Sec-Fetch-Site stand in for it.
        WTF_CSRF_SSL_STRICT=False,
        BABEL_TRANSLATION_DIRECTORIES=str(_TOP / "peerlink" / "translations"),
        DEMO=False,
    )
    app.config.update(config or {})
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Babel(app, locale_selector=shell.language)
    words.speak(_say)
    PageTokens(app)
    login.init_app(app)
    guard.init_app(app)
    copies.init_app(app)
    problems.init_app(app)
    app.register_error_handler(StaleDataError, _conflict)
    headers.init_app(app)
    formatting.init_app(app)
    shell.init_app(app, programme_zone)
    wiring.wire(app)
    if closed := guard.unguarded(app):
        raise RuntimeError(f"pages that do not say whether they are open: {sorted(closed)}")
    return app


def _conflict(_problem: StaleDataError) -> ResponseReturnValue:
    return problems.refused(somebody_else_saved())


def _say(text: str) -> str:
    return str(gettext(text)) if get_locale() is not None else text


def _unseen_for_a_while() -> bool:
    seen_at = g.get("seen_at")
    return seen_at is not None and clock.now() - seen_at > SEEN_EVERY


def _write_openings(granted: gate.Access) -> None:
    others = {one: names for one, names in granted.opened.items() if one != granted.actor}
    if others:
        kinds = sorted({name for names in others.values() for name in names})
        detail = {"page": request.endpoint, "kinds": kinds}
        audit.write(session, "opened", about=others, actor=granted.actor, detail=detail)
    for deed, told in granted.notes:
        audit.write(session, deed, actor=granted.actor, detail=told)
    browser = signed_in()
    if browser is not None and _unseen_for_a_while():
        mark_seen(browser.token)
