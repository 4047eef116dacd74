"""Criticality in the discrete-event engine: driving chains that pass through waits for units (N6, D9).

From the activities that set the finish back: what started as computed was driven by its tight links; what started
later than it was released waited for units, and was driven by whoever gave back units of a pool it uses at that very
minute. All ties count.
"""

from __future__ import annotations

from typing import Any

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.clocks import worked_by
from riskmc.kernels.discrete_event.rework import REDOS


@linked
def trace(model: Any, state: Any, critical: Any, todo: Any) -> None:
    """Mark in ``critical`` (uint8[nodes], with the nodes that set the finish marked) all that drove them.

    ``todo`` is int32[nodes] workspace.
    """
    size = 0
    for a in range(critical.size):
        if critical[a]:
            todo[size] = a
            size += 1
    while size > 0:
        size -= 1
        a = todo[size]
        size = _mark_redone(model, state, a, critical, todo, size)
        if state.began[a] > state.release[a] and model.demands.ptr[a] < model.demands.ptr[a + 1]:
            size = _mark_givers(model, state, a, critical, todo, size)
        else:
            size = _mark_links(model, state, a, critical, todo, size)


@linked
def _mark_redone(model: Any, state: Any, a: Any, critical: Any, todo: Any, size: Any) -> Any:
    """Mark what the loops of an activity sent back: its finish waited for it."""
    loop = model.rework.first[a]
    while loop >= 0:
        if state.redo.loops[loop, REDOS] > 0:
            for m in range(model.rework.member_ptr[loop], model.rework.member_ptr[loop + 1]):
                b = model.rework.member[m]
                if not critical[b] and state.exists[b]:
                    critical[b] = 1
                    todo[size] = b
                    size += 1
        loop = model.rework.following[loop]
    return size


@linked
def _mark_links(model: Any, state: Any, a: Any, critical: Any, todo: Any, size: Any) -> Any:
    """Mark the predecessors whose links were tight."""
    links = model.chain
    for j in range(links.ptr[a], links.ptr[a + 1]):
        before = links.before[j]
        if state.tight[links.row[j]] and not critical[before]:
            critical[before] = 1
            todo[size] = before
            size += 1
    return size


@linked
def _mark_givers(model: Any, state: Any, a: Any, critical: Any, todo: Any, size: Any) -> Any:
    """Mark whatever gave back units of a pool of ``a`` with none of its working time left until it started."""
    demands, clock = model.demands, model.clocks.work[a]
    begins = worked_by(model, state, clock, state.began[a])
    for d in range(demands.ptr[a], demands.ptr[a + 1]):
        p = demands.pool[d]
        for j in range(demands.user_ptr[p], demands.user_ptr[p + 1]):
            b = demands.user[j]
            if critical[b] or b == a or not state.release[a] <= state.done_at[b] <= state.began[a]:
                continue
            if worked_by(model, state, clock, state.done_at[b]) == begins:
                critical[b] = 1
                todo[size] = b
                size += 1
    return size
