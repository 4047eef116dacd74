"""Probability: the chance of a target, with the interval that the number of iterations allows (A3)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from riskmc.forecast.card import Card
from riskmc.forecast.figures import chance
from riskmc.forecast.interval import CONFIDENCE, wilson
from riskmc.forecast.language import said
from riskmc.forecast.replicates import INDEPENDENT, Replicates


class Probability(float):
    """A share of the iterations, and its interval. It is a float, so ``p > 0.7`` reads as it should.

    ``value`` is the share itself; ``low`` and ``high`` bound it with 95% confidence (Wilson, or from replicates under
    Latin hypercube sampling): simulation error only.
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

    @classmethod
    def among(cls, hits: NDArray[np.bool_], replicates: Replicates = INDEPENDENT) -> Probability:
        """Return the probability of which ``hits`` (bool[n], in iteration order) are the sample."""
        return cls(int(np.count_nonzero(hits)) / hits.size, *replicates.chance_interval(hits, CONFIDENCE))

    @property
    def value(self) -> float:
        """The share of the iterations, as a plain float."""
        return float(self)

    def __getnewargs__(self) -> tuple[float, float, float]:  # type: ignore[override]
        return self.value, self.low, self.high

    def __repr__(self) -> str:
        return f"<Probability {self}: simulation error only>"

    def _repr_html_(self) -> str:
        figures = [("", chance(self), True), (said("interval"), self._ends(), True)]
        return Card("Chance", "Probability", figures, foot="simulation error only").html()

    def __str__(self) -> str:
        return f"{chance(self)} ({self._ends()})"

    def _ends(self) -> str:
        return said("{low} to {high}", low=chance(self.low), high=chance(self.high))
