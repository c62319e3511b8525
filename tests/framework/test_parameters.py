"""Every threshold has a default and a reason, and takes only values that make sense."""

import pytest

from peerlink.framework.parameters import PARAMETERS, Limits, parameter

OWN = {
    "checkin.interval_new_days",
    "checkin.new_period_days",
    "checkin.sem_gap_days",
    "checkin.sem_pairs",
    "checkin.remind_after_days",
    "R21.validity_days",
    "questionnaire.wait_days",
    "message.quiet_from",
    "message.quiet_until",
    "R63.min_responders",
    "R69.min_contacts",
    "R69.motivational",
    "R70.min_volunteers",
    "training.remind_days",
    "incident.deputy_hours",
    "incident.breach_hours",
    "safety.acknowledge_minutes",
    "ledger.max_age_days",
    "expense.due_days",
    "stipend.lead_days",
    "retention.volunteer_months",
    "retention.applicant_months",
    "retention.longer_months",
    "retention.notice_days",
    "R27.not_safe_alert",
}
"""Thresholds that are ours and not of the framework."""


def test_there_are_110_thresholds_and_our_own_each_with_unit_and_reason() -> None:
    keys = {p.key for p in PARAMETERS}
    assert len(PARAMETERS) == len(keys)
    assert keys >= OWN
    assert len(keys - OWN) == 110
    assert all(p.unit and p.reason for p in PARAMETERS)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("window.validity_checkin_days", 45),
        ("checkin.sem", 11.0),
        ("checkin.sem_bounds", (7.0, 15.0)),
        ("R25.load", (1.0, 1.25, 1.5)),
        ("R60.months", (6, 3, 1.5)),
        ("contact.hours_from", 8),
        ("contact.hours_to", 20),
        ("session.idle_minutes", 15),
    ],
)
def test_the_defaults_are_those_of_the_framework(key: str, value: object) -> None:
    assert Limits().get(key) == value


def test_every_default_passes_its_own_check() -> None:
    for p in PARAMETERS:
        assert p.checked(p.default) == p.default


def test_a_programme_may_set_its_own_value() -> None:
    limits = Limits({"R02.silence_days": 14, "R25.load": [0.9, 1.1, 1.3]})
    assert limits.whole("R02.silence_days") == 14
    assert limits.lines("R25.load") == (0.9, 1.1, 1.3)
    assert limits.number("R01.watch") == 0.2
    assert Limits().whole("R02.silence_days") == 21


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("R02.silence_days", 1.5, "whole number"),
        ("R02.silence_days", -1, "0 or more"),
        ("R02.silence_days", "21", "must be a number"),
        ("R02.silence_days", True, "must be a number"),
        ("checkin.sem", float("nan"), "must be a number"),
        ("R01.watch", 1.01, "between 0 and 1"),
        ("R25.load", 1.0, "must be 3 numbers"),
        ("R25.load", [1.0, 1.2], "must be 3 numbers"),
        ("R25.load", [1.0, 1.0, 1.5], "must rise"),
        ("R25.load", [1.5, 1.2, 1.0], "must rise"),
        ("R42", [0.6, 0.8, 0.9], "must fall"),
        ("R53", [0.4, 0.4], "must fall"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(key: str, value: object, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Limits({key: value})


@pytest.mark.parametrize(("key", "value"), [("R01.watch", 1), ("R01.watch", 0), ("R53", (0.5, 0.1))])
def test_a_value_on_the_edge_is_taken(key: str, value: object) -> None:
    assert Limits({key: value}).get(key) == value


def test_an_unknown_key_names_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"did you mean 'checkin\.sem'"):
        parameter("checkin.semm")
    with pytest.raises(ValueError, match="did you mean"):
        Limits({"R02.silence_day": 3})


def test_asking_for_the_wrong_shape_is_an_error() -> None:
    with pytest.raises(TypeError):
        Limits().number("R25.load")
    with pytest.raises(TypeError):
        Limits().lines("checkin.sem")


def test_limits_with_the_same_values_are_the_same() -> None:
    assert Limits({"R53": [0.5, 0.1]}) == Limits({"R53": (0.5, 0.1)})
    assert hash(Limits({"R53": [0.5, 0.1]})) == hash(Limits({"R53": (0.5, 0.1)}))
    assert Limits() != Limits({"R53": (0.5, 0.1)})
