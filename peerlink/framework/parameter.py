"""What a threshold is, and which values it takes."""

import math
from dataclasses import dataclass
from itertools import pairwise

from peerlink.words import _

Value = int | float | tuple[float, ...]


@dataclass(frozen=True)
class Parameter:
    """One threshold; a list runs watch, alert, critical."""

    key: str
    default: Value
    unit: str
    reason: str

    def checked(self, value: object) -> Value:
        """Return the value in the default's shape; ValueError says what would be right."""
        if isinstance(self.default, tuple):
            return self._lines(value, self.default)
        whole = isinstance(self.default, int)
        return self._number(value, whole=whole)

    def _number(self, value: object, *, whole: bool) -> int | float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise ValueError(_("%(key)s must be a number.", key=self.key))
        if value < 0 or (self.unit == "share" and value > 1):
            upper = _("between 0 and 1") if self.unit == "share" else _("0 or more")
            raise ValueError(_("%(key)s must be %(range)s.", key=self.key, range=upper))
        if whole and value != int(value):
            raise ValueError(_("%(key)s must be a whole number.", key=self.key))
        return int(value) if whole else value

    def _lines(self, value: object, default: tuple[float, ...]) -> tuple[float, ...]:
        if not isinstance(value, list | tuple) or len(value) != len(default):
            raise ValueError(_("%(key)s must be %(n)s numbers.", key=self.key, n=len(default)))
        lines = tuple(self._number(line, whole=False) for line in value)
        rising = default[0] < default[-1]
        if any((before < after) is not rising or before == after for before, after in pairwise(lines)):
            direction = _("rise") if rising else _("fall")
            raise ValueError(_("%(key)s must %(direction)s.", key=self.key, direction=direction))
        return lines
