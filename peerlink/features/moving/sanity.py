"""Says what cannot be: days out of order, days to come, steps no life-cycle has."""

import datetime as dt

from peerlink.features.moving.faults import Wrong
from peerlink.features.moving.reading import Row
from peerlink.framework.word import Word
from peerlink.lifecycle import STEPS, Kind
from peerlink.words import _


def in_order(row: Row, *columns: str) -> None:
    """Refuse days that come before those they must follow."""
    before = ""
    for column in columns:
        if row.get(column) is None:
            continue
        if before and row.get(column) < row.get(before):
            row.refuse(
                column,
                _("%(column)s is before %(before)s.", column=column, before=before),
                _("%(day)s or later.", day=row.get(before).isoformat()),
            )
        before = column


def not_ahead(row: Row, today: dt.date, *columns: str) -> None:
    """Refuse days that are still to come."""
    for column in columns:
        if row.get(column) is not None and row.get(column) > today:
            row.refuse(
                column, _("This day is still to come."), _("%(day)s or earlier.", day=today.isoformat())
            )


def reachable(kind: Kind, before: Word, after: Word) -> bool:
    """Tell whether one state can follow another in any number of steps."""
    seen, ahead = {before}, [before]
    while ahead:
        for state in STEPS[kind][ahead.pop()]:
            if state not in seen:
                seen.add(state)
                ahead.append(state)
    return after in seen


def no_such_step(kind: Kind, before: Word, after: Word) -> Wrong:
    """Return the fault of a step no life-cycle has; it names what is possible."""
    possible = [state.value for state in STEPS[kind] if state != before and reachable(kind, before, state)]
    return Wrong(
        _("It is '%(before)s' here and cannot become '%(after)s'.", before=before.value, after=after.value),
        _("One of: %(possible)s.", possible=", ".join([before.value, *possible])),
        "status",
    )
