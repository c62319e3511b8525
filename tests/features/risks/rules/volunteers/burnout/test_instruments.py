"""R21: what a validated questionnaire says, as far as the volunteer lets it be seen."""

from typing import Any

import pytest

from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from tests.features.risks.people import a_score, cleared, found

OK, WATCH, ALERT, CRITICAL = Level.OK, Level.WATCH, Level.ALERT, Level.CRITICAL
UNKNOWN, NOT_APPLICABLE = Level.UNKNOWN, Level.NOT_APPLICABLE


@pytest.mark.parametrize("level", [OK, WATCH, ALERT, CRITICAL])
def test_r21_says_what_the_lines_of_the_form_say(level: Level) -> None:
    finding = found("R21", scores=(a_score(level=level),))
    assert finding.level is level
    assert finding.because == "Made up, Weight: 12.0 (Light)."


@pytest.mark.parametrize(
    ("scores", "level"),
    [
        ((a_score(90, WATCH),), WATCH),
        ((a_score(91, WATCH),), UNKNOWN),
        ((a_score(30, WATCH, valid_days=30),), WATCH),
        ((a_score(31, WATCH, valid_days=30),), UNKNOWN),
        ((a_score(91, WATCH, valid_days=120),), UNKNOWN),
        ((a_score(value=None, level=UNKNOWN),), UNKNOWN),
        ((a_score(value=None, level=UNKNOWN), a_score(level=WATCH)), WATCH),
        ((a_score(value=None, level=UNKNOWN), a_score()), UNKNOWN),
        ((a_score(91, ALERT), a_score()), UNKNOWN),
        ((a_score(level=WATCH), a_score(level=ALERT)), ALERT),
        ((), UNKNOWN),
        (None, NOT_APPLICABLE),
    ],
)
def test_r21_reads_age_gaps_and_several_scores(scores: Any, level: Level) -> None:
    finding = found("R21", scores=scores)
    assert finding.level is level
    assert finding.because or level is NOT_APPLICABLE


def test_r21_follows_the_programme_in_how_long_a_score_speaks() -> None:
    longer = Limits({"R21.validity_days": 120})
    assert found("R21", limits=longer, scores=(a_score(91, WATCH),)).level is WATCH


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"asks_now": True}, CRITICAL),
        ({"asks_now": True, "value": None, "level": UNKNOWN}, CRITICAL),
        ({"asks_now": True, "is_handled": True}, OK),
        ({"asks_now": True, "days_ago": 91}, UNKNOWN),
        ({"level": CRITICAL, "is_handled": True}, OK),
    ],
)
def test_r21_hears_a_word_of_harm_and_a_professional_who_has_it_in_hand(changes: Any, level: Level) -> None:
    assert found("R21", scores=(a_score(**changes),)).level is level


@pytest.mark.parametrize(
    ("changes", "clear"),
    [
        ({"scores": (a_score(2),)}, True),
        ({"scores": (a_score(2), a_score(level=WATCH))}, False),
        ({"scores": (a_score(2, ALERT, is_handled=True),)}, True),
        ({"scores": (a_score(91),)}, False),
        ({"scores": (a_score(2, value=None, level=UNKNOWN),)}, False),
        ({"scores": (a_score(2, ALERT),), "is_resolved": True}, True),
        ({"scores": ()}, True),
        ({"scores": None}, True),
    ],
)
def test_r21_clears_below_watch_or_when_a_professional_has_it(changes: Any, clear: bool) -> None:
    assert cleared("R21", **changes) is clear


def test_r21_says_once_for_a_form_that_an_answer_asks_for_somebody() -> None:
    both = (a_score(asks_now=True), a_score(asks_now=True, scale="Rest", level=WATCH))
    finding = found("R21", scores=both)
    assert finding.because == "Made up: an answer asks for somebody today. Made up, Rest: 12.0 (Light)."


def test_r21_is_for_the_reader_and_the_volunteer_alone() -> None:
    assert not found("R21", scores=(a_score(level=CRITICAL),)).objective().parts


def test_r21_names_each_score_with_its_value() -> None:
    evidence = found("R21", scores=(a_score(level=WATCH),)).evidence
    assert [(one.name, one.value) for one in evidence] == [
        ("score:Made up, Weight", 12.0),
        ("age_of_score", 5),
    ]
