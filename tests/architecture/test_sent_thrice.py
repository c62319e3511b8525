"""A form sent three times is one deed, and the last answer is the first: whatever it makes or changes."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from peerlink.store.model import Model
from peerlink.store.session import reading, session
from tests.architecture import one_of_each
from tests.architecture.makings import MAKINGS, PLACES
from tests.architecture.test_routes import PEOPLE, ROWS, Row
from tests.support.forms import as_typed
from tests.support.visitor import Outline, Visitor

CHANGES = Path(__file__).with_name("changes.txt")
BESIDE = {"audit_entry", "audit_about", "audit_head", "sign_in", "attempt", "answered"}
"""What is written of every request, and of every form."""
LEAVES = {"/me/sign-out-everywhere", "/sign-out", "/leave"}


def at(address: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(PLACES[found[1]]), address)


def kept() -> dict[str, tuple[int, int]]:
    """Return how many rows each table has, and how often they were written."""
    found = {}
    with reading():
        for table in Model.metadata.sorted_tables:
            if table.name not in BESIDE:
                times = func.coalesce(func.sum(table.c.version), 0) if "version" in table.c else func.count()
                n, written = session.execute(select(func.count(), times).select_from(table)).one()
                found[table.name] = (n, int(written))
    return found


def differs(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> dict[str, object]:
    return {name: (before[name], now) for name, now in after.items() if before[name] != now}


def refused(answer: TestResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text[answer.text.find("<main") :]).split())[:300]


def post_routes() -> set[str]:
    return {row.address for row in ROWS if row.method == "POST"}


def changing() -> set[str]:
    lines = CHANGES.read_text().splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def test_every_form_is_known_to_make_something_or_only_to_change_it() -> None:
    known = MAKINGS.keys() | changing()
    missing = post_routes() - known
    assert not missing, f"put into makings.py what makes something, else into {CHANGES.name}: {missing}"
    assert not known - post_routes(), "listed, and nowhere to be found"
    assert not MAKINGS.keys() & changing()


@pytest.mark.parametrize("address", MAKINGS)
def test_what_makes_something_makes_it_once(app: Flask, the_cast: object, address: str) -> None:
    one_of_each.tell()
    making = MAKINGS[address]
    making.before()
    visitor = Visitor(app, making.who)
    page = visitor.visit(at(making.at or address)).text
    data = {**({} if making.bare else as_typed(page)), **Outline(page).hidden, **making.said}

    def send() -> TestResponse:
        return visitor.client.post(at(address), data={**data, **making.files()}, base_url="https://localhost")

    before, first = kept(), send()
    assert first.status_code in {200, 303}, refused(first)
    after = kept()
    assert differs(before, after), "nothing was made"
    for again in (send(), send()):
        assert again.status_code == first.status_code, refused(again)
        assert again.location == first.location
    assert {name: n for name, (n, _times) in kept().items()} == {name: n for name, (n, _t) in after.items()}
    if first.status_code == 303:
        assert differs(after, kept()) == {}, "not even written anew"


def who_may(row: Row) -> str:
    """Return somebody who reaches the first side of a page."""
    return min(row.reach[0] & row.may if row.reach else row.may - {"stranger", "halfway"}, default="")


def test_what_changes_something_changes_it_once(app: Flask, the_cast: object) -> None:
    one_of_each.tell()
    desks: dict[str, Visitor] = {}
    wrong: list[Any] = []
    tried = 0
    for row in ROWS:
        who = who_may(row)
        if row.method != "POST" or row.address not in changing() or row.address in LEAVES or not who:
            continue
        desk = desks.setdefault(who, Visitor(app, PEOPLE[who]))
        data = Outline(desk.visit("/me").text).hidden
        first = desk.client.post(row.on(0), data=data, base_url="https://localhost")
        if first.status_code != 303:
            continue
        tried += 1
        after = kept()
        for _tap in range(2):
            again = desk.client.post(row.on(0), data=data, base_url="https://localhost")
            if (again.status_code, again.location) != (303, first.location) or differs(after, kept()):
                wrong.append((row.address, again.status_code, again.location, differs(after, kept())))
    assert not wrong
    assert tried > 40
