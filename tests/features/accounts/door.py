"""Somebody at the door with a browser, from a network, at a time of the test's choosing."""

import datetime as dt

from flask import Flask

from tests.support import cast
from tests.support.visitor import Visitor

PHONE = "Mozilla/5.0 (Linux; Android 13) Mobile"
HERE, ELSEWHERE = "203.0.113.7", "198.51.100.7"
START = dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC)


class Time:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = START

    def goes_by(self, **long: float) -> None:
        self.now += dt.timedelta(**long)


def somebody(app: Flask, *, agent: str = "Desk", network: str = HERE) -> Visitor:
    visitor = Visitor(app, None, agent=agent)
    visitor.client.environ_base["REMOTE_ADDR"] = network
    return visitor


def come_in(
    app: Flask,
    person: cast.Person,
    *,
    password: str = cast.PASSWORD,
    agent: str = "Desk",
    network: str = HERE,
    email: str | None = None,
) -> tuple[Visitor, int, str]:
    """Type somebody's address and a password; return the browser, the status and the page."""
    visitor = somebody(app, agent=agent, network=network)
    answer = visitor.send("/sign-in", {"email": email or person.email, "password": password})
    return visitor, answer.status_code, answer.text
