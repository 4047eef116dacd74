"""Capacity: the answer, as tables: one row a pool, a period, an activity, a unit more or less; every figure bounded.

Days have 24 hours; shares are of iterations, of requests or of unit-time, as the column says. Differences are paired,
after minus before: negative days are days gained.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from riskmc.analysis.capacity.gains import Gain, Paired, Step
from riskmc.analysis.capacity.orders import Order
from riskmc.analysis.capacity.pool import Pool
from riskmc.analysis.comparison_shift import Shift
from riskmc.analysis.sensitivity.estimates import Estimate, mean
from riskmc.analysis.units import Interval, interval_columns, money_column
from riskmc.errors import ArgumentError, nearest
from riskmc.forecast import Forecast, Probability
from riskmc.forecast.card import Figure, figure_text, make_card
from riskmc.forecast.differences import days_apart
from riskmc.forecast.figures import chance, iterations_text, level_name, number
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.simulation.kept_queues import Queues
from riskmc.simulation.periods import By
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    import pandas as pd

QUEUE_LEVELS = (0.10, 0.50, 0.80, 0.90)
LEVELS = (0.50, 0.80)


@dataclass(frozen=True, eq=False)
class Bottleneck:
    """The pool that owns most of the waiting in one period, its share of it, and how often it does."""

    period: str
    pool: Pool
    days: Estimate
    share: float
    often: Probability


@dataclass(frozen=True, eq=False, repr=False)
class Capacity:
    """What waits, what is busy, and what more or fewer units are worth.

    ``pools`` are those that some activity uses, ``gains`` the units more and less, ``steps`` the staircase,
    ``orders`` each project first, ``funding`` the finish without the limit of funding and with it. Without pools
    nothing limits work, and ``queues`` is None.
    """

    trials: Trials
    by: By
    periods: tuple[str, ...] = ()
    queues: Queues | None = None
    pools: tuple[Pool, ...] = ()
    gains: tuple[Gain, ...] = ()
    steps: tuple[Step, ...] = ()
    orders: tuple[Order, ...] = ()
    funding: Paired | None = None

    def __getitem__(self, pool: str) -> Pool:
        """Return one pool by its identifier; ArgumentError where there is none."""
        found = next((one for one in self.pools if one.id == pool), None)
        if found is None:
            known = [one.id for one in self.pools]
            raise ArgumentError(f"there is no pool {pool!r}; known: {', '.join(known) or 'none'}{nearest(pool, known)}")
        return found

    @cached_property
    def ranked(self) -> tuple[Pool, ...]:
        """The pools, the longest waiting first."""
        return tuple(sorted(self.pools, key=lambda pool: (-(pool.mean_waiting.value or 0.0), pool.id)))

    def gain(self, pool: str, change: int = 1) -> Gain | None:
        """Return what one unit more (1) or less (-1) of a pool is worth; None where that was not run."""
        return next((gain for gain in self.gains if gain.pool.id == pool and gain.change == change), None)

    @cached_property
    def best(self) -> Gain | None:
        """The unit more that gains most mean days, if that can be told from nothing."""
        more = [gain for gain in self.gains if gain.change > 0 and gain.effect is not None]
        found = min(more, key=lambda gain: _moved(gain).value, default=None)
        return found if found is not None and _moved(found).told_apart and _moved(found).value < 0 else None

    @cached_property
    def busiest(self) -> Pool | None:
        """The pool that was held for the largest share of its time while it was needed."""
        return max(self.pools, key=lambda pool: pool.mean_utilisation.value or 0.0, default=None)

    @property
    def misleading(self) -> bool:
        """Whether the pool worth most is not the busiest one."""
        return self.best is not None and self.busiest is not None and self.best.pool.id != self.busiest.id

    @cached_property
    def bottlenecks(self) -> tuple[Bottleneck, ...]:
        """The pool that owns most of the waiting in each period in which anything waits."""
        return tuple(found for place in range(len(self.periods)) for found in self._bottleneck(place))

    def _bottleneck(self, place: int) -> Iterator[Bottleneck]:
        assert self.queues is not None
        numbers = [pool.number for pool in self.pools]
        minutes = self.queues.sums.waiting[numbers, place]
        totals = [int(row.sum()) for row in minutes]
        if not sum(totals):
            return
        top = int(np.argmax(totals))
        most = (minutes[top] > 0) & (minutes[top] == minutes.max(axis=0))
        replicates = self.trials.replicates
        yield Bottleneck(
            self.periods[place], self.pools[top], _in_days(mean(minutes[top], replicates)), totals[top] / sum(totals),
            Probability.among(most, replicates),
        )  # fmt: skip

    # ------------------------------------------------------------------------------ tables

    def waiting(self) -> pd.DataFrame:
        """Return one row a pool: days waited in all (mean, P50, P80), days a request, shares that wait."""
        return _frame((pool.id, self._waiting_row(pool)) for pool in self.ranked)

    def _waiting_row(self, pool: Pool) -> dict[str, Any]:
        told = {"name": pool.name, **interval_columns("waiting_mean_days", pool.mean_waiting)}
        for p in LEVELS:
            told |= _quantile(f"waiting_{level_name(p).lower()}_days", pool.waiting, p)
        told |= interval_columns("days_a_request", pool.mean_wait)
        told |= interval_columns("share_of_requests_that_wait", pool.waits_per_request)
        told |= interval_columns("share_of_iterations_that_wait", pool.chance)
        return told | {"most_waiting_activity": pool.waiters[0].path if pool.waiters else None}

    def activities(self) -> pd.DataFrame:
        """Return one row an activity and pool, the longest mean wait first: mean days, share of iterations."""
        rows = [
            (one.path, {"pool": pool.id, **interval_columns("waiting_mean_days", one.days),
                        **interval_columns("share_of_iterations_that_wait", one.chance)})
            for pool in self.pools for one in pool.waiters
        ]  # fmt: skip
        rows.sort(key=lambda row: (-row[1]["waiting_mean_days"], row[0]))
        return _frame(rows, "activity")

    def utilisation(self) -> pd.DataFrame:
        """Return one row a pool: units, share of unit-time held while it was needed, and the length of that time."""
        return _frame((pool.id, self._use_row(pool)) for pool in self.ranked)

    def _use_row(self, pool: Pool) -> dict[str, Any]:
        told = {"name": pool.name, "units": pool.units, **interval_columns("utilisation_mean", pool.mean_utilisation)}
        for p in (0.10, *LEVELS):
            told |= _quantile(f"utilisation_{level_name(p).lower()}_percent", pool.utilisation, p)
        hours = mean(pool.window_minutes, self.trials.replicates)
        return told | interval_columns("needed_hours", Estimate(*(_over(end, 60) for end in hours)))

    def by_period(self) -> pd.DataFrame:
        """Return one row a pool and period: share of unit-time held (mean, P10, P50, P80) and the mean queue."""
        import pandas as pd

        rows = [(pool.id, name, self._period_row(pool, place)) for pool in self.pools
                for place, name in enumerate(self.periods)]  # fmt: skip
        index = pd.MultiIndex.from_tuples([row[:2] for row in rows], names=["pool", self.by])
        return pd.DataFrame([row[2] for row in rows], index=index)

    def _period_row(self, pool: Pool, place: int) -> dict[str, Any]:
        told = interval_columns("utilisation_mean", pool.mean_utilisation_in(place))
        used = pool.utilisation_in(place)
        for p in (0.10, *LEVELS):
            told |= _quantile(f"utilisation_{level_name(p).lower()}_percent", used, p)
        return told | interval_columns("mean_queue_activities", pool.mean_queue_in(place))

    def queue(self, pool: str, units: bool = False) -> pd.DataFrame:
        """Return the queue fan of a pool: one row a date, P10 to P90 of the activities, or units, that wait."""
        import pandas as pd

        assert self.queues is not None
        found, unit = self[pool], "units" if units else "activities"
        rows = []
        for point in range(len(self.queues.points)):
            forecast, told = found.queue_at(point, units), dict[str, Any]()
            for p in QUEUE_LEVELS:
                told |= _quantile(f"queue_{level_name(p).lower()}_{unit}", forecast, p)
            rows.append(told)
        dates = pd.DatetimeIndex(self.queues.points.astype("datetime64[m]").astype("datetime64[us]"), name="date")
        return pd.DataFrame(rows, index=dates)

    def criticality(self) -> pd.DataFrame:
        """Return one row a pool: share of iterations whose driving chain waits for it, and the days it owns there."""
        return _frame(
            (pool.id, {"name": pool.name, **interval_columns("criticality", pool.criticality),
                       **interval_columns("chain_mean_days", pool.chain_days)})
            for pool in self.ranked
        )  # fmt: skip

    def unit_value(self) -> pd.DataFrame:
        """Return one row a pool and change (1 more, -1 less): what it does to finish and cost, and what it costs.

        Empty where work could never be done with one unit less.
        """
        import pandas as pd

        index = pd.MultiIndex.from_tuples([(gain.pool.id, gain.change) for gain in self.gains], names=["pool", "units"])
        return pd.DataFrame([self._effect_row(gain.effect, gain.unit_cost) for gain in self.gains], index=index)

    def staircase(self) -> pd.DataFrame:
        """Return one row a step: the pool that is given one more unit, what that gains, and what all do together."""
        rows = []
        for place, step in enumerate(self.steps, 1):
            told = {"pool": step.pool.id, **self._effect_row(step.effect, step.unit_cost)}
            rows.append((place, told | interval_columns("total_finish_mean_days", step.total.finish.mean())))
        return _frame(rows, "step")

    def _effect_row(self, effect: Paired | None, unit_cost: Estimate | None) -> dict[str, Any]:
        finish, cost = (None, None) if effect is None else (effect.finish, effect.cost)
        told = interval_columns("finish_mean_days", None if finish is None else finish.mean())
        told |= interval_columns("finish_p80_days", None if finish is None else finish.quantile(0.80))
        told |= interval_columns("finishes_later", None if effect is None else effect.later)
        told |= interval_columns(money_column("cost_mean", self.trials), None if cost is None else cost.mean())
        return told | interval_columns(money_column("unit_paid_throughout", self.trials), unit_cost)

    def bottleneck_frame(self) -> pd.DataFrame:
        """Return one row a period in which anything waits: the pool that owns most of it, days, share, how often."""
        return _frame(
            (
                (one.period, {"pool": one.pool.id, **interval_columns("waiting_mean_days", one.days),
                              "share_of_waiting": one.share, **interval_columns("share_of_iterations", one.often)})
                for one in self.bottlenecks
            ),
            self.by,
        )  # fmt: skip

    def by_project(self) -> pd.DataFrame:
        """Return one row a project and pool: the mean days that its activities wait for it."""
        import pandas as pd

        assert self.queues is not None
        numbers = {pool.number: pool.id for pool in self.pools}
        rows = [
            (self.queues.projects[home], numbers[pool], self._minutes(self.queues.sums.pair_wait[row]))
            for row, (home, pool) in enumerate(self.queues.pairs) if pool in numbers
        ]  # fmt: skip
        index = pd.MultiIndex.from_tuples([row[:2] for row in rows], names=["project", "pool"])
        return pd.DataFrame([interval_columns("waiting_mean_days", row[2]) for row in rows], index=index)

    def held_up(self) -> pd.DataFrame:
        """Return one row a waiting and a holding project: mean days waited while the other held the units.

        Time is shared among projects by the units that they held; over all pools. ``(nobody)``: no unit was there.
        """
        import pandas as pd

        rows = list(self.hold_ups())
        index = pd.MultiIndex.from_tuples([row[:2] for row in rows], names=["waiting", "held_by"])
        return pd.DataFrame([interval_columns("waiting_mean_days", row[2]) for row in rows], index=index)

    def hold_ups(self) -> Iterator[tuple[str, str, Estimate]]:
        """Yield each waiting and holding project, and the mean days waited."""
        if self.queues is None:
            return
        names = (*self.queues.projects, "(nobody)")
        for home, other in np.argwhere(self.queues.sums.held_up.any(axis=2)):
            yield names[home], names[other], self._minutes(self.queues.sums.held_up[home, other])

    def order_frame(self) -> pd.DataFrame:
        """Return one row a project that goes first, and a finish: of the program, or of a project; in days moved."""
        import pandas as pd

        rows = []
        for order in self.orders:
            rows.append((order.project, "(program)", order.effect.finish))
            rows += [
                (order.project, name, order.effect.project_finish(name)) for name in order.effect.before.project_finish
            ]
        index = pd.MultiIndex.from_tuples([row[:2] for row in rows], names=["first", "finish_of"])
        return pd.DataFrame([_shift_row(row[2]) for row in rows], index=index)

    def funding_frame(self) -> pd.DataFrame:
        """Return what the limit of funding does to the finish of the program and of each project; empty without one."""
        if self.funding is None:
            return _frame([], "finish_of")
        rows = [("(program)", self.funding.finish)]
        rows += [(name, self.funding.project_finish(name)) for name in self.funding.before.project_finish]
        return _frame([(name, _shift_row(shift)) for name, shift in rows], "finish_of")

    def _minutes(self, minutes: Any) -> Estimate:
        return _in_days(mean(minutes, self.trials.replicates))

    # ------------------------------------------------------------------------------ words

    def name(self, place: str) -> str:
        """Return the display name of a project or an activity."""
        return name_of(self.trials.program, place) if place in self._places else place

    @cached_property
    def _places(self) -> set[str]:
        program = self.trials.program
        return {*program.projects, *program.activities()}

    def figures(self) -> list[Figure]:
        """Return the figures of the card: the longest waiting, the unit worth most, the busiest pool."""
        if not self.pools or self.busiest is None:
            return [("Pools that limit work", "none", False)]
        top = self.ranked[0]
        told = [(f"Waiting for {top.name}", f"{number(top.mean_waiting.value or 0.0)} d", True)]
        if self.best is not None:
            told.append((f"Gain from one more {self.best.pool.name}", days_apart(*_moved(self.best).parts)[0], True))
        return [*told, (f"Busiest: {self.busiest.name}", chance(self.busiest.mean_utilisation.value or 0.0), True)]

    @property
    def _foot(self) -> str:
        return f"{iterations_text(len(self.trials))} · {self.trials.provenance}"

    def __repr__(self) -> str:
        told = ", ".join(map(figure_text, self.figures()))
        return f"<Capacity {self.trials.program.program!r}: {told}  ({self._foot})>"

    def _repr_html_(self) -> str:
        return make_card(self.trials.program.program, "Capacity", "", self.figures(), self._foot)


def _moved(gain: Gain) -> Any:
    assert gain.effect is not None
    return gain.effect.finish.mean()


def _in_days(found: Estimate) -> Estimate:
    return Estimate(*(_over(end, DAY_MINUTES) for end in found))


def _over(value: float | None, unit: float) -> float | None:
    return None if value is None else value / unit


def _quantile(name: str, forecast: Forecast, p: float) -> dict[str, Any]:
    told: Interval = Estimate(forecast.quantile(p), *forecast.quantile_interval(p))  # type: ignore[arg-type]
    return interval_columns(name, told)


def _shift_row(shift: Shift) -> dict[str, Any]:
    return interval_columns("finish_mean_days", shift.mean()) | interval_columns(
        "finish_p80_days", shift.quantile(0.80)
    )


def _frame(rows: Any, name: str = "pool") -> pd.DataFrame:
    """Return a table of (label, columns)."""
    import pandas as pd

    told: Sequence[tuple[Any, dict[str, Any]]] = list(rows)
    return pd.DataFrame([row for _, row in told], index=pd.Index([label for label, _ in told], name=name))
