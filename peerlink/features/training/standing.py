"""Where each person stands with each module: the register, cell by cell."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import select

from peerlink.features.programmes.queries import limits
from peerlink.features.training.models import Attendance, Completion
from peerlink.features.training.queries import COUNTS, coming_sessions
from peerlink.framework.parameters import Limits
from peerlink.framework.training_words import AttendanceStatus
from peerlink.framework.validity import last_valid_day
from peerlink.framework.vocabularies import TrainingResult
from peerlink.store.session import session
from peerlink.words import N_

SOON_DAYS = 60
"""Days before the last one from which a module is said to run out soon: the first reminder's."""


class Look(Enum):
    """How a cell looks: its word, colour and sign; never colour alone."""

    VALID = N_("Valid"), "ok", "ok"
    WAIVED = N_("Waived"), "ok", "none"
    SOON = N_("Runs out soon"), "warn", "clock"
    GONE = N_("Ran out"), "risk", "alert"
    FAILED = N_("Not passed yet"), "warn", "missed"
    ENROLLED = N_("Enrolled"), "brand", "calendar"
    NEVER = N_("Not taken"), "", "none"

    @property
    def word(self) -> str:
        return self.value[0]

    @property
    def tone(self) -> str:
        return self.value[1]

    @property
    def icon(self) -> str:
        return self.value[2]


@dataclass(frozen=True)
class Cell:
    """Where one person stands with one module."""

    look: Look
    on: dt.date | None = None
    """The last valid day; of somebody enrolled the day of the session."""
    is_coming: bool = False
    """Whether they are enrolled in a session that teaches it, however they stand now."""

    @property
    def is_needed(self) -> bool:
        """Whether something is to be done."""
        return self.look in {Look.SOON, Look.GONE, Look.FAILED, Look.NEVER}


NEVER = Cell(Look.NEVER)


def stand(completions: Iterable[Completion], today: dt.date, in_force: Limits) -> Cell:
    """Say where somebody stands by their completions of one module: the latest that counts, else a try."""
    rows = sorted(completions, key=lambda one: one.completed_on, reverse=True)
    counting = next((one for one in rows if one.result in COUNTS), None)
    if counting is None:
        return Cell(Look.FAILED) if rows else NEVER
    until = last_valid_day(counting.module, counting.completed_on, counting.valid_until, in_force)
    if until < today:
        return Cell(Look.GONE, until)
    if until <= today + dt.timedelta(days=SOON_DAYS):
        return Cell(Look.SOON, until)
    return Cell(Look.WAIVED if counting.result is TrainingResult.WAIVED else Look.VALID, until)


def standing_of(volunteer_ids: Collection[uuid.UUID], today: dt.date) -> dict[uuid.UUID, dict[str, Cell]]:
    """Return where each of these volunteers, who must be in reach, stands with each module they met."""
    rows: defaultdict[uuid.UUID, defaultdict[str, list[Completion]]] = defaultdict(lambda: defaultdict(list))
    for one in session.scalars(select(Completion).where(Completion.volunteer_id.in_(volunteer_ids))):
        rows[one.volunteer_id][one.module].append(one)
    in_force = limits()
    found: dict[uuid.UUID, dict[str, Cell]] = {
        who: {code: stand(taken, today, in_force) for code, taken in rows[who].items()}
        for who in volunteer_ids
    }
    for who, code, on in _coming(volunteer_ids, today):
        cell = found[who].get(code, NEVER)
        look = Look.ENROLLED if cell.look is Look.NEVER else cell.look
        found[who][code] = Cell(look, cell.on or on, is_coming=True)
    return found


def _coming(volunteer_ids: Collection[uuid.UUID], today: dt.date) -> Iterable[tuple[uuid.UUID, str, dt.date]]:
    coming = {one.id: one for one in coming_sessions(today)}
    asked = select(Attendance.volunteer_id, Attendance.session_id).where(
        Attendance.volunteer_id.in_(volunteer_ids),
        Attendance.session_id.in_(coming),
        Attendance.status == AttendanceStatus.ENROLLED,
    )
    for who, session_id in session.execute(asked):
        for code in coming[session_id].modules:
            yield who, code, coming[session_id].on
