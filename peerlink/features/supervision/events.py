"""What can happen to a supervision session, to what was agreed in it, and to who looks after whom."""

import datetime as dt
import uuid
from dataclasses import dataclass

from peerlink.events import Event, Message, Wording
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

    def messages(self) -> tuple[Message, ...]:
        return (Message(self.volunteer_id, Wording.DATE, f"session {self.supervision_id.hex}"),)


@dataclass(frozen=True, kw_only=True)
class SupervisionStepped(_AboutSession):
    """A session was held, missed or cancelled."""

    after: SupervisionStatus
    written_at: dt.datetime | None = None

    def messages(self) -> tuple[Message, ...]:
        if self.after is not SupervisionStatus.CANCELLED:
            return ()
        when = self.written_at.isoformat() if self.written_at else ""
        key = f"session off {self.supervision_id.hex} {when}"
        return (Message(self.volunteer_id, Wording.UPDATE, key),)


class SupervisionHeld(_AboutSession):
    """A volunteer was looked after."""


@dataclass(frozen=True, kw_only=True)
class SupervisionTakenBack(_AboutSession):
    """What was written about a session was a mistake: it is planned again, or gone where it never was."""

    was: SupervisionStatus
    """What it had been written down as."""
    written_at: dt.datetime
    """When that was."""
    is_gone: bool = False

    def messages(self) -> tuple[Message, ...]:
        if self.was is not SupervisionStatus.CANCELLED:
            return ()
        key = f"session on {self.supervision_id.hex} {self.written_at.isoformat()}"
        return (Message(self.volunteer_id, Wording.DATE, key),)


class PointAdded(_AboutSession):
    """A volunteer said what they want to talk about."""


@dataclass(frozen=True, kw_only=True)
class _AboutAction(Event):
    volunteer_id: uuid.UUID
    action_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id,)


class ActionAgreed(_AboutAction):
    """Something was agreed in a session."""


class ActionDone(_AboutAction):
    """What was agreed is done."""


class ActionDropped(_AboutAction):
    """What was agreed is no longer to be done."""


class AgreementTakenBack(_AboutAction):
    """What was agreed went with a session that was written down by mistake."""


class ActionReopened(_AboutAction):
    """What was ticked off by mistake is open again."""


@dataclass(frozen=True, kw_only=True)
class _AboutCover(Event):
    cover_id: uuid.UUID
    supervisor_id: uuid.UUID
    covered_by: uuid.UUID | None
    """Who looks after their volunteers meanwhile."""
    volunteers: tuple[uuid.UUID, ...]

    def about(self) -> tuple[uuid.UUID, ...]:
        return self.volunteers

    def messages(self) -> tuple[Message, ...]:
        told = [*self.volunteers, *filter(None, (self.covered_by, self.supervisor_id))]
        return tuple(
            Message(one, Wording.UPDATE, f"{type(self).__name__} {self.cover_id.hex}")
            for one in told
            if one != self.by
        )


class CoverArranged(_AboutCover):
    """A supervisor will be away, and it is said who looks after their volunteers."""


class CoverEnded(_AboutCover):
    """A supervisor is back before the day that was said."""
