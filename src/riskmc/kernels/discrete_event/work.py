"""Work in progress: remaining work and a rate that is constant until something changes it (D1, D2).

Work is in thousandths of a minute, ``left`` of it from minute ``since`` of the activity's work clock on. A change books
what was done, takes the new rate and plans the finish anew, on the next whole minute; a completion planned before is
void, because it is not the one that is ``due``.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.clocks import opens_at, over_at, worked_by
from riskmc.kernels.discrete_event.codes import (
    COMPLETION,
    FULL,
    NOW,
    NOWHERE,
    PAUSED,
    PAUSED_BY,
    RATE_SET,
    RUNNING,
    WENT_ON,
    WORK_ADDED,
)
from riskmc.kernels.discrete_event.heap import push
from riskmc.kernels.discrete_event.record import log
from riskmc.kernels.discrete_event.steps import convert


@linked
def start_of(model: Any, a: Any, pool: Any) -> Any:
    """Return the instant at which the start of node ``a`` in ``pool`` lies."""
    table = model.steps.start_table[a]
    return np.int64(pool[a]) if table < 0 else convert(model.steps, table, np.int64(pool[a]), np.int64(0))


@linked
def finish_of(model: Any, a: Any, pool: Any) -> Any:
    """Return the instant at which the finish of node ``a`` in ``pool`` lies."""
    table, k = model.steps.finish_table[a], np.int64(pool[model.steps.finish_row[a]])
    return k if table < 0 else convert(model.steps, table, k, model.steps.finish_side[a])


@linked
def own_index(model: Any, a: Any, minute: Any) -> Any:
    """Return the minutes of the own calendar of node ``a`` before an instant."""
    table = model.steps.index_table[a]
    return np.int64(minute) if table < 0 else convert(model.steps, table, np.int64(minute), np.int64(0))


@linked
def set_finish(model: Any, state: Any, a: Any, minute: Any) -> None:
    """Put a finish at an instant into the pool of the replication."""
    state.pool[state.phase.size + a] = np.int32(own_index(model, a, minute))
    if model.steps.moment_row[a] >= 0:
        state.pool[model.steps.moment_row[a]] = np.int32(minute)


@linked
def rate_of(model: Any, state: Any, a: Any) -> Any:
    """Return the rate of an activity in thousandths: its own speed, cut by the slowest of its pools; 0 when paused."""
    if state.pauses[a] > 0:
        return np.int64(0)
    if model.ramps.ends.size == 0 and model.policies.every.size == 0:
        return np.int64(FULL)  # nothing else changes a speed or an output
    crew = np.int64(FULL)
    for d in range(model.demands.ptr[a], model.demands.ptr[a + 1]):
        p = model.demands.pool[d]
        crew = min(crew, np.int64(state.crew[p]) * state.talk[p] // np.int64(FULL))
    return np.int64(state.speed[a]) * crew // np.int64(FULL)


@linked
def book(model: Any, state: Any, a: Any) -> None:
    """Take the work done since the last change off what is left."""
    k = worked_by(model, state, model.clocks.work[a], state.count[NOW])
    if k > state.since[a]:
        done = (k - state.since[a]) * state.rate[a]
        state.left[a] -= done
        state.interrupted.done[a] += done
    state.since[a] = k


@linked
def plan_finish(model: Any, state: Any, a: Any) -> None:
    """Plan the finish of running work at its rate, and put it into the pool for what looks ahead."""
    state.disturbed[a] = 1
    state.due[a] = NOWHERE
    if state.rate[a] <= 0:
        return
    minutes = max((state.left[a] + state.rate[a] - 1) // state.rate[a], np.int64(0))
    due = over_at(model, state, model.clocks.work[a], state.since[a] + minutes) if minutes else state.count[NOW]
    state.due[a] = max(due, state.count[NOW])
    set_finish(model, state, a, min(state.due[a], np.int64(model.limits.last_minute)))
    push(state, state.due[a], COMPLETION, a)


@linked
def change_rate(model: Any, state: Any, a: Any) -> None:
    """Let running work go on at the rate that now holds."""
    rate = rate_of(model, state, a)
    if state.phase[a] == RUNNING and rate != state.rate[a]:
        book(model, state, a)
        state.rate[a] = rate
        log(state, RATE_SET, a, rate)
        plan_finish(model, state, a)


@linked
def add_work(model: Any, state: Any, a: Any, minutes: Any) -> None:
    """Add minutes of work to an activity that is not done; what has not started lasts so much longer."""
    log(state, WORK_ADDED, a, minutes)
    state.extra[a] += minutes
    if state.began[a] == NOWHERE:
        return
    if state.phase[a] == RUNNING:
        book(model, state, a)
    state.left[a] += np.int64(minutes) * FULL
    if state.phase[a] == RUNNING:
        plan_finish(model, state, a)


@linked
def pause(model: Any, state: Any, a: Any, cause: Any) -> None:
    """Stop the work of an activity until as many causes have ended as have paused it; it keeps its units."""
    state.pauses[a] += 1
    if state.phase[a] == RUNNING and state.pauses[a] == 1:
        book(model, state, a)
        state.rate[a] = 0
        state.phase[a] = PAUSED
        state.due[a] = NOWHERE
        state.disturbed[a] = 1
        log(state, PAUSED_BY, a, cause)


@linked
def go_on(model: Any, state: Any, a: Any, cause: Any) -> None:
    """End one cause of a pause; with the last one gone the work goes on."""
    state.pauses[a] -= 1
    if state.phase[a] == PAUSED and state.pauses[a] == 0:
        state.phase[a] = RUNNING
        state.since[a] = worked_by(model, state, model.clocks.work[a], state.count[NOW])
        state.rate[a] = rate_of(model, state, a)
        log(state, WENT_ON, a, cause)
        plan_finish(model, state, a)


@linked
def next_open(model: Any, state: Any, a: Any) -> Any:
    """Return the first minute from now on that is worked on the activity's work clock."""
    clock = model.clocks.work[a]
    return opens_at(model, state, clock, worked_by(model, state, clock, state.count[NOW]))
