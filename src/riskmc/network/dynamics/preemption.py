"""Pre-emption as arrays: whose units may be taken, by whom, and what interrupted work does on its return (D5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

from riskmc.network.axis import Axis
from riskmc.network.dynamics.occurrences import Occurring
from riskmc.network.tasks import Task
from riskmc.program.preemption import Preemption
from riskmc.program.program import Program

CONTINUE, RESTART, REDRAW = range(3)
_RESUMES = {"continue": CONTINUE, "restart": RESTART, "redraw": REDRAW}


class PreemptionTable(NamedTuple):
    """By pool ``taken``: its units may be taken from running work. By node ``interrupts`` and ``interruptible``.

    ``resumes`` is CONTINUE, RESTART or REDRAW, ``set_up`` the minutes added after every interruption. A duration drawn
    anew is draw ``row`` in place of the first one, which is row ``value`` of the sizes, ``scale`` times the draw plus
    ``offset``; -1 where nothing is drawn. ``releases`` marks what gives its units back while it is paused.
    """

    taken: NDArray[np.uint8]
    interrupts: NDArray[np.uint8]
    interruptible: NDArray[np.uint8]
    resumes: NDArray[np.int8]
    set_up: NDArray[np.int64]
    row: NDArray[np.int64]
    value: NDArray[np.int64]
    scale: NDArray[np.float64]
    offset: NDArray[np.float64]
    releases: NDArray[np.uint8]


def preemption_table(
    program: Program,
    pools: dict[str, int],
    tasks: Sequence[Task],
    axis: Axis,
    sizes: Sequence[int],
    occurring: Occurring,
    nodes: int,
) -> PreemptionTable:
    """Return who may interrupt whom; ``sizes`` are the rows of the drawn durations of the tasks, or -1."""
    taken = np.array([program.resources[name].preemption for name in pools], np.uint8)
    rules = [task.activity.preemption or Preemption() for task in tasks]
    anew = [
        taken.any() and rule.resumes == "redraw" and task.backlog is None and row >= 0
        for task, rule, row in zip(tasks, rules, sizes, strict=True)
    ]
    drawn = [_drawn(row, occurring) if again else (-1, 0.0, 0.0) for again, row in zip(anew, sizes, strict=True)]
    return PreemptionTable(
        taken,
        _column([rule.interrupts and bool(taken.any()) for rule in rules], nodes, np.uint8),
        _column([rule.interruptible for rule in rules], nodes, np.uint8),
        _column([_RESUMES[rule.resumes] for rule in rules], nodes, np.int8),
        _column([_set_up(rule, task, axis) for rule, task in zip(rules, tasks, strict=True)], nodes, np.int64),
        _column([row for row, _, _ in drawn], nodes, np.int64),
        _column([row if again else -1 for again, row in zip(anew, sizes, strict=True)], nodes, np.int64),
        _column([scale for _, scale, _ in drawn], nodes, np.float64),
        _column([offset for _, _, offset in drawn], nodes, np.float64),
        _column([task.activity.while_paused == "release" for task in tasks], nodes, np.uint8),
    )


def _drawn(size: int, occurring: Occurring) -> tuple[int, float, float]:
    """Return the row of draws of a size by occurrence, under the name of the size itself, its scale and offset."""
    score, spread, scale, offset = occurring.draws.values[size]
    return occurring.size(list(occurring.draws.scores)[score], spread), scale, offset


def _set_up(rule: Preemption, task: Task, axis: Axis) -> int:
    return 0 if rule.set_up is None else round(axis.length(task.calendar, rule.set_up))


def _column(values: Sequence[float], nodes: int, dtype: DTypeLike) -> NDArray[Any]:
    """Return one entry a node; spans of cost, which come last, have 0."""
    return np.array([*values, *[0] * (nodes - len(values))], dtype)
