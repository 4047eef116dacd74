"""Discrete distribution: a few values, each with its probability."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from riskmc.distributions.base import Distribution, Floats, Standard
from riskmc.distributions.constant import Constant
from riskmc.distributions.parameters import Parameters
from riskmc.errors import ArgumentError

_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Discrete(Distribution):
    """``values`` in rising order, each with its ``probabilities`` > 0, which add up to 1."""

    values: tuple[float, ...]
    probabilities: tuple[float, ...]

    def quantile(self, u: Floats) -> Floats:
        """Return the least values whose cumulative probability reaches ``u``."""
        position = np.searchsorted(self.cumulative(), np.asarray(u), side="left")
        return np.asarray(self.values)[position]

    def cdf(self, x: Floats) -> Floats:
        """Return the probabilities of a value at or below ``x``."""
        position = np.searchsorted(np.asarray(self.values), np.asarray(x), side="right")
        return np.concatenate([[0.0], self.cumulative()])[position]

    def mean(self) -> float:
        """Return the expected value."""
        return math.fsum(v * p for v, p in zip(self.values, self.probabilities, strict=True))

    def sd(self) -> float:
        """Return the standard deviation."""
        mean = self.mean()
        return math.sqrt(math.fsum(p * (v - mean) ** 2 for v, p in zip(self.values, self.probabilities, strict=True)))

    def mode(self) -> float | None:
        """Return the most probable value, or None where two share that rank."""
        best = max(self.probabilities)
        return self.values[self.probabilities.index(best)] if self.probabilities.count(best) == 1 else None

    def support(self) -> tuple[float, float]:
        """Return the least and the greatest value."""
        return self.values[0], self.values[-1]

    def standard(self) -> Standard:
        """Return the steps as they are: location and scale have no part in them."""
        return Standard("steps", (), 0.0, 1.0)

    def cumulative(self) -> Floats:
        """Return the probability up to and including each value; the last is 1."""
        total = np.cumsum(np.asarray(self.probabilities))
        total[-1] = 1.0
        return total


def discrete(parameters: Parameters) -> Distribution:
    """Return ``discrete(value:probability ...)`` of alternating ("value", v) and ("probability", p)."""
    values = [value for name, value in parameters if name == "value"]
    shares = [value for name, value in parameters if name == "probability"]
    if not values or [name for name, _ in parameters] != ["value", "probability"] * len(values):
        raise ArgumentError("discrete takes values, each with its probability: discrete(10:20% 15:80%)")
    if any(not 0 <= share <= 1 for share in shares):
        raise ArgumentError(f"discrete: probabilities lie between 0 and 1, got {_listed(shares)}")
    if abs(math.fsum(shares) - 1) > _TOLERANCE:
        raise ArgumentError(f"discrete: probabilities must add up to 1, got {_listed(shares)} = {math.fsum(shares):g}")
    return of_weights(zip(values, shares, strict=True))


def of_weights(pairs: Iterable[tuple[float, float]]) -> Distribution:
    """Return the distribution of values with weights: sorted, equal values merged, weights scaled to add up to 1."""
    weights: dict[float, list[float]] = {}
    for value, weight in pairs:
        if not math.isfinite(value):
            raise ArgumentError(f"discrete: values must be finite numbers, got {value}")
        if weight > 0:
            weights.setdefault(float(value), []).append(weight)
    total = math.fsum(weight for group in weights.values() for weight in group)
    values = tuple(sorted(weights))
    if len(values) == 1:
        return Constant(values[0])
    return Discrete(values, tuple(math.fsum(weights[value]) / total for value in values))


def _listed(shares: list[float]) -> str:
    return " + ".join(f"{share:g}" for share in shares)
