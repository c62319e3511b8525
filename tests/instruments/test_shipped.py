"""The scoring facts PeerLink ships: cut-offs to the letter, and not a word of anybody's questions."""

from typing import Any

import pytest

from peerlink.framework.levels import Level
from peerlink.instruments.fhir import questionnaire_of
from peerlink.instruments.questionnaire import Questionnaire
from peerlink.instruments.scoring import Readers, Result, Scoring
from peerlink.instruments.scoring_file import read_scoring, shipped_scoring
from peerlink.instruments.shipped import SHIPPED
from tests.instruments.forms import URL, a_choice, a_form, many, raw

OK, WATCH, ALERT, CRITICAL = Level.OK, Level.WATCH, Level.ALERT, Level.CRITICAL
POINTS = {
    "cbi": (0, 25, 50, 75, 100),
    "proqol-5": (1, 2, 3, 4, 5),
    "olbi": (1, 2, 3, 4),
    "single-item": (1, 2, 3, 4, 5),
    "phq-2": (0, 1, 2, 3),
    "phq-9": (0, 1, 2, 3),
}


def items_of(name: str) -> dict[str, list[str]]:
    """Number the items through, score after score."""
    found, n = {}, 0
    for score in SHIPPED[name]["scores"]:
        found[score["id"]] = [str(one) for one in range(n + 1, n + score["items"] + 1)]
        n += score["items"]
    return found


def form_of(name: str) -> Questionnaire:
    n = sum(len(one) for one in items_of(name).values())
    return questionnaire_of(a_form(*many(n, POINTS[name])))


def used(name: str, **changes: Any) -> dict[str, Any]:
    items = items_of(name)
    turned = [
        item for score in SHIPPED[name]["scores"] for item in items[score["id"]][: score["reverse"] or 0]
    ]
    document = {"use": name, "canonical": URL, "version": "1", "items": items, "reverse": turned}
    return document | changes


def scoring_of(name: str) -> Scoring:
    found, faults = read_scoring(raw(used(name)), form_of(name), "scoring.json")
    assert not faults
    assert found is not None
    return found


def scored(name: str, scale: str, total: float, before: float | None = None) -> Result:
    """Score a scale whose items come to this sum once those that ask the other way are turned round."""
    one = next(one for one in scoring_of(name).scales if one.id == scale)
    low, high = one.answers
    left, points = total - low * len(one.items), {}
    for item in one.items:
        more = min(left, high - low)
        left -= more
        points[item] = one.turned(item, low + more)
    return one.result(points, before)


def test_these_are_shipped_and_no_others() -> None:
    assert list(SHIPPED) == ["cbi", "olbi", "phq-2", "phq-9", "proqol-5", "single-item"]


@pytest.mark.parametrize("name", SHIPPED)
def test_each_is_whole_once_the_items_are_named(name: str) -> None:
    found = scoring_of(name)
    assert all(scale.minimum == len(scale.items) for scale in found.scales)
    assert found.licence


@pytest.mark.parametrize("name", SHIPPED)
def test_no_word_of_a_question_is_shipped(name: str) -> None:
    """Whatever is longer than a label is the licence or where a line comes from."""

    def texts(value: Any, key: str = "") -> list[tuple[str, str]]:
        if isinstance(value, dict):
            return [found for name, inner in value.items() for found in texts(inner, name)]
        if isinstance(value, list):
            return [found for inner in value for found in texts(inner, key)]
        return [(key, value)] if isinstance(value, str) else []

    for key, said in texts(SHIPPED[name]):
        assert key in {"licence", "source"} or len(said) <= 40, said
        assert "?" not in said
        assert len(said) <= 160
    assert all(isinstance(score["items"], int) for score in SHIPPED[name]["scores"])


@pytest.mark.parametrize("scale", ["personal", "work", "client"])
@pytest.mark.parametrize(
    ("mean", "level"), [(49.9, OK), (50, WATCH), (74.9, WATCH), (75, ALERT), (100, ALERT)]
)
def test_cbi_lies_at_50_and_75(scale: str, mean: float, level: Level) -> None:
    one = next(one for one in scoring_of("cbi").scales if one.id == scale)
    points = {item: one.turned(item, mean) for item in one.items}
    found = one.result(points)
    assert found.value == pytest.approx(mean)
    assert found.level is level


def test_cbi_has_no_total_and_one_work_item_turned_round() -> None:
    found = scoring_of("cbi")
    assert [(scale.id, len(scale.items), len(scale.reverse)) for scale in found.scales] == [
        ("personal", 6, 0),
        ("work", 7, 1),
        ("client", 6, 0),
    ]


@pytest.mark.parametrize(
    ("scale", "total", "before", "level"),
    [
        ("burnout", 22, 10, OK),
        ("burnout", 23, 16, WATCH),
        ("burnout", 23, 17, OK),
        ("burnout", 23, None, OK),
        ("burnout", 41, 34, WATCH),
        ("burnout", 41, 35, OK),
        ("burnout", 42, None, ALERT),
        ("stress", 41, 10, OK),
        ("stress", 42, None, ALERT),
        ("satisfaction", 23, None, OK),
        ("satisfaction", 22, None, ALERT),
        ("satisfaction", 50, None, OK),
    ],
)
def test_proqol_lies_at_22_and_42_and_counts_a_rise_of_seven(
    scale: str, total: int, before: float | None, level: Level
) -> None:
    found = scored("proqol-5", scale, total, before)
    assert (found.value, found.level) == (total, level)


@pytest.mark.parametrize(
    ("name", "scale", "total", "level"),
    [
        ("single-item", "burnout", 2, OK),
        ("single-item", "burnout", 3, WATCH),
        ("single-item", "burnout", 4, ALERT),
        ("single-item", "burnout", 5, ALERT),
        ("phq-2", "total", 1, OK),
        ("phq-2", "total", 2, WATCH),
        ("phq-2", "total", 3, ALERT),
        ("phq-9", "total", 9, OK),
        ("phq-9", "total", 10, ALERT),
        ("phq-9", "total", 19, ALERT),
        ("phq-9", "total", 20, CRITICAL),
        ("olbi", "exhaustion", 32, OK),
        ("olbi", "disengagement", 32, OK),
    ],
)
def test_each_line_is_met_from_both_sides(name: str, scale: str, total: int, level: Level) -> None:
    found = scored(name, scale, total)
    assert (found.value, found.level) == (total, level)


@pytest.mark.parametrize(("answer", "tells"), [("a0", False), ("a1", True), ("a3", True)])
def test_the_ninth_item_of_the_phq_9_is_heard(answer: str, tells: bool) -> None:
    assert scoring_of("phq-9").tells_of_harm(form_of("phq-9"), {"9": answer}) is tells
    assert not scoring_of("phq-9").tells_of_harm(form_of("phq-9"), {"8": "a3"})


def test_results_of_the_phq_go_to_whom_the_person_chooses() -> None:
    to = {name: scoring_of(name).results_to for name in SHIPPED}
    assert {name for name, readers in to.items() if readers is Readers.CONTACT} == {"phq-2", "phq-9"}


@pytest.mark.parametrize("name", ["phq-2", "phq-9", "single-item"])
def test_where_the_order_says_it_all_the_name_is_enough(name: str) -> None:
    found, faults = shipped_scoring(name, form_of(name))
    assert not faults
    assert found == scoring_of(name)


@pytest.mark.parametrize("name", ["cbi", "olbi", "proqol-5"])
def test_where_it_does_not_the_programme_says_which_items(name: str) -> None:
    found, faults = shipped_scoring(name, form_of(name))
    assert found is None
    assert '"use"' in faults[0].right


def test_an_item_too_many_is_not_passed_over() -> None:
    found, faults = shipped_scoring("phq-2", questionnaire_of(a_form(*many(3, (0, 1, 2, 3)))))
    assert found is None
    assert faults[0].path == "items.total"


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"use": "mbi"}, "use"),
        ({"items": None}, "items"),
        ({"items": {"personal": ["1"]}}, "items.personal"),
        ({"items": items_of("cbi") | {"total": ["1"]}}, "items.total"),
        ({"reverse": []}, "items.work"),
        ({"reverse": ["7", "99"]}, "reverse"),
        ({"version": "2"}, "version"),
        ({"scores": []}, "scores"),
    ],
)
def test_what_is_wrong_with_a_small_file_is_named(change: dict[str, Any], path: str) -> None:
    found, faults = read_scoring(raw(used("cbi") | change), form_of("cbi"), "scoring.json")
    assert found is None
    assert path in {fault.path for fault in faults}


def test_answers_that_give_other_points_are_named() -> None:
    form = questionnaire_of(a_form(a_choice("1", points=(0, 1, 2, 3, 4))))
    found, faults = shipped_scoring("single-item", form)
    assert found is None
    assert "0 to 4" in faults[0].wrong
    assert "1 to 5" in faults[0].right
