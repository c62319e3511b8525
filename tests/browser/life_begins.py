"""How a volunteer comes: an offer, talks, papers, learning, the first session, and then it begins."""

import re

from playwright.sync_api import Page, expect

from tests.browser.life import NAME, REACH, Hand, Life, others_come, says, today
from tests.browser.looking import whole
from tests.browser.story import PASSWORD

FIFTEEN = 15
TALKS = ("interview", "stability", "exposure")


def a_stranger_offers_help(life: Life) -> None:
    shut = life.nia.goto("/apply")
    assert shut is not None
    assert shut.status == 404
    page = life.chipo
    page.goto("/programme/offers-of-help")
    page.get_by_label("Anybody may offer to help").check()
    page.get_by_label("A sentence of welcome").fill("Good that you are here.")
    page.get_by_label("What happens with their details").fill("We keep them to answer you.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("The page stands at")

    page = life.nia
    page.goto("/apply")
    page.get_by_label("What may we call you?").fill(NAME)
    page.get_by_label("How can we reach you?").fill(REACH)
    page.get_by_label("A language you speak well").select_option(label="English")
    page.get_by_label("Why would you like to help?").fill("Somebody was there for me.")
    page.get_by_label(re.compile("You may keep these details")).check()
    page.get_by_role("button", name="Send").click()
    says(page, "It has arrived")


def she_is_got_to_know(life: Life) -> None:
    page, hand = life.chipo, Hand(life.chipo)
    page.goto("/volunteers")
    hand.follow(re.compile(NAME))
    hand.press("Begin screening")
    page.goto(f"{life.record}/getting-started")
    for talk in TALKS:
        written(page, talk)
    unfolded(page, "limits")
    page.locator("#limits").get_by_label("People at most").fill("2")
    page.locator("#limits").get_by_label("Hours a month").fill("10")
    page.locator("#limits").get_by_role("button", name="Write down").click()
    for n, who in enumerate(("a neighbour", "a former colleague")):
        unfolded(page, "references")
        page.get_by_label("Who is asked").fill(who)
        page.locator("#references").get_by_role("button", name="Write down").last.click()
        unfolded(page, "references")
        page.locator("#references label.chip").filter(has_text="Yes").first.click()
        page.get_by_role("button", name="Write the answer down").first.click()
        says(page, f"{n + 1} of 2 recommend them")
    says(page, "Nothing is missing before the next step")
    page.goto(life.record)
    hand.press("Begin training")
    says(page, "Training")


def written(page: Page, talk: str) -> None:
    unfolded(page, talk)
    page.locator(f"#{talk}").get_by_role("button", name="Write down").click()
    expect(page.locator(f"#{talk} > summary")).not_to_contain_text("not yet")


def unfolded(page: Page, part: str) -> None:
    """Open a part of the page that is folded away."""
    whole(page)
    if page.locator(f"#{part}:not([open])").count():
        page.locator(f"#{part} > summary").click()


def papers_are_signed(life: Life) -> None:
    page = life.chipo
    page.goto("/programme/agreements")
    for kind in ("role", "confidentiality"):
        page.locator(f"section[aria-labelledby={kind}-title]").get_by_role(
            "button", name="Publish", exact=True
        ).click()
        expect(page.locator(f"section[aria-labelledby={kind}-title]")).to_contain_text("Version 1")
    page.goto(life.record)
    page.get_by_role("link", name="Change details").click()
    whole(page)
    for closed in page.locator("details.card:not([open]) > summary").all():
        closed.click()
    page.get_by_label("Supervisor").select_option(label="Dana")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Make a link to sign in").click()
    link = str(page.get_by_role("main").locator("code").text_content())

    page, hand = life.nia, Hand(life.nia)
    page.goto(link)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Come in").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()
    page.goto("/me/agreements")
    for _text in range(2):
        hand.press(re.compile("^I have read this and agree"))
        expect(page.get_by_role("status").first).to_contain_text("Signed")
    expect(page.get_by_role("button", name=re.compile("^I have read"))).to_have_count(0)


def fifteen_learn(life: Life) -> None:
    others_come()
    page = life.dana
    page.goto("/training/sessions")
    page.get_by_role("main").get_by_role("link", name="Plan a session").first.click()
    whole(page)
    for chip in page.get_by_role("group", name="What is taught").locator("label.chip").all():
        chip.click()
    page.get_by_label("Day", exact=True).fill(today().isoformat())
    page.get_by_label("Hours", exact=True).fill("24")
    page.get_by_role("button", name="Plan it").click()
    page.get_by_role("button", name="Write in", exact=True).click()
    expect(page.get_by_role("heading", name="Who was there")).to_be_visible()

    page.goto("/")
    hand = Hand(page)
    hand.follow(re.compile("who was there", re.IGNORECASE))
    whole(page)
    attendance = page.locator("input[name=present]")
    if not attendance.count():
        hand.follow(re.compile("Write down who was there"))
    expect(attendance).to_have_count(FIFTEEN)
    assert all(one.is_checked() for one in attendance.all())
    hand.press("Write down")
    says(page, "Was there")
    life.counts("attendance of fifteen", hand)


def it_begins(life: Life) -> None:
    hand = Hand(life.dana)
    life.dana.goto("/supervision")
    hand.press(re.compile(f"^Plan .*{NAME}"))
    expect(life.dana.get_by_role("status").first).to_be_visible()
    page = life.chipo
    page.goto(f"{life.record}/getting-started")
    unfolded(page, "buddy")
    page.get_by_label("Buddy").select_option(label="Amina A.")
    page.locator("#buddy").get_by_role("button", name="Write down").click()
    says(page, "Nothing is missing before the next step")
    page.goto(life.record)
    page.get_by_role("button", name="Make active").click()
    says(page, "Active since")


CHAPTERS = (
    a_stranger_offers_help,
    she_is_got_to_know,
    papers_are_signed,
    fifteen_learn,
    it_begins,
)
