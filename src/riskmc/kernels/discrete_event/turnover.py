"""Staffing in time: the plan's changes, and units that leave after so long and are replaced after so long.

Every unit of a pool has draws of its own (D6): stay k, then vacancy k. Who leaves finishes what runs first: running
work goes on, and nothing new starts until units are free again. A unit that the plan takes away takes its turnover
with it; one that comes back begins a new stay.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.apart import apart
from riskmc.kernels.discrete_event.clocks import over_at, worked_by
from riskmc.kernels.discrete_event.codes import FULL, NOW, NOWHERE, TURNOVER
from riskmc.kernels.discrete_event.drawing import whole
from riskmc.kernels.discrete_event.heap import push
from riskmc.kernels.discrete_event.levels import change_capacity
from riskmc.kernels.discrete_event.ramp import begin_ramp, settle_output, skip_ramp

ABSENT, PRESENT, VACANT = 0, 1, 2


@linked
def later(model: Any, state: Any, p: Any, minute: Any, minutes: Any) -> Any:
    """Return the instant at which so many minutes of a pool's clock are over, counted from an instant."""
    clock = model.clocks.pool[p]
    return over_at(model, state, clock, worked_by(model, state, clock, minute) + minutes)


@apart
def begin_units(model: Any, state: Any) -> None:
    """Let all who are planned be there, in full command of their work."""
    staff, units = state.staff, model.units
    for u in range(units.pool.size):
        staff.stays[u] = 0
        staff.place[u] = ABSENT
        staff.due[u] = staff.step_due[u] = NOWHERE
        if units.place[u] * FULL <= model.pools.capacity[units.pool[u]]:
            _stay(model, state, u, units.begin)
            skip_ramp(model, state, u)


@apart
def set_plan(model: Any, state: Any, p: Any, capacity: Any) -> None:
    """Let the staffing plan of a pool change: those who are new join, those with the highest numbers go."""
    staff, units = state.staff, model.units
    staff.planned[p] = capacity
    for u in range(np.int64(units.ptr[p]), units.ptr[p + 1]):
        planned = units.place[u] * FULL <= capacity
        if planned and staff.place[u] == ABSENT:
            _stay(model, state, u, state.count[NOW])
            begin_ramp(model, state, u)
        elif not planned:
            staff.place[u] = ABSENT
            staff.due[u] = staff.step_due[u] = NOWHERE
    _restaff(model, state, p)


@apart
def turn_over(model: Any, state: Any, u: Any) -> None:
    """Let a unit leave, or be replaced by one that is new."""
    staff, units = state.staff, model.units
    if staff.due[u] != state.count[NOW]:
        return
    p = units.pool[u]
    if staff.place[u] == PRESENT:
        staff.place[u] = VACANT
        staff.step_due[u] = NOWHERE
        vacancy = whole(state, units.vacancy[u], staff.stays[u] - 1)
        staff.due[u] = later(model, state, p, state.count[NOW], max(vacancy, np.int64(1)))
        push(state, staff.due[u], TURNOVER, u)
    else:
        _stay(model, state, u, state.count[NOW])
        begin_ramp(model, state, u)
    _restaff(model, state, p)


@linked
def _stay(model: Any, state: Any, u: Any, minute: Any) -> None:
    """Let a unit join, and plan when it leaves."""
    staff, units = state.staff, model.units
    staff.place[u] = PRESENT
    if units.leaves[u] >= 0:
        stay = whole(state, units.leaves[u], staff.stays[u])
        staff.due[u] = later(model, state, units.pool[u], minute, max(stay, np.int64(1)))
        push(state, staff.due[u], TURNOVER, u)
    staff.stays[u] += 1


@linked
def _restaff(model: Any, state: Any, p: Any) -> None:
    """Bring the capacity of a pool to its plan less the vacant places, and its output to those who are there."""
    staff, units = state.staff, model.units
    staffed = staff.planned[p]
    for u in range(units.ptr[p], units.ptr[p + 1]):
        if staff.place[u] == VACANT:
            staffed -= FULL
    change = staffed - staff.staffed[p]
    staff.staffed[p] = staffed
    change_capacity(state, p, change)
    settle_output(model, state, p)
