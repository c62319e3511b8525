"""What stays, and how a volunteer leaves: her month, her certificate, the handing over, the closed door."""

import re

from playwright.sync_api import expect

from tests.browser.life import NAME, Life, says, somebody_relies_on_her, today


def what_she_gave_and_learned(life: Life) -> None:
    page = life.nia
    page.goto("/me/month")
    says(page, "24 hours of training")
    page.goto("/me/training/certificate")
    says(page, NAME)
    says(page, "Safeguarding")


def she_says_when_she_stops(life: Life) -> None:
    somebody_relies_on_her()
    page = life.nia
    page.goto("/me/leaving")
    says(page, "You are there for 1 person now")
    page.get_by_label("Last day").fill(today().isoformat())
    page.locator("label.chip").filter(has_text="Yes, gladly").click()
    page.get_by_role("button", name="This is my last day").click()
    says(page, "Your last day")


def nobody_is_left_alone(life: Life) -> None:
    page = life.chipo
    page.goto(f"{life.record}/leaving")
    says(page, "This opens when nobody relies on them any more")
    card = page.get_by_role("article").filter(has_text="Gift")
    card.locator("label.chip").filter(has_text="Hand over").click()
    card.get_by_label("Who may take over").select_option(label="Amina A.")
    card.get_by_role("button", name="Do it now").click()
    says(page, "Nobody relies on them now")


def the_door_closes_the_same_day(life: Life) -> None:
    life.nia.goto("/me/month")
    page = life.chipo
    page.get_by_label("Why", exact=False).select_option(label="Moved")
    page.get_by_role("button", name="They leave today").click()
    says(page, "They can sign in no more")
    life.nia.reload()
    expect(life.nia).to_have_url(re.compile("/sign-in$"))


CHAPTERS = (
    what_she_gave_and_learned,
    she_says_when_she_stops,
    nobody_is_left_alone,
    the_door_closes_the_same_day,
)
