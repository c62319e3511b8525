"""Flags no supervisor is told of: whoever is told by what they do hears of all of a night in one message."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.events import Wording
from peerlink.features.accounts.models import Account, AccountState
from peerlink.features.notices.models import Notice
from peerlink.features.notices.rounds import send_due
from peerlink.features.participants.models import Participant
from peerlink.features.risks.judging import Judged
from peerlink.features.risks.keeping import keep
from peerlink.features.risks.passing import pass_on
from peerlink.features.risks.rulebook import Finding, Part, Subject
from peerlink.features.risks.rules import rule_of
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework import catalogue
from peerlink.framework.levels import Level
from peerlink.store import gate
from peerlink.store.sealing import NOBODY
from peerlink.store.session import reading, session, transaction
from tests.features.notices.letters import a_server, set_up
from tests.support import cast

PROGRAMME, PARTICIPANT, VOLUNTEER = Subject.PROGRAMME, Subject.PARTICIPANT, Subject.VOLUNTEER
OK, WATCH, ALERT, CRITICAL = Level.OK, Level.WATCH, Level.ALERT, Level.CRITICAL
NAMES = {one.viewer.account_id: one.name for one in cast.EVERYBODY}
NIGHT = dt.datetime(2026, 6, 30, 1, 30, tzinfo=dt.UTC)
"""Half past two in the programme's zone, when the rules judge."""


@pytest.fixture(autouse=True)
def _night(the_cast: object) -> Iterator[None]:
    with clock.turned_to(NIGHT):
        yield


def found(rule: str, level: Level, subject: Subject = PROGRAMME, about: uuid.UUID = NOBODY) -> None:
    """Let a rule of the framework find something, and keep it, whether or not it is judged yet."""
    judge = dataclasses.replace(
        rule_of("R01", PROGRAMME),
        id=rule,
        subject=subject,
        entry=catalogue.rule(rule),
        cleared=lambda *_: False,
    )
    finding = Finding(rule, subject, level, (Part(level, "Something was found."),))
    day = clock.today("Europe/London")
    with transaction(), gate.opened("a test judges"):
        keep([Judged(judge, about, SimpleNamespace(on=day), finding)], day, subject=subject, ids=[about])


def told() -> dict[str, int]:
    """Count the messages that wait, by whom they are for."""
    with reading():
        counts: dict[str, int] = {}
        for account_id, wording in session.execute(select(Notice.account_id, Notice.wording)):
            assert wording is Wording.UPDATE
            counts[NAMES[account_id]] = counts.get(NAMES[account_id], 0) + 1
        return counts


def letters(hours: float) -> list[str]:
    """Send what is due so many hours after the night, and return to whom."""
    with clock.turned_to(NIGHT + dt.timedelta(hours=hours)), a_server() as box:
        set_up(box.port)
        send_due()
    return sorted(one[1][0].partition("@")[0].title() for one in box.arrived)


@pytest.mark.parametrize(
    ("rule", "people"),
    [
        ("R60", {"Priya"}),
        ("R62", {"Priya"}),
        ("R64", {"Chipo"}),
        ("R61", {"Priya", "Chipo"}),
        ("R42", {"Priya", "Chipo", "Pru"}),
    ],
)
def test_whoever_the_framework_names_is_told(rule: str, people: set[str]) -> None:
    found(rule, ALERT)
    assert told() == dict.fromkeys(people, 1)


@pytest.mark.parametrize(("level", "n"), [(OK, 0), (WATCH, 0), (ALERT, 1), (CRITICAL, 1)])
def test_a_watch_waits_until_somebody_looks(level: Level, n: int) -> None:
    found("R64", level)
    assert told().get("Chipo", 0) == n


def test_however_many_flags_a_night_it_is_one_message_a_person_in_the_morning() -> None:
    for rule, level in (("R64", ALERT), ("R61", CRITICAL), ("R53", ALERT), ("R03", CRITICAL)):
        found(rule, level)
    assert told() == {"Chipo": 1, "Priya": 1}
    assert letters(0.1) == letters(5.4) == []
    assert letters(5.5) == ["Chipo", "Priya"]
    assert letters(5.6) == []


def test_the_same_flag_is_told_once_and_again_when_it_rises() -> None:
    found("R64", ALERT)
    assert letters(6) == ["Chipo"]
    with clock.turned_to(NIGHT + dt.timedelta(days=1)):
        found("R64", ALERT)
    assert letters(30) == []
    with clock.turned_to(NIGHT + dt.timedelta(days=2)):
        found("R64", CRITICAL)
        found("R64", CRITICAL)
    assert letters(54) == ["Chipo"]


def test_a_flag_that_rises_from_a_watch_is_told() -> None:
    found("R64", WATCH)
    assert told() == {}
    found("R64", ALERT)
    assert told() == {"Chipo": 1}


def test_what_is_found_in_the_day_waits_for_the_next_morning_and_is_not_lost() -> None:
    found("R64", ALERT)
    assert letters(6) == ["Chipo"]
    with clock.turned_to(NIGHT + dt.timedelta(hours=9)):
        found("R53", ALERT)
    assert letters(10) == letters(29) == []
    assert letters(30) == ["Chipo"]


def test_a_flag_nobody_takes_up_is_marked_as_late_and_nobody_is_told_again() -> None:
    found("R64", ALERT)
    assert letters(6) == ["Chipo"]
    with clock.turned_to(NIGHT + dt.timedelta(days=9)), transaction(), gate.opened("a test"):
        assert pass_on(clock.today("Europe/London")) == 1
    assert letters(9 * 24 + 12) == []


@pytest.mark.parametrize(("level", "people"), [(WATCH, {}), (ALERT, {"Chipo": 1})])
def test_somebody_who_drops_away_is_told_to_coordinators_from_an_alert_on(
    level: Level, people: dict[str, int]
) -> None:
    found("R51", level, PARTICIPANT, cast.EFE_ID)
    assert told() == people


def test_whoever_keeps_another_site_or_has_left_is_not_told() -> None:
    with transaction(), gate.opened("a test"):
        session.get_one(Account, cast.CHIPO.viewer.account_id).site_id = uuid.UUID(int=999)
    found("R51", ALERT, PARTICIPANT, cast.EFE_ID)
    assert told() == {}
    found("R64", ALERT)
    assert told() == {"Chipo": 1}
    with transaction(), gate.opened("a test"):
        session.get_one(Account, cast.PRIYA.viewer.account_id).state = AccountState.CLOSED
        there = session.get_one(Participant, cast.FOLA_ID).site_id
        session.get_one(Account, cast.CHIPO.viewer.account_id).site_id = there
    with clock.turned_to(NIGHT + dt.timedelta(days=1)):
        found("R60", ALERT)
        found("R51", ALERT, PARTICIPANT, cast.FOLA_ID)
    assert told() == {"Chipo": 2}


def test_a_flag_about_a_volunteer_is_told_to_their_supervisor_and_to_no_office() -> None:
    found("R23", ALERT, VOLUNTEER, cast.AMINA_ID)
    assert told() == {"Dana": 1}


def test_one_that_no_supervisor_is_told_of_is_told_to_coordinators() -> None:
    found("R68", ALERT, VOLUNTEER, cast.AMINA_ID)
    assert told() == {"Chipo": 1}


def test_a_supervisor_who_does_not_read_hears_of_a_flag_that_rises_at_the_level_they_may_know() -> None:
    with transaction(), gate.opened("a test"):
        session.get_one(Volunteer, cast.AMINA_ID).reader_id = cast.SOL.viewer.account_id
    found("R23", WATCH, VOLUNTEER, cast.AMINA_ID)
    assert told() == {}
    found("R23", ALERT, VOLUNTEER, cast.AMINA_ID)
    assert told() == {"Dana": 1, "Sol": 1}


def test_the_message_names_nothing() -> None:
    found("R60", CRITICAL)
    with clock.turned_to(NIGHT + dt.timedelta(hours=6)), a_server() as box:
        set_up(box.port)
        send_due()
    text = box.arrived[0][2].decode().lower()
    assert "you have an update." in text
    for word in ("flag", "r60", "runway", "critical", "programme", "priya,"):
        assert word not in text
