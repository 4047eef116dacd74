"""Probability: the chance of a target, with the interval that the number of iterations allows (A3)."""

from __future__ import annotations

from riskmc.forecast.figures import chance
from riskmc.forecast.interval import CONFIDENCE, wilson


class Probability(float):
    """A share of the iterations, and its Wilson interval. It is a float, so ``p > 0.7`` reads as it should.

    ``value`` is the share itself; ``low`` and ``high`` bound it with 95% confidence, simulation error only.
    """

    low: float
    high: float

    def __new__(cls, value: float, low: float, high: float) -> Probability:
        probability = super().__new__(cls, value)
        probability.low, probability.high = low, high
        return probability

    @classmethod
    def of(cls, hits: int, n: int, confidence: float = CONFIDENCE) -> Probability:
        """Return the probability of which ``hits`` of ``n`` iterations are the sample."""
        return cls(hits / n, *wilson(hits, n, confidence))

    @property
    def value(self) -> float:
        """The share of the iterations, as a plain float."""
        return float(self)

    def __getnewargs__(self) -> tuple[float, float, float]:  # type: ignore[override]
        return self.value, self.low, self.high

    def __repr__(self) -> str:
        return f"<Probability {self}: simulation error only>"

    def __str__(self) -> str:
        return f"{chance(self)} ({chance(self.low)} to {chance(self.high)})"
