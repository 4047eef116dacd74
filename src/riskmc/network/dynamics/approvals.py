"""Approvals as arrays: who must agree, how long each takes, and on which clock."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.network.axis import CLOCK, Axis
from riskmc.network.dynamics.clocks import Clocks
from riskmc.network.dynamics.occurrences import Occurring
from riskmc.network.dynamics.pools import RankTable
from riskmc.network.dynamics.rework import (
    CONTINUE,
    Loop,
    ReworkTable,
    gate_loops,
    redo_order,
    rework_table,
    sent_back,
    thresholds,
    whole_work,
)
from riskmc.network.dynamics.staffing import UNIT
from riskmc.network.layout import Layout
from riskmc.network.ragged import flat, pointers
from riskmc.network.sizes import is_elapsed, spread
from riskmc.network.tasks import State, Task, number
from riskmc.network.worktime import WorkTime, overlap
from riskmc.program.approval import Approval
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity


class ApprovalTable(NamedTuple):
    """Approvals in the order of dispatch; ``loop`` is the number of each among the loops (rework.py).

    ``takes`` and ``discovered`` are rows of draws, minutes of a work clock ``clock`` and a count (-1: nobody is);
    ``known`` is how many are known; ``sequence`` marks those who decide one after the other. Each needs
    ``units[ptr[p]:ptr[p + 1]]``, in thousandths, of ``pool``.
    """

    loop: NDArray[np.int64]
    takes: NDArray[np.int64]
    discovered: NDArray[np.int64]
    known: NDArray[np.int64]
    sequence: NDArray[np.uint8]
    clock: NDArray[np.int64]
    ptr: NDArray[np.int32]
    pool: NDArray[np.int64]
    units: NDArray[np.int64]


class Desk(NamedTuple):
    """One approval before it becomes a row: the rows of its draws, and the work clock of its approvers."""

    approval: Approval
    takes: int
    discovered: int
    clock: int


class Approvals(NamedTuple):
    """All approvals of a program, in the order of dispatch, and their loops."""

    desks: Sequence[Desk]
    loops: Sequence[Loop]


def read_approvals(
    program: Program, tasks: Sequence[Task], axis: Axis, occurring: Occurring, clocks: Clocks
) -> Approvals:
    """Return the approvals of ``tasks``, in this order."""
    desks: list[Desk] = []
    loops: list[Loop] = []
    for task in tasks:
        approval = task.activity.approval
        if approval is not None and task.state is not State.FINISHED:
            desks.append(_desk(program, task, approval, axis, occurring, clocks))
            loops.append(replace(_loop(program, tasks, task, approval, occurring), approval=len(loops)))
    return Approvals(desks, loops)


def _desk(program: Program, task: Task, approval: Approval, axis: Axis, occurring: Occurring, clocks: Clocks) -> Desk:
    calendar = _calendar(program, task, approval, axis)
    takes = spread(approval.takes, number(axis, calendar, None))
    found = approval.discovered
    return Desk(
        approval, occurring.size(f"activity/{task.path}/approval", takes),
        -1 if found is None else occurring.size(f"activity/{task.path}/discovered", spread(found, _plain)),
        clocks.of(_hours(program, approval, axis, calendar)),
    )  # fmt: skip


def _calendar(program: Program, task: Task, approval: Approval, axis: Axis) -> int:
    """Return the calendar on which approvers decide: that of the activity's work; the 24 hours where so written."""
    if is_elapsed(approval.takes):
        return CLOCK
    return axis.number(task.activity.calendar or program.projects[task.project].calendar or program.calendar)


def _hours(program: Program, approval: Approval, axis: Axis, calendar: int) -> WorkTime:
    """Return the hours in which approvers decide: those of the calendar at which their pools work too."""
    found = axis.calendars[calendar]
    for name in sorted(approval.by):
        own = program.resources[name].calendar
        if own is not None and program.resources[name].capacity is not None:
            found = overlap(found, axis.calendars[axis.number(own)])
    return found


def _loop(program: Program, tasks: Sequence[Task], task: Task, approval: Approval, occurring: Occurring) -> Loop:
    if approval.reject is None or approval.redo is None:
        return Loop(task, -1, -1, 0, CONTINUE, (), ())
    return Loop(
        task, occurring.chance(f"activity/{task.path}/rejection"),
        occurring.size(f"activity/{task.path}/revision", spread(approval.redo, _plain)), approval.at_most or 0,
        CONTINUE, thresholds(approval.reject, approval.at_most or 0),
        [whole_work(one) for one in sent_back(program, tasks, task, approval)],
    )  # fmt: skip


def _plain(quantity: Quantity) -> float:
    return quantity.value


def approval_table(found: Approvals, pools: Mapping[str, int], gates: int) -> ApprovalTable:
    """Return the approvals as rows; their loops follow those of so many gates."""
    needs = [sorted((pools[n], units) for n, units in desk.approval.by.items() if n in pools) for desk in found.desks]
    return ApprovalTable(
        np.arange(gates, gates + len(found.desks), dtype=np.int64),
        np.array([desk.takes for desk in found.desks], np.int64),
        np.array([desk.discovered for desk in found.desks], np.int64),
        np.array([desk.approval.approvers for desk in found.desks], np.int64),
        np.array([desk.approval.order == "sequence" for desk in found.desks], np.uint8),
        np.array([desk.clock for desk in found.desks], np.int64), pointers(needs),
        flat([[pool for pool, _ in need] for need in needs], np.int64),
        flat([[round(units * UNIT) for _, units in need] for need in needs], np.int64),
    )  # fmt: skip


class Loops(NamedTuple):
    """All that may send work back, as rows, and the pairs of nodes that are done again one after the other."""

    rework: ReworkTable
    approvals: ApprovalTable
    order: Sequence[tuple[int, int]]


def read_loops(
    program: Program,
    tasks: Sequence[Task],
    axis: Axis,
    layout: Layout,
    occurring: Occurring,
    clocks: Clocks,
    ranks: RankTable,
    pools: Mapping[str, int],
    sizes: Sequence[int],
    ignored: Collection[str],
) -> Loops:
    """Return the gates and approvals of a program; ``sizes`` are the rows of the drawn durations of the tasks."""
    gates = gate_loops(program, tasks, occurring, sizes, ignored)
    asked = [] if "approvals" in ignored else sorted(tasks, key=lambda t: (ranks.own[t.number], ranks.order[t.number]))
    found = read_approvals(program, asked, axis, occurring, clocks)
    loops = [*gates, *found.loops]
    return Loops(rework_table(loops, layout), approval_table(found, pools, len(gates)), redo_order(loops, layout))
