"""Gains: what one more and one less unit of each pool is worth in days and money, and the staircase of best additions.

Every figure compares the same iterations with and without the change (A3). More capacity may well finish later: list
scheduling has anomalies (Graham 1969, Bounds on multiprocessing timing anomalies, SIAM Journal on Applied Mathematics
17, 416-429), so the share of iterations in which it does is always told. The staircase is greedy: at each step the
pool whose next unit gains most mean days, until that gain cannot be told from nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from riskmc.analysis.capacity.pool import Pool
from riskmc.analysis.comparison_shift import DAYS, Shift
from riskmc.analysis.sensitivity.estimates import Estimate, mean
from riskmc.errors import DeadlockError, ProgramError
from riskmc.forecast import Probability
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity
from riskmc.simulation.engine import simulate_like
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.trials import CENTS, Trials


@dataclass(frozen=True, eq=False)
class Paired:
    """The same iterations before and after a change; differences are after minus before: positive is later, dearer."""

    before: Trials
    after: Trials

    @cached_property
    def finish(self) -> Shift:
        """How far the finish moves, in days of 24 hours."""
        return Shift(DAYS, DAY_MINUTES, self.before.finish_minutes, self.after.finish_minutes)

    @cached_property
    def cost(self) -> Shift:
        """How far the cost of the program moves, in currency units."""
        return Shift(self.before.currency, CENTS, self.before.cost_cents, self.after.cost_cents)

    @cached_property
    def later(self) -> Probability:
        """The share of iterations that finish later."""
        later = np.asarray(self.after.finish_minutes > self.before.finish_minutes)
        return Probability.among(later, self.before.replicates)

    def project_finish(self, project: str) -> Shift:
        """How far the finish of one project moves, in days of 24 hours."""
        return Shift(DAYS, DAY_MINUTES, self.before.project_finish[project], self.after.project_finish[project])


@dataclass(frozen=True, eq=False)
class Gain:
    """One unit more (``change`` 1) or less (-1) of a pool; ``effect`` is None where work could never be done with less.

    ``unit_cost`` is what the unit costs by `resource.cost` if it is paid for as long as the pool is needed, busy or
    not; None where the pool has no cost. ``effect.cost`` is the money that the program is charged: units held.
    """

    pool: Pool
    change: int
    effect: Paired | None
    unit_cost: Estimate | None


@dataclass(frozen=True, eq=False)
class Step:
    """One step of the staircase: a unit of ``pool`` on top of those before it; ``total`` is against none of them."""

    pool: Pool
    effect: Paired
    total: Paired
    unit_cost: Estimate | None


Run = Callable[[Program, Progress | None], Trials]


def gains(trials: Trials, pools: Sequence[Pool], progress: Sequence[Progress | None]) -> tuple[Gain, ...]:
    """Return what one more and one less unit of every pool is worth, each from a run of its own."""
    found = []
    told = iter(progress)
    for pool in pools:
        cost = unit_cost(pool)
        for change in (1, -1):
            found.append(Gain(pool, change, _effect(trials, pool, change, next(told)), cost))
    return tuple(found)


def _effect(trials: Trials, pool: Pool, change: int, progress: Progress | None) -> Paired | None:
    program = trials.again().program
    if change < 0 and not _can_lose(program, pool.id):
        return None
    try:
        return Paired(trials, simulate_like(trials, with_units(program, {pool.id: change}), progress=progress))
    except (DeadlockError, ProgramError):  # work that never has enough of them
        return None


def staircase(
    trials: Trials, pools: Sequence[Pool], first: Sequence[Gain], steps: int, progress: Sequence[Progress | None]
) -> tuple[Step, ...]:
    """Return the best additions, one unit at a time, at most ``steps`` of them; ``first`` holds the gains of one more.

    It ends where the best gain cannot be told from nothing.
    """
    told, found, now = iter(progress), list[Step](), trials
    offers = [(gain.pool, gain.effect) for gain in first if gain.change > 0 and gain.effect is not None]
    while len(found) < steps and offers:
        pool, effect = min(offers, key=lambda offer: offer[1].finish.mean().value)
        gained = effect.finish.mean()
        if not gained.told_apart or gained.value >= 0:
            break
        now = effect.after
        found.append(Step(pool, effect, Paired(trials, now), unit_cost(pool)))
        if len(found) < steps:
            offers = [(one, _more(trials, now, found, one, next(told, None))) for one in pools]
    return tuple(found)


def _more(trials: Trials, now: Trials, found: Sequence[Step], pool: Pool, progress: Progress | None) -> Paired:
    """Return what one more unit of a pool is worth on top of the steps found."""
    added: dict[str, int] = {}
    for name in (*(step.pool.id for step in found), pool.id):
        added[name] = added.get(name, 0) + 1
    return Paired(now, simulate_like(trials, with_units(trials.again().program, added), progress=progress))


def with_units(program: Program, added: dict[str, int]) -> Program:
    """Return the program with so many units more (less where below 0) of some pools, from the start to the end."""
    resources = dict(program.resources)
    for name, change in added.items():
        pool = resources[name]
        assert pool.capacity is not None
        staffing = pool.staffing and {moment: max(0.0, units + change) for moment, units in pool.staffing.items()}
        resources[name] = pool.model_copy(update={"capacity": pool.capacity + change, "staffing": staffing})
    return program.model_copy(update={"resources": resources})


def _can_lose(program: Program, name: str) -> bool:
    """Return whether all work can still be done with one unit less: wherever it could with the units that there are."""
    every = program.activities().values()
    most = max(
        (activity.uses.get(name, 0.0) for activity in every),
        default=0.0,
    )
    most = max([most, *(a.approval.by.get(name, 0.0) for a in every if a.approval is not None)])
    levels = [units for _, units in program.resources[name].levels()]
    return all(units - 1 >= most for units in levels if units >= most)


def unit_cost(pool: Pool) -> Estimate | None:
    """Return what a unit costs if it is paid for as long as the pool is needed; None without cost."""
    network = pool.trials.again().network
    resource = network.program.resources[pool.id]
    if resource.cost is None:
        return None
    calendar = network.axis.calendars[network.axis.number(resource.calendar or network.program.calendar)]
    rate = resource.cost.amount / calendar.minutes(Quantity(1.0, resource.cost.unit))
    found = mean(pool.window_minutes, pool.trials.replicates)
    return Estimate(*(None if value is None else value * rate for value in found))
