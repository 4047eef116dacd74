"""Queues read from event logs: who waited for which pool, how busy it was, what of it lay on the driving chain (D9).

A wait begins where an activity becomes eligible, or loses its units, and ends where it starts or goes on; it belongs
to the pool that became sufficient last, which the log names; an approver waits from being asked, or from the decision
before in a sequence, until the units are there. Every pool is added up from one of its changes to the
next. Little (1961) holds by construction: the number in the queue over time adds up to the time waited.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked, linking_entry
from riskmc.kernels.discrete_event.codes import (
    ASKED,
    CAPACITY_SET,
    DECIDED,
    DECIDES,
    ELIGIBLE,
    NOWHERE,
    RESUMED,
    STARTED,
    STOPPED,
    TAKEN_BACK,
    TO_REDO,
    UNITS_MOVED,
    WENT_ON,
)


@linking_entry
def add_up(tables: Any, log: Any, scratch: Any, out: Any, first: Any, last: Any) -> None:
    """Fill ``out`` from the logs of lanes ``first`` to ``last`` - 1, one column a lane (simulation/kept_queues.py)."""
    row = np.int64(0)
    for lane in range(first, last):
        end = log.end[lane]
        _find_pools(tables, log, scratch, row, end)
        _reset(tables, scratch)
        for r in range(row, end):
            _happen(tables, log, scratch, out, r, lane, lane - first)
        _close(tables, scratch, out, lane - first)
        row = end


@linked
def _find_pools(tables: Any, log: Any, scratch: Any, first: Any, last: Any) -> None:
    """Write to every row that begins a wait which pool the wait is for; -1 where nothing is waited for."""
    for a in range(scratch.began.size):
        scratch.began[a] = NOWHERE
    for r in range(first, last):
        kind, a, pool = log.rows[r, 1], log.rows[r, 2], log.rows[r, 3]
        log.pool[r] = NOWHERE
        if kind in (ELIGIBLE, STOPPED, WENT_ON):
            scratch.began[a] = r
        elif kind in (STARTED, RESUMED) and scratch.began[a] != NOWHERE:
            begun = scratch.began[a]
            if pool >= 0 and log.rows[begun, 0] < log.rows[r, 0] and _demand(tables, a, pool) >= 0:
                log.pool[begun] = pool
            scratch.began[a] = NOWHERE


@linked
def _demand(tables: Any, a: Any, pool: Any) -> Any:
    """Return the number of an activity's demand of a pool; -1 where it has none."""
    for d in range(tables.ptr[a], tables.ptr[a + 1]):
        if tables.pool[d] == pool:
            return d
    return -1


@linked
def _reset(tables: Any, scratch: Any) -> None:
    """Put the sums of a lane to their beginning."""
    for a in range(scratch.began.size):
        scratch.began[a] = scratch.waits_for[a] = NOWHERE
        scratch.asked[a] = scratch.number[a] = scratch.approvers[a] = 0
    for d in range(scratch.waited.size):
        scratch.waited[d] = 0
    for p in range(tables.capacity.size):
        scratch.capacity[p] = tables.capacity[p]
        scratch.used[p] = scratch.queue[p] = scratch.queue_units[p] = scratch.critical[p] = scratch.needed[p] = 0
        scratch.period[p] = scratch.point[p] = scratch.busy[p] = scratch.room[p] = scratch.length[p] = 0
        scratch.since[p], scratch.worked[p] = tables.edges[0], tables.worked[tables.clock[p], 0]
        for home in range(scratch.waiters.shape[1]):
            scratch.waiters[p, home] = scratch.holders[p, home] = 0


@linked
def _happen(tables: Any, log: Any, scratch: Any, out: Any, r: Any, lane: Any, to: Any) -> None:
    """Let one row of the log change the pools that it touches."""
    kind, a, value = log.rows[r, 1], log.rows[r, 2], log.rows[r, 3]
    if kind == CAPACITY_SET:
        _bring(tables, log, scratch, out, a, r, to)
        scratch.capacity[a] = value
    elif kind == UNITS_MOVED:
        _hold(tables, log, scratch, out, a, tables.ptr[a], tables.ptr[a + 1], 1 if value else -1, r, to)
    elif kind in (STARTED, RESUMED):
        if scratch.waits_for[a] != NOWHERE:
            _end_wait(tables, log, scratch, out, a, r, lane, to)
    elif kind in (ELIGIBLE, STOPPED, WENT_ON, TAKEN_BACK, TO_REDO):
        _dismiss(tables, log, scratch, out, a, r, lane, to)
        if kind == ELIGIBLE:
            _need(tables, log, scratch, out, a, r, to)
        if log.pool[r] != NOWHERE:
            _begin_wait(tables, log, scratch, out, a, r, lane, to)
    elif kind == ASKED:
        _dismiss(tables, log, scratch, out, a, r, lane, to)
        scratch.number[a] = value
        _ask(tables, log, scratch, out, a, 1 if tables.sequence[a] else value, r, lane, to)
    elif kind == DECIDES:
        _decide(tables, log, scratch, out, a, r, lane, to)
    elif kind == DECIDED:
        _hold(tables, log, scratch, out, a, tables.board_ptr[a], tables.board_ptr[a + 1], -1, r, to)
        if tables.sequence[a] and value < scratch.number[a] and scratch.approvers[a] == 0:
            _ask(tables, log, scratch, out, a, 1, r, lane, to)


@linked
def _ask(tables: Any, log: Any, scratch: Any, out: Any, a: Any, number: Any, r: Any, lane: Any, to: Any) -> None:
    """Put so many approvers into the queue of the first pool that they need."""
    d = tables.board_ptr[a]
    if d == tables.board_ptr[a + 1]:
        return
    _bring(tables, log, scratch, out, tables.pool[d], r, to)
    scratch.needed[tables.pool[d]] = 1
    scratch.asked[a] = log.rows[r, 0]
    scratch.approvers[a] += number
    _queue(tables, log, scratch, a, d, lane, number)


@linked
def _dismiss(tables: Any, log: Any, scratch: Any, out: Any, a: Any, r: Any, lane: Any, to: Any) -> None:
    """Take approvers who have not begun out of the queue: their activity is worked on again."""
    if scratch.approvers[a]:
        d = tables.board_ptr[a]
        _bring(tables, log, scratch, out, tables.pool[d], r, to)
        _queue(tables, log, scratch, a, d, lane, -scratch.approvers[a])
        scratch.approvers[a] = 0


@linked
def _decide(tables: Any, log: Any, scratch: Any, out: Any, a: Any, r: Any, lane: Any, to: Any) -> None:
    """Let an approver begin: a wait ends, and units are taken."""
    d = tables.board_ptr[a]
    if scratch.approvers[a]:
        _bring(tables, log, scratch, out, tables.pool[d], r, to)
        _queue(tables, log, scratch, a, d, lane, -1)
        scratch.approvers[a] -= 1
        _book(tables, scratch, out, d, log.rows[r, 0] - scratch.asked[a], to)
    _hold(tables, log, scratch, out, a, d, tables.board_ptr[a + 1], 1, r, to)


@linked
def _need(tables: Any, log: Any, scratch: Any, out: Any, a: Any, r: Any, to: Any) -> None:
    """Open the window in which a pool is needed, with the first that asks for it."""
    for d in range(tables.ptr[a], tables.ptr[a + 1]):
        p = tables.pool[d]
        if not scratch.needed[p]:
            _bring(tables, log, scratch, out, p, r, to)
            scratch.needed[p] = 1


@linked
def _begin_wait(tables: Any, log: Any, scratch: Any, out: Any, a: Any, r: Any, lane: Any, to: Any) -> None:
    """Put an activity into the queue of the pool that it waits for."""
    p = log.pool[r]
    _bring(tables, log, scratch, out, p, r, to)
    scratch.waits_for[a], scratch.began[a] = p, log.rows[r, 0]
    _queue(tables, log, scratch, a, _demand(tables, a, p), lane, 1)


@linked
def _end_wait(tables: Any, log: Any, scratch: Any, out: Any, a: Any, r: Any, lane: Any, to: Any) -> None:
    """Take an activity out of its queue, and book what it has waited."""
    p = scratch.waits_for[a]
    _bring(tables, log, scratch, out, p, r, to)
    d = _demand(tables, a, p)
    _queue(tables, log, scratch, a, d, lane, -1)
    scratch.waits_for[a] = NOWHERE
    _book(tables, scratch, out, d, log.rows[r, 0] - scratch.began[a], to)


@linked
def _book(tables: Any, scratch: Any, out: Any, d: Any, minutes: Any, to: Any) -> None:
    """Book one wait."""
    scratch.waited[d] += minutes
    out.pair_wait[tables.pair[d], to] += minutes
    out.waits[tables.pool[d], to] += minutes > 0


@linked
def _queue(tables: Any, log: Any, scratch: Any, a: Any, d: Any, lane: Any, number: Any) -> None:
    """Let so many more wait for what demand ``d`` of an activity asks for; fewer where below 0."""
    p = tables.pool[d]
    scratch.queue[p] += number
    scratch.queue_units[p] += number * tables.units[d]
    scratch.waiters[p, tables.project[a]] += number
    scratch.critical[p] += number * log.critical[a, lane]


@linked
def _hold(
    tables: Any, log: Any, scratch: Any, out: Any, a: Any, first: Any, last: Any, sign: Any, r: Any, to: Any
) -> None:
    """Take the units of some demands of an activity (sign 1), or give them back (-1)."""
    for d in range(first, last):
        p = tables.pool[d]
        _bring(tables, log, scratch, out, p, r, to)
        scratch.used[p] += sign * tables.units[d]
        scratch.holders[p, tables.project[a]] += sign * tables.units[d]
        if sign > 0:
            out.requests[p, to] += 1
        else:
            out.window_busy[p, to] = scratch.busy[p]
            out.window_room[p, to] = scratch.room[p]
            out.window[p, to] = scratch.length[p]


@linked
def _bring(tables: Any, log: Any, scratch: Any, out: Any, p: Any, r: Any, to: Any) -> None:
    """Add a pool up to the minute of a row."""
    _add_until(tables, scratch, out, p, np.int64(log.rows[r, 0]), log.worked[tables.clock[p], r], to)


@linked
def _close(tables: Any, scratch: Any, out: Any, to: Any) -> None:
    """Add every pool up to the end of the last period, and book what each activity has waited in all."""
    last = tables.edges.size - 1
    for p in range(tables.capacity.size):
        _add_until(tables, scratch, out, p, tables.edges[last], tables.worked[tables.clock[p], last], to)
    for d in range(scratch.waited.size):
        out.demand_wait[d] += scratch.waited[d]
        out.demand_squares[d] += scratch.waited[d] * scratch.waited[d]
        out.demand_waits[d] += scratch.waited[d] > 0


@linked
def _add_until(tables: Any, scratch: Any, out: Any, p: Any, minute: Any, worked: Any, to: Any) -> None:
    """Add a pool up to a minute, before which ``worked`` minutes of its calendar lie, period by period."""
    at = scratch.since[p]
    if minute <= at:
        return
    while scratch.point[p] < tables.points.size and tables.points[scratch.point[p]] < minute:
        out.queued[p, scratch.point[p], to] = scratch.queue[p]
        out.queued_units[p, scratch.point[p], to] = scratch.queue_units[p]
        scratch.point[p] += 1
    while at < minute:
        k = scratch.period[p]
        end = min(minute, tables.edges[k + 1]) if k + 2 < tables.edges.size else minute
        done = worked if end == minute else tables.worked[tables.clock[p], k + 1]
        _add(scratch, out, p, k, end - at, done - scratch.worked[p], to)
        scratch.worked[p], at = done, end
        if k + 2 < tables.edges.size and end == tables.edges[k + 1]:
            scratch.period[p] += 1
    scratch.since[p] = minute


@linked
def _add(scratch: Any, out: Any, p: Any, k: Any, minutes: Any, worked: Any, to: Any) -> None:
    """Add so many minutes of the clock, and of the pool's calendar, in which nothing changed, within one period."""
    busy, room = scratch.used[p] * worked, max(scratch.capacity[p], scratch.used[p]) * worked
    out.busy[p, k, to] += busy
    out.room[p, k, to] += room
    scratch.busy[p] += busy
    if scratch.needed[p]:
        scratch.room[p] += room
        scratch.length[p] += worked
    if scratch.queue[p]:
        out.waiting[p, k, to] += scratch.queue[p] * minutes
        if scratch.critical[p]:
            out.chain[p, to] += minutes
        _hold_up(scratch, out, p, minutes, to)


@linked
def _hold_up(scratch: Any, out: Any, p: Any, minutes: Any, to: Any) -> None:
    """Share the time waited for a pool among the projects that held its units; with nobody it is the last column's."""
    homes = scratch.waiters.shape[1]
    for home in range(homes):
        waited = np.float64(scratch.waiters[p, home]) * minutes
        if waited == 0:
            continue
        if scratch.used[p] <= 0:
            out.held_up[home, homes, to] += waited
            continue
        for other in range(homes):
            if scratch.holders[p, other]:
                out.held_up[home, other, to] += waited * scratch.holders[p, other] / scratch.used[p]
