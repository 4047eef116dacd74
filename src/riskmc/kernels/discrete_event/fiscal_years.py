"""What happens when money is released, ends, or comes back: who goes on, by priority, and who pauses (K7)."""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.apart import apart
from riskmc.kernels.discrete_event.codes import DONE, FUND, FUNDED, NOW, NOWHERE, OUT_OF_MONEY
from riskmc.kernels.discrete_event.funding import (
    FREE,
    RELEASES,
    UNPAID,
    binds,
    costs_money,
    has_enough,
    need_of,
    next_minute,
    plan_end_of_money,
    reserve,
    settle,
    take_cents,
    take_money,
)
from riskmc.kernels.discrete_event.heap import push
from riskmc.kernels.discrete_event.record import log
from riskmc.kernels.discrete_event.work import go_on, own_index, pause

_NO_CAUSE = np.int64(NOWHERE)
_CENTS = 100
_NO_RANK = np.int64(1 << 62)
_MOST_LOGGED = (1 << 31) - 1


@apart
def begin_funding(model: Any, state: Any) -> None:
    """Put the purse where it is before the first release, and plan all releases."""
    purse, n = state.purse, state.phase.size
    purse.sums[FREE], purse.sums[RELEASES], purse.sums[UNPAID] = -model.funding.spent, 0, 0
    for a in range(n):
        purse.minutes[a] = max(np.int64(state.pool[n + a]) - state.pool[a], 0)
        if state.possible[a] and not state.exists[a]:
            purse.minutes[a] = state.duration[a]
        purse.taken[a] = 0
        purse.ends[a] = purse.opened[a] = NOWHERE
        purse.closed[a] = purse.unpaid[a] = purse.told[a] = purse.asks[a] = 0
        purse.open_ends[a] = model.funding.ends[a]
    for k in range(model.funding.minute.size):
        push(state, model.funding.minute[k], FUND, k)


@apart
def fund(model: Any, state: Any, number: Any) -> None:
    """Let a release happen, or the end of the money of an activity."""
    releases = model.funding.minute.size
    if number < releases:
        _release(model, state, number)
    elif state.purse.ends[number - releases] == state.count[NOW]:
        _run_out(model, state, number - releases)


@linked
def _release(model: Any, state: Any, k: Any) -> None:
    """Add the money of a year; what goes on by itself takes first, then all that works asks anew."""
    purse = state.purse
    purse.sums[FREE] += model.funding.cents[k] - purse.lump[k]
    purse.sums[RELEASES] = k + 1
    log(state, FUNDED, model.funding.year[k], min(model.funding.cents[k] // _CENTS, _MOST_LOGGED))
    for a in range(state.phase.size):
        purse.told[a] = 0
        if model.steps.follows[a] and purse.opened[a] != NOWHERE and not purse.closed[a]:
            settle(model, state, a)
            reserve(model, state, a)
        elif state.holding[a] and not purse.unpaid[a] and costs_money(state, a) and not model.funding.ahead:
            settle(model, state, a)
            purse.asks[a] = 1
    serve(model, state)


@linked
def _run_out(model: Any, state: Any, a: Any) -> None:
    """Let an activity whose money has ended take more; without any it pauses, or overdraws."""
    settle(model, state, a)
    if not model.funding.pauses:
        take_cents(state, a, max(need_of(model, state, a), next_minute(model, state, a)))
        plan_end_of_money(model, state, a)
    elif has_enough(model, state, a):
        need = min(need_of(model, state, a), state.purse.sums[FREE])
        take_cents(state, a, max(need, next_minute(model, state, a)))
        plan_end_of_money(model, state, a)
    else:
        _pause_unpaid(model, state, a)


@linked
def _pause_unpaid(model: Any, state: Any, a: Any) -> None:
    """Pause an activity for want of money: it keeps its units, which cost nothing meanwhile."""
    log(state, OUT_OF_MONEY, a, np.int64(0))
    settle(model, state, a)
    pause(model, state, a, _NO_CAUSE)
    state.purse.unpaid[a] = 1
    state.purse.sums[UNPAID] += 1
    if state.holding[a]:
        state.held[a] += np.int32(own_index(model, a, state.count[NOW]))


@linked
def _go_on_paid(model: Any, state: Any, a: Any) -> None:
    """Let an activity go on that paused for want of money."""
    state.purse.unpaid[a] = 0
    state.purse.sums[UNPAID] -= 1
    if state.holding[a]:
        state.held[a] -= np.int32(own_index(model, a, state.count[NOW]))
    go_on(model, state, a, _NO_CAUSE)
    if state.holding[a]:
        take_money(model, state, a)


@linked
def serve_unpaid(model: Any, state: Any) -> None:
    """Let what has paused for want of money ask again, before each dispatch."""
    if binds(model) and state.purse.sums[UNPAID] > 0 and state.purse.sums[FREE] > 0:
        serve(model, state)


@apart
def serve(model: Any, state: Any) -> None:
    """Give money to what works and to what has paused without, by priority and the rule of dispatch (D5)."""
    purse = state.purse
    for a in range(state.phase.size):
        if purse.unpaid[a]:
            purse.asks[a] = 1
    a = _next_asking(model, state)
    while a >= 0:
        purse.asks[a] = 0
        if purse.unpaid[a]:
            if has_enough(model, state, a):
                _go_on_paid(model, state, a)
        elif has_enough(model, state, a) or not model.funding.pauses:
            take_money(model, state, a)
        else:
            _pause_unpaid(model, state, a)
        a = _next_asking(model, state)


@linked
def _next_asking(model: Any, state: Any) -> Any:
    """Return the first in the order of dispatch of those that ask for money, or -1."""
    found, best, best_order = np.int64(NOWHERE), _NO_RANK, _NO_RANK
    for a in range(state.phase.size):
        if state.purse.asks[a]:
            rank, order = state.priority[a], model.ranks.order[a]
            if rank < best or (rank == best and order < best_order):
                found, best, best_order = np.int64(a), rank, order
    return found


@linked
def waits_for_money(model: Any, state: Any) -> Any:
    """Return whether anything that is not done has no money: without another release it never finishes."""
    if not binds(model):
        return False
    for a in range(state.phase.size):
        if state.phase[a] != DONE and (state.purse.unpaid[a] or state.purse.told[a]):
            return True
    return False
