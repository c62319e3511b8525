"""Questionnaires of our own, made up for the tests: no word of them is anybody else's."""

import json
from typing import Any

URL = "https://example.org/questionnaires/made-up"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"


def a_choice(link_id: str, text: str = "", points: tuple[float, ...] = (0, 1, 2, 3, 4)) -> dict[str, Any]:
    return {
        "linkId": link_id,
        "type": "choice",
        "text": text or f"Made-up sentence {link_id}.",
        "answerOption": [
            {
                "valueCoding": {"code": f"a{n}", "display": f"Answer {n}"},
                "extension": [{"url": ORDINAL, "valueDecimal": value}],
            }
            for n, value in enumerate(points)
        ],
    }


def a_form(*items: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "resourceType": "Questionnaire",
        "url": URL,
        "version": "1",
        "title": "Two made-up sentences",
        "status": "active",
        "item": list(items) or [a_choice("1"), a_choice("2")],
    } | changes


def a_score(**changes: Any) -> dict[str, Any]:
    return {
        "id": "weight",
        "name": "Weight",
        "items": ["1", "2"],
        "reverse": ["2"],
        "answers": [0, 4],
        "minimum": 2,
        "formula": "mean",
        "factor": 25,
        "range": [0, 100],
        "direction": "higher_worse",
        "change": 30,
        "bands": [
            {"from": 0, "label": "Light"},
            {"from": 50, "label": "Heavy", "level": "watch", "source": "Made up."},
            {"from": 75, "label": "Very heavy", "level": "alert", "source": "Made up."},
        ],
    } | changes


def a_scoring(*scores: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "name": "Made up",
        "canonical": URL,
        "version": "1",
        "licence": "Ours; free for everybody.",
        "self_harm": [],
        "scores": list(scores) or [a_score()],
    } | changes


def raw(document: object) -> bytes:
    return json.dumps(document).encode()


def many(n: int, points: tuple[float, ...]) -> list[dict[str, Any]]:
    """Make as many items as a shipped scoring counts, under the names 1 to n."""
    return [a_choice(str(one), points=points) for one in range(1, n + 1)]
