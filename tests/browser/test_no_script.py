"""The whole journey again where no script runs: the pages are whole without it."""

from pathlib import Path

from tests.browser.conftest import Opens
from tests.browser.story import begin


def test_the_journey_needs_no_script(opens: Opens, tmp_path: Path) -> None:
    begin(opens, tmp_path, phone=True, java_script_enabled=False).tell()
