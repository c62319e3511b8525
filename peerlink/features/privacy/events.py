"""What can happen to the privacy of people."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event


@dataclass(frozen=True, kw_only=True)
class _Forgotten(Event):
    volunteer_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id,)


class ApplicantForgotten(_Forgotten):
    """Everything about somebody who offered to help and did not join was deleted."""


class VolunteerForgotten(_Forgotten):
    """Everything readable about somebody who served was deleted; what is counted stays and names nobody."""
