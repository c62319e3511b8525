"""What can happen to a check-in."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event, Message, Wording


@dataclass(frozen=True, kw_only=True)
class _AboutVolunteer(Event):
    volunteer_id: uuid.UUID
    checkin_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id,)


class CheckinAsked(_AboutVolunteer):
    """A check-in is due; whoever began it themself need not be told."""

    def messages(self) -> tuple[Message, ...]:
        """Tell the volunteer that a short form waits."""
        if self.by is not None:
            return ()
        return (Message(self.volunteer_id, Wording.FORM, f"check-in {self.checkin_id.hex}"),)


@dataclass(frozen=True, kw_only=True)
class CheckinAnswered(_AboutVolunteer):
    """A volunteer answered; whoever judges strain looks again."""

    wants_today: bool = False
    """Whether they asked to be called today."""


class CheckinSkipped(_AboutVolunteer):
    """A volunteer left this one out."""


class CheckinTakenUp(_AboutVolunteer):
    """A volunteer wants to answer after all what they had left out."""


class CheckinExpired(_AboutVolunteer):
    """Nobody answered in time."""
