"""Judges a share of volunteers without telling who they are."""

from peerlink.features.risks.rulebook import Part
from peerlink.framework.evidence import Evidence
from peerlink.framework.levels import POSITIVE, Level
from peerlink.framework.parameters import Limits
from peerlink.framework.shares import percent, wilson
from peerlink.words import _


def fewest(key: str, limits: Limits) -> int:
    """Return how many people a share must be of: never fewer than what may be shown at all."""
    return max(limits.whole(key), limits.whole("display.min_cell"), 1)


def rising(name: str, n: int, of: int, lines: tuple[float, ...], says: str) -> Part:
    """Judge a share that is worse the higher it is, its lines included; `says` is the sentence of counts."""
    share = n / of
    reached = sum(share >= line for line in lines)
    low, high = wilson(n, of)
    return Part(
        (Level.OK, *POSITIVE)[reached],
        lambda: _(says, n=n, of=of, share=percent(share), range=f"{percent(low)}-{percent(high)}"),
        (Evidence(name, share, "share", lines[0], of),),
    )
