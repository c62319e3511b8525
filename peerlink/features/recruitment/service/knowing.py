"""Keeps since when a leaving was known, so that a day in the past is judged by what was known on it."""

import datetime as dt
import uuid

from sqlalchemy import ColumnElement, update

from peerlink import clock
from peerlink.features.matching.models import Match
from peerlink.features.programmes.queries import programme_zone
from peerlink.features.recruitment.models import LeavingKnown
from peerlink.store.session import session


def know_day(volunteer_id: uuid.UUID, leaving_on: dt.date) -> None:
    """Write down that a day of leaving is known from today on, and one known before no longer."""
    forget_day(volunteer_id)
    session.add(LeavingKnown(volunteer_id=volunteer_id, leaving_on=leaving_on, from_on=_today()))


def forget_day(volunteer_id: uuid.UUID) -> None:
    """Write down that a stated day no longer holds."""
    _end(LeavingKnown.volunteer_id == volunteer_id, LeavingKnown.match_id.is_(None))


def know_plan(match: Match) -> None:
    """Write down that it is known from today on what becomes of a match."""
    forget_plan(match)
    session.add(LeavingKnown(volunteer_id=match.volunteer_id, match_id=match.id, from_on=_today()))


def forget_plan(match: Match) -> None:
    """Write down that the plan for a match no longer holds."""
    _end(LeavingKnown.match_id == match.id)


def forget_leaving(volunteer_id: uuid.UUID) -> None:
    """Write down that somebody has left: what was known of it is over."""
    _end(LeavingKnown.volunteer_id == volunteer_id)


def _end(*which: ColumnElement[bool]) -> None:
    session.flush()
    session.execute(
        update(LeavingKnown).where(*which, LeavingKnown.until_on.is_(None)).values(until_on=_today()),
        execution_options={"synchronize_session": False},
    )


def _today() -> dt.date:
    return clock.today(programme_zone())
