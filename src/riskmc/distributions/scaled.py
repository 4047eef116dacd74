"""Scaled distribution: offset + scale x another one, such as shares of a plan turned into minutes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from riskmc.distributions.base import Distribution, Floats, Standard
from riskmc.distributions.constant import Constant
from riskmc.distributions.discrete import Discrete


@dataclass(frozen=True)
class Scaled(Distribution):
    """``offset`` + ``scale`` x ``base``, with ``scale`` > 0."""

    base: Distribution
    scale: float
    offset: float

    def quantile(self, u: Floats) -> Floats:
        """Return the values not exceeded with probabilities ``u``."""
        return self.offset + self.scale * self.base.quantile(u)

    def cdf(self, x: Floats) -> Floats:
        """Return the probabilities of a value at or below ``x``."""
        return self.base.cdf((np.asarray(x) - self.offset) / self.scale)

    def mean(self) -> float:
        """Return the expected value."""
        return self._placed(self.base.mean())

    def sd(self) -> float:
        """Return the standard deviation."""
        return self.scale * self.base.sd()

    def mode(self) -> float | None:
        """Return the most likely value, or None where no single one stands out."""
        mode = self.base.mode()
        return None if mode is None else self._placed(mode)

    def support(self) -> tuple[float, float]:
        """Return the least and the greatest possible value."""
        low, high = self.base.support()
        return self._placed(low), self._placed(high)

    def standard(self) -> Standard:
        """Return the base's curve and shape, at another location and scale."""
        curve, shape, location, scale = self.base.standard()
        return Standard(curve, shape, self._placed(location), self.scale * scale)

    def unit(self) -> Distribution:
        """Return the base without its location and scale."""
        return self.base.unit()

    def _placed(self, value: float) -> float:
        return self.offset + self.scale * value


def scaled(base: Distribution, scale: float, offset: float = 0.0) -> Distribution:
    """Return the distribution of ``offset`` + ``scale`` x ``base`` (``scale`` >= 0)."""
    if scale == 1.0 and offset == 0.0:
        return base
    if scale == 0.0 or isinstance(base, Constant):
        return Constant(offset + scale * base.mean() if scale else offset)
    if isinstance(base, Discrete):
        return Discrete(tuple(offset + scale * value for value in base.values), base.probabilities)
    return Scaled(base, scale, offset)
