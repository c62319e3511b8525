"""What can happen to an incident."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event, Message, Wording
from peerlink.framework.incident_words import IncidentStatus


@dataclass(frozen=True, kw_only=True)
class AboutIncident(Event):
    """Something that happened to an incident; what it is about stays behind its own door."""

    incident_id: uuid.UUID
    volunteer_id: uuid.UUID | None
    participant_id: uuid.UUID | None


@dataclass(frozen=True, kw_only=True)
class IncidentReported(AboutIncident):
    """Somebody reported an incident; `by` is None where they stay unnamed."""

    handler_id: uuid.UUID | None
    pressing: bool

    def messages(self) -> tuple[Message, ...]:
        wording = Wording.NOW if self.pressing else Wording.UPDATE
        return _to(self.handler_id, wording, f"incident {self.incident_id} reported")


@dataclass(frozen=True, kw_only=True)
class IncidentStepped(AboutIncident):
    """An incident went on to another state."""

    after: IncidentStatus


@dataclass(frozen=True, kw_only=True)
class IncidentHandedOver(AboutIncident):
    """An incident has another handler."""

    handler_id: uuid.UUID

    def messages(self) -> tuple[Message, ...]:
        key = f"incident {self.incident_id} handed to {self.handler_id}"
        return _to(self.handler_id, Wording.UPDATE, key)


class IncidentNoted(AboutIncident):
    """Something was written about an incident."""


@dataclass(frozen=True, kw_only=True)
class IncidentOverdue(AboutIncident):
    """A clock of an incident ran out; somebody is told."""

    told_id: uuid.UUID
    clock: str
    """Which clock and stage, so that each is told once."""

    def messages(self) -> tuple[Message, ...]:
        return _to(self.told_id, Wording.NOW, f"incident {self.incident_id} {self.clock}")


def _to(who: uuid.UUID | None, wording: Wording, key: str) -> tuple[Message, ...]:
    return (Message(who, wording, key),) if who is not None else ()
