"""Who is on duty, and what must be there before a form that asks about harm may be sent."""

import pytest

from peerlink import clock
from peerlink.errors import Refused
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.questionnaires.sources import safety_checks
from peerlink.features.safety import listeners
from peerlink.features.safety.queries import missing
from peerlink.features.safety.queries import on_duty as on_duty_now
from peerlink.framework.safety_words import DutyKind, SafetyCause
from peerlink.store import gate
from peerlink.store.session import reading
from tests.features.safety.happenings import DAY, MONDAY_TEN, on_duty, plan_it
from tests.support import cast

pytestmark = pytest.mark.usefixtures("the_cast")
C, K = SafetyCause, DutyKind


def test_forms_that_ask_about_harm_wait_until_everything_is_there() -> None:
    assert listeners.check_somebody_is_there in safety_checks
    for prepare, left in (
        (lambda: None, 3),
        (lambda: plan_it(numbers=(), path=None), 3),
        (lambda: plan_it(path=None), 2),
        (plan_it, 1),
        (lambda: on_duty(cast.CHIPO, K.COORDINATOR, clock.today("Europe/London") - DAY), 1),
    ):
        prepare()
        with reading(), gate.opened("a test asks what is missing"):
            assert len(missing()) == left
            with pytest.raises(Refused, match="cannot be sent yet"):
                listeners.check_somebody_is_there()
    on_duty(cast.CHIPO, K.COORDINATOR)
    with reading(), gate.opened("a test asks what is missing"):
        assert missing() == []
        listeners.check_somebody_is_there()


def test_a_weekly_turn_is_on_its_weekday_only() -> None:
    monday = MONDAY_TEN.date()
    on_duty(cast.DANA, K.SUPERVISOR, monday, until_on=monday + 13 * DAY, weekday=2)
    with reading():
        days = [n for n in range(20) if on_duty_now(None, monday + n * DAY)]
        assert days == [2, 9]
        assert on_duty_now(K.COORDINATOR, monday + 2 * DAY) == []
        assert programme_zone() == "Europe/London"


def test_only_somebody_with_that_part_goes_on_duty() -> None:
    for person, kind in ((cast.AMINA, K.SUPERVISOR), (cast.DANA, K.COORDINATOR), (cast.PRIYA, K.SUPERVISOR)):
        with pytest.raises(Refused):
            on_duty(person, kind)
