"""Participants made up for tests."""

import datetime as dt
import uuid

from peerlink.features.participants import service
from peerlink.features.participants.models import Participant
from peerlink.features.participants.rules import ConsentKind, ParticipantDraft
from peerlink.framework.vocabularies import ParticipantStatus
from peerlink.store import gate
from peerlink.store.session import transaction


def participant_draft(**said: object) -> ParticipantDraft:
    return ParticipantDraft(**{"given_name": "Noor", "family_name": "Haddad", "birth_year": 1991, **said})


def a_participant(status: ParticipantStatus = ParticipantStatus.REFERRED, **said: object) -> uuid.UUID:
    """Add somebody the way the app does and bring them as far as waiting."""
    with transaction(), gate.opened("a test makes somebody up"):
        participant = service.add_participant(participant_draft(**said), by=None)
        bring(participant, status)
        return participant.id


def bring(participant: Participant, status: ParticipantStatus, on: dt.date | None = None) -> None:
    if status is ParticipantStatus.REFERRED:
        return
    service.take_consents(participant, [ConsentKind.SUPPORT, ConsentKind.MATCHING], by=None, on=on)
    if status is ParticipantStatus.WAITING:
        service.step(participant, ParticipantStatus.WAITING, by=None, on=on)
