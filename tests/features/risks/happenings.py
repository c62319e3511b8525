"""What happens to the cast in these tests, told in one line each."""

import datetime as dt
import uuid
from contextlib import AbstractContextManager

from sqlalchemy import select

from peerlink import clock
from peerlink.features.risks.models import Flag
from peerlink.features.wellbeing import service as wellbeing
from peerlink.features.wellbeing.rules import CheckinDraft
from peerlink.framework.vocabularies import ContactRequest
from peerlink.store import gate
from peerlink.store.session import reading, session, transaction
from tests.support.cast import AMINA, AMINA_ID

FINE = {f"v{n}": 1 if n < 8 else 3 for n in range(1, 15)}
WORN = {f"v{n}": 4 for n in range(1, 7)} | {"v7": 3}
"""High strain; not both items about the role at the top, which would be critical by itself."""


def today() -> dt.date:
    return clock.today("Europe/London")


def answers(volunteer_id: uuid.UUID, request: ContactRequest = ContactRequest.NO, **said: int) -> None:
    with transaction(), gate.opened("a test answers a check-in"):
        checkin = wellbeing.ask(volunteer_id, today())
        wellbeing.answer(checkin, CheckinDraft({**FINE, **said}, request), by=AMINA.viewer.account_id)


def amina_answers(request: ContactRequest = ContactRequest.NO, **said: int) -> None:
    answers(AMINA_ID, request, **said)


def in_days(days: int) -> AbstractContextManager[None]:
    """Let it be so many days later."""
    return clock.turned_to(clock.now() + dt.timedelta(days=days))


def in_hours(hours: int) -> AbstractContextManager[None]:
    """Let it be so many hours later."""
    return clock.turned_to(clock.now() + dt.timedelta(hours=hours))


def open_flags(about_id: uuid.UUID) -> dict[str, Flag]:
    with reading():
        found = session.scalars(select(Flag).where(Flag.about_id == about_id, Flag.closed_on.is_(None)))
        flags = {one.rule: one for one in found}
        session.expunge_all()
        return flags
