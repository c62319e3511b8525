"""Asks two people whether they would walk together, after every constraint was looked at once more."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from sqlalchemy import select

from peerlink import clock
from peerlink.errors import NotFound, Refused
from peerlink.events import announce
from peerlink.features.matching.events import MatchProposed
from peerlink.features.matching.gather import participant_profiles, places_known, volunteer_profiles
from peerlink.features.matching.models import Match
from peerlink.features.matching.profiles import ParticipantProfile, VolunteerProfile
from peerlink.features.matching.queries import asked_among
from peerlink.features.matching.rules import check_overrides, check_pair
from peerlink.features.matching.scoring import score
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework.vocabularies import MatchStatus, ParticipantStatus
from peerlink.lifecycle import Kind
from peerlink.store import gate, history, lookup
from peerlink.store.session import session
from peerlink.words import _

Person = TypeVar("Person", Volunteer, Participant)
TO_TEN_THOUSAND = 100
"""A score is kept in ten-thousandths and counted in millionths."""


@dataclass(frozen=True, kw_only=True)
class PairDraft:
    """Two people to be asked, and what is set aside for them."""

    participant_id: uuid.UUID
    volunteer_id: uuid.UUID
    overrides: Mapping[str, str] = field(default_factory=dict)
    """Constraint to the written reason for setting it aside."""


class PlanRefused(Refused):
    """A plan of which nothing was kept; `refusals` says for each pair that cannot be why."""

    def __init__(self, refusals: Mapping[tuple[uuid.UUID, uuid.UUID], str]) -> None:
        super().__init__(" ".join(dict.fromkeys(refusals.values())))
        self.refusals = refusals
        """(participant, volunteer) to the sentences that stand against them."""


def propose(draft: PairDraft, *, by: uuid.UUID | None, on: dt.date | None = None) -> Match:
    """Propose one pair; raises PlanRefused with the sentences that stand against it."""
    return confirm_plan([draft], by=by, on=on)[0]


def confirm_plan(
    pairs: Sequence[PairDraft], *, by: uuid.UUID | None, on: dt.date | None = None
) -> list[Match]:
    """Propose every pair of a plan, or none; raises PlanRefused with what stands against which pair.

    The people are held while this is judged: of two plans that want the last place the second is refused.
    """
    if not pairs:
        raise Refused(_("There is nothing in the plan yet."))
    for draft in pairs:
        check_overrides(draft.overrides)
    today = on or clock.today(programme_zone())
    with gate.opened("whether two people can be matched is judged"):
        people = _hold(pairs)
        scores = _judge(pairs, people, today)
        matches = [_begin(draft, scored, by, today) for draft, scored in zip(pairs, scores, strict=True)]
    lookup.admit(matches)
    return matches


def _hold(pairs: Sequence[PairDraft]) -> tuple[Sequence[Volunteer], Sequence[Participant]]:
    """Lock everybody concerned, always in the same order, and read them as they are now."""
    return (
        _locked(Volunteer, {draft.volunteer_id for draft in pairs}),
        _locked(Participant, {draft.participant_id for draft in pairs}),
    )


def _locked(model: type[Person], ids: set[uuid.UUID]) -> Sequence[Person]:
    asked = select(model).where(model.id.in_(ids)).order_by(model.id).with_for_update()
    found = session.scalars(asked.execution_options(populate_existing=True)).all()
    if len(found) < len(ids):
        raise NotFound
    return found


def _judge(
    pairs: Sequence[PairDraft], held: tuple[Sequence[Volunteer], Sequence[Participant]], today: dt.date
) -> list[int]:
    """Return the score of each pair, ten-thousandths; raises PlanRefused where one cannot be."""
    volunteers, participants = held
    where = places_known()
    offering = {one.id: one for one in volunteer_profiles(volunteers, today, where)}
    looking = {one.id: one for one in participant_profiles(participants, today, where)}
    waiting = {one.id for one in participants if one.status is ParticipantStatus.WAITING}
    asked = asked_among(waiting)
    given = Counter[uuid.UUID]()
    refusals: dict[tuple[uuid.UUID, uuid.UUID], str] = {}
    scores = []
    for draft in pairs:
        who, whom = draft.participant_id, draft.volunteer_id
        volunteer = replace(offering[whom], taken=offering[whom].taken + given[whom])
        if who not in waiting:
            against = [_("This person is not waiting for anybody now.")]
        elif who in asked:
            against = [_("Somebody has been proposed to this person already.")]
        else:
            against = _against(draft, volunteer, looking[who], today)
        if against:
            refusals[who, whom] = " ".join(dict.fromkeys(against))
            continue
        given[whom] += 1
        asked.add(who)
        scores.append(score(volunteer, looking[who], today) // TO_TEN_THOUSAND)
    if refusals:
        raise PlanRefused(refusals)
    return scores


def _against(
    draft: PairDraft, volunteer: VolunteerProfile, participant: ParticipantProfile, today: dt.date
) -> list[str]:
    results = check_pair(volunteer, participant, today)
    return [one.why for one in results if not one.holds and one.code not in draft.overrides]


def _begin(draft: PairDraft, scored: int, by: uuid.UUID | None, today: dt.date) -> Match:
    match = Match(
        id=uuid.uuid4(),
        subject_id=draft.participant_id,
        participant_id=draft.participant_id,
        volunteer_id=draft.volunteer_id,
        status=MatchStatus.PROPOSED,
        proposed_on=today,
        proposed_by=by.hex if by else None,
        score=scored,
        overrides=dict(draft.overrides) or None,
    )
    session.add(match)
    session.flush()
    history.begin(match, kind=Kind.MATCH, by=by, on=today)
    announce(
        MatchProposed(
            by=by,
            match_id=match.id,
            volunteer_id=match.volunteer_id,
            participant_id=match.participant_id,
            set_aside=tuple(sorted(draft.overrides)),
        )
    )
    return match
