"""Triangular distribution: low, most likely (mode) and high, with straight sides; and trigen, given by percentiles."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from riskmc.distributions.base import Distribution, Floats, Standard, rounded
from riskmc.distributions.constant import Constant
from riskmc.distributions.parameters import Parameters, by_percentiles, require_order, take, take_percentiles
from riskmc.distributions.percentiles import outward, place_of_mode
from riskmc.errors import ArgumentError


@dataclass(frozen=True)
class Triangular(Distribution):
    """Triangular between ``low`` and ``high`` with its peak at ``peak``; low <= peak <= high, low < high."""

    low: float
    peak: float
    high: float

    def quantile(self, u: Floats) -> Floats:
        """Return the values not exceeded with probabilities ``u``."""
        u, width = np.asarray(u), self.high - self.low
        c = (self.peak - self.low) / width
        left = self.low + width * np.sqrt(u * c)
        return np.where(u < c, left, self.high - width * np.sqrt((1 - u) * (1 - c)))

    def cdf(self, x: Floats) -> Floats:
        """Return the probabilities of a value at or below ``x``."""
        t = np.clip((np.asarray(x) - self.low) / (self.high - self.low), 0.0, 1.0)
        c = (self.peak - self.low) / (self.high - self.low)
        below = t * t / c if c > 0 else np.zeros_like(t)
        return np.where(t < c, below, 1 - (1 - t) ** 2 / (1 - c) if c < 1 else 1.0)

    def mean(self) -> float:
        """Return the expected value, (low + mode + high) / 3."""
        return (self.low + self.peak + self.high) / 3

    def sd(self) -> float:
        """Return the standard deviation."""
        a, b = self.peak - self.low, self.high - self.peak
        return math.sqrt((a * a + a * b + b * b) / 18)

    def mode(self) -> float:
        """Return the most likely value."""
        return self.peak

    def support(self) -> tuple[float, float]:
        """Return low and high."""
        return self.low, self.high

    def standard(self) -> Standard:
        """Return the triangle from 0 to 1 with its mode at c, stretched."""
        width = self.high - self.low
        return Standard("triangular", ((self.peak - self.low) / width,), self.low, width)

    def unit(self) -> Distribution:
        """Return the triangle from 0 to 1."""
        return Triangular(0.0, (self.peak - self.low) / (self.high - self.low), 1.0)


def triangular(parameters: Parameters) -> Distribution:
    """Return ``triangular(low mode high)``, or ``triangular(p10= mode= p90=)`` with two given percentiles."""
    if by_percentiles(parameters):
        (first, low), (last, high), (mode,) = take_percentiles("triangular", parameters, ("mode",))
        return _between(first, low, mode, last, high)
    low, mode, high = take("triangular", parameters, ("low", "mode", "high"))
    require_order(("low", "mode", "high"), (low, mode, high))
    return Triangular(low, mode, high) if low < high else Constant(low)


def trigen(parameters: Parameters) -> Distribution:
    """Return ``trigen(low mode high plow=0.10 phigh=0.90)``: a triangle whose low and high are percentiles."""
    low, mode, high, first, last = take("trigen", parameters, ("low", "mode", "high"), {"plow": 0.10, "phigh": 0.90})
    if not 0 < first < last < 1:
        raise ArgumentError(f"0 < plow < phigh < 1 must hold, got {first:.10g}, {last:.10g}")
    return _between(first, low, mode, last, high)


def _between(first: float, low: float, mode: float, last: float, high: float) -> Distribution:
    """Return the triangle with this mode whose percentiles ``first`` and ``last`` are low and high."""
    require_order((f"p{100 * first:g}", "mode", f"p{100 * last:g}"), (low, mode, high))
    if low == high:
        return Constant(low)
    at_low, at_high = _places(rounded((mode - low) / (high - low)), first, last)
    bottom, top = outward(low, high, at_low, at_high)
    return Triangular(min(bottom, mode), mode, max(top, mode))


@lru_cache(maxsize=4096)
def _places(ratio: float, first: float, last: float) -> tuple[float, float]:
    """Return where the two percentiles lie between minimum and maximum, as shares of the width."""
    c = place_of_mode(_standard_quantile, first, last, ratio)
    return _standard_quantile(c, first), _standard_quantile(c, last)


def _standard_quantile(c: float, u: float) -> float:
    return math.sqrt(u * c) if u < c else 1 - math.sqrt((1 - u) * (1 - c))
