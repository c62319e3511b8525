"""R68: mandatory training of volunteers and across the programme."""

from typing import Any

import pytest

from peerlink.features.indicators.facts import HeldModule
from peerlink.features.risks.rulebook import Subject
from peerlink.framework.levels import Level
from tests.features.risks.people import ago, cleared, found

OK, WATCH, ALERT, CRITICAL = Level.OK, Level.WATCH, Level.ALERT, Level.CRITICAL
UNKNOWN = Level.UNKNOWN


def held(days_left: int | None, module: str = "listening") -> HeldModule:
    return HeldModule(module=module, valid_until=None if days_left is None else ago(-days_left))


@pytest.mark.parametrize(
    ("modules", "level"),
    [
        ((), UNKNOWN),
        ((held(31),), OK),
        ((held(None),), OK),
        ((held(30),), WATCH),
        ((held(0),), WATCH),
        ((held(-1),), ALERT),
        ((held(-60),), ALERT),
        ((held(-61),), CRITICAL),
        ((held(30, "safeguarding"),), WATCH),
        ((held(0, "safeguarding"),), WATCH),
        ((held(-1, "safeguarding"),), CRITICAL),
        ((held(-1, "confidentiality"),), CRITICAL),
        ((held(300), held(-1), held(10)), ALERT),
    ],
)
def test_r68_counts_the_days_left_of_each_module(modules: Any, level: Level) -> None:
    assert found("R68", modules=modules).level is level


def test_r68_long_expired_is_critical_only_with_people_to_support() -> None:
    assert found("R68", modules=(held(-61),), n_active_matches=0).level is ALERT
    assert found("R68", modules=(held(-1, "safeguarding"),), n_active_matches=0).level is CRITICAL


def test_r68_says_which_training_ran_out_and_when() -> None:
    finding = found("R68", modules=(held(-3), held(12, "boundaries")))
    assert finding.because == (
        "The module “listening” ran out 3 days ago. The module “boundaries” is valid for 12 more days."
    )


def test_r68_rests_on_the_days_left_even_where_all_is_in_date() -> None:
    (evidence,) = found("R68", modules=(held(300), held(31, "boundaries"))).evidence
    assert (evidence.value, evidence.threshold, evidence.n) == (31, 30, 2)


@pytest.mark.parametrize(("completed", "clear"), [(ago(60), True), (ago(61), False), (None, False)])
def test_r68_clears_when_a_module_is_completed(completed: Any, clear: bool) -> None:
    assert cleared("R68", last_module_on=completed) is clear


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"n_overdue": 1}, OK),
        ({"n_overdue": 2}, WATCH),
        ({"n_overdue": 4}, WATCH),
        ({"n_overdue": 5}, ALERT),
        ({"n_overdue": 20}, ALERT),
        ({"n_active": 2, "n_with_modules": 2, "n_overdue": 1}, ALERT),
        ({"n_with_modules": 0}, UNKNOWN),
        ({"n_active": 0, "n_with_modules": 0}, UNKNOWN),
    ],
)
def test_r68_judges_the_programme_at_any_size(changes: Any, level: Level) -> None:
    assert found("R68", Subject.PROGRAMME, **changes).level is level


@pytest.mark.parametrize(("n_overdue", "clear"), [(5, False), (4, True), (0, True)])
def test_r68_of_the_programme_clears_as_the_share_falls(n_overdue: int, clear: bool) -> None:
    assert cleared("R68", Subject.PROGRAMME, level=ALERT, n_overdue=n_overdue) is clear
