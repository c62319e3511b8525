"""What can happen to a flag."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event, Message, Wording


@dataclass(frozen=True, kw_only=True)
class _AboutFlag(Event):
    flag_id: uuid.UUID
    about_id: uuid.UUID
    """Whom the flag is about; nobody's id for the programme."""

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.about_id,) if self.about_id.int else ()


@dataclass(frozen=True, kw_only=True)
class _Told(_AboutFlag):
    told: tuple[Message, ...] = ()
    """Who is told that there is something new; how grave it is stays out of the trail."""

    def messages(self) -> tuple[Message, ...]:
        return self.told


class FlagRaised(_Told):
    """A rule found something nobody had been told of."""


class FlagRose(_Told):
    """What a rule had found became worse."""


class FlagFell(_AboutFlag):
    """What a rule had found became milder."""


class FlagCleared(_AboutFlag):
    """What a rule had found is over; the flag closed, or waits for a person to close it."""


class FlagStandsAgain(_AboutFlag):
    """A flag had fallen or closed on something that was taken back; it stands as before."""


class FlagAcknowledged(_AboutFlag):
    """Somebody has it."""


class FlagSnoozed(_AboutFlag):
    """Somebody put a flag off, with a reason."""


class FlagPassedOn(_Told):
    """Nobody had taken a flag up in time; somebody else is told."""


class FlagWaitsAnew(_Told):
    """A volunteer chose another reader; what rests on answers waits for that one."""


class FlagReleased(_AboutFlag):
    """A supervisor lets new matches come although a flag is critical."""


class FlagClosed(_AboutFlag):
    """Somebody closed a flag, with a note."""


class FlagAnsweredTo(_AboutFlag):
    """A volunteer added their side to what a flag says of them."""


class ActionTaken(_AboutFlag):
    """Somebody did something about a flag."""


class ActionTakenBack(_AboutFlag):
    """Somebody took back what they had done about a flag."""


@dataclass(frozen=True, kw_only=True)
class _AboutTask(Event):
    task_id: uuid.UUID
    about_id: uuid.UUID
    """Whom it is about; nobody's id for the programme."""

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.about_id,) if self.about_id.int else ()


@dataclass(frozen=True, kw_only=True)
class TaskGiven(_AboutTask):
    """Somebody has something to do."""

    to: uuid.UUID | None
    """Whose it is; None where whoever has the role may take it."""
    is_urgent: bool = False
    """Whether it cannot wait until tomorrow."""

    def messages(self) -> tuple[Message, ...]:
        if self.to is None or self.to == self.by:
            return ()
        return (Message(self.to, Wording.NOW if self.is_urgent else Wording.UPDATE, f"task:{self.task_id}"),)


class TaskDone(_AboutTask):
    """Somebody did what they had to do."""


class TaskReopened(_AboutTask):
    """What was said to be done is still to be done."""


class TaskMoved(_AboutTask):
    """A referral came a step further."""


class TaskDropped(_AboutTask):
    """Something is no longer to be done."""


@dataclass(frozen=True, kw_only=True)
class CountersWrong(Event):
    """Counters did not say what the contacts say, and were counted anew."""

    n_volunteers: int
