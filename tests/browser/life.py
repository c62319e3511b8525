"""A volunteer's life from the first word to the last day, told step by step by the people in it."""

import datetime as dt
import io
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, expect

from peerlink import clock
from peerlink.features.matching.models import Answer, Match
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.vocabularies import MatchStatus, VolunteerStatus
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.support import cast

NAME, REACH = "Nia", "nia@example.net"
N_OTHERS = 13
"""Others who learn with her and Amina: together they are fifteen."""


@dataclass
class Hand:
    """A finger on somebody's screen that counts how often it taps."""

    page: Page
    taps: int = 0

    def tap(self, what: Locator) -> None:
        what.click()
        self.taps += 1

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press the button of this name on the page itself."""
        self.tap(self.page.get_by_role("main").get_by_role("button", name=name).first)

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Follow the link of this name on the page itself."""
        self.tap(self.page.get_by_role("main").get_by_role("link", name=name).first)

    def choose(self, group: str | re.Pattern[str], answer: str | re.Pattern[str]) -> None:
        """Tap one of the chips beneath a question."""
        chips = self.page.get_by_role("group", name=group).first.locator("label.chip")
        self.tap(chips.filter(has_text=answer).first)

    def unfold(self, summary: str | re.Pattern[str]) -> None:
        """Open what is folded away."""
        self.tap(self.page.get_by_role("main").locator("summary").filter(has_text=summary).first)


@dataclass
class Life:
    """One telling: each at a device of their own; the others are of the cast."""

    nia: Page
    chipo: Page
    dana: Page
    priya: Page
    sade: Page
    counted: dict[str, int] = field(default_factory=dict)

    @property
    def record(self) -> str:
        """Where the coordinator finds her."""
        return f"/volunteers/{her_id()}"

    def counts(self, what: str, hand: Hand) -> None:
        """Remember in how many taps something was done."""
        self.counted[what] = hand.taps


def begin(opens: Callable[..., BrowserContext], *, phone: bool, scripts: bool = True) -> Life:
    """Give each of the five a device of their own; the volunteer's is a phone, the others' as asked."""
    told = {"java_script_enabled": scripts}
    staff = (cast.CHIPO, cast.DANA, cast.PRIYA, cast.SADE)
    chipo, dana, priya, sade = (opens(one, phone=phone, **told).new_page() for one in staff)
    return Life(opens(phone=True, **told).new_page(), chipo, dana, priya, sade)


def today() -> dt.date:
    return clock.today("Europe/London")


def her_id() -> uuid.UUID:
    """Return the id of the volunteer the story is about."""
    with reading(), gate.opened("a test looks for somebody"):
        (found,) = [one.id for one in session.query(Volunteer) if one.given_name == NAME]
        return found


def others_come() -> None:
    """Tell of others in training whom Dana looks after."""
    with transaction(), gate.opened("a test tells of others"):
        for n in range(N_OTHERS):
            session.add(
                Volunteer(
                    status=VolunteerStatus.TRAINING,
                    status_since=today(),
                    joined_on=today(),
                    site_id=cast.SITE_ID,
                    supervisor_id=cast.DANA.viewer.account_id,
                    ref=f"VX{n}",
                    given_name=f"Other{n}",
                )
            )


def somebody_relies_on_her() -> None:
    """Tell of her match with Gift; how people are matched is told in story.py."""
    volunteer_id, began = her_id(), today() - dt.timedelta(days=20)
    with transaction(), gate.opened("a test tells of a match"):
        session.add(
            Match(
                subject_id=cast.GIFT_ID,
                volunteer_id=volunteer_id,
                participant_id=cast.GIFT_ID,
                status=MatchStatus.ACTIVE,
                proposed_on=began,
                accepted_on=began,
                started_on=began,
                volunteer_said=Answer.YES,
                participant_said=Answer.YES,
                planned_interval_days=14,
                ref="MX",
            )
        )


def receipt() -> dict[str, object]:
    """Make the photo of a receipt."""
    kept = io.BytesIO()
    Image.new("RGB", (640, 900), (240, 238, 230)).save(kept, "JPEG")
    return {"name": "IMG_0042.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def says(page: Page, text: str | re.Pattern[str]) -> None:
    """Expect the page itself to say something."""
    expect(page.get_by_role("main")).to_contain_text(text)
