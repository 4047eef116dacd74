"""Units of pools: taken of all pools at once or not at all, and given back (D3)."""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.codes import NOW, NOWHERE, UNITS_MOVED
from riskmc.kernels.discrete_event.funding import binds, costs_money, move_money
from riskmc.kernels.discrete_event.record import log
from riskmc.kernels.discrete_event.work import own_index

TAKE, GIVE = np.int64(1), np.int64(-1)


@linked
def fits(model: Any, state: Any, a: Any) -> Any:
    """Return whether all pools have the units an activity needs; note the last one that has not."""
    demands, lacked = model.demands, np.int64(NOWHERE)
    d = a * demands.stride
    while demands.asked[d] >= 0:
        lacked = demands.asked[d] if state.free[demands.asked[d]] < demands.want[d] else lacked
        d += 1
    if lacked == NOWHERE or not state.exists[a]:
        return True
    state.lacked[a] = lacked
    return False


@linked
def take_units(model: Any, state: Any, a: Any, sign: Any) -> None:
    """Take the units of an activity or give them back, of all pools at once (D3)."""
    holds = sign == TAKE
    if holds == bool(state.holding[a]) or (holds and (state.left[a] <= 0 or not state.exists[a])):
        return
    state.holding[a] = holds
    d = a * model.demands.stride
    while model.demands.asked[d] >= 0:
        state.free[model.demands.asked[d]] -= sign * model.demands.want[d]
        d += 1
    index = np.int32(own_index(model, a, state.count[NOW]))
    if not state.purse.unpaid[a]:
        state.held[a] += -index if holds else index
    if model.demands.ptr[a] < model.demands.ptr[a + 1]:
        log(state, UNITS_MOVED, a, np.int64(holds))
    if binds(model) and costs_money(state, a):
        move_money(model, state, a)
