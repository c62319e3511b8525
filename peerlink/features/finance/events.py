"""What can happen to claims, stipends and payments."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event, Message, Wording


@dataclass(frozen=True, kw_only=True)
class _AboutVolunteer(Event):
    volunteer_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id,)


@dataclass(frozen=True, kw_only=True)
class _AboutClaim(_AboutVolunteer):
    claim_id: uuid.UUID

    def _news(self, what: str) -> tuple[Message, ...]:
        key = f"claim {self.claim_id.hex} {what}"
        return (Message(to=self.volunteer_id, wording=Wording.UPDATE, key=key),)


class ClaimSent(_AboutClaim):
    """A volunteer asks to be paid back."""


class ClaimEntered(_AboutClaim):
    """A coordinator wrote down what a volunteer spent; the volunteer is told that something is new."""

    def messages(self) -> tuple[Message, ...]:
        return self._news("written down")


class ClaimTakenBack(_AboutClaim):
    """A claim was taken back to change it."""


class ClaimDropped(_AboutClaim):
    """A draft was thrown away."""


class StipendWritten(_AboutClaim):
    """A month's stipend was written down by the house, to be approved."""


class ClaimApproved(_AboutClaim):
    """A coordinator approved a claim."""


class ClaimRejected(_AboutClaim):
    """A coordinator did not approve a claim; the volunteer is told that something is new."""

    def messages(self) -> tuple[Message, ...]:
        return self._news("not approved")


class ClaimUndecided(_AboutClaim):
    """A decision on a claim was taken back."""


class ClaimPaid(_AboutClaim):
    """A claim was paid; the volunteer is told that something is new."""

    def messages(self) -> tuple[Message, ...]:
        return self._news("paid")


class ClaimReopened(_AboutClaim):
    """A claim noted as paid was not."""


class StipendAgreed(_AboutVolunteer):
    """A stipend was agreed, or agreed anew."""


class StipendEnded(_AboutVolunteer):
    """A stipend ends."""

    def messages(self) -> tuple[Message, ...]:
        key = f"stipend {self.volunteer_id.hex} ends"
        return (Message(to=self.volunteer_id, wording=Wording.UPDATE, key=key),)


class StipendSettled(_AboutVolunteer):
    """A volunteer agreed to what the programme had stopped."""


class PayDetailsSaved(_AboutVolunteer):
    """How a volunteer is paid was written down or changed."""


@dataclass(frozen=True, kw_only=True)
class _AboutBatch(Event):
    batch_id: uuid.UUID
    n_payments: int


class BatchMade(_AboutBatch):
    """Payments were put together to be made at once."""


class BatchExported(_AboutBatch):
    """The file of a batch was taken out, with names and account numbers."""


class BatchDissolved(_AboutBatch):
    """Payments put together were parted again."""


class BalanceSaved(Event):
    """What money the programme has was written down."""
