"""The agenda on paper: the points alone, no form, nobody's name as a heading."""

import pytest
from playwright.sync_api import expect

from peerlink.features.supervision.rules import Agreed
from tests.browser.conftest import Opens
from tests.features.supervision.deeds import DAY, TODAY, held, planned
from tests.support import cast

pytestmark = pytest.mark.usefixtures("the_cast")


def test_paper_has_the_agenda_and_nothing_else(opens: Opens) -> None:
    held(TODAY - 10 * DAY, Agreed("Two free evenings", TODAY - DAY))
    page = opens(cast.DANA).new_page()
    page.goto(f"/supervision/{planned(TODAY)}/hold")
    expect(page.get_by_role("heading", name="A session with Amina")).to_be_visible()
    expect(page.get_by_label("Note")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Agenda")).to_be_visible()
    expect(page.get_by_text("Two free evenings").first).to_be_visible()
    expect(page.get_by_role("heading", name="A session with Amina")).to_be_hidden()
    expect(page.locator("form:visible")).to_have_count(0)
    expect(page.locator("main .crumbs")).to_be_hidden()
    page.set_viewport_size({"width": 720, "height": 1000})
    wide, all_of_it = page.evaluate(
        "() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]"
    )
    assert all_of_it <= wide
