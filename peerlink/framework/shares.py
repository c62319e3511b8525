"""How sure a share is: small programmes must not over-read theirs."""

import math

Z = 1.96
"""Nineteen of twenty such intervals hold the true share."""


def wilson(n: int, of: int) -> tuple[float, float]:
    """Return the 95% interval of a share (Wilson): 6 of 10 is 31% to 83%."""
    if of < 1 or not 0 <= n <= of:
        raise ValueError((n, of))
    share, spread = n / of, Z * Z / of
    middle = share + spread / 2
    half = Z * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    low = 0.0 if n == 0 else (middle - half) / (1 + spread)
    return low, 1.0 if n == of else (middle + half) / (1 + spread)


def percent(share: float) -> int:
    """Return a share as a whole percentage for reading."""
    return round(100 * share)
