"""What can be asked about participants, and by whom."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, exists, false, func, or_, select

from peerlink.features.participants.models import Participant
from peerlink.framework.vocabularies import ParticipantStatus
from peerlink.roles import Role, Viewer
from peerlink.store import house, names
from peerlink.store.lookup import find, get, many
from peerlink.store.paging import Paged, paged
from peerlink.store.session import session

OPEN = (
    ParticipantStatus.REFERRED,
    ParticipantStatus.CONSENTED,
    ParticipantStatus.WAITING,
    ParticipantStatus.MATCHED,
    ParticipantStatus.ACTIVE,
    ParticipantStatus.PAUSED,
    ParticipantStatus.ENDING,
)
"""The states of people the programme still looks after."""


@dataclass(frozen=True)
class Wanted:
    """What a list of participants is narrowed to; all empty is everybody still looked after."""

    status: ParticipantStatus | None = None
    site_id: uuid.UUID | None = None
    since_before: dt.date | None = None
    """In their state since this day or longer."""
    everybody: bool = False
    newest_first: bool = False


def participants_for(viewer: Viewer) -> Select[Participant]:
    """Return the participants a viewer may see: a coordinator all, or those of the one site they keep.

    Whom a volunteer reaches through a match is asked of the matching room.
    """
    asked = select(Participant)
    if not viewer.is_a(Role.COORDINATOR):
        return asked.where(false())
    return asked if viewer.site_id is None else asked.where(Participant.site_id == viewer.site_id)


def get_participant(participant_id: uuid.UUID, viewer: Viewer) -> Participant:
    """Return the participant; raises NotFound where there is none, or none for this viewer."""
    return get(participants_for(viewer).where(Participant.id == participant_id))


def find_participant_by_ref(ref: str, viewer: Viewer) -> Participant | None:
    """Return the participant with this programme number, if the viewer may see them."""
    token = house.fingerprint("number", ref)
    index = Participant.ref_index  # type: ignore[attr-defined]
    return find(participants_for(viewer).where(index == token)) if token else None


def participants_among(participant_ids: Iterable[uuid.UUID], viewer: Viewer) -> dict[uuid.UUID, Participant]:
    """Return those of these participants that the viewer may see, by id."""
    found = many(participants_for(viewer).where(Participant.id.in_(set(participant_ids))))
    return {one.id: one for one in found}


def participant_ids_by_ref() -> dict[bytes, uuid.UUID]:
    """Return every participant's id by the fingerprint of their number; for the house's own work in bulk."""
    index = Participant.ref_index  # type: ignore[attr-defined]
    return dict(iter(session.execute(select(index, Participant.id))))


def ref_is_taken(ref: str) -> bool:
    """Tell whether some participant, in anybody's reach or not, has this programme number."""
    index = Participant.ref_index  # type: ignore[attr-defined]
    asked = select(exists().where(index == house.fingerprint("number", ref)))
    return bool(session.scalar(asked))


def find_participants_by(phone: str | None, email: str | None, viewer: Viewer) -> Sequence[Participant]:
    """Return those of the viewer's participants with this phone number or this e-mail address."""
    return many(participants_for(viewer).where(or_(false(), *_same(phone=phone, email=email))))


def participants_named(text: str, viewer: Viewer) -> Sequence[Participant]:
    """Return those of the viewer's participants whose names are like this, the nearest first."""
    order = {one: n for n, one in enumerate(names.find("participant", text))}
    found = many(participants_for(viewer).where(Participant.id.in_(order)))
    return sorted(found, key=lambda one: order[one.id])


def search_participants(text: str, viewer: Viewer) -> list[Participant]:
    """Return those of the viewer's participants with this phone, e-mail or number, then those named so."""
    exact = many(participants_for(viewer).where(or_(false(), *_same(text, text, text))))
    return list({one.id: one for one in (*exact, *participants_named(text, viewer))}.values())


def participant_page(viewer: Viewer, wanted: Wanted, number: int = 1) -> Paged[Participant]:
    """Return one page of the viewer's participants: those who wait first, then the longest in their state."""
    asked = _narrowed(participants_for(viewer), wanted)
    newest = (Participant.referred_on.desc(), Participant.id)
    waits = case((Participant.status == ParticipantStatus.WAITING, 0), else_=1)
    longest = (waits, Participant.status_since, Participant.id)
    return paged(asked.order_by(*(newest if wanted.newest_first else longest)), number)


def participant_counts(viewer: Viewer) -> dict[ParticipantStatus, int]:
    """Return how many of the viewer's participants are in each state."""
    asked = participants_for(viewer).with_only_columns(
        Participant.status, func.count(), maintain_column_froms=True
    )
    return dict(iter(session.execute(asked.group_by(Participant.status))))


def _same(
    phone: str | None = None, email: str | None = None, number: str | None = None
) -> list[ColumnElement[bool]]:
    asked = (("phone", phone), ("email", email), ("ref", number))
    tokens = [(name, house.fingerprint("number" if name == "ref" else name, text)) for name, text in asked]
    return [getattr(Participant, f"{name}_index") == token for name, token in tokens if token is not None]


def _narrowed(asked: Select[Participant], wanted: Wanted) -> Select[Participant]:
    if wanted.status is not None:
        asked = asked.where(Participant.status == wanted.status)
    elif not wanted.everybody:
        asked = asked.where(Participant.status.in_(OPEN))
    if wanted.site_id is not None:
        asked = asked.where(Participant.site_id == wanted.site_id)
    if wanted.since_before is not None:
        asked = asked.where(Participant.status_since <= wanted.since_before)
    return asked
