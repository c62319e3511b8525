"""Setting out on a small phone: nothing lies beneath the button, whatever a keyboard or a zoom leaves."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opens
from tests.support import cast

pytestmark = pytest.mark.usefixtures("the_cast")
HEIGHTS = (740, 400, 256)
BENEATH = """() => {
  const foot = document.querySelector('.foot').getBoundingClientRect();
  const beside = [...document.querySelectorAll('.sheet > *:not(.foot, input)')];
  return beside.filter(one => {
    const box = one.getBoundingClientRect();
    return box.height && box.top < foot.bottom - 1 && box.bottom > foot.top + 1;
  }).map(one => one.textContent.trim().slice(0, 40));
}"""
"""What of the form lies beneath its foot where the page is scrolled to now."""


def beneath(page: Page) -> list[str]:
    found: list[str] = []
    for down in (0, 120, 240, 100_000):
        page.evaluate("down => scrollTo(0, down)", down)
        found += page.evaluate(BENEATH)
    return found


@pytest.mark.parametrize("height", HEIGHTS)
def test_nothing_lies_beneath_start_folded_or_open(opens: Opens, height: int) -> None:
    page = opens(cast.AMINA, phone=True).new_page()
    page.goto("/visits/go")
    page.set_viewport_size({"width": 360, "height": height})
    start = page.get_by_role("button", name="Start")
    assert beneath(page) == []
    page.get_by_text("At home, or somewhere else").click()
    page.locator("textarea").wait_for()
    assert beneath(page) == []
    start.scroll_into_view_if_needed()
    assert page.locator(".dock").is_hidden()


def test_start_is_seen_at_once_on_a_small_phone(opens: Opens) -> None:
    page = opens(cast.AMINA, phone=True).new_page()
    page.goto("/visits/go")
    page.set_viewport_size({"width": 360, "height": 740})
    box = page.get_by_role("button", name="Start").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 740
    note = page.get_by_text("Where you are is not tracked").bounding_box()
    assert note is not None
    assert note["y"] > box["y"] + box["height"]


@pytest.mark.parametrize(("height", "position"), [(640, "sticky"), (417, "sticky"), (416, "static")])
def test_where_little_is_left_no_foot_lies_on_the_page(opens: Opens, height: int, position: str) -> None:
    page = opens(cast.AMINA, phone=True).new_page()
    page.goto("/me/volunteering")
    page.set_viewport_size({"width": 360, "height": height})
    foot = page.locator(".foot")
    assert foot.evaluate("one => getComputedStyle(one).position") == position
