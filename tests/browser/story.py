"""The journey from a workbook to somebody who is cared for, told step by step by the people in it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyotp
from playwright.sync_api import BrowserContext, Page, expect

from peerlink.features.accounts.service import open_setup
from peerlink.store import gate
from peerlink.store.session import transaction
from tests.browser.looking import whole
from tests.factories import workbooks

PASSWORD = "five grey geese over water"
SUPERVISOR, COORDINATOR = "dineo@example.net", "chipo@example.net"
GIVEN, FAMILY, ALIAS = "Efemena", "Okonjo-Brightwater", "Starling"
VOLUNTEER = "Amahle"


def workbook(folder: Path) -> Path:
    """Write a small workbook: one volunteer who serves, one participant who waits."""
    volunteer = {
        **workbooks.volunteer(1),
        "given_name": VOLUNTEER,
        "alias": "",
        "supervisor": "",
        "keep_apart": "",
    }
    participant = {
        **workbooks.participant(1),
        "given_name": GIVEN,
        "family_name": FAMILY,
        "alias": ALIAS,
        "status": "waiting",
        "status_since": workbooks.day(9),
        "consent_until": workbooks.day(-200),
        "wants": "",
        "keep_apart": "",
        "safe_channels": "phone",
    }
    whole = workbooks.small()
    training = [row for row in whole["training"] if row["volunteer"] == "V1"]
    sheets = {name: whole[name] for name in ("programme", "sites", "places")}
    sheets |= {"volunteers": [volunteer], "participants": [participant], "training": training}
    return workbooks.write_xlsx(folder / "programme.xlsx", sheets)


@dataclass
class Story:
    """One telling: each of four people at a device of their own."""

    admin: Page
    coordinator: Page
    supervisor: Page
    volunteer: Page
    folder: Path
    links: dict[str, str] = field(default_factory=dict)

    def everybody_comes_in(self) -> None:
        with transaction(), gate.opened("set-up"):
            secret = open_setup()
        self.admin.goto(f"/join/{secret}")
        self.admin.get_by_label("Your name").fill("Ada")
        self.admin.get_by_label("E-mail address").fill("ada@example.net")
        choose_password(self.admin)
        enrol(self.admin)
        for email, name, role in (
            (SUPERVISOR, "Dineo", "Supervisor"),
            (COORDINATOR, "Chipo", "Coordinator"),
        ):
            self.links[email] = invite(self.admin, email, name, role)
        for page, email in ((self.supervisor, SUPERVISOR), (self.coordinator, COORDINATOR)):
            page.goto(self.links[email])
            choose_password(page)
            enrol(page)

    def the_workbook_goes_in(self) -> None:
        page = self.coordinator
        page.goto("/import")
        page.get_by_label("Workbook").set_input_files(workbook(self.folder))
        page.get_by_role("button", name="Look it over").click()
        expect(page.get_by_text("Nothing is kept yet")).to_be_visible()
        page.goto("/participants")
        expect(page.get_by_role("main")).not_to_contain_text(ALIAS)
        page.goto("/import")
        page.get_by_label("Workbook").set_input_files(workbook(self.folder))
        page.get_by_role("button", name="Look it over").click()
        page.get_by_role("button", name="Import", exact=True).click()
        page.goto("/participants")
        expect(page.get_by_role("main")).to_contain_text(ALIAS)

    def the_volunteer_joins(self) -> None:
        page = self.coordinator
        page.goto("/volunteers")
        page.get_by_role("link", name=re.compile(VOLUNTEER)).first.click()
        page.get_by_role("button", name="Make a link to sign in").click()
        self.volunteer.goto(str(page.get_by_role("main").locator("code").text_content()))
        choose_password(self.volunteer)
        expect(self.volunteer.get_by_role("heading", name="Today")).to_be_visible()

    def the_supervisor_is_named(self) -> None:
        page = self.coordinator
        page.goto("/volunteers")
        page.get_by_role("link", name=re.compile(VOLUNTEER)).first.click()
        page.get_by_role("link", name="Change details").click()
        whole(page)
        for closed in page.locator("details.card:not([open]) > summary").all():
            closed.click()
        page.get_by_label("Supervisor").select_option(label="Dineo")
        page.get_by_role("button", name="Save").click()

    def the_two_are_matched(self) -> None:
        page = self.coordinator
        page.goto("/matching")
        page.get_by_role("button", name=re.compile("Suggest all")).click()
        whole(page)
        if page.get_by_role("navigation", name="Steps").is_visible():
            page.get_by_role("navigation", name="Steps").get_by_role("link", name=re.compile("Plan")).click()
        page.get_by_role("button", name="Confirm 1 match").click()

        self.volunteer.goto("/proposals")
        asked = self.volunteer.get_by_role("main")
        expect(asked).to_contain_text(ALIAS)
        expect(asked).not_to_contain_text(FAMILY)
        expect(asked).not_to_contain_text("7700")
        self.volunteer.get_by_role("button", name="Yes").click()

        page.goto("/matching/proposals")
        page.get_by_role("button", name=re.compile("^Yes")).first.click()

    def contacts_are_logged(self) -> None:
        page = self.volunteer
        page.goto("/log")
        tap(page, "Call")
        page.get_by_role("button", name=re.compile("^Save")).click()
        expect(page.get_by_role("heading", name="Saved", level=1)).to_be_visible()

        page.goto("/log")
        tap(page, "Met")
        tap(page, "Heavy")
        page.get_by_text("Add a note, a promise or what was hard").click()
        tap(page, re.compile("crisis", re.IGNORECASE))
        page.get_by_role("button", name=re.compile("^Save")).click()
        expect(page.get_by_role("heading", name="That was a lot to carry")).to_be_visible()

    def the_check_in_is_answered(self) -> None:
        page = self.volunteer
        page.goto("/check-in")
        for name in [f"v{n}" for n in range(1, 8)]:
            page.locator(f"input[name={name}][value='3']").check(force=True)
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("heading", name="My check-ins")).to_be_visible()
        expect(page.get_by_role("main")).to_contain_text("75")

    def the_supervisor_acts(self) -> None:
        page = self.supervisor
        page.goto("/team-care")
        card = page.get_by_role("article").filter(has_text=VOLUNTEER)
        expect(card).to_contain_text("75")
        for hidden in (GIVEN, FAMILY, ALIAS):
            expect(page.locator("body")).not_to_contain_text(hidden)
        card.get_by_role("button", name=re.compile("talk by", re.IGNORECASE)).click()
        expect(page.get_by_role("status").first).to_be_visible()
        page.goto("/supervision")
        expect(page.get_by_role("main")).to_contain_text(VOLUNTEER)

    def each_sees_their_own_side_only(self) -> None:
        self.volunteer.goto("/check-ins")
        expect(self.volunteer.get_by_role("main")).to_contain_text("75")

        page = self.coordinator
        page.goto("/volunteers")
        address = page.get_by_role("link", name=re.compile(VOLUNTEER)).first.get_attribute("href")
        answer = page.goto(f"{address}/check-ins")
        assert answer is not None
        assert answer.status == 403
        page.goto("/flags")
        expect(page.get_by_role("main")).not_to_contain_text("75")

        refused = self.supervisor.goto("/participants")
        assert refused is not None
        assert refused.status == 403
        self.supervisor.goto(f"{address}/contacts")
        for hidden in (GIVEN, FAMILY, ALIAS):
            expect(self.supervisor.locator("body")).not_to_contain_text(hidden)
        self.supervisor.goto(f"{address}/check-ins")
        expect(self.supervisor.get_by_role("main")).to_contain_text("cost me more strength")

        for page, address in ((self.admin, "/participants"), (self.admin, "/team-care")):
            refused = page.goto(address)
            assert refused is not None
            assert refused.status == 403

    def tell(self) -> None:
        """Tell it whole."""
        for chapter in CHAPTERS:
            chapter(self)


CHAPTERS: tuple[Callable[[Story], None], ...] = (
    Story.everybody_comes_in,
    Story.the_workbook_goes_in,
    Story.the_supervisor_is_named,
    Story.the_volunteer_joins,
    Story.the_two_are_matched,
    Story.contacts_are_logged,
    Story.the_check_in_is_answered,
    Story.the_supervisor_acts,
    Story.each_sees_their_own_side_only,
)


def begin(opens: Callable[..., BrowserContext], folder: Path, **settings: Any) -> Story:
    """Give each of the four a device of their own."""
    ada, chipo, dineo, amahle = (opens(**settings).new_page() for _one in range(4))
    return Story(ada, chipo, dineo, amahle, folder)


def choose_password(page: Page) -> None:
    """Choose the password behind a one-time link."""
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_role("button", name="Come in").click()


def enrol(page: Page) -> None:
    """Set an authenticator up from the key that is shown, and put the recovery codes away."""
    page.get_by_text("No camera?").click()
    key = str(page.locator("details code").text_content())
    page.get_by_label("Code").fill(pyotp.TOTP(key).now())
    page.get_by_role("button", name="Use it").click()
    page.get_by_role("link", name="I have them").click()
    expect(page.get_by_role("heading", name="Today", level=1)).to_be_visible()


def invite(page: Page, email: str, name: str, role: str) -> str:
    """Invite somebody to the staff and return their one-time link."""
    page.goto("/accounts")
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("main").get_by_label(role, exact=True).check(force=True)
    page.get_by_role("button", name="Make the link").click()
    return str(page.get_by_role("main").locator("code").text_content())


def tap(page: Page, name: str | re.Pattern[str]) -> None:
    """Tap a choice."""
    page.locator("label.chip").filter(has_text=name).first.click()
