"""From predecessors to eligibility: what a node waits for, when its start is computed, and when it is released."""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.apart import apart
from riskmc.kernels.discrete_event.codes import (
    AHEAD,
    BEYOND,
    COMPLETION,
    DATED,
    DONE,
    ELIGIBLE,
    HELD,
    NOW,
    NOWHERE,
    QUEUED,
    RELEASE,
    RUNNING,
    STATUS,
    TIED,
)
from riskmc.kernels.discrete_event.heap import push
from riskmc.kernels.discrete_event.losing import work_of
from riskmc.kernels.discrete_event.record import log
from riskmc.kernels.discrete_event.steps import bind, evaluate
from riskmc.kernels.discrete_event.work import finish_of, start_of

_NOTHING, _START, _FINISH = np.int64(0), np.int64(1), np.int64(2)  # what a wait is for
AWAITED_FINISH = _FINISH
_LOSES = np.int64(1)
REDO_ONLY = 2  # a wait of work that is done again alone, and not of its first time


@linked
def count_waits(model: Any, state: Any) -> None:
    """Say of every wait what it is for in this replication, and of every node how many it has (D0)."""
    waits = model.waits
    for w in range(waits.certain.size):
        state.waiting[w] = waits.certain[w]
        state.holds[w] = 0
    for a in range(state.phase.size):
        state.missing[a] = waits.least[a]
    state.count[TIED] = waits.tied
    for i in range(waits.doubtful.size):
        w = waits.doubtful[i]
        a, before, kind = waits.after[w], waits.before[w], _FINISH if waits.finish[w] else _START
        if model.steps.takes_least[a]:
            state.waiting[w], state.missing[a] = kind, 1  # whichever happens first
            state.count[TIED] += kind == _START
            continue
        state.waiting[w] = kind if waits.strict[w] else _seen(model, state, a, before, kind)
        if waits.ends[w] and state.waiting[w] != _NOTHING and not _pushes(model, state, a, waits.link[w]):
            state.waiting[w] = _NOTHING
        state.missing[a] += state.waiting[w] != _NOTHING
        state.holds[w] = waits.ends[w] and _can_hold(model, state, a, before, waits.ends[w])
        state.count[TIED] += state.waiting[w] == _START or state.holds[w] != 0


@linked
def _seen(model: Any, state: Any, a: Any, before: Any, kind: Any) -> Any:
    """Return what of ``before`` lies no later than the start of ``a`` in the static pass: finish, start or nothing."""
    start = min(start_of(model, a, state.pool), finish_of(model, a, state.pool))
    if kind == _FINISH and finish_of(model, before, state.pool) <= start:
        return _FINISH
    early = min(start_of(model, before, state.pool), finish_of(model, before, state.pool))
    return _START if early <= start else _NOTHING


@linked
def _pushes(model: Any, state: Any, a: Any, link: Any) -> Any:
    """Return whether a link to its finish pushes node ``a`` in the static pass, whose dates are computed once more."""
    if model.steps.pushed[a]:
        return True
    compute(model, state, a)
    return state.tight[link] != 0


@linked
def _can_hold(model: Any, state: Any, a: Any, before: Any, end: Any) -> Any:
    """Return whether what the link holds the finish of ``a`` for lies no later in the static pass."""
    finish = finish_of(model, a, state.pool)
    held_for = finish_of(model, before, state.pool) if end == 1 else start_of(model, before, state.pool)
    return held_for <= finish


@linked
def notify(model: Any, state: Any, a: Any, kind: Any) -> None:
    """Tell what waits for the start, or the finish, of node ``a``."""
    waits, tied = model.waits, state.count[TIED] > 0
    for j in range(waits.next_ptr[a], waits.next_ptr[a + 1]):
        w = waits.next[j]
        b = waits.after[w]
        if state.waiting[w] == kind:
            state.waiting[w] = _NOTHING
            miss_one_less(model, state, b)
        if tied and state.holds[w] and state.phase[b] == HELD:
            let_finish(model, state, b)


@linked
def miss_one_less(model: Any, state: Any, a: Any) -> None:
    """Note that one thing has happened for which node ``a`` waited; with the last one its start is computed."""
    state.missing[a] -= 1
    if state.missing[a] == 0 and state.phase[a] == AHEAD:
        find_release(model, state, a)


@linked
def notify_start(model: Any, state: Any, a: Any) -> None:
    """Tell what waits for the start of node ``a``."""
    if state.count[TIED] > 0:
        notify(model, state, a, _START)


@linked
def notify_finish(model: Any, state: Any, a: Any) -> None:
    """Tell what waits for the finish of node ``a``; whatever waits for its start knows too."""
    notify(model, state, a, _FINISH)


@linked
def compute(model: Any, state: Any, a: Any) -> None:
    """Carry out the forward pass of node ``a`` with what has happened, and what is planned, so far."""
    state.pool[state.phase.size + a] = state.duration[a]
    beyond = evaluate(model, state, a, state.pool, state.exists, state.tight, _LOSES)
    if beyond > 0:
        state.count[STATUS] = BEYOND


@apart
def compute_first(model: Any, state: Any, a: Any) -> None:
    """Let a node stand at the first of its links that has happened; what has not lies ahead, whatever was planned."""
    compute(model, state, a)
    waits, first = model.waits, np.int64(state.count[NOW])
    for w in range(waits.ptr[a], waits.ptr[a + 1]):
        b = waits.before[w]
        if waits.finish[w] and state.phase[b] == DONE:
            first = min(first, finish_of(model, b, state.pool))
        elif not waits.finish[w] and state.began[b] != NOWHERE:
            first = min(first, start_of(model, b, state.pool))
    if state.pool[a] < first:
        state.pool[a] = state.pool[state.phase.size + a] = np.int32(first)
        bind(model, state.pool, state.tight, a)


@linked
def _compute_due(model: Any, state: Any, a: Any) -> None:
    """Carry out the forward pass of a node that misses nothing."""
    if model.steps.takes_least[a]:
        compute_first(model, state, a)
    else:
        compute(model, state, a)


@linked
def _compute_pushed(model: Any, state: Any, a: Any) -> None:
    """Carry out the forward pass of a node that stands as late as possible: no sooner than in the static pass."""
    n, late, late_finish = state.phase.size, state.pool[a], state.pool[state.phase.size + a]
    moment_row = model.steps.moment_row[a]
    moment = state.pool[moment_row] if moment_row >= 0 else np.int32(0)
    _compute_due(model, state, a)
    if late > state.pool[a]:
        state.pool[a], state.pool[n + a] = late, late_finish
        if moment_row >= 0:
            state.pool[moment_row] = moment
        for j in range(model.chain.ptr[a], model.chain.ptr[a + 1]):
            state.tight[model.chain.row[j]] = 0  # no link drives it where it stands


@linked
def find_release(model: Any, state: Any, a: Any) -> None:
    """Compute the start of a node that misses nothing; from that instant on it is eligible."""
    if state.began[a] != NOWHERE:
        _release_again(model, state, a)
        return
    state.exists[a] = state.possible[a]  # what its dates make of it is decided now
    if model.steps.pushed[a]:
        _compute_pushed(model, state, a)
    else:
        _compute_due(model, state, a)
    state.work[a] = work_of(model, state, a)
    release = start_of(model, a, state.pool) if state.work[a] else finish_of(model, a, state.pool)
    state.release[a] = max(release, state.count[NOW])
    if state.work[a] and release < state.count[NOW]:
        state.disturbed[a] = 1  # its links came late: nothing is worked before they have happened
    _date(state, a, state.release[a])


@apart
def release_redone(model: Any, state: Any, a: Any) -> None:
    """Compute the start of a node that waited for what was done again, and misses nothing now."""
    find_release(model, state, a)


@linked
def _release_again(model: Any, state: Any, a: Any) -> None:
    """Compute when a node that has begun may go on: its links and their lags hold again, its start stays."""
    start, exists = state.pool[a], state.exists[a]
    compute(model, state, a)
    release = max(start_of(model, a, state.pool), state.count[NOW])
    state.pool[a], state.exists[a] = start, exists
    _date(state, a, release)


@linked
def _date(state: Any, a: Any, release: Any) -> None:
    """Make a node eligible at an instant: now, or then."""
    if release > state.count[NOW]:
        state.phase[a], state.due[a] = DATED, release
        push(state, release, RELEASE, a)
    else:
        make_eligible(state, a)


@linked
def make_eligible(state: Any, a: Any) -> None:
    """Put a node before the next dispatch."""
    state.phase[a] = QUEUED
    log(state, ELIGIBLE, a, _NOTHING)
    await_dispatch(state, a)


@linked
def await_dispatch(state: Any, a: Any) -> None:
    """Add a node to those that the next dispatch looks at."""
    state.fresh[state.size[1]] = a
    state.size[1] += 1


@linked
def leave_queue(state: Any, a: Any) -> None:
    """Take a node out of the queue, or out of what the next dispatch looks at."""
    _leave(state.queue, state.size, np.int64(0), a)
    _leave(state.fresh, state.size, np.int64(1), a)


@linked
def _leave(nodes: Any, size: Any, which: Any, a: Any) -> None:
    """Take a node out of a list, if it is in it; the others keep their order."""
    kept = 0
    for i in range(size[which]):
        if nodes[i] != a:
            nodes[kept] = nodes[i]
            kept += 1
    size[which] = kept


@linked
def finish_is_held(model: Any, state: Any, a: Any) -> Any:
    """Return whether a link still holds the finish of worked node ``a``: FF until a finish, SF until a start."""
    waits = model.waits
    if state.count[TIED] == 0:
        return False
    for w in range(waits.ptr[a], waits.ptr[a + 1]):
        before = waits.before[w]
        if state.holds[w] and (state.phase[before] != DONE if waits.ends[w] == 1 else state.began[before] < 0):
            return True
    return False


@linked
def let_finish(model: Any, state: Any, a: Any) -> None:
    """Plan the finish of worked node ``a`` once no link holds it: now, or when its bound says."""
    if finish_is_held(model, state, a):
        return
    start, exists = state.pool[a], state.exists[a]
    compute(model, state, a)
    state.pool[a], state.exists[a] = start, exists
    bound = finish_of(model, a, state.pool)
    if bound < state.count[NOW]:
        state.disturbed[a] = 1
    state.phase[a] = RUNNING
    state.rate[a], state.left[a] = 0, 0
    state.due[a] = max(bound, state.count[NOW])
    push(state, state.due[a], COMPLETION, a)
