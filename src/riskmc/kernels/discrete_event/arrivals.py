"""Arrivals: what strikes again and again, one occurrence after the other (D4, D6).

Arrival k of a source comes after draw k of its interval, and has size k of each of its impacts. A request for more
scope may be turned down; what is approved costs the more the further the work is.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.apart import apart
from riskmc.kernels.discrete_event.clocks import worked_by
from riskmc.kernels.discrete_event.codes import AT_GATE, DONE, FULL, HELD, NOW, NOWHERE, RUNNING, STRUCK
from riskmc.kernels.discrete_event.drawing import comes_true, size
from riskmc.kernels.discrete_event.exposure import plan_arrival, take_exposure
from riskmc.kernels.discrete_event.hits import strike
from riskmc.kernels.discrete_event.record import log

_PACE, _LONGEST = 1_000_000, 1e9


@apart
def begin_arrivals(model: Any, state: Any) -> None:
    """Let nothing have come yet, and draw how far away the first arrival of every source is."""
    table, coming = model.arrivals, state.coming
    coming.size[0] = 0
    for s in range(table.interval.size):
        coming.arrived[s] = coming.gap[s] = 0
        coming.clock[s] = coming.due[s] = NOWHERE
        coming.season[s] = table.season_ptr[s]
        coming.ever[s] = coming.touched[s] = 0
        _draw_gap(model, state, s)
    for slot in range(coming.exposed.size):
        coming.exposed[slot] = 0
    for a in range(coming.listed.size):
        coming.listed[a] = coming.standing[a] = 0
        coming.pause_ends[a] = coming.grown_at[a] = NOWHERE
        coming.grown[a] = 0


@linked
def _draw_gap(model: Any, state: Any, s: Any) -> None:
    """Add the exposure until the next arrival, less what the last came too late on its whole minute."""
    table, coming = model.arrivals, state.coming
    k = coming.arrived[s]
    if k < table.most[s]:
        minutes = np.float64(table.every[s]) if table.interval[s] < 0 else size(state, table.interval[s], k)
        coming.gap[s] += np.int64(np.floor(max(min(minutes, _LONGEST), 0.0) * _PACE + 0.5))


@apart
def come(model: Any, state: Any, s: Any) -> None:
    """Let what is due of a source happen: an arrival, or the turn of its season."""
    coming, table = state.coming, model.arrivals
    if coming.due[s] != state.count[NOW]:
        return
    coming.due[s] = NOWHERE  # happened: the next arrival may fall on the same minute
    take_exposure(model, state, s)
    if coming.gap[s] <= 0:
        k = coming.arrived[s]
        coming.arrived[s] += 1
        if s < table.risks:
            log(state, STRUCK, table.entity[s], k + 1)
        if table.chance[s] < 0 or comes_true(state, table.chance[s], k, table.threshold[s]):
            strike(model, state, s, k, _cost_of_lateness(model, state, s))
        _draw_gap(model, state, s)
    plan_arrival(model, state, s)


@linked
def _cost_of_lateness(model: Any, state: Any, s: Any) -> Any:
    """Return what a change costs now, of one at the start: in proportion to progress."""
    late = model.arrivals.late[s]
    if late == 1.0:
        return np.float64(1.0)
    left, whole = np.int64(0), np.int64(0)
    for j in range(model.arrivals.member_ptr[s], model.arrivals.member_ptr[s + 1]):
        a = model.arrivals.member[j]
        if state.exists[a]:
            whole += _work_of(state, a)
            left += _left_of(model, state, a)
    return np.float64(1.0) if whole <= 0 else 1.0 + (late - 1.0) * (np.float64(whole - left) / np.float64(whole))


@linked
def _work_of(state: Any, a: Any) -> Any:
    """Return all the work of an activity, done or not, in thousandths of a minute."""
    planned = np.int64(state.duration[a]) if state.began[a] == NOWHERE else state.work[a]
    return (planned + state.extra[a]) * FULL + state.coming.grown[a]


@linked
def _left_of(model: Any, state: Any, a: Any) -> Any:
    """Return what is left of it."""
    if state.phase[a] in (AT_GATE, DONE, HELD):
        return np.int64(0)
    if state.began[a] == NOWHERE:
        return _work_of(state, a)
    done = np.int64(0)
    if state.phase[a] == RUNNING:
        done = (worked_by(model, state, model.clocks.work[a], state.count[NOW]) - state.since[a]) * state.rate[a]
    return min(max(state.left[a] - max(done, np.int64(0)), np.int64(0)), _work_of(state, a))
