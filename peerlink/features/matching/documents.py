"""What the command line prints about matching; other programs read it (interchange.md, section 2)."""

import datetime as dt
from typing import Any

from sqlalchemy import Select, or_, select

from peerlink import clock
from peerlink.errors import NotFound
from peerlink.features.matching.certificate import ONE
from peerlink.features.matching.pools import Pool, candidate, pooled, whole_round
from peerlink.features.matching.scoring import Fit
from peerlink.features.matching.sources import VolunteersOn
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import KNOWN
from peerlink.framework.vocabularies import ParticipantStatus
from peerlink.store import gate
from peerlink.store.lookup import find
from peerlink.store.session import session

_PER_CENT = 100


def propose_document(as_of: dt.date | None = None, spared: VolunteersOn | None = None) -> dict[str, Any]:
    """Plan for everybody who waits on a day (today unless said), and say who cannot be served and why."""
    day = as_of or clock.today(programme_zone())
    with gate.opened("the whole pool is matched for a command"):
        pool = pooled(
            session.scalars(_who_may_wait(day)).all(),
            session.scalars(select(Volunteer).where(KNOWN).order_by(Volunteer.id)).all(),
            day,
            spared=spared,
        )
        found = whole_round(pool)
        return {
            "proposals": [
                {
                    "participant": pool.participants[one.participant].ref,
                    "volunteer": pool.volunteers[one.volunteer].ref,
                    "score": _share(one.fit.score),
                    "criteria": _criteria(one.fit),
                }
                for one in found.proposals()
            ],
            "unmatched": [
                {
                    "participant": pool.participants[one.participant].ref,
                    "blocked_by": [
                        {"constraint": code, "volunteers": failing}
                        for code, failing in one.blocked_by.items()
                    ],
                }
                for one in found.unmatched()
            ],
            "total_score": _share(found.total_score),
            "covered": found.n_covered,
            "waiting": found.n_waiting,
        }


def _who_may_wait(day: dt.date) -> Select[Participant]:
    """Ask for everybody whose status is waiting, or began only after the day and is read as waiting."""
    waiting = or_(Participant.status == ParticipantStatus.WAITING, Participant.status_since > day)
    return select(Participant).where(waiting).order_by(Participant.id)


def explain_document(
    participant_ref: str,
    volunteer_ref: str,
    as_of: dt.date | None = None,
    spared: VolunteersOn | None = None,
) -> dict[str, Any]:
    """Say of one pair which constraints hold and what each criterion adds; raises NotFound."""
    day = as_of or clock.today(programme_zone())
    with gate.opened("one pair is explained for a command"):
        participant = find(select(Participant).where(Participant.ref.found(participant_ref)))
        volunteer = find(select(Volunteer).where(Volunteer.ref.found(volunteer_ref)))
        if participant is None or volunteer is None:
            raise NotFound
        pool = pooled([participant], [volunteer], day, spared=spared)
        return _explained(pool, participant, volunteer)


def _explained(pool: Pool, participant: Participant, volunteer: Volunteer) -> dict[str, Any]:
    if participant.id not in pool.seeking:
        raise NotFound
    found = candidate(pool, pool.seeking[participant.id], pool.offering[volunteer.id])
    return {
        "eligible": found.fits,
        "constraints": [{"id": one.code, "holds": one.holds, "why": one.why} for one in found.results],
        "score": _share(found.fit.score),
        "criteria": _criteria(found.fit),
    }


def _criteria(found: Fit) -> list[dict[str, Any]]:
    return [
        {"id": part.code, "weight": part.weight / _PER_CENT, "score": _share(part.score)}
        for part in found.parts
    ]


def _share(millionths: int) -> float:
    return millionths / ONE
