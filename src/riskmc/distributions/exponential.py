"""Exponential distribution: the wait for something that is as likely at any moment, given by its mean."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from riskmc.distributions.base import Distribution, Floats, Standard
from riskmc.distributions.parameters import Parameters, require_positive, take


@dataclass(frozen=True)
class Exponential(Distribution):
    """Exponential of mean ``average`` > 0."""

    average: float

    def quantile(self, u: Floats) -> Floats:
        """Return the values not exceeded with probabilities ``u``."""
        return np.asarray(-self.average * np.log1p(-np.asarray(u)))

    def cdf(self, x: Floats) -> Floats:
        """Return the probabilities of a value at or below ``x``."""
        return np.asarray(-np.expm1(-np.maximum(np.asarray(x), 0.0) / self.average))

    def mean(self) -> float:
        """Return the expected value."""
        return self.average

    def sd(self) -> float:
        """Return the standard deviation, equal to the mean."""
        return self.average

    def mode(self) -> float:
        """Return the most likely value, zero."""
        return 0.0

    def median(self) -> float:
        """Return the median, mean * log 2."""
        return self.average * math.log(2)

    def support(self) -> tuple[float, float]:
        """Return zero and infinity."""
        return 0.0, np.inf

    def standard(self) -> Standard:
        """Return a smooth curve, stretched."""
        return Standard("smooth", (), 0.0, self.average)

    def unit(self) -> Distribution:
        """Return the exponential of mean 1."""
        return Exponential(1.0)


def exponential(parameters: Parameters) -> Distribution:
    """Return ``exponential(mean)``."""
    (mean,) = take("exponential", parameters, ("mean",))
    require_positive("exponential", mean=mean)
    return Exponential(mean)
