"""How bad it stands: levels, how parts make a whole, and how children make a parent."""

from collections.abc import Iterable
from dataclasses import dataclass

from peerlink.framework.word import Word
from peerlink.words import N_


class Level(Word):
    """What a rule says about a subject; ok is said only where enough is known."""

    OK = "ok", N_("Fine")
    WATCH = "watch", N_("Watch")
    ALERT = "alert", N_("Alert")
    CRITICAL = "critical", N_("Critical")
    UNKNOWN = "unknown", N_("Not known")
    NOT_APPLICABLE = "not_applicable", N_("Does not apply")

    @property
    def is_positive(self) -> bool:
        """Whether somebody should look."""
        return self in POSITIVE

    @property
    def is_known(self) -> bool:
        return self is Level.OK or self.is_positive


POSITIVE = (Level.WATCH, Level.ALERT, Level.CRITICAL)
"""The levels that ask somebody to look, mildest first."""
_WORST_FIRST = (*reversed(POSITIVE), Level.UNKNOWN, Level.OK)


def worst(levels: Iterable[Level]) -> Level:
    """Combine the needed parts of a rule: the worst positive one, else unknown if one is, else ok.

    Parts that do not apply count for nothing; nothing left does not apply.
    """
    among = set(levels)
    for level in _WORST_FIRST:
        if level in among:
            return level
    return Level.NOT_APPLICABLE


@dataclass(frozen=True)
class RolledUp:
    """The level of a parent, and how many of its children it rests on."""

    level: Level
    known: int
    of: int


def roll_up(children: Iterable[Level]) -> RolledUp:
    """Combine the children of a node: the worst known one.

    Unknown where fewer than half are known and none of them is alert or worse.
    """
    counted = [level for level in children if level is not Level.NOT_APPLICABLE]
    known = [level for level in counted if level.is_known]
    level = worst(known) if known else worst(counted)
    if 2 * len(known) < len(counted) and level not in {Level.ALERT, Level.CRITICAL}:
        level = Level.UNKNOWN
    return RolledUp(level, len(known), len(counted))
