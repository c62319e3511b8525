"""A flag whose reason is gone says so, says when it closes, and no longer asks for anybody."""

import datetime as dt
import re

import pytest
from flask import Flask
from sqlalchemy import update

from peerlink.features.matching.models import Match
from peerlink.features.risks.models import Flag
from peerlink.features.risks.rounds import nightly_round
from peerlink.features.risks.rulebook import Course, Subject
from peerlink.features.risks.rules import rule_of
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.levels import Level
from peerlink.framework.vocabularies import MatchStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.contacts import a_contact
from tests.features.risks.happenings import amina_answers, in_days, open_flags, today
from tests.features.risks.people import LIMITS, a_programme, a_volunteer
from tests.support.cast import AMINA, AMINA_EFE, AMINA_ID, BEN_FOLA, CHIPO, DANA
from tests.support.visitor import Visitor

OK, WATCH, ALERT, UNKNOWN = Level.OK, Level.WATCH, Level.ALERT, Level.UNKNOWN
THIS_WEEK = "Flags that need somebody this week"
acted_out = pytest.mark.usefixtures("the_cast")


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def said(day: dt.date) -> str:
    return f"{day.day} {day:%b}"


def amina_flag(rule: str) -> Flag:
    return open_flags(AMINA_ID)[rule]


def night() -> None:
    with transaction(), gate.opened("a test lets a night pass"):
        nightly_round(today())


@acted_out
def test_a_flag_says_since_when_it_is_no_longer_true_and_what_closes_it(app: Flask) -> None:
    amina_answers(v5=4)
    assert THIS_WEEK in Visitor(app, DANA).visit("/").text
    assert "No longer true" not in words(Visitor(app, DANA).visit("/flags").text)
    with in_days(30):
        amina_answers(v5=1)
        flag = amina_flag("R24")
        assert (flag.level, flag.eased_to, flag.eased_on, flag.closes_on) == (ALERT, OK, today(), None)
        since = f"No longer true since {said(today())}. Closes when: Two check-ins in a row say that"
    with in_days(33):
        with transaction():
            session.execute(update(Flag).where(Flag.rule != "R24").values(closed_on=today()))
        supervisor, volunteer = Visitor(app, DANA), Visitor(app, AMINA)
        for address in ("/flags", f"/flags/{flag.id}", "/team-care"):
            assert since in words(supervisor.visit(address).text), address
        assert since in words(volunteer.visit("/me/flags").text)
        assert THIS_WEEK not in supervisor.visit("/").text
        care = supervisor.visit("/team-care").text
        assert "Nobody waits for a call." in care
        assert "For the next session" in care


@acted_out
def test_a_flag_of_which_less_is_left_says_how_much() -> None:
    amina_answers(v14=1)
    with in_days(30):
        amina_answers(v14=2)
        assert (amina_flag("R02").level, amina_flag("R02").eased_to) == (ALERT, WATCH)
        first = amina_flag("R02").eased_on
    with in_days(31):
        night()
        assert (amina_flag("R02").eased_to, amina_flag("R02").eased_on) == (WATCH, first)
    with in_days(60):
        a_contact()
        amina_answers(v14=3)
        eased = amina_flag("R02")
        assert (eased.level, eased.eased_to, eased.eased_on) == (ALERT, OK, today())
    with in_days(70):
        amina_answers(v14=1)
        again = amina_flag("R02")
        assert (again.level, again.eased_to, again.eased_on) == (ALERT, None, None)


@acted_out
def test_less_is_said_on_the_page(app: Flask) -> None:
    amina_answers(v14=1)
    with in_days(30):
        amina_answers(v14=2)
        page = words(Visitor(app, DANA).visit("/flags").text)
        assert f"Less since {said(today())}: watch. Closes when:" in page


@acted_out
def test_what_is_not_known_is_no_sign_that_it_eased() -> None:
    amina_answers(v5=4)
    with in_days(60):
        night()
        flag = amina_flag("R24")
        assert (flag.level, flag.eased_to, flag.eased_on) == (ALERT, None, None)


@acted_out
def test_a_load_that_is_right_again_names_the_day_it_closes_and_closes_on_it(app: Flask) -> None:
    with transaction(), gate.opened("a test gives somebody two people"):
        session.get_one(Match, BEN_FOLA).volunteer_id = AMINA_ID
        for match_id in (AMINA_EFE, BEN_FOLA):
            one = session.get_one(Match, match_id)
            one.status, one.started_on = MatchStatus.ACTIVE, today() - dt.timedelta(days=10)
        amina = session.get_one(Volunteer, AMINA_ID)
        amina.capacity, amina.agreed_hours = 1, 14
    night()
    assert (amina_flag("R25").level, amina_flag("R25").closes_on) == (ALERT, None)
    with in_days(2):
        with transaction(), gate.opened("a test ends a match"):
            one = session.get_one(Match, BEN_FOLA)
            one.status, one.ended_on = MatchStatus.ENDED, today()
        night()
        closes = today() + dt.timedelta(days=27)
        assert (amina_flag("R25").eased_to, amina_flag("R25").closes_on) == (OK, closes)
        page = words(Visitor(app, CHIPO).visit("/flags?rule=R25").text)
        assert f"No longer true since {said(today())}. Closes on {said(closes)} if it stays so." in page
    with in_days(28):
        night()
        assert amina_flag("R25").may_close_on is None
    with in_days(29):
        night()
        assert amina_flag("R25").may_close_on == closes
        assert "No longer true" not in words(Visitor(app, CHIPO).visit("/flags?rule=R25").text)


@pytest.mark.parametrize(
    ("days", "capacity", "in_n"),
    [
        ((), 1, None),
        ((2,) * 28, 1, None),
        ((1,) * 27 + (2,), 1, None),
        ((1,) * 26 + (2, 1), 1, 27),
        ((2,) + (1,) * 27, 1, 1),
        ((1,) * 28, 1, None),
        ((1,) * 26 + (2, 1), 2, None),
        ((1,) * 26 + (2, 1), None, None),
        ((1,) * 26 + (1, 0), 0, 27),
    ],
)
def test_the_day_a_load_has_been_right_for_28_days(
    days: tuple[int, ...], capacity: int | None, in_n: int | None
) -> None:
    facts = a_volunteer(matches_28=days, capacity=capacity)
    found = rule_of("R25", Subject.VOLUNTEER).closes(facts, LIMITS, Course(facts.on, ALERT))
    assert found == (facts.on + dt.timedelta(days=in_n) if in_n is not None else None)


@pytest.mark.parametrize("rule", ["R03", "R28", "R63", "R70"])
@pytest.mark.parametrize(
    ("on", "months", "closes"),
    [
        (dt.date(2026, 6, 30), (), dt.date(2026, 8, 1)),
        (dt.date(2026, 6, 1), (), dt.date(2026, 8, 1)),
        (dt.date(2026, 6, 1), (OK,), dt.date(2026, 7, 1)),
        (dt.date(2026, 6, 30), (OK, WATCH), dt.date(2026, 7, 1)),
        (dt.date(2026, 6, 30), (WATCH, OK), dt.date(2026, 8, 1)),
        (dt.date(2026, 6, 30), (UNKNOWN, OK), dt.date(2026, 8, 1)),
        (dt.date(2026, 12, 31), (OK,), dt.date(2027, 1, 1)),
        (dt.date(2027, 1, 31), (), dt.date(2027, 3, 1)),
    ],
)
def test_what_takes_two_month_ends_names_the_day_after_the_second(
    rule: str, on: dt.date, months: tuple[Level, ...], closes: dt.date
) -> None:
    course = Course(on, WATCH, months=months)
    assert rule_of(rule, Subject.PROGRAMME).closes(a_programme(on=on), LIMITS, course) == closes


@pytest.mark.parametrize(("level", "in_one"), [(WATCH, False), (ALERT, True)])
def test_leaving_counts_a_month_end_below_its_level(level: Level, in_one: bool) -> None:
    on = dt.date(2026, 6, 30)
    course = Course(on, level, months=(WATCH,))
    closes = rule_of("R01", Subject.PROGRAMME).closes(a_programme(on=on), LIMITS, course)
    assert closes == (dt.date(2026, 7, 1) if in_one else dt.date(2026, 8, 1))


def test_most_rules_ask_for_more_than_time() -> None:
    facts = a_volunteer()
    course = Course(facts.on, ALERT)
    assert rule_of("R10", Subject.VOLUNTEER).closes(facts, LIMITS, course) is None
