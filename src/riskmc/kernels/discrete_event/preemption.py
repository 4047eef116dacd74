"""Pre-emption: work of a strictly better priority takes units from running work, where pool and both allow it (D5).

Victims are those with the worst priority, among them those who began last, until the request fits completely; where
it would not fit even so, nobody is disturbed. All units of a victim are given back (D3). It stands in the queue before
new work of its priority, and on its return does what is left, or all of it, or all of a duration drawn anew; what was
done in vain is its waste.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.apart import apart
from riskmc.kernels.discrete_event.codes import (
    FULL,
    LANE,
    NOWHERE,
    PAUSED,
    RUNNING,
    STOPPED,
    SUSPENDED,
    WORK_LOST,
)
from riskmc.kernels.discrete_event.drawing import size
from riskmc.kernels.discrete_event.readiness import await_dispatch
from riskmc.kernels.discrete_event.record import log
from riskmc.kernels.discrete_event.units import GIVE, take_units
from riskmc.kernels.discrete_event.work import book

_REDRAW = 2


@linked
def is_worse(model: Any, state: Any, a: Any, b: Any) -> Any:
    """Return whether ``a`` gives way before ``b``: worse priority, then later start, then later in the rule's order."""
    if state.priority[a] != state.priority[b]:
        return state.priority[a] > state.priority[b]
    if state.began[a] != state.began[b]:
        return state.began[a] > state.began[b]
    return model.ranks.order[a] > model.ranks.order[b]


@apart
def make_room(model: Any, state: Any, a: Any) -> Any:
    """Take from running work the units that an activity lacks, if all can be had; return whether it now fits."""
    demands, short = model.demands, state.interrupted.short
    if not model.preemption.interrupts[a]:
        return False
    for d in range(demands.ptr[a], demands.ptr[a + 1]):
        p = demands.pool[d]
        if state.free[p] < demands.units[d] and not model.preemption.taken[p]:
            return False
    for d in range(demands.ptr[a], demands.ptr[a + 1]):
        short[demands.pool[d]] = demands.units[d] - state.free[demands.pool[d]]
    fits = _choose(model, state, a)
    for v in range(state.phase.size):
        if state.interrupted.chosen[v]:
            state.interrupted.chosen[v] = 0
            if fits:
                _interrupt(model, state, v, a)
    return fits


@linked
def _choose(model: Any, state: Any, a: Any) -> Any:
    """Mark the victims of a request; return whether they are enough."""
    demands, short = model.demands, state.interrupted.short
    while True:
        victim, enough = np.int64(NOWHERE), True
        for d in range(demands.ptr[a], demands.ptr[a + 1]):
            if short[demands.pool[d]] > 0:
                enough = False
                victim = _worst(model, state, a, demands.pool[d], victim)
        if enough or victim == NOWHERE:
            return enough
        state.interrupted.chosen[victim] = 1
        for e in range(demands.ptr[victim], demands.ptr[victim + 1]):
            short[demands.pool[e]] -= demands.units[e]


@linked
def _worst(model: Any, state: Any, a: Any, p: Any, found: Any) -> Any:
    """Return who gives way first of the users of a pool that ``a`` may interrupt, and of one found before."""
    for j in range(model.demands.user_ptr[p], model.demands.user_ptr[p + 1]):
        v = np.int64(model.demands.user[j])
        if not state.holding[v] or state.interrupted.chosen[v] or not model.preemption.interruptible[v]:
            continue
        if state.priority[v] <= state.priority[a] or (state.phase[v] != RUNNING and state.phase[v] != PAUSED):
            continue
        if found == NOWHERE or is_worse(model, state, v, found):
            found = v
    return found


@linked
def _interrupt(model: Any, state: Any, v: Any, by: Any) -> None:
    """Suspend a victim, and say what is lost and what is left to do."""
    suspend(model, state, v, by)
    table, interrupted = model.preemption, state.interrupted
    interrupted.times[v] += 1
    set_up = np.int64(table.set_up[v]) * FULL
    lost = set_up
    if table.resumes[v] == 0:
        state.left[v] += set_up
    else:
        lost += interrupted.done[v]
        sent_back = state.redo.minutes[v] > 0  # it begins again what it was sent back to do
        whole = (_anew(model, state, v) + state.extra[v]) * FULL
        state.left[v] = set_up + (state.left[v] + interrupted.done[v] if sent_back else whole)
        interrupted.done[v] = 0
    interrupted.waste[v] += lost
    if lost > 0:
        log(state, WORK_LOST, v, lost // FULL)


@linked
def _anew(model: Any, state: Any, v: Any) -> Any:
    """Return the minutes of an activity that begins again: the same, or in the proportion of a new draw to the first.

    So what risks and drivers made of the first draw holds for the new one too.
    """
    table, value = model.preemption, model.preemption.value[v]
    if table.resumes[v] != _REDRAW or value < 0:
        return np.int64(state.work[v])
    first = np.float64(state.interrupted.sizes[value, state.count[LANE]])
    drawn = table.offset[v] + table.scale[v] * size(state, table.row[v], state.interrupted.times[v])
    if first <= 0.0:
        return np.int64(state.work[v])
    return max(np.int64(np.floor(np.float64(state.work[v]) * drawn / first + 0.5)), np.int64(1))


@linked
def suspend(model: Any, state: Any, v: Any, by: Any) -> None:
    """Stop an activity and give its units back; it waits for them in the queue. A stop by an outage ends with it."""
    if state.phase[v] == RUNNING:
        book(model, state, v)
    for d in range(model.demands.ptr[v], model.demands.ptr[v + 1]):
        if state.down.stopped[d]:
            state.down.stopped[d] = 0
            state.pauses[v] -= 1
    state.rate[v] = 0
    state.due[v] = NOWHERE
    state.disturbed[v] = 1
    state.phase[v] = SUSPENDED
    log(state, STOPPED, v, by)
    take_units(model, state, v, GIVE)
    await_dispatch(state, v)
