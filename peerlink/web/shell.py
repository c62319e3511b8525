"""What every page needs around it: language, navigation, messages, the way out."""

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, g, get_flashed_messages, request, url_for
from flask_babel import get_locale

from peerlink.web import navigation
from peerlink.web.viewer import viewer

LANGUAGES = ("en-GB",)
"""What is spoken; English the British way, with days before months and 24 hours."""
AWAY = "https://www.wikipedia.org/"
"""Where Leave lands: a page anybody may be reading."""
THEMES = ("light", "dark")


def init_app(app: Flask, zone: Callable[[], str]) -> None:
    """Give every template its surroundings; `zone` names the programme's time zone."""

    @app.context_processor
    def surroundings() -> dict[str, Any]:
        locale = get_locale()
        return {
            "viewer": viewer(),
            "nav": navigation.ways_for_viewer(),
            "messages": messages(),
            "leave_url": url_for("accounts.leave"),
            "away_url": AWAY,
            "menu": navigation.own_ways_for_viewer(),
            "language": str(locale or LANGUAGES[0]).replace("_", "-"),
            "direction": locale.text_direction if locale else "ltr",
            "theme": theme(),
            "demo": current_app.config["DEMO"],
            "app_name": "PeerLink",
        }

    @app.before_request
    def learn_zone() -> None:
        if request.endpoint != "static":
            g.zone = zone()


def language() -> str:
    """Choose the language a browser asks for, as far as there is one."""
    return (request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]).replace("-", "_")


def theme() -> str:
    """Return the look this device was set to, nothing where it follows the device."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in THEMES else ""


def messages() -> list[dict[str, str | None]]:
    """Return the sentences left for this page, each once, with its way back."""
    said: list[tuple[str, str]] = get_flashed_messages(with_categories=True)  # type: ignore[assignment]
    return [{"text": text, "undo": undo or None} for undo, text in dict.fromkeys(said)]
