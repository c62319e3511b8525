"""What can happen to the privacy of people."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event


@dataclass(frozen=True, kw_only=True)
class ApplicantForgotten(Event):
    """Everything about somebody who offered to help and did not join was deleted."""

    volunteer_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id,)
