"""Before somebody begins their first session stands; the next ones are planned with one tap."""

import datetime as dt

import pytest
from sqlalchemy import select

from peerlink.errors import Refused
from peerlink.features.supervision import agreeing
from peerlink.features.supervision.models import AgreedAction, Supervision
from peerlink.features.supervision.rules import Agreed, suggested_on
from peerlink.features.supervision.service import check_first_booked
from peerlink.features.volunteers import service as volunteers
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.vocabularies import LeaveReason, SupervisionStatus, VolunteerStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories.volunteers import volunteer_draft
from tests.features.supervision.deeds import DAY, TODAY, held, planned, sessions
from tests.support import cast
from tests.support.visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_cast")
S = SupervisionStatus
MONDAY = dt.date(2026, 6, 1)


@pytest.mark.parametrize(
    ("due", "today", "day"),
    [
        (None, 0, 1),
        (-10, 0, 1),
        (0, 0, 1),
        (2, 0, 2),
        (5, 0, 4),
        (6, 0, 4),
        (7, 0, 7),
        (None, 4, 7),
        (5, 4, 7),
        (6, 5, 7),
    ],
)
def test_a_talk_is_suggested_for_a_working_day_from_tomorrow_on(
    due: int | None, today: int, day: int
) -> None:
    wanted = None if due is None else MONDAY + due * DAY
    assert suggested_on(wanted, MONDAY + today * DAY) == MONDAY + day * DAY


def test_one_tap_plans_the_next_talk_once(danas_desk: Visitor) -> None:
    held(TODAY - 50 * DAY)
    page = danas_desk.visit("/supervision").text
    assert "8 days late" in page
    address = f"/volunteers/{cast.AMINA_ID}/supervision/next"
    for _twice in range(2):
        assert danas_desk.send(address, opened="/supervision").status_code == 303
        assert sessions("status") == [S.HELD, S.SCHEDULED]
    assert sessions("held_on")[1] == suggested_on(TODAY - 8 * DAY, TODAY)
    assert "days late" not in danas_desk.visit("/supervision").text


def begin(status: VolunteerStatus = VolunteerStatus.TRAINING, since: int = 5) -> None:
    with transaction(), gate.opened("a test"):
        amina = session.get_one(Volunteer, cast.AMINA_ID)
        amina.status, amina.status_since = status, TODAY - since * DAY


def may_begin() -> bool:
    with transaction(), gate.opened("a test asks"):
        try:
            check_first_booked(session.get_one(Volunteer, cast.AMINA_ID))
        except Refused:
            return False
        return True


def test_nobody_begins_before_a_first_session_is_planned_or_was_held() -> None:
    begin()
    held(TODAY - 6 * DAY)
    assert not may_begin(), "a talk before the training is no first session"
    one = planned(TODAY + 3 * DAY)
    assert may_begin()
    with transaction(), gate.opened("a test"):
        session.get_one(Supervision, one).status = S.CANCELLED
    assert not may_begin()
    held(TODAY - 5 * DAY)
    assert may_begin()


def test_whoever_comes_back_from_a_pause_needs_none() -> None:
    begin(VolunteerStatus.PAUSED)
    assert may_begin()


def test_the_step_itself_asks_for_it() -> None:
    with transaction(), gate.opened("a test takes somebody along"):
        newcomer = volunteers.add_volunteer(
            volunteer_draft(
                capacity=2, agreed_hours=8, supervisor_id=cast.DANA.viewer.account_id, agreement_on=TODAY
            ),
            by=None,
        )
        for state in (VolunteerStatus.SCREENING, VolunteerStatus.TRAINING):
            newcomer.status, newcomer.status_since = state, TODAY
        checks = volunteers._checks[VolunteerStatus.ACTIVE]
        assert check_first_booked in checks
        with pytest.raises(Refused, match="Their supervisor plans one"):
            check_first_booked(newcomer)


def test_somebody_in_training_stands_on_the_desk_of_their_supervisor(danas_desk: Visitor) -> None:
    begin()
    assert "before they begin" in danas_desk.visit("/supervision").text


def test_what_is_planned_or_agreed_with_somebody_who_leaves_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    one = planned(TODAY + 3 * DAY)
    with transaction(), gate.opened("a test agrees on something"):
        agreeing.agree(session.get_one(Supervision, one), [Agreed("Ring the hall", TODAY)], by=None)
    monkeypatch.setitem(volunteers._checks, VolunteerStatus.LEFT, [])
    with transaction(), gate.opened("a test lets Amina leave"):
        amina = session.get_one(Volunteer, cast.AMINA_ID)
        volunteers.step(amina, VolunteerStatus.LEFT, by=None, reason=LeaveReason.MOVED)
        assert session.get_one(Supervision, one).status is S.CANCELLED
        assert session.scalars(select(AgreedAction.dropped_on)).all() == [TODAY]
