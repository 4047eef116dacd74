"""Peak: the period in which a program spends most, and how much that is, as distributions over the iterations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskmc.forecast import Forecast, Probability
from riskmc.forecast.replicates import Replicates


@dataclass(frozen=True)
class Peak:
    """``amount``: the most that is spent in one period; ``chances``: how often each period is that one, those that are.

    Of periods with the same amount the first counts.
    """

    amount: Forecast
    chances: Mapping[str, Probability]

    @classmethod
    def of(cls, periods: Sequence[str], cents: NDArray[np.int64], amount: Forecast, replicates: Replicates) -> Peak:
        """Return the peak of what is spent, ``cents`` int64[periods, n]."""
        found = cents.argmax(axis=0)
        hits = {period: np.asarray(found == place) for place, period in enumerate(periods)}
        return cls(amount, {p: Probability.among(at, replicates) for p, at in hits.items() if at.any()})

    @property
    def period(self) -> str:
        """The period that is the peak most often."""
        return max(self.chances, key=lambda period: self.chances[period].value)
