"""Stipends are written down once a month, by what was agreed; nothing else writes them."""

import datetime as dt
import uuid

import pytest
from sqlalchemy import select

from peerlink.errors import Refused
from peerlink.features.finance import service
from peerlink.features.finance.listeners import let_end
from peerlink.features.finance.models import Claim, StipendAgreement
from peerlink.features.finance.rules import AgreementDraft, check_agreement, pay_days
from peerlink.features.volunteers.events import VolunteerStepped
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.money_words import ClaimKind, ClaimStatus, StipendEnd
from peerlink.framework.vocabularies import VolunteerStatus
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.features.finance.happenings import ago, agreed, both, in_pounds, today, unpaid_by_design
from tests.support import cast

pytestmark = pytest.mark.usefixtures("the_cast")
MARCH, CHIPO = dt.date(2026, 3, 1), cast.CHIPO.viewer
SINCE = {"from_on": dt.date(2026, 1, 10), "recorded_on": dt.date(2026, 1, 10)}


def night(day: dt.date) -> int:
    with transaction(), gate.opened("a test has it night"):
        return service.write_stipends(day)


def written() -> list[tuple[uuid.UUID, dt.date]]:
    with reading(), gate.opened("a test looks"):
        rows = session.scalars(select(Claim).where(Claim.kind == ClaimKind.STIPEND).order_by(Claim.due_on))
        return [(one.volunteer_id, one.due_on) for one in rows if one.due_on]


def agreements() -> list[StipendAgreement]:
    with reading(), gate.opened("a test looks"):
        asked = select(StipendAgreement).order_by(StipendAgreement.from_on)
        found = list(session.scalars(asked))
        for one in found:
            one.open_record("sealed")
        session.expunge_all()
        return found


def status(to: VolunteerStatus, since: dt.date) -> None:
    with transaction(), gate.opened("a test tells of a step"):
        one = session.get_one(Volunteer, cast.AMINA_ID)
        one.status, one.status_since = to, since


def agree(viewer: Viewer = CHIPO, **said: object) -> None:
    draft = AgreementDraft(**{"amount": 60_000, "hours": 14, "from_on": today(), **said})
    with transaction(), gate.opened("a test agrees"):
        service.agree(session.get_one(Volunteer, cast.AMINA_ID), draft, viewer)


def ends(end: StipendEnd, on: dt.date) -> None:
    with transaction(), gate.opened("a test ends it"):
        service.end_agreement(session.get_one(Volunteer, cast.AMINA_ID), on, end, "no money", CHIPO)


def test_each_month_is_written_once_a_week_before_it_is_due() -> None:
    agreed(**SINCE)
    assert night(dt.date(2026, 1, 24)) == 0
    assert night(dt.date(2026, 1, 25)) == 1
    assert [night(dt.date(2026, 1, 25)), night(dt.date(2026, 2, 3))] == [0, 0]
    assert written() == [(cast.AMINA_ID, dt.date(2026, 2, 1))]
    with reading(), gate.opened("a test looks"):
        one = session.scalars(select(Claim)).one()
        assert (one.status, one.amount, one.hours) == (ClaimStatus.SUBMITTED, 60_000, 14)


def test_nights_that_were_missed_are_caught_up() -> None:
    agreed(**SINCE)
    assert night(dt.date(2026, 4, 2)) == 3
    assert [due.month for _who, due in written()] == [2, 3, 4]


def test_a_month_that_came_with_a_workbook_is_not_written_again() -> None:
    agreed(**SINCE, pay_day=15)
    with transaction(), gate.opened("a test brings a workbook"):
        session.add(
            Claim(
                subject_id=cast.AMINA_ID,
                volunteer_id=cast.AMINA_ID,
                kind=ClaimKind.STIPEND,
                status=ClaimStatus.APPROVED,
                due_on=MARCH,
                from_sheet=True,
            )
        )
    night(dt.date(2026, 3, 20))
    assert [due for _who, due in written()] == [dt.date(2026, 1, 15), dt.date(2026, 2, 15), MARCH]


def test_during_a_break_only_what_goes_on_is_written_and_months_of_the_break_never() -> None:
    agreed(**SINCE)
    status(VolunteerStatus.PAUSED, dt.date(2026, 1, 20))
    assert night(dt.date(2026, 3, 2)) == 0
    status(VolunteerStatus.ACTIVE, dt.date(2026, 3, 20))
    night(dt.date(2026, 3, 31))
    assert [due for _who, due in written()] == [dt.date(2026, 4, 1)]


def test_a_stipend_that_goes_on_during_a_break_is_written() -> None:
    agreed(**SINCE, while_paused=True)
    status(VolunteerStatus.PAUSED, dt.date(2026, 1, 20))
    assert night(dt.date(2026, 3, 2)) == 2


@pytest.mark.parametrize("to", [VolunteerStatus.LEFT, VolunteerStatus.TRAINING])
def test_nothing_is_written_for_who_does_not_serve(to: VolunteerStatus) -> None:
    agreed(**SINCE)
    status(to, dt.date(2026, 1, 20))
    assert night(dt.date(2026, 3, 2)) == 0


def test_nothing_is_written_where_volunteers_are_unpaid_by_design() -> None:
    agreed(**SINCE)
    unpaid_by_design()
    assert night(dt.date(2026, 3, 2)) == 0
    with pytest.raises(Refused, match="unpaid by design"):
        agree()


def test_nothing_is_written_after_the_last_day() -> None:
    agreed(**SINCE, until_on=dt.date(2026, 2, 28))
    night(dt.date(2026, 2, 27))
    night(dt.date(2026, 3, 10))
    assert [due for _who, due in written()] == [dt.date(2026, 2, 1)]


def test_a_change_is_a_new_agreement_and_the_old_one_stays() -> None:
    in_pounds()
    agreed(since=100)
    agree(amount=80_000)
    old, new = agreements()
    assert (old.until_on, old.end) == (ago(1), StipendEnd.NEW_AGREEMENT)
    assert (old.amount, new.amount, new.until_on, new.currency) == (60_000, 80_000, None, "GBP")
    with pytest.raises(Refused, match="later day"):
        agree(from_on=ago(5))


def test_an_agreement_needs_a_currency_and_another_pair_of_eyes() -> None:
    with pytest.raises(Refused, match="currency"):
        agree()
    in_pounds()
    with pytest.raises(Refused, match="Somebody else"):
        agree(both(cast.AMINA.viewer, CHIPO))


def test_what_the_programme_stops_can_be_settled_later() -> None:
    agreed(since=100)
    ends(StipendEnd.PROGRAMME_STOPPED, ago(1))
    (one,) = agreements()
    assert (one.until_on, one.end, one.why_ended) == (ago(1), StipendEnd.PROGRAMME_STOPPED, "no money")
    with pytest.raises(Refused, match="No stipend"):
        ends(StipendEnd.AS_PLANNED, today())
    with transaction(), gate.opened("a test settles"):
        service.settle(session.get_one(Volunteer, cast.AMINA_ID), CHIPO)
    assert agreements()[0].settled_on == today()


def test_whoever_leaves_has_no_agreement_any_more() -> None:
    agreed(since=100)
    event = VolunteerStepped(
        by=None, volunteer_id=cast.AMINA_ID, before=VolunteerStatus.ACTIVE, after=VolunteerStatus.LEFT
    )
    with transaction(), gate.opened("a test hears of it"):
        let_end(event)
    assert [(one.until_on, one.end) for one in agreements()] == [(today(), StipendEnd.LEFT)]


@pytest.mark.parametrize(
    "said",
    [{"amount": 0}, {"pay_day": 29}, {"pay_day": 0}, {"until_on": ago(1)}, {"hours": 301}],
)
def test_an_agreement_nobody_could_keep_is_refused(said: dict[str, object]) -> None:
    with pytest.raises(Refused):
        check_agreement(AgreementDraft(**{"amount": 1_000, "hours": 1, "from_on": today(), **said}))


def test_every_month_has_its_pay_day_over_the_turn_of_the_year() -> None:
    one = StipendAgreement(
        from_on=dt.date(2026, 11, 29),
        recorded_on=dt.date(2026, 11, 1),
        until_on=None,
        pay_day=28,
        while_paused=False,
    )
    assert list(pay_days(one, dt.date(2027, 2, 28))) == [
        dt.date(2026, 12, 28), dt.date(2027, 1, 28), dt.date(2027, 2, 28),
    ]  # fmt: skip
