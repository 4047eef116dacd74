"""Beta distribution between low and high, with its two shape parameters a and b."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from riskmc.distributions.base import Distribution, Floats, Standard
from riskmc.distributions.constant import Constant
from riskmc.distributions.parameters import Parameters, require_order, require_positive, take


@dataclass(frozen=True)
class Beta(Distribution):
    """Beta of ``a`` > 0 and ``b`` > 0, stretched from ``low`` to ``high``, low < high."""

    a: float
    b: float
    low: float
    high: float

    def quantile(self, u: Floats) -> Floats:
        """Return the values not exceeded with probabilities ``u``."""
        from scipy import special  # slow to import, and not needed to read a program

        return np.asarray(self.low + (self.high - self.low) * special.betaincinv(self.a, self.b, u))

    def cdf(self, x: Floats) -> Floats:
        """Return the probabilities of a value at or below ``x``."""
        from scipy import special

        t = np.clip((np.asarray(x) - self.low) / (self.high - self.low), 0.0, 1.0)
        return np.asarray(special.betainc(self.a, self.b, t))

    def mean(self) -> float:
        """Return the expected value."""
        return self.low + (self.high - self.low) * self.a / (self.a + self.b)

    def sd(self) -> float:
        """Return the standard deviation."""
        total = self.a + self.b
        return (self.high - self.low) / total * math.sqrt(self.a * self.b / (total + 1))

    def mode(self) -> float | None:
        """Return the most likely value; None for a U shape, and for the uniform a = b = 1."""
        if self.a <= 1 and self.b <= 1:
            return None if (self.a < 1) == (self.b < 1) else (self.low if self.a < 1 else self.high)
        share = (self.a - 1) / (self.a + self.b - 2)
        return self.low + (self.high - self.low) * min(max(share, 0.0), 1.0)

    def support(self) -> tuple[float, float]:
        """Return low and high."""
        return self.low, self.high

    def standard(self) -> Standard:
        """Return a smooth curve, stretched."""
        return Standard("smooth", (), self.low, self.high - self.low)

    def unit(self) -> Distribution:
        """Return the beta from 0 to 1."""
        return Beta(self.a, self.b, 0.0, 1.0)


def beta(parameters: Parameters) -> Distribution:
    """Return ``beta(a b low high)``."""
    a, b, low, high = take("beta", parameters, ("a", "b", "low", "high"))
    require_positive("beta", a=a, b=b)
    require_order(("low", "high"), (low, high))
    return Beta(a, b, low, high) if low < high else Constant(low)
