"""One pool in all iterations: waiting, utilisation, its queue over time, and its part of the driving chain.

Waiting is counted in days of 24 hours, and belongs to the pool that became sufficient last. Utilisation is the share
of unit-time that was held, in the working time of the pool's calendar (the program's where it has none). The pool's
part of the driving chain (N6) is the time in which an activity on that chain waited for it, each day once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.sensitivity.estimates import FEWEST, Estimate, around, deviations, mean
from riskmc.forecast import Forecast, Probability
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.forecast.interval import CONFIDENCE, student
from riskmc.simulation.kept_queues import Queues
from riskmc.simulation.trials import Trials

THOUSANDTHS = 1000
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Waiter:
    """An activity that waits for a pool: mean days with interval, and the share of iterations in which it waits."""

    path: str
    days: Estimate
    chance: Probability


@dataclass(frozen=True, eq=False, repr=False)
class Pool:
    """What happened at one pool; ``number`` is its own among ``queues.pools``."""

    trials: Trials
    queues: Queues
    number: int

    @property
    def id(self) -> str:
        """The pool's identifier in the program."""
        return self.queues.pools[self.number]

    @property
    def name(self) -> str:
        """The pool's display name."""
        return self.trials.again().network.program.resources[self.id].name or self.id

    @cached_property
    def units(self) -> float:
        """How many units there are before any change."""
        return self.trials.again().network.program.resources[self.id].capacity or 0.0

    @cached_property
    def span_of_units(self) -> tuple[float, float]:
        """The fewest and the most units that its staffing plan has, before any other change."""
        levels = [units for _, units in self.trials.again().network.program.resources[self.id].levels()]
        return min(levels, default=0.0), max(levels, default=0.0)

    # ------------------------------------------------------------------------------ waiting

    @cached_property
    def waited(self) -> Whole:
        """Minutes that activities waited for it, int64[n]."""
        rows = [row for row, (_, pool) in enumerate(self.queues.pairs) if pool == self.number]
        return np.asarray(self.queues.sums.pair_wait[rows].sum(axis=0), np.int64)

    @property
    def waiting(self) -> Forecast:
        """The days that activities wait for it in all: mean, P50, P80."""
        return self._forecast("waiting", self.waited / DAY_MINUTES, "d")

    @property
    def mean_waiting(self) -> Estimate:
        """The mean days that activities wait for it in all."""
        return _days(mean(self.waited, self.trials.replicates))

    @property
    def mean_wait(self) -> Estimate:
        """The mean days that one request waits, those that do not wait included."""
        return _days(_ratio(self.waited, self.queues.sums.requests[self.number], self.trials))

    @property
    def waits_per_request(self) -> Estimate:
        """The share of requests that wait."""
        sums = self.queues.sums
        return _ratio(sums.waits[self.number], sums.requests[self.number], self.trials).within(0.0, 1.0)

    @property
    def chance(self) -> Probability:
        """The share of iterations in which anything waits for it."""
        return Probability.among(self.waited > 0, self.trials.replicates)

    @cached_property
    def waiters(self) -> tuple[Waiter, ...]:
        """The activities that wait for it, the longest mean wait first."""
        sums, n = self.queues.sums, len(self.trials)
        rows = [d for d, (_, pool) in enumerate(self.queues.demands) if pool == self.number and sums.demand_wait[d]]
        found = [
            Waiter(
                self.queues.demands[d][0],
                _days(_from_sums(int(sums.demand_wait[d]), int(sums.demand_squares[d]), n)),
                Probability.of(int(sums.demand_waits[d]), n),
            )
            for d in rows
        ]
        return tuple(sorted(found, key=lambda one: (-(one.days.value or 0.0), one.path)))

    # ------------------------------------------------------------------------------ use

    @property
    def utilisation(self) -> Forecast:
        """The share of its unit-time that was held, from the first need of it to the last return, as a percentage."""
        sums = self.queues.sums
        return self._forecast("use", _percent(sums.window_busy[self.number], sums.window_room[self.number]), "%")

    @property
    def mean_utilisation(self) -> Estimate:
        """Held unit-time over all unit-time while it was needed, a share, over all iterations."""
        sums = self.queues.sums
        return _ratio(sums.window_busy[self.number], sums.window_room[self.number], self.trials).within(0.0, 1.0)

    @property
    def window_minutes(self) -> Whole:
        """Minutes of its calendar from the first need of it to the last return, int64[n]."""
        minutes: Whole = self.queues.sums.window[self.number]
        return minutes

    def utilisation_in(self, period: int) -> Forecast:
        """The share of its unit-time that was held in one period, as a percentage."""
        sums = self.queues.sums
        return self._forecast("use", _percent(sums.busy[self.number, period], sums.room[self.number, period]), "%")

    def mean_utilisation_in(self, period: int) -> Estimate:
        """Held unit-time over all unit-time in one period, a share, over all iterations."""
        sums = self.queues.sums
        found = _ratio(sums.busy[self.number, period], sums.room[self.number, period], self.trials)
        return found.within(0.0, 1.0)

    # ------------------------------------------------------------------------------ queue

    def queue_at(self, point: int, units: bool = False) -> Forecast:
        """The queue at one of ``queues.points``: activities that wait, or the units that they wait for."""
        sums = self.queues.sums
        rows = sums.queued_units[self.number, point] / THOUSANDTHS if units else sums.queued[self.number, point]
        return self._forecast("queue", np.asarray(rows, np.float64), "units" if units else "activities")

    def mean_queue_in(self, period: int) -> Estimate:
        """The mean number of activities that wait for it over one period."""
        edges = self.queues.edges
        found = mean(self.queues.sums.waiting[self.number, period], self.trials.replicates)
        return _over(found, float(edges[period + 1] - edges[period]))

    # ------------------------------------------------------------------------------ driving chain

    @property
    def criticality(self) -> Probability:
        """The share of iterations whose driving chain passes through a wait for it."""
        return Probability.among(self.queues.sums.chain[self.number] > 0, self.trials.replicates)

    @property
    def chain_days(self) -> Estimate:
        """The mean days that it owns on the driving chain."""
        return _days(mean(self.queues.sums.chain[self.number], self.trials.replicates))

    def _forecast(self, what: str, samples: NDArray[np.float64], unit: str) -> Forecast:
        trials = self.trials
        return Forecast(f"{self.name} {what}", samples, unit, None, trials.provenance, replicates=trials.replicates)

    def __repr__(self) -> str:
        return f"<Pool {self.id!r}: {self.mean_waiting.value:.1f} d waited, {self.mean_utilisation.value:.0%} busy>"


def pools_of(trials: Trials, queues: Queues, chosen: Sequence[str] = ()) -> tuple[Pool, ...]:
    """Return the pools that some activity asks for, or those ``chosen`` of them, in the order of their names."""
    asked = {pool for _, pool in queues.pairs}
    return tuple(
        Pool(trials, queues, number)
        for number, name in enumerate(queues.pools)
        if number in asked and (not chosen or name in chosen)
    )


def _percent(busy: Whole, room: Whole) -> NDArray[np.float64]:
    return np.asarray(100.0 * busy / np.maximum(room, 1), np.float64)


def _days(found: Estimate) -> Estimate:
    return _over(found, DAY_MINUTES)


def _over(found: Estimate, unit: float) -> Estimate:
    return Estimate(*(None if value is None else value / unit for value in found))


def _ratio(upper: NDArray[Any], lower: NDArray[Any], trials: Trials) -> Estimate:
    """Return the sum of one row over the sum of the other; 0 where there is nothing to divide by.

    The influence of an iteration on a ratio of means is (x - ratio y) / mean of y (Hampel 1974).
    """
    whole = int(lower.sum())
    if not whole:
        return Estimate(0.0, None, None)
    value = int(upper.sum()) / whole
    apart = (upper - value * lower) / (whole / lower.size)
    return around(value, deviations(np.asarray(apart, np.float64)), trials.replicates)


def _from_sums(total: int, squares: int, n: int) -> Estimate:
    """Return the mean of n whole numbers, with Student's interval, from their exact sums."""
    value = total / n
    if n < FEWEST:
        return Estimate(value, None, None)
    half = student(n - 1, CONFIDENCE) * ((n * squares - total * total) / n / (n - 1) / n) ** 0.5
    return Estimate(value, max(value - half, 0.0), value + half)
