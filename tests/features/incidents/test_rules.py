"""Clocks of incidents to the minute, what a report must say, and what closing needs."""

import datetime as dt
from typing import Any

import pytest

from peerlink.errors import Refused
from peerlink.features.incidents import rules
from peerlink.features.incidents.rules import BreachDraft, Known, ReportDraft
from peerlink.framework.incident_words import (
    BREACHES,
    GROUPS,
    HARM,
    SUGGESTED,
    IncidentStatus,
    IncidentType,
    RegulatorDecision,
)
from peerlink.framework.parameters import Limits
from tests.features.incidents.telling import TODAY, at

T, S, R = IncidentType, IncidentStatus, RegulatorDecision
LONDON = "Europe/London"
HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)
LIMITS = Limits()


def test_the_types_are_the_fourteen_of_the_framework() -> None:
    assert {one.value for one in T} == {
        "confidentiality_near_miss", "confidentiality_suspected", "confidentiality_confirmed",
        "volunteer_exposed", "safeguarding_adult", "safeguarding_child", "self_harm_risk",
        "violence_or_threat", "boundary_or_misconduct", "lost_device", "wrong_recipient", "complaint",
        "lone_working_no_return", "accident",
    }  # fmt: skip
    in_groups = [one for _name, types in GROUPS for one in types]
    assert sorted(in_groups) == sorted(T)
    assert set(SUGGESTED) == set(T)


@pytest.mark.parametrize(
    ("told", "due"),
    [
        (at(3, 10), at(4, 10)),  # Monday to Tuesday
        (at(6, 23, 59), at(7, 23, 59)),
        (at(7, 10), at(10, 10)),  # Friday to Monday
        (at(7, 23, 59), at(10, 23, 59)),
        (at(8, 1), at(11, 1) - HOUR),  # Saturday: until Monday is over
        (at(9, 23, 59), at(11, 1) - HOUR),
        (at(10, 1) - HOUR, at(11, 1) - HOUR),
    ],
)
def test_somebody_looks_within_one_working_day(told: dt.datetime, due: dt.datetime) -> None:
    assert rules.triage_due(told, T.COMPLAINT, 3, LONDON) == due


@pytest.mark.parametrize(
    ("kind", "severity", "same_day"),
    [(T.COMPLAINT, 3, False), (T.COMPLAINT, 4, True), *((one, 1, True) for one in sorted(HARM))],
)
@pytest.mark.parametrize("told", [at(3, 10), at(8, 9), at(3, 23, 59)])
def test_what_presses_is_looked_at_the_same_day_even_at_a_weekend(
    kind: IncidentType, severity: int, same_day: bool, told: dt.datetime
) -> None:
    due = rules.triage_due(told, kind, severity, LONDON)
    midnight = told.replace(hour=23, minute=0)
    assert (due == midnight) is same_day


def test_a_day_ends_where_the_programme_is() -> None:
    late_in_lagos = dt.datetime(2026, 8, 3, 23, 30, tzinfo=dt.UTC)
    assert rules.triage_due(late_in_lagos, T.COMPLAINT, 4, "Africa/Lagos") == dt.datetime(
        2026, 8, 4, 23, 0, tzinfo=dt.UTC
    )


@pytest.mark.parametrize(
    ("day", "looked_at_by"),
    [(3, 5), (4, 6), (6, 8), (7, 11), (8, 11), (9, 11), (10, 12)],
    ids=["Monday", "Tuesday", "Thursday", "Friday", "Saturday", "Sunday", "Monday again"],
)
def test_a_day_alone_leaves_a_whole_working_day_to_look(day: int, looked_at_by: int) -> None:
    known = dt.date(2026, 8, day)
    begins, due = rules.clocks_from(known, T.COMPLAINT, 3, LONDON)
    assert (begins, due) == (at(day, 1) - HOUR, at(looked_at_by, 1) - HOUR)
    assert rules.clocks_from(known, T.COMPLAINT, 4, LONDON) == (begins, begins + 24 * HOUR)
    assert rules.clocks_from(known, T.SAFEGUARDING_CHILD, 1, LONDON)[1] == begins + 24 * HOUR


@pytest.mark.parametrize(
    ("late", "stage"),
    [(-MINUTE, 0), (0 * HOUR, 1), (4 * HOUR - MINUTE, 1), (4 * HOUR, 2), (400 * HOUR, 2)],
)
def test_the_handler_hears_first_and_a_deputy_four_hours_later(late: dt.timedelta, stage: int) -> None:
    due = at(3, 10)
    assert rules.told_stage(S.REPORTED, due, due + late, LIMITS) == stage
    assert rules.told_stage(S.TRIAGED, due, due + late, LIMITS) == 0
    assert rules.told_stage(S.REPORTED, None, due + late, LIMITS) == 0


@pytest.mark.parametrize(
    ("age", "stage"), [(24 * HOUR - MINUTE, 0), (24 * HOUR, 1), (72 * HOUR - MINUTE, 1), (72 * HOUR, 2)]
)
def test_a_breach_has_a_clock_of_a_day_and_one_of_three(age: dt.timedelta, stage: int) -> None:
    told = at(3, 10)

    def reached(**said: Any) -> int:
        known: dict[str, Any] = {"kind": T.CONFIDENTIALITY_SUSPECTED, "status": S.REPORTED}
        known |= {"reported_at": told, "decided": False, "now": told + age, "limits": LIMITS}
        return rules.breach_stage(**(known | said))

    assert reached() == stage
    assert reached(decided=True) == reached(status=S.CLOSED) == reached(kind=T.COMPLAINT) == 0
    assert reached(reported_at=None) == reached(kind=T.CONFIDENTIALITY_NEAR_MISS) == 0
    assert reached(status=S.TRIAGED) == (2 if stage == 2 else 0)


@pytest.mark.parametrize(
    "said",
    [
        {"what": " "},
        {"what": "x" * 2001},
        {"harm": "x" * 2001},
        {"whom": "x" * 501},
        {"happened_on": TODAY + dt.timedelta(days=1)},
        {"severity": 0},
        {"severity": 5},
    ],
)
def test_what_cannot_be_reported_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        rules.check_report(ReportDraft(**({"type": T.ACCIDENT, "what": "x"} | said)), TODAY)
    fine = {"what": "x" * 2000, "harm": "x" * 2000, "whom": "x" * 500, "happened_on": TODAY, "severity": 4}
    rules.check_report(ReportDraft(type=T.ACCIDENT, **fine), TODAY)


WHOLE = {"informed_on": TODAY, "cause": "A shared table.", "fix": "Folders.", "decided": True}


@pytest.mark.parametrize("kind", sorted(T))
def test_closing_needs_what_was_learned_and_a_breach_more(kind: IncidentType) -> None:
    for silence in (None, "", "  "):
        with pytest.raises(Refused, match="learned"):
            rules.check_may_close(Known(type=kind, learning=silence, **WHOLE))
    if kind not in BREACHES:
        rules.check_may_close(Known(type=kind, learning="Lock the bag."))
        return
    rules.check_may_close(Known(type=kind, learning="x", **WHOLE))
    rules.check_may_close(
        Known(type=kind, learning="x", **(WHOLE | {"informed_on": None, "why_not_informed": "Unreachable."}))
    )
    for missing, says in (
        ({"informed_on": None}, "told"),
        ({"cause": " "}, "led to it"),
        ({"fix": None}, "led to it"),
        ({"decided": False}, "authority"),
    ):
        with pytest.raises(Refused, match=says):
            rules.check_may_close(Known(type=kind, learning="x", **(WHOLE | missing)))


@pytest.mark.parametrize(
    "said",
    [
        {"data_kinds": ("gossip",)},
        {"n_people": -1},
        {"informed_on": TODAY + dt.timedelta(days=1)},
        {"informed_on": TODAY, "why_not_informed": "x"},
        {"regulator": R.NOT_NEEDED},
        {"cause": "x" * 2001},
    ],
)
def test_what_cannot_be_true_of_a_breach_is_refused(said: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        rules.check_breach(BreachDraft(**said), TODAY, TODAY)
    whole = {"data_kinds": ("name", "health"), "n_people": 0, "informed_on": TODAY, "cause": "x" * 2000}
    rules.check_breach(BreachDraft(**whole, regulator=R.NOT_NEEDED, regulator_why="No name."), TODAY, TODAY)
