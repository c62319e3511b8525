"""What the browser is told and does: nothing foreign, nothing kept, nothing twice, nothing heavy."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page, Response, expect

from peerlink.features.contacts.models import Contact
from peerlink.store.session import reading, session
from peerlink.web.shell import AWAY
from tests.browser.conftest import Opens
from tests.browser.looking import tap_quickly
from tests.browser.walk import ROLES, pages_of
from tests.support import cast
from tests.support.cast import Person

KB = 1024
LOG, PHONE, DESK = (25 * KB, 6 * KB), (40 * KB, 10 * KB), (90 * KB, 25 * KB)
"""What a page may weigh on the wire, headers and all: seen for the first time, and again."""
TELLS = """addEventListener("securitypolicyviolation", event =>
  console.error("refused " + event.violatedDirective + " " + event.blockedURI))"""


@pytest.mark.parametrize("person", ROLES, ids=lambda one: one.name)
def test_no_page_is_heavy_or_asks_for_what_it_is_not_given(
    app: Flask, opens: Opens, told: None, address: str, person: Person
) -> None:
    context = opens(person, phone=person is cast.AMINA)
    context.add_init_script(TELLS)
    page = context.new_page()
    wrong: list[str] = []
    page.on(
        "console", lambda said: wrong.append(f"{page.url}: {said.text}") if said.type == "error" else None
    )
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on("response", lambda response: wrong.extend(_careless(response, address)))
    scale = Scale(page)
    heavy = {}
    for one in pages_of(app, person):
        first, again = scale.weigh(one.address)
        most, most_again = LOG if one.endpoint == "contacts.new" else PHONE if person is cast.AMINA else DESK
        if first > most or again > most_again:
            heavy[one.endpoint] = (first, again)
    assert heavy == {}
    # What is out of reach, or may not be changed any more, is refused; a browser calls that an error too.
    assert [line for line in wrong if "Failed to load resource: the server responded" not in line] == []


def _careless(response: Response, address: str) -> Iterable[str]:
    """Yield what an answer says that it should not."""
    if response.url.startswith("data:"):
        return
    if not response.url.startswith(address):
        yield f"{response.url} is elsewhere"
    kept = response.headers.get("cache-control", "")
    if kept != "no-store" and not urlsplit(response.url).path.startswith("/static/"):
        yield f"{response.url} may be kept: {kept}"


def test_the_cookie_is_for_this_house_alone(opens: Opens, told: None) -> None:
    context = opens(cast.AMINA)
    context.new_page().goto("/log")
    (cookie,) = context.cookies()
    assert cookie["name"].startswith("__Host-")
    assert (cookie["httpOnly"], cookie["secure"], cookie["sameSite"]) == (True, True, "Lax")
    assert (cookie["path"], cookie["domain"]) == ("/", "127.0.0.1")


@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without"])
def test_three_quick_taps_are_one_contact(opens: Opens, told: None, scripts: bool) -> None:
    before = _n_contacts()
    page = opens(cast.AMINA, phone=True, java_script_enabled=scripts).new_page()
    page.goto("/log")
    page.locator("label.chip").filter(has_text="Call").click()
    button = page.get_by_role("button", name=re.compile("^Save"))
    tap_quickly(button, 3)
    expect(page.get_by_role("heading", name="Saved", level=1)).to_be_visible()
    assert _n_contacts() == before + 1


def _n_contacts() -> int:
    with reading():
        return session.query(Contact).count()


@pytest.mark.parametrize("way", ["button", "shift"])
def test_leaving_is_at_once_and_for_good(opens: Opens, told: None, way: str) -> None:
    context = opens(cast.AMINA, phone=True)
    context.route(AWAY + "**", lambda route: route.fulfill(body="<h1>An article</h1>"))
    page = context.new_page()
    page.goto("/contacts")
    expect(page.get_by_role("main")).to_contain_text("Efe")
    if way == "button":
        page.get_by_role("button", name="Leave").click()
    else:
        for _press in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url(AWAY + "**")
    page.go_back()
    expect(page.locator("body")).not_to_contain_text("Efe")
    page.goto("/contacts")
    expect(page).to_have_url(re.compile("/sign-in$"))


def test_leaving_needs_no_script(opens: Opens, told: None) -> None:
    page = opens(cast.AMINA, phone=True, java_script_enabled=False).new_page()
    page.goto("/contacts")
    page.get_by_role("button", name="Leave").click()
    expect(page).to_have_url(re.compile("/away$"))
    page.go_back()
    expect(page.locator("body")).not_to_contain_text("Efe")
    expect(page).to_have_url(re.compile("/sign-in$"))


def test_the_log_page_is_done_with_the_keyboard(opens: Opens, told: None) -> None:
    page = opens(cast.AMINA).new_page()
    page.goto("/log")
    for _tab in range(60):
        page.keyboard.press("Tab")
        seen = page.evaluate(FOCUSED)
        assert seen["ring"], f"the focus shows on {seen['html']}"
        assert seen["free"], f"nothing lies over {seen['html']}"
        if seen["submits"]:
            return
    pytest.fail("the button is out of the keyboard's reach")


FOCUSED = """() => {
  const one = document.activeElement, shown = one.closest(".chip") ? one.nextElementSibling : one;
  const box = shown.getBoundingClientRect(), style = getComputedStyle(shown);
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    html: one.outerHTML.slice(0, 120),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    free: !!top && (top === one || top === shown || shown.contains(top) || top.contains(shown)),
    submits: one.matches("main [type=submit]"),
  } }"""


class Scale:
    """Weighs what arrives on the wire, headers and all."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._wire = page.context.new_cdp_session(page)
        self._arrived: list[float] = []
        self._wire.send("Network.enable")
        self._wire.on(
            "Network.loadingFinished", lambda event: self._arrived.append(event["encodedDataLength"])
        )

    def weigh(self, address: str) -> tuple[int, int]:
        """Return the bytes of a visit with nothing kept, and of the one after it."""
        self._wire.send("Network.clearBrowserCache")
        return self._visit(address), self._visit(address)

    def _visit(self, address: str) -> int:
        self._arrived.clear()
        self._page.goto(address)
        self._wire.send("Network.enable")  # its answer comes after all that was still on the way
        return int(sum(self._arrived))
