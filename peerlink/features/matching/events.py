"""What can happen to a match."""

import uuid
from dataclasses import dataclass

from peerlink.events import Event
from peerlink.features.matching.models import Answer
from peerlink.framework.reasons import EndReason


@dataclass(frozen=True, kw_only=True)
class AboutMatch(Event):
    """Something that happened to a match."""

    match_id: uuid.UUID
    volunteer_id: uuid.UUID
    participant_id: uuid.UUID

    def about(self) -> tuple[uuid.UUID, ...]:
        return self.participant_id, self.volunteer_id


@dataclass(frozen=True, kw_only=True)
class MatchProposed(AboutMatch):
    """Two people were asked whether they would walk together."""

    set_aside: tuple[str, ...] = ()
    """The constraints a coordinator set aside, with reasons kept in the match."""


@dataclass(frozen=True, kw_only=True)
class VolunteerAnswered(AboutMatch):
    """The volunteer answered a proposal."""

    said: Answer


@dataclass(frozen=True, kw_only=True)
class ParticipantAnswered(AboutMatch):
    """The participant answered a proposal."""

    said: Answer


class MatchAccepted(AboutMatch):
    """Both said yes."""


class MatchDeclined(AboutMatch):
    """One of the two said no; the participant goes on waiting."""


class ProposalWithdrawn(AboutMatch):
    """A proposal was taken back before both had answered."""


class ProposalExpired(AboutMatch):
    """Nobody answered in time."""


class MatchStarted(AboutMatch):
    """The two have met for the first time."""


class MatchPaused(AboutMatch):
    """A match takes a break."""


class MatchResumed(AboutMatch):
    """A match goes on after a break."""


class MatchCancelled(AboutMatch):
    """An accepted match was given up before the first contact."""


@dataclass(frozen=True, kw_only=True)
class MatchEnded(AboutMatch):
    """A match ended."""

    reason: EndReason
    planned: bool
