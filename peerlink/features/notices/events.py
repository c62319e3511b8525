"""What can happen to the way messages go."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event


class MailChanged(Event):
    """Somebody changed the way to the mail server."""


@dataclass(frozen=True, kw_only=True)
class ReachChanged(Event):
    """Somebody said how they want to be told."""

    account_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.account_id,)
