"""How tests put people on duty and on visits, and hear who is told."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from peerlink import clock
from peerlink.events import Event
from peerlink.features.safety import service, visiting
from peerlink.features.safety.models import SafetyCall
from peerlink.features.safety.rules import CrisisNumber, PlanDraft, VisitDraft
from peerlink.framework.safety_words import DutyKind, VisitPlace
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.support import cast

MONDAY_TEN = dt.datetime(2026, 8, 3, 9, 0, tzinfo=dt.UTC)
"""Ten in the morning in London, in summer."""
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
PLAN: dict[str, Any] = {
    "numbers": (CrisisNumber(name="Night line", number="116 123", hours="day and night"),),
    "words": "You matter here.",
    "path": "Call, stay, hand over.",
    "card": "Stay with them. Do not promise silence.",
    "duty_phone": "+44 7700 900555",
    "days": ("mon", "tue", "wed", "thu", "fri"),
    "opens": dt.time(9),
    "closes": dt.time(17),
}


def plan_it(**said: Any) -> None:
    """Fill the safety plan in."""
    with transaction(), gate.opened("a test fills the plan in"):
        service.save_plan(PlanDraft(**(PLAN | said)), by=None)


def on_duty(person: cast.Person, kind: DutyKind, day: dt.date | None = None, **said: Any) -> uuid.UUID:
    """Put somebody on duty for one day."""
    day = day or clock.today("Europe/London")
    with transaction(), gate.opened("a test plans a turn"):
        until = said.pop("until_on", day)
        return service.plan_turn(person.viewer.account_id, kind, day, until, by=None, **said).id


def set_out(person: cast.Person = cast.AMINA, minutes: int = 60, **said: Any) -> uuid.UUID:
    """Send somebody on a visit."""
    draft: dict[str, Any] = {"minutes": minutes, "where": VisitPlace.PLACE, "place_id": cast.PLACE_ID}
    with transaction(), gate.opened("a test sends somebody out"):
        return visiting.set_out(VisitDraft(**(draft | said)), person.viewer).id


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """Do something at a moment, in a transaction with everything open."""
    with clock.turned_to(moment), transaction(), gate.opened("a test turns the clock"):
        yield


def calls() -> list[SafetyCall]:
    """Return every call, opened."""
    with reading(), gate.opened("a test looks"):
        found = list(session.scalars(select(SafetyCall).order_by(SafetyCall.opened_at)))
        for one in found:
            assert one.cause
        session.expunge_all()
        return found


def told(events: list[Event]) -> list[uuid.UUID]:
    """Return who was told, in order."""
    return [one.to for event in events for one in event.messages()]
