"""Taps on a button, at once and one after the other, are one record, with script and without."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from peerlink.features.finance.models import Claim
from peerlink.features.incidents.models import Incident
from peerlink.features.recruitment.models import Screening
from peerlink.features.safety.models import LoneVisit, SafetyCall
from peerlink.features.training.models import Attendance, Completion, TrainingSession
from peerlink.features.wellbeing.models import Checkin
from peerlink.framework.training_words import AttendanceStatus, TrainingSessionStatus
from peerlink.store import gate
from peerlink.store.model import Model
from peerlink.store.session import reading, session, transaction
from tests.browser.conftest import Opens
from tests.browser.life import says, today
from tests.browser.looking import send_at_once, tap_quickly
from tests.features.finance.happenings import in_pounds
from tests.features.recruitment.deeds import opens_page
from tests.support import cast
from tests.support.cast import Person

pytestmark = pytest.mark.usefixtures("the_cast")


@dataclass(frozen=True)
class Deed:
    """Something that is sent: by whom, where, what is said then, what it leaves, how it is filled in."""

    who: Person | None
    at: str
    button: str
    says: str
    leaves: type[Model]
    fill: Callable[[Page], object] = lambda page: None
    before: Callable[[], object] = lambda: None


def a_claim(page: Page) -> None:
    page.locator("label.chip").filter(has_text="Travel").click()
    page.get_by_label("How much?").fill("3.40")


def an_incident(page: Page) -> None:
    page.locator("label.chip").filter(has_text="An accident").click()
    page.get_by_label("What happened?").fill("A fall on the stairs.")


def a_check_in(page: Page) -> None:
    for n in range(1, 8):
        page.locator(f"label.chip:has(input[name=v{n}][value='2'])").click()


def a_visit(page: Page) -> None:
    page.get_by_label(re.compile("^Place")).select_option(label="Room 3")


def an_offer(page: Page) -> None:
    page.get_by_label("What may we call you?").fill("Mai")
    page.get_by_label("How can we reach you?").fill("mai@example.org")
    page.get_by_label("You may keep these details for this").check()


def a_session_today() -> None:
    with transaction(), gate.opened("a test tells of a session"):
        held = TrainingSession(
            id=cast.SITE_ID,
            on=today(),
            minutes=60,
            status=TrainingSessionStatus.PLANNED,
            held_by=cast.DANA.viewer.account_id,
            modules=["listening"],
        )
        session.add(held)
        session.flush()
        session.add(
            Attendance(
                subject_id=cast.AMINA_ID,
                session_id=held.id,
                volunteer_id=cast.AMINA_ID,
                status=AttendanceStatus.ENROLLED,
            )
        )


DEEDS = {
    "claim": Deed(cast.AMINA, "/me/claims/new", "Send", "3.40", Claim, a_claim, in_pounds),
    "incident": Deed(cast.AMINA, "/incidents/new", "Send", "It is with somebody", Incident, an_incident),
    "check-in": Deed(cast.AMINA, "/check-in", "Send", "What gives strength", Checkin, a_check_in),
    "visit": Deed(cast.AMINA, "/visits/go", "Start", "Back by", LoneVisit, a_visit),
    "offer": Deed(None, "/apply", "Send", "get to know each other", Screening, an_offer, opens_page),
    "call": Deed(cast.AMINA, "/help", "Ask", "You asked at", SafetyCall),
    "attendance": Deed(
        cast.DANA,
        f"/training/sessions/{cast.SITE_ID}",
        "Write down",
        "Was there",
        Completion,
        before=a_session_today,
    ),
}


@pytest.mark.parametrize("scripts", [True, False], ids=["with script", "without"])
@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_three_quick_taps_are_one_record(opens: Opens, deed: Deed, scripts: bool) -> None:
    deed.before()
    page = opens(deed.who, phone=True, java_script_enabled=scripts).new_page()
    page.goto(deed.at)
    deed.fill(page)
    button = page.get_by_role("main").get_by_role("button", name=re.compile(f"^{deed.button}")).first
    button.scroll_into_view_if_needed()
    tap_quickly(button, 3)
    says(page, deed.says)
    expect(page.locator("#errors")).to_have_count(0)
    assert how_many(deed.leaves) == 1


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_copies_at_the_very_same_time_are_one_record(opens: Opens, deed: Deed) -> None:
    deed.before()
    page = opens(deed.who, phone=True).new_page()
    page.goto(deed.at)
    deed.fill(page)
    button = page.get_by_role("main").get_by_role("button", name=re.compile(f"^{deed.button}")).first
    answers = send_at_once(button, 3)
    assert {status for status, _led_to in answers} == {303}
    assert len(set(answers)) == 1
    assert how_many(deed.leaves) == 1
    button.scroll_into_view_if_needed()
    button.tap()
    says(page, deed.says)
    expect(page.locator("#errors")).to_have_count(0)
    assert how_many(deed.leaves) == 1


def how_many(kind: type[Model]) -> int:
    with reading():
        return session.scalar(select(func.count()).select_from(kind)) or 0
