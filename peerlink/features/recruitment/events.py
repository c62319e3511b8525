"""What can happen when volunteers come, sign, are shown and leave."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event, Message, Wording
from peerlink.framework.recruitment_words import HandoverKind, Preparation, ShownIn, TextKind


@dataclass(frozen=True, kw_only=True)
class _AboutVolunteer(Event):
    volunteer_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id,)


@dataclass(frozen=True, kw_only=True)
class _ToldToTeam(_AboutVolunteer):
    tell: tuple[uuid.UUID, ...] = ()
    """The accounts that are told."""

    def messages(self) -> tuple[Message, ...]:
        key = f"{type(self).__name__}:{self.volunteer_id.hex}"
        return tuple(Message(to, Wording.UPDATE, key) for to in self.tell)


@dataclass(frozen=True, kw_only=True)
class ApplicationsChanged(Event):
    """The public page for offers to help was opened, closed or worded anew."""

    is_open: bool


@dataclass(frozen=True, kw_only=True)
class TextPublished(Event):
    """A version of an agreement, or of the text on applicants' details, was published."""

    kind: TextKind
    number: int


class HelpOffered(_ToldToTeam):
    """Somebody offered to help on the public page."""


@dataclass(frozen=True, kw_only=True)
class PreparationKept(_AboutVolunteer):
    """Something was talked through with somebody who is coming."""

    what: Preparation


@dataclass(frozen=True, kw_only=True)
class PreparationTakenBack(_AboutVolunteer):
    """A talk written down by mistake was taken out again."""

    what: Preparation


class ReferenceKept(_AboutVolunteer):
    """A reference was asked, answered or taken out."""


class VettingKept(_AboutVolunteer):
    """A clearance was asked for, or came."""


class BuddyNamed(_AboutVolunteer):
    """A volunteer has a fellow volunteer at their side, or another one."""


@dataclass(frozen=True, kw_only=True)
class AgreementSigned(_AboutVolunteer):
    """A volunteer signed a version of an agreement."""

    kind: TextKind
    number: int


class LeavingStated(_ToldToTeam):
    """A volunteer's day of leaving was stated."""


class LeavingTakenBack(_AboutVolunteer):
    """A volunteer stays after all."""


@dataclass(frozen=True, kw_only=True)
class HandoverPlanned(_AboutVolunteer):
    """It was planned what becomes of a match whose volunteer leaves."""

    match_id: uuid.UUID
    how: HandoverKind


@dataclass(frozen=True, kw_only=True)
class HandoverForgotten(_AboutVolunteer):
    """Such a plan was taken back."""

    match_id: uuid.UUID


class ExitTalkKept(_AboutVolunteer):
    """A talk at the end was offered, wished for or held."""


class NameShownChanged(_AboutVolunteer):
    """A volunteer chose which name is shown."""


@dataclass(frozen=True, kw_only=True)
class ShowingAllowed(_AboutVolunteer):
    """A volunteer agreed to be shown somewhere."""

    where: ShownIn


@dataclass(frozen=True, kw_only=True)
class ShowingForbidden(_AboutVolunteer):
    """A volunteer took that back; it holds at once."""

    where: ShownIn


@dataclass(frozen=True, kw_only=True)
class PrivacyPlanKept(_AboutVolunteer):
    """A privacy plan was written, changed or agreed on."""

    is_agreed: bool
