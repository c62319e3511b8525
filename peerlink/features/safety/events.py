"""What can happen on the safety path and on a visit; nothing here says why."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event, Message, Wording


@dataclass(frozen=True, kw_only=True)
class SafetyPlanChanged(Event):
    """Crisis numbers, the written path or service hours were changed."""


@dataclass(frozen=True, kw_only=True)
class DutyChanged(Event):
    """Somebody's turn on duty was planned or taken back."""


@dataclass(frozen=True, kw_only=True)
class _AboutCall(Event):
    call_id: uuid.UUID
    person_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.person_id,)


@dataclass(frozen=True, kw_only=True)
class CallNeeded(_AboutCall):
    """Somebody needs a call without delay, or nobody took it and more people are told."""

    told: tuple[uuid.UUID, ...]
    stage: int

    def messages(self) -> tuple[Message, ...]:
        key = f"call {self.call_id} {self.stage}"
        return tuple(Message(one, Wording.NOW, key) for one in self.told)


class CallTaken(_AboutCall):
    """Somebody took a call on."""


class CallGivenBack(_AboutCall):
    """Whoever had taken a call on gave it back."""


@dataclass(frozen=True, kw_only=True)
class CallHandedOver(_AboutCall):
    """A call went from one person to another."""

    to: uuid.UUID

    def messages(self) -> tuple[Message, ...]:
        return (Message(self.to, Wording.NOW, f"call {self.call_id} to {self.to}"),)


class CallClosed(_AboutCall):
    """Somebody was reached, and what was done is written down."""


@dataclass(frozen=True, kw_only=True)
class _AboutVisit(Event):
    visit_id: uuid.UUID
    volunteer_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id,)


class VisitBegun(_AboutVisit):
    """A volunteer set out on a visit."""


class VisitChanged(_AboutVisit):
    """A visit lasts longer, or goes on after all."""


class VisitEnded(_AboutVisit):
    """A volunteer is back."""


@dataclass(frozen=True, kw_only=True)
class VisitLate(_AboutVisit):
    """A volunteer is not back in time, and somebody is told."""

    told: tuple[uuid.UUID, ...]
    stage: int
    due: str
    """When they should have been back: a visit made longer begins its stages anew."""

    def messages(self) -> tuple[Message, ...]:
        key = f"visit {self.visit_id} {self.stage} {self.due}"
        return tuple(Message(one, Wording.NOW, key) for one in self.told)
