"""One replication: events in their order, one dispatch after each minute's events (D4), until all work is done."""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.approvals import ask, decided, seat
from riskmc.kernels.discrete_event.arrivals import begin_arrivals, come
from riskmc.kernels.discrete_event.codes import (
    ACTION,
    AHEAD,
    APPROVAL,
    ARRIVAL,
    BEYOND,
    CAPACITY,
    CENSORED,
    COMPLETION,
    DATED,
    DEADLOCK,
    DONE,
    EVENTS,
    FINE,
    FINISHED,
    FULL,
    FUND,
    GATE,
    HEAP,
    HELD,
    LANE,
    LOG,
    NOW,
    NOWHERE,
    OUTAGE,
    PAUSE,
    RAMP,
    RELEASE,
    REVIEW,
    RUNNING,
    SCOPE,
    STATUS,
    TURNOVER,
    UNFINISHED,
)
from riskmc.kernels.discrete_event.dispatch import dispatch
from riskmc.kernels.discrete_event.exposure import watch
from riskmc.kernels.discrete_event.fiscal_years import begin_funding, fund, serve_unpaid, waits_for_money
from riskmc.kernels.discrete_event.funding import binds, close_account, close_standing
from riskmc.kernels.discrete_event.gates import judge
from riskmc.kernels.discrete_event.heap import class_of, minute_of, number_of, pop, push
from riskmc.kernels.discrete_event.hits import end_pause, move_back
from riskmc.kernels.discrete_event.outages import begin_outages, settle_outages, strike_or_end, wear
from riskmc.kernels.discrete_event.policies import act, begin_policies, end_policies, pay_overtime, review
from riskmc.kernels.discrete_event.ramp import step_up
from riskmc.kernels.discrete_event.readiness import (
    count_waits,
    find_release,
    finish_is_held,
    make_eligible,
    notify_finish,
)
from riskmc.kernels.discrete_event.record import log
from riskmc.kernels.discrete_event.rework import await_judgement, forget_rework, tell_loops
from riskmc.kernels.discrete_event.scope import grows_on
from riskmc.kernels.discrete_event.turnover import begin_units, set_plan, turn_over
from riskmc.kernels.discrete_event.units import GIVE, take_units
from riskmc.kernels.discrete_event.work import set_finish
from riskmc.kernels.intrinsics import alone


@linked
def replicate(model: Any, state: Any) -> None:
    """Run one replication; ``state`` holds the static pass of the iteration and is left with what happened."""
    _reset(model, state)
    _begin_behaviours(model, state)
    for i in range(model.steps.order.size):
        a = model.steps.order[i]
        if state.phase[a] == AHEAD and state.missing[a] == 0:
            find_release(model, state, a)
    count, outages, watched = state.count, model.outages.pool.size > 0, state.coming.listed.size > 0
    while count[STATUS] == FINE:
        _prepare(model, state)
        dispatch(model, state)
        if outages:
            wear(model, state)
        if watched and state.coming.size[0] > 0:
            watch(model, state)
        if count[UNFINISHED] == 0 or count[STATUS] != FINE:
            if model.policies.every.size > 0:
                end_policies(model, state)
            return
        if count[HEAP] == 0 and (model.limits.blocked or waits_for_money(model, state)):
            _censor(model, state, model.limits.last_minute + 1)
            return
        if count[HEAP] == 0:
            count[STATUS] = DEADLOCK
            return
        _next_minute(model, state)


@linked
def _prepare(model: Any, state: Any) -> None:
    """Let those who ask before work does have money, units and places."""
    serve_unpaid(model, state)
    if model.outages.pool.size > 0:
        settle_outages(model, state)
    if state.redo.approvals.shape[0] > 0:
        seat(model, state)


@linked
def _reset(model: Any, state: Any) -> None:
    """Put everything where it is before the first event; nothing of the replication before is left."""
    alone()
    count = state.count
    for i in range(count.size):
        if i not in (LANE, LOG):
            count[i] = 0
    state.size[0] = state.size[1] = 0
    for a in range(state.phase.size):
        state.phase[a] = DONE if model.steps.follows[a] else AHEAD
        count[UNFINISHED] += state.phase[a] != DONE
    for a in range(state.phase.size):
        state.priority[a] = model.ranks.priority[a]
    _reset_nodes(state)
    for p in range(state.capacity.size):
        state.free[p] = state.capacity[p] = model.pools.capacity[p]
        state.crew[p] = FULL
        state.staff.planned[p] = state.staff.staffed[p] = state.staff.level[p] = model.pools.capacity[p]
    forget_rework(state)
    count_waits(model, state)


@linked
def _reset_nodes(state: Any) -> None:
    """Let no activity have begun, and none drive another, one array after the other: each is cleared at once."""
    for kept in (state.left, state.extra, state.pauses, state.work, state.cents):
        fill(kept, np.int64(0))
    for kept in (state.interrupted.times, state.interrupted.waste, state.interrupted.done):
        fill(kept, np.int64(0))
    for minutes in (state.began, state.due, state.lacked, state.done_at):
        fill(minutes, np.int64(NOWHERE))
    for mark in (state.disturbed, state.holding, state.tight):
        fill(mark, np.uint8(0))
    fill(state.held, np.int32(0))
    fill(state.speed, np.int64(FULL))


@linked
def fill(row: Any, value: Any) -> None:
    """Put a value everywhere."""
    for i in range(row.size):
        row[i] = value


@linked
def _begin_behaviours(model: Any, state: Any) -> None:
    """Plan the first events of everything that happens by itself."""
    managed = model.policies.every.size > 0
    if managed or binds(model):
        begin_funding(model, state)
    if managed:
        begin_policies(model, state)
    if model.units.pool.size > 0:
        begin_units(model, state)
    if model.outages.pool.size > 0:
        begin_outages(model, state)
    if state.coming.listed.size > 0:
        begin_arrivals(model, state)
    for k in range(model.staffing.minute.size):
        push(state, model.staffing.minute[k], CAPACITY, k)


@linked
def _next_minute(model: Any, state: Any) -> None:
    """Let everything happen that happens at the next minute at which anything does."""
    count = state.count
    minute = minute_of(state.heap[0])
    count[NOW] = minute
    if minute > model.limits.last_minute or count[EVENTS] > model.limits.most_events:
        _censor(model, state, minute)
        return
    while count[HEAP] > 0 and minute_of(state.heap[0]) == minute and count[STATUS] == FINE:
        if count[EVENTS] > model.limits.most_events:
            return
        event = pop(state)
        count[EVENTS] += 1
        _happen(model, state, class_of(event), number_of(event))


@linked
def _censor(model: Any, state: Any, minute: Any) -> None:
    """End a replication that goes on for too long: what is not done finishes no earlier than this (D8)."""
    if minute > model.limits.last_minute and not model.limits.final:
        state.count[STATUS] = BEYOND
        return
    state.count[STATUS] = CENSORED
    state.count[NOW] = min(minute, model.limits.last_minute)
    for a in range(state.phase.size):
        if state.phase[a] != DONE:
            take_units(model, state, a, GIVE)
            set_finish(model, state, a, model.limits.last_minute)
            state.done_at[a] = np.int32(state.count[NOW])
            if state.began[a] == NOWHERE:
                state.began[a] = state.release[a] = np.int32(state.count[NOW])
                state.pool[a] = max(state.pool[state.phase.size + a] - 1, 0)  # a minute that is on its calendar


@linked
def _happen(model: Any, state: Any, kind: Any, number: Any) -> None:
    """Let one event happen, unless it is void by now."""
    if kind == COMPLETION:
        if state.due[number] == state.count[NOW] and state.phase[number] == RUNNING:
            _complete(model, state, number)
    elif kind == GATE:
        _test(model, state, number)
    elif kind == APPROVAL:
        if decided(model, state, number):
            _close(model, state, model.rework.node[model.approvals.loop[number]])
    elif kind == RELEASE:
        if state.phase[number] == DATED and state.due[number] == state.count[NOW]:
            make_eligible(state, number)
    elif kind == REVIEW:
        review(model, state, number)
    elif kind == ACTION:
        act(model, state, number)
    elif kind == FUND:
        fund(model, state, number)
    elif kind == CAPACITY and number >= model.staffing.minute.size:
        move_back(model, state, number - model.staffing.minute.size)
    elif kind == CAPACITY:
        set_plan(model, state, model.staffing.pool[number], model.staffing.units[number])
    elif kind == OUTAGE:
        strike_or_end(model, state, number)
    elif kind == TURNOVER:
        turn_over(model, state, number)
    elif kind == RAMP:
        step_up(model, state, number)
    elif kind == PAUSE:
        end_pause(model, state, number)
    elif kind in (ARRIVAL, SCOPE):
        come(model, state, number)


@linked
def _complete(model: Any, state: Any, a: Any) -> None:
    """End the work of an activity; with a link that holds its finish it waits, without units."""
    if model.growth.ptr[a] < model.growth.ptr[a + 1] and grows_on(model, state, a):
        return
    state.due[a] = NOWHERE
    take_units(model, state, a, GIVE)
    if binds(model):
        close_account(model, state, a)
    if model.policies.every.size > 0:
        pay_overtime(model, state, a)
    if not await_judgement(model, state, a):
        _close(model, state, a)


@linked
def _test(model: Any, state: Any, loop: Any) -> None:
    """Let a gate test, or approvers be asked; what they let through finishes."""
    asks = model.rework.approval[loop] >= 0
    passes = ask(model, state, loop) if asks else judge(model, state, loop)
    if passes:
        _close(model, state, model.rework.node[loop])


@linked
def _close(model: Any, state: Any, a: Any) -> None:
    """Let worked and approved work finish; with a link that holds its finish it waits."""
    if state.exists[a] and finish_is_held(model, state, a):
        state.phase[a] = HELD
        return
    finish(model, state, a)


@linked
def finish(model: Any, state: Any, a: Any) -> None:
    """Finish an activity: its dates stand, and what waits for it knows."""
    state.phase[a] = DONE
    state.done_at[a] = np.int32(state.count[NOW])
    state.count[UNFINISHED] -= 1
    if state.disturbed[a]:
        set_finish(model, state, a, state.count[NOW])
    elif state.began[a] <= state.release[a]:
        state.held[a] = state.pool[state.phase.size + a] - state.pool[a]
    log(state, FINISHED, a, np.int64(0))
    if model.funding.close_ptr[a] < model.funding.close_ptr[a + 1]:
        close_standing(model, state, a)
    notify_finish(model, state, a)
    if model.rework.node.size > 0:
        tell_loops(model, state, a)


__all__ = ["replicate"]
