"""Every number a level can rest on is said in words on the page of its flag."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from peerlink import instruments
from peerlink.features.risks import rules
from peerlink.features.risks.wording import NAMES, evidence_rows


def named_in(folder: Path) -> Iterator[str]:
    """Name every number the code below a folder looks at, as far as its name stands there whole."""
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Evidence":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    yield str(first.value)


FOUND = sorted({one for part in (rules, instruments) for one in named_in(Path(str(part.__file__)).parent)})


def test_the_rules_look_at_many_numbers() -> None:
    assert {"days_late", "exposed", "load_ratio", "strain"} <= set(FOUND)


@pytest.mark.parametrize("name", FOUND)
def test_every_number_a_rule_looks_at_has_words(name: str) -> None:
    assert NAMES.get(name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("days_left_listening", "Days left of the training listening"),
        ("days_left_first", "Days left of the training that runs out first"),
        ("topic_grief", "Grief without training for it, 90 days"),
        ("score:Made up, Weight", "Made up, Weight"),
        ("v8", "Thanks to something I did, somebody had it easier."),
    ],
)
def test_a_number_named_after_something_says_what(name: str, said: str) -> None:
    one = {"name": name, "value": 3, "unit": "days", "threshold": 2, "n": None}
    assert evidence_rows([one]) == [{"name": said, "value": "3", "line": "2", "n": "–"}]
