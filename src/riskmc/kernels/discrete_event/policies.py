"""Policies: a review, a trigger with tolerance and hysteresis, and an action that begins and ends (K7).

A policy that is triggered acts after its delay, and not again before it has ended: when the forecast is no more than
``until`` behind. Overtime and priorities are then taken back; what was crashed or hired stays (hired people for as
long as was agreed).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.apart import apart
from riskmc.kernels.discrete_event.clocks import worked_by
from riskmc.kernels.discrete_event.codes import (
    ACTED,
    ACTION,
    DONE,
    ENDED,
    EVENTS,
    FULL,
    HEAP,
    NOW,
    NOWHERE,
    REVIEW,
    RUNNING,
)
from riskmc.kernels.discrete_event.forecasting import forecast
from riskmc.kernels.discrete_event.funding import charge, minutes_paid
from riskmc.kernels.discrete_event.heap import push
from riskmc.kernels.discrete_event.levels import change_capacity
from riskmc.kernels.discrete_event.ramp import change_users
from riskmc.kernels.discrete_event.record import log
from riskmc.kernels.discrete_event.work import book, change_rate, plan_finish

OVERTIME, CRASH, ADD_UNITS, PRIORITISE = range(4)
IDLE, DECIDED, ACTING = range(3)
ACT, JOIN, LEARN, LEAVE = range(4)  # what an action's event is: its number is 4 x policy + this
_MOST = (1 << 31) - 1
PLANNED, PAST = range(2)  # in `Manage.reviews`
TIMES, FIRST = range(2)  # in `Manage.acts`


@apart
def begin_policies(model: Any, state: Any) -> None:
    """Put all policies to rest and plan their first reviews."""
    manage, policies = state.manage, model.policies
    manage.reviews[PLANNED] = manage.reviews[PAST] = 0
    for a in range(state.phase.size):
        manage.pay[a], manage.errors[a], manage.paid_to[a] = 0.0, 1.0, 0
    for p in range(state.talk.size):
        state.talk[p] = FULL
    for y in range(policies.every.size):
        manage.stands[y], manage.times[y], manage.since[y], manage.step[y], manage.late[y] = IDLE, 0, 0, NOWHERE, 0
        manage.happened[y], manage.acts[y, TIMES], manage.acts[y, FIRST] = 0, 0, NOWHERE
        _plan_review(model, state, y, model.policies.first)


@linked
def _plan_review(model: Any, state: Any, y: Any, last: Any) -> None:
    state.manage.reviews[PLANNED] += 1
    push(state, last + model.policies.every[y], REVIEW, y)


@apart
def review(model: Any, state: Any, y: Any) -> None:
    """Compare the forecast with the date; nobody looks any more where nothing else has happened or can."""
    manage, policies = state.manage, model.policies
    manage.reviews[PLANNED] -= 1
    manage.reviews[PAST] += 1
    if manage.stands[y] != IDLE or policies.at_most[y] < 0 or manage.times[y] < policies.at_most[y]:
        _compare(model, state, y)
    happened = state.count[EVENTS] - manage.reviews[PAST]
    if state.count[HEAP] > manage.reviews[PLANNED] or happened > manage.happened[y]:
        _plan_review(model, state, y, state.count[NOW])
    manage.happened[y] = happened


@linked
def _compare(model: Any, state: Any, y: Any) -> None:
    """Decide, end or go on by what the forecast says; what can no more be decided needs none."""
    manage, policies = state.manage, model.policies
    late = forecast(model, state, y) - policies.limit[y]
    if manage.stands[y] == IDLE and late > policies.by[y]:
        manage.stands[y], manage.late[y] = DECIDED, min(late, _MOST)
        manage.times[y] += 1
        push(state, state.count[NOW] + policies.delay[y], ACTION, 4 * y + ACT)
    elif manage.stands[y] != IDLE and late <= policies.until[y]:
        _end(model, state, y, max(late, -_MOST))
    elif manage.stands[y] == ACTING and policies.kind[y] == OVERTIME and policies.fatigue[y] > 0.0:
        _set_speeds(model, state, y)


@apart
def act(model: Any, state: Any, number: Any) -> None:
    """Let a decision come into effect, people join, learn, or leave."""
    y, what = number // 4, number % 4
    if what == ACT and state.manage.stands[y] == DECIDED:
        _begin(model, state, y)
    elif what == JOIN:
        _join(model, state, y)
    elif what == LEARN:
        state.manage.step[y] += 1
        _settle_team(model, state, model.policies.pool[y])
    elif what == LEAVE:
        _leave(model, state, y)


@linked
def _begin(model: Any, state: Any, y: Any) -> None:
    """Begin what a policy does, for the reason that its forecast was so late."""
    policies, kind = model.policies, model.policies.kind[y]
    state.manage.stands[y], state.manage.since[y] = ACTING, state.count[NOW]
    if state.manage.acts[y, TIMES] == 0:
        state.manage.acts[y, FIRST] = state.count[NOW]
    state.manage.acts[y, TIMES] += 1
    log(state, ACTED, y, state.manage.late[y])
    if kind == OVERTIME:
        _set_speeds(model, state, y)
    elif kind == CRASH:
        for j in range(policies.ptr[y], policies.ptr[y + 1]):
            _crash(model, state, y, policies.node[j])
    elif kind == ADD_UNITS:
        if state.manage.step[y] == NOWHERE:  # those hired before have left, or were never hired
            push(state, state.count[NOW] + policies.lead[y], ACTION, 4 * y + JOIN)
    else:
        _set_priorities(model, state)


@linked
def _end(model: Any, state: Any, y: Any, late: Any) -> None:
    """Take back what can be taken back; a decision that is not yet in effect is dropped."""
    acted = state.manage.stands[y] == ACTING
    state.manage.stands[y] = IDLE
    if acted:
        log(state, ENDED, y, late)
        if model.policies.kind[y] == OVERTIME:
            _set_speeds(model, state, y)
        elif model.policies.kind[y] == PRIORITISE:
            _set_priorities(model, state)


@linked
def _set_speeds(model: Any, state: Any, y: Any) -> None:
    """Let the activities of a policy work at the speed, cost and care of all overtime that now holds."""
    policies, manage = model.policies, state.manage
    if not _is_worked(model, state, y):
        manage.since[y] = state.count[NOW]  # nobody tires
    for j in range(policies.ptr[y], policies.ptr[y + 1]):
        a = policies.node[j]
        if state.phase[a] == DONE:
            continue
        pay_overtime(model, state, a)
        speed, manage.pay[a], manage.errors[a] = np.int64(FULL), 0.0, 1.0
        for other in range(policies.every.size):
            if policies.kind[other] == OVERTIME and manage.stands[other] == ACTING and _covers(model, other, a):
                speed = speed * _output(model, state, other) // FULL
                manage.pay[a] += policies.pay[other]
                manage.errors[a] *= policies.errors[other]
        state.speed[a] = speed
        if state.phase[a] == RUNNING and not (state.rate[a] == 0 and state.left[a] == 0):
            change_rate(model, state, a)


@linked
def _is_worked(model: Any, state: Any, y: Any) -> Any:
    """Return whether anything that a policy changes is worked on."""
    found = False
    for j in range(model.policies.ptr[y], model.policies.ptr[y + 1]):
        found = found or state.phase[model.policies.node[j]] == RUNNING
    return found


@linked
def _covers(model: Any, y: Any, a: Any) -> Any:
    """Return whether a policy changes node ``a``."""
    found = False
    for j in range(model.policies.ptr[y], model.policies.ptr[y + 1]):
        found = found or model.policies.node[j] == a
    return found


@linked
def _output(model: Any, state: Any, y: Any) -> Any:
    """Return the output of overtime in thousandths, less what has been lost by fatigue; at least a tenth."""
    lasted = np.float64(state.count[NOW] - state.manage.since[y])
    kept = np.float64(model.policies.rate[y]) * (1.0 - model.policies.fatigue[y] * lasted)
    return max(np.int64(np.floor(kept)), np.int64(FULL // 10))


@apart
def pay_overtime(model: Any, state: Any, a: Any) -> None:
    """Pay the additional hours that an activity has worked since they were last paid: of what an hour of it costs."""
    manage, purse = state.manage, state.purse
    minutes = minutes_paid(model, state, a)
    worked, manage.paid_to[a] = minutes - manage.paid_to[a], minutes
    if manage.pay[a] > 0.0 and purse.minutes[a] > 0 and worked > 0:
        hour = np.float64(purse.whole[a] - purse.fixed[a]) / np.float64(purse.minutes[a])
        charge(model, state, a, _in_cents(hour * np.float64(worked) * manage.pay[a]))


@linked
def _in_cents(amount: Any) -> Any:
    """Return an amount in whole cents, rounded half up."""
    return np.int64(np.floor(amount + 0.5))


@linked
def _crash(model: Any, state: Any, y: Any, a: Any) -> None:
    """Buy what remains of an activity shorter."""
    share = model.policies.rate[y]
    if state.phase[a] == DONE or state.exists[a] == 0:
        return
    if state.began[a] == NOWHERE:
        state.extra[a] -= state.duration[a] * (FULL - share) // FULL
    else:
        if state.phase[a] == RUNNING:
            book(model, state, a)
        if state.left[a] <= 0:
            return
        state.left[a] = state.left[a] * share // FULL
        if state.phase[a] == RUNNING:
            plan_finish(model, state, a)
    charge(model, state, a, _in_cents(model.policies.cents[y]))


@linked
def _set_priorities(model: Any, state: Any) -> None:
    """Rank all work anew: as the file says, or as the last of the policies that act says."""
    policies = model.policies
    for y in range(policies.every.size):
        for j in range(policies.ptr[y], policies.ptr[y + 1]):
            if policies.kind[y] == PRIORITISE and state.priority[policies.node[j]] > 0:
                state.priority[policies.node[j]] = model.ranks.own[policies.node[j]]
    for y in range(policies.every.size):
        for j in range(policies.ptr[y], policies.ptr[y + 1]):
            acts = policies.kind[y] == PRIORITISE and state.manage.stands[y] == ACTING
            if acts and state.priority[policies.node[j]] > 0:
                state.priority[policies.node[j]] = policies.value[j]
    for i in range(state.size[0]):
        state.fresh[state.size[1]] = state.queue[i]
        state.size[1] += 1
    state.size[0] = 0


@linked
def _join(model: Any, state: Any, y: Any) -> None:
    """Let the people hired begin."""
    policies, manage, now = model.policies, state.manage, state.count[NOW]
    p = policies.pool[y]
    manage.step[y] = 0
    manage.joined[y] = worked_by(model, state, policies.clock[y], now)
    change_capacity(state, p, policies.units[y])
    for j in range(policies.ramp_ptr[y], policies.ramp_ptr[y + 1]):
        push(state, now + policies.ramp_end[j], ACTION, 4 * y + LEARN)
    if policies.lasts[y] >= 0:
        push(state, now + policies.lasts[y], ACTION, 4 * y + LEAVE)
    _settle_team(model, state, p)


@linked
def _leave(model: Any, state: Any, y: Any) -> None:
    """Let the people hired go; they are paid, and what runs goes on."""
    pay_hired(model, state, y)
    state.manage.step[y] = NOWHERE
    change_capacity(state, model.policies.pool[y], -model.policies.units[y])
    _settle_team(model, state, model.policies.pool[y])


@linked
def pay_hired(model: Any, state: Any, y: Any) -> None:
    """Pay for the hours of the pool for which hired people have been there."""
    policies, manage = model.policies, state.manage
    if policies.kind[y] == ADD_UNITS and manage.step[y] != NOWHERE:
        minutes = worked_by(model, state, policies.clock[y], state.count[NOW]) - manage.joined[y]
        people = np.float64(policies.units[y]) / np.float64(FULL)
        cents = _in_cents(policies.cents[y] * people * np.float64(minutes))
        charge(model, state, np.int64(NOWHERE), cents)


@apart
def end_policies(model: Any, state: Any) -> None:
    """Pay all who are still there when the program ends."""
    for y in range(model.policies.every.size):
        pay_hired(model, state, y)


@linked
def _settle_team(model: Any, state: Any, p: Any) -> None:
    """Let a pool work at the mean output of its people, less what talk costs a team of that size (Brooks 1975)."""
    policies, manage = model.policies, state.manage
    team = max(state.staff.level[p], np.int64(1))
    lacks, overhead = np.int64(0), 0.0
    for y in range(policies.every.size):
        if policies.kind[y] == ADD_UNITS and policies.pool[y] == p and manage.step[y] != NOWHERE:
            overhead = max(overhead, policies.overhead[y])
            at = policies.ramp_ptr[y] + manage.step[y]
            if at < policies.ramp_ptr[y + 1]:
                lacks += policies.units[y] * (FULL - policies.ramp_output[at])
    people = np.float64(team) / np.float64(FULL)
    mean = np.float64(FULL) - np.float64(lacks) / np.float64(team)
    state.talk[p] = max(np.int64(np.floor(mean * (1.0 - overhead * people * people))), np.int64(0))
    change_users(model, state, p)


__all__ = ["act", "begin_policies", "end_policies", "pay_overtime", "review"]
