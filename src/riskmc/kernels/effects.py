"""Risk events, drivers and impacts, and the activity durations they make: arrays in, arrays out.

Rows are contiguous across the 256 iterations of a block. An *event* is a row of 0 and 1 (a risk occurs, an outcome
is chosen, an activity exists). An *effect* is a row of factors (1 where its event is off) or of additions (0 where
its event is off). Everything is in the order of the arrays, so nothing depends on threads or blocks. Rows are worked
on by one plain loop each from 0 to their size, in numbers of 32 bits: that is what the compiler turns into vectors;
a loop over part of a row, a sum that widens to 64 bits or an assignment to ``row[:]`` takes three to ten times as
long. A ``table`` is a named tuple of arrays (network/events.py, impacts.py, durations.py).
Method: Hulett (2009), risk drivers; semantics K1 to K5.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import entry, inner
from riskmc.kernels.intrinsics import add_i

MULTIPLIES, ADDS = 0, 1


@inner
def _fill(number: Any, work: Any) -> None:
    for i in range(work.size):
        work[i] = number


@inner
def _copy(row: Any, work: Any) -> None:
    for i in range(work.size):
        work[i] = row[i]


@entry
def occur(table: Any, scores: Any, events: Any) -> None:
    """Fill ``events[e]`` (uint8) of the drawn events: 1 where low[e] <= scores[score[e]] < high[e]."""
    for e in range(table.score.size):
        _between(scores[table.score[e]], table.low[e], table.high[e], events[e])


@entry
def depend(table: Any, scores: Any, events: Any) -> None:
    """Refill ``events[e]`` of the drawn events that hang on earlier ones, in order.

    The threshold is ``high[e]``, replaced in order by ``override_high`` where that event occurred (a response that
    works), then by the largest ``given_high`` among the given events that occurred, if any did (K5).
    """
    t = table
    for e in range(t.score.size):
        overrides = slice(t.override_ptr[e], t.override_ptr[e + 1])
        givens = slice(t.given_ptr[e], t.given_ptr[e + 1])
        if overrides.start < overrides.stop or givens.start < givens.stop:
            override = (t.override_event[overrides], t.override_high[overrides])
            given = (t.given_event[givens], t.given_high[givens])
            _conditional(scores[t.score[e]], t.low[e], t.high[e], override, given, events, events[e])


@inner
def _between(row: Any, low: Any, high: Any, out: Any) -> None:
    for i in range(out.size):
        out[i] = np.uint8((row[i] >= low) & (row[i] < high))


@inner
def _conditional(row: Any, low: Any, high: Any, override: Any, given: Any, events: Any, out: Any) -> None:
    override_event, override_high = override
    given_event, given_high = given
    for i in range(out.size):
        threshold = high
        for k in range(override_event.size):
            if events[override_event[k], i]:
                threshold = override_high[k]
        largest, found = np.float32(-np.inf), False
        for k in range(given_event.size):
            if events[given_event[k], i]:
                largest, found = max(largest, given_high[k]), True
        if found:
            threshold = largest
        out[i] = np.uint8((row[i] >= low) & (row[i] < threshold))


@entry
def combine(table: Any, events: Any) -> None:
    """Fill the events after the drawn ones with the conjunction of their terms: earlier events or their negations."""
    for c in range(table.term_ptr.size - 1):
        out = events[table.score.size + c]
        _fill(np.uint8(1), out)
        for k in range(table.term_ptr[c], table.term_ptr[c + 1]):
            _and(events[table.term_event[k]], table.term_negated[k], out)


@inner
def _and(row: Any, negated: Any, out: Any) -> None:
    for i in range(out.size):
        out[i] &= row[i] ^ negated


@entry
def strike(table: Any, values: Any, events: Any, effects: Any) -> None:
    """Fill ``effects[k]`` with values[value[k]] where event[k] occurs, else with the neutral value of its kind.

    ``event[k] < 0`` is always on.
    """
    for k in range(table.kind.size):
        row, event, out = values[table.value[k]], table.event[k], effects[k]
        if event < 0:
            _copy(row, out)
        else:
            _switch(row, events[event], row.dtype.type(1 - table.kind[k]), out)


@inner
def _switch(row: Any, on: Any, neutral: Any, out: Any) -> None:
    for i in range(out.size):
        out[i] = row[i] if on[i] else neutral


@entry
def split(table: Any, events: Any, effects: Any) -> None:
    """Scale the additions ``effects[k]`` that are split (K3): each keeps share / (sum of the weights that exist).

    ``share[k]`` is its own weight, and (``share_event``, ``share_weight``) are those of all that may share it.
    """
    for k in range(table.share.size):
        sharers = slice(table.share_ptr[k], table.share_ptr[k + 1])
        if sharers.start < sharers.stop:
            _split(table.share[k], table.share_event[sharers], table.share_weight[sharers], events, effects[k])


@inner
def _split(share: Any, sharer: Any, weight: Any, events: Any, out: Any) -> None:
    for i in range(out.size):
        total = 0.0
        for k in range(sharer.size):
            if sharer[k] < 0 or events[sharer[k], i]:
                total += weight[k]
        out[i] = out[i] * (share / total) if total > 0.0 else out[i] * 0.0


@entry
def largest(table: Any, effects: Any) -> None:
    """Fill the rows of groups, which follow the others, with the largest of their members (K4, members of one kind).

    For factors the largest is the one furthest from 1, for additions the one furthest from 0, weights included;
    the earlier member wins a tie.
    """
    number = effects.dtype.type
    for g in range(table.member_ptr.size - 1):
        out, neutral = effects[table.kind.size + g], number(1 - table.group_kind[g])
        _fill(neutral, out)
        for k in range(table.member_ptr[g], table.member_ptr[g + 1]):
            _furthest(effects[table.member_effect[k]], number(table.member_weight[k]), neutral, out)


@inner
def _furthest(row: Any, weight: Any, neutral: Any, out: Any) -> None:
    for i in range(out.size):
        candidate = row[i] * weight
        if abs(candidate - neutral) > abs(out[i] - neutral):
            out[i] = candidate


@entry
def durations(table: Any, values: Any, effects: Any, work: Any, first: Any, last: Any, out: Any, raised: Any) -> None:
    """Fill ``out`` (int32[n, B] working minutes) with base x factors + weighted additions, rounded once (T1, K1).

    ``base[a] < 0`` takes ``constant[a]``. Adds to ``raised`` (int64[n]) how many samples of the lanes first to
    last - 1 were raised to ``floor[a]`` from below zero.
    """
    base, constant, _, factor_ptr, _, addition_ptr, _, _ = table[:8]
    counted = work[first:last]
    for a in range(base.size):
        if base[a] < 0:
            _fill(constant[a], work)
        else:
            _copy(values[base[a]], work)
        _last(table, a, effects, work, out[a])
        if base[a] >= 0 or factor_ptr[a] < factor_ptr[a + 1] or addition_ptr[a] < addition_ptr[a + 1]:
            raised[a] += _below_zero(counted)


@inner
def _last(table: Any, a: Any, effects: Any, work: Any, out: Any) -> None:
    """Fill ``out`` with the minutes of node ``a``, whose base is in ``work``."""
    _, _, floor, factor_ptr, factor, addition_ptr, addition, weight = table[:8]
    for k in range(factor_ptr[a], factor_ptr[a + 1]):
        _times(effects[factor[k]], work)
    for k in range(addition_ptr[a], addition_ptr[a + 1]):
        _plus(effects[addition[k]], weight[k], work)
    _round(work, floor[a], out)


@inner
def _times(row: Any, work: Any) -> None:
    for i in range(work.size):
        work[i] *= row[i]


@inner
def _plus(row: Any, weight: Any, work: Any) -> None:
    for i in range(work.size):
        work[i] += weight * row[i]


@inner
def _round(work: Any, floor: Any, out: Any) -> None:
    for i in range(work.size):
        minutes = np.int32(np.floor(work[i] + np.float32(0.5)))
        out[i] = minutes if minutes > floor else floor


@inner
def _below_zero(row: Any) -> Any:
    count = np.int32(0)
    for i in range(row.size):
        count = add_i(count, np.int32(row[i] < np.float32(0)))
    return count


@entry
def compete(table: Any, values: Any, effects: Any, out: Any) -> None:
    """Refill ``out`` for the nodes with parallel groups of both kinds: of each group only the largest change counts.

    The change of a factor is (factor - 1) x base x drivers, of an addition its minutes (K4). The first
    ``mixed_drivers[j]`` factors of a node are drivers. Slow and rare: one iteration after the other.
    """
    for j in range(table.mixed_node.size):
        for i in range(out.shape[1]):
            a = table.mixed_node[j]
            minutes = _with_largest(table, j, a, i, values, effects)
            out[a, i] = max(np.int32(np.floor(minutes + np.float32(0.5))), table.floor[a])


@inner
def _with_largest(table: Any, j: Any, a: Any, i: Any, values: Any, effects: Any) -> Any:
    """Return the minutes of node a in lane i."""
    t = table
    before = t.constant[a] if t.base[a] < 0 else values[t.base[a], i]
    drivers = t.factor_ptr[a] + t.mixed_drivers[j]
    for k in range(t.factor_ptr[a], drivers):
        before *= effects[t.factor[k], i]
    after, added = before, np.float32(0)
    for k in range(drivers, t.factor_ptr[a + 1]):
        after *= effects[t.factor[k], i]
    for k in range(t.addition_ptr[a], t.addition_ptr[a + 1]):
        added += t.weight[k] * effects[t.addition[k], i]
    k = t.rival_ptr[j]
    while k < t.rival_ptr[j + 1]:
        best, change, group = -1, np.float32(0), t.rival_group[k]
        while k < t.rival_ptr[j + 1] and t.rival_group[k] == group:
            size = effects[t.rival[k], i]
            delta = (size - np.float32(1)) * before if t.rival_kind[k] == MULTIPLIES else size * t.rival_weight[k]
            if abs(delta) > abs(change):
                best, change = k, delta
            k += 1
        if best >= 0 and t.rival_kind[best] == MULTIPLIES:
            after *= effects[t.rival[best], i]
        elif best >= 0:
            added += change
    return after + added


@entry
def whole_minutes(value: Any, constant: Any, values: Any, out: Any) -> None:
    """Fill ``out[r]`` (int32, minutes) with values[value[r]] + constant[r], rounded once: sampled lags and slips."""
    for r in range(value.size):
        row = values[value[r]]
        for i in range(row.size):
            out[r, i] = np.int32(np.floor(row[i] + constant[r] + np.float32(0.5)))


@entry
def exist(node: Any, event: Any, events: Any, out: Any) -> None:
    """Set ``out[node[j]]`` (uint8[n, B]) to the event that decides whether the activity exists; the rest stays."""
    for j in range(node.size):
        _copy(events[event[j]], out[node[j]])
