"""A scoring file is taken whole, or everything that is wrong with it is named."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.instruments.fhir import questionnaire_of
from peerlink.instruments.questionnaire import Questionnaire
from peerlink.instruments.reading import Fault
from peerlink.instruments.scoring import Readers, Scoring, SelfHarm
from peerlink.instruments.scoring_file import read_scoring
from tests.instruments.forms import a_choice, a_form, a_score, a_scoring, raw
from tests.instruments.test_fhir import anything

FORM = questionnaire_of(a_form(a_choice("1"), a_choice("2"), {"linkId": "t", "type": "text", "text": "More"}))


def taken(document: Any, form: Questionnaire = FORM) -> Scoring:
    found, faults = read_scoring(raw(document), form, "scoring.json")
    assert not faults
    assert found is not None
    return found


def faults_of(document: Any, form: Questionnaire = FORM) -> list[Fault]:
    found, faults = read_scoring(raw(document), form, "scoring.json")
    assert found is None
    assert all(fault.wrong and fault.right and fault.file == "scoring.json" for fault in faults)
    return faults


def test_a_plain_one_is_taken() -> None:
    found = taken(a_scoring(results_to="contact", valid_days=30, self_harm=[{"item": "2", "from": 1}]))
    assert (found.results_to, found.valid_days, found.self_harm) == (
        Readers.CONTACT,
        30,
        (SelfHarm("2", 1),),
    )
    assert found.scales[0].range == (0, 100)


def test_without_a_minimum_every_item_must_be_answered() -> None:
    score = a_score()
    del score["minimum"]
    assert taken(a_scoring(score)).scales[0].minimum == 2


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"name": ""}, "name"),
        ({"licence": None}, "licence"),
        ({"canonical": "https://example.org/other"}, "canonical"),
        ({"version": "2"}, "version"),
        ({"results_to": "everybody"}, "results_to"),
        ({"valid_days": 0}, "valid_days"),
        ({"valid_days": 1.5}, "valid_days"),
        ({"wording": "…"}, "wording"),
        ({"scores": []}, "scores"),
        ({"scores": [a_score(), a_score()]}, "scores"),
        ({"self_harm": [{"item": "7", "from": 1}]}, "self_harm[0].item"),
        ({"self_harm": [{"item": "t", "from": 1}]}, "self_harm[0].from"),
        ({"self_harm": [{"item": "1", "from": 0}]}, "self_harm[0].from"),
        ({"self_harm": [{"item": "1", "from": 5}]}, "self_harm[0].from"),
        ({"self_harm": [{"item": "1"}]}, "self_harm[0].from"),
    ],
)
def test_what_is_wrong_with_the_whole_is_named(change: dict[str, Any], path: str) -> None:
    assert path in {fault.path for fault in faults_of(a_scoring() | change)}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"id": ""}, "id"),
        ({"name": 4}, "name"),
        ({"items": []}, "items"),
        ({"items": ["1", "1"]}, "items"),
        ({"items": ["1", 2]}, "items"),
        ({"items": ["1", "9"], "reverse": []}, "items"),
        ({"items": ["1", "t"], "reverse": []}, "items"),
        ({"reverse": ["3"]}, "reverse"),
        ({"answers": [4, 0]}, "answers"),
        ({"answers": None}, "answers"),
        ({"answers": [0, 3], "range": [0, 75]}, "items"),
        ({"minimum": 0}, "minimum"),
        ({"minimum": 3}, "minimum"),
        ({"formula": "median"}, "formula"),
        ({"factor": 0}, "factor"),
        ({"range": [0, 10]}, "range"),
        ({"range": None}, "range"),
        ({"direction": "up"}, "direction"),
        ({"change": -1}, "change"),
        ({"bands": []}, "bands"),
        ({"bands": [{"from": 10, "label": "x"}]}, "bands[0].from"),
        ({"bands": [{"from": 0, "label": "x"}, {"from": 0, "label": "y"}]}, "bands"),
        ({"bands": [{"from": 0, "label": "x"}, {"from": 101, "label": "y"}]}, "bands"),
        ({"bands": [{"from": 0, "label": ""}]}, "bands[0].label"),
        ({"bands": [{"from": 0, "label": "x", "level": "red", "source": "s"}]}, "bands[0].level"),
        ({"bands": [{"from": 0, "label": "x", "level": "watch"}]}, "bands[0].source"),
        (
            {"change": None,
             "bands": [{"from": 0, "label": "x", "level": "watch", "source": "s", "only_with_rise": True}]},
            "change",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_score_is_named(change: dict[str, Any], path: str) -> None:
    assert f"scores[0].{path}" in {fault.path for fault in faults_of(a_scoring(a_score(**change)))}


@pytest.mark.parametrize("key", ["answers", "range", "direction", "bands", "items", "name", "id"])
def test_what_is_left_out_is_named(key: str) -> None:
    score = a_score()
    del score[key]
    assert f"scores[0].{key}" in {fault.path for fault in faults_of(a_scoring(score))}


def test_nobody_forgets_to_say_whether_an_item_asks_about_harm() -> None:
    document = a_scoring()
    del document["self_harm"]
    assert faults_of(document)[0].path == "self_harm"


def test_all_faults_are_named_at_once() -> None:
    document = a_scoring(
        a_score(formula="x"), a_score(id="b", items=["9"], reverse=[], minimum=1), version="2"
    )
    assert {"scores[0].formula", "scores[1].items", "version"} <= {one.path for one in faults_of(document)}


def test_answers_without_points_cannot_be_counted() -> None:
    bare = a_choice("1")
    for option in bare["answerOption"]:
        option.pop("extension")
    faults = faults_of(a_scoring(), questionnaire_of(a_form(bare, a_choice("2"))))
    assert "without points" in faults[0].wrong


@given(anything)
def test_no_json_whatever_breaks_it(document: object) -> None:
    found, faults = read_scoring(raw(document), FORM, "scoring.json")
    assert (found is None) == bool(faults)


@given(
    st.sampled_from(["name", "canonical", "self_harm", "scores", "valid_days", "results_to", "use", "items"]),
    st.sampled_from(["", *a_score()]),
    anything,
)
def test_nothing_that_looks_like_one_breaks_it(outer: str, inner: str, value: object) -> None:
    document = copy.deepcopy(a_scoring())
    if inner:
        document["scores"][0][inner] = value
    else:
        document[outer] = value
    found, faults = read_scoring(raw(document), FORM, "scoring.json")
    assert (found is None) == bool(faults)
