"""The replications of one block, one after the other: what the Monte Carlo kernels left goes in, what happened out."""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked, linking_entry
from riskmc.kernels.discrete_event.codes import CENSORED, FINE, LANE, LOG, MORE_CODE, STATUS, WANTED
from riskmc.kernels.discrete_event.replication import replicate
from riskmc.kernels.discrete_event.tracing import trace
from riskmc.kernels.intrinsics import alone


@linking_entry
def run_lanes(model: Any, state: Any, lanes: Any, first: Any, last: Any) -> tuple[int, int]:
    """Run the replications of lanes ``first`` to ``last`` - 1; return where it stopped, and why (0: all is well).

    ``lanes`` and ``state`` are named tuples of arrays (simulation/event_space.py). In: pools int32[B, rows] and
    ``exists`` uint8[B, nodes] of the static pass, ``possible`` the same before dates decide, ``duration`` int32[B,
    nodes]. Out: pools and ``exists`` as they happened, ``held`` int32[B, nodes] minutes for which units were held,
    ``began``, ``release`` and ``done_at`` int64[B, nodes], ``loops`` int64[B, loops, 5] the counters of rework.py,
    ``acts`` int64[B, policies, 2] those of `Manage.acts`, ``tight`` uint8[B, rows], ``outcome`` uint8[B],
    ``log_end`` int64[B] and ``cents`` int64[B, totals].
    """
    for lane in range(first, last):
        logged = state.count[LOG]
        _enter(state, lanes, lane)
        replicate(model, state)
        status = state.count[STATUS]
        if state.count[WANTED] > 0:
            status = MORE_CODE
        if status != FINE and status != CENSORED:
            state.count[LOG] = logged
            return lane, status
        _leave(state, lanes, lane)
    return last, FINE


@linking_entry
def trace_lanes(model: Any, state: Any, lanes: Any, first: Any, last: Any) -> None:
    """Complete the driving chains of lanes ``first`` to ``last`` - 1: ``lanes.critical`` holds what set the finish."""
    for lane in range(first, last):
        for a in range(state.phase.size):
            state.began[a] = lanes.began[lane, a]
            state.release[a] = lanes.release[lane, a]
            state.done_at[a] = lanes.done_at[lane, a]
            state.exists[a] = lanes.exists[lane, a]
        for row in range(state.tight.size):
            state.tight[row] = lanes.tight[lane, row]
        for loop in range(state.redo.loops.shape[0]):
            for j in range(state.redo.loops.shape[1]):
                state.redo.loops[loop, j] = lanes.loops[lane, loop, j]
        state.count[LANE] = lane
        trace(model, state, lanes.critical[lane], state.queue)


@linked
def _enter(state: Any, lanes: Any, lane: Any) -> None:
    """Copy what the Monte Carlo kernels left of one lane."""
    alone()
    for row in range(state.pool.size):
        state.pool[row] = lanes.pool[lane, row]
    for a in range(state.phase.size):
        state.exists[a], state.possible[a] = lanes.exists[lane, a], lanes.possible[lane, a]
        state.duration[a] = lanes.duration[lane, a]
    for a in range(lanes.prices.whole.shape[1]):
        state.purse.whole[a] = lanes.prices.whole[lane, a]
        state.purse.fixed[a] = lanes.prices.fixed[lane, a]
    for k in range(lanes.prices.lump.shape[1]):
        state.purse.lump[k] = lanes.prices.lump[lane, k]
    state.count[LANE] = lane


@linked
def _leave(state: Any, lanes: Any, lane: Any) -> None:
    """Copy what happened in one lane."""
    alone()
    lanes.outcome[lane] = np.uint8(state.count[STATUS])
    lanes.log_end[lane] = state.count[LOG]
    for row in range(state.cents.size):
        lanes.cents[lane, row] = state.cents[row]
    for s in range(state.coming.arrived.size):
        lanes.arrived[lane, s] = state.coming.arrived[s]
    for loop in range(state.redo.loops.shape[0]):
        for j in range(state.redo.loops.shape[1]):
            lanes.loops[lane, loop, j] = state.redo.loops[loop, j]
    for y in range(state.manage.acts.shape[0]):
        for j in range(state.manage.acts.shape[1]):
            lanes.acts[lane, y, j] = state.manage.acts[y, j]
    for row in range(state.pool.size):
        lanes.pool[lane, row] = state.pool[row]
    for row in range(state.tight.size):
        lanes.tight[lane, row] = state.tight[row]
    for a in range(state.phase.size):
        lanes.exists[lane, a] = state.exists[a]
        lanes.held[lane, a] = state.held[a]
        lanes.began[lane, a] = state.began[a]
        lanes.release[lane, a] = state.release[a]
        lanes.done_at[lane, a] = state.done_at[a]
