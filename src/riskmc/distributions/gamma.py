"""Gamma distribution: the sum of ``shape`` exponential waits of mean ``scale``."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from riskmc.distributions.base import Distribution, Floats, Standard
from riskmc.distributions.parameters import Parameters, require_positive, take


@dataclass(frozen=True)
class Gamma(Distribution):
    """Gamma of ``shape`` > 0 and ``scale`` > 0."""

    shape: float
    scale: float

    def quantile(self, u: Floats) -> Floats:
        """Return the values not exceeded with probabilities ``u``."""
        from scipy import special  # slow to import, and not needed to read a program

        return np.asarray(self.scale * special.gammaincinv(self.shape, u))

    def cdf(self, x: Floats) -> Floats:
        """Return the probabilities of a value at or below ``x``."""
        from scipy import special

        return np.asarray(special.gammainc(self.shape, np.maximum(np.asarray(x) / self.scale, 0.0)))

    def mean(self) -> float:
        """Return the expected value."""
        return self.shape * self.scale

    def sd(self) -> float:
        """Return the standard deviation."""
        return math.sqrt(self.shape) * self.scale

    def mode(self) -> float:
        """Return the most likely value."""
        return max(self.shape - 1, 0.0) * self.scale

    def support(self) -> tuple[float, float]:
        """Return zero and infinity."""
        return 0.0, np.inf

    def standard(self) -> Standard:
        """Return a smooth curve, stretched."""
        return Standard("smooth", (), 0.0, self.scale)

    def unit(self) -> Distribution:
        """Return the gamma of scale 1."""
        return Gamma(self.shape, 1.0)


def gamma(parameters: Parameters) -> Distribution:
    """Return ``gamma(shape scale)``."""
    shape, scale = take("gamma", parameters, ("shape", "scale"))
    require_positive("gamma", shape=shape, scale=scale)
    return Gamma(shape, scale)
