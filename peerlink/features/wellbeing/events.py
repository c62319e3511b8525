"""What can happen to a check-in."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event


@dataclass(frozen=True, kw_only=True)
class _AboutVolunteer(Event):
    volunteer_id: uuid.UUID
    checkin_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id,)


class CheckinAsked(_AboutVolunteer):
    """A check-in is due."""


class CheckinAnswered(_AboutVolunteer):
    """A volunteer answered; whoever judges strain looks again."""


class CheckinSkipped(_AboutVolunteer):
    """A volunteer left this one out."""


class CheckinExpired(_AboutVolunteer):
    """Nobody answered in time."""
