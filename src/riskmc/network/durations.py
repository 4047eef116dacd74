"""Durations of activities as arrays: estimate x drivers x factors of risks + additions of risks (K1, K4, T1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.network.estimates import Estimates
from riskmc.network.impacts import Effects, Hit
from riskmc.network.ragged import flat, pointers
from riskmc.network.schedule import Node
from riskmc.network.tasks import FINISHED, Task


class DurationTable(NamedTuple):
    """Durations of all nodes as arrays for the kernels `durations` and `compete` (K1, K4, T1)."""

    base: NDArray[np.int32]
    constant: NDArray[np.float32]
    floor: NDArray[np.int32]
    factor_ptr: NDArray[np.int32]
    factor: NDArray[np.int32]
    addition_ptr: NDArray[np.int32]
    addition: NDArray[np.int32]
    weight: NDArray[np.float32]
    mixed_node: NDArray[np.int32]
    mixed_drivers: NDArray[np.int32]
    rival_ptr: NDArray[np.int32]
    rival: NDArray[np.int32]
    rival_weight: NDArray[np.float32]
    rival_kind: NDArray[np.int32]
    rival_group: NDArray[np.int32]


@dataclass
class _Struck:
    factors: list[list[int]]
    additions: list[list[tuple[int, float]]]
    mixed: dict[int, tuple[int, list[list[Hit]]]]


def duration_table(
    tasks: Sequence[Task], nodes: Sequence[Node], estimates: Estimates, effects: Effects
) -> DurationTable:
    """Return the durations of every node; call when every row of effects has been made.

    Finished work, milestones, margin and spans last what they last; the rest at least one minute.
    """
    struck = _settled(tasks, effects)
    spare = len(nodes) - len(tasks)
    struck.factors += [[] for _ in range(spare)]
    struck.additions += [[] for _ in range(spare)]
    groups = [struck.mixed[node][1] for node in struck.mixed]
    rivals = [[(hit, g) for g, group in enumerate(of_node) for hit in group] for of_node in groups]
    return DurationTable(
        np.array([*estimates.duration_row, *[-1] * spare], np.int32),
        np.array([*map(_constant, tasks, nodes), *[0.0] * spare], np.float32),
        np.array([*(1 if task.samples and task.remaining > 0 else 0 for task in tasks), *[0] * spare], np.int32),
        pointers(struck.factors), flat(struck.factors, np.int32),
        pointers(struck.additions), flat([[r for r, _ in a] for a in struck.additions], np.int32),
        flat([[w for _, w in a] for a in struck.additions], np.float32),
        np.array(list(struck.mixed), np.int32), np.array([drivers for drivers, _ in struck.mixed.values()], np.int32),
        pointers(rivals), flat([[h.row for h, _ in r] for r in rivals], np.int32),
        flat([[h.weight for h, _ in r] for r in rivals], np.float32),
        flat([[h.kind for h, _ in r] for r in rivals], np.int32), flat([[g for _, g in r] for r in rivals], np.int32),
    )  # fmt: skip


def _constant(task: Task, node: Node) -> float:
    """Return the minutes of a node that draws none: what remains, or what a finished activity took."""
    if task.state is FINISHED:
        return float(node.worked)
    return task.remaining if task.samples else 0.0


def _settled(tasks: Sequence[Task], effects: Effects) -> _Struck:
    out = _Struck([], [], {})
    for task in tasks:
        drivers, _, _ = effects.settle("driver duration", task.number)
        factors, additions, mixed = effects.settle("duration", task.number)
        out.factors.append([*drivers, *factors])
        out.additions.append(additions)
        if mixed:
            out.mixed[task.number] = (len(drivers), mixed)
    return out
