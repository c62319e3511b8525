"""What can happen in training."""

import datetime as dt
import uuid
from dataclasses import dataclass

from peerlink.events import Event, Message, Wording
from peerlink.framework.training_words import ModuleStatus, TrainingSessionStatus, WishStatus


@dataclass(frozen=True, kw_only=True)
class TrainingRecorded(Event):
    """A volunteer completed a module, or was excused from it."""

    volunteer_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id,)


class TrainingTakenBack(TrainingRecorded):
    """A completion written down by mistake was taken out again."""


@dataclass(frozen=True, kw_only=True)
class TrainingRunsOut(Event):
    """A module somebody holds draws near its last day."""

    volunteer_id: uuid.UUID
    module: str
    until: dt.date
    days: int
    """Which reminder it is: so many days before."""

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id,)

    def messages(self) -> tuple[Message, ...]:
        key = f"training:{self.module}:{self.until.isoformat()}:{self.days}"
        return (Message(self.volunteer_id, Wording.DATE, key),)


@dataclass(frozen=True, kw_only=True)
class ModuleChanged(Event):
    """A module was written down, published or retired."""

    module_id: uuid.UUID
    status: ModuleStatus


@dataclass(frozen=True, kw_only=True)
class TrainingSessionStepped(Event):
    """A training session was planned, held, called off, or its attendance was taken back."""

    session_id: uuid.UUID
    status: TrainingSessionStatus


@dataclass(frozen=True, kw_only=True)
class _AtSession(Event):
    volunteer_id: uuid.UUID
    session_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id,)


@dataclass(frozen=True, kw_only=True)
class Enrolled(_AtSession):
    """Somebody is to come to a training session."""

    invited: bool
    """Whether somebody else wrote them in."""

    def messages(self) -> tuple[Message, ...]:
        if not self.invited:
            return ()
        return (Message(self.volunteer_id, Wording.DATE, f"session:{self.session_id.hex}"),)


class EnrolmentTakenBack(_AtSession):
    """Somebody cannot come to a training session."""


@dataclass(frozen=True, kw_only=True)
class SessionCalledOff(_AtSession):
    """A session somebody was to come to does not take place."""

    def messages(self) -> tuple[Message, ...]:
        return (Message(self.volunteer_id, Wording.UPDATE, f"session off:{self.session_id.hex}"),)


@dataclass(frozen=True, kw_only=True)
class CompetencyMarked(Event):
    """Somebody watched what a volunteer can do by now."""

    volunteer_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id,)


@dataclass(frozen=True, kw_only=True)
class WishStepped(Event):
    """A volunteer asked to learn something, or was answered."""

    volunteer_id: uuid.UUID
    wish_id: uuid.UUID
    status: WishStatus

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id,)

    def messages(self) -> tuple[Message, ...]:
        if self.status not in {WishStatus.GRANTED, WishStatus.DECLINED}:
            return ()
        return (Message(self.volunteer_id, Wording.UPDATE, f"wish:{self.wish_id.hex}:{self.status}"),)
