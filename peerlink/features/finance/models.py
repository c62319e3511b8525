"""What volunteers are owed and paid, how they wish to be paid, and what money the programme has."""

import datetime as dt
import uuid

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from peerlink.framework.money_words import ClaimKind, ClaimStatus, ExpenseKind, PayWay, StipendEnd
from peerlink.store.model import Field, Model, SealedModel

STIPENDS = text("kind = 'stipend'")


class PaymentBatch(Model):
    """Payments made together; which ones, the claims themselves say."""

    __tablename__ = "payment_batch"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, insert_default=uuid.uuid4)
    made_on: Mapped[dt.date]
    made_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    taken_out_on: Mapped[dt.date | None]
    """The day its file was last taken out for the bank."""


class Claim(SealedModel):
    """What a volunteer is owed: what they spent, or a month's stipend; `subject_id` is the volunteer."""

    __tablename__ = "claim"
    __table_args__ = (
        Index("ix_claim_owed", "status", "due_on"),
        Index(
            "uq_claim_stipend",
            "volunteer_id",
            "due_on",
            unique=True,
            sqlite_where=STIPENDS,
            postgresql_where=STIPENDS,
        ),
    )
    bound = ("volunteer_id", "kind", "status", "due_on", "paid_on", "entered_by")
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), index=True)
    entered_by: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("account.id"))
    """Who wrote it down for the volunteer, and so does not decide on it; None where they did themself."""
    kind: Mapped[ClaimKind]
    status: Mapped[ClaimStatus]
    due_on: Mapped[dt.date | None]
    """The day by which it should be paid; a draft has none."""
    submitted_on: Mapped[dt.date | None]
    decided_on: Mapped[dt.date | None]
    paid_on: Mapped[dt.date | None]
    deed_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    """The last deed that moved it, together with others: what undo takes back."""
    batch_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("payment_batch.id"), index=True)
    from_sheet: Mapped[bool] = mapped_column(default=False)
    """Whether it came with a workbook: a row of the same day and kind is then the same payment."""
    amount: Field[int | None] = Field()
    """In thousandths of the currency's unit (peerlink.framework.money)."""
    currency: Field[str | None] = Field()
    what: Field[ExpenseKind | None] = Field(ExpenseKind)
    note: Field[str | None] = Field()
    spent_on: Field[dt.date | None] = Field(dt.date)
    hours: Field[int | None] = Field()
    """Hours a month the stipend was agreed for."""
    why: Field[str | None] = Field()
    """Why it was not approved, a code; `why_note` says it in words."""
    why_note: Field[str | None] = Field()

    @property
    def reference(self) -> str:
        """What the payment is called on lists and at the bank: nothing that says whose it is."""
        return self.id.hex[:8].upper()


class Receipt(SealedModel):
    """The photo of a receipt, made anew so that it knows neither place nor device."""

    __tablename__ = "receipt"
    claim_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("claim.id"), index=True)
    photo: Field[str] = Field()
    """A JPEG, as base64."""
    small: Field[str] = Field()
    """The same, small enough for a list."""
    width: Field[int] = Field()
    height: Field[int] = Field()


class StipendAgreement(SealedModel):
    """What a volunteer was promised for a month; a change is a new row, the old one stays."""

    __tablename__ = "stipend_agreement"
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), index=True)
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date | None]
    """The last day it counts for."""
    recorded_on: Mapped[dt.date]
    pay_day: Mapped[int]
    """The day of the month it is paid on, 1 to 28."""
    while_paused: Mapped[bool]
    """Whether it goes on during a break."""
    end: Mapped[StipendEnd | None]
    settled_on: Mapped[dt.date | None]
    """The day the volunteer agreed to what the programme had stopped."""
    amount: Field[int] = Field()
    currency: Field[str | None] = Field()
    hours: Field[int | None] = Field()
    why_ended: Field[str | None] = Field()


class PayDetails(SealedModel):
    """How one volunteer wishes to be paid."""

    __tablename__ = "pay_details"
    volunteer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("volunteer.id"), unique=True)
    way: Field[PayWay] = Field(PayWay)
    name: Field[str] = Field()
    """The name on the account, or on the envelope."""
    account: Field[str | None] = Field()
    agreed_on: Field[dt.date | None] = Field(dt.date)
    """The day they agreed to be paid this way, knowing what the bank line says."""


class Balance(SealedModel):
    """What money the programme had on a day; only this dates the ledger."""

    __tablename__ = "balance"
    on: Mapped[dt.date] = mapped_column(unique=True)
    unrestricted: Field[int | None] = Field()
    restricted_usable: Field[int | None] = Field()
    budget_next_12_months: Field[int | None] = Field()
