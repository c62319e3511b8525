"""No page is open unless it says to whom."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from peerlink.roles import Permission
from peerlink.web.viewer import signed_in, viewer

V = TypeVar("V", bound=Callable[..., ResponseReturnValue])

_open_to: dict[Callable[..., object], Permission | None] = {}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def allow(permission: Permission) -> Callable[[V], V]:
    """Open a page to those who hold this permission."""

    def mark(view: V) -> V:
        _open_to[view] = permission
        return view

    return mark


def open_to_all(view: V) -> V:
    """Open a page to everyone, signed in or not."""
    _open_to[view] = None
    return view


def unguarded(app: Flask) -> set[str]:
    """Name the pages that do not say whether they are open; the house refuses to open with any."""
    return {name for name, view in app.view_functions.items() if name != "static" and view not in _open_to}


def permission_of(app: Flask, endpoint: str) -> Permission | None:
    """Return what a page asks for, None where it is open to all."""
    return _open_to[app.view_functions[endpoint]]


def init_app(app: Flask) -> None:
    """Check every request before its page is made."""
    app.before_request(_check)


def _check() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    if request.method not in _SAFE and request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        abort(403)
    view = current_app.view_functions[str(request.endpoint)]
    if view not in _open_to:
        abort(403)
    permission = _open_to[view]
    if permission is None:
        return None
    looking = viewer()
    if looking is None:
        half_way = signed_in() is not None
        return redirect(url_for("accounts.second_factor" if half_way else "accounts.sign_in"), 303)
    if not looking.may(permission):
        abort(403)
    return None
