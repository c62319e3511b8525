"""Which sheets a workbook has about money, and how they are kept."""

import uuid
from typing import Any, ClassVar

from sqlalchemy import or_, select, tuple_

from peerlink.errors import Refused
from peerlink.features.finance.models import Balance, Claim
from peerlink.features.finance.queries import currency
from peerlink.features.moving import columns
from peerlink.features.moving.columns import Column, Sheet
from peerlink.features.moving.faults import Wrong, shown
from peerlink.features.moving.keeping import Keeper
from peerlink.features.moving.reading import Row
from peerlink.features.moving.sanity import not_ahead
from peerlink.framework.money import read_amount
from peerlink.framework.money_words import ClaimKind, ClaimStatus
from peerlink.store.session import session
from peerlink.words import _


def amount(cell: str) -> int:
    """Read an amount that is owed or paid."""
    said = _read(cell, signed=False)
    if said == 0:
        raise Wrong(_("Nothing is owed here."), _("An amount such as 60.00."))
    return said


def sum_of_money(cell: str) -> int:
    """Read what there is, which may be less than nothing."""
    return _read(cell, signed=True)


def _read(cell: str, *, signed: bool) -> int:
    try:
        return read_amount(cell, signed=signed)
    except Refused:
        raise Wrong(
            _("'%(given)s' is not an amount.", given=shown(cell)), _("An amount such as 60.00.")
        ) from None


def money_sheets() -> tuple[Sheet, ...]:
    """Return the sheets about money, in the order they are read."""
    return (
        Sheet(
            "payments",
            (
                columns.ref("volunteer", "V1", required=True),
                columns.day("due_on", "2026-03-01", required=True),
                Column("amount", amount, True, (), "60.00"),
                columns.day("paid_on", "2026-03-02"),
                columns.code("kind", ClaimKind, "stipend"),
            ),
        ),
        Sheet(
            "balance",
            (
                columns.day("on", "2026-03-31", required=True),
                Column("unrestricted", sum_of_money, example="20000.00"),
                Column("restricted_usable", sum_of_money, example="5000.00"),
                Column("budget_next_12_months", amount, example="60000.00"),
            ),
        ),
    )


class PaymentKeeper(Keeper):
    """What volunteers were owed and paid; what came in this way needs nobody's approval any more."""

    sheet = "payments"
    model = Claim
    points_at: ClassVar[dict[str, str]] = {"volunteer": "volunteers"}
    blank: ClassVar[dict[str, Any]] = {"paid_on": None}
    never_empty = frozenset({"paid_on"})

    def values(self, row: Row) -> dict[str, Any]:
        volunteer = self.pointed(row, "volunteer")
        return {
            "volunteer_id": volunteer.id if volunteer else None,
            "kind": row.get("kind") or ClaimKind.STIPEND,
            "due_on": row.get("due_on"),
            "paid_on": row.get("paid_on"),
            "status": ClaimStatus.PAID if row.get("paid_on") else ClaimStatus.APPROVED,
            "amount": row.get("amount"),
        }

    def key(self, row: Row, values: dict[str, Any]) -> Any:
        return values["volunteer_id"], values["due_on"], values["kind"]

    def existing(self, rows: list[tuple[Row, dict[str, Any], Any]]) -> dict[Any, Any]:
        """Know a payment by volunteer, day and kind; of expenses only those that came with a workbook.

        A volunteer may have claimed two expenses on one day, so those claimed here are nobody's row.
        """
        known = tuple_(Claim.volunteer_id, Claim.due_on, Claim.kind)
        found = session.scalars(
            select(Claim).where(
                known.in_([key for _row, _values, key in rows]),
                or_(Claim.from_sheet, Claim.kind == ClaimKind.STIPEND),
            )
        )
        return {(one.volunteer_id, one.due_on, one.kind): one for one in found}

    def check(self, row: Row, values: dict[str, Any], old: Any) -> None:
        not_ahead(row, self.work.today, "paid_on")

    def complete(self, values: dict[str, Any]) -> None:
        values["from_sheet"] = True
        values["currency"] = currency()

    def changes(self, values: dict[str, Any], old: Any) -> dict[str, Any]:
        """Let what was noted as paid stay paid, and take what was paid here into account."""
        if values["paid_on"] is None:
            values = {**values, "status": old.status}
        return super().changes(values, old)

    def refused_step(self, row: Row, before: Any, after: Any) -> bool:
        """Refuse to note as paid what was not approved here."""
        if before in {ClaimStatus.APPROVED, ClaimStatus.PAID}:
            return False
        row.refuse(
            "paid_on",
            _("This stipend is not approved here yet, so it cannot have been paid."),
            _("Approve it first, or leave the row out."),
        )
        self._blame(row)
        return True

    def subject(self, row_id: uuid.UUID, values: dict[str, Any]) -> uuid.UUID:
        return values["volunteer_id"]  # type: ignore[no-any-return]


class BalanceKeeper(Keeper):
    """What money the programme had."""

    sheet = "balance"
    model = Balance

    def values(self, row: Row) -> dict[str, Any]:
        return dict(row.said)

    def key(self, row: Row, values: dict[str, Any]) -> Any:
        return values["on"]

    def existing(self, rows: list[tuple[Row, dict[str, Any], Any]]) -> dict[Any, Any]:
        found = session.scalars(select(Balance).where(Balance.on.in_([key for _r, _v, key in rows])))
        return {one.on: one for one in found}

    def check(self, row: Row, values: dict[str, Any], old: Any) -> None:
        not_ahead(row, self.work.today, "on")
