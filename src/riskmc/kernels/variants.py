"""Variants: the distinct sets of events that the cases of one iteration come down to, each to be computed once.

A case allows some events and switches others off. For one iteration most cases come to the same: to switch off a risk
that does not strike changes nothing. A *variant* is an iteration with one set of events, kept as bits in words of 64;
events that no case changes need no bit. Cases find their variant by open addressing in a table of slots, with a full
comparison, so nothing hangs on luck. No rows are taken out of arrays on the way: counting who holds them would take
longer than everything else.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import entry, inner

WORD = 64
_MULTIPLIER, _HALF, _ONE = np.uint64(0x9E3779B97F4A7C15), np.uint64(32), np.uint64(1)


@entry
def to_bits(events: Any, chosen: Any, bits: Any) -> None:
    """Fill ``bits`` (uint64[lanes, words]) with the events ``chosen[b]`` of every lane, as bit b; -1 leaves it 0."""
    for i in range(bits.shape[0]):
        for word in range(bits.shape[1]):
            bits[i, word] = 0
        for b in range(chosen.size):
            if chosen[b] >= 0 and events[chosen[b], i]:
                bits[i, b // WORD] |= _ONE << np.uint64(b % WORD)


@entry
def distinguish(
    hanging: Any, fading: Any, scores: Any, bits: Any, allowed: Any, span: Any, slots: Any, alike: Any, matter: Any,
    index: Any, starts: Any, lanes: Any, words: Any,
) -> Any:  # fmt: skip
    """Find the variants of some lanes and return (how many, the first lane that is left).

    Lanes ``span[0]`` to ``span[1] - 1`` are taken while ``lanes`` has room for as many variants as there are cases.

    Parameters
    ----------
    hanging : named tuple or None
        Events that hang on others (simulation/varying.py), in their order; they are worked out for each case. None
        where there are none: what it takes is not compiled then.
    fading : named tuple or None
        Events that act only together with others, and are 0 in a variant in which they make no difference.
    scores : float32[rows, 256]
    bits : uint64[256, words]
        The events of every lane without any switched off.
    allowed : uint64[cases, words]
        1 where a case allows an event.
    slots, alike : int32[s]
        Workspace; s is a power of two, at least twice the number of cases.
    matter : uint64[3, words]
        Workspace: which events a lane hangs on; cases that allow the same of these are worked out once.
    index : uint16 or uint32[256, cases]
        Filled with the variant of each case, counted from the lane's first.
    starts : int64[256]
        Filled with the number of the lane's first variant, counted from ``span[2]``.
    lanes, words : int32[room], uint64[room, words]
        Filled with the lane and the events of every variant.
    """
    cases, width = allowed.shape
    count, lane = np.int64(0), np.int64(span[0])
    while lane < span[1] and count + cases <= lanes.size:
        starts[lane] = span[2] + count
        first, last = count, np.int64(-1)
        for s in range(slots.size):
            slots[s] = -1
            alike[s] = -1
        _matter(hanging, fading, scores, bits, lane, matter)
        for case in range(cases):
            like = _alike(allowed, case, matter, alike)
            if like != case:
                index[lane, case] = index[lane, like]
                continue
            for word in range(width):
                words[count, word] = bits[lane, word] & allowed[case, word]
            if hanging is not None:
                for d in range(hanging.bit.size):
                    _hang(hanging, d, scores, lane, allowed, case, words, count)
            if fading is not None:
                for f in range(fading.bit.size):
                    _fade(fading, f, words, count)
            if last < 0 or not _equal(words, first + last, count):
                last = _find(words, first, count, slots)
                if first + last == count:
                    lanes[count] = lane
                    count += 1
            index[lane, case] = last
        lane += 1
    return count, lane


@inner
def _hang(hanging: Any, d: Any, scores: Any, lane: Any, allowed: Any, case: Any, words: Any, new: Any) -> None:
    """Set the bit of an event that hangs on others, as `effects.depend` does: overrides in order, then `given`."""
    h = hanging
    bit = h.bit[d]
    if not _is_set(allowed, case, bit):
        return
    threshold = h.high[d]
    for k in range(h.override_ptr[d], h.override_ptr[d + 1]):
        if _is_set(words, new, h.override_bit[k]):
            threshold = h.override_high[k]
    largest, found = np.float32(-np.inf), False
    for k in range(h.given_ptr[d], h.given_ptr[d + 1]):
        if _is_set(words, new, h.given_bit[k]):
            largest, found = max(largest, h.given_high[k]), True
    if found:
        threshold = largest
    score = scores[h.score[d], lane]
    if score >= h.low[d] and score < threshold:
        _set(words, new, bit)


@inner
def _matter(hanging: Any, fading: Any, scores: Any, bits: Any, lane: Any, matter: Any) -> None:
    """Fill ``matter[0]`` with the events that could happen in a lane, [1] with those that it hangs on.

    It does not hang on an event that cannot happen, nor on one that acts only together with others of which one
    cannot happen, unless it moves a threshold past the score of another, one of ``matter[2]``.
    """
    for word in range(bits.shape[1]):
        matter[0, word], matter[2, word] = bits[lane, word], np.uint64(0)
    if hanging is not None:
        for d in range(hanging.bit.size):
            _reach(hanging, d, scores[hanging.score[d], lane], matter)
    for word in range(bits.shape[1]):
        matter[1, word] = matter[0, word]
    if fading is not None:
        for f in range(fading.bit.size):
            if not _is_set(matter, 2, fading.bit[f]) and not _could_act(fading, f, matter):
                _clear(matter, 1, fading.bit[f])


@inner
def _reach(hanging: Any, d: Any, score: Any, matter: Any) -> None:
    """Set the bit of an event that hangs on others where it could happen, and theirs where they decide it."""
    h = hanging
    least, most = h.high[d], h.high[d]
    for k in range(h.override_ptr[d], h.override_ptr[d + 1]):
        least, most = min(least, h.override_high[k]), max(most, h.override_high[k])
    for k in range(h.given_ptr[d], h.given_ptr[d + 1]):
        least, most = min(least, h.given_high[k]), max(most, h.given_high[k])
    if score < h.low[d] or score >= most:
        return
    _set(matter, 0, h.bit[d])
    if score >= least:
        for k in range(h.override_ptr[d], h.override_ptr[d + 1]):
            _set(matter, 2, h.override_bit[k])
        for k in range(h.given_ptr[d], h.given_ptr[d + 1]):
            _set(matter, 2, h.given_bit[k])


@inner
def _could_act(fading: Any, f: Any, matter: Any) -> Any:
    """Return whether in some conjunction all other terms could hold: an event that can happen can also be off."""
    g = fading
    for c in range(g.ptr[f], g.ptr[f + 1]):
        holds = True
        for k in range(g.term_ptr[c], g.term_ptr[c + 1]):
            holds = holds and (g.term_negated[k] != 0 or _is_set(matter, 0, g.term_bit[k]))
        if holds:
            return True
    return False


@inner
def _alike(allowed: Any, case: Any, matter: Any, alike: Any) -> Any:
    """Return the first case that allows the same of what matters: this one, if there is none before."""
    mixed = np.uint64(0)
    for word in range(allowed.shape[1]):
        mixed = (mixed ^ (allowed[case, word] & matter[1, word])) * _MULTIPLIER
        mixed ^= mixed >> _HALF
    slot = np.int64(mixed & np.uint64(alike.size - 1))
    while alike[slot] >= 0:
        same, other = True, alike[slot]
        for word in range(allowed.shape[1]):
            same = same and (allowed[case, word] ^ allowed[other, word]) & matter[1, word] == np.uint64(0)
        if same:
            return np.int64(other)
        slot = (slot + 1) & (alike.size - 1)
    alike[slot] = case
    return np.int64(case)


@inner
def _set(words: Any, row: Any, bit: Any) -> None:
    words[row, bit // WORD] |= _ONE << np.uint64(bit % WORD)


@inner
def _clear(words: Any, row: Any, bit: Any) -> None:
    words[row, bit // WORD] &= ~(_ONE << np.uint64(bit % WORD))


@inner
def _fade(fading: Any, f: Any, words: Any, new: Any) -> None:
    """Clear the bit of an event where no conjunction that it is a term of hangs on it: another term does not hold."""
    g = fading
    for c in range(g.ptr[f], g.ptr[f + 1]):
        holds = True
        for k in range(g.term_ptr[c], g.term_ptr[c + 1]):
            holds = holds and _is_set(words, new, g.term_bit[k]) != (g.term_negated[k] != 0)
        if holds:
            return
    _clear(words, new, g.bit[f])


@inner
def _is_set(words: Any, row: Any, bit: Any) -> Any:
    return (words[row, bit // WORD] >> np.uint64(bit % WORD)) & _ONE != np.uint64(0)


@inner
def _equal(words: Any, one: Any, other: Any) -> Any:
    same = True
    for word in range(words.shape[1]):
        same = same and words[one, word] == words[other, word]
    return same


@inner
def _find(words: Any, first: Any, count: Any, slots: Any) -> Any:
    """Return the number, counted from ``first``, of the variant that equals words[count]: a new one if none does."""
    mixed = np.uint64(0)
    for word in range(words.shape[1]):
        mixed = (mixed ^ words[count, word]) * _MULTIPLIER
        mixed ^= mixed >> _HALF
    slot = np.int64(mixed & np.uint64(slots.size - 1))
    while slots[slot] >= 0:
        if _equal(words, first + slots[slot], count):
            return np.int64(slots[slot])
        slot = (slot + 1) & (slots.size - 1)
    slots[slot] = count - first
    return np.int64(count - first)


@entry
def to_events(words: Any, lanes: Any, chosen: Any, still: Any, before: Any, events: Any) -> None:
    """Fill the rows of ``events`` (uint8) for the variants given by ``words`` and ``lanes``.

    Event ``chosen[b]`` is bit b; the events ``still``, which no case changes, are those of the lane in ``before``.
    """
    for b in range(chosen.size):
        for i in range(lanes.size):
            events[chosen[b], i] = np.uint8((words[i, b // WORD] >> np.uint64(b % WORD)) & _ONE)
    for k in range(still.size):
        for i in range(lanes.size):
            events[still[k], i] = before[still[k], lanes[i]]
