"""Work that is sent back: done work becomes unfinished again, and what waits for it waits again.

A loop (network/dynamics/rework.py) is a quality gate or an approval. When it fails, a share of the work of its members
is added to them; each needs its units again and waits, as at first, for those of them that lie before it. What has not
begun behind a member waits for it again; what runs goes on, or stops and gives back its units until the members it
builds on are done again. Source: Pritsker (1966), GERT: networks with loops.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.apart import apart
from riskmc.kernels.discrete_event.codes import (
    AHEAD,
    AT_GATE,
    DATED,
    DONE,
    FULL,
    GATE,
    HELD,
    NOW,
    NOWHERE,
    PAUSED,
    QUEUED,
    RUNNING,
    STOPPED,
    SUSPENDED,
    TAKEN_BACK,
    TO_REDO,
    UNFINISHED,
)
from riskmc.kernels.discrete_event.drawing import chance_below, comes_true, size
from riskmc.kernels.discrete_event.heap import push
from riskmc.kernels.discrete_event.readiness import (
    AWAITED_FINISH,
    REDO_ONLY,
    leave_queue,
    release_redone,
)
from riskmc.kernels.discrete_event.record import log
from riskmc.kernels.discrete_event.units import GIVE, take_units
from riskmc.kernels.discrete_event.work import book, plan_finish

# Counters of a loop: tests, redos, members that are not done again, failures waived, and minutes of work done again.
PASSES, REDOS, OPEN, WAIVED, REDONE = range(5)
LOOP_COUNTERS = 5
ROUND, ASKED_NOW, BEGUN, DECISIONS, APPROVERS, AGAINST, WAITS = range(7)  # counters of an approval (approvals.py)
APPROVAL_COUNTERS = 7
_RESTART = 2


@linked
def forget_rework(state: Any) -> None:
    """Put loops and approvals where they are before the first event."""
    for a in range(state.redo.judged.size):
        state.redo.judged[a] = state.redo.minutes[a] = 0
    for p in range(state.redo.approvals.shape[0]):
        for j in range(APPROVAL_COUNTERS):
            state.redo.approvals[p, j] = 0
    for loop in range(state.redo.loops.shape[0]):
        for j in range(LOOP_COUNTERS):
            state.redo.loops[loop, j] = 0
    for m in range(state.redo.awaited.size):
        state.redo.awaited[m] = 0


@linked
def await_judgement(model: Any, state: Any, a: Any) -> Any:
    """Return whether worked activity ``a`` must be let through by a loop first; if so, it is tested now.

    It is tested later where members of the loop are still to be done again.
    """
    if model.rework.node.size == 0:
        return False
    loop = model.rework.first[a]
    if loop < 0 or state.redo.judged[a] or not state.exists[a]:
        return False
    state.phase[a], state.left[a], state.disturbed[a] = AT_GATE, 0, 1
    if state.redo.loops[loop, OPEN] == 0:
        push(state, state.count[NOW], GATE, loop)
    return True


@linked
def may_judge(model: Any, state: Any, loop: Any) -> Any:
    """Return whether a loop can test now: its activity is worked, it is its turn, and all members are done again."""
    a = model.rework.node[loop]
    return (
        state.phase[a] == AT_GATE
        and state.redo.judged[a] == model.rework.level[loop]
        and state.redo.loops[loop, OPEN] == 0
    )


@linked
def threshold_of(model: Any, loop: Any, number: Any) -> Any:
    """Return the score below which pass ``number``, from 1, of a loop fails; the last one said holds on."""
    rework = model.rework
    return rework.threshold[min(rework.threshold_ptr[loop] + number - 1, rework.threshold_ptr[loop + 1] - 1)]


@linked
def fails(model: Any, state: Any, loop: Any, number: Any, k: Any) -> Any:
    """Return whether the test of pass ``number``, from 1, fails; ``k`` is its occurrence. Tired people fail more."""
    rework, threshold = model.rework, threshold_of(model, loop, number)
    errors = state.manage.errors[rework.node[loop]]
    if errors == 1.0:
        return comes_true(state, rework.chance[loop], k, threshold)
    return chance_below(size(state, rework.chance[loop], k)) < errors * chance_below(threshold)


@linked
def let_through(model: Any, state: Any, loop: Any) -> Any:
    """Let an activity pass a loop; return whether that was the last one it had to pass."""
    a = model.rework.node[loop]
    state.redo.judged[a] += 1
    if model.rework.following[loop] < 0:
        return True
    push(state, state.count[NOW], GATE, model.rework.following[loop])
    return False


@apart
def send_back(model: Any, state: Any, loop: Any) -> None:
    """Add a share of their work to the members of a loop; where it comes to nothing, the loop tests again at once."""
    rework = model.rework
    share, any_again = size(state, rework.share[loop], state.redo.loops[loop, REDOS]), False
    for m in range(rework.member_ptr[loop], rework.member_ptr[loop + 1]):
        state.redo.again[m] = _reopen(model, state, m, share, state.redo.loops[loop, REDOS])
    state.redo.loops[loop, REDOS] += 1
    state.disturbed[rework.node[loop]] = 1
    for m in range(rework.member_ptr[loop], rework.member_ptr[loop + 1]):
        if state.redo.again[m]:
            _hold_behind(model, state, rework.member[m])
            any_again = True
    if any_again:
        _stop_behind(model, state, loop)
    for m in range(rework.member_ptr[loop], rework.member_ptr[loop + 1]):
        b = rework.member[m]
        if state.redo.again[m] and state.phase[b] == AHEAD and state.missing[b] == 0:
            release_redone(model, state, b)
    if state.redo.loops[loop, OPEN] == 0 and state.phase[rework.node[loop]] == AT_GATE:
        push(state, state.count[NOW], GATE, loop)


@linked
def _reopen(model: Any, state: Any, m: Any, share: Any, k: Any) -> Any:
    """Add the work of redo ``k`` to a member that has begun; return whether there is any."""
    rework = model.rework
    b = rework.member[m]
    if state.began[b] == NOWHERE or not state.exists[b]:
        return False
    whole = np.float64(state.work[b]) if rework.anew[m] < 0 else size(state, rework.anew[m], k)
    minutes = np.int64(np.floor(share * whole * rework.times[m] + 0.5))
    if minutes <= 0:
        return False
    log(state, TO_REDO, b, minutes)
    state.redo.minutes[b] += minutes
    state.redo.loops[rework.loop[m], REDONE] += minutes
    state.redo.judged[b] = 0
    if b != rework.node[rework.loop[m]] and not state.redo.awaited[m]:
        state.redo.awaited[m] = 1
        state.redo.loops[rework.loop[m], OPEN] += 1
    _add_to_begun(model, state, b, minutes)
    return True


@linked
def _add_to_begun(model: Any, state: Any, b: Any, minutes: Any) -> None:
    """Add work to an activity that has begun; what was worked, and waits for nothing but its finish, opens again."""
    phase = state.phase[b]
    if phase == RUNNING and state.holding[b]:
        book(model, state, b)
        state.left[b] += minutes * FULL
        plan_finish(model, state, b)
    elif phase in (DONE, HELD, AT_GATE, RUNNING):
        state.count[UNFINISHED] += phase == DONE
        _recall(model, state, b)
        state.left[b], state.interrupted.done[b] = minutes * FULL, 0
        state.disturbed[b] = 1
        state.due[b] = state.done_at[b] = NOWHERE
        state.phase[b] = AHEAD
        _await_unfinished(model, state, b)
    else:
        state.left[b] += minutes * FULL


@linked
def _recall(model: Any, state: Any, b: Any) -> None:
    """Let the approvers of an activity that opens again wait for it; who is deciding decides on what is no more."""
    loop = model.rework.first[b]
    while loop >= 0:
        if model.rework.approval[loop] >= 0:
            state.redo.approvals[model.rework.approval[loop], WAITS] = 0
        loop = model.rework.following[loop]


@linked
def _await_unfinished(model: Any, state: Any, b: Any) -> None:
    """Let an activity that opens again wait for what is unfinished before it."""
    waits = model.waits
    for w in range(waits.ptr[b], waits.ptr[b + 1]):
        if waits.finish[w] and state.waiting[w] != AWAITED_FINISH and state.phase[waits.before[w]] != DONE:
            state.waiting[w] = AWAITED_FINISH
            state.missing[b] += 1


@linked
def _hold_behind(model: Any, state: Any, b: Any) -> None:
    """Let what has not begun behind an activity that opens again, or is to be done again itself, wait for it."""
    waits = model.waits
    if state.phase[b] != AHEAD:
        return
    for j in range(waits.next_ptr[b], waits.next_ptr[b + 1]):
        w = waits.next[j]
        c = waits.after[w]
        if not waits.finish[w] or state.waiting[w] == AWAITED_FINISH:
            continue
        if waits.finish[w] == REDO_ONLY and state.began[c] == NOWHERE:
            continue
        if state.phase[c] in (AHEAD, DATED, QUEUED):
            state.waiting[w] = AWAITED_FINISH
            state.missing[c] += 1
            _take_back(state, c, b)


@linked
def _take_back(state: Any, c: Any, b: Any) -> None:
    """Let an activity wait that was already released."""
    if state.phase[c] == QUEUED:
        leave_queue(state, c)
    if state.phase[c] != AHEAD:
        state.phase[c], state.due[c] = AHEAD, NOWHERE
        log(state, TAKEN_BACK, c, b)


@linked
def _stop_behind(model: Any, state: Any, loop: Any) -> None:
    """Stop what works on the results of the members, if the loop says so, until they are done again."""
    rework = model.rework
    for j in range(rework.behind_ptr[loop], rework.behind_ptr[loop + 1]):
        c = rework.behind[j]
        phase = state.phase[c]
        if not (phase in (PAUSED, SUSPENDED) or (phase == RUNNING and state.holding[c])):
            continue
        if phase == RUNNING:
            book(model, state, c)
        elif phase == SUSPENDED:
            leave_queue(state, c)
        take_units(model, state, c, GIVE)
        log(state, STOPPED, c, rework.node[loop])
        if rework.successors[loop] == _RESTART:
            _start_over(state, c, loop)
        state.phase[c], state.due[c], state.rate[c], state.disturbed[c] = AHEAD, NOWHERE, 0, 1
        _await_unfinished(model, state, c)
        if state.missing[c] == 0:
            release_redone(model, state, c)


@linked
def _start_over(state: Any, c: Any, loop: Any) -> None:
    """Throw away the work done on an activity."""
    lost = state.interrupted.done[c] // FULL
    state.left[c] += state.interrupted.done[c]
    state.interrupted.done[c] = 0
    if lost > 0:
        state.redo.minutes[c] += lost
        state.redo.loops[loop, REDONE] += lost
        log(state, TO_REDO, c, lost)


@linked
def tell_loops(model: Any, state: Any, b: Any) -> None:
    """Tell the loops that sent ``b`` back that it is done again; with the last one done, they test anew."""
    rework = model.rework
    for j in range(rework.slot_ptr[b], rework.slot_ptr[b + 1]):
        m = rework.slot[j]
        if state.redo.awaited[m]:
            loop = rework.loop[m]
            state.redo.awaited[m] = 0
            state.redo.loops[loop, OPEN] -= 1
            if state.redo.loops[loop, OPEN] == 0 and state.phase[rework.node[loop]] == AT_GATE:
                push(state, state.count[NOW], GATE, loop)
