"""Whoever left long before the workbook came is forgotten too, and somebody sees it coming."""

import datetime as dt
from pathlib import Path

import pytest

from peerlink import clock
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.months import months_later
from tests.features.moving.support import bring, everything, opened, spoiled

pytestmark = pytest.mark.usefixtures("clean_database")
TODAY = clock.today("Europe/London")


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (TODAY - dt.timedelta(days=4000), TODAY + dt.timedelta(days=30)),
        (TODAY - dt.timedelta(days=100), months_later(TODAY - dt.timedelta(days=100), 24)),
    ],
)
def test_whoever_left_has_a_day_that_can_be_seen_coming(
    tmp_path: Path, since: dt.date, until: dt.date
) -> None:
    gone = {"ref": "V9", "given_name": "Ode", "email": "", "phone": "", "status": "left"}
    gone |= {"joined_on": (since - dt.timedelta(days=90)).isoformat(), "status_since": since.isoformat()}
    gone |= {"leave_reason": "moved"}
    sheets = spoiled(lambda all_: all_["volunteers"].append(all_["volunteers"][1] | gone))
    assert bring(tmp_path, sheets).faults == []
    with opened():
        (one,) = [row for row in everything(Volunteer) if row.ref == "V9"]
        assert one.keep_until == until
