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


class _Settled(_AboutVolunteer):
    """A check-in for which nobody waits any longer: what was still to be told of it is not."""

    def settles(self) -> tuple[Message, ...]:
        return _asking(self.volunteer_id, self.checkin_id)


class CheckinAsked(_AboutVolunteer):
    """A check-in is due; whoever began it themself need not be told."""

    def messages(self) -> tuple[Message, ...]:
        """Tell the volunteer that a short form waits."""
        if self.by is not None:
            return ()
        return _asking(self.volunteer_id, self.checkin_id)[:1]


class CheckinReminded(_AboutVolunteer):
    """A check-in still waits; its volunteer is told a second and last time."""

    def messages(self) -> tuple[Message, ...]:
        return _asking(self.volunteer_id, self.checkin_id)[1:]


@dataclass(frozen=True, kw_only=True)
class CheckinAnswered(_Settled):
    """A volunteer answered; whoever judges strain looks again."""

    wants_today: bool = False
    """Whether they asked to be called today."""


class CheckinSkipped(_Settled):
    """A volunteer left this one out."""


class CheckinTakenUp(_AboutVolunteer):
    """A volunteer wants to answer after all what they had left out."""


class CheckinExpired(_Settled):
    """Nobody answered in time."""


class CheckinRests(_Settled):
    """Whoever was asked takes a break or has left: nobody expects their answer."""


def _asking(volunteer_id: uuid.UUID, checkin_id: uuid.UUID) -> tuple[Message, Message]:
    """Return what tells of a waiting check-in: when it is asked, and once more."""
    return (
        Message(volunteer_id, Wording.FORM, f"check-in {checkin_id.hex}"),
        Message(volunteer_id, Wording.FORM, f"check-in again {checkin_id.hex}"),
    )
