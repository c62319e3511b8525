"""Each constraint, on both sides of its line."""

import datetime as dt
import uuid
from typing import Any

import pytest

from peerlink.errors import Refused
from peerlink.features.matching.profiles import Want, week_of
from peerlink.features.matching.rules import (
    OF_PAIR,
    OF_VOLUNTEER,
    OVERRIDABLE,
    WHYS,
    blockers,
    can_be,
    check_overrides,
    check_pair,
    is_ready,
    suits,
)
from peerlink.framework.vocabularies import LanguageLevel, VolunteerStatus
from tests.features.matching.people import DAY, a_participant, a_volunteer

WORKS, BASIC = LanguageLevel.WORKING, LanguageLevel.BASIC
SOMEBODY = uuid.uuid4()


def days(n: int) -> dt.date:
    return DAY + dt.timedelta(days=n)


def fails(volunteer: dict[str, Any], participant: dict[str, Any]) -> set[str]:
    one, other = a_volunteer(**volunteer), a_participant(**participant)
    results = check_pair(one, other, DAY)
    failing = {result.code for result in results if not result.holds}
    assert (is_ready(one, DAY) and suits(one, other)) == (not failing - {"H6"})
    return failing


def test_nothing_stands_between_the_two() -> None:
    results = check_pair(a_volunteer(), a_participant(), DAY)
    assert can_be(results)
    assert [result.code for result in results] == [f"H{n}" for n in range(1, 18)]
    assert all(result.why.endswith(".") for result in results)


def test_every_constraint_is_judged_in_one_place() -> None:
    assert {*OF_VOLUNTEER, *OF_PAIR, "H6"} == set(WHYS)


@pytest.mark.parametrize(
    ("code", "stands", "falls"),
    [
        ("H1", {}, {"status": VolunteerStatus.PAUSED}),
        ("H1", {"paused_until": days(-1)}, {"paused_until": DAY}),
        ("H2", {"mandatory": {"listening": days(30)}}, {"mandatory": {"listening": days(29)}}),
        ("H2", {"mandatory": {"listening": dt.date.max}}, {"mandatory": {}}),
        ("H2", {"mandatory": {"a": days(90)}}, {"mandatory": {"a": days(90), "b": dt.date.min}}),
        ("H3", {"vetting_until": DAY}, {"vetting_until": days(-1)}),
        ("H4", {"agreement_on": DAY}, {"agreement_on": days(1)}),
        ("H4", {}, {"agreement_on": None}),
        ("H5", {"capacity": 3, "taken": 2}, {"capacity": 3, "taken": 3}),
        ("H5", {}, {"capacity": None, "taken": 0}),
        ("H7", {"keep_apart": frozenset({"P2"})}, {"keep_apart": frozenset({"A2"})}),
        ("H9", {"languages": {"en": WORKS}}, {"languages": {"en": BASIC, "zu": WORKS}}),
        ("H13", {"channels": ("phone",)}, {"channels": ("video", "in_person")}),
        ("H14", {"week": week_of(["mon 20:15-22:00"])}, {"week": week_of(["mon 20:16-22:00"])}),
        ("H14", {}, {"week": 0}),
        ("H15", {}, {"concern_open": True}),
        ("H17", {}, {"held_back": True}),
    ],
)
def test_a_trait_of_the_volunteer_decides(code: str, stands: dict[str, Any], falls: dict[str, Any]) -> None:
    assert fails(stands, {}) == set()
    assert fails(falls, {}) == {code}


@pytest.mark.parametrize(
    ("code", "stands", "falls"),
    [
        ("H6", {"consent_until": DAY}, {"consent_until": days(-1)}),
        ("H6", {}, {"consent_support_on": None}),
        ("H6", {"consent_matching_on": DAY}, {"consent_matching_on": days(1)}),
        ("H7", {"keep_apart": frozenset({"S9"})}, {"keep_apart": frozenset({"S1"})}),
        ("H7", {}, {"keep_apart": frozenset({"V1"})}),
        ("H9", {}, {"languages": {}}),
        ("H14", {}, {"week": 0}),
        ("H11", {}, {"safeguards": frozenset({"public_place"})}),
    ],
)
def test_a_trait_of_the_participant_decides(code: str, stands: dict[str, Any], falls: dict[str, Any]) -> None:
    assert fails({}, stands) == set()
    assert fails({}, falls) == {code}


@pytest.mark.parametrize(
    ("want", "stands", "falls"),
    [
        (("gender", "woman"), {"gender": "woman"}, {"gender": "man"}),
        (("gender", "woman"), {"gender": "woman"}, {"gender": None}),
        (
            ("language", "zu"),
            {"languages": {"en": WORKS, "zu": WORKS}},
            {"languages": {"en": WORKS, "zu": BASIC}},
        ),
        (("life_stage", "parent"), {"life_stages": frozenset({"parent"})}, {"life_stages": frozenset()}),
        (("age_near", None), {"birth_year": 1985}, {"birth_year": 1984}),
        (("age_near", None), {"birth_year": 1995}, {"birth_year": None}),
        (
            ("community", "sailors"),
            {"communities": frozenset({"sailors"})},
            {"communities": frozenset({"x"})},
        ),
    ],
)
def test_a_must_is_met_or_the_pair_cannot_be(
    want: tuple[str, str | None], stands: dict[str, Any], falls: dict[str, Any]
) -> None:
    must = {"wants": (Want(*want, must=True),), "birth_year": 1990}
    assert fails(stands, must) == set()
    assert fails(falls, must) == {"H10"}
    assert fails(falls, {**must, "wants": (Want(*want),)}) == set()


def test_a_must_nobody_can_judge_is_not_met() -> None:
    assert fails({}, {"wants": (Want("star_sign", "aries", must=True),)}) == {"H10"}


def test_meeting_in_person_takes_a_place_both_accept() -> None:
    in_person = {"channels": ("in_person",), "places": frozenset({"room"})}
    assert fails(in_person, in_person) == set()
    assert fails(in_person, {**in_person, "places": frozenset({"garden"})}) == {"H13"}
    assert fails({**in_person, "channels": ("in_person", "app")}, {"channels": ("app",)}) == set()


@pytest.mark.parametrize("limit", ["violence", "support.emotional", "housing", "parent"])
def test_a_limit_of_the_volunteer_is_kept(limit: str) -> None:
    limits = {"limits": frozenset({limit})}
    comes_up = {
        "violence": {"topics": frozenset({"violence"})},
        "support.emotional": {"needs": ("support.emotional.listening",)},
        "housing": {"needs": ("support.instrumental.daily.housing",)},
        "parent": {"life_stages": frozenset({"parent"})},
    }[limit]
    assert fails(limits, comes_up) == {"H12"}
    assert fails(limits, {"needs": ("support.emotionally",)}) == set()


def test_conditions_of_the_safeguarding_plan_can_be_kept() -> None:
    conditions = frozenset({"public_place"})
    assert fails({"safeguards": conditions | {"two_people"}}, {"safeguards": conditions}) == set()


def test_people_with_a_tie_or_a_bad_ending_are_not_brought_together() -> None:
    them = {"id": SOMEBODY}
    assert fails(them, {"ties": frozenset({SOMEBODY})}) == {"H8"}
    assert fails(them, {"not_again": frozenset({SOMEBODY})}) == {"H16"}
    assert fails(them, {"ties": frozenset({uuid.uuid4()}), "not_again": frozenset({uuid.uuid4()})}) == set()


def test_the_coordinator_hears_no_reason_for_a_volunteer_who_rests() -> None:
    for trait in ("held_back", "concern_open"):
        failing = [r for r in check_pair(a_volunteer(**{trait: True}), a_participant(), DAY) if not r.holds]
        assert [result.why for result in failing] == ["Not now."]


def test_only_four_constraints_may_be_set_aside_and_only_with_a_reason() -> None:
    for code in WHYS:
        if code in OVERRIDABLE:
            check_overrides({code: "An interpreter comes along."})
            with pytest.raises(Refused, match="write down why"):
                check_overrides({code: "  "})
        else:
            with pytest.raises(Refused, match="cannot be set aside"):
                check_overrides({code: "Because."})
    assert {"H9", "H13", "H14", "H16"} == OVERRIDABLE


def test_a_constraint_set_aside_no_longer_counts() -> None:
    results = check_pair(a_volunteer(languages={}), a_participant(), DAY)
    assert not can_be(results)
    assert can_be(results, {"H9": "An interpreter comes along."})


def test_blockers_count_active_volunteers_each_constraint_on_its_own() -> None:
    volunteers = [
        a_volunteer(),
        a_volunteer(taken=3, languages={}),
        a_volunteer(taken=3),
        a_volunteer(status=VolunteerStatus.PAUSED, taken=3),
        a_volunteer(paused_until=DAY),
    ]
    assert blockers(a_participant(), volunteers, DAY) == {"H1": 1, "H5": 2, "H9": 1}
    assert blockers(a_participant(consent_matching_on=None), volunteers, DAY)["H6"] == 4


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        (["mon 18:00-20:00"], ["mon 19:15-21:00"], True),
        (["mon 18:00-20:00"], ["mon 19:16-21:00"], False),
        (["mon 18:00-20:00"], ["tue 18:00-20:00"], False),
        (["mon 18:00-18:30", "mon 18:30-18:45"], ["mon 18:00-19:00"], True),
        (["mon 18:00-18:30", "mon 18:31-19:00"], ["mon 18:00-19:00"], False),
        (["sun 23:30-24:00", "mon 00:00-00:15"], ["sun 23:00-01:00"], True),
        (["sun 23:30-24:00", "mon 00:00-00:14"], ["sun 23:00-01:00"], False),
    ],
)
def test_a_meeting_takes_45_minutes_on_end(one: list[str], other: list[str], shared: bool) -> None:
    assert ("H14" not in fails({"week": week_of(one)}, {"week": week_of(other)})) is shared


@pytest.mark.parametrize(
    "slot", ["", "monday 10:00-11:00", "mon 10:00", "mon 10:60-11:00", "mon 24:00-25:00", "mon 9:00-9:00"]
)
def test_what_is_not_a_time_of_the_week_is_refused(slot: str) -> None:
    with pytest.raises(ValueError, match="not a time"):
        week_of([slot])
