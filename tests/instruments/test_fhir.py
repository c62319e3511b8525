"""A questionnaire is taken whole, or everything that is wrong with it is named."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerlink.instruments.fhir import MOST_ITEMS, questionnaire_of, read_questionnaire
from peerlink.instruments.questionnaire import Kind, Questionnaire
from peerlink.instruments.reading import MOST_BYTES, Fault
from tests.instruments.forms import a_choice, a_form, raw

MIN, MAX = (f"http://hl7.org/fhir/StructureDefinition/{name}" for name in ("minValue", "maxValue"))


def read(document: object) -> Questionnaire:
    found, faults = read_questionnaire(raw(document))
    assert not faults
    assert found is not None
    return found


def faults_of(document: object) -> list[Fault]:
    found, faults = read_questionnaire(raw(document))
    assert found is None
    assert faults
    assert all(fault.wrong and fault.right for fault in faults)
    return faults


def test_a_plain_one_is_taken() -> None:
    found = read(a_form(language="en", copyright="Ours."))
    assert (found.title, found.version, found.language, found.copyright) == (
        "Two made-up sentences",
        "1",
        "en",
        "Ours.",
    )
    first = found.asked()[0]
    assert (first.kind, first.options[3].text, first.points("a3"), first.points("nothing")) == (
        Kind.CHOICE,
        "Answer 3",
        3,
        None,
    )


def test_every_kind_of_item_that_can_be_asked() -> None:
    found = read(
        a_form(
            {"linkId": "h", "type": "display", "text": "Read this."},
            {
                "linkId": "g",
                "type": "group",
                "text": "First",
                "item": [
                    a_choice("c"),
                    {"linkId": "i", "type": "integer", "text": "How often", "prefix": "2.",
                     "extension": [{"url": MIN, "valueInteger": 0}, {"url": MAX, "valueInteger": 7}]},
                    {"linkId": "d", "type": "decimal", "text": "How much"},
                ],
            },
            {"linkId": "b", "type": "boolean", "text": "Ever", "required": True},
            {"linkId": "t", "type": "string", "text": "Anything else"},
        )
    )  # fmt: skip
    assert [(one.link_id, one.kind.value) for one in found.asked()] == [
        ("c", "choice"), ("i", "integer"), ("d", "decimal"), ("b", "boolean"), ("t", "text"),
    ]  # fmt: skip
    kinds = {one.link_id: one for one in found.asked()}
    assert (kinds["i"].bounds(), kinds["i"].text, kinds["i"].points(4)) == ((0, 7), "2. How often", 4)
    assert (kinds["d"].bounds(), kinds["b"].bounds(), kinds["t"].bounds()) == (None, (0, 1), None)
    assert (kinds["b"].points(True), kinds["b"].points("yes"), kinds["t"].points("x")) == (1, None, None)
    assert kinds["b"].required
    assert [[one.link_id for one in page.items] for page in found.pages()] == [
        ["h"],
        ["c", "i", "d"],
        ["b", "t"],
    ]


def test_whole_numbers_to_choose_count_as_they_are() -> None:
    found = read(
        a_form(
            {
                "linkId": "1",
                "type": "choice",
                "text": "Which",
                "answerOption": [{"valueInteger": 1}, {"valueInteger": 9999}],
            }
        )
    )
    assert [(one.code, one.points) for one in found.asked()[0].options] == [("1", 1), ("9999", 9999)]


def test_points_are_found_at_the_answer_and_at_its_coding() -> None:
    inside = a_choice("1")
    for option in inside["answerOption"]:
        option["valueCoding"]["extension"] = option.pop("extension")
    assert read(a_form(inside)).asked()[0].bounds() == (0, 4)


ITEM = a_choice("1")


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"resourceType": "Patient"}, "resourceType"),
        ({"url": "our form"}, "url"),
        ({"url": None}, "url"),
        ({"version": ""}, "version"),
        ({"title": 5}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "a\u0000b"}, "title"),
        ({"language": "<b>"}, "language"),
        ({"status": "retired"}, "status"),
        ({"status": "lost"}, "status"),
        ({"implicitRules": "x"}, "implicitRules"),
        ({"item": []}, "item"),
        ({"item": "1"}, "item"),
        ({"item": ["1"]}, "item[0]"),
        ({"item": [ITEM, ITEM]}, "item"),
        ({"item": [ITEM | {"linkId": ""}]}, "item[0].linkId"),
        ({"item": [ITEM | {"text": "  "}]}, "item[0].text"),
        ({"item": [ITEM | {"type": "attachment"}]}, "item[0].type"),
        ({"item": [ITEM | {"type": ["choice"]}]}, "item[0].type"),
        ({"item": [ITEM | {"enableWhen": [{"question": "2"}]}]}, "item[0].enableWhen"),
        ({"item": [ITEM | {"answerValueSet": "http://x"}]}, "item[0].answerValueSet"),
        ({"item": [ITEM | {"initial": [{"valueInteger": 1}]}]}, "item[0].initial"),
        ({"item": [ITEM | {"modifierExtension": [{}]}]}, "item[0].modifierExtension"),
        ({"item": [ITEM | {"repeats": True}]}, "item[0].repeats"),
        ({"item": [ITEM | {"required": "yes"}]}, "item[0].required"),
        ({"item": [ITEM | {"answerOption": [{"valueInteger": 1}]}]}, "item[0].answerOption"),
        ({"item": [ITEM | {"answerOption": [{"valueDate": "x"}] * 2}]}, "item[0].answerOption[0]"),
        ({"item": [ITEM | {"answerOption": [{"valueInteger": 1}] * 2}]}, "item[0].answerOption"),
        ({"item": [ITEM | {"item": [a_choice("2")]}]}, "item[0].item"),
        ({"item": [ITEM, {"linkId": "g", "type": "group"}]}, "item[1]"),
        ({"item": [{"linkId": "d", "type": "display", "text": "Read."}]}, "item"),
        ({"item": [a_choice(str(n)) for n in range(MOST_ITEMS + 1)]}, "item"),
    ],
)
def test_what_cannot_be_asked_is_named_with_its_place(change: dict[str, Any], path: str) -> None:
    assert path in {fault.path for fault in faults_of(a_form() | change)}


def test_an_answer_chosen_beforehand_is_refused() -> None:
    item = a_choice("1")
    item["answerOption"][0]["initialSelected"] = True
    assert faults_of(a_form(item))[0].path == "item[0].answerOption[0].initialSelected"


def test_all_faults_are_named_at_once() -> None:
    paths = [fault.path for fault in faults_of(a_form(ITEM | {"type": "url"}, title="", version=None))]
    assert paths[:3] == ["version", "title", "item[0].type"]


@pytest.mark.parametrize(
    "broken",
    [b"", b"{", b"\xff\xfe", b"[1]", b"null", b"5", b'{"a": NaN}', b"[" * 100_000, b" " * (MOST_BYTES + 1)],
)
def test_what_is_no_json_is_said_so(broken: bytes) -> None:
    found, faults = read_questionnaire(broken)
    assert found is None
    assert len(faults) == 1


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
KEYS = st.sampled_from(
    ["linkId", "type", "text", "prefix", "required", "item", "answerOption", "extension", "repeats",
     "valueCoding", "valueInteger", "valueString", "url", "version", "title", "language", "status", "code",
     "display", "copyright", "initialSelected"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["choice", "group", "integer", "decimal", "boolean", "text", "display", "active", "1"]
)
formlike = st.recursive(
    WORDS | st.integers() | st.booleans() | st.text(max_size=5) | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=30,
)


@given(anything)
def test_no_json_whatever_breaks_it(document: object) -> None:
    found, faults = read_questionnaire(raw(document))
    assert (found is None) == bool(faults)


@given(st.dictionaries(KEYS, formlike, max_size=8))
def test_nothing_that_looks_like_a_form_breaks_it(changes: dict[str, Any]) -> None:
    found, faults = read_questionnaire(raw(a_form() | changes))
    assert (found is None) == bool(faults)


@given(st.binary(max_size=200))
def test_no_bytes_whatever_break_it(given_bytes: bytes) -> None:
    found, faults = read_questionnaire(given_bytes)
    assert (found is None) == bool(faults)


titles = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=40).filter(str.strip)


@given(titles, st.lists(titles, min_size=1, max_size=6), st.booleans())
def test_what_was_kept_reads_as_it_was(title: str, texts: list[str], in_group: bool) -> None:
    items = [a_choice(str(n), text) for n, text in enumerate(texts)]
    wrapped = [{"linkId": "g", "type": "group", "item": items}] if in_group else items
    found = read(a_form(*wrapped, title=title))
    assert questionnaire_of(found.as_document()) == found
