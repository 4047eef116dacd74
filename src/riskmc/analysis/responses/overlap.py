"""Overlap of two responses to one risk: what both together save against the sum of what each saves alone.

A risk that is already unlikely has little left for a second response to save. Kujawski (2002), Systems Engineering
5(3): responses are to be chosen as a portfolio, not one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.comparison_shift import DAYS, Shift
from riskmc.analysis.paired import Difference, mean_difference
from riskmc.analysis.sectioned import Measure, quantile_of, sectioned, told
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.forecast.replicates import Replicates
from riskmc.program.program import Program

Minutes = NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False)
class Overlap:
    """Two responses that act on the same ``risks``; the finish with neither, with each alone and with both, int64[n].

    Days have 24 hours; what is saved is positive.
    """

    first: str
    second: str
    risks: tuple[str, ...]
    neither: Minutes
    first_alone: Minutes
    second_alone: Minutes
    both: Minutes
    replicates: Replicates

    def saved(self, which: Minutes, p: float | None = None) -> Difference:
        """Return what one of the three choices saves at the p-quantile, or in the mean, in days."""
        shift = Shift(DAYS, DAY_MINUTES, which, self.neither)
        return shift.mean() if p is None else shift.quantile(p)

    def counted_twice(self, p: float | None = None) -> Difference:
        """Return by how many days the sum of each alone is more than both together save, with its interval.

        Of the mean it is the paired t interval; of a percentile that from sections of the iterations (Asmussen and
        Glynn 2007, III.5). Negative where the two help each other.
        """
        if p is None:
            found = mean_difference(self.first_alone + self.second_alone, self.neither + self.both)
            return _in_days(found)
        return _in_days(self._sectioned(quantile_of(p)))

    def _sectioned(self, measure: Measure) -> Difference:
        neither, first, second, both = (
            sectioned(finish, measure, self.replicates)
            for finish in (self.neither, self.first_alone, self.second_alone, self.both)
        )
        return told(neither - first - second + both)


def overlapping(program: Program, names: list[str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield the pairs of responses that touch the same risks, changing or bringing them, and which risks these are."""
    touched = {
        name: {*program.responses[name].acts_on, *(r.removeprefix("risks.") for r in program.responses[name].secondary)}
        for name in names
    }
    for first, second in combinations(names, 2):
        shared = sorted(touched[first] & touched[second])
        if shared:
            yield first, second, tuple(shared)


def _in_days(minutes: Difference) -> Difference:
    value, low, high = minutes
    ends = (None if end is None else end / DAY_MINUTES for end in (low, high))
    return Difference(value / DAY_MINUTES, *ends)
