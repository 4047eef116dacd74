"""Low and high as percentiles: from P10, mode and P90 to minimum and maximum of a bounded family.

With c the place of the mode between minimum (0) and maximum (1), and q(c, p) the family's standard quantile, the
place of the mode between the two percentiles is g(c) = (c - q(c, p1)) / (q(c, p2) - q(c, p1)): below 0 at c = 0,
above 1 at c = 1, rising. So there is always exactly one c for a mode between the percentiles, found by bracketing.
"""

from __future__ import annotations

from collections.abc import Callable

from riskmc.distributions.base import rounded
from riskmc.errors import ArgumentError

_TOLERANCE = 1e-13
_ROUNDS = 200


def place_of_mode(quantile: Callable[[float, float], float], low: float, high: float, ratio: float) -> float:
    """Return c, to 12 digits, for a mode at ``ratio`` (0 to 1) between the percentiles ``low`` and ``high``.

    Method: regula falsi, Illinois variant (Dowell and Jarratt 1971), which keeps its bracket.
    """

    def excess(c: float) -> float:
        first, last = quantile(c, low), quantile(c, high)
        return (c - first) / (last - first) - ratio

    a, b = 0.0, 1.0
    at_a, at_b = excess(a), excess(b)
    side = 0
    for _ in range(_ROUNDS):
        c = (a * at_b - b * at_a) / (at_b - at_a)
        at_c = excess(c)
        if abs(at_c) < _TOLERANCE or b - a < _TOLERANCE:
            return rounded(c)
        if at_c > 0:
            b, at_b, at_a = c, at_c, at_a / 2 if side == 1 else at_a
            side = 1
        else:
            a, at_a, at_b = c, at_c, at_b / 2 if side == -1 else at_b
            side = -1
    raise ArgumentError(f"no distribution has its mode at {ratio:.6g} between P{100 * low:g} and P{100 * high:g}")


def outward(low: float, high: float, first: float, last: float) -> tuple[float, float]:
    """Return minimum and maximum of a family whose standard quantiles ``first`` and ``last`` lie at low and high."""
    width = (high - low) / (last - first)
    return rounded(low - width * first), rounded(low + width * (1 - first))
