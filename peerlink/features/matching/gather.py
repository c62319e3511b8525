"""Collects what matching needs to know of many people at once, as it stood on a day."""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from peerlink.features.matching.models import Match
from peerlink.features.matching.profiles import ParticipantProfile, VolunteerProfile, Want, week_of
from peerlink.features.matching.queries import GONE
from peerlink.features.matching.sources import (
    Trained,
    concern_sources,
    held_back_sources,
    named_by,
    training_sources,
    unsigned_sources,
)
from peerlink.features.participants.models import Participant
from peerlink.features.programmes.models import Site
from peerlink.features.programmes.queries import approved_places, sites
from peerlink.features.volunteers.models import Volunteer
from peerlink.framework import support
from peerlink.framework.reasons import NO_REMATCH, DeclineReason
from peerlink.framework.vocabularies import (
    LanguageLevel,
    MatchStatus,
    ParticipantStatus,
    VolunteerStatus,
)
from peerlink.store.lookup import many
from peerlink.store.session import session

ASK_FOR_ALL_FROM = 500
"""From so many people on, one question about everybody is cheaper than a long list of ids."""


@dataclass(frozen=True)
class Places:
    """Where the programme is, as both sides of a match need to know it."""

    sites: dict[uuid.UUID, Site]
    approved: frozenset[str]
    """Ids (hex) of the places where people may meet."""


def places_known() -> Places:
    """Read sites and approved places."""
    return Places(sites(), frozenset(place.hex for place in approved_places()))


def volunteer_profiles(
    volunteers: Sequence[Volunteer], day: dt.date, where: Places
) -> list[VolunteerProfile]:
    """Describe volunteers as they stood on a day; their records must be open to whoever asks."""
    ids = {volunteer.id for volunteer in volunteers}
    taken, active = _loads(ids, day)
    trained = _training(ids, day)
    agreed = {one.id: one.agreement_on for one in volunteers}
    unsigned = {who for source in unsigned_sources for who in source(agreed, day)}
    held_back, concern = named_by(held_back_sources, day), named_by(concern_sources, day)
    return [
        VolunteerProfile(
            id=one.id,
            status=_volunteer_status(one, day),
            paused_until=one.no_new_matches_until,
            capacity=one.capacity,
            taken=taken[one.id],
            active=active[one.id],
            mandatory=trained.get(one.id, Trained()).mandatory,
            vetting_until=one.vetting_until,
            agreement_on=None if one.id in unsigned else one.agreement_on,
            concern_open=one.id in concern,
            held_back=one.id in held_back,
            languages=_languages(one.languages),
            gender=one.gender,
            birth_year=one.birth_year,
            site=one.site_id.hex if one.site_id else None,
            area=one.area,
            channels=tuple(one.channels or ()),
            places=where.approved.intersection(one.places or ()),
            week=_week(tuple(one.availability or ())),
            skills=_codes(one.skills) | trained.get(one.id, Trained()).areas,
            life_stages=frozenset(one.life_stages or ()),
            communities=frozenset(one.communities or ()),
            diagnosed_year=one.diagnosed_year,
            limits=_codes(one.limits),
            names=_names(one, where),
            keep_apart=_plain(one.keep_apart or ()),
        )
        for one in volunteers
    ]


def participant_profiles(
    participants: Sequence[Participant], day: dt.date, where: Places
) -> list[ParticipantProfile]:
    """Describe participants as they stood on a day; their records must be open to whoever asks."""
    ids = {participant.id for participant in participants}
    ties, not_again = _gone_wrong(ids, day)
    return [
        ParticipantProfile(
            id=one.id,
            status=_participant_status(one, day),
            waiting_since=one.status_since if one.status_since <= day else one.referred_on,
            consent_support_on=_given(one, "support"),
            consent_matching_on=_given(one, "matching"),
            consent_until=one.consent_until,
            languages=_languages(one.languages),
            gender=one.gender,
            birth_year=one.birth_year,
            site=one.site_id.hex if one.site_id else None,
            area=one.area,
            channels=tuple(one.channels or ()),
            places=where.approved.intersection(one.places or ()),
            week=_week(tuple(one.availability or ())),
            needs=tuple(sorted(_codes(one.needs))),
            wants=tuple(_want(want) for want in one.wants or ()),
            names=_names(one, where),
            keep_apart=_plain(one.keep_apart or ()),
            ties=frozenset(ties[one.id]),
            not_again=frozenset(not_again[one.id]),
        )
        for one in participants
        if one.referred_on <= day
    ]


def _volunteer_status(volunteer: Volunteer, day: dt.date) -> VolunteerStatus:
    """Return the status on a day; one that began later is read as active from the day they joined."""
    if volunteer.status_since <= day:
        return volunteer.status
    joined = volunteer.joined_on is not None and volunteer.joined_on <= day
    return VolunteerStatus.ACTIVE if joined else VolunteerStatus.APPLICANT


def _participant_status(participant: Participant, day: dt.date) -> ParticipantStatus:
    """Return the status on a day; one that began later is read as waiting."""
    return participant.status if participant.status_since <= day else ParticipantStatus.WAITING


def _loads(
    volunteer_ids: Collection[uuid.UUID], day: dt.date
) -> tuple[Counter[uuid.UUID], Counter[uuid.UUID]]:
    """Count the places each volunteer had taken on a day, and the matches that were active."""
    asked = select(
        Match.volunteer_id, Match.status, Match.proposed_on, Match.accepted_on, Match.started_on
    ).where(
        Match.status.not_in(GONE),
        or_(Match.status != MatchStatus.ENDED, Match.ended_on > day),
        _among(Match.volunteer_id, volunteer_ids),
    )
    taken, active = Counter[uuid.UUID](), Counter[uuid.UUID]()
    for volunteer_id, status, *days in session.execute(asked):
        begun = next((one for one in days if one is not None), None)
        if begun is not None and begun > day:
            continue
        taken[volunteer_id] += 1
        started_on = days[-1]
        met = status in (MatchStatus.ACTIVE, MatchStatus.ENDED)
        active[volunteer_id] += met and (started_on is None or started_on <= day)
    return taken, active


def _training(volunteer_ids: Collection[uuid.UUID], day: dt.date) -> dict[uuid.UUID, Trained]:
    return {
        volunteer: trained
        for source in training_sources
        for volunteer, trained in source(volunteer_ids, day).items()
    }


def _gone_wrong(
    participant_ids: Collection[uuid.UUID], day: dt.date
) -> tuple[defaultdict[uuid.UUID, set[uuid.UUID]], defaultdict[uuid.UUID, set[uuid.UUID]]]:
    """Return with whom each participant has a tie, and with whom a match went wrong."""
    ties: defaultdict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    not_again: defaultdict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    ended = select(Match.participant_id, Match.volunteer_id).where(
        Match.end_reason.in_(NO_REMATCH),
        Match.ended_on <= day,
        _among(Match.participant_id, participant_ids),
    )
    for participant_id, volunteer_id in session.execute(ended):
        not_again[participant_id].add(volunteer_id)
    declined = select(Match).where(
        Match.status == MatchStatus.DECLINED, _among(Match.participant_id, participant_ids)
    )
    for match in many(declined):
        if match.said_why == DeclineReason.KNOW_EACH_OTHER:
            ties[match.participant_id].add(match.volunteer_id)
        elif match.said_why == DeclineReason.NOT_COMFORTABLE:
            not_again[match.participant_id].add(match.volunteer_id)
    return ties, not_again


def _among(column: InstrumentedAttribute[uuid.UUID], ids: Collection[uuid.UUID]) -> ColumnElement[bool]:
    return column.in_(ids) if len(ids) < ASK_FOR_ALL_FROM else true()


def _given(participant: Participant, kind: str) -> dt.date | None:
    day = (participant.consents or {}).get(kind)
    return dt.date.fromisoformat(day) if day else None


def _want(said: dict[str, object]) -> Want:
    value = said.get("value")
    return Want(str(said.get("trait")), None if value is None else str(value), bool(said.get("must")))


def _languages(said: dict[str, str] | None) -> dict[str, LanguageLevel]:
    return {language: LanguageLevel(level) for language, level in (said or {}).items()}


def _names(person: Volunteer | Participant, where: Places) -> frozenset[str]:
    site = where.sites.get(person.site_id) if person.site_id else None
    return _plain(name for name in (person.ref, site.ref if site else None, person.area) if name)


def _plain(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in names)


def _codes(said: list[str] | None) -> frozenset[str]:
    return frozenset(_code(one) for one in said or ())


@lru_cache(maxsize=512)
def _code(said: str) -> str:
    """Return the full code of a support word, anything else as it is."""
    try:
        return support.code(said)
    except ValueError:
        return said.strip().lower()


@lru_cache(maxsize=4096)
def _week(slots: tuple[str, ...]) -> int:
    return week_of(slots)
