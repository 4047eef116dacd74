"""A value that is certain: the limit of every family whose spread is zero."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from riskmc.distributions.base import Distribution, Floats, Standard
from riskmc.distributions.parameters import Parameters, take


@dataclass(frozen=True)
class Constant(Distribution):
    """One certain value."""

    value: float

    def quantile(self, u: Floats) -> Floats:
        """Return the value, whatever ``u``."""
        return np.full(np.shape(u), self.value)

    def cdf(self, x: Floats) -> Floats:
        """Return 1 at and above the value, else 0."""
        return np.where(np.asarray(x) >= self.value, 1.0, 0.0)

    def mean(self) -> float:
        """Return the value."""
        return self.value

    def sd(self) -> float:
        """Return zero."""
        return 0.0

    def mode(self) -> float:
        """Return the value."""
        return self.value

    def support(self) -> tuple[float, float]:
        """Return the value twice."""
        return self.value, self.value

    def standard(self) -> Standard:
        """Return the value as a location."""
        return Standard("constant", (), self.value, 0.0)


def constant(parameters: Parameters) -> Distribution:
    """Return the distribution of ``value``."""
    return Constant(*take("constant", parameters, ("value",)))
