"""From a workbook to somebody who is cared for, as four people at their own devices."""

from pathlib import Path

import pytest

from tests.browser.conftest import Opens
from tests.browser.story import begin


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_from_a_workbook_to_somebody_who_is_cared_for(opens: Opens, tmp_path: Path, phone: bool) -> None:
    begin(opens, tmp_path, phone=phone).tell()
