"""Every page there is, and whose browser it opens in."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask

from peerlink.roles import Viewer
from peerlink.web.guard import permission_of
from tests.architecture.one_of_each import HERS, SIDES, WORDS
from tests.support import cast
from tests.support.cast import Person

ROLES = (cast.AMINA, cast.CHIPO, cast.DANA, cast.PRIYA, cast.PRU, cast.ADA, cast.SADE)
"""One of each role that has pages of its own."""
AT_THE_DOOR = ("/sign-in", "/away", "/apply", "/apply/sent", "/join/nobodys")
NO_PAGES = frozenset(
    {
        "static",
        "moving.empty",
        "moving.faulty_rows",
        "training.my_pdf",
        "training.certificate_pdf",
        "finance.photo",
        "privacy.take_own",
    }
)
"""What is sent for is a file, or a piece of a page."""


@dataclass(frozen=True)
class Page:
    """One page, with something in it."""

    endpoint: str
    address: str


def pages_of(app: Flask, person: Person, *, files: bool = False) -> Iterator[Page]:
    """Yield every page open to somebody, about Amina's side where about anybody; files too if wanted."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if (
            "GET" in (rule.methods or ())
            and rule.endpoint not in (NO_PAGES if not files else {"static"})
            and _is_open(app, rule.endpoint, person.viewer)
        ):
            named = {name: WORDS[name] if name in WORDS else SIDES[name][HERS] for name in rule.arguments}
            with app.test_request_context():
                yield Page(rule.endpoint, app.url_for(rule.endpoint, **named))


def _is_open(app: Flask, endpoint: str, viewer: Viewer) -> bool:
    permission = permission_of(app, endpoint)
    return permission is not None and viewer.may(permission)
