"""Keeps pictures of every desk of the demonstration, to be looked at: python -m tests.browser.look.

Makes a demonstration in a temporary folder (or takes one that runs: --at http://localhost:8000), becomes one
person after the other, follows every link once per kind of page, at phone and desk width, light and dark, and
writes the pictures to .look/. Says what a picture does not: pages that answer with an error, are wider than
the screen or complain in the console.
"""

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import urlopen

import click
from playwright.sync_api import Browser, BrowserContext, Error, Page

from peerlink.demo.cast import LOOK_AT
from tests.support.browser import open_browser, open_desk, open_phone

TOP = Path(__file__).resolve().parents[2]
PICTURES = TOP / ".look"
SCREENS = {"phone": (open_phone, 740), "desk": (open_desk, 800)}
TALLEST = 3
"""Screens of a long page that are kept."""
STILL = "* { transition: none !important } .dock { position: static !important }"
"""Changes at once from light to dark, and lets the dock stand below a long page."""
WEAR = """css => {
  const still = new CSSStyleSheet();
  still.replaceSync(css);
  document.adoptedStyleSheets = [still];
}"""
"""Puts it on without a word in the page, which the content policy would refuse."""
DEEPEST = 3
LINKS = "main a[href], nav a[href], details.menu a[href]"
LONGEST_START = 120
"""Seconds the demonstration may take to answer."""
AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}|(?<=/thresholds/)[\w.]+|\d+")
"""What two addresses of the same kind of page may differ in."""


@contextmanager
def demonstration() -> Iterator[str]:
    """Serve a demonstration of its own and end it afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        told = {"PEERLINK_HOME": f"{folder}/demo", "XDG_CONFIG_HOME": f"{folder}/config"}
        command = [Path(sys.executable).parent / "peerlink", "demo", "--port", str(port)]
        served = subprocess.Popen(command, cwd=TOP, env={**os.environ, **told})
        try:
            address = f"http://localhost:{port}"
            wait_for(address, served)
            yield address
        finally:
            served.terminate()
            served.wait(20)


def wait_for(address: str, served: "subprocess.Popen[bytes]") -> None:
    """Return when somebody answers; raises RuntimeError when nobody will."""
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and served.poll() is None:
        try:
            with urlopen(f"{address}/sign-in"):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the demonstration does not answer")


class Look:
    """One person's way through the demonstration on one screen."""

    def __init__(self, address: str, who: str, screen: str) -> None:
        self.address = address
        self.who = who
        self.screen = screen
        self.said: list[str] = []

    def go(self, context: BrowserContext) -> int:
        """Become the person, follow every link and keep the pictures; return how many."""
        page = context.new_page()
        page.on("pageerror", lambda error: self._say(page, f"script: {error}"))
        page.on("console", lambda told: self._say(page, told.text) if told.type == "error" else None)
        page.goto(f"{self.address}/sign-in")
        page.get_by_role("button", name=self.who).click()
        page.wait_for_url(lambda url: "/sign-in" not in url)
        seen: set[str] = set()
        waiting = [(page.url, 0)]
        while waiting:
            address, depth = waiting.pop(0)
            kind = self._kind(address)
            if kind in seen:
                continue
            seen.add(kind)
            if not self._open(page, address, kind):
                continue
            if depth < DEEPEST:
                waiting += [(link, depth + 1) for link in self._links(page)]
        return len(seen)

    def _open(self, page: Page, address: str, kind: str) -> bool:
        """Open a page and keep its pictures; return False for what is a file and no page."""
        try:
            response = page.goto(address)
        except Error as error:
            if "Download is starting" in error.message:
                return False
            raise
        if response is not None and response.status >= 400:
            self._say(page, f"answers {response.status}")
        page.evaluate(WEAR, STILL)
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            page.screenshot(path=PICTURES / self._name(kind, theme), **self._cut(page))
        size: dict[str, int] = page.evaluate(
            "({wide: document.documentElement.scrollWidth, screen: document.documentElement.clientWidth})"
        )
        if size["wide"] > size["screen"]:
            self._say(page, f"is {size['wide']} px wide on a screen of {size['screen']}")
        return True

    def _cut(self, page: Page) -> dict[str, Any]:
        height = min(
            page.evaluate("document.documentElement.scrollHeight"), TALLEST * SCREENS[self.screen][1]
        )
        width = page.viewport_size["width"] if page.viewport_size else 1280
        return {
            "full_page": True,
            "clip": {"x": 0, "y": 0, "width": width, "height": height},
        }

    def _links(self, page: Page) -> list[str]:
        found: list[str] = page.eval_on_selector_all(
            "main a[href], nav a[href]", "all => all.map(a => a.href)"
        )
        here = [urldefrag(urljoin(page.url, link))[0] for link in found]
        return [link for link in here if link.startswith(self.address) and "/static/" not in link]

    def _name(self, kind: str, theme: str) -> str:
        who = self.who.partition(" ")[0].lower()
        where = re.sub(r"[^a-z0-9]+", "-", kind.lower()).strip("-") or "home"
        return f"{who}-{where}-{self.screen}-{theme}.png"

    @staticmethod
    def _kind(address: str) -> str:
        return AN_ID.sub("x", urlsplit(address).path)

    def _say(self, page: Page, what: str) -> None:
        told = f"{self.who}, {self.screen}, {urlsplit(page.url).path}: {what}"
        if told not in self.said:
            self.said.append(told)
            click.echo(f"    {told}")


def look(browser: Browser, address: str, people: list[str]) -> int:
    """Keep every picture; return how many things were wrong that a machine can tell."""
    wrong = 0
    for who in people:
        for screen, (open_screen, _height) in SCREENS.items():
            with open_screen(browser) as context:
                one = Look(address, who, screen)
                n = one.go(context)
            wrong += len(one.said)
            click.echo(f"  {who:<18}{screen:<7}{n:3} pages")
    return wrong


def main() -> int:
    """Look at everybody's desk, or at those named."""
    words = argparse.ArgumentParser(description="Keep pictures of every desk of the demonstration.")
    words.add_argument("people", nargs="*", help="whose desks; by default everybody's")
    words.add_argument("--at", metavar="ADDRESS", help="a demonstration that runs already")
    asked = words.parse_args()
    named = [who for who in LOOK_AT if not asked.people or any(one in who for one in asked.people)]
    if not asked.people:
        shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(exist_ok=True)
    with open_browser() as browser:
        if asked.at:
            wrong = look(browser, asked.at.rstrip("/"), named)
        else:
            with demonstration() as address:
                wrong = look(browser, address, named)
    click.echo(f"  pictures are in {PICTURES}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
