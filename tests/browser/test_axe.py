"""Every page of every role can be read, reached and tapped: by axe, in light and dark, wide and narrow."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opens
from tests.browser.looking import drawn, resize, sticks_out, too_small, violations
from tests.browser.walk import AT_THE_DOOR, ROLES, pages_of
from tests.support import cast
from tests.support.cast import Person
from tests.support.visitor import SAYS_TOO_MUCH

DESK, PHONE = 1280, 360
SEEN: set[str] = set()
"""Pages that were looked at already: many are the same for several roles."""


def look_at(page: Page, address: str, *, tapped: bool) -> list[str]:
    """Return everything wrong with one page."""
    page.emulate_media(color_scheme="light")
    answer = page.goto(address)
    if answer is None or answer.status >= 500:
        return ["went wrong"]
    made_of = drawn(page)
    if made_of in SEEN:
        return []
    SEEN.add(made_of)
    wrong = []
    for width in (DESK, PHONE):
        resize(page, width)
        wrong += [f"{width} light: {one}" for one in violations(page)]
    page.emulate_media(color_scheme="dark")
    wrong += [f"dark: {one}" for one in violations(page, ["color-contrast"])]
    wrong += [f"sticks out: {one}" for one in sticks_out(page)]
    if tapped:
        wrong += [f"too small: {one}" for one in too_small(page)]
    if SAYS_TOO_MUCH.search(page.title()):
        wrong.append("the title says too much")
    return wrong


@pytest.mark.parametrize("person", ROLES, ids=lambda one: one.name)
def test_every_page_can_be_read_by_everybody(app: Flask, opens: Opens, told: None, person: Person) -> None:
    page = opens(person).new_page()
    wrong = {}
    for one in pages_of(app, person):
        found = look_at(page, one.address, tapped=person is cast.AMINA)
        if page.get_by_role("button", name="Leave", exact=True).count() != 1:
            found.append("there is no way to leave")
        if found:
            wrong[one.endpoint] = found
    assert wrong == {}


def test_the_door_can_be_read_by_everybody(opens: Opens, told: None) -> None:
    page = opens().new_page()
    wrong = {address: found for address in AT_THE_DOOR if (found := look_at(page, address, tapped=True))}
    assert wrong == {}


def test_a_refused_form_can_be_read_by_everybody(opens: Opens, told: None) -> None:
    page = opens(cast.AMINA, phone=True).new_page()
    page.goto("/log")
    page.get_by_role("button", name="Save").evaluate(
        "button => { button.form.noValidate = true; button.click(); }"
    )
    expect(page.locator("#errors")).to_be_focused()
    resize(page, PHONE)
    assert violations(page) == []
