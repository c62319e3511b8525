"""A volunteer's life, from an offer of help to the last day, with script and without."""

import pytest

from tests.browser import life_begins, life_ends, life_goes_on
from tests.browser.conftest import Opens
from tests.browser.life import begin

TAPS = {
    "attendance of fifteen": 2,
    "a check-in of fourteen sentences": 15,
    "a card answered": 1,
    "a session held": 3,
    "a claim sent": 2,
    "ten claims approved": 2,
    "a report without a name": 3,
    "a call asked for": 2,
    "out and back": 2,
}
"""How many taps each takes, from Today or from the page it stands on; words typed are not counted."""


@pytest.mark.usefixtures("the_cast")
@pytest.mark.parametrize(
    ("phone", "scripts"), [(False, True), (True, False)], ids=["with script", "without, on phones"]
)
def test_a_volunteers_life_is_told_from_the_first_word_to_the_last_day(
    opens: Opens, phone: bool, scripts: bool
) -> None:
    life = begin(opens, phone=phone, scripts=scripts)
    for chapter in (*life_begins.CHAPTERS, *life_goes_on.CHAPTERS, *life_ends.CHAPTERS):
        chapter(life)
    assert life.counted == TAPS
