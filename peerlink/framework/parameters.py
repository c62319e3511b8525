"""Every threshold a programme may set; programmes override values, not code."""

from collections.abc import Mapping

from peerlink.framework.defaults import DEFAULTS
from peerlink.framework.nearest import not_known
from peerlink.framework.parameter import Parameter, Value

PARAMETERS: tuple[Parameter, ...] = DEFAULTS
_BY_KEY = {parameter.key: parameter for parameter in PARAMETERS}
_DEFAULTS = {parameter.key: parameter.default for parameter in PARAMETERS}


class Limits:
    """The thresholds in force: the defaults, and whatever a programme set in their place."""

    def __init__(self, overrides: Mapping[str, object] | None = None) -> None:
        given = overrides or {}
        self._overrides = {key: parameter(key).checked(value) for key, value in given.items()}
        self._in_force = _DEFAULTS | self._overrides

    def get(self, key: str) -> Value:
        """Return the value in force; ValueError names the nearest known key."""
        try:
            return self._in_force[key]
        except KeyError:
            raise not_known(key, _BY_KEY) from None

    def number(self, key: str) -> float:
        """Return a single value in force."""
        value = self.get(key)
        if isinstance(value, tuple):
            raise TypeError(key)
        return value

    def whole(self, key: str) -> int:
        """Return a single whole value in force, such as a count or days."""
        return int(self.number(key))

    def lines(self, key: str) -> tuple[float, ...]:
        """Return the values of a list in force: watch, alert, critical."""
        value = self.get(key)
        if not isinstance(value, tuple):
            raise TypeError(key)
        return value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Limits) and self._overrides == other._overrides

    def __hash__(self) -> int:
        return hash(frozenset(self._overrides.items()))


def parameter(key: str) -> Parameter:
    """Return the parameter with this key; ValueError names the nearest known one."""
    if key not in _BY_KEY:
        raise not_known(key, _BY_KEY)
    return _BY_KEY[key]
