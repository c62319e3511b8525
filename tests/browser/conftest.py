"""The pages really served on this machine, and people who open them in a browser of their own."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import waitress
from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from peerlink.features.accounts import entry
from peerlink.features.accounts.models import Account
from peerlink.store import gate, house
from peerlink.store.session import session, transaction
from tests.architecture.one_of_each import tell
from tests.support.browser import open_desk, open_phone
from tests.support.cast import Person

Opens = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def address(app: Flask) -> Iterator[str]:
    """Serve the app as `peerlink serve` does, at an address that is free."""
    ends: dict[int, Any] = {}
    server = waitress.create_server(app, map=ends, host="127.0.0.1", port=0, threads=4, ident=None)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.task_dispatcher.shutdown()
    for end in list(ends.values()):
        end.close()
    thread.join(10)


@pytest.fixture
def opens(browser: Browser, address: str, app: Flask, clean_database: house.House) -> Iterator[Opens]:
    """Open a phone or desk, signed in as somebody of the cast or not at all; all are put away afterwards."""
    opened: list[BrowserContext] = []

    def open_one(person: Person | None = None, *, phone: bool = False, **settings: Any) -> BrowserContext:
        settings = {"base_url": address, "locale": "en-GB", "reduced_motion": "reduce"} | settings
        context = open_phone(browser, **settings) if phone else open_desk(browser, **settings)
        context.set_default_timeout(10_000)
        opened.append(context)
        if person is not None:
            context.add_cookies([_cookie_of(app, person, address)])
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def told(the_cast: house.House) -> None:
    """Have the cast and one record of each kind, so that no page is empty."""
    tell()


def _cookie_of(app: Flask, person: Person, address: str) -> Any:
    """Sign somebody in, second factor shown, and return the cookie their browser holds."""
    with transaction(), gate.opened("a test signs its cast in"):
        account = session.get_one(Account, person.viewer.account_id)
        token = entry.start(account, on_phone=False, proved=True).token
    signing = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return {
        "name": app.config["SESSION_COOKIE_NAME"],
        "value": signing.dumps({"_user_id": token, "_fresh": True}),
        "url": address.replace("http:", "https:"),
        "secure": True,
        "httpOnly": True,
        "sameSite": "Lax",
    }
