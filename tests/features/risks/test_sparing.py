"""Matching by command spares whom the records show to be in need, flags kept or not (H17)."""

import datetime as dt
import json

import pytest
from click.testing import CliRunner
from sqlalchemy import delete

from peerlink.cli_match import match_group
from peerlink.features.risks import service
from peerlink.features.risks.models import Flag, FlagStep
from peerlink.features.risks.queries import get_flag_to_move
from peerlink.framework.vocabularies import ContactRequest
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.features.risks.happenings import amina_answers, in_days, open_flags, today
from tests.support.cast import AMINA_ID, DANA

pytestmark = pytest.mark.usefixtures("the_cast")
DAY = dt.timedelta(days=1)


def may_be_matched(on: dt.date) -> bool:
    group = match_group(lambda command: command, lambda: None)
    asked = ["explain", "P203", "V101", "--format", "json", "--as-of", on.isoformat()]
    found = json.loads(CliRunner().invoke(group, asked).stdout)["constraints"]
    return next(one["holds"] for one in found if one["id"] == "H17")


def forget_flags() -> None:
    with transaction():
        session.execute(delete(FlagStep))
        session.execute(delete(Flag))


@pytest.mark.parametrize(
    ("request_", "may"), [(ContactRequest.TODAY, False), (ContactRequest.THIS_WEEK, True)]
)
def test_whoever_is_critical_by_the_records_is_spared_without_a_flag(
    request_: ContactRequest, may: bool
) -> None:
    amina_answers(request_)
    forget_flags()
    assert may_be_matched(today()) is may


def test_a_day_before_it_happened_knows_nothing_of_it() -> None:
    amina_answers(ContactRequest.TODAY)
    assert may_be_matched(today() - DAY)


def test_the_supervisor_releases_from_that_day_on() -> None:
    amina_answers(ContactRequest.TODAY)
    with in_days(2):
        with gate.access(gate.Access(DANA.viewer.account_id, DANA.viewer.opens(), set())), transaction():
            flag = get_flag_to_move(open_flags(AMINA_ID)["R20"].id, DANA.viewer)
            service.release(flag, "We agreed on one more.", DANA.viewer)
        assert may_be_matched(today())
        assert not may_be_matched(today() - DAY)
