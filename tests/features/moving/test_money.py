"""Payments and balances move in, are known again, and refuse what cannot be."""

from pathlib import Path
from typing import Any

import pytest

from peerlink.features.finance.models import Balance, Claim
from peerlink.framework.money_words import ClaimKind, ClaimStatus
from peerlink.store import gate
from peerlink.store.session import session, transaction
from tests.factories import workbooks
from tests.factories.workbooks import day
from tests.features.moving.support import bring, everything, kept, opened

pytestmark = pytest.mark.usefixtures("clean_database")
PAYMENT = {"volunteer": "V1", "due_on": day(9), "amount": "60.00", "paid_on": "", "kind": "stipend"}


@pytest.fixture
def here(tmp_path: Path) -> None:
    """Let a small programme have moved in, without any money."""
    sheets = workbooks.small()
    del sheets["payments"], sheets["balance"]
    assert bring(tmp_path / "here", sheets).kept


def payments(tmp_path: Path, *rows: dict[str, Any]) -> Any:
    return bring(tmp_path / "money", {"payments": [PAYMENT | row for row in rows]})


def the_claim() -> Claim:
    with opened():
        (one,) = everything(Claim)
        return one


def test_payments_and_balances_move_in(tmp_path: Path) -> None:
    assert bring(tmp_path, workbooks.small()).faults == []
    with opened():
        claims = sorted(everything(Claim), key=lambda one: (one.due_on, one.kind))
        said = [(one.kind, one.status, one.amount, one.due_on.isoformat(), one.paid_on) for one in claims]
        (balance,) = everything(Balance)
        has = (balance.on.isoformat(), balance.unrestricted, balance.restricted_usable)
    assert said[0][:4] == (ClaimKind.STIPEND, ClaimStatus.PAID, 60_000, day(40))
    assert said[0][4] is not None
    assert [one[:3] for one in said[1:]] == [
        (ClaimKind.EXPENSE, ClaimStatus.APPROVED, 7_500),
        (ClaimKind.STIPEND, ClaimStatus.APPROVED, 60_000),
    ]
    assert has == (day(12), 70_000_000, -3_000)


def test_the_same_workbook_changes_nothing_and_a_payment_made_does(tmp_path: Path, here: None) -> None:
    assert payments(tmp_path, {}).n_new == 1
    before = kept()
    again = payments(tmp_path, {})
    assert (again.n_new, again.n_changed) == (0, 0)
    assert kept() == before
    assert payments(tmp_path, {"paid_on": day(2)}).n_changed == 1
    assert (the_claim().status, str(the_claim().paid_on)) == (ClaimStatus.PAID, day(2))


def test_what_was_paid_stays_paid_where_a_workbook_does_not_know_it_yet(tmp_path: Path, here: None) -> None:
    payments(tmp_path, {"paid_on": day(2)})
    assert payments(tmp_path, {}).n_changed == 0
    assert the_claim().status is ClaimStatus.PAID


def test_a_kind_left_out_is_a_stipend_and_kinds_are_told_apart(tmp_path: Path, here: None) -> None:
    assert payments(tmp_path, {"kind": ""}, {"kind": "expense"}).n_new == 2
    assert payments(tmp_path, {}).n_new == 0


def test_a_stipend_waiting_here_for_approval_cannot_have_been_paid(tmp_path: Path, here: None) -> None:
    payments(tmp_path, {})
    with transaction(), gate.opened("a test lets it wait"):
        session.query(Claim).one().status = ClaimStatus.SUBMITTED
    report = payments(tmp_path, {"paid_on": day(2)})
    assert [(one.column, one.row) for one in report.faults] == [("paid_on", 2)]
    assert payments(tmp_path, {}).n_changed == 0


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"volunteer": "V9"}, "volunteer"),
        ({"volunteer": ""}, "volunteer"),
        ({"due_on": ""}, "due_on"),
        ({"amount": ""}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "a lot"}, "amount"),
        ({"amount": "1,234"}, "amount"),
        ({"paid_on": day(-1)}, "paid_on"),
        ({"kind": "loan"}, "kind"),
    ],
)
def test_a_payment_that_cannot_be_is_named(
    tmp_path: Path, here: None, row: dict[str, Any], column: str
) -> None:
    report = payments(tmp_path, row)
    assert [(one.file, one.row, one.column) for one in report.faults] == [("payments", 2, column)]
    assert not report.kept


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"on": day(-1)}, "on"),
        ({"on": "", "unrestricted": "5"}, "on"),
        ({"on": day(1), "unrestricted": "x"}, "unrestricted"),
    ],
)
def test_a_balance_that_cannot_be_is_named(
    tmp_path: Path, here: None, row: dict[str, Any], column: str
) -> None:
    report = bring(tmp_path / "money", {"balance": [row]})
    assert [(one.file, one.row, one.column) for one in report.faults] == [("balance", 2, column)]


def test_a_row_twice_is_a_fault(tmp_path: Path, here: None) -> None:
    assert payments(tmp_path, {}, {}).n_faults == 1
