"""PERT distribution: a smooth curve over low, most likely (mode) and high, with mean (low + 4 mode + high) / 6.

Source: Vose, D. (2008), Risk Analysis, 3rd ed.; the ``shape`` 4 is the classic weight of the mode. Its variance is
(mean - low) (high - mean) / (shape + 3), not ((high - low) / 6)^2.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from riskmc.distributions.base import Distribution, Floats, Standard, rounded
from riskmc.distributions.constant import Constant
from riskmc.distributions.parameters import (
    Parameters,
    by_percentiles,
    require_order,
    require_positive,
    take,
    take_percentiles,
)
from riskmc.distributions.percentiles import outward, place_of_mode


@dataclass(frozen=True)
class Pert(Distribution):
    """PERT between ``low`` and ``high`` with its peak at ``peak``; low <= peak <= high, low < high, shape > 0."""

    low: float
    peak: float
    high: float
    shape: float = 4.0

    def quantile(self, u: Floats) -> Floats:
        """Return the values not exceeded with probabilities ``u``."""
        from scipy import special  # slow to import, and not needed to compile a program

        width = self.high - self.low
        a, b = _beta(self.place(), self.shape)
        return np.asarray(self.low + width * special.betaincinv(a, b, u))

    def cdf(self, x: Floats) -> Floats:
        """Return the probabilities of a value at or below ``x``."""
        from scipy import special

        t = np.clip((np.asarray(x) - self.low) / (self.high - self.low), 0.0, 1.0)
        return np.asarray(special.betainc(*_beta(self.place(), self.shape), t))

    def mean(self) -> float:
        """Return the expected value, (low + shape * mode + high) / (shape + 2)."""
        return (self.low + self.shape * self.peak + self.high) / (self.shape + 2)

    def sd(self) -> float:
        """Return the standard deviation."""
        mean = self.mean()
        return math.sqrt((mean - self.low) * (self.high - mean) / (self.shape + 3))

    def mode(self) -> float:
        """Return the most likely value."""
        return self.peak

    def support(self) -> tuple[float, float]:
        """Return low and high."""
        return self.low, self.high

    def standard(self) -> Standard:
        """Return the PERT from 0 to 1 with its mode at c, stretched."""
        low, width = self.low, self.high - self.low
        return Standard("pert", ((self.peak - low) / width, self.shape), low, width)

    def unit(self) -> Distribution:
        """Return the PERT from 0 to 1."""
        return Pert(0.0, self.place(), 1.0, self.shape)

    def place(self) -> float:
        """Return c, the place of the mode between low (0) and high (1)."""
        return (self.peak - self.low) / (self.high - self.low)


def pert(parameters: Parameters) -> Distribution:
    """Return ``pert(low mode high shape=4)``, or ``pert(p10= mode= p90= shape=4)`` with two given percentiles."""
    if by_percentiles(parameters):
        (first, low), (last, high), (mode, shape) = take_percentiles("pert", parameters, ("mode",), {"shape": 4.0})
        return _between(first, low, mode, last, high, shape)
    low, mode, high, shape = take("pert", parameters, ("low", "mode", "high"), {"shape": 4.0})
    require_order(("low", "mode", "high"), (low, mode, high))
    require_positive("pert", shape=shape)
    return Pert(low, mode, high, shape) if low < high else Constant(low)


def _between(first: float, low: float, mode: float, last: float, high: float, shape: float) -> Distribution:
    """Return the PERT with this mode whose percentiles ``first`` and ``last`` are low and high."""
    require_order((f"p{100 * first:g}", "mode", f"p{100 * last:g}"), (low, mode, high))
    require_positive("pert", shape=shape)
    if low == high:
        return Constant(low)
    at_low, at_high = _places(rounded((mode - low) / (high - low)), first, last, shape)
    bottom, top = outward(low, high, at_low, at_high)
    return Pert(min(bottom, mode), mode, max(top, mode), shape)


@lru_cache(maxsize=4096)
def _places(ratio: float, first: float, last: float, shape: float) -> tuple[float, float]:
    """Return where the two percentiles lie between minimum and maximum, as shares of the width."""
    from scipy import special

    def quantile(c: float, u: float) -> float:
        return float(special.betaincinv(*_beta(c, shape), u))

    c = place_of_mode(quantile, first, last, ratio)
    return quantile(c, first), quantile(c, last)


def _beta(c: float, shape: float) -> tuple[float, float]:
    """Return the two parameters of the beta distribution behind a PERT with its mode at c."""
    return 1 + shape * c, 1 + shape * (1 - c)
