"""Exposure: the time in which something may arrive, and when enough of it has passed for the next arrival.

After each dispatch it is looked at who works and who is in progress, whatever made them so. The clock of a source runs
accordingly; where it changes, the exposure that has passed is taken off the gap to the next arrival, in millionths of
a minute, and the arrival is planned anew, on the next whole minute; one that was planned before is void (D2). Where
the pace differs by season, a season's turn is an event too: exact for rates that are constant in between (Cinlar 1975,
time change of a Poisson process).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.apart import apart
from riskmc.kernels.discrete_event.clocks import over_at, worked_by
from riskmc.kernels.discrete_event.codes import ARRIVAL, DONE, NOW, NOWHERE, RUNNING, SCOPE
from riskmc.kernels.discrete_event.heap import push

_WORKING, _ACTIVE, _LASTING = range(3)  # exposures, as in network/dynamics/arrivals.py
_IDLE, _IN_PROGRESS, _AT_WORK = range(3)  # where a member stands


@linked
def expose(model: Any, state: Any, a: Any) -> None:
    """Look at an activity that begins, or goes on, from now on."""
    table, coming = model.arrivals, state.coming
    if table.of_ptr[a] < table.of_ptr[a + 1] and not coming.listed[a]:
        coming.listed[a] = 1
        coming.watched[coming.size[0]] = a
        coming.size[0] += 1


@apart
def watch(model: Any, state: Any) -> None:
    """Tell the sources what has changed since the last dispatch."""
    coming, kept, changed = state.coming, 0, False
    for i in range(coming.size[0]):
        a = coming.watched[i]
        now = _standing(state, a)
        if now != coming.standing[a]:
            changed = True
            _tell(model, state, a, now)
        coming.watched[kept] = a
        kept += now != _IDLE
        coming.listed[a] = now != _IDLE
    coming.size[0] = kept
    if changed:
        for s in range(model.arrivals.interval.size):
            if coming.touched[s]:
                coming.touched[s] = 0
                _retime(model, state, s)


@linked
def _standing(state: Any, a: Any) -> Any:
    """Return whether an activity is over, in progress, or worked on."""
    if state.phase[a] == DONE:
        return _IDLE
    at_work = state.phase[a] == RUNNING and state.rate[a] > 0 and state.left[a] > 0
    return _AT_WORK if at_work else _IN_PROGRESS


@linked
def _tell(model: Any, state: Any, a: Any, now: Any) -> None:
    """Count an activity among those that expose its sources, or no more."""
    table, coming = model.arrivals, state.coming
    before = coming.standing[a]
    coming.standing[a] = now
    for j in range(table.of_ptr[a], table.of_ptr[a + 1]):
        s = table.source[j]
        least = _AT_WORK if table.exposure[s] == _WORKING else _IN_PROGRESS
        change = np.int32(now >= least) - np.int32(before >= least)
        if change != 0:
            coming.exposed[table.slot_ptr[s] + table.own[j]] += change
            coming.touched[s] = 1


@linked
def _retime(model: Any, state: Any, s: Any) -> None:
    """Let the exposure of a source go on on the clock that now runs."""
    coming, clock = state.coming, _clock_of(model, state, s)
    if clock != coming.clock[s]:
        take_exposure(model, state, s)
        coming.clock[s] = clock
        if clock != NOWHERE:
            coming.since[s] = worked_by(model, state, clock, max(state.count[NOW], model.arrivals.after[s]))
        plan_arrival(model, state, s)


@linked
def _clock_of(model: Any, state: Any, s: Any) -> Any:
    """Return the clock on which the exposure of a source passes now, or NOWHERE."""
    table, coming = model.arrivals, state.coming
    running = np.int64(0)
    for slot in range(table.slot_ptr[s], table.slot_ptr[s + 1]):
        if coming.exposed[slot] > 0:
            running |= np.int64(1) << np.int64(slot - table.slot_ptr[s])
    if table.exposure[s] == _LASTING:
        coming.ever[s] = coming.ever[s] or running != 0
        running = np.int64(coming.ever[s] and (running != 0 or not _is_over(model, state, s)))
    return np.int64(table.clock[table.clock_ptr[s] + running - 1]) if running else np.int64(NOWHERE)


@linked
def _is_over(model: Any, state: Any, s: Any) -> Any:
    """Return whether everything that exposes a source is done."""
    for j in range(model.arrivals.member_ptr[s], model.arrivals.member_ptr[s + 1]):
        if state.phase[model.arrivals.member[j]] != DONE:
            return False
    return True


@linked
def take_exposure(model: Any, state: Any, s: Any) -> None:
    """Take the exposure since the last change off the gap to the next arrival, and let the season be what it is now."""
    table, coming, now = model.arrivals, state.coming, state.count[NOW]
    if coming.clock[s] != NOWHERE:
        k = worked_by(model, state, coming.clock[s], max(now, table.after[s]))
        coming.gap[s] -= (k - coming.since[s]) * table.pace[coming.season[s]]
        coming.since[s] = k
    while coming.season[s] + 1 < table.season_ptr[s + 1] and table.turn[coming.season[s] + 1] <= now:
        coming.season[s] += 1


@linked
def plan_arrival(model: Any, state: Any, s: Any) -> None:
    """Plan the next arrival of a source, or the turn of its season if that comes first."""
    table, coming = model.arrivals, state.coming
    before, coming.due[s] = coming.due[s], NOWHERE
    clock, season = coming.clock[s], coming.season[s]
    if clock == NOWHERE or coming.arrived[s] >= table.most[s]:
        return
    pace, due = table.pace[season], np.int64(NOWHERE)
    if pace > 0:
        minutes = max((coming.gap[s] + pace - 1) // pace, np.int64(0))
        if coming.since[s] + minutes <= model.clocks.last[clock]:
            due = max(over_at(model, state, clock, coming.since[s] + minutes), state.count[NOW])
            due = due if minutes else state.count[NOW]
    if season + 1 < table.season_ptr[s + 1] and (due == NOWHERE or table.turn[season + 1] < due):
        due = table.turn[season + 1]
    if due == NOWHERE or due > model.limits.last_minute or due >= table.until[s]:
        return
    coming.due[s] = due
    if due != before:
        push(state, due, ARRIVAL if s < table.risks else SCOPE, s)
