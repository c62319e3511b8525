"""Until when a training module counts."""

import datetime as dt

from peerlink.framework.months import months_later
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
    return months_later(completed_on, limits.whole(key))
