"""One answer for a browser, and a piece of it for htmx."""

from collections.abc import Callable

from flask import flash, g, make_response, redirect, render_template, request
from werkzeug import Response


def page(template: str, status: int = 200, **context: object) -> Response:
    """Render the page whole, or only its main part where htmx asks for it."""
    layout = "fragment.html" if "HX-Request" in request.headers else "base.html"
    response = make_response(render_template(template, layout=layout, **context), status)
    response.vary.add("HX-Request")
    return response


def see_other(url: str) -> Response:
    """Send the browser on after a deed, so that going back does not do it again."""
    return redirect(url, 303)


def say(text: str, *, undo: str | None = None) -> None:
    """Show a sentence on the next page, with a way back where there is one.

    The sentence travels in the browser's cookie: it never names anybody.
    """
    flash(text, undo or "")


def keep_what_happened() -> None:
    """Keep this request's changes although its answer says no, such as a failed try that must count."""
    g.keep = True


def afterwards(deed: Callable[[], object]) -> None:
    """Keep a small thing that follows from a page only looked at, once the page is made."""
    g.setdefault("afterwards", []).append(deed)
