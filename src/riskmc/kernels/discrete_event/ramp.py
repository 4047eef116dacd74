"""Ramp-up: who is new begins with part of the output and grows in steps; a pool works at the mean of its people.

Source: exponential learning (Wright 1936 in its steady form), each step with the curve's mean output over it
(network/dynamics/staffing.py).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.apart import apart
from riskmc.kernels.discrete_event.clocks import over_at, worked_by
from riskmc.kernels.discrete_event.codes import FULL, NOW, NOWHERE, RAMP, RUNNING
from riskmc.kernels.discrete_event.heap import push
from riskmc.kernels.discrete_event.work import change_rate

_PRESENT = 1


@linked
def begin_ramp(model: Any, state: Any, u: Any) -> None:
    """Let a unit that has just come begin with the first step."""
    p = model.units.pool[u]
    state.staff.step[u] = 0
    state.staff.joined[u] = worked_by(model, state, model.clocks.pool[p], state.count[NOW])
    _plan_step(model, state, u)


@linked
def skip_ramp(model: Any, state: Any, u: Any) -> None:
    """Let a unit work with full output."""
    p = model.units.pool[u]
    state.staff.step[u] = model.ramps.ptr[p + 1] - model.ramps.ptr[p]
    state.staff.step_due[u] = NOWHERE


@apart
def step_up(model: Any, state: Any, u: Any) -> None:
    """Let a unit take its next step."""
    if state.staff.step_due[u] == state.count[NOW]:
        state.staff.step[u] += 1
        _plan_step(model, state, u)
        settle_output(model, state, model.units.pool[u])


@linked
def _plan_step(model: Any, state: Any, u: Any) -> None:
    """Plan the end of a unit's step; after the last one there is none."""
    p = model.units.pool[u]
    at = model.ramps.ptr[p] + state.staff.step[u]
    state.staff.step_due[u] = NOWHERE
    if at < model.ramps.ptr[p + 1]:
        ends = over_at(model, state, model.clocks.pool[p], state.staff.joined[u] + model.ramps.ends[at])
        state.staff.step_due[u] = ends
        push(state, ends, RAMP, u)


@linked
def settle_output(model: Any, state: Any, p: Any) -> None:
    """Let all who work with a pool work at the mean output of its people, in thousandths, rounded down."""
    ramps, units, staff = model.ramps, model.units, state.staff
    first, steps = ramps.ptr[p], ramps.ptr[p + 1] - ramps.ptr[p]
    if steps == 0:
        return
    people, output = 0, np.int64(0)
    for u in range(units.ptr[p], units.ptr[p + 1]):
        if staff.place[u] == _PRESENT:
            people += 1
            output += ramps.output[first + staff.step[u]] if staff.step[u] < steps else np.int64(FULL)
    state.crew[p] = output // people if people > 0 else np.int64(FULL)
    change_users(model, state, p)


@linked
def change_users(model: Any, state: Any, p: Any) -> None:
    """Let running work that uses a pool go on at the rate that now holds."""
    for j in range(model.demands.user_ptr[p], model.demands.user_ptr[p + 1]):
        a = model.demands.user[j]
        if state.phase[a] == RUNNING:
            change_rate(model, state, a)
