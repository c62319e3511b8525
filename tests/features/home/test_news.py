"""What is new since somebody last opened Today: a number on the way there, and a mark on its lines."""

import dataclasses
import datetime as dt
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from peerlink import clock
from peerlink.events import Message, Wording
from peerlink.features.home.desk import Line
from peerlink.features.home.news import STAYS_NEW, marked
from peerlink.features.notices import service as notices
from peerlink.features.notices.models import Seen
from peerlink.features.wellbeing import service as wellbeing
from peerlink.store import gate, house
from peerlink.store.session import reading, session, transaction
from tests.features.recognition.happenings import thanked
from tests.support import cast
from tests.support.visitor import Visitor

AMINA = cast.AMINA.viewer.account_id
NOW = dt.datetime(2026, 6, 30, 9, 0, tzinfo=dt.UTC)
KEY = bytes(range(32))
TALK = Line("Your next talk", "supervision.mine", "calendar", more="The agenda is there")
TASKS = Line("Tasks due: 2", "risks.my_tasks", "clock")


def look(lines: list[Line], kept: bytes | None, minutes: float = 0) -> tuple[list[bool], bytes]:
    now = NOW + dt.timedelta(minutes=minutes)
    shown, keeps = marked(lines, kept, account_id=AMINA, key=KEY, now=now)
    assert [one.text for one in shown] == [one.text for one in lines]
    return [one.is_new for one in shown], keeps


def tasks(n: int) -> Line:
    return Line(f"Tasks due: {n}", "risks.my_tasks", "clock")


def test_the_first_time_nothing_is_marked_nor_is_what_stood_there_then() -> None:
    new, kept = look([TALK, TASKS], None)
    assert new == [False, False]
    assert look([TALK, TASKS], kept, 60)[0] == [False, False]


def test_a_line_that_was_not_there_is_new_and_its_neighbour_is_not() -> None:
    _new, kept = look([TALK], None)
    assert look([TALK, TASKS], kept)[0] == [False, True]


@pytest.mark.parametrize(("before", "after", "is_new"), [(2, 3, True), (2, 2, False), (2, 1, False)])
def test_a_line_is_new_when_its_number_rises(before: int, after: int, is_new: bool) -> None:
    _new, kept = look([tasks(before)], None)
    assert look([tasks(after)], kept)[0] == [is_new]


@pytest.mark.parametrize(("before", "after", "is_new"), [(1, 2, True), (2, 2, False), (2, 1, False)])
def test_so_it_is_where_the_text_names_no_number(before: int, after: int, is_new: bool) -> None:
    _new, kept = look([dataclasses.replace(TALK, of=before)], None)
    assert look([dataclasses.replace(TALK, of=after)], kept)[0] == [is_new]


def test_another_word_of_thanks_is_marked_although_one_waits_already(aminas_phone: Visitor) -> None:
    thanked("You stayed.")
    assert "New</span>" not in aminas_phone.visit("/").text
    thanked("You came back.")
    page = aminas_phone.visit("/").text
    assert page.count("New</span>") == 1
    assert "asks nothing of you today" not in page


def test_what_went_and_came_back_is_new() -> None:
    _new, kept = look([tasks(2)], None)
    _new, kept = look([], kept)
    assert look([tasks(2)], kept)[0] == [True]


@pytest.mark.parametrize(("minutes", "is_new"), [(0, True), (STAYS_NEW - 1, True), (STAYS_NEW, False)])
def test_whoever_comes_back_from_one_line_finds_the_others_marked(minutes: int, is_new: bool) -> None:
    _new, kept = look([], None)
    new, kept = look([TALK], kept)
    assert new == [True]
    assert look([TALK], kept, minutes)[0] == [is_new]


def test_another_day_on_a_line_is_no_news_and_other_words_are() -> None:
    _new, kept = look([TALK], None)
    later = Line(TALK.text, TALK.endpoint, TALK.icon, more=TALK.more, on=NOW.date())
    assert look([later], kept)[0] == [False]
    assert look([Line(TALK.text, TALK.endpoint, TALK.icon, more="With Dana")], kept)[0] == [True]
    assert look([Line(TALK.text, TALK.endpoint, TALK.icon, more=TALK.more, asked={"n": 1})], kept)[0] == [
        True
    ]


def test_two_lines_that_say_the_same_do_not_become_new_by_each_other() -> None:
    _new, kept = look([tasks(1), tasks(2)], None)
    assert look([tasks(2), tasks(1)], kept) == ([False, False], kept)


def test_what_is_kept_is_another_for_everybody_and_without_the_key_nobody_makes_it() -> None:
    _lines, mine = marked([TALK], None, account_id=AMINA, key=KEY, now=NOW)
    _lines, theirs = marked([TALK], None, account_id=uuid.UUID(int=9), key=KEY, now=NOW)
    _lines, guessed = marked([TALK], None, account_id=AMINA, key=bytes(32), now=NOW)
    assert len({mine, theirs, guessed}) == 3
    assert len(mine) == 14


def told(who: uuid.UUID = cast.AMINA_ID, key: str = "one") -> None:
    with transaction():
        notices.queue(Message(who, Wording.UPDATE, key))


def numbers(page: str) -> list[str]:
    """Return the numbers on ways of a page; each has its word for who listens."""
    return re.findall(r'<span class="pill num brand">([^<]*)<span class="vh"> new</span></span>', page)


def asked(who: Visitor, way: str = "/contacts") -> set[str]:
    return set(numbers(who.visit(way).text))


def test_the_way_to_today_says_how_much_is_new_and_looking_takes_it_away(aminas_phone: Visitor) -> None:
    told(key="before anybody looked")
    aminas_phone.visit("/")
    assert asked(aminas_phone) == set()
    told(key="one")
    told(key="one")
    told(key="two")
    told(cast.BEN_ID, "another's")
    assert asked(aminas_phone) == asked(aminas_phone, "/me") == {"2"}
    assert numbers(aminas_phone.visit("/").text) == []
    assert asked(aminas_phone) == set()


def test_it_is_one_number_in_words_for_who_listens_and_stays_short(aminas_phone: Visitor) -> None:
    aminas_phone.visit("/")
    with transaction():
        session.get_one(Seen, AMINA).n_told = 99
    assert asked(aminas_phone) == {"99"}
    told()
    assert asked(aminas_phone) == {"99+"}


def test_who_gets_no_e_mail_has_the_number_all_the_same(aminas_phone: Visitor) -> None:
    aminas_phone.visit("/")
    aminas_phone.send("/me/messages", {"by_email": "no", "quiet_from": "21", "quiet_until": "8"})
    told()
    with transaction():
        notices.take_due()
    assert asked(aminas_phone) == {"1"}


@pytest.mark.usefixtures("the_cast")
def test_what_comes_while_the_page_is_made_is_not_lost() -> None:
    with transaction():
        notices.keep_seen(AMINA, b"", 0)
    for key in ("one", "two", "three"):
        told(key=key)
    with transaction():
        notices.keep_seen(AMINA, b"", 2)
    with reading():
        assert session.get_one(Seen, AMINA).n_told == 1


def test_a_new_line_is_marked_in_words_and_only_while_it_is_new(aminas_phone: Visitor) -> None:
    assert "New</span>" not in aminas_phone.visit("/").text
    with transaction(), gate.opened("a test asks"):
        wellbeing.ask(cast.AMINA_ID, clock.today("Europe/London"))
    for minutes, marks in ((0, 1), (STAYS_NEW - 1, 1), (STAYS_NEW + 1, 0)):
        with clock.turned_to(clock.now() + dt.timedelta(minutes=minutes)):
            assert aminas_phone.visit("/").text.count("New</span>") == marks


def test_where_no_line_is_new_it_is_said_that_nothing_is_asked(aminas_phone: Visitor) -> None:
    aminas_phone.visit("/")
    told()
    said = "asks nothing of you today"
    assert said in aminas_phone.visit("/").text
    assert said not in aminas_phone.visit("/").text


def test_a_form_that_comes_back_has_no_number_and_asks_for_none(aminas_phone: Visitor) -> None:
    aminas_phone.visit("/")
    told()
    refused = aminas_phone.send("/me/messages", {"by_email": "no", "quiet_from": "25", "quiet_until": "9"})
    assert refused.status_code == 422
    assert numbers(refused.text) == []


@contextmanager
def counted(word: str) -> Iterator[list[str]]:
    """Gather what is asked of a table."""
    found: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if word in statement:
            found.append(statement)

    event.listen(house.engine(), "before_cursor_execute", hear)
    try:
        yield found
    finally:
        event.remove(house.engine(), "before_cursor_execute", hear)


def test_it_costs_one_small_question_a_page_and_a_quiet_today_writes_nothing(aminas_phone: Visitor) -> None:
    with counted("seen") as on_today:
        aminas_phone.visit("/")
    assert [one for one in on_today if one.startswith(("INSERT INTO seen", "UPDATE seen"))]
    with counted(" seen") as on_a_page:
        aminas_phone.visit("/contacts")
    assert len(on_a_page) == 1
    assert on_a_page[0].startswith("SELECT seen.n_told")
    with counted(" seen") as again:
        aminas_phone.visit("/")
    assert [one.partition(" ")[0] for one in again] == ["SELECT"]
