"""Uniform distribution: every value between low and high is as likely as any other."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from riskmc.distributions.base import Distribution, Floats, Standard
from riskmc.distributions.constant import Constant
from riskmc.distributions.parameters import Parameters, by_percentiles, require_order, take, take_percentiles
from riskmc.distributions.percentiles import outward


@dataclass(frozen=True)
class Uniform(Distribution):
    """Uniform between ``low`` and ``high``, low < high."""

    low: float
    high: float

    def quantile(self, u: Floats) -> Floats:
        """Return the values not exceeded with probabilities ``u``."""
        return self.low + (self.high - self.low) * np.asarray(u)

    def cdf(self, x: Floats) -> Floats:
        """Return the probabilities of a value at or below ``x``."""
        return np.clip((np.asarray(x) - self.low) / (self.high - self.low), 0.0, 1.0)

    def mean(self) -> float:
        """Return the expected value, halfway."""
        return (self.low + self.high) / 2

    def sd(self) -> float:
        """Return the standard deviation, width / sqrt(12)."""
        return (self.high - self.low) / math.sqrt(12)

    def mode(self) -> None:
        """Return None: no value stands out."""
        return

    def support(self) -> tuple[float, float]:
        """Return low and high."""
        return self.low, self.high

    def standard(self) -> Standard:
        """Return the uniform curve from 0 to 1, stretched."""
        return Standard("uniform", (), self.low, self.high - self.low)

    def unit(self) -> Distribution:
        """Return the uniform from 0 to 1."""
        return Uniform(0.0, 1.0)


def uniform(parameters: Parameters) -> Distribution:
    """Return ``uniform(low high)``, or the one with two given percentiles, ``uniform(p10= p90=)``."""
    if by_percentiles(parameters):
        (first, low), (last, high), _ = take_percentiles("uniform", parameters)
        require_order((f"p{100 * first:g}", f"p{100 * last:g}"), (low, high))
        low, high = outward(low, high, first, last) if low < high else (low, high)
    else:
        low, high = take("uniform", parameters, ("low", "high"))
        require_order(("low", "high"), (low, high))
    return Uniform(low, high) if low < high else Constant(low)
