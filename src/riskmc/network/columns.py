"""A schedule as the arrays that the network logic is built from, constraints as planned or relaxed (N3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskmc.network.layout import (
    FF,
    FINISH_MILESTONE,
    FLOAT_OF_FINISH,
    FLOAT_OF_START,
    FS,
    LEAST_FLOAT,
    NO_MILESTONE,
    NONE,
    SF,
    SS,
    START_MILESTONE,
    Edges,
    Nodes,
)
from riskmc.network.schedule import Schedule
from riskmc.network.tasks import State, Task

TYPES = {"FS": FS, "SS": SS, "FF": FF, "SF": SF}
FLOATS = {"finish": FLOAT_OF_FINISH, "start": FLOAT_OF_START, "least": LEAST_FLOAT}
MILESTONES = {None: NO_MILESTONE, "start": START_MILESTONE, "finish": FINISH_MILESTONE}
COLUMNS = (
    "calendar",
    "floor",
    "constraint_floor",
    "finish_floor",
    "fixed_start",
    "fixed_finish",
    "late_start_cap",
    "late_finish_cap",
    "late_minute",
    "kept",
    "floor_ends_work",
    "constraint_ends_work",
    "fixed_ends_work",
    "can_vanish",
    "level_of_effort",
    "as_late_as_possible",
    "expected_finish",
    "open_end_critical",
    "settled",
    "start_ceiling",
    "finish_ceiling",
    "takes_least",
    "late_free",
    "late_within",
    "at_instant",
)  # of a node, as they stand


def arrays(schedule: Schedule) -> tuple[Nodes, Edges]:
    """Return nodes and edges as the arrays that `build` takes, constraints as planned."""
    nodes = Nodes.blank([node.name for node in schedule.nodes])
    for column in COLUMNS:
        _fill(getattr(nodes, column), schedule.nodes, column)
    nodes.finish_floor[:] = [max(node.finish_floor, node.finish_on) for node in schedule.nodes]
    _fill(nodes.constraint_floor_row, schedule.nodes, "slip")
    nodes.float_as[:] = [FLOATS[node.float_as] for node in schedule.nodes]
    nodes.milestone[:] = [MILESTONES[node.milestone] for node in schedule.nodes]
    edges = Edges.blank(len(schedule.edges))
    for column, name in (
        ("predecessor", "pred"),
        ("successor", "succ"),
        ("lag", "lag"),
        ("lag_row", "lag_row"),
        ("lag_calendar", "lag_calendar"),
        ("gate", "gate"),
    ):
        _fill(getattr(edges, column), schedule.edges, name)
    edges.type[:] = [TYPES[edge.type] for edge in schedule.edges]
    return nodes, edges


def _fill(column: NDArray[Any], records: Sequence[object], name: str) -> None:
    """Fill a column with what each record has under a name."""
    column[:] = np.fromiter(map(attrgetter(name), records), column.dtype, len(records))


def relaxed(schedule: Schedule, nodes: Nodes, tasks: Sequence[Task]) -> Nodes:
    """Return the nodes as a simulation takes them (N3): mandatory starts floor, finish constraints do not act."""
    floors, ends_work = nodes.constraint_floor.copy(), nodes.constraint_ends_work.copy()
    finishes = np.array([node.finish_floor for node in schedule.nodes], np.int64)
    for task in tasks:
        n = task.number
        starts = task.activity.mandatory_start or task.activity.manual_start
        if starts is not None and task.state is State.PLANNED:
            if nodes.fixed_start[n] >= floors[n]:
                later = nodes.fixed_start[n] > floors[n]
                ends_work[n] = nodes.fixed_ends_work[n] and (later or ends_work[n])
            floors[n] = max(floors[n], nodes.fixed_start[n])
    none = np.full(len(floors), NONE, np.int64)
    return replace(
        nodes,
        constraint_floor=floors,
        constraint_ends_work=ends_work,
        finish_floor=finishes,
        fixed_start=none,
        fixed_finish=none.copy(),
        expected_finish=none.copy(),
        kept=np.where((nodes.fixed_start != NONE) | (nodes.fixed_finish != NONE), NONE, nodes.kept),
        start_ceiling=none.copy(),
        finish_ceiling=none.copy(),
        as_late_as_possible=np.zeros(len(floors), np.bool_),
    )
