"""What is looked at on a page: what axe finds, what sticks out, what is too small to tap."""

import http.client
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from playwright.sync_api import Locator, Page
from playwright.sync_api import TimeoutError as NotInTime

AXE = (Path(__file__).parent / "axe.min.js").read_text()

RUN = """rules => axe.run(document, {
    resultTypes: ["violations"], preload: false, ...(rules && {runOnly: {type: "rule", values: rules}})})
  .then(found => found.violations.map(one =>
    one.id + ": " + one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | ")))"""

STICKS_OUT = """() => { const width = document.documentElement.clientWidth;
  return [...document.querySelectorAll("body *")].filter(one => { const box = one.getBoundingClientRect();
    if (!box.width || box.right <= width + 1 && box.left >= -1) return false;
    for (let up = one; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      const hidden = style.position === "absolute" && style.clipPath !== "none";
      if (hidden || style.overflowX !== "visible") return false;
    }
    return getComputedStyle(one).position !== "absolute";
  }).slice(0, 5).map(one => one.outerHTML.slice(0, 160)) }"""

TOO_SMALL = """() => { const least = 43.5;
  const target = one => one.closest("label.chip, label.tick") || one;
  const all = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  return [...document.querySelectorAll(all)]
    .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.matches(".skip"))
    .filter(one => !(one.matches("a") && getComputedStyle(one).display === "inline"))
    .map(one => [one, target(one).getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.height < least || box.width < least))
    .map(([one, box]) => [box.width, box.height].map(Math.round) + one.outerHTML.slice(0, 90)) }"""


DRAWN = """() => document.querySelector("main").innerHTML.replace(/ value="[^"]*"/g, "")"""


def drawn(page: Page) -> str:
    """Return what the main part is made of, without what is typed or hidden in it."""
    made_of: str = page.evaluate(DRAWN)
    return made_of


def whole(page: Page) -> None:
    """Wait until all of the page is there: a question that does not wait is answered by half a page too."""
    page.wait_for_load_state()


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """Return what axe finds on the page as it stands, by these rules or by all."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, rules)
    return found


def resize(page: Page, width: int) -> None:
    """Show the whole page at this width, so that nothing lies behind what sticks to an edge."""
    page.set_viewport_size({"width": width, "height": 740})
    tall = page.evaluate("() => document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": max(740, int(tall))})


def sticks_out(page: Page) -> list[str]:
    """Return what is wider than the screen."""
    wide: Any = page.evaluate(
        "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    found: list[str] = page.evaluate(STICKS_OUT) if wide else []
    return found or (["something"] if wide else [])


def too_small(page: Page) -> list[str]:
    """Return what is smaller than a fingertip, links within a sentence left out."""
    found: list[str] = page.evaluate(TOO_SMALL)
    return found


SAYS = """button => [...new FormData(button.form, button)].filter(([, said]) => typeof said === "string")"""


def send_at_once(button: Locator, times: int) -> list[tuple[int, str | None]]:
    """Send the form of a button as it is filled in, so many copies at the very same time; return the answers.

    They go beside the browser, with its cookie: a browser that taps waits for the page in between.
    """
    said: list[list[str]] = button.evaluate(SAYS)
    to = urlsplit(str(button.evaluate("button => button.form.action")))
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in button.page.context.cookies())
    body = urlencode([(name, value) for name, value in said])
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    together = threading.Barrier(times)

    def send(_n: int) -> tuple[int, str | None]:
        line = http.client.HTTPConnection(str(to.hostname), to.port, timeout=30)
        together.wait()
        line.request("POST", to.path, body, headers)
        answer = line.getresponse()
        answer.read()
        line.close()
        return answer.status, answer.getheader("Location")

    with ThreadPoolExecutor(times) as taps:
        return list(taps.map(send, range(times)))


def tap_quickly(button: Locator, times: int) -> None:
    """Tap without waiting for what follows; a tap that finds the page gone, or on its way, ends it."""
    try:
        for _tap in range(times):
            button.tap(timeout=2_000, force=True)
    except NotInTime:
        return
