"""Outages of equipment or supply: units are out for a time, and running work that used them stops (Gaver 1962).

The time until the next outage begins at the end of the one before and passes always, or only while a unit of the pool
is at work. As many of the users go on as the units that are left allow: worst priority stops first, among equals the
latest start; the best goes on first. Who is stopped holds its units, or gives them back where it says so; its work
goes on where it was.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.apart import apart
from riskmc.kernels.discrete_event.clocks import over_at, worked_by
from riskmc.kernels.discrete_event.codes import NOW, NOWHERE, OUTAGE, RUNNING
from riskmc.kernels.discrete_event.drawing import whole
from riskmc.kernels.discrete_event.heap import push
from riskmc.kernels.discrete_event.levels import change_capacity
from riskmc.kernels.discrete_event.preemption import is_worse, suspend
from riskmc.kernels.discrete_event.turnover import later
from riskmc.kernels.discrete_event.work import go_on, pause


@apart
def begin_outages(model: Any, state: Any) -> None:
    """Plan the first outage of every pool."""
    down, outages = state.down, model.outages
    for d in range(down.stopped.size):
        down.stopped[d] = 0
    for o in range(outages.pool.size):
        down.on[o] = down.worn[o] = 0
        down.count[o] = 0
        _await_next(model, state, o, outages.begin)


@linked
def _await_next(model: Any, state: Any, o: Any, minute: Any) -> None:
    """Let the time until the next outage begin at an instant: it passes from now on, or while work goes on."""
    down, outages = state.down, model.outages
    after = max(whole(state, outages.after[o], down.count[o]), np.int64(1))
    down.due[o] = NOWHERE
    down.left[o] = after
    if not outages.working[o]:
        down.due[o] = later(model, state, outages.pool[o], minute, after)
        push(state, down.due[o], OUTAGE, o)


@apart
def strike_or_end(model: Any, state: Any, o: Any) -> None:
    """Let an outage begin, or end."""
    down, outages = state.down, model.outages
    if down.due[o] != state.count[NOW]:
        return
    p = outages.pool[o]
    down.on[o] = 1 - down.on[o]
    down.worn[o] = 0
    if down.on[o]:
        lasts = max(whole(state, outages.lasts[o], down.count[o]), np.int64(1))
        down.due[o] = later(model, state, p, state.count[NOW], lasts)
        push(state, down.due[o], OUTAGE, o)
        change_capacity(state, p, -outages.units[o])
    else:
        down.count[o] += 1
        _await_next(model, state, o, state.count[NOW])
        change_capacity(state, p, outages.units[o])


@apart
def settle_outages(model: Any, state: Any) -> None:
    """Before each dispatch: let as many users of each pool go on as its units allow."""
    for o in range(model.outages.pool.size):
        p = model.outages.pool[o]
        working = _at_work(model, state, p)
        while working > _left(model, state, o, p):
            d = _find(model, state, p, np.int64(0), working)
            if d == NOWHERE:
                break
            working -= model.demands.units[d]
            _stop(model, state, p, d)
        d = _find(model, state, p, np.int64(1), _left(model, state, o, p) - working)
        while d != NOWHERE:
            working += model.demands.units[d]
            _let_go_on(model, state, p, d)
            d = _find(model, state, p, np.int64(1), _left(model, state, o, p) - working)


@linked
def _left(model: Any, state: Any, o: Any, p: Any) -> Any:
    """Return the units of a pool that are not out, with those that are gone and finish what they are at."""
    out = model.outages.units[o] if state.down.on[o] else np.int64(0)
    return max(state.staff.level[p] + out, state.capacity[p] - state.free[p]) - out


@apart
def wear(model: Any, state: Any) -> None:
    """After each dispatch: let the time until the next outage pass where it passes with work, and rest elsewhere."""
    down, outages = state.down, model.outages
    for o in range(outages.pool.size):
        if not outages.working[o] or down.on[o]:
            continue
        works = np.uint8(_works(model, state, outages.pool[o]))
        if works == down.worn[o]:
            continue
        clock = model.clocks.pool[outages.pool[o]]
        k = worked_by(model, state, clock, state.count[NOW])
        down.worn[o] = works
        if works:
            down.since[o] = k
            down.due[o] = over_at(model, state, clock, k + down.left[o])
            push(state, down.due[o], OUTAGE, o)
        else:
            down.left[o] = max(down.left[o] - (k - down.since[o]), np.int64(1))
            down.due[o] = NOWHERE


@linked
def _works(model: Any, state: Any, p: Any) -> Any:
    """Return whether any work goes on with units of a pool."""
    for j in range(model.demands.user_ptr[p], model.demands.user_ptr[p + 1]):
        a = model.demands.user[j]
        if state.holding[a] and state.phase[a] == RUNNING and state.rate[a] > 0:
            return True
    return False


@linked
def _at_work(model: Any, state: Any, p: Any) -> Any:
    """Return the units of a pool that are held and not stopped by its outage."""
    units = np.int64(0)
    for j in range(model.demands.user_ptr[p], model.demands.user_ptr[p + 1]):
        d = model.demands.user_demand[j]
        if state.holding[model.demands.user[j]] and not state.down.stopped[d]:
            units += model.demands.units[d]
    return units


@linked
def _find(model: Any, state: Any, p: Any, stopped: Any, most: Any) -> Any:
    """Return the demand on a pool of the worst user at work, or the best that is stopped and needs at most so much."""
    found = np.int64(NOWHERE)
    for j in range(model.demands.user_ptr[p], model.demands.user_ptr[p + 1]):
        a, d = model.demands.user[j], np.int64(model.demands.user_demand[j])
        if not state.holding[a] or state.down.stopped[d] != stopped or model.demands.units[d] > most:
            continue
        if found == NOWHERE or is_worse(model, state, a, model.demands.node[found]) != (stopped == 1):
            found = d
    return found


@linked
def _stop(model: Any, state: Any, p: Any, d: Any) -> None:
    """Let an activity stop: it holds its units meanwhile, or gives them back."""
    a = model.demands.node[d]
    if model.preemption.releases[a]:
        suspend(model, state, a, np.int64(NOWHERE))
        return
    state.down.stopped[d] = 1
    pause(model, state, a, NOWHERE - 1 - p)


@linked
def _let_go_on(model: Any, state: Any, p: Any, d: Any) -> None:
    """Let a stopped activity go on."""
    state.down.stopped[d] = 0
    go_on(model, state, model.demands.node[d], NOWHERE - 1 - p)
