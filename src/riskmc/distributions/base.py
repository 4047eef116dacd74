"""The verbs every distribution answers to, in plain numbers: quantile, cdf, mean, sd, mode, median, support.

A distribution never draws (semantics R2): it is a quantile function of a uniform u between 0 and 1, exact in
float64. It knows no units; callers hand in minutes, cents or factors. Families differ only in what stands in their
files; a new one joins by speaking these verbs.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Curve = Literal["constant", "normal", "uniform", "triangular", "pert", "steps", "smooth"]


class Standard(NamedTuple):
    """A distribution without its location and scale: value = location + scale * standard value.

    ``shape`` is (c,) for "triangular" and (c, shape) for "pert", where c is the place of the mode between low (0) and
    high (1); else it is empty, and what is left of a "smooth" distribution is its ``unit()``.
    """

    curve: Curve
    shape: tuple[float, ...]
    location: float
    scale: float


class Distribution(ABC):
    """A distribution of one number."""

    @abstractmethod
    def quantile(self, u: Floats) -> Floats:
        """Return the values not exceeded with probabilities ``u`` (float64, between 0 and 1)."""

    @abstractmethod
    def cdf(self, x: Floats) -> Floats:
        """Return the probabilities of a value at or below ``x``."""

    @abstractmethod
    def mean(self) -> float:
        """Return the expected value."""

    @abstractmethod
    def sd(self) -> float:
        """Return the standard deviation."""

    @abstractmethod
    def mode(self) -> float | None:
        """Return the most likely value, or None where no single one stands out."""

    @abstractmethod
    def support(self) -> tuple[float, float]:
        """Return the least and the greatest possible value; infinite where there is none."""

    @abstractmethod
    def standard(self) -> Standard:
        """Return the distribution's curve and shape, location and scale."""

    def unit(self) -> Distribution:
        """Return the distribution without its location and scale: equal for two that differ in nothing else."""
        return self

    def median(self) -> float:
        """Return the value not exceeded in half of all cases."""
        return float(self.quantile(np.array([0.5]))[0])


def rounded(value: float) -> float:
    """Return ``value`` to 12 significant digits: what a solver found, without the noise of the processor (R6)."""
    return float(f"{value:.11e}")


def spread_of_normal(points: Callable[[Floats], Floats]) -> tuple[float, float]:
    """Return mean and standard deviation of a quantile function, by the trapezoid rule over the normal score.

    The rule is exact to rounding for smooth curves, because the normal density falls off on both sides; at a kink it
    is good to about five digits.
    """
    from scipy import special  # heavy, and only needed by families without a closed form

    z = np.arange(-8 * 64, 8 * 64 + 1) / 64
    weight = np.exp(-z * z / 2)
    weight /= weight.sum()
    lower = special.ndtr(z)
    values = points(np.minimum(lower, 1 - 2.0**-53))
    mean = float((weight * values).sum())
    return mean, float(np.sqrt((weight * (values - mean) ** 2).sum()))
