"""View: which finish, which cost and which percentile of them an analysis is about, for any run of the program."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.comparison_shift import Shift
from riskmc.analysis.paired import Difference
from riskmc.errors import ArgumentError
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.forecast.interval import check_share, quantile_rank
from riskmc.simulation.cases import Cases
from riskmc.simulation.place import PROGRAM, resolve
from riskmc.simulation.trials import CENTS, Trials

Samples = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Outcome:
    """The finish (minutes since 1970-01-01) and the cost (cents) of every iteration of one run, int64[n] each."""

    finish: Samples
    cost: Samples


@dataclass(frozen=True)
class View:
    """The ``percentile`` of the finish at ``place`` ("" is the program) and of the cost of ``project``, if it is one.

    At an activity the cost is that of the whole program.
    """

    place: str
    percentile: float

    def outcome(self, trials: Trials) -> Outcome:
        """Return the outcome of a run."""
        finish = trials.finish(self.place or None).samples
        return Outcome(finish.astype(np.int64), self._cost(trials))

    def case(self, cases: Cases, number: int) -> Outcome:
        """Return the outcome of one of several cases."""
        finish = cases.finish_at(number, self.place) if self.place else cases.finish_minutes(number)
        if self.place in cases.network.projects:
            return Outcome(finish, cases.project_cost(number, self.place))
        return Outcome(finish, cases.cost_cents(number))

    def _cost(self, trials: Trials) -> Samples:
        return trials.project_cost.get(self.place, trials.cost_cents)

    def levels(self, outcome: Outcome) -> tuple[int, int]:
        """Return the percentile of finish (minutes) and cost (cents): order statistics (A1)."""
        return level(outcome.finish, self.percentile), level(outcome.cost, self.percentile)

    def days(self, base: Outcome, other: Outcome) -> Difference:
        """Return how many days of 24 hours later the percentile of ``other`` is, with its paired interval."""
        return Shift("days", DAY_MINUTES, base.finish, other.finish).quantile(self.percentile)

    def money(self, base: Outcome, other: Outcome) -> Difference:
        """Return how much dearer the percentile of ``other`` is, in currency units, with its paired interval."""
        return Shift("", CENTS, base.cost, other.cost).quantile(self.percentile)


def level(samples: Samples, percentile: float) -> int:
    """Return a percentile as the order statistic that it is (A1)."""
    rank = quantile_rank(len(samples), percentile)
    return int(np.partition(samples, rank - 1)[rank - 1])


def view_of(trials: Trials, percentile: float, at: str | None = None) -> View:
    """Return the view of a place and a percentile; ArgumentError for "80", with what was meant, or an unkept place."""
    check_share("percentile", percentile)
    if percentile in (0, 1):
        raise ArgumentError(f"percentile lies between 0 and 1, both left out, got {percentile!r}")
    place = resolve(trials.program, at)
    trials.finish(place or None)  # refuses a place whose dates are not kept
    return View("" if place == PROGRAM else place, float(percentile))
