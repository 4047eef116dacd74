"""Pools, who needs how much of them, on which clock work is done, and in which order the dispatcher looks (D3, D5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.network.axis import Axis
from riskmc.network.dynamics.staffing import UNIT, calendar_of, in_time
from riskmc.network.layout import Layout
from riskmc.network.plan import PlanDates
from riskmc.network.ragged import flat, pointers
from riskmc.network.tasks import State, Task
from riskmc.network.worktime import WorkTime, alike, overlap
from riskmc.program.program import Program

NOBODY = -1
PRIORITIES = 20  # bits of an activity's priority; that of its project stands above them
Dispatch = Literal["late-finish", "minimum-slack", "shortest-first", "file-order", "multi-pass"]


class PoolTable(NamedTuple):
    """Pools: the capacity before any change, in thousandths of a unit; their names stand in `Dynamics.pools`."""

    capacity: NDArray[np.int64]


class DemandTable(NamedTuple):
    """What a node needs, in thousandths of a unit: ``pool[ptr[a]:ptr[a + 1]]`` and ``units``; ``node`` is a again.

    Who needs pool p: nodes ``user[user_ptr[p]:user_ptr[p + 1]]``, by demand ``user_demand``. ``asked`` and ``want`` are
    ``pool`` and ``units`` once more, ``stride`` entries for each node: what is not needed is nothing of a pool that is
    none of them, and the last asks NOBODY. A loop that always has as many turns is foreseen.
    """

    ptr: NDArray[np.int32]
    pool: NDArray[np.int64]
    units: NDArray[np.int64]
    node: NDArray[np.int64]
    user_ptr: NDArray[np.int64]
    user: NDArray[np.int64]
    user_demand: NDArray[np.int64]
    stride: int
    asked: NDArray[np.int64]
    want: NDArray[np.int64]


class ClockTable(NamedTuple):
    """Work clocks: conversion tables from and to the 24-hour axis (-1: it is the axis), and the last minute.

    ``work[a]`` is the clock of node a; ``plain`` marks nodes whose work clock is their own calendar. ``pool`` is by
    pool the clock on which its own time passes, -1 where nothing in it does. ``lost`` is by clock its table of the time
    lost to weather and calendar risks (kernels/lost_time.py), -1 where it loses none.
    """

    from_axis: NDArray[np.int64]
    to_axis: NDArray[np.int64]
    last: NDArray[np.int64]
    work: NDArray[np.int64]
    plain: NDArray[np.uint8]
    pool: NDArray[np.int64]
    lost: NDArray[np.int64]


class RankTable(NamedTuple):
    """The order of dispatch: ``priority`` first, then ``order``; ``strict`` stops at the first that does not fit.

    ``own`` is the priority of work that is in progress at the data date once it goes on: ``priority`` lets it go first.
    """

    priority: NDArray[np.int64]
    own: NDArray[np.int64]
    order: NDArray[np.int64]
    strict: int


def limited(program: Program, ignored: bool) -> dict[str, int]:
    """Return the pools that limit work, by name, and their numbers in the order of the names."""
    names = sorted(name for name, pool in program.resources.items() if pool.capacity is not None)
    return {} if ignored else {name: number for number, name in enumerate(names)}


def pool_table(program: Program, pools: dict[str, int]) -> PoolTable:
    """Return the pools before any change."""
    return PoolTable(np.array([_units(program.resources[name].capacity or 0.0) for name in pools], np.int64))


def demand_table(tasks: Sequence[Task], pools: dict[str, int], nodes: int) -> DemandTable:
    """Return what every node needs; finished work, milestones and level of effort need nothing."""
    needs = [[] if _idle(task) else _needs(task, pools) for task in tasks]
    needs += [[] for _ in range(nodes - len(tasks))]
    pool = flat([[p for p, _ in need] for need in needs], np.int64)
    node = np.repeat(np.arange(nodes, dtype=np.int64), [len(need) for need in needs])
    by_pool = np.argsort(pool, kind="stable").astype(np.int64)
    ends = np.cumsum(np.bincount(pool, minlength=len(pools)))
    most = max(map(len, needs), default=0)
    alike = [pair for need in needs for pair in (*need, *[(len(pools), 0)] * (most - len(need)), (NOBODY, 0))]
    return DemandTable(
        pointers(needs), pool, flat([[units for _, units in need] for need in needs], np.int64), node,
        np.concatenate(([0], ends)).astype(np.int64), node[by_pool], by_pool, most + 1,
        np.array([p for p, _ in alike], np.int64), np.array([units for _, units in alike], np.int64),
    )  # fmt: skip


def clock_table(
    layout: Layout, program: Program, axis: Axis, needs: DemandTable, loses: Sequence[int]
) -> tuple[ClockTable, list[int]]:
    """Return the work clocks: the calendar of a node, cut by those of the pools that it needs (D1).

    ``loses`` is by node the calendar of the axis that loses the time its work loses, -1 for none; the second result is
    the same by clock. A clock that loses time is another one than that of the same hours which does not.
    """
    names = sorted(name for name, pool in program.resources.items() if pool.capacity is not None)
    made: dict[tuple[int, ...], int] = {}
    work = [(_clock(layout, a, _calendars(needs, names, a, program, axis), made), loses[a]) for a in range(layout.n)]
    own = [_own_clock(layout, program, name, axis, made) for name in names]
    every = dict.fromkeys([*work, *((key, -1) for key in own if key is not None)])
    clocks = [made[key] for key, _ in every]
    numbers = {key: i for i, key in enumerate(every)}
    tables = [_axis_tables(layout, calendar) for calendar in clocks]
    table = ClockTable(
        np.array([pair[0] for pair in tables], np.int64), np.array([pair[1] for pair in tables], np.int64),
        np.array([layout.tables.calendars[calendar].limit for calendar in clocks], np.int64),
        np.array([numbers[key] for key in work], np.int64),
        np.array([len(key) == 1 for key, _ in work], np.uint8),
        np.array([-1 if key is None else numbers[key, -1] for key in own], np.int64),
        np.full(len(every), -1, np.int64),
    )  # fmt: skip
    return table, [base for _, base in every]


def rank_table(
    tasks: Sequence[Task], plan: PlanDates, axis: Axis, program: Program, nodes: int, rule: Dispatch, strict: bool
) -> RankTable:
    """Return the order of dispatch: what has begun, then project and activity priority, then the rule (D5).

    The default rule is the late finish of the plan, equal ones by identifier. Source: Kolisch (1996), priority rules
    of the parallel schedule generation scheme.
    """
    keys = [(*_rule_key(rule, task, plan, axis), task.path) for task in tasks]
    place = {task.number: i for i, (_, task) in enumerate(sorted(zip(keys, tasks, strict=True), key=lambda p: p[0]))}
    order = np.array([*(place[task.number] for task in tasks), *range(len(tasks), nodes)], np.int64)
    own = np.array([*(_priority(task, program) for task in tasks), *[0] * (nodes - len(tasks))], np.int64)
    begun = np.array([*(task.state is State.STARTED for task in tasks), *[False] * (nodes - len(tasks))])
    return RankTable(np.where(begun, 0, own), own, order, int(strict))


def _rule_key(rule: Dispatch, task: Task, plan: PlanDates, axis: Axis) -> tuple[float, ...]:
    a = task.number
    if rule == "file-order":
        return (a,)
    if rule == "shortest-first":
        return (float(plan.minutes[a]),)
    if rule == "minimum-slack":
        return (float(plan.finish_float[a]) / axis.calendars[task.calendar].day_minutes,)
    work = axis.calendars[task.calendar]
    late = int(work.index(int(plan.finish[a]))) + int(plan.finish_float[a])
    return (float(work.finish_instant(min(max(late, 0), work.limit))),)


def _priority(task: Task, program: Program) -> int:
    """Return project and activity priority as one number below 2^41."""
    return 1 + (program.projects[task.project].priority << PRIORITIES) + task.activity.priority


def _units(units: float) -> int:
    return round(units * UNIT)


def _idle(task: Task) -> bool:
    return task.follows or task.state is State.FINISHED or task.milestone is not None


def _needs(task: Task, pools: dict[str, int]) -> list[tuple[int, int]]:
    return [(pools[name], _units(units)) for name, units in sorted(task.activity.uses.items()) if name in pools]


def _calendars(needs: DemandTable, names: Sequence[str], a: int, program: Program, axis: Axis) -> list[WorkTime]:
    """Return the calendars of the pools that a node needs."""
    used = [program.resources[names[p]].calendar for p in needs.pool[needs.ptr[a] : needs.ptr[a + 1]]]
    return [axis.calendars[axis.number(name)] for name in dict.fromkeys(used) if name is not None]


def _clock(layout: Layout, a: int, cuts: Sequence[WorkTime], made: dict[tuple[int, ...], int]) -> tuple[int, ...]:
    """Return the key of the clock of a node: its calendar, and those that cut it; a new one joins the calendars."""
    own, calendars = int(layout.calendar[a]), layout.tables.calendars
    found = calendars[own]
    for cut in cuts:
        found = overlap(found, cut)
    if found.limit == calendars[own].limit:
        key: tuple[int, ...] = (own,)
        made.setdefault(key, own)
        return key
    key = (own, *(id(cut) for cut in cuts))
    if key not in made:
        made[key] = len(calendars)
        calendars.append(found)  # type: ignore[attr-defined]
    return key


def _own_clock(
    layout: Layout, program: Program, name: str, axis: Axis, made: dict[tuple[int, ...], int]
) -> tuple[int, ...] | None:
    """Return the key of the clock on which the time of a pool passes; None where nothing happens to it by itself."""
    if not in_time(program.resources[name]):
        return None
    own, calendars = axis.calendars[axis.number(calendar_of(program, name))], layout.tables.calendars
    same = (i for i, known in enumerate(calendars) if alike(known, own))
    found = next(same, len(calendars))
    if found == len(calendars):
        calendars.append(own)  # type: ignore[attr-defined]
    made.setdefault((found,), found)
    return (found,)


def _axis_tables(layout: Layout, calendar: int) -> tuple[int, int]:
    if calendar == layout.clock:
        return -1, -1
    ends = np.array([layout.clock]), np.array([calendar])
    return int(layout.tables.number(*ends)[0]), int(layout.tables.number(ends[1], ends[0])[0])
