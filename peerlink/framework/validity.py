"""Until when a training module counts."""

import calendar
import datetime as dt

from peerlink.framework.parameters import Limits

YEARLY = frozenset({"safeguarding", "confidentiality"})
"""Modules that are taken anew sooner than others."""


def last_valid_day(
    module: str, completed_on: dt.date, valid_until: dt.date | None, limits: Limits
) -> dt.date:
    """Return the last day a module counts: as it says itself, else so many months after it was taken."""
    if valid_until is not None:
        return valid_until
    key = "training.validity_months_safeguarding" if module in YEARLY else "training.validity_months"
    year, month = divmod(completed_on.year * 12 + completed_on.month - 1 + limits.whole(key), 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(completed_on.day, last))
