"""What others see: titles, addresses, file names, headers, calendars and messages tell nobody anything."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from peerlink.events import Wording
from peerlink.features.notices.post import Way, write
from peerlink.features.notices.service import Letter
from peerlink.framework.message_words import Security
from peerlink.store import house
from tests.architecture.money_of_each import BATCH_ID
from tests.architecture.one_of_each import tell
from tests.browser.walk import AT_THE_DOOR, ROLES, pages_of
from tests.support import cast
from tests.support.cast import Person
from tests.support.visitor import SAYS_TOO_MUCH, Outline, Visitor

ABOUT_SOMEBODY = re.compile(r"\b(Amina|Ben|Zoe|Efe|Fola|Gift)")
IN_A_FILE_NAME = re.compile(r'[a-z]+="[a-z0-9-]+\.[a-z0-9]+"')
TELLS_THE_PROGRAMME = re.compile(r"peer|riverbend|support|health|clinic|volunteer", re.IGNORECASE)
FILES = frozenset({"application/json", "application/pdf", "text/csv", "text/calendar", "image/jpeg"})


def told_by(answer: TestResponse) -> Iterator[str]:
    """Yield what an answer tells whoever looks on, and should not."""
    seen = f"{answer.request.path} {answer.headers}"
    if answer.mimetype == "text/html":
        seen += Outline(answer.text).title
    for pattern in (SAYS_TOO_MUCH, ABOUT_SOMEBODY):
        if found := pattern.search(seen):
            yield f"{answer.request.path}: {found[0]}"
    disposition = answer.headers.get("Content-Disposition", "")
    if disposition and TELLS_THE_PROGRAMME.search(disposition):
        yield f"{answer.request.path}: {disposition}"
    if disposition and not IN_A_FILE_NAME.search(disposition):
        yield f"{answer.request.path}: {disposition} is no plain name"
    if answer.mimetype in FILES and not disposition:
        yield f"{answer.request.path}: a file without a name is called after its address"
    if answer.headers.get("Cache-Control") != "no-store":
        yield f"{answer.request.path}: may be kept"


@pytest.mark.parametrize("person", ROLES, ids=lambda one: one.name)
def test_no_page_and_no_file_tells_whoever_looks_on(
    app: Flask, the_cast: house.House, person: Person
) -> None:
    tell()
    visitor = Visitor(app, person)
    answers = [visitor.visit(one.address) for one in pages_of(app, person, files=True)]
    assert len(answers) > 5
    assert [wrong for answer in answers for wrong in told_by(answer)] == []
    assert not [answer.request.path for answer in answers if answer.status_code >= 500]


def test_no_page_at_the_door_tells_whoever_looks_on(app: Flask, the_cast: house.House) -> None:
    tell()
    answers = [Visitor(app, None).visit(address) for address in AT_THE_DOOR]
    assert [wrong for answer in answers for wrong in told_by(answer)] == []
    for answer in answers:
        assert not SAYS_TOO_MUCH.search(answer.text), answer.request.path


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_file_for_the_bank_is_called_by_its_month(app: Flask, the_cast: house.House, ending: str) -> None:
    tell()
    priya = Visitor(app, cast.PRIYA)
    here = f"/money/lists/{BATCH_ID}"
    file = priya.send(f"{here}/file/{ending}", opened=here)
    assert re.fullmatch(rf'attachment; filename="payments-\d{{4}}-\d{{2}}\.{ending}"', disposition(file))
    assert list(told_by(file)) == []
    if ending == "csv":
        assert not SAYS_TOO_MUCH.search(file.text)
        assert not TELLS_THE_PROGRAMME.search(file.text)


def disposition(answer: TestResponse) -> str:
    return answer.headers["Content-Disposition"]


@pytest.mark.parametrize("person", [cast.AMINA, cast.DANA], ids=lambda one: one.name)
def test_a_calendar_says_nothing_about_anybody(app: Flask, the_cast: house.House, person: Person) -> None:
    tell()
    made = Visitor(app, person).send("/me/calendar")
    (address,) = set(re.findall(r"/calendar/[\w-]+\.ics", made.text))
    feed = Visitor(app, None).visit(address)
    assert feed.text.count("BEGIN:VEVENT") > 0
    assert list(told_by(feed)) == []
    for pattern in (SAYS_TOO_MUCH, ABOUT_SOMEBODY, TELLS_THE_PROGRAMME):
        assert not pattern.search(feed.text)


@pytest.mark.parametrize("wording", list(Wording))
def test_the_bytes_of_a_message_say_nothing(app: Flask, wording: Wording) -> None:
    way = Way(
        "mail.example.org", 587, Security.NONE, "news@example.org", "Updates", "https://links.example.org"
    )
    with app.test_request_context():
        sent = bytes(write(way, Letter("somebody@example.net", wording, ())))
    for pattern in (SAYS_TOO_MUCH, ABOUT_SOMEBODY, TELLS_THE_PROGRAMME):
        assert not pattern.search(sent.decode())
