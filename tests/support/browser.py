"""A real browser for the tests: Chromium at the size of a phone and of a desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from start import find_browser

FLAGS = [
    "--headless",
    "--no-sandbox",  # Chromium's own sandbox cannot start under root, where tests often run
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",  # a container's shared memory is too small for it
]
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests in the browser `once`: which database is below makes no difference to it."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.once)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Run Chromium; fail with what to install when there is none."""
    program = find_browser()
    if program is None:
        pytest.fail("Chromium is not installed. Type: sudo apt-get install -y chromium", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def open_phone(browser: Browser, **settings: Any) -> BrowserContext:
    """Open a phone of somebody's own: nothing is shared with any other."""
    return browser.new_context(**PHONE | settings)


def open_desk(browser: Browser, **settings: Any) -> BrowserContext:
    """Open a desk computer of somebody's own: nothing is shared with any other."""
    return browser.new_context(**DESK | settings)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Run one Chromium for all tests of this worker."""
    with open_browser() as running:
        yield running


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """Open a phone for one test."""
    with open_phone(browser) as opened:
        yield opened


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """Open a desk computer for one test."""
    with open_desk(browser) as opened:
        yield opened
