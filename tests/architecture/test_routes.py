"""Every page, every role, own and other people's records: who gets in, who is told what, what is shown."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from peerlink.features.accounts import entry
from peerlink.features.accounts.models import Account
from peerlink.store import gate, house
from peerlink.store import session as door
from peerlink.store.session import session, transaction
from tests.architecture import one_of_each
from tests.architecture.one_of_each import FARAI, SIDES, WORDS
from tests.support import cast
from tests.support.visitor import Outline

TABLE = Path(__file__).with_name("routes.txt")
PEOPLE = {one.name.lower(): one for one in (*cast.EVERYBODY, FARAI)}
GROUPS = {
    "nobody": set(),
    "volunteers": {"amina", "ben", "zoe"},
    "coordinators": {"chipo", "farai"},
    "supervisors": {"dana", "sol"},
    "everybody": set(PEOPLE),
    "public": {*PEOPLE, "stranger", "halfway"},
}
OPEN = "open"
SIGNS_OUT = {"/me/sign-out-everywhere"}


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    method: str
    address: str
    may: set[str]
    reach: tuple[set[str], ...]

    def expected(self, who: str, side: int) -> int | str:
        if who not in self.may:
            return {"stranger": "/sign-in", "halfway": "/sign-in/code"}.get(who, 403)
        return OPEN if not self.reach or who in self.reach[side] else 404

    def on(self, side: int) -> str:
        values = {name: pair[side] for name, pair in SIDES.items()} | WORDS
        if "/places/" in self.address:
            values["to"] = "suspended"
        if "/incidents/" in self.address:
            values["to"] = "in_progress"
        return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), self.address)


def names_in(cell: str) -> set[str]:
    return {name for word in cell.split() for name in GROUPS.get(word, {word})}


def read_table() -> list[Row]:
    rows = []
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            where, may, *reach = (cell.strip() for cell in line.split("|"))
            method, address = where.split()
            rows.append(Row(method, address, names_in(may), tuple(map(names_in, reach))))
    return rows


ROWS = read_table()


def addresses(app: Flask) -> set[tuple[str, str]]:
    rules: Iterator[Rule] = app.url_map.iter_rules()
    return {
        (method, rule.rule)
        for rule in rules
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    }


def test_every_page_is_in_the_table(app: Flask) -> None:
    listed = {(row.method, row.address) for row in ROWS}
    assert len(listed) == len(ROWS), "a page is listed twice"
    missing = addresses(app) - listed
    assert not missing, f"say in {TABLE.name} who may open: {sorted(missing)}"
    assert not listed - addresses(app), "listed, and nowhere to be found"


NAMES = {
    one: (rf"\b{one}\b", f"{one}{kind}", f"900 ?{number}")
    for one, kind, number in (
        ("Efe", "(bird|dottir)", 201),
        ("Fola", "(bird|dottir)", 202),
        ("Gift", "(bird|dottir)", 203),
        ("Amina", "sson", 101),
        ("Ben", "sson", 102),
        ("Zoe", "sson", 103),
    )
}
"""What gives somebody away: what they are called, their other names, their phone number."""
OF_ALL = set(NAMES)
HIDDEN = {
    "stranger": OF_ALL,
    "halfway": OF_ALL,
    "amina": OF_ALL - {"Amina", "Efe"},
    "ben": OF_ALL - {"Ben", "Fola"},
    "zoe": OF_ALL - {"Zoe"},
    "chipo": set(),
    "farai": {"Efe", "Fola", "Gift"},
    "dana": OF_ALL - {"Amina"},
    "sol": OF_ALL - {"Ben"},
    "priya": OF_ALL,
    "pru": OF_ALL,
    "ada": {"Efe", "Fola", "Gift"},
    "sade": OF_ALL - {"Amina", "Ben", "Efe", "Fola"},
}
"""Whom nothing may be shown of, to each of them."""
MORE = {
    "ada": ("Aminasson", "Bensson", "Zoesson", "900 ?10[123]"),
    "amina": ("Efedottir",),
    "ben": ("Foladottir",),
}
"""What each may not be shown of those whom they know by another name."""


def given_away(who: str, page: str) -> list[str]:
    wanted = [word for name in HIDDEN[who] for word in NAMES[name]] + list(MORE.get(who, ()))
    return [word for word in wanted if re.search(word, page)]


@pytest.fixture
def house_of_cards(the_cast: house.House, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Tell the story, sign everybody in, and let nothing be kept from then on; return their tokens."""
    one_of_each.tell()
    tokens = {}
    with transaction(), gate.opened("a test signs its cast in"):
        for name, person in PEOPLE.items():
            account = session.get_one(Account, person.viewer.account_id)
            tokens[name] = entry.start(account, on_phone=False, proved=True).token
        chipo = session.get_one(Account, cast.CHIPO.viewer.account_id)
        tokens["halfway"] = entry.start(chipo, on_phone=False, proved=False).token

    def drop(inner: object) -> None:
        inner.flush()  # type: ignore[attr-defined]
        door.drop(inner)

    monkeypatch.setattr(door, "keep", drop)
    return tokens


@pytest.mark.parametrize("who", sorted({*PEOPLE, "stranger", "halfway"}))
def test_each_gets_in_where_they_may_and_nowhere_else(
    app: Flask, house_of_cards: dict[str, str], who: str
) -> None:
    client = app.test_client()
    base = "https://localhost"
    if who in house_of_cards:
        with client.session_transaction(base_url=base) as cookie:
            cookie["_user_id"] = house_of_cards[who]
            cookie["_fresh"] = True
    token = Outline(client.get("/join/nobodys", base_url=base).text).hidden["csrf_token"]
    cookie_now = client.get_cookie("__Host-pl")
    assert cookie_now is not None
    headers = {"Cookie": f"__Host-pl={cookie_now.value}"}
    bare = app.test_client(use_cookies=False)
    wrong = []
    for row in ROWS:
        for side in range(max(1, len(row.reach))):
            data = {"csrf_token": token} if row.method == "POST" else None
            answer = bare.open(row.on(side), method=row.method, data=data, headers=headers, base_url=base)
            where = f"{row.method} {row.on(side)}"
            leads_out = "stranger" in row.may or (who in row.may and row.address in SIGNS_OUT)
            got = outcome(answer.status_code, None if leads_out else answer.location)
            if got != row.expected(who, side):
                wrong.append(f"{where}: expected {row.expected(who, side)}, got {got} ({answer.status_code})")
            if answer.mimetype == "text/html" and (told := given_away(who, answer.text)):
                wrong.append(f"{where}: shows {told}")
    assert not wrong, "\n".join(wrong)


def outcome(status: int, location: str | None) -> int | str:
    if status == 303 and location in {"/sign-in", "/sign-in/code"}:
        return str(location)
    return OPEN if status in {200, 303, 409, 422} else status
