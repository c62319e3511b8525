"""The example in docs/instruments.md is whole and says what the page says."""

import json
import re
from pathlib import Path

from peerlink.framework.levels import Level
from peerlink.instruments.scoring_file import read_both
from peerlink.instruments.shipped import SHIPPED

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "instruments.md").read_text("utf-8")
FORM, SCORING, SMALL = (json.loads(one) for one in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL))


def test_the_example_can_be_brought_as_it_stands() -> None:
    what, faults = read_both(json.dumps(FORM).encode(), json.dumps(SCORING).encode(), "", ("form", "scoring"))
    assert faults == []
    assert what is not None
    (heavy,) = what.scoring.results(what.questionnaire, {"bag": "yes", "walk": "some"})
    assert (heavy.value, heavy.band, heavy.level) == (75, "Heavy", Level.WATCH)


def test_the_small_file_says_all_that_is_not_known() -> None:
    known = SHIPPED[SMALL["use"]]
    assert {one["id"]: one["items"] for one in known["scores"]} == {
        score: len(items) for score, items in SMALL["items"].items()
    }
    assert len(SMALL["reverse"]) == sum(one["reverse"] for one in known["scores"])


def test_every_shipped_scoring_stands_on_the_page() -> None:
    assert all(f"| `{name}` |" in PAGE for name in SHIPPED)
