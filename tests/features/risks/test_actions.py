"""What is offered on a finding, by when, and what it makes."""

from typing import Any

import pytest

from peerlink.features.risks import actions
from peerlink.features.risks.actions import A_TASK, SESSIONS, Creates, offered
from peerlink.features.risks.rulebook import Finding, Rule, Subject
from peerlink.features.risks.rules import RULES
from peerlink.framework.actions import ACTIONS
from peerlink.framework.care_words import Way
from peerlink.framework.levels import Level
from peerlink.framework.vocabularies import SupervisionKind


def offers(rule_id: str, level: Level, subject: Subject = Subject.VOLUNTEER) -> dict[str, Any]:
    return {offer.code: offer for offer in offered(Finding(rule_id, subject, level))}


@pytest.mark.parametrize("one", RULES, ids=lambda one: f"{one.id}-{one.subject}")
@pytest.mark.parametrize("level", [Level.WATCH, Level.ALERT, Level.CRITICAL])
def test_what_the_framework_names_is_offered_in_its_order(one: Rule[Any], level: Level) -> None:
    made = offered(Finding(one.id, one.subject, level))
    assert tuple(offer.code for offer in made) == one.entry.actions
    assert all(offer.title and offer.sentence for offer in made)


@pytest.mark.parametrize("level", [Level.OK, Level.NOT_APPLICABLE])
def test_nothing_is_offered_where_nothing_is_wrong(level: Level) -> None:
    assert offers("R25", level) == {}


def test_the_unknown_is_answered_by_getting_the_data() -> None:
    made = offers("R25", Level.UNKNOWN)
    assert list(made) == ["A17"]
    assert made["A17"].creates is Creates.TASK


@pytest.mark.parametrize(("level", "days"), [(Level.WATCH, 28), (Level.ALERT, 7), (Level.CRITICAL, 2)])
def test_a_supervision_session_comes_in_seven_days_or_two(level: Level, days: int) -> None:
    talk = offers("R20", level)["A06"]
    assert (talk.creates, talk.due_in_days) == (Creates.ONE_TO_ONE, days)


def test_safeguarding_is_a_matter_of_the_same_day() -> None:
    assert offers("R22", Level.CRITICAL)["A20"].due_in_days == 0


@pytest.mark.parametrize(
    ("rule_id", "code", "creates"),
    [
        ("R25", "A04", Creates.LIGHTER_LOAD),
        ("R26", "A02", Creates.DEBRIEF),
        ("R12", "A16", Creates.BUDDY),
        ("R10", "A03", Creates.THANKS),
        ("R10", "A21", Creates.THANKS),
        ("R20", "A01", Creates.TASK),
        ("R02", "A15", Creates.ONE_TO_ONE),
        ("R25", "A22", Creates.TASK),
        ("R68", "A07", Creates.TASK),
    ],
)
def test_an_action_about_a_volunteer_makes_its_own_thing(rule_id: str, code: str, creates: Creates) -> None:
    assert offers(rule_id, Level.ALERT)[code].creates is creates


@pytest.mark.parametrize("code", ["A15", "A04", "A11", "A22"])
def test_an_action_about_the_programme_is_a_task(code: str) -> None:
    assert offers("R01", Level.ALERT, Subject.PROGRAMME)[code].creates is Creates.TASK


def test_a_session_is_of_a_kind_supervision_knows() -> None:
    assert {kind.value for kind in SESSIONS} <= {kind.value for kind in SupervisionKind}


def test_every_action_of_the_framework_can_be_offered() -> None:
    assert [action.code for action in ACTIONS] == [f"A{n:02}" for n in range(1, 23)]


@pytest.mark.parametrize("one", RULES, ids=lambda one: f"{one.id}-{one.subject}")
def test_each_offer_says_what_one_tap_makes(one: Rule[Any]) -> None:
    for offer in offered(Finding(one.id, one.subject, Level.ALERT)):
        assert offer.makes
        is_bare = one.subject is not Subject.VOLUNTEER and offer.code not in {"A10", "A18", "A22"}
        assert (offer.makes == A_TASK[offer.owner]) == is_bare


@pytest.mark.parametrize("code", [action.code for action in ACTIONS])
def test_every_action_of_the_library_says_what_it_makes_about_a_volunteer(code: str) -> None:
    assert actions._offer(code, Finding("R20", Subject.VOLUNTEER, Level.ALERT)).makes


@pytest.mark.parametrize(
    ("way", "creates"),
    [
        (None, Creates.LIGHTER_LOAD),
        (Way.PAUSE, Creates.LIGHTER_LOAD),
        (Way.LOWER, Creates.LIGHTER_LOAD),
        (Way.HAND_OVER, Creates.TASK),
        (Way.BREAK, Creates.TASK),
    ],
)
def test_easing_the_load_makes_what_the_way_means(way: Way | None, creates: Creates) -> None:
    assert offers("R25", Level.ALERT)["A04"].creates_by(way) is creates


def test_ways_are_offered_about_volunteers_only() -> None:
    assert offers("R01", Level.ALERT, Subject.PROGRAMME)["A04"].ways == ()
    assert offers("R12", Level.ALERT)["A16"].ways == (Way.BUDDY, Way.TEAM)
