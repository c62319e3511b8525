"""What can happen to a volunteer's record."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event, Message, Wording
from peerlink.framework.people_words import VolunteerStatus
from peerlink.framework.recruitment_words import KeepReason


@dataclass(frozen=True, kw_only=True)
class _AboutVolunteer(Event):
    volunteer_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return (self.volunteer_id,)


class VolunteerAdded(_AboutVolunteer):
    """Somebody offered to volunteer."""


class VolunteerChanged(_AboutVolunteer):
    """Details of a volunteer were changed."""


class OfferChanged(_AboutVolunteer):
    """A volunteer's capacity, hours, times, ways or limits were changed."""


class NewMatchesPaused(_AboutVolunteer):
    """A volunteer gets no new matches for a while."""


class NewMatchesResumed(_AboutVolunteer):
    """A volunteer is open for new matches again."""


@dataclass(frozen=True, kw_only=True)
class VolunteerStepped(_AboutVolunteer):
    """A volunteer took a step of their life-cycle."""

    before: VolunteerStatus
    after: VolunteerStatus


@dataclass(frozen=True, kw_only=True)
class VolunteerKeptLonger(_AboutVolunteer):
    """What is kept about somebody who left is kept longer than is usual."""

    why: KeepReason


@dataclass(frozen=True, kw_only=True)
class ReaderChosen(_AboutVolunteer):
    """A volunteer chose who reads their check-ins."""

    before_id: uuid.UUID | None
    """Whoever was chosen before; None where that was the supervisor."""
    reader_id: uuid.UUID | None
    """Who reads from now on; None where that is the supervisor again."""
    moment: int
    """Tells one choice from the next, for who is told of each."""

    def messages(self) -> tuple[Message, ...]:
        """Tell whoever was chosen that there is something new."""
        if self.reader_id is None:
            return ()
        return (Message(self.reader_id, Wording.UPDATE, f"reader {self.volunteer_id.hex} {self.moment}"),)
