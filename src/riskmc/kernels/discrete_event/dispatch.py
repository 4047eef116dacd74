"""Pools and one dispatcher: units are taken of all pools at once or not at all, in one total order (D3, D5)."""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.clocks import worked_by
from riskmc.kernels.discrete_event.codes import (
    COMPLETION,
    FULL,
    NOW,
    NOWHERE,
    RESUMED,
    RUNNING,
    STARTED,
    SUSPENDED,
    WAKE,
)
from riskmc.kernels.discrete_event.exposure import expose
from riskmc.kernels.discrete_event.funding import affords, binds, open_standing, pay_at_once
from riskmc.kernels.discrete_event.heap import push
from riskmc.kernels.discrete_event.preemption import make_room
from riskmc.kernels.discrete_event.readiness import notify_start
from riskmc.kernels.discrete_event.record import log
from riskmc.kernels.discrete_event.units import TAKE, fits, take_units
from riskmc.kernels.discrete_event.work import finish_of, next_open, own_index, plan_finish, rate_of

_ORDERS = 20  # bits of the rank for the rule's order; one more lets suspended work go before new work


@linked
def dispatch(model: Any, state: Any) -> None:
    """Start, in order, everything eligible that fits, until nothing new has become eligible."""
    while True:
        _take_fresh(model, state)
        _scan(model, state)
        if state.size[1] == 0:
            return


@linked
def rank_of(model: Any, state: Any, a: Any) -> Any:
    """Return where an activity stands in the queue: priority, suspended before new, the rule's order (D5)."""
    new = np.int64(0 if state.phase[a] == SUSPENDED else 1)
    return (((np.int64(state.priority[a]) << np.int64(1)) + new) << np.int64(_ORDERS)) + np.int64(model.ranks.order[a])


@linked
def _take_fresh(model: Any, state: Any) -> None:
    """Put what has become eligible into the queue at its place."""
    queue, ranks = state.queue, state.rank
    for i in range(state.size[1]):
        a = state.fresh[i]
        ranks[a] = rank_of(model, state, a)
        at = state.size[0]
        while at > 0 and ranks[queue[at - 1]] > ranks[a]:
            queue[at] = queue[at - 1]
            at -= 1
        queue[at] = a
        state.size[0] += 1
    state.size[1] = 0


@linked
def _scan(model: Any, state: Any) -> None:
    """Go through the queue once and start what can; what cannot stays in its place."""
    queue, kept, size = state.queue, 0, state.size[0]
    blocked = False
    for i in range(size):
        a = queue[i]
        if not blocked and _may_start(model, state, a):
            begin(model, state, a)
        else:
            blocked = blocked or model.ranks.strict
            queue[kept] = a
            kept += 1
    state.size[0] = kept


@linked
def _may_start(model: Any, state: Any, a: Any) -> Any:
    """Return whether an activity can start now: its clock runs, and every pool has the units, or is made to have."""
    if not affords(model, state, a):
        return False
    if state.work[a] == 0 and state.began[a] == NOWHERE:
        return True
    if state.pauses[a] > 0:
        return False
    enough = fits(model, state, a)
    if not enough and not model.preemption.interrupts[a]:
        return False
    if state.release[a] == state.count[NOW] and model.clocks.plain[a]:
        return enough or make_room(model, state, a)
    opens = next_open(model, state, a)
    if opens > state.count[NOW]:
        _wake_at(state, a, opens)
        return False
    return enough or make_room(model, state, a)


@linked
def _wake_at(state: Any, a: Any, opens: Any) -> None:
    """Look at a queued activity again when its clock opens; once is enough."""
    if state.due[a] != opens:
        state.due[a] = opens
        push(state, opens, WAKE, a)


@linked
def begin(model: Any, state: Any, a: Any) -> None:
    """Start an activity, or go on with it: its units are taken and its finish is planned (D1)."""
    again = state.began[a] != NOWHERE
    if not again:
        state.left[a] = (np.int64(state.work[a]) + (state.extra[a] if state.exists[a] else 0)) * FULL
        if model.funding.open_ptr[a] < model.funding.open_ptr[a + 1]:
            open_standing(model, state, a)
    take_units(model, state, a, TAKE)
    state.phase[a] = RUNNING
    log(state, RESUMED if again else STARTED, a, state.lacked[a])
    state.lacked[a] = NOWHERE
    state.rate[a] = rate_of(model, state, a)
    state.since[a] = worked_by(model, state, model.clocks.work[a], state.count[NOW])
    expose(model, state, a)
    if not again:
        _begin_first(model, state, a)
    else:
        plan_finish(model, state, a)


@linked
def _begin_first(model: Any, state: Any, a: Any) -> None:
    """Plan the finish of what starts for the first time: as computed, where nothing came between (D0)."""
    now = state.count[NOW]
    state.began[a] = now
    state.priority[a] = model.ranks.own[a] if state.priority[a] == 0 else state.priority[a]
    delayed = now > state.release[a] or state.disturbed[a] != 0
    if delayed and (state.work[a] or state.left[a] == 0):
        state.pool[a] = np.int32(own_index(model, a, now))
        state.disturbed[a] |= state.left[a] == 0  # what lasts nothing finishes when it begins, not when it could have
    as_computed = not delayed and state.rate[a] == FULL and state.extra[a] == 0 and model.clocks.plain[a]
    if state.left[a] == 0 and binds(model):
        pay_at_once(model, state, a)
    if as_computed or state.left[a] == 0:
        state.due[a] = max(finish_of(model, a, state.pool), now)
        push(state, state.due[a], COMPLETION, a)
    else:
        plan_finish(model, state, a)
    notify_start(model, state, a)
