"""Says whom to call and how: to whoever took a call on, as long as they have it, and to nobody else."""

import uuid
from dataclasses import dataclass

from peerlink.features.participants.models import Participant
from peerlink.features.safety.models import SafetyCall
from peerlink.features.safety.rules import may_know_participant
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.vocabularies import Channel
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.session import session
from peerlink.words import _

WHY = "whoever took a call on must reach the person, and it stands in the trail"


@dataclass(frozen=True)
class Reach:
    """Somebody to be called, and how it is safe to reach them."""

    called: str
    phone: str | None
    """None where there is no number, or where they must not be called."""
    email: str | None = None
    ways: tuple[str, ...] = ()
    """How it is safe to reach a participant."""
    words: str | None = None
    """When, and what not to say to whoever answers."""
    must_not_call: bool = False
    beside: bool = False
    """Whether this is the volunteer beside the person it is about."""


def reached_by(call: SafetyCall, viewer: Viewer) -> list[Reach]:
    """Return whom the viewer has to call and how; nobody where the call is not theirs, or over."""
    if call.closed_on is not None or call.acknowledged_at is None or call.holder_id != viewer.account_id:
        return []
    found = []
    if call.participant_id is not None and may_know_participant(viewer.roles, call.passed_stage):
        found.append(_participant(call.participant_id))
    if call.volunteer_id is not None:
        found.append(_volunteer(call.volunteer_id, beside=call.participant_id is not None))
    return found


def _volunteer(volunteer_id: uuid.UUID, *, beside: bool) -> Reach:
    with gate.lent(["volunteer"], volunteer_id, WHY):
        one = session.get_one(Volunteer, volunteer_id)
        return Reach(one.called, one.phone, one.email, beside=beside)


def _participant(participant_id: uuid.UUID) -> Reach:
    with gate.lent(["participant"], participant_id, WHY):
        one = session.get_one(Participant, participant_id)
        safe = one.safe_channels or []
        return Reach(
            one.called,
            one.phone if Channel.PHONE in safe else None,
            ways=tuple(_(Channel(way).label) for way in safe),
            words=one.safe_words,
            must_not_call=Channel.PHONE not in safe,
        )
