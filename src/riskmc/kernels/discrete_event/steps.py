"""The forward pass of one node in one iteration: the instructions of the Monte Carlo engine on a single column.

The discrete-event engines compute the earliest start of an activity with the very instructions of the Monte Carlo
engine, when its predecessors have happened; so without any behaviour both give the same minutes (D0).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.losing import stretch
from riskmc.kernels.rows import (
    ABOVE,
    ADD,
    CAP,
    COMBINE,
    CONDITION,
    CONVERT,
    EXISTS,
    FILL,
    LOWER,
    MAX,
    MIN,
    RAISE,
    TIGHT,
    WHERE,
)
from riskmc.kernels.weather import STRETCH


@linked
def convert(steps: Any, table: Any, k: Any, side: Any) -> Any:
    """Return index ``k`` on the other calendar of a table; ``side`` 0 for a start, 1 for an end of work."""
    first, last, size = steps.slots[table, 0], steps.slots[table, 1], steps.slots[table, 2]
    at = np.int64(k) - side
    at = at if at > 0 else np.int64(0)
    at = at if at < last else last
    slot = np.int64((np.float64(at) + 0.5) * (1.0 / np.float64(size)))
    found = np.int64(steps.entries[first + slot])
    within = np.int64(k) - slot * size
    return (found >> np.int64(1)) + (within if found & np.int64(1) else np.int64(0))


@linked
def _join(joins: Any, node: Any, nodes: Any, pool: Any, tight: Any) -> None:
    """Carry out the instructions of a node that only starts after others (network/dynamics/joins.py)."""
    start, j = np.int64(joins.base[node]), joins.first[node]
    while joins.row[j] >= 0:
        start = max(start, np.int64(pool[joins.row[j]]) + joins.lag[j])
        j += 1
    start, j = min(start, np.int64(CAP)), joins.first[node]
    while joins.row[j] >= 0:
        tight[joins.bit[j]] = np.int64(pool[joins.row[j]]) + joins.lag[j] == start
        j += 1
    pool[node] = np.int32(start)
    pool[nodes + node] += np.int32(start)


@linked
def evaluate(model: Any, state: Any, node: Any, pool: Any, exists: Any, tight: Any, loses: Any) -> Any:
    """Carry out the instructions of ``node`` on one iteration; return by how much it ran past a calendar, or < 1.

    ``pool`` int32[rows] with the duration of the node in its row of finishes, ``exists`` uint8[nodes], ``tight``
    uint8[rows of tight]. Unless it ``loses``, neither weather nor calendar risks take time from its work.
    """
    steps, beyond = model.steps, np.int64(-1)
    if model.joins.first[node] >= 0:
        _join(model.joins, node, exists.size, pool, tight)
        return beyond
    code = steps.code
    for n in range(steps.begin[node], steps.ties[node]):
        operation, out, base = code[n, 0], code[n, 1], code[n, 2]
        x, cx, y, cy, z, cz = code[n, 3], code[n, 4], code[n, 5], code[n, 6], code[n, 7], code[n, 8]
        if operation == MAX:
            pool[out] = min(max(pool[x] + cx, pool[y] + cy, base), CAP)
        elif operation == ADD:
            pool[out] = pool[out] + pool[x] + cx
        elif operation == RAISE:
            pool[out] = max(pool[out], min(pool[x] + cx, CAP))
        elif operation == FILL:
            pool[out] = base
        elif operation == TIGHT:
            tight[out] = pool[x] + cx == pool[y]
        elif operation == CONVERT:
            k = np.int64(pool[x]) + cx
            beyond = max(beyond, k - cy - steps.slots[y, 1])
            pool[out] = np.int32(convert(steps, np.int64(y), k, np.int64(cy)) + cz)
        elif operation == MIN:
            pool[out] = max(min(pool[x] + cx, pool[y] + cy, base), -CAP)
        elif operation == LOWER:
            pool[out] = min(pool[out], max(pool[x] + cx, -CAP))
        elif operation == COMBINE:
            pool[out] = base + pool[x] - pool[y] + pool[z]
        elif operation == ABOVE:
            pool[out] = pool[x] + cx > pool[y]
        elif operation == WHERE and pool[y] != 0:
            pool[out] = pool[x]
        elif operation == EXISTS:
            pool[out] = exists[x]
        elif operation == CONDITION and not pool[x] + cx > pool[y]:
            exists[out] = 0
        elif operation == STRETCH:
            stretch(model, state, np.int64(steps.loses[node] if loses else -1), node, x, z, pool)
    bind(model, pool, tight, node)
    return beyond


@linked
def bind(model: Any, pool: Any, tight: Any, node: Any) -> None:
    """Say which links into a node are tight where it stands."""
    code = model.steps.code
    for n in range(model.steps.ties[node], model.steps.end[node]):
        tight[code[n, 1]] = pool[code[n, 3]] + code[n, 4] == pool[code[n, 5]]
