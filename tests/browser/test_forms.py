"""A form is answered on a phone without script, and every page of it can be read, reached and tapped."""

import pytest
from playwright.sync_api import Page, expect

from peerlink.framework.questionnaire_words import ResponseStatus
from tests.browser.conftest import Opens
from tests.browser.looking import resize, sticks_out, too_small, violations, whole
from tests.features.questionnaires.happenings import HARM, bring, somebody_on_duty
from tests.store.tampering import rows_of
from tests.support import cast

PHONE = 360
pytestmark = pytest.mark.usefixtures("the_cast")


def wrong_with(page: Page) -> list[str]:
    whole(page)
    resize(page, PHONE)
    return [*violations(page), *sticks_out(page), *too_small(page)]


def test_a_form_is_answered_without_script_and_its_result_seen(opens: Opens) -> None:
    bring()
    page = opens(cast.AMINA, phone=True, java_script_enabled=False).new_page()
    page.goto("/me/forms")
    page.get_by_role("button", name="Begin").click()
    page.locator("#q0-4").check()
    page.locator("#q1-0").check()
    page.get_by_role("button", name="Keep and go on").click()
    page.get_by_label("Let Dana see the scores").check()
    page.get_by_role("button", name="Send and see the result").click()
    expect(page.get_by_text("Very heavy")).to_be_visible()
    expect(page.get_by_text("Dana may see these scores")).to_be_visible()
    assert rows_of("response")[0]["status"] is ResponseStatus.COMPLETED


def test_every_page_of_a_form_can_be_read_by_everybody(opens: Opens) -> None:
    with somebody_on_duty():
        bring(self_harm=HARM, results_to="contact")
        page = opens(cast.AMINA, phone=True).new_page()
        page.goto("/me/forms")
        page.get_by_role("button", name="Begin").click()
        page.locator("#q2-1").wait_for()
        found = {"asked": wrong_with(page)}
        page.locator("#q2-1").check()
        page.get_by_role("button", name="Keep and go on").click()
        page.wait_for_url("**/help/1")
        found["help"] = wrong_with(page)
        page.get_by_role("link", name="Go on with the form").click()
        page.wait_for_url("**/send")
        found["last"] = wrong_with(page)
        page.get_by_role("button", name="Send and see the result").click()
        page.get_by_role("heading", name="What came out").wait_for()
        found["result"] = wrong_with(page)
        page.goto("/me/forms")
        found["mine"] = wrong_with(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
