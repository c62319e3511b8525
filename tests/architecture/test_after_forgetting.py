"""When somebody was forgotten every page still opens, for everybody, and none shows anything of them."""

import re

import pytest
from flask import Flask

from peerlink.features.privacy.forgetting import forget_people
from peerlink.features.volunteers.models import Volunteer
from peerlink.store import gate
from peerlink.store.session import reading, session
from tests.architecture import one_of_each
from tests.architecture.one_of_each import HERS, HIS
from tests.architecture.test_routes import NAMES, PEOPLE, ROWS
from tests.factories.former import let_leave
from tests.support import cast
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")
LEADS_OUT = {"/calendar/<secret>.ics"}
SHOWN = [row for row in ROWS if row.method == "GET" and row.address not in LEADS_OUT]
ITS_OWN = {"/audit", "/accounts", "/me/who-looked", "/sign-in/code"}
"""Pages that tell of the forgetting itself, of accounts, and one that is different each time."""
OTHERS = sorted(PEOPLE.keys() - {"amina"})


def forget_amina() -> None:
    assert forget_people(let_leave(cast.AMINA_ID)) == 1
    with reading(), gate.opened("a test looks"):
        assert session.get_one(Volunteer, cast.AMINA_ID).is_forgotten


@pytest.mark.parametrize("who", OTHERS)
def test_every_page_opens_and_shows_nothing_of_them(app: Flask, who: str) -> None:
    one_of_each.tell()
    forget_amina()
    visitor, wrong = Visitor(app, PEOPLE[who]), []
    for row in SHOWN:
        if who not in row.may:
            continue
        for side in (HERS, HIS) if row.reach else (HERS,):
            answer = visitor.client.get(row.on(side), base_url="https://localhost")
            if answer.status_code >= 500:
                wrong.append(f"{row.on(side)}: {answer.status_code}")
            if answer.mimetype == "text/html":
                wrong += [f"{row.on(side)}: {one}" for one in NAMES["Amina"] if re.search(one, answer.text)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("who", ["priya", "pru", "ada"])
def test_what_is_counted_stays_as_it_was(app: Flask, who: str) -> None:
    one_of_each.tell()
    until = let_leave(cast.AMINA_ID)
    visitor = Visitor(app, PEOPLE[who])

    def counted() -> dict[str, list[str]]:
        found = {}
        for row in SHOWN:
            if who in row.may and not row.reach and "public" not in row.may and row.address not in ITS_OWN:
                page = visitor.client.get(row.on(HERS), base_url="https://localhost").text
                found[row.address] = re.findall(r">[^<>]*?(\d+)[^<>]*<", page)
        return found

    before = counted()
    forget_people(until)
    assert counted() == before
