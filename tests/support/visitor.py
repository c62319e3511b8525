"""A person with a browser: every page they see is held to what holds everywhere."""

import re
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from peerlink.features.accounts import entry
from peerlink.features.accounts.models import Account
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.support.cast import Person

SAYS_TOO_MUCH = re.compile(r"\b(hiv|aids|plhiv|antiretroviral|viral)\b", re.IGNORECASE)


class Outline(HTMLParser):
    """What a page is made of, as far as every page must be made alike."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.hidden: dict[str, str] = {}
        self.count: dict[str, int] = {}
        self.inline: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.forms: list[dict[str, str | None]] = []
        self.title = ""
        self._in_title = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.count[tag] = self.count.get(tag, 0) + 1
        self._in_title = tag == "title"
        if attributes.get("id"):
            self.ids.append(str(attributes["id"]))
        if (tag == "script" and "src" not in attributes) or tag == "style" or "style" in attributes:
            self.inline.append(tag)
        self.inline += [name for name in attributes if name.startswith("on")]
        if tag == "label" and attributes.get("for"):
            self.labelled.add(str(attributes["for"]))
        if tag == "form":
            self.forms.append(attributes)
        if tag in {"input", "select", "textarea"}:
            if attributes.get("name") == "csrf_token" and self.forms:
                self.forms[-1]["token"] = "yes"
            if attributes.get("type") == "hidden":
                self.hidden[str(attributes["name"])] = str(attributes.get("value") or "")
            else:
                self.fields.append(attributes)

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False


class Visitor:
    """Somebody signed in with a browser of their own, second factor shown."""

    def __init__(self, app: Flask, person: Person | None, *, agent: str = "Desk") -> None:
        self.client = app.test_client()
        self._headers = {"User-Agent": agent}
        if person is not None:
            self.come_in(person)

    def come_in(self, person: Person) -> None:
        with transaction(), gate.opened("a test signs its cast in"):
            account = session.get_one(Account, person.viewer.account_id)
            browser = entry.start(account, on_phone=False, proved=True)
        with self.client.session_transaction(base_url="https://localhost") as cookie:
            cookie["_user_id"] = browser.token
            cookie["_fresh"] = True

    def visit(self, address: str, **kwargs: Any) -> TestResponse:
        response = self.client.get(address, base_url="https://localhost", headers=self._headers, **kwargs)
        self._check(address, response)
        return response

    def send(
        self, address: str, data: dict[str, Any] | None = None, *, opened: str | None = None
    ) -> TestResponse:
        """Post to an address with the hidden fields of the page it stands on, by default the same."""
        hidden = Outline(self.visit(opened or address).text).hidden
        response = self.client.post(
            address, data={**hidden, **(data or {})}, base_url="https://localhost", headers=self._headers
        )
        self._check(address, response)
        return response

    def fill_in(self, form_at: str, send_to: str, **fields: Any) -> TestResponse:
        """Open the form, fill the fields in, and send it: with the hidden fields it came with."""
        return self.send(send_to, fields, opened=form_at)

    @staticmethod
    def _check(address: str, response: TestResponse) -> None:
        assert "no-store" in response.headers["Cache-Control"] or "/static/" in address
        assert not SAYS_TOO_MUCH.search(response.headers.get("Location", "") + address), (
            "an address says nothing"
        )
        if response.mimetype != "text/html" or response.status_code in {301, 302, 303}:
            return
        outline = Outline(response.text)
        assert outline.count.get("h1") == 1, f"{address} has one h1"
        assert outline.count.get("title") == 1, f"{address} has a title"
        assert not SAYS_TOO_MUCH.search(outline.title), "a title says nothing"
        assert len(outline.ids) == len(set(outline.ids)), f"{address}: no id twice"
        assert outline.inline == [], "the policy forbids inline script and style"
        posts = [form for form in outline.forms if (form.get("method") or "").lower() == "post"]
        assert all("token" in form for form in posts), f"{address}: each form carries its token"
