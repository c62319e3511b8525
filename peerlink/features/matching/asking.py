"""What a volunteer may know of somebody before both have said yes, and nothing more."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import select

from peerlink.features.matching.models import Answer
from peerlink.features.matching.pools import candidate, pooled
from peerlink.features.matching.queries import my_proposals
from peerlink.features.matching.reasons import reasons_for_volunteer
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.queries import limits
from peerlink.features.volunteers.models import Volunteer
from peerlink.roles import Viewer
from peerlink.store import gate
from peerlink.store.session import session


@dataclass(frozen=True)
class ProposalCard:
    """A proposal as its volunteer sees it: an alias, kinds of support, ways and times both have."""

    match_id: uuid.UUID
    alias: str | None
    """The name chosen for them here; never the given name, which is not shown before both accept."""
    needs: tuple[str, ...]
    """Codes of support."""
    channels: tuple[str, ...]
    times: tuple[str, ...]
    """The participant's slots on days both have time."""
    reasons: tuple[str, ...]
    said: Answer | None
    answer_by: dt.date | None


def cards_for(viewer: Viewer, day: dt.date) -> list[ProposalCard]:
    """Describe every open proposal the viewer was asked about."""
    matches = my_proposals(viewer)
    if not matches:
        return []
    lasts = dt.timedelta(days=limits().whole("match.proposal_expires_days"))
    with gate.opened("a proposal is told without what would give somebody away"):
        asked = select(Participant).where(Participant.id.in_([match.participant_id for match in matches]))
        own = select(Volunteer).where(Volunteer.id == viewer.person_id)
        pool = pooled(session.scalars(asked).all(), session.scalars(own).all(), day)
        cards = []
        for match in matches:
            one, me = pool.participants[match.participant_id], pool.volunteers[match.volunteer_id]
            found = candidate(pool, pool.seeking[one.id], pool.offering[me.id])
            mine = {slot.split(" ")[0] for slot in me.availability or ()}
            cards.append(
                ProposalCard(
                    match.id,
                    one.alias,
                    pool.seeking[one.id].needs,
                    tuple(channel for channel in one.channels or () if channel in (me.channels or ())),
                    tuple(slot for slot in one.availability or () if slot.split(" ")[0] in mine),
                    reasons_for_volunteer(found.fit),
                    match.volunteer_said,
                    match.proposed_on + lasts if match.proposed_on else None,
                )
            )
    return cards
