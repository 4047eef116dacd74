"""Money that binds: released by the year, and held by whoever works (K7).

Money is a pool. An activity that costs something takes, when it starts, what it will spend until the next release (or
until its end), as far as there is money; with the commitment `at_start` its whole cost, and no less. What it did not
need goes back when it ends. Who comes to the end of its money before that takes more; there is none: all such work
pauses, or goes on and overdraws, as the rule says. What goes on by itself (level of effort, spans of cost) takes its
money first, there or not.

The cost of an activity in this iteration, ``whole`` cents, is spent evenly over its minutes in the static pass; the
minutes for which it holds units beyond those cost what its rates say. All in whole cents, rounded down, so that the
minute at which money ends is the same in both engines; ``free`` is what nobody holds.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.apart import apart
from riskmc.kernels.discrete_event.codes import (
    FULL,
    FUND,
    NOW,
    NOWHERE,
    OUT_OF_MONEY,
    RUNNING,
)
from riskmc.kernels.discrete_event.heap import push
from riskmc.kernels.discrete_event.record import log
from riskmc.kernels.discrete_event.steps import convert
from riskmc.kernels.discrete_event.work import own_index

FREE, RELEASES, UNPAID = range(3)  # in `Purse.sums`
_EVER = 1 << 40


@linked
def binds(model: Any) -> Any:
    """Return whether money binds anything."""
    return model.funding.minute.size > 0


@linked
def cost_by(state: Any, a: Any, minutes: Any) -> Any:
    """Return the cents that an activity has spent after so many minutes of its calendar."""
    purse = state.purse
    whole, fixed, planned = purse.whole[a], purse.fixed[a], purse.minutes[a]
    if planned <= 0:
        return whole
    if purse.closed[a]:
        return fixed + _share(whole - fixed, minutes, planned)
    if minutes < planned:
        return _share(whole, minutes, planned)
    return whole + _share(whole - fixed, minutes - planned, planned)


@linked
def _share(cents: Any, minutes: Any, planned: Any) -> Any:
    """Return cents x minutes / planned, rounded down; nothing overflows."""
    return cents // planned * minutes + cents % planned * minutes // planned


@linked
def minutes_paid(model: Any, state: Any, a: Any) -> Any:
    """Return the minutes of its calendar for which an activity has cost money."""
    now = own_index(model, a, state.count[NOW])
    if model.steps.follows[a]:
        return now - state.purse.opened[a] if state.purse.opened[a] != NOWHERE else np.int64(0)
    runs = state.holding[a] and not state.purse.unpaid[a]
    return np.int64(state.held[a]) + (now if runs else np.int64(0))


@linked
def costs_money(state: Any, a: Any) -> Any:
    """Return whether an activity costs anything in this replication."""
    return state.purse.whole[a] > 0 and state.exists[a] != 0


@linked
def _until_release(model: Any, state: Any, a: Any, minutes: Any) -> Any:
    """Return the minutes for which an activity will have cost money at the next release, if it works all the time."""
    k = state.purse.sums[RELEASES]
    if k >= model.funding.minute.size:
        return np.int64(_EVER)
    now, then = state.count[NOW], min(model.funding.minute[k], model.limits.last_minute)
    return minutes + max(own_index(model, a, then) - own_index(model, a, now), np.int64(0))


@linked
def need_of(model: Any, state: Any, a: Any) -> Any:
    """Return the cents that an activity will spend from now until the next release, or its end."""
    minutes = minutes_paid(model, state, a)
    spent = cost_by(state, a, minutes)
    if state.phase[a] == RUNNING and state.due[a] != NOWHERE:
        left = own_index(model, a, state.due[a]) - own_index(model, a, state.count[NOW])
    else:
        work = state.left[a] if state.began[a] != NOWHERE else (state.work[a] + state.extra[a]) * FULL
        left = (work + FULL - 1) // FULL
    end, release = minutes + max(left, np.int64(0)), _until_release(model, state, a, minutes)
    if release < end and not model.funding.ahead:
        return cost_by(state, a, release) - spent
    rest = np.int64(0) if state.purse.closed[a] else _rest(state, a, end)
    return cost_by(state, a, end) + rest - spent


@linked
def _rest(state: Any, a: Any, minutes: Any) -> Any:
    """Return what is still due of the fixed cost when an activity ends after so many minutes."""
    purse = state.purse
    if purse.minutes[a] <= 0 or minutes >= purse.minutes[a]:
        return np.int64(0)
    final = purse.fixed[a] + _share(purse.whole[a] - purse.fixed[a], minutes, purse.minutes[a])
    return final - cost_by(state, a, minutes)


@linked
def affords(model: Any, state: Any, a: Any) -> Any:
    """Return whether there is the money for an activity to start, or to go on."""
    return not binds(model) or not costs_money(state, a) or has_money_for(model, state, a)


@apart
def has_money_for(model: Any, state: Any, a: Any) -> Any:
    """Return whether there is the money for what costs some; note once that there is not."""
    if state.began[a] != NOWHERE and not model.funding.pauses:
        return True
    enough = has_enough(model, state, a)
    if not enough and not state.purse.told[a]:
        state.purse.told[a] = 1
        log(state, OUT_OF_MONEY, a, np.int64(0))
    return enough


@linked
def has_enough(model: Any, state: Any, a: Any) -> Any:
    """Return whether what is free carries an activity for a minute at least; one that commits, to its end."""
    purse = state.purse
    if purse.minutes[a] <= 0:
        return purse.sums[FREE] >= purse.whole[a]
    if model.funding.ahead and state.began[a] == NOWHERE:
        return purse.sums[FREE] >= need_of(model, state, a)
    return purse.sums[FREE] >= next_minute(model, state, a)


@linked
def next_minute(model: Any, state: Any, a: Any) -> Any:
    """Return what the next minute of work costs, a cent at least."""
    minutes = minutes_paid(model, state, a)
    return max(cost_by(state, a, minutes + 1) - cost_by(state, a, minutes), np.int64(1))


@linked
def take_money(model: Any, state: Any, a: Any) -> None:
    """Take what an activity needs, as far as there is money, and plan the minute at which that ends."""
    purse = state.purse
    held = purse.taken[a] - cost_by(state, a, minutes_paid(model, state, a))
    need = max(need_of(model, state, a) - held, np.int64(0))
    if not model.funding.ahead or state.began[a] != NOWHERE:
        need = min(need, max(purse.sums[FREE], np.int64(0)))
    take_cents(state, a, need)
    plan_end_of_money(model, state, a)


@linked
def take_cents(state: Any, a: Any, cents: Any) -> None:
    """Move cents from what is free to an activity, whether they are there or not; fewer than 0 give some back."""
    state.purse.sums[FREE] -= cents
    state.purse.taken[a] += cents


@linked
def plan_end_of_money(model: Any, state: Any, a: Any) -> None:
    """Plan the event at the first minute of work that an activity cannot pay, where that lies before the release."""
    purse = state.purse
    minutes = minutes_paid(model, state, a)
    last = _until_release(model, state, a, minutes)
    purse.ends[a] = NOWHERE
    if last >= _EVER:
        last = minutes + max(model.limits.last_minute - state.count[NOW], np.int64(0))
    if cost_by(state, a, last) <= purse.taken[a]:
        return
    low, high = minutes, last  # low can be paid, high cannot
    while high - low > 1:
        middle = (low + high) >> 1
        if cost_by(state, a, middle) <= purse.taken[a]:
            low = middle
        else:
            high = middle
    k, table = own_index(model, a, state.count[NOW]) + low - minutes, model.steps.start_table[a]
    soonest = state.count[NOW] + np.int64(low > minutes)  # at the end of a calendar no later minute is known
    purse.ends[a] = max(k if table < 0 else convert(model.steps, table, k, np.int64(0)), soonest)
    push(state, purse.ends[a], FUND, model.funding.minute.size + a)


@linked
def settle(model: Any, state: Any, a: Any) -> None:
    """Give back the money that an activity holds beyond what it has spent."""
    back = state.purse.taken[a] - cost_by(state, a, minutes_paid(model, state, a))
    take_cents(state, a, -back)
    state.purse.ends[a] = NOWHERE


@apart
def move_money(model: Any, state: Any, a: Any) -> None:
    """Take money with the units of an activity that costs some, and give back what is left of it with them."""
    if state.holding[a]:
        take_money(model, state, a)
    elif not model.funding.ahead:
        settle(model, state, a)


@apart
def pay_at_once(model: Any, state: Any, a: Any) -> None:  # noqa: ARG001
    """Pay for what starts and lasts nothing."""
    if costs_money(state, a) and state.purse.taken[a] == 0:
        take_cents(state, a, state.purse.whole[a])
        state.purse.closed[a] = 1


@apart
def close_account(model: Any, state: Any, a: Any) -> None:
    """Pay what is still due of the fixed cost of an activity whose work has ended, and give back what is left."""
    if costs_money(state, a) and state.purse.minutes[a] > 0:
        state.purse.closed[a] = 1
        settle(model, state, a)


@linked
def reserve(model: Any, state: Any, a: Any) -> None:
    """Take what goes on by itself until the next release, there or not."""
    purse, now = state.purse, own_index(model, a, state.count[NOW])
    minutes, k = minutes_paid(model, state, a), purse.sums[RELEASES]
    until = max(purse.minutes[a] - minutes, np.int64(0))  # after the last release: its end in the static pass
    if k < model.funding.minute.size:
        until = own_index(model, a, min(model.funding.minute[k], model.limits.last_minute)) - now
    take_cents(state, a, cost_by(state, a, minutes + until) - cost_by(state, a, minutes))


@linked
def charge(model: Any, state: Any, a: Any, cents: Any) -> None:
    """Charge whole cents to the program, to the project of a node (-1: none), and to the money of the year."""
    state.cents[0] += cents
    if a >= 0 and model.total[a] > 0:
        state.cents[model.total[a]] += cents
    if binds(model):
        state.purse.sums[FREE] -= cents


@apart
def open_standing(model: Any, state: Any, a: Any) -> None:
    """Let what goes on by itself begin with the first of what it follows."""
    for j in range(model.funding.open_ptr[a], model.funding.open_ptr[a + 1]):
        s = model.funding.opens[j]
        if state.purse.opened[s] == NOWHERE and costs_money(state, s):
            state.purse.opened[s] = own_index(model, s, state.count[NOW])
            reserve(model, state, s)


@apart
def close_standing(model: Any, state: Any, a: Any) -> None:
    """Let what goes on by itself end with the last of what it follows."""
    purse = state.purse
    for j in range(model.funding.close_ptr[a], model.funding.close_ptr[a + 1]):
        s = model.funding.closes[j]
        purse.open_ends[s] -= 1
        if purse.open_ends[s] == 0 and purse.opened[s] != NOWHERE:
            settle(model, state, s)
            purse.closed[s] = 1
