"""Risk events, drivers and impacts, and the activity durations they make: arrays in, arrays out.

Rows are contiguous across the 256 iterations of a block. An *event* is a row of 0 and 1 (a risk occurs, an outcome
is chosen, an activity exists). An *effect* is a row of factors (1 where its event is off) or of additions (0 where
its event is off). Everything is in the order of the arrays, so nothing depends on threads or blocks. Rows are worked
on by one plain loop each from 0 to their size, in numbers of 32 bits: that is what the compiler turns into vectors;
a loop over part of a row, a sum that widens to 64 bits or an assignment to ``row[:]`` takes three to ten times as
long. Method: Hulett (2009), risk drivers; semantics K1 to K5.
"""

from __future__ import annotations

import numpy as np

from riskmc.kernels.compiled import entry, inner
from riskmc.kernels.intrinsics import add_i

MULTIPLIES, ADDS = 0, 1


@inner
def _fill(number, work):
    for i in range(work.size):
        work[i] = number


@inner
def _copy(row, work):
    for i in range(work.size):
        work[i] = row[i]


@entry
def occur(score, low, high, scores, events):
    """Fill ``events[e]`` (uint8): 1 where low[e] <= scores[score[e]] < high[e]."""
    for e in range(score.size):
        _between(scores[score[e]], low[e], high[e], events[e])


@entry
def depend(
    score, low, high, override_ptr, override_event, override_high, given_ptr, given_event, given_high, scores, events
):
    """Refill ``events[e]`` of the events that hang on earlier ones, in order.

    The threshold is ``high[e]``, replaced in order by ``override_high`` where that event occurred (a response that
    works), then by the largest ``given_high`` among the given events that occurred, if any did (K5).
    """
    for e in range(score.size):
        overrides, givens = slice(override_ptr[e], override_ptr[e + 1]), slice(given_ptr[e], given_ptr[e + 1])
        if overrides.start < overrides.stop or givens.start < givens.stop:
            _conditional(
                scores[score[e]],
                low[e],
                high[e],
                override_event[overrides],
                override_high[overrides],
                given_event[givens],
                given_high[givens],
                events,
                events[e],
            )


@inner
def _between(row, low, high, out):
    for i in range(out.size):
        out[i] = np.uint8((row[i] >= low) & (row[i] < high))


@inner
def _conditional(row, low, high, override_event, override_high, given_event, given_high, events, out):
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
def combine(term_ptr, term_event, term_negated, first, events):
    """Fill ``events[first + c]`` with the conjunction of its terms, each an earlier event or its negation."""
    for c in range(term_ptr.size - 1):
        out = events[first + c]
        _fill(np.uint8(1), out)
        for k in range(term_ptr[c], term_ptr[c + 1]):
            _and(events[term_event[k]], term_negated[k], out)


@inner
def _and(row, negated, out):
    for i in range(out.size):
        out[i] &= row[i] ^ negated


@entry
def strike(kind, value, event, values, events, effects):
    """Fill ``effects[k]`` with values[value[k]] where event[k] occurs, else with the neutral value of its kind.

    ``event[k] < 0`` is always on.
    """
    for k in range(kind.size):
        row, out = values[value[k]], effects[k]
        if event[k] < 0:
            _copy(row, out)
        else:
            _switch(row, events[event[k]], row.dtype.type(1 - kind[k]), out)


@inner
def _switch(row, on, neutral, out):
    for i in range(out.size):
        out[i] = row[i] if on[i] else neutral


@entry
def split(share, share_ptr, share_event, share_weight, events, effects):
    """Scale the additions ``effects[k]`` that are split (K3): each keeps share / (sum of the weights that exist).

    ``share[k]`` is its own weight, and (``share_event``, ``share_weight``) are those of all that may share it.
    """
    for k in range(share.size):
        if share_ptr[k] < share_ptr[k + 1]:
            sharers = slice(share_ptr[k], share_ptr[k + 1])
            _split(share[k], share_event[sharers], share_weight[sharers], events, effects[k])


@inner
def _split(share, sharer, weight, events, out):
    for i in range(out.size):
        total = 0.0
        for k in range(sharer.size):
            if sharer[k] < 0 or events[sharer[k], i]:
                total += weight[k]
        out[i] = out[i] * (share / total) if total > 0.0 else out[i] * 0.0


@entry
def largest(member_ptr, member_effect, member_weight, kind, first, effects):
    """Fill ``effects[first + g]`` with the largest of its members in each iteration (K4, members of one kind).

    For factors the largest is the one furthest from 1, for additions the one furthest from 0, weights included;
    the earlier member wins a tie.
    """
    for g in range(member_ptr.size - 1):
        out = effects[first + g]
        neutral = effects.dtype.type(1 - kind[g])
        _fill(neutral, out)
        for k in range(member_ptr[g], member_ptr[g + 1]):
            _furthest(effects[member_effect[k]], effects.dtype.type(member_weight[k]), neutral, out)


@inner
def _furthest(row, weight, neutral, out):
    for i in range(out.size):
        candidate = row[i] * weight
        if abs(candidate - neutral) > abs(out[i] - neutral):
            out[i] = candidate


@entry
def durations(
    base, constant, floor, factor_ptr, factor, addition_ptr, addition, weight, values, effects, work, first, last, out
):
    """Fill ``out`` (int32[n, B] working minutes) with base x factors + weighted additions, rounded once (T1, K1).

    ``base[a] < 0`` takes ``constant[a]``. Returns how many samples of the lanes first to last - 1 were raised to
    ``floor[a]`` from below zero.
    """
    raised, counted = 0, work[first:last]
    for a in range(base.size):
        if base[a] < 0:
            _fill(constant[a], work)
        else:
            _copy(values[base[a]], work)
        for k in range(factor_ptr[a], factor_ptr[a + 1]):
            _times(effects[factor[k]], work)
        for k in range(addition_ptr[a], addition_ptr[a + 1]):
            _plus(effects[addition[k]], weight[k], work)
        _round(work, floor[a], out[a])
        if base[a] >= 0 or factor_ptr[a] < factor_ptr[a + 1] or addition_ptr[a] < addition_ptr[a + 1]:
            raised += _below_zero(counted)
    return raised


@inner
def _times(row, work):
    for i in range(work.size):
        work[i] *= row[i]


@inner
def _plus(row, weight, work):
    for i in range(work.size):
        work[i] += weight * row[i]


@inner
def _round(work, floor, out):
    for i in range(work.size):
        minutes = np.int32(np.floor(work[i] + np.float32(0.5)))
        out[i] = minutes if minutes > floor else floor


@inner
def _below_zero(row):
    count = np.int32(0)
    for i in range(row.size):
        count = add_i(count, np.int32(row[i] < np.float32(0)))
    return count


@entry
def compete(
    node,
    base,
    constant,
    floor,
    driver_count,
    factor_ptr,
    factor,
    addition_ptr,
    addition,
    weight,
    rival_ptr,
    rival,
    rival_weight,
    rival_kind,
    rival_group,
    values,
    effects,
    out,
):
    """Refill ``out`` for the nodes with parallel groups of both kinds: of each group only the largest change counts.

    The change of a factor is (factor - 1) x base x drivers, of an addition its minutes (K4). The first
    ``driver_count[j]`` factors of a node are drivers. Slow and rare: one iteration after the other.
    """
    for j in range(node.size):
        a = node[j]
        for i in range(out.shape[1]):
            before = constant[a] if base[a] < 0 else values[base[a], i]
            for k in range(factor_ptr[a], factor_ptr[a] + driver_count[j]):
                before *= effects[factor[k], i]
            after = before
            for k in range(factor_ptr[a] + driver_count[j], factor_ptr[a + 1]):
                after *= effects[factor[k], i]
            added = np.float32(0)
            for k in range(addition_ptr[a], addition_ptr[a + 1]):
                added += weight[k] * effects[addition[k], i]
            k = rival_ptr[j]
            while k < rival_ptr[j + 1]:
                best, change, group = -1, np.float32(0), rival_group[k]
                while k < rival_ptr[j + 1] and rival_group[k] == group:
                    size = effects[rival[k], i]
                    delta = (size - np.float32(1)) * before if rival_kind[k] == 0 else size * rival_weight[k]
                    if abs(delta) > abs(change):
                        best, change = k, delta
                    k += 1
                if best >= 0 and rival_kind[best] == 0:
                    after *= effects[rival[best], i]
                elif best >= 0:
                    added += change
            out[a, i] = max(np.int32(np.floor(after + added + np.float32(0.5))), floor[a])


@entry
def whole_minutes(value, constant, values, out):
    """Fill ``out[r]`` (int32, minutes) with values[value[r]] + constant[r], rounded once: sampled lags and slips."""
    for r in range(value.size):
        row = values[value[r]]
        for i in range(row.size):
            out[r, i] = np.int32(np.floor(row[i] + constant[r] + np.float32(0.5)))


@entry
def exist(node, event, events, out):
    """Set ``out[node[j]]`` (uint8[n, B]) to the event that decides whether the activity exists; the rest stays."""
    for j in range(node.size):
        _copy(events[event[j]], out[node[j]])
