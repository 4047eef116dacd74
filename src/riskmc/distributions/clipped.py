"""Clipped distribution: truncated to low..high; what lies outside is redistributed in proportion, not piled up."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from riskmc.distributions.base import Distribution, Floats, Standard, spread_of_normal
from riskmc.distributions.constant import Constant
from riskmc.distributions.discrete import Discrete, of_weights
from riskmc.distributions.uniform import Uniform
from riskmc.errors import ArgumentError


@dataclass(frozen=True)
class Clipped(Distribution):
    """``base`` given that it lies between ``low`` and ``high``."""

    base: Distribution
    low: float
    high: float

    def quantile(self, u: Floats) -> Floats:
        """Return the values not exceeded with probabilities ``u``."""
        first, last = self._shares()
        values = self.base.quantile(first + (last - first) * np.asarray(u))
        return np.clip(values, self.low, self.high)

    def cdf(self, x: Floats) -> Floats:
        """Return the probabilities of a value at or below ``x``."""
        first, last = self._shares()
        return np.clip((self.base.cdf(x) - first) / (last - first), 0.0, 1.0)

    def mean(self) -> float:
        """Return the expected value, by quadrature."""
        return spread_of_normal(self.quantile)[0]

    def sd(self) -> float:
        """Return the standard deviation, by quadrature."""
        return spread_of_normal(self.quantile)[1]

    def mode(self) -> float | None:
        """Return the base's mode, moved to the nearer limit where it lies outside."""
        mode = self.base.mode()
        return None if mode is None else min(max(mode, self.low), self.high)

    def support(self) -> tuple[float, float]:
        """Return the limits, or the base's own where these are tighter."""
        low, high = self.base.support()
        return max(low, self.low), min(high, self.high)

    def standard(self) -> Standard:
        """Return a smooth curve with the location and scale of the base."""
        _, _, location, scale = self.base.standard()
        return Standard("smooth", (), location, scale)

    def unit(self) -> Distribution:
        """Return the base's unit, truncated to the same limits in its own units."""
        _, _, location, scale = self.base.standard()
        return Clipped(self.base.unit(), (self.low - location) / scale, (self.high - location) / scale)

    def _shares(self) -> tuple[float, float]:
        """Return the base's probabilities below low and below high."""
        first, last = self.base.cdf(np.array([self.low, self.high]))
        return float(first), float(last)


def clipped(base: Distribution, low: float, high: float) -> Distribution:
    """Return ``base`` truncated to low..high; ArgumentError where nothing, or next to nothing, is left of it."""
    if not low <= high or math.isnan(low) or math.isnan(high):
        raise ArgumentError(f"clip: low <= high must hold, got {low:.10g}, {high:.10g}")
    least, greatest = base.support()
    if low <= least and greatest <= high:
        return base
    if high < least or greatest < low:
        raise ArgumentError(f"clip({low:.10g} {high:.10g}) leaves nothing of values {least:.10g} to {greatest:.10g}")
    if isinstance(base, Discrete):
        return _clipped_steps(base, low, high)
    if low == high or max(low, least) == min(high, greatest):
        return Constant(min(max(low, least), high))
    if isinstance(base, Uniform):
        return Uniform(max(low, least), min(high, greatest))
    first, last = base.cdf(np.array([low, high]))
    if last - first < 1e-9:
        raise ArgumentError(f"clip({low:.10g} {high:.10g}) leaves less than one in a billion of the distribution")
    return Clipped(base, low, high)


def _clipped_steps(base: Discrete, low: float, high: float) -> Distribution:
    pairs = [(v, p) for v, p in zip(base.values, base.probabilities, strict=True) if low <= v <= high]
    if not pairs:
        raise ArgumentError(f"clip({low:.10g} {high:.10g}) leaves none of the values")
    return of_weights(pairs)
