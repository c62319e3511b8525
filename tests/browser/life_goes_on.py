"""What a volunteer's months are made of: how she is, money, what went wrong, help, visits."""

import re

from playwright.sync_api import expect

from tests.browser.life import NAME, Hand, Life, receipt, says
from tests.features.finance.happenings import claim
from tests.support import cast
from tests.support.visitor import SAYS_TOO_MUCH

N_SENTENCES = 14
OFTEN = "3"
"""The answer that weighs."""


def she_says_how_she_is(life: Life) -> None:
    page = life.nia
    page.goto("/")
    page.goto("/check-in")
    hand = Hand(page)
    for n in range(1, N_SENTENCES + 1):
        answer = OFTEN if n <= N_SENTENCES // 2 else "2"
        hand.tap(page.locator(f"label.chip:has(input[name=v{n}][value='{answer}'])"))
    hand.press("Send")
    expect(page.get_by_role("heading", name="My check-ins")).to_be_visible()
    says(page, "75")
    life.counts("a check-in of fourteen sentences", hand)


def monday_of_the_supervisor(life: Life) -> None:
    page = life.dana
    page.goto("/team-care")
    card = page.get_by_role("article").filter(has_text=NAME)
    expect(card).to_contain_text("75")
    hand = Hand(page)
    hand.tap(card.get_by_role("button", name=re.compile("talk by", re.IGNORECASE)).first)
    expect(page.get_by_role("status").first).to_be_visible()
    life.counts("a card answered", hand)

    page.goto("/")
    hand = Hand(page)
    hand.tap(page.get_by_role("link", name="Sessions").locator("visible=true").first)
    hand.follow(re.compile(f"^(Hold|Prepare).*{NAME}"))
    expect(page.get_by_role("heading", name="Agenda")).to_be_visible()
    says(page, "Strain is high")
    page.get_by_label("Agreed").first.fill("take an evening off")
    hand.press("It took place")
    expect(page.get_by_role("status").first).to_be_visible()
    life.counts("a session held", hand)


def what_was_agreed_is_done(life: Life) -> None:
    page = life.nia
    page.goto("/me/sessions")
    says(page, "take an evening off")
    page.get_by_role("button", name="Done: take an evening off").click()
    expect(page.get_by_role("button", name=re.compile("^Done"))).to_have_count(0)


def she_is_paid_back(life: Life) -> None:
    page = life.priya
    page.goto("/money/settings")
    page.get_by_label("Currency").select_option("GBP")
    page.get_by_role("button", name="Save").click()

    page = life.nia
    page.goto("/me/pay")
    page.get_by_role("group", name="How?").locator("label.chip").filter(has_text="bank").click()
    page.get_by_label("Name on the account").fill("N. Holder")
    page.get_by_label("Account or mobile money number").fill("12345678")
    page.get_by_label(re.compile("I agree to be paid this way")).check()
    page.get_by_role("button", name="Save").click()
    hand = Hand(page)
    page.goto("/me/claims/new")
    hand.choose("What for?", "Travel")
    page.get_by_label("How much?").fill("3.40")
    page.get_by_label("Photo of the receipt").set_input_files(receipt())
    hand.press("Send")
    says(page, "3.40")
    life.counts("a claim sent", hand)


def ten_are_approved_and_paid(life: Life) -> None:
    for _n in range(9):
        claim(cast.AMINA_ID)
    page = life.chipo
    page.goto("/")
    hand = Hand(page)
    hand.follow(re.compile("claim", re.IGNORECASE))
    expect(page.locator("input[name=claim]:checked")).to_have_count(10)
    hand.press(re.compile("^Approve what is ticked"))
    expect(page.get_by_role("status").first).to_be_visible()
    expect(page.locator("input[name=claim]")).to_have_count(0)
    life.counts("ten claims approved", hand)

    page = life.priya
    page.goto("/money")
    page.get_by_role("button", name="Put what is ticked into a payment list").click()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Take out as CSV").click()
    file = coming.value
    assert re.fullmatch(r"[a-z0-9.-]+\.csv", file.suggested_filename)
    assert not re.search("peerlink|riverbend|health", file.suggested_filename, re.IGNORECASE)
    lines = file.path().read_text(encoding="utf-8-sig")
    assert "N. Holder" in lines
    assert not SAYS_TOO_MUCH.search(lines)
    page.reload()
    page.get_by_role("button", name="These are paid").click()
    says(page, "All paid")
    life.nia.goto("/me/claims")
    says(life.nia, "Paid")


def something_happened(life: Life) -> None:
    page, hand = life.nia, Hand(life.nia)
    page.goto("/incidents/new")
    hand.tap(page.locator("label.chip").filter(has_text="An adult is being harmed"))
    page.get_by_label("What happened?").fill("Her brother takes the money she is given.")
    hand.tap(page.get_by_text("I want to stay unnamed"))
    hand.press("Send")
    says(page, "It is with somebody whose duty it is")
    life.counts("a report without a name", hand)
    page.goto("/incidents/mine")
    expect(page.get_by_role("main")).not_to_contain_text("An adult")
    page = life.sade
    page.goto("/incidents")
    page.get_by_role("link", name=re.compile("An adult is being harmed")).click()
    says(page, "Her brother takes the money")
    expect(page.locator("body")).not_to_contain_text(NAME)


def she_needs_somebody(life: Life) -> None:
    page = life.nia
    page.goto("/log")
    hand = Hand(page)
    hand.tap(page.get_by_role("link", name="I need help").locator("visible=true").first)
    hand.press(re.compile("call me today|Ask for a call today"))
    says(page, "You asked at")
    life.counts("a call asked for", hand)
    staff = life.chipo
    staff.goto("/calls")
    staff.get_by_role("button", name=re.compile(f"^I have it.*{NAME}")).click()
    expect(staff.get_by_role("status").first).to_be_visible()
    page.reload()
    says(page, "Chipo has it and will call")


def she_goes_and_comes_back(life: Life) -> None:
    page, hand = life.nia, Hand(life.nia)
    page.goto("/visits/go")
    page.get_by_label(re.compile("^Place")).select_option(label="Room 3")
    hand.press("Start")
    says(page, "Back by")
    life.chipo.goto("/visits")
    says(life.chipo, NAME)
    hand.press("I am back, all well")
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()
    life.counts("out and back", hand)
    life.chipo.reload()
    expect(life.chipo.get_by_role("main")).not_to_contain_text("back by")


CHAPTERS = (
    she_says_how_she_is,
    monday_of_the_supervisor,
    what_was_agreed_is_done,
    she_is_paid_back,
    ten_are_approved_and_paid,
    something_happened,
    she_needs_somebody,
    she_goes_and_comes_back,
)
