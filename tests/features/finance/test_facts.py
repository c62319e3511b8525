"""What the programme owes on a day, as R61 counts it; a day in the past is seen as it was."""

import datetime as dt
from typing import Any

import pytest

from peerlink.features.finance import service
from peerlink.features.finance.models import Claim
from peerlink.features.indicators import gather
from peerlink.features.indicators.facts import ProgrammeFacts
from peerlink.features.risks.judging import judge_programme
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.levels import Level
from peerlink.framework.money_words import ClaimKind, ClaimStatus, RejectReason, StipendEnd
from peerlink.framework.vocabularies import VolunteerStatus
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.finance.happenings import ago, agreed, balance, claim, today, unpaid_by_design
from tests.support import cast

pytestmark = pytest.mark.usefixtures("the_cast")
S = ClaimStatus


def facts(day: dt.date | None = None) -> ProgrammeFacts:
    with reading(), gate.opened("a test counts"):
        return gather.programme_facts(day or today())


def level(day: dt.date | None = None) -> Level:
    with reading(), gate.opened("a test judges"):
        (found,) = [one for one in judge_programme(day or today()) if one.rule.id == "R61"]
        return found.level


def pausing(volunteer_id: Any, since: int) -> None:
    with transaction(), gate.opened("a test tells of a break"):
        one = session.get_one(Volunteer, volunteer_id)
        one.status, one.status_since = VolunteerStatus.PAUSED, ago(since)


def test_the_oldest_payment_of_each_volunteer_counts() -> None:
    claim(due=20)
    claim(due=5, kind=ClaimKind.STIPEND, status=S.APPROVED)
    claim(cast.BEN_ID, due=3, status=S.APPROVED)
    claim(cast.ZOE_ID, due=-2)
    assert facts().days_owed == (3, 20)


@pytest.mark.parametrize("status", [S.DRAFT, S.PAID, S.REJECTED])
def test_what_is_not_sent_refused_or_paid_is_not_owed(status: ClaimStatus) -> None:
    claim(due=20, status=status, decided_on=ago(19) if status is S.REJECTED else None)
    assert facts().days_owed == ()


def test_on_a_past_day_what_was_paid_later_is_owed_and_what_is_due_later_is_not() -> None:
    claim(due=40, status=S.PAID, paid_on=ago(5))
    claim(cast.BEN_ID, due=8, status=S.APPROVED)
    assert facts(ago(6)).days_owed == (2, 34)
    assert facts(ago(5)).days_owed == (3,), "on the day it is paid it is paid"
    assert facts(ago(9)).days_owed == (31,)
    assert facts(ago(41)).days_owed == ()
    claim(cast.ZOE_ID, due=30, status=S.REJECTED, decided_on=ago(10))
    assert facts(ago(11)).days_owed == (19, 29)


def test_what_was_claimed_later_was_not_owed() -> None:
    claim(due=20, submitted_on=ago(2))
    assert facts(ago(3)).days_owed == ()


def test_the_latest_balance_up_to_the_day_dates_the_ledger() -> None:
    assert facts().ledger_on is None
    balance(40)
    balance(3)
    assert facts().ledger_on == ago(3)
    assert facts(ago(4)).ledger_on == ago(40)
    assert facts(ago(41)).ledger_on is None


def test_the_rule_goes_by_what_is_kept() -> None:
    assert level() is Level.UNKNOWN
    balance(35)
    assert level() is Level.OK
    claim(due=14)
    assert level() is Level.OK
    claim(due=15)
    assert level() is Level.ALERT, "one of three volunteers is more than a tenth"
    unpaid_by_design()
    assert level() is Level.NOT_APPLICABLE


def test_an_agreement_nobody_writes_stipends_for_has_a_gap() -> None:
    agreed(since=100, pay_day=ago(90).day if ago(90).day < 29 else 1)
    (gap,) = facts().days_without_stipend
    assert 60 < gap <= 100
    balance()
    assert level() is Level.CRITICAL


def test_a_stipend_written_this_month_leaves_no_gap() -> None:
    agreed(since=100, pay_day=1)
    claim(kind=ClaimKind.STIPEND, status=S.PAID, due=(today() - today().replace(day=1)).days)
    assert facts().days_without_stipend == ()


def test_months_before_the_agreement_was_written_down_are_no_gap() -> None:
    agreed(since=400, recorded_on=today())
    assert facts().days_without_stipend in {(), (0,)}


def test_during_a_break_a_stipend_is_expected_only_where_that_was_agreed() -> None:
    agreed(since=200)
    agreed(cast.BEN_ID, since=200, while_paused=True)
    pausing(cast.AMINA_ID, 100)
    pausing(cast.BEN_ID, 100)
    assert len(facts().days_without_stipend) == 1


def test_months_of_a_break_that_is_over_are_no_gap() -> None:
    agreed(since=300)
    with transaction(), gate.opened("a test tells of a return"):
        session.get_one(Volunteer, cast.AMINA_ID).status_since = today()
    assert facts().days_without_stipend in {(), (0,)}


@pytest.mark.parametrize(
    ("end", "n"),
    [
        (StipendEnd.PROGRAMME_STOPPED, 1),
        (StipendEnd.AS_PLANNED, 0),
        (StipendEnd.VOLUNTEER_CHOICE, 0),
        (StipendEnd.LEFT, 0),
    ],
)
def test_a_stipend_stopped_by_the_programme_counts_until_it_is_settled(end: StipendEnd, n: int) -> None:
    agreed(since=100, until_on=ago(10), end=end)
    assert facts().n_stipends_stopped == n
    assert facts(ago(10)).n_stipends_stopped == 0, "on its last day it still runs"
    if n:
        with transaction(), gate.opened("a test settles"):
            service.settle(session.get_one(Volunteer, cast.AMINA_ID), cast.CHIPO.viewer)
        assert facts().n_stipends_stopped == 0
        assert facts(ago(1)).n_stipends_stopped == 1


def test_a_new_agreement_takes_the_place_of_what_was_stopped() -> None:
    agreed(since=100, until_on=ago(10), end=StipendEnd.PROGRAMME_STOPPED)
    agreed(since=1)
    assert facts().n_stipends_stopped == 0


def test_who_left_is_not_expecting_anything() -> None:
    agreed(since=100, until_on=ago(10), end=StipendEnd.PROGRAMME_STOPPED)
    agreed(cast.BEN_ID, since=100)
    with transaction(), gate.opened("a test tells who left"):
        for one in (cast.AMINA_ID, cast.BEN_ID):
            volunteer = session.get_one(Volunteer, one)
            volunteer.status, volunteer.status_since = VolunteerStatus.LEFT, ago(5)
    found = facts()
    assert (found.n_stipends_stopped, found.days_without_stipend) == (0, ())


def test_a_claim_refused_today_is_owed_no_more() -> None:
    claim_id = claim(due=20)
    with transaction(), gate.opened("a test refuses"):
        service.reject(session.get_one(Claim, claim_id), RejectReason.TWICE, None, cast.CHIPO.viewer)
    assert facts().days_owed == ()
