"""R61: payments to volunteers, and stipends that stop."""

from typing import Any

import pytest

from peerlink.features.risks.rulebook import Subject
from peerlink.features.risks.rules import rule_of
from peerlink.framework.levels import Level
from peerlink.framework.parameters import Limits
from tests.features.risks.people import LIMITS, ago, cleared, found

OK, WATCH, ALERT, CRITICAL = Level.OK, Level.WATCH, Level.ALERT, Level.CRITICAL
UNKNOWN, DOES_NOT_APPLY = Level.UNKNOWN, Level.NOT_APPLICABLE


def level_with(limits: Limits = LIMITS, **changes: Any) -> Level:
    return found("R61", Subject.PROGRAMME, limits, **changes).level


@pytest.mark.parametrize(
    ("days", "level"),
    [
        ((), OK),
        ((0,), OK),
        ((14,), OK),
        ((15,), WATCH),
        ((30,), WATCH),
        ((31,), ALERT),
        ((60,), ALERT),
        ((61,), CRITICAL),
        ((3, 15, 2), WATCH),
    ],
)
def test_r61_counts_the_days_a_payment_is_late(days: tuple[int, ...], level: Level) -> None:
    assert level_with(days_owed=days) is level


@pytest.mark.parametrize(
    ("n_late", "n_active", "level"),
    [(2, 20, WATCH), (3, 20, ALERT), (1, 10, WATCH), (1, 9, ALERT), (1, 1, ALERT)],
)
def test_r61_counts_the_share_of_volunteers_owed_for_more_than_fourteen_days(
    n_late: int, n_active: int, level: Level
) -> None:
    assert level_with(days_owed=(15,) * n_late, n_active=n_active) is level


def test_r61_counts_in_the_share_only_what_is_more_than_fourteen_days_late() -> None:
    assert level_with(days_owed=(14,) * 20) is OK
    assert level_with(days_owed=(15, 15) + (14,) * 18) is WATCH


def test_r61_judges_days_where_nobody_is_active() -> None:
    assert level_with(days_owed=(15,), n_active=0) is WATCH


@pytest.mark.parametrize(("gap", "level"), [(60, OK), (61, CRITICAL)])
def test_r61_a_stipend_not_written_down_for_sixty_days_has_stopped(gap: int, level: Level) -> None:
    assert level_with(days_without_stipend=(gap,)) is level


def test_r61_a_stipend_the_programme_stopped_is_critical_at_once() -> None:
    assert level_with(n_stipends_stopped=1) is CRITICAL


@pytest.mark.parametrize(
    ("ledger_on", "level"), [(ago(0), OK), (ago(35), OK), (ago(36), UNKNOWN), (None, UNKNOWN)]
)
def test_r61_needs_a_ledger_of_the_last_thirty_five_days(ledger_on: Any, level: Level) -> None:
    assert level_with(ledger_on=ledger_on) is level


def test_r61_an_old_ledger_hides_nothing_that_is_late() -> None:
    assert level_with(ledger_on=None, days_owed=(15,)) is WATCH
    assert level_with(ledger_on=ago(36), days_owed=(61,)) is CRITICAL


def test_r61_does_not_apply_where_volunteers_are_unpaid_by_design() -> None:
    late = {"days_owed": (90,), "n_stipends_stopped": 2, "ledger_on": None}
    finding = found("R61", Subject.PROGRAMME, unpaid_by_design=True, **late)
    assert finding.level is DOES_NOT_APPLY
    assert finding.because == "Volunteers are unpaid by design."


def test_r61_goes_by_the_thresholds_of_the_programme() -> None:
    own = Limits({"R61.days": [5, 10, 20], "R61.share_alert": 0.5, "ledger.max_age_days": 90})
    assert level_with(own, days_owed=(6, 6, 6, 6), ledger_on=ago(80)) is WATCH
    assert level_with(own, days_owed=(5,), ledger_on=ago(80)) is OK
    assert level_with(own, days_owed=(), ledger_on=ago(91)) is UNKNOWN


def test_r61_says_what_it_rests_on() -> None:
    finding = found("R61", Subject.PROGRAMME, days_owed=(2, 40))
    assert finding.because == "The oldest payment to a volunteer is 40 days late."
    rests_on = {one.name: (one.value, one.threshold, one.n) for one in finding.evidence}
    assert rests_on == {
        "days_late": (40, 14, 2),
        "owed_share": (1 / 20, 0.1, 20),
        "stipends_stopped": (0, 0, None),
        "ledger_age": (10, 35, None),
    }


def test_r61_is_told_to_who_pays_and_who_coordinates() -> None:
    entry = rule_of("R61", Subject.PROGRAMME).entry
    assert (set(entry.told), set(entry.actions)) == ({"manager", "coordinator"}, {"A11", "A03", "A15"})


@pytest.mark.parametrize(
    ("changes", "clear"),
    [
        ({}, True),
        ({"days_owed": (0,)}, True),
        ({"days_owed": (1,)}, False),
        ({"n_stipends_stopped": 1}, False),
        ({"days_without_stipend": (5,)}, False),
    ],
)
def test_r61_clears_when_all_is_paid(changes: dict[str, Any], clear: bool) -> None:
    assert cleared("R61", Subject.PROGRAMME, **changes) is clear
