"""Normal distribution: mean and standard deviation, or two percentiles."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from riskmc.distributions.base import Distribution, Floats, Standard, rounded
from riskmc.distributions.constant import Constant
from riskmc.distributions.parameters import Parameters, by_percentiles, require_order, take, take_percentiles
from riskmc.errors import ArgumentError


@dataclass(frozen=True)
class Normal(Distribution):
    """Normal around ``centre`` with standard deviation ``spread`` > 0."""

    centre: float
    spread: float

    def quantile(self, u: Floats) -> Floats:
        """Return the values not exceeded with probabilities ``u``."""
        from scipy import special  # slow to import, and not needed to compile a program

        return np.asarray(self.centre + self.spread * special.ndtri(u))

    def cdf(self, x: Floats) -> Floats:
        """Return the probabilities of a value at or below ``x``."""
        from scipy import special

        return np.asarray(special.ndtr((np.asarray(x) - self.centre) / self.spread))

    def mean(self) -> float:
        """Return the expected value."""
        return self.centre

    def sd(self) -> float:
        """Return the standard deviation."""
        return self.spread

    def mode(self) -> float:
        """Return the most likely value, the mean."""
        return self.centre

    def median(self) -> float:
        """Return the median, the mean."""
        return self.centre

    def support(self) -> tuple[float, float]:
        """Return minus and plus infinity."""
        return -np.inf, np.inf

    def standard(self) -> Standard:
        """Return the normal score itself, stretched."""
        return Standard("normal", (), self.centre, self.spread)

    def unit(self) -> Distribution:
        """Return the normal score itself."""
        return Normal(0.0, 1.0)


def normal(parameters: Parameters) -> Distribution:
    """Return ``normal(mean sd)``, or the one with two given percentiles, ``normal(p10= p90=)``."""
    if by_percentiles(parameters):
        (first, low), (last, high), _ = take_percentiles("normal", parameters)
        require_order((f"p{100 * first:g}", f"p{100 * last:g}"), (low, high))
        mean, sd = between_scores(first, low, last, high)
    else:
        mean, sd = take("normal", parameters, ("mean", "sd"))
    if sd < 0:
        raise ArgumentError(f"normal: sd >= 0 must hold, got {sd:.10g}")
    return Normal(mean, sd) if sd > 0 else Constant(mean)


def between_scores(first: float, low: float, last: float, high: float) -> tuple[float, float]:
    """Return mean and standard deviation of the normal with value ``low`` at ``first`` and ``high`` at ``last``."""
    score = NormalDist().inv_cdf
    sd = (high - low) / (score(last) - score(first))
    return rounded(low - sd * score(first)), rounded(sd)
