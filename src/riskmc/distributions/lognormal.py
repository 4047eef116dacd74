"""Lognormal distribution: a product of many small factors; mean and sd are those of the value, not of its logarithm."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from riskmc.distributions.base import Distribution, Floats, Standard, rounded
from riskmc.distributions.constant import Constant
from riskmc.distributions.normal import between_scores
from riskmc.distributions.parameters import (
    Parameters,
    by_percentiles,
    require_order,
    require_positive,
    take,
    take_percentiles,
)
from riskmc.errors import ArgumentError


@dataclass(frozen=True)
class Lognormal(Distribution):
    """exp(N(log(middle), sigma)): ``middle`` > 0 is the median, ``sigma`` > 0 the sd of the logarithm."""

    middle: float
    sigma: float

    def quantile(self, u: Floats) -> Floats:
        """Return the values not exceeded with probabilities ``u``."""
        from scipy import special  # slow to import, and not needed to read a program

        return np.asarray(self.middle * np.exp(self.sigma * special.ndtri(u)))

    def cdf(self, x: Floats) -> Floats:
        """Return the probabilities of a value at or below ``x``."""
        from scipy import special

        with np.errstate(divide="ignore"):
            logarithm = np.log(np.maximum(np.asarray(x) / self.middle, 0.0))
        return np.asarray(special.ndtr(logarithm / self.sigma))

    def mean(self) -> float:
        """Return the expected value."""
        return self.middle * math.exp(self.sigma**2 / 2)

    def sd(self) -> float:
        """Return the standard deviation."""
        return self.mean() * math.sqrt(math.expm1(self.sigma**2))

    def mode(self) -> float:
        """Return the most likely value."""
        return self.middle * math.exp(-(self.sigma**2))

    def median(self) -> float:
        """Return the median."""
        return self.middle

    def support(self) -> tuple[float, float]:
        """Return zero and infinity."""
        return 0.0, np.inf

    def standard(self) -> Standard:
        """Return a smooth curve, stretched."""
        return Standard("smooth", (), 0.0, self.middle)

    def unit(self) -> Distribution:
        """Return the lognormal with median 1."""
        return Lognormal(1.0, self.sigma)


def lognormal(parameters: Parameters) -> Distribution:
    """Return ``lognormal(mean sd)``, or the one with two given percentiles, ``lognormal(p10= p90=)``."""
    if by_percentiles(parameters):
        (first, low), (last, high), _ = take_percentiles("lognormal", parameters)
        names = (f"p{100 * first:g}", f"p{100 * last:g}")
        require_order(names, (low, high))
        require_positive("lognormal", **{names[0]: low})
        centre, sigma = between_scores(first, math.log(low), last, math.log(high))
        return Lognormal(rounded(math.exp(centre)), sigma) if low < high else Constant(low)
    mean, sd = take("lognormal", parameters, ("mean", "sd"))
    require_positive("lognormal", mean=mean)
    if sd < 0:
        raise ArgumentError(f"lognormal: sd >= 0 must hold, got {sd:.10g}")
    variation = (sd / mean) ** 2
    sigma = rounded(math.sqrt(math.log1p(variation)))
    return Lognormal(mean / math.sqrt(1 + variation), sigma) if sigma > 0 else Constant(mean)
