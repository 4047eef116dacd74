"""Hits: what an arrival does to work, pools and money (K2, K3).

Only work ahead is struck: what exists and is not worked off yet. Added work is shared by the rules of K3 among those;
a factor multiplies what is left. A pause stops what works and holds back what has not begun; pauses of one activity
pass together, or one after the other.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.apart import apart
from riskmc.kernels.discrete_event.clocks import over_at, worked_by
from riskmc.kernels.discrete_event.codes import (
    AT_GATE,
    CAPACITY,
    DONE,
    FULL,
    GREW,
    HELD,
    LANE,
    NOW,
    NOWHERE,
    PAUSE,
    PAUSED_BY,
    RUNNING,
)
from riskmc.kernels.discrete_event.drawing import size
from riskmc.kernels.discrete_event.funding import charge
from riskmc.kernels.discrete_event.heap import push
from riskmc.kernels.discrete_event.levels import change_capacity
from riskmc.kernels.discrete_event.preemption import suspend
from riskmc.kernels.discrete_event.record import log
from riskmc.kernels.discrete_event.work import add_work, book, go_on, pause

_ADDS_WORK, _SCALES_WORK, _PAUSES, _MOVES_CAPACITY, _COSTS = range(5)  # as in network/dynamics/hits.py
_EACH, _ONCE, _SPLIT = range(3)
_MOST = 1e9


@linked
def strike(model: Any, state: Any, s: Any, k: Any, factor: Any) -> None:
    """Let arrival ``k`` of a source strike; a ``factor`` multiplies its sizes."""
    hits = model.hits
    for h in range(hits.ptr[s], hits.ptr[s + 1]):
        if hits.event[h] >= 0 and not state.coming.happened[hits.event[h], state.count[LANE]]:
            continue
        if s >= model.arrivals.risks:
            first = hits.target_ptr[h]
            log(state, GREW, model.arrivals.entity[s], _whole(_size(model, state, first, k) * hits.scale[h] * factor))
        if hits.kind[h] == _PAUSES:
            _pause_all(model, state, s, h, k)
        elif hits.kind[h] == _MOVES_CAPACITY:
            _move_capacity(model, state, h, k)
        elif hits.kind[h] == _SCALES_WORK:
            _scale_all(model, state, h, k)
        else:
            _share(model, state, h, k, factor)


@linked
def _size(model: Any, state: Any, t: Any, k: Any) -> Any:
    """Return size ``k`` of a target."""
    row = model.hits.row[t]
    return np.float64(model.hits.value[t]) if row < 0 else size(state, row, k)


@linked
def _whole(value: Any) -> Any:
    """Return a number rounded half up, within what minutes and cents can be."""
    return np.int64(np.floor(min(max(value, -_MOST * FULL), _MOST * FULL) + 0.5))


@linked
def is_ahead(state: Any, a: Any) -> Any:
    """Return whether an activity has work ahead of it; what is no activity always has."""
    if a < 0:
        return True
    if not state.exists[a] or state.phase[a] in (AT_GATE, DONE, HELD):
        return False
    return state.began[a] == NOWHERE or state.left[a] > 0


@linked
def _share(model: Any, state: Any, h: Any, k: Any, factor: Any) -> None:
    """Add work or money to each, to the first, or to all in proportion, of those with work ahead (K3)."""
    hits, whole = model.hits, 0.0
    first, last = hits.target_ptr[h], hits.target_ptr[h + 1]
    if hits.spread[h] == _SPLIT:
        for t in range(first, last):
            whole += hits.weight[t] if is_ahead(state, hits.node[t]) else 0.0
        if whole <= 0.0:
            return
    for t in range(first, last):
        a = hits.node[t]
        if is_ahead(state, a):
            part = hits.weight[t] / whole if hits.spread[h] == _SPLIT else 1.0
            amount = _whole(_size(model, state, t, k) * hits.scale[h] * factor * part)
            if hits.kind[h] == _COSTS:
                charge(model, state, a, amount)
            else:
                lengthen(model, state, a, amount)
            if hits.spread[h] == _ONCE:
                return


@linked
def lengthen(model: Any, state: Any, a: Any, minutes: Any) -> None:
    """Add minutes of work, or take some; something is always left to do."""
    if state.began[a] == NOWHERE:
        minutes = max(minutes, 1 - (np.int64(state.duration[a]) + state.extra[a]))
    else:
        if state.phase[a] == RUNNING:
            book(model, state, a)
        minutes = max(minutes, -((state.left[a] - 1) // FULL))
    if minutes != 0:
        add_work(model, state, a, minutes)


@linked
def _scale_all(model: Any, state: Any, h: Any, k: Any) -> None:
    """Multiply what is left of all work that is struck."""
    hits = model.hits
    for t in range(hits.target_ptr[h], hits.target_ptr[h + 1]):
        a = hits.node[t]
        if is_ahead(state, a):
            if state.phase[a] == RUNNING:
                book(model, state, a)
            ahead = (np.int64(state.duration[a]) + state.extra[a]) * FULL
            left = ahead if state.began[a] == NOWHERE else max(state.left[a], np.int64(0))
            more = (_size(model, state, t, k) - 1.0) * hits.scale[h]
            lengthen(model, state, a, _whole(np.float64(left) * more / FULL))


@linked
def _move_capacity(model: Any, state: Any, h: Any, k: Any) -> None:
    """Take units from a pool, or give it some, for a time."""
    hits, t = model.hits, model.hits.target_ptr[h]
    minutes = _whole(_size(model, state, t, k))
    if minutes > 0:
        change_capacity(state, hits.pool[h], hits.units[h])
        end = _after(model, state, hits.clock[t], state.count[NOW], minutes)
        push(state, end, CAPACITY, model.staffing.minute.size + h)


@apart
def move_back(model: Any, state: Any, h: Any) -> None:
    """Undo a change of capacity whose time is over."""
    change_capacity(state, model.hits.pool[h], -model.hits.units[h])


@linked
def _after(model: Any, state: Any, clock: Any, minute: Any, minutes: Any) -> Any:
    """Return the instant at which so many minutes of a clock are over, no later than just beyond the axis."""
    k = worked_by(model, state, clock, minute) + minutes
    beyond = model.limits.last_minute + 1
    return np.int64(beyond) if k > model.clocks.last[clock] else min(over_at(model, state, clock, k), beyond)


@linked
def _pause_all(model: Any, state: Any, s: Any, h: Any, k: Any) -> None:
    """Stop what works and hold back what has not begun."""
    hits, coming, now = model.hits, state.coming, state.count[NOW]
    for t in range(hits.target_ptr[h], hits.target_ptr[h + 1]):
        a = hits.node[t]
        minutes = _whole(_size(model, state, t, k) * hits.scale[h])
        if minutes <= 0 or not is_ahead(state, a):
            continue
        stands = coming.pause_ends[a] != NOWHERE
        begins = max(now, coming.pause_ends[a]) if hits.after[h] else now
        ends = max(_after(model, state, hits.clock[t], begins, minutes), coming.pause_ends[a])
        if not stands:
            coming.cause[a] = model.arrivals.entity[s]
            _stop(model, state, a, model.arrivals.entity[s])
        if ends != coming.pause_ends[a]:
            coming.pause_ends[a] = ends
            push(state, ends, PAUSE, a)


@linked
def _stop(model: Any, state: Any, a: Any, cause: Any) -> None:
    """Stop an activity, which keeps its units or gives them back."""
    if state.phase[a] == RUNNING and model.preemption.releases[a]:
        state.pauses[a] += 1
        log(state, PAUSED_BY, a, cause)
        suspend(model, state, a, np.int64(NOWHERE))
    else:
        pause(model, state, a, cause)


@apart
def end_pause(model: Any, state: Any, a: Any) -> None:
    """Let an activity go on, or begin, after the last pause."""
    if state.coming.pause_ends[a] == state.count[NOW]:
        state.coming.pause_ends[a] = NOWHERE
        go_on(model, state, a, state.coming.cause[a])
