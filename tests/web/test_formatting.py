"""How weekly times are written."""

import pytest
from flask import Flask
from flask_babel import force_locale

from peerlink.web.formatting import slot


@pytest.mark.parametrize(
    ("locale", "kept", "written"),
    [
        ("en", "mon 10:00-12:00", "Mon 10:00-12:00"),
        ("en", "sun 18:30-20:00", "Sun 18:30-20:00"),
        ("fr", "tue 09:00-10:00", "mar. 09:00-10:00"),
        ("en", "whenever", "whenever"),
    ],
)
def test_a_weekly_time_has_the_weekday_of_the_language(
    app: Flask, locale: str, kept: str, written: str
) -> None:
    with app.test_request_context(), force_locale(locale):
        assert slot(kept) == written
