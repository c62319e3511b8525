"""What can happen to a participant's record."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event
from peerlink.features.participants.rules import ConsentKind
from peerlink.framework.people_words import ParticipantStatus


@dataclass(frozen=True, kw_only=True)
class _AboutParticipant(Event):
    participant_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.participant_id,)


class ParticipantAdded(_AboutParticipant):
    """Somebody was referred to the programme."""


class ParticipantChanged(_AboutParticipant):
    """Details of a participant were changed."""


@dataclass(frozen=True, kw_only=True)
class ParticipantStepped(_AboutParticipant):
    """A participant took a step of their life-cycle."""

    before: ParticipantStatus
    after: ParticipantStatus


@dataclass(frozen=True, kw_only=True)
class ConsentTaken(_AboutParticipant):
    """A participant agreed to something."""

    kind: ConsentKind


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(_AboutParticipant):
    """A participant took a consent back; whatever rested on it stops now."""

    kind: ConsentKind
