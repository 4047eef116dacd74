"""Weibull distribution: times to failure, with a failure rate that falls (shape < 1) or rises (shape > 1)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from riskmc.distributions.base import Distribution, Floats, Standard
from riskmc.distributions.parameters import Parameters, require_positive, take


@dataclass(frozen=True)
class Weibull(Distribution):
    """Weibull of ``shape`` > 0 and ``scale`` > 0."""

    shape: float
    scale: float

    def quantile(self, u: Floats) -> Floats:
        """Return the values not exceeded with probabilities ``u``."""
        return np.asarray(self.scale * (-np.log1p(-np.asarray(u))) ** (1 / self.shape))

    def cdf(self, x: Floats) -> Floats:
        """Return the probabilities of a value at or below ``x``."""
        return np.asarray(-np.expm1(-(np.maximum(np.asarray(x) / self.scale, 0.0) ** self.shape)))

    def mean(self) -> float:
        """Return the expected value."""
        return self.scale * math.gamma(1 + 1 / self.shape)

    def sd(self) -> float:
        """Return the standard deviation."""
        first, second = math.gamma(1 + 1 / self.shape), math.gamma(1 + 2 / self.shape)
        return self.scale * math.sqrt(max(second - first * first, 0.0))

    def mode(self) -> float:
        """Return the most likely value."""
        return self.scale * (1 - 1 / self.shape) ** (1 / self.shape) if self.shape > 1 else 0.0

    def support(self) -> tuple[float, float]:
        """Return zero and infinity."""
        return 0.0, np.inf

    def standard(self) -> Standard:
        """Return a smooth curve, stretched."""
        return Standard("smooth", (), 0.0, self.scale)

    def unit(self) -> Distribution:
        """Return the Weibull of scale 1."""
        return Weibull(self.shape, 1.0)


def weibull(parameters: Parameters) -> Distribution:
    """Return ``weibull(shape scale)``."""
    shape, scale = take("weibull", parameters, ("shape", "scale"))
    require_positive("weibull", shape=shape, scale=scale)
    return Weibull(shape, scale)
