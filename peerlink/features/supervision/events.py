"""What can happen to a supervision session."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event
from peerlink.framework.people_words import SupervisionKind, SupervisionStatus


@dataclass(frozen=True, kw_only=True)
class _AboutSession(Event):
    volunteer_id: uuid.UUID
    supervision_id: uuid.UUID
    kind: SupervisionKind

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id,)


class SupervisionScheduled(_AboutSession):
    """A session was agreed on."""


@dataclass(frozen=True, kw_only=True)
class SupervisionStepped(_AboutSession):
    """A session was held, missed or cancelled."""

    after: SupervisionStatus


class SupervisionHeld(_AboutSession):
    """A volunteer was looked after."""
