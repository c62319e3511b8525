"""Where flags go when a supervisor is away, and whom the framework names when the first is late."""

import datetime as dt
import uuid

import pytest

from peerlink.features.accounts.models import ROLE_BITS, Account, AccountState
from peerlink.features.risks.passing import pass_on
from peerlink.features.risks.queries import care_flags, open_flags_for
from peerlink.features.risks.shown import see_all
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.levels import Level
from peerlink.framework.vocabularies import ContactRequest
from peerlink.roles import Role
from peerlink.store import gate
from peerlink.store.lookup import many
from peerlink.store.session import reading, session, transaction
from tests.factories.contacts import a_contact
from tests.features.risks.happenings import WORN, amina_answers, in_days, in_hours, open_flags, today
from tests.features.supervision.deeds import DANA, SOL, covered, held
from tests.support.cast import AMINA_ID, CHIPO, PRIYA
from tests.support.cast import SOL as SOL_HERSELF

pytestmark = pytest.mark.usefixtures("the_cast")
TESS = uuid.UUID(int=31)


@pytest.fixture
def _tess(the_cast: object) -> None:
    """Let a third supervisor be there."""
    with transaction(), gate.opened("a test adds a colleague"):
        session.add(
            Account(
                id=TESS,
                email="tess@example.org",
                name="Tess",
                role_bits=ROLE_BITS[Role.SUPERVISOR],
                state=AccountState.ACTIVE,
            )
        )
        session.flush()
        session.get_one(Volunteer, AMINA_ID).supervisor_id = DANA


def passed() -> None:
    with transaction(), gate.opened("a test"):
        pass_on(today())


def told(rule: str = "R20") -> uuid.UUID | None:
    return open_flags(AMINA_ID)[rule].passed_to


def test_a_supervisor_who_is_away_without_cover_is_skipped_at_once() -> None:
    amina_answers(ContactRequest.TODAY)
    passed()
    assert told() is None
    covered(by=None)
    passed()
    assert told() == SOL


def test_a_flag_raised_meanwhile_goes_to_a_deputy_at_once_and_one_after_waits() -> None:
    covered(0, 2, by=None)
    amina_answers(**WORN)
    assert told() == SOL
    with in_days(40):
        amina_answers(ContactRequest.TODAY, **WORN)
        assert open_flags(AMINA_ID)["R20"].level is Level.CRITICAL


def test_whoever_covers_has_it_and_is_not_skipped() -> None:
    covered(by=SOL)
    amina_answers(**WORN)
    passed()
    assert told() is None
    with reading(), gate.access(gate.Access(SOL, SOL_HERSELF.viewer.opens(), {SOL})):
        assert "R20" in {flag.rule for flag in care_flags(SOL_HERSELF.viewer)}


@pytest.mark.usefixtures("_tess")
def test_a_late_flag_goes_first_to_whoever_has_come_to_cover() -> None:
    amina_answers(**WORN)
    covered(3, 20, by=TESS)
    with in_hours(7 * 24):
        passed()
    assert told() == TESS


@pytest.mark.usefixtures("_tess")
def test_what_the_coverer_let_lie_goes_on_to_another() -> None:
    covered(0, 20, by=TESS)
    amina_answers(**WORN)
    with in_hours(7 * 24):
        passed()
    assert told() == SOL


@pytest.mark.usefixtures("_tess")
def test_nobody_who_is_away_is_asked() -> None:
    covered(0, 30, of=TESS, by=None)
    covered(0, 30, by=None)
    amina_answers(**WORN)
    assert told() == SOL


def test_a_cover_whose_account_is_closed_covers_nothing() -> None:
    covered(by=SOL)
    with transaction():
        session.get_one(Account, SOL).state = AccountState.CLOSED
    amina_answers(**WORN)
    assert told() == CHIPO.viewer.account_id


def test_a_chosen_reader_who_is_away_is_skipped() -> None:
    with transaction():
        session.get_one(Volunteer, AMINA_ID).reader_id = SOL
    covered(of=SOL, by=None)
    amina_answers(**WORN)
    assert told() == CHIPO.viewer.account_id


def heavy() -> None:
    at = dt.datetime.combine(today() - dt.timedelta(days=4), dt.time(12), dt.UTC)
    a_contact(at=at, difficulty=frozenset({"bereavement"}), late_reason="was away")


def test_support_missing_goes_to_a_second_supervisor_when_the_first_is_late() -> None:
    heavy()
    flag = open_flags(AMINA_ID)["R26"]
    assert flag.level is Level.CRITICAL
    with in_hours(23):
        passed()
        assert told("R26") is None
    with in_hours(24):
        passed()
        assert told("R26") == SOL


def test_support_missing_goes_to_the_manager_without_answers_where_there_is_no_second() -> None:
    with transaction():
        session.get_one(Account, SOL).state = AccountState.CLOSED
    heavy()
    amina_answers(v11=1)
    with in_hours(25):
        passed()
    assert told("R26") == PRIYA.viewer.account_id
    viewer = PRIYA.viewer
    with reading(), gate.access(gate.Access(viewer.account_id, viewer.opens(), {viewer.account_id})):
        (seen,) = see_all(many(open_flags_for(viewer)), viewer)
        assert (seen.flag.rule, seen.is_whole) == ("R26", False)
        assert "backing" not in seen.because
        assert "nobody talked over" in seen.because


def test_a_debrief_in_time_keeps_it_from_being_passed_on() -> None:
    heavy()
    held(kind="debrief")
    with in_hours(25):
        passed()
    assert told("R26") is None
