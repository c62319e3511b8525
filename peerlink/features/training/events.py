"""What can happen in training."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event


@dataclass(frozen=True, kw_only=True)
class TrainingRecorded(Event):
    """A volunteer completed a module, or was excused from it."""

    volunteer_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id,)


class TrainingTakenBack(TrainingRecorded):
    """A completion written down by mistake was taken out again."""
