"""Approvals: those who must agree decide, the known ones first, then those who turn out to have a say.

An approval is asked for when the work of its activity is done. The known approvers form one round, those discovered
another after it. In a round they decide side by side or one after the other; every one needs the units of the approval
while deciding and takes them before work does, as soon as there are enough. When all of a round have decided and one
has rejected, work is sent back (kernels/discrete_event/rework.py) and the same approvers are asked anew; after
``at_most`` rejections the work is approved as it is. Approvers are counted over all rounds: that number is the
occurrence of their draws (D6).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import linked
from riskmc.kernels.discrete_event.apart import apart
from riskmc.kernels.discrete_event.clocks import over_at, worked_by
from riskmc.kernels.discrete_event.codes import (
    APPROVAL,
    ASKED,
    DECIDED,
    DECIDES,
    GATE,
    NOW,
    OVERRULED,
    REJECTED,
)
from riskmc.kernels.discrete_event.drawing import comes_true, whole
from riskmc.kernels.discrete_event.heap import push
from riskmc.kernels.discrete_event.record import log
from riskmc.kernels.discrete_event.rework import (
    AGAINST,
    APPROVERS,
    ASKED_NOW,
    BEGUN,
    DECISIONS,
    PASSES,
    REDOS,
    ROUND,
    WAITS,
    WAIVED,
    let_through,
    may_judge,
    send_back,
    threshold_of,
)

# Counters: ROUND 0 the known approvers, 1 those discovered.  BEGUN and DECISIONS of those asked now.  APPROVERS that
# have begun, in all.  AGAINST whether one has rejected.  WAITS whether the activity waits for the decisions.


@apart
def ask(model: Any, state: Any, loop: Any) -> Any:
    """Ask the approvers of the round that is due; return whether nobody is left to ask, and nothing else to pass.

    Approvers who were deciding when their activity was sent back by others finish first; then the round is new.
    """
    p = model.rework.approval[loop]
    one = state.redo.approvals[p]
    if not may_judge(model, state, loop) or one[WAITS]:
        return False
    if one[BEGUN] > one[DECISIONS]:
        return False
    while one[ROUND] < 2:
        number = _approvers(model, state, p, one[ROUND])
        if number > 0:
            _open(model, state, loop, number)
            return False
        one[ROUND] += 1
    one[ROUND] = 0
    return let_through(model, state, loop)


@linked
def _approvers(model: Any, state: Any, p: Any, which: Any) -> Any:
    """Return how many approvers a round has."""
    if which == 0:
        return model.approvals.known[p]
    row = model.approvals.discovered[p]
    return np.int64(0) if row < 0 else whole(state, row, np.int64(0))


@linked
def _open(model: Any, state: Any, loop: Any, number: Any) -> None:
    """Begin a round; the next dispatch lets the approvers begin."""
    one = state.redo.approvals[model.rework.approval[loop]]
    one[ASKED_NOW], one[BEGUN], one[DECISIONS], one[AGAINST], one[WAITS] = number, 0, 0, 0, 1
    state.redo.loops[loop, PASSES] += 1
    state.disturbed[model.rework.node[loop]] = 1
    log(state, ASKED, model.rework.node[loop], number)


@apart
def seat(model: Any, state: Any) -> None:
    """Let every approver begin who is asked and has the units, in the order of the approvals."""
    for p in range(state.redo.approvals.shape[0]):
        one = state.redo.approvals[p]
        if not one[WAITS]:
            continue
        while one[BEGUN] < one[ASKED_NOW] and not (model.approvals.sequence[p] and one[BEGUN] > one[DECISIONS]):
            if not _free(model, state, p):
                break
            _decide(model, state, p)


@linked
def _free(model: Any, state: Any, p: Any) -> Any:
    """Return whether an approver can have the units that each needs."""
    table, enough = model.approvals, True
    for d in range(table.ptr[p], table.ptr[p + 1]):
        if state.free[table.pool[d]] < table.units[d]:
            enough = False
    return enough


@linked
def _decide(model: Any, state: Any, p: Any) -> None:
    """Let the next approver begin: how long it takes is drawn, and whether the answer will be no."""
    table, one = model.approvals, state.redo.approvals[p]
    loop = table.loop[p]
    for d in range(table.ptr[p], table.ptr[p + 1]):
        state.free[table.pool[d]] -= table.units[d]
    now, k = state.count[NOW], one[APPROVERS]
    minutes = whole(state, table.takes[p], k)
    chance, number = model.rework.chance[loop], state.redo.loops[loop, REDOS] + 1
    if chance >= 0 and comes_true(state, chance, k, threshold_of(model, loop, number)):
        one[AGAINST] = 1
    one[BEGUN] += 1
    one[APPROVERS] += 1
    log(state, DECIDES, model.rework.node[loop], one[APPROVERS])
    clock = table.clock[p]
    push(state, over_at(model, state, clock, worked_by(model, state, clock, now) + minutes) if minutes else now,
         APPROVAL, p)  # fmt: skip


@apart
def decided(model: Any, state: Any, p: Any) -> Any:
    """Note one decision; return whether nothing stands between the activity and its finish any more."""
    table, one = model.approvals, state.redo.approvals[p]
    loop = table.loop[p]
    for d in range(table.ptr[p], table.ptr[p + 1]):
        state.free[table.pool[d]] += table.units[d]
    one[DECISIONS] += 1
    log(state, DECIDED, model.rework.node[loop], one[DECISIONS])
    if not one[WAITS]:
        if one[BEGUN] == one[DECISIONS]:
            push(state, state.count[NOW], GATE, loop)
        return False
    if one[DECISIONS] < one[ASKED_NOW]:
        return False
    one[WAITS] = 0
    return _conclude(model, state, loop, one)


@linked
def _conclude(model: Any, state: Any, loop: Any, one: Any) -> Any:
    """Draw the conclusion of a round in which all have decided."""
    if one[AGAINST]:
        a, number = model.rework.node[loop], state.redo.loops[loop, REDOS] + 1
        if state.redo.loops[loop, REDOS] < model.rework.at_most[loop]:
            log(state, REJECTED, a, number)
            send_back(model, state, loop)
            return False
        log(state, OVERRULED, a, number)
        state.redo.loops[loop, WAIVED] += 1
    one[ROUND] += 1
    return ask(model, state, loop)
