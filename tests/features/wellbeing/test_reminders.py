"""A waiting check-in is told of twice: when it is asked, and halfway; never to whoever need not answer."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select

from peerlink import clock
from peerlink.events import Wording, listen
from peerlink.features.matching.models import Match
from peerlink.features.notices.models import Notice
from peerlink.features.notices.rounds import send_due
from peerlink.features.programmes.models import Programme
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.service import step
from peerlink.features.wellbeing import service
from peerlink.features.wellbeing.events import CheckinReminded
from peerlink.features.wellbeing.models import Checkin
from peerlink.features.wellbeing.reminding import remind
from peerlink.features.wellbeing.rules import CheckinDraft, is_to_be_reminded
from peerlink.framework.parameters import Limits
from peerlink.framework.people_words import VolunteerStatus
from peerlink.jobs import JOBS
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.notices.letters import a_server, set_up
from tests.features.risks.happenings import FINE
from tests.support import cast

AMINA = cast.AMINA.viewer.account_id
TODAY = dt.date(2026, 6, 30)
MORNING = dt.datetime(2026, 6, 30, 2, 0, tzinfo=dt.UTC)
"""Three in the programme's zone."""
heard: list[CheckinReminded] = []


def _hear(event: CheckinReminded) -> None:
    heard.append(event)


@pytest.fixture(autouse=True)
def _house(the_cast: object) -> Iterator[None]:
    heard.clear()
    listen(CheckinReminded, _hear)
    with clock.turned_to(MORNING):
        yield


def asked(days_ago: int = 0, who: uuid.UUID = cast.AMINA_ID) -> uuid.UUID:
    with transaction(), gate.opened("a test asks"):
        return service.ask(who, TODAY - dt.timedelta(days=days_ago)).id


def nights(*days: int) -> list[int]:
    """Go through these nights, counted from today; return those in which Amina was reminded."""
    found = []
    for day in days:
        heard.clear()
        with transaction(), gate.opened("a test's night"):
            remind(TODAY + dt.timedelta(days=day))
        found += [day for one in heard if one.volunteer_id == cast.AMINA_ID]
    return found


def answered(checkin_id: uuid.UUID) -> None:
    service.answer(session.get_one(Checkin, checkin_id), CheckinDraft(FINE), by=AMINA)


def skipped(checkin_id: uuid.UUID) -> None:
    service.skip(session.get_one(Checkin, checkin_id), "away", by=AMINA)


def paused(_checkin_id: uuid.UUID) -> None:
    amina = session.get_one(Volunteer, cast.AMINA_ID)
    step(
        amina,
        VolunteerStatus.PAUSED,
        by=None,
        reason="health",
        review_on=clock.today("Europe/London") + dt.timedelta(days=20),
    )


def gone(_checkin_id: uuid.UUID) -> None:
    session.get_one(Volunteer, cast.AMINA_ID).status = VolunteerStatus.LEFT


def do(deed: Callable[[uuid.UUID], None], checkin_id: uuid.UUID) -> None:
    with transaction(), gate.opened("a test"):
        deed(checkin_id)


def letters() -> int:
    """Send what is due and return how many letters arrived."""
    with a_server() as box:
        set_up(box.port)
        send_due()
    return len([one for one in box.arrived if one[1] == ["amina@example.org"]])


def test_it_comes_once_after_a_week_and_never_again() -> None:
    asked()
    assert nights(*range(40)) == [7]
    assert nights(7, 7, 8) == []


def test_a_job_that_runs_twice_reminds_once() -> None:
    asked(days_ago=7)
    assert nights(0, 0) == [0]
    with reading():
        told = session.scalars(select(Notice.wording).where(Notice.account_id == AMINA)).all()
    assert told == [Wording.FORM, Wording.FORM]


def test_nights_that_were_missed_are_made_up_for_while_it_can_be_answered() -> None:
    asked()
    assert nights(11) == [11]
    asked(days_ago=1)
    assert nights(14) == []


@pytest.mark.parametrize("deed", [answered, skipped, paused, gone])
def test_nobody_is_reminded_who_need_not_answer(deed: Callable[[uuid.UUID], None]) -> None:
    do(deed, asked())
    assert nights(*range(15)) == []


def test_whoever_comes_back_in_time_is_reminded() -> None:
    do(paused, asked())
    assert nights(*range(9)) == []
    with transaction(), gate.opened("a test"):
        session.get_one(Volunteer, cast.AMINA_ID).status = VolunteerStatus.ACTIVE
    assert nights(*range(9, 20)) == [9]


@pytest.mark.parametrize("deed", [answered, skipped, paused])
def test_what_was_done_before_the_morning_keeps_the_reminder_from_being_sent(
    deed: Callable[[uuid.UUID], None],
) -> None:
    checkin_id = asked(days_ago=7)
    assert nights(0) == [0]
    do(deed, checkin_id)
    with clock.turned_to(MORNING + dt.timedelta(hours=8)):
        assert letters() == 0


def test_a_reminder_nobody_acted_on_comes_in_the_morning_as_one_letter_with_what_waited() -> None:
    asked(days_ago=7)
    assert nights(0) == [0]
    assert letters() == 0
    with clock.turned_to(MORNING + dt.timedelta(hours=8)):
        assert letters() == 1


def test_until_two_are_missed_there_are_two_messages_for_each_and_no_more() -> None:
    told = []
    with transaction():
        session.get_one(Match, cast.AMINA_EFE).started_on = TODAY - dt.timedelta(days=28)
    for day in range(45):
        with clock.turned_to(MORNING + dt.timedelta(days=day)):
            with transaction(), gate.opened("a test's night"):
                service.ask_and_expire(clock.today("Europe/London"))
                remind(clock.today("Europe/London"))
            with reading():
                asked_for = select(Notice.id).where(Notice.account_id == AMINA)
                told += [day for _one in session.scalars(asked_for.where(Notice.queued_at == clock.now()))]
    assert told == [0, 7, 30, 37]


def test_a_programme_says_after_how_many_days() -> None:
    with transaction(), gate.opened("a test"):
        session.scalars(select(Programme)).one().limits = {"checkin.remind_after_days": 3}
    asked()
    assert nights(*range(15)) == [3]


@pytest.mark.parametrize(
    ("age", "after", "is_told"),
    [
        (6, 7, False),
        (7, 7, True),
        (14, 7, True),
        (15, 7, False),
        (0, 0, False),
        (1, 0, True),
        (20, 20, False),
    ],
)
def test_both_sides_of_each_limit(age: int, after: int, is_told: bool) -> None:
    limits = Limits({"checkin.remind_after_days": after})
    due = TODAY - dt.timedelta(days=age)
    assert is_to_be_reminded(due, None, TODAY, limits) is is_told
    assert is_to_be_reminded(due, due, TODAY, limits) is False


def test_the_night_does_it_after_old_ones_have_expired() -> None:
    names = [one.name for one in JOBS]
    assert names.index("check-ins") < names.index("check-in reminders")
