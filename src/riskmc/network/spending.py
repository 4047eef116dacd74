"""Costs of activities and of items that hang on no activity, as arrays for the cost kernel (C1, C2, C5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError, ProgramError
from riskmc.network.axis import Axis
from riskmc.network.draws import CENTS, Draws
from riskmc.network.estimates import Estimates, money
from riskmc.network.impacts import Effects
from riskmc.network.ragged import flat, pointers
from riskmc.network.risks import ActiveResponse
from riskmc.network.sizes import central, spread
from riskmc.network.strikes import PROGRAM
from riskmc.network.tasks import FINISHED, PLANNED, Task
from riskmc.program.estimate import Cost
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity

RISKS = ""  # the source of what risks charge to the program


@dataclass(slots=True)
class Item:
    """One cost on its way to the kernel. ``node`` is the task or span whose working minutes carry the rate.

    ``source`` says where it comes from: an activity's path, ``costs/NAME``, ``response/NAME``, or RISKS.
    """

    source: str
    project: int = -1
    fixed: int = -1
    constant: float = 0.0
    rate: float = 0.0
    node: int = -1
    exists: int = -1
    certain: float = 0.0
    factors: list[int] = field(default_factory=list)
    additions: list[tuple[int, float]] = field(default_factory=list)
    rate_factors: list[int] = field(default_factory=list)
    total_factors: list[int] = field(default_factory=list)

    @property
    def varies(self) -> bool:
        """Whether iterations can change it; else it is certain and stands in no row of the kernel's table."""
        struck = self.factors or self.additions or self.total_factors
        return bool(self.fixed >= 0 or self.rate or struck or self.exists >= 0)


class CostTable(NamedTuple):
    """Cost items as arrays for the kernel `costs`; ``certain`` holds the cents that no iteration changes, by total."""

    fixed: NDArray[np.int32]
    constant: NDArray[np.float64]
    factor_ptr: NDArray[np.int32]
    factor: NDArray[np.int32]
    addition_ptr: NDArray[np.int32]
    addition: NDArray[np.int32]
    weight: NDArray[np.float64]
    rate: NDArray[np.float64]
    node: NDArray[np.int32]
    rate_ptr: NDArray[np.int32]
    rate_factor: NDArray[np.int32]
    total_ptr: NDArray[np.int32]
    total_factor: NDArray[np.int32]
    exists: NDArray[np.int32]
    project: NDArray[np.int32]
    certain: NDArray[np.int64]


def task_items(
    program: Program,
    tasks: Sequence[Task],
    estimates: Estimates,
    axis: Axis,
    projects: Sequence[str],
    varying: Iterable[int],
) -> list[Item]:
    """Return the cost item of every task that costs anything or can be charged something, in task order.

    ``varying`` are the tasks whose existence is not certain.
    """
    position = {name: i for i, name in enumerate(projects)}
    uncertain = frozenset(varying)
    items = []
    costs = zip(estimates.cost_row, estimates.cost_planned, estimates.cost_spent, strict=True)
    for task, (row, planned, spent) in zip(tasks, costs, strict=True):
        item = Item(task.path, position[task.project], fixed=row, constant=round(planned * CENTS, 6))
        item.rate = cents_per_minute(program, task, axis)
        item.node = task.number if item.rate else -1
        item.exists = task.number if task.number in uncertain else -1
        if task.state is not PLANNED:
            _actual(task, item, spent, axis)
        items.append(item)
    return items


def cents_per_minute(program: Program, task: Task, axis: Axis) -> float:
    """Return cents per working minute of the activity: its per-day cost and the resources it holds (C1)."""
    calendar = axis.calendars[task.calendar]
    cost = task.activity.cost
    rate = 0.0 if cost is None or cost.per_day is None else cost.per_day.value / calendar.day_minutes
    for name, units in sorted(task.activity.uses.items()) if task.activity.uses else ():
        resource = program.resources.get(name)
        if resource is not None and resource.cost is not None:
            rate += units * resource.cost.amount / calendar.minutes(Quantity(1.0, resource.cost.unit))
    return rate * CENTS


def _actual(task: Task, item: Item, spent: float, axis: Axis) -> None:
    """Take what is spent as certain: the actual cost where it is given, else the plan up to the data date (N4).

    ``spent`` is the part of the planned fixed cost that falls on the work already done, in currency units.
    """
    progress = task.activity.progress
    actual = progress.actual_cost if progress is not None else None
    if task.state is FINISHED:
        worked = axis.index(task.calendar, task.finished) - axis.index(task.calendar, task.started)
        item.certain = CENTS * actual.value if actual is not None else item.constant + item.rate * worked
        item.constant, item.rate, item.node = 0.0, 0.0, -1
    elif actual is not None:
        item.certain = CENTS * actual.value
    else:
        worked = axis.index(task.calendar, task.data_date) - axis.index(task.calendar, task.started)
        item.certain = spent * CENTS + item.rate * worked


def standing_items(
    program: Program,
    responses: Sequence[ActiveResponse],
    projects: Sequence[str],
    spans: dict[str, int],
    axis: Axis,
    draws: Draws,
) -> list[Item]:
    """Return the items of `costs:` and the costs of responses; ``spans`` gives the node of each span (C5, K6).

    Contingency is held, not spent: it is no item.
    """
    position = {name: i for i, name in enumerate(projects)}
    items = []
    for name, entry in sorted(program.costs.items()):
        if entry.contingency:
            continue
        item = Item(f"costs/{name}", position[entry.project] if entry.project else -1)
        _fixed(item, Cost(fixed=entry.fixed), f"costs/{name}/cost", f"costs.{name}", program, draws)
        if entry.per_day is not None:
            item.rate = CENTS * entry.per_day.value / axis.calendars[axis.number(program.calendar)].day_minutes
            item.node = spans[name]
        items.append(item)
    for active in responses:
        if active.response.cost is not None and active.response.status in ("approved", "proposed"):
            item = Item(f"response/{active.name}")
            size = spread(active.response.cost, money(None), program.elicited_as)
            item.constant = CENTS * central(size)
            if not active.response.cost.certain:
                item.fixed = draws.money(f"response/{active.name}/cost", size)
            items.append(item)
    return items


def _fixed(item: Item, cost: Cost, variable: str, place: str, program: Program, draws: Draws) -> None:
    fixed = cost.fixed
    if fixed is None:
        return
    try:
        own = (
            None
            if fixed.range is None
            else spread(fixed.range, money(fixed.plan.value if fixed.plan else None), program.elicited_as)
        )
    except ArgumentError as error:
        raise ProgramError([(place, str(error))]) from None
    plan = fixed.plan.value if fixed.plan is not None else central(own) if own is not None else 0.0
    item.constant = CENTS * plan
    if own is not None:
        item.fixed = draws.money(variable, own)


def strike_items(items: Sequence[Item], tasks: Sequence[Task], factors: Effects, sums: Effects) -> list[Item]:
    """Return the items with the factors and additions that strike them, and one more for what strikes the program."""
    out, struck = [*items], factors.struck("cost", "cost_per_day", "cost_total") | sums.struck("cost")
    for task, item in zip(tasks, items, strict=False):
        if task.number not in struck:
            continue
        item.factors, _, _ = factors.settle("cost", task.number)
        _, item.additions, _ = sums.settle("cost", task.number)
        item.rate_factors, _, _ = factors.settle("cost_per_day", task.number)
        item.total_factors, _, _ = factors.settle("cost_total", task.number)
        _refuse_mixed(task, factors, sums)
    charged = Item(RISKS)
    _, charged.additions, _ = sums.settle("cost", PROGRAM)
    return [*out, charged] if charged.additions else out


def _refuse_mixed(task: Task, factors: Effects, sums: Effects) -> None:
    groups = {h.group for h in factors.hits["cost"].get(task.number, ()) if h.group} & {
        h.group for h in sums.hits["cost"].get(task.number, ()) if h.group
    }
    if groups:
        name = min(groups)
        raise ProgramError.at(
            task.path, f"parallel_group {name!r} both multiplies and adds to its cost; do one of them"
        )


def cost_table(items: Sequence[Item], totals: int) -> CostTable:
    """Return the items as arrays; an item that no iteration can change goes into ``certain`` as whole cents (C2)."""
    varying = [item.varies for item in items]
    kept = [*compress(items, varying)]
    certain = [item.certain + (0.0 if varies else item.constant) for item, varies in zip(items, varying, strict=True)]
    column = {
        name: np.array([*map(attrgetter(name), kept)])
        for name in ("fixed", "constant", "rate", "node", "exists", "project")
    }
    return CostTable(
        column["fixed"].astype(np.int32), column["constant"].astype(np.float64),
        pointers([i.factors for i in kept]), flat([i.factors for i in kept], np.int32),
        pointers([i.additions for i in kept]), flat([[r for r, _ in i.additions] for i in kept], np.int32),
        flat([[w for _, w in i.additions] for i in kept], np.float64),
        column["rate"].astype(np.float64), column["node"].astype(np.int32),
        pointers([i.rate_factors for i in kept]), flat([i.rate_factors for i in kept], np.int32),
        pointers([i.total_factors for i in kept]), flat([i.total_factors for i in kept], np.int32),
        column["exists"].astype(np.int32), column["project"].astype(np.int32),
        _totals(items, certain, totals),
    )  # fmt: skip


def planned_cents(
    items: Sequence[Item], minutes: NDArray[np.int64], exists: NDArray[np.bool_], totals: int
) -> NDArray[np.int64]:
    """Return the plan's own cost in cents, int64[totals]: the program's, then each project's (P1).

    ``minutes`` and ``exists`` are by node: what each lasts in the plan, and whether it is in it.
    """
    worked, present = minutes.tolist(), exists.tolist()
    amounts = []
    for item in items:
        varying = item.constant + (item.rate * worked[item.node] if item.node >= 0 else 0.0)
        amounts.append(item.certain + (varying if item.exists < 0 or present[item.exists] else 0.0))
    return _totals(items, amounts, totals)


def _totals(items: Sequence[Item], amounts: Sequence[float], totals: int) -> NDArray[np.int64]:
    """Return the whole cents of all items, int64[totals]: the program's, then each project's."""
    cents = np.floor(np.array(amounts) + 0.5).astype(np.int64)
    project = np.array([item.project for item in items], np.int64)
    out = np.zeros(totals, np.int64)
    np.add.at(out, 1 + project[project >= 0], cents[project >= 0])
    out[0] = cents.sum()
    return out
