"""Each criterion at its marks; the parts add up; nothing leaks."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.features.matching.certificate import ONE
from peerlink.features.matching.profiles import Want, week_of
from peerlink.features.matching.reasons import LABELS, Sign, reasons, reasons_for_volunteer
from peerlink.features.matching.scoring import CRITERIA, HALF, TOTAL_WEIGHT, Part, fit
from peerlink.framework.vocabularies import LanguageLevel
from tests.features.matching.people import DAY, a_participant, a_volunteer

FIRST, SECOND, WORKS, BASIC = LanguageLevel
MONDAY, SHORT = week_of(["mon 18:00-22:00"]), week_of(["mon 18:00-20:00"])
FACTS, LISTEN = "support.informational", "support.emotional.listening"


def part(code: str, volunteer: dict[str, Any], participant: dict[str, Any]) -> Part:
    found = fit(a_volunteer(**volunteer), a_participant(**participant), DAY)
    return next(part for part in found.parts if part.code == code)


def some(*words: str) -> frozenset[str]:
    return frozenset(words)


@pytest.mark.parametrize(
    ("code", "volunteer", "participant", "score"),
    [
        ("M1", {"skills": some(FACTS)}, {"needs": (f"{FACTS}.education", LISTEN)}, 0.5),
        ("M1", {"skills": some(LISTEN)}, {"needs": ("support.emotional",)}, 1),
        ("M1", {"skills": some("support.emotional.caring_comfort")}, {"needs": (LISTEN,)}, 0),
        ("M2", {"gender": "woman"}, {"wants": (Want("gender", "woman"), Want("age_near"))}, 0.75),
        ("M2", {"gender": "man"}, {"wants": (Want("gender", "woman"),)}, 0),
        ("M2", {"gender": "man"}, {"wants": (Want("gender", "woman"),) * 3 + (Want("gender", "man"),)}, 0),
        ("M3", {"life_stages": some("parent", "x")}, {"life_stages": some("parent", "student")}, 0.5),
        ("M4", {"week": MONDAY}, {"week": MONDAY}, 1),
        ("M4", {"week": MONDAY}, {"week": SHORT}, 0.75),
        ("M4", {"week": MONDAY}, {"week": SHORT, "channels": ("app", "phone")}, 0.25),
        ("M5", {}, {}, 1),
        ("M5", {"gender": "man"}, {"wants": (Want("gender", "man"),)}, 1),
        ("M5", {"gender": "man"}, {"wants": (Want("gender", "woman"),)}, 0),
        ("M6", {"birth_year": 1975}, {"birth_year": 1980}, 1),
        ("M6", {"birth_year": 1974}, {"birth_year": 1980}, 0.95),
        ("M6", {"birth_year": 1995}, {"birth_year": 1980}, 0.5),
        ("M6", {"birth_year": 1955}, {"birth_year": 1980}, 0),
        ("M6", {"birth_year": 1940}, {"birth_year": 1980}, 0),
        ("M6", {"birth_year": 1996}, {"birth_year": 2002}, 1),
        ("M6", {"birth_year": 1995}, {"birth_year": 2002}, 0.9),
        ("M6", {"birth_year": 1995}, {"birth_year": 2001}, 0.95),
        ("M7", {"communities": some("a", "b")}, {"communities": some("b")}, 1),
        ("M7", {"communities": some("a")}, {"communities": some("b")}, 0),
        ("M8", {"languages": {"en": WORKS, "zu": FIRST}}, {"languages": {"en": WORKS, "zu": FIRST}}, 1),
        ("M8", {"languages": {"en": FIRST}}, {"languages": {"en": SECOND}}, 0.6),
        ("M8", {"languages": {"en": FIRST}}, {"languages": {"en": BASIC}}, 0),
        ("M9", {"area": "A"}, {"area": "A", "channels": ("in_person",)}, 1),
        ("M9", {"area": "A", "wants_distance": True}, {"area": "A", "channels": ("in_person",)}, 0),
        (
            "M9",
            {"area": "B", "site": "S"},
            {"area": "A", "site": "S", "channels": ("in_person",), "wants_distance": True},
            0,
        ),
        ("M10", {"diagnosed_year": 2024}, {"diagnosed_year": 2026}, 1),
        ("M10", {"diagnosed_year": 2025}, {"diagnosed_year": 2026}, 0.5),
        ("M10", {"diagnosed_year": 2024}, {"life_stages": some("newly_diagnosed")}, 1),
        ("M10", {"diagnosed_year": 2010}, {"diagnosed_year": 2012}, 1),
        ("M10", {"diagnosed_year": 2011}, {"diagnosed_year": 2012}, 0.75),
        ("M10", {"diagnosed_year": 2020}, {"diagnosed_year": 2012}, 0.5),
        ("M11", {"acquired": "birth"}, {"acquired": "birth", "asks_acquired": True}, 1),
        ("M11", {"acquired": "other"}, {"acquired": "birth", "asks_acquired": True}, 0),
        ("M12", {"capacity": 4, "active": 0}, {}, 1),
        ("M12", {"capacity": 4, "active": 3}, {}, 0.25),
        ("M12", {"capacity": 2, "active": 3}, {}, 0),
    ],
)
def test_a_criterion_scores_what_the_framework_says(
    code: str, volunteer: dict[str, Any], participant: dict[str, Any], score: float
) -> None:
    found = part(code, volunteer, participant)
    assert (found.score, found.known) == (score * ONE, True)


@pytest.mark.parametrize(
    ("code", "volunteer", "participant"),
    [
        ("M1", {}, {"needs": (LISTEN,)}),
        ("M1", {"skills": some(LISTEN)}, {}),
        ("M2", {}, {}),
        ("M2", {}, {"wants": (Want("gender", "woman"),)}),
        ("M3", {"life_stages": some("parent")}, {}),
        ("M4", {}, {"channels": ()}),
        ("M5", {}, {"wants": (Want("gender", "woman"),)}),
        ("M6", {"birth_year": 1980}, {}),
        ("M7", {"communities": some("a")}, {}),
        ("M8", {"languages": {}}, {}),
        ("M9", {"area": "A"}, {"area": "A"}),
        ("M9", {"area": "A"}, {"area": "B", "channels": ("in_person",)}),
        ("M10", {"diagnosed_year": 2010}, {}),
        ("M10", {}, {"diagnosed_year": 2010}),
        ("M11", {"acquired": "birth"}, {"acquired": "birth"}),
        ("M12", {"capacity": None}, {}),
    ],
)
def test_what_is_not_known_counts_half(
    code: str, volunteer: dict[str, Any], participant: dict[str, Any]
) -> None:
    found = part(code, volunteer, participant)
    assert (found.score, found.known) == (HALF, False)


def test_the_weights_add_up_to_a_hundred() -> None:
    assert TOTAL_WEIGHT == 100
    assert list(CRITERIA) == list(LABELS) == [f"M{n}" for n in range(1, 13)]


def test_what_matters_more_weighs_more_and_what_does_not_matter_weighs_nothing() -> None:
    volunteer = {"birth_year": 1980, "capacity": 4, "active": 4}
    only = {code: 0 for code in CRITERIA if code not in {"M6", "M12"}}
    plain = fit(a_volunteer(**volunteer), a_participant(birth_year=1980, importance=only), DAY)
    keen = fit(a_volunteer(**volunteer), a_participant(birth_year=1980, importance={**only, "M6": 150}), DAY)
    assert plain.score == 700_000
    assert keen.score == 777_778
    assert keen.score == sum(found.adds for found in keen.parts)


def test_when_nothing_matters_a_pair_is_neither_good_nor_bad() -> None:
    assert fit(a_volunteer(), a_participant(importance=dict.fromkeys(CRITERIA, 0)), DAY).score == HALF


years = st.none() | st.integers(1940, 2010)
words = st.frozensets(st.sampled_from(["a", "b", "c"]))


@given(
    years,
    years,
    words,
    words,
    words,
    words,
    st.integers(0, 5),
    st.lists(st.sampled_from([0, 100, 150]), min_size=12, max_size=12),
)
def test_the_parts_add_up_to_the_score_exactly(
    one: int | None, other: int | None, a: frozenset[str], b: frozenset[str], c: frozenset[str],
    d: frozenset[str], active: int, matters: list[int],
) -> None:  # fmt: skip
    volunteer = a_volunteer(birth_year=one, life_stages=a, communities=b, skills=a, capacity=7, active=active)
    participant = a_participant(
        birth_year=other,
        life_stages=c,
        communities=d,
        needs=tuple(d),
        importance=dict(zip(CRITERIA, matters, strict=True)),
    )
    found = fit(volunteer, participant, DAY)
    assert 0 <= found.score <= ONE
    if found.parts:
        assert found.score == sum(part.adds for part in found.parts)
        exact = sum(p.weight * p.score for p in found.parts) / sum(p.weight for p in found.parts)
        assert abs(found.score - exact) <= 0.5
        assert all(
            abs(p.adds - p.weight * p.score / sum(q.weight for q in found.parts)) < 1 for p in found.parts
        )


def test_the_coordinator_sees_what_speaks_for_a_pair_against_it_and_what_is_missing() -> None:
    found = fit(
        a_volunteer(birth_year=1950, skills=some(LISTEN)),
        a_participant(birth_year=1990, needs=(LISTEN,)),
        DAY,
    )
    signs = {reason.code: reason.sign for reason in reasons(found)}
    assert signs["M1"] is Sign.TICK
    assert signs["M6"] is Sign.WARNING
    assert signs["M7"] is Sign.UNKNOWN
    assert reasons(found)[0].text == "Skills cover the needs"


def test_a_criterion_that_does_not_matter_gives_no_reason() -> None:
    found = fit(a_volunteer(), a_participant(importance={"M7": 0}), DAY)
    assert "M7" not in {reason.code for reason in reasons(found)}


def test_the_volunteer_never_reads_which_trait_is_shared() -> None:
    told = set()
    for trait in (
        ({"communities": some("sailors")}, {"communities": some("sailors")}),
        ({"acquired": "birth"}, {"acquired": "birth", "asks_acquired": True}),
        ({"life_stages": some("parent")}, {"life_stages": some("parent")}),
        ({"diagnosed_year": 2000}, {"diagnosed_year": 2026}),
        ({"gender": "woman"}, {"wants": (Want("gender", "woman"),)}),
    ):
        volunteer, participant = a_volunteer(**trait[0]), a_participant(**trait[1])
        told.add(reasons_for_volunteer(fit(volunteer, participant, DAY)))
    assert told == {("You share something the person said matters.",)}


def test_the_age_of_youth_is_counted_on_the_day() -> None:
    young = a_participant(birth_year=2001)
    older = a_volunteer(birth_year=1995)
    assert fit(older, young, dt.date(2025, 5, 4)).score > fit(older, young, DAY).score
