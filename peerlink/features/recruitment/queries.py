"""What can be asked about how volunteers come and go, and by whom."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from peerlink.features.matching.models import Match
from peerlink.features.matching.queries import matches_of_volunteer, open_matches_of
from peerlink.features.recruitment.models import (
    AgreementText,
    ExitTalk,
    Handover,
    LeavingKnown,
    PrivacyPlan,
    Screening,
    Signing,
)
from peerlink.features.recruitment.rules import Published, unsigned
from peerlink.features.volunteers.models import Volunteer
from peerlink.features.volunteers.queries import SERVING, get_volunteer, volunteers_for
from peerlink.framework.recruitment_words import SIGNED, TextKind
from peerlink.framework.vocabularies import MatchStatus
from peerlink.roles import Viewer
from peerlink.store.lookup import find, get, many
from peerlink.store.session import session

ASK_FOR_ALL_FROM = 500
"""From so many people on, one question about everybody is cheaper than a long list of ids."""
OPEN = (MatchStatus.ACCEPTED, MatchStatus.ACTIVE, MatchStatus.PAUSED)
"""The matches that need a plan before their volunteer leaves (R02)."""
R = TypeVar("R", Screening, ExitTalk, PrivacyPlan)


def texts_of(kind: TextKind) -> Sequence[AgreementText]:
    """Return every version of a text, the newest first."""
    return many(select(AgreementText).where(AgreementText.kind == kind).order_by(AgreementText.number.desc()))


def current_text(kind: TextKind) -> AgreementText | None:
    """Return the version in force, or None where none was published."""
    newest = select(AgreementText).where(AgreementText.kind == kind)
    return find(newest.order_by(AgreementText.number.desc()).limit(1))


def get_text(text_id: uuid.UUID) -> AgreementText:
    """Return one version of a text; raises NotFound."""
    return get(select(AgreementText).where(AgreementText.id == text_id))


def signings_of(volunteer_id: uuid.UUID, viewer: Viewer) -> dict[uuid.UUID, Signing]:
    """Return what one volunteer signed, by version."""
    get_volunteer(volunteer_id, viewer)
    found = many(select(Signing).where(Signing.volunteer_id == volunteer_id).order_by(Signing.signed_on))
    return {one.text_id: one for one in found}


def agreements_in_force(day: dt.date) -> dict[TextKind, Published]:
    """Return the agreements every volunteer has to have signed on a day, by kind."""
    asked = (
        select(AgreementText.kind, AgreementText.id, AgreementText.published_on)
        .where(AgreementText.kind.in_(SIGNED), AgreementText.published_on <= day)
        .order_by(AgreementText.number)
    )
    return {kind: Published(text_id, on) for kind, text_id, on in session.execute(asked)}


def not_signed(agreed: Mapping[uuid.UUID, dt.date | None], day: dt.date) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Return which agreements in force each of these volunteers has not signed; nobody who signed all.

    It says nothing about anybody but that, so it asks for no viewer: the matcher and the checks read it.
    """
    current = agreements_in_force(day).values()
    if not current:
        return {}
    signed: dict[uuid.UUID, dict[uuid.UUID, dt.date]] = {one: {} for one in agreed}
    asked = select(Signing.volunteer_id, Signing.text_id, Signing.signed_on).where(Signing.signed_on <= day)
    if len(agreed) < ASK_FOR_ALL_FROM:
        asked = asked.where(Signing.volunteer_id.in_(agreed))
    for volunteer_id, text_id, on in session.execute(asked):
        if volunteer_id in signed:
            signed[volunteer_id][text_id] = on
    open_ones = {
        one: unsigned(current, own, agreed[one], is_of_a_signing=agreed[one] in own.values())
        for one, own in signed.items()
    }
    return {one: texts for one, texts in open_ones.items() if texts}


def last_signed_on(volunteer_id: uuid.UUID) -> dt.date | None:
    """Return the latest day on which somebody signed an agreement."""
    return session.scalar(select(func.max(Signing.signed_on)).where(Signing.volunteer_id == volunteer_id))


def without_signature(agreed: Mapping[uuid.UUID, dt.date | None], day: dt.date) -> set[uuid.UUID]:
    """Name those of these volunteers who have not signed every agreement in force (H4)."""
    return set(not_signed(agreed, day))


def find_screening(volunteer_id: uuid.UUID) -> Screening | None:
    """Return what recruitment keeps of somebody within reach; None where nothing was written down."""
    return _of(Screening, volunteer_id)


def find_exit_talk(volunteer_id: uuid.UUID) -> ExitTalk | None:
    """Return the talk that goes with somebody's leaving."""
    return _of(ExitTalk, volunteer_id)


def find_privacy_plan(volunteer_id: uuid.UUID) -> PrivacyPlan | None:
    """Return the privacy plan of somebody within reach."""
    return _of(PrivacyPlan, volunteer_id)


def _of(table: type[R], volunteer_id: uuid.UUID) -> R | None:
    return find(select(table).where(table.volunteer_id == volunteer_id))


def handovers_of(matches: Collection[Match]) -> dict[uuid.UUID, Handover]:
    """Return what is planned for matches within reach, by match."""
    asked = select(Handover).where(Handover.match_id.in_({one.id for one in matches}))
    return {one.match_id: one for one in session.scalars(asked)}


def open_matches(volunteer_id: uuid.UUID, viewer: Viewer) -> Sequence[Match]:
    """Return every match that must end or move before a volunteer has left, proposals included."""
    return matches_of_volunteer(volunteer_id, viewer)


def has_match_elsewhere(volunteer_id: uuid.UUID, within: Collection[Match]) -> bool:
    """Tell whether somebody has open matches beyond those the viewer may know of; nothing else is said."""
    everything = open_matches_of(Match.volunteer_id == volunteer_id)
    return len(everything) > len(within)


def plans_wanting() -> ColumnElement[bool]:
    """Say who has an open match for which nothing is planned."""
    planned = exists().where(Handover.match_id == Match.id)
    return exists().where(Match.volunteer_id == Volunteer.id, Match.status.in_(OPEN), ~planned)


def leaving_without_plan() -> set[uuid.UUID]:
    """Name who stated a day of leaving and has an open match without a plan."""
    asked = select(Volunteer.id).where(Volunteer.leaving_on.is_not(None), plans_wanting())
    return set(session.scalars(asked))


def leaving_known(day: dt.date) -> dict[uuid.UUID, dt.date]:
    """Return the day of leaving each volunteer had stated by a day, and not taken back; for the rules."""
    asked = select(LeavingKnown.volunteer_id, LeavingKnown.leaving_on).where(_known(day))
    return {who: on for who, on in session.execute(asked) if on is not None}


def plans_known(day: dt.date) -> set[uuid.UUID]:
    """Name the matches for which something was planned by a day, and not taken back; for the rules."""
    asked = select(LeavingKnown.match_id).where(_known(day), LeavingKnown.match_id.is_not(None))
    return {match_id for match_id in session.scalars(asked) if match_id is not None}


def _known(day: dt.date) -> ColumnElement[bool]:
    until = LeavingKnown.until_on
    return and_(LeavingKnown.from_on <= day, or_(until.is_(None), until > day))


def privacy_plans_agreed(day: dt.date) -> dict[uuid.UUID, dt.date]:
    """Return when each volunteer's privacy plan was agreed on, up to a day; for the rules."""
    asked = select(PrivacyPlan.volunteer_id, PrivacyPlan.agreed_on).where(PrivacyPlan.agreed_on <= day)
    return {who: on for who, on in session.execute(asked) if on is not None}


def leaving(viewer: Viewer) -> Sequence[Volunteer]:
    """Return those within reach who stated a day of leaving and have not left, the earliest first."""
    asked = volunteers_for(viewer).where(Volunteer.leaving_on.is_not(None), Volunteer.status.in_(SERVING))
    return many(asked.order_by(Volunteer.leaving_on, Volunteer.id))


def plans_to_agree(viewer: Viewer) -> Sequence[Volunteer]:
    """Return those within reach who wrote a privacy plan that nobody has agreed on with them."""
    waiting = exists().where(PrivacyPlan.volunteer_id == Volunteer.id, PrivacyPlan.agreed_on.is_(None))
    asked = volunteers_for(viewer).where(Volunteer.status.in_(SERVING), waiting)
    return many(asked.order_by(Volunteer.id))


def possible_buddies(volunteer: Volunteer, viewer: Viewer) -> Sequence[Volunteer]:
    """Return the fellow volunteers who serve and could be at somebody's side."""
    serving = volunteers_for(viewer).where(Volunteer.status.in_(SERVING), Volunteer.id != volunteer.id)
    return sorted(many(serving), key=lambda one: one.called.casefold())


def has_somebody_beside(volunteer: Volunteer) -> bool:
    """Tell whether any other volunteer serves, who could be a buddy at all."""
    others = select(Volunteer.id).where(Volunteer.status.in_(SERVING), Volunteer.id != volunteer.id)
    return session.scalar(others.limit(1)) is not None
