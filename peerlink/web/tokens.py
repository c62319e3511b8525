"""The token every form has against forgery, with the number of the page it stood on behind it."""

import secrets

from flask import Flask, g, request
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf

BEHIND = "~"
"""What stands between the token and the number of the page."""


class PageTokens(CSRFProtect):  # type: ignore[misc]
    """Checks the token of a form, whatever page it stood on."""

    def init_app(self, app: Flask) -> None:
        super().init_app(app)
        app.jinja_env.globals["csrf_token"] = token_of_page
        app.context_processor(lambda: {"csrf_token": token_of_page})

    def _get_csrf_token(self) -> str | None:
        token = super()._get_csrf_token()
        return token.partition(BEHIND)[0] if token else None


def token_of_page() -> str:
    """Return the token every form of this page carries."""
    if "page_number" not in g:
        g.page_number = secrets.token_urlsafe(9)
    return f"{generate_csrf()}{BEHIND}{g.page_number}"


def has_page() -> bool:
    """Tell whether the form that was sent says on which page it stood."""
    return bool(request.form.get("csrf_token", "").partition(BEHIND)[2])
