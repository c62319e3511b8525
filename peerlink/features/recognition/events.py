"""What can happen in thanking and in coming together."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event, Message, Wording


@dataclass(frozen=True, kw_only=True)
class _AboutVolunteer(Event):
    volunteer_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id,)


@dataclass(frozen=True, kw_only=True)
class Thanked(_AboutVolunteer):
    """Somebody thanked a volunteer."""

    thanks_id: uuid.UUID

    def messages(self) -> tuple[Message, ...]:
        return (Message(self.volunteer_id, Wording.UPDATE, f"thanks:{self.thanks_id}"),)


@dataclass(frozen=True, kw_only=True)
class ThanksTakenBack(_AboutVolunteer):
    """A word of thanks was taken back before it was read."""

    thanks_id: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class _AboutTeamEvent(Event):
    event_id: uuid.UUID


@dataclass(frozen=True, kw_only=True)
class TeamEventPlanned(_AboutTeamEvent):
    """The team was invited to come together."""

    invited: tuple[uuid.UUID, ...] = ()

    def messages(self) -> tuple[Message, ...]:
        return tuple(Message(one, Wording.DATE, f"team-event:{self.event_id}") for one in self.invited)


@dataclass(frozen=True, kw_only=True)
class TeamEventCalledOff(_AboutTeamEvent):
    """A meeting of the team does not take place."""

    invited: tuple[uuid.UUID, ...] = ()

    def messages(self) -> tuple[Message, ...]:
        return tuple(Message(one, Wording.DATE, f"team-event-off:{self.event_id}") for one in self.invited)


@dataclass(frozen=True, kw_only=True)
class TeamMet(_AboutTeamEvent):
    """Who came to a meeting of the team was written down."""

    n_came: int


@dataclass(frozen=True, kw_only=True)
class TeamMemberMet(_AboutVolunteer):
    """Whether one volunteer met the team became known or was put right."""

    event_id: uuid.UUID
    came: bool


@dataclass(frozen=True, kw_only=True)
class ComingSaid(_AboutVolunteer):
    """A volunteer said whether they come to a meeting of the team."""

    event_id: uuid.UUID
    coming: bool
