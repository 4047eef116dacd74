"""The row machine: the critical path method as a list of simple operations on rows of 256 iterations.

A date is the index of a working minute on a calendar (docs/method/network.md), so nearly everything is a maximum of
sums. The compile step (network/logic.py) writes a flat list of instructions; `run` goes through it once per block of
iterations. Forward pass, late dates, level of effort and outputs share the operations and the one `pool` of int32
rows, addressed by number. Every operation is one plain loop over a row, which the compiler vectorises.

An instruction is nine int32: operation, OUT, BASE, X, CX, Y, CY, Z, CZ. Capitals in the table are pool rows (or rows
of ``exists`` or ``tight`` where it says so), x is the value of row X in the lane, and cx, base are plain numbers.

    FILL       OUT = base                             ADD        OUT = OUT + x + cx
    MAX        OUT = max(base, x + cx, y + cy)        RAISE      OUT = max(OUT, x + cx)
    MIN        OUT = min(base, x + cx, y + cy)        LOWER      OUT = min(OUT, x + cx)
    COMBINE    OUT = base + x - y + z                 ABOVE      OUT = 1 if x + cx > y else 0
    WHERE      OUT = x where y is not 0
    CONVERT    OUT = (x + cx on another calendar, table Y) + cz; cy is the side, 0 for a start, 1 for a finish
    EXISTS     OUT = exists[X]                        CONDITION  exists[OUT] = 0 unless x + cx > y
    TIGHT      tight[OUT] = x + cx == y, one bit per lane

X, Y and Z must not be the row OUT: a loop that might read what it wrote is slow. The operations are few because each
costs a tenth of a second when they are compiled, on the first run. Values stay below CAP, so nothing wraps around; a
date as late as that lies beyond any horizon and is reported. Method: Kelley and Walker (1959).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels.compiled import entry, part
from riskmc.kernels.lanes import WORD, equal_word

FILL, ADD, MAX, RAISE, MIN, LOWER, COMBINE, ABOVE, WHERE, CONVERT, EXISTS, CONDITION, TIGHT = range(13)
COLUMNS = 9
CAP = np.int32(2**29)  # minutes: a thousand years; four times this fits in 32 bits


@part
def _fill(pool: Any, out: Any, base: Any) -> None:
    for i in range(pool.shape[1]):
        pool[out, i] = base


@part
def _max(pool: Any, out: Any, base: Any, x: Any, cx: Any, y: Any, cy: Any) -> None:
    for i in range(pool.shape[1]):
        t = np.int32(pool[x, i] + cx)
        u = np.int32(pool[y, i] + cy)
        t = t if t > u else u
        t = t if t > base else base
        pool[out, i] = t if t < CAP else CAP


@part
def _raise(pool: Any, out: Any, x: Any, cx: Any) -> None:
    for i in range(pool.shape[1]):
        t = np.int32(pool[x, i] + cx)
        t = t if t < CAP else CAP
        pool[out, i] = t if t > pool[out, i] else pool[out, i]


@part
def _min(pool: Any, out: Any, base: Any, x: Any, cx: Any, y: Any, cy: Any) -> None:
    for i in range(pool.shape[1]):
        t = np.int32(pool[x, i] + cx)
        u = np.int32(pool[y, i] + cy)
        t = t if t < u else u
        t = t if t < base else base
        pool[out, i] = t if t > -CAP else np.int32(-CAP)


@part
def _lower(pool: Any, out: Any, x: Any, cx: Any) -> None:
    for i in range(pool.shape[1]):
        t = np.int32(pool[x, i] + cx)
        t = t if t > -CAP else np.int32(-CAP)
        pool[out, i] = t if t < pool[out, i] else pool[out, i]


@part
def _add(pool: Any, out: Any, x: Any, cx: Any) -> None:
    for i in range(pool.shape[1]):
        pool[out, i] = np.int32(pool[out, i] + np.int32(pool[x, i] + cx))


@part
def _combine(pool: Any, out: Any, base: Any, x: Any, y: Any, z: Any) -> None:
    for i in range(pool.shape[1]):
        pool[out, i] = np.int32(np.int32(np.int32(base + pool[x, i]) - pool[y, i]) + pool[z, i])


@part
def _above(pool: Any, out: Any, x: Any, cx: Any, y: Any) -> None:
    for i in range(pool.shape[1]):
        pool[out, i] = np.int32(np.int32(pool[x, i] + cx) > pool[y, i])


@part
def _where(pool: Any, out: Any, x: Any, y: Any) -> None:
    for i in range(pool.shape[1]):
        there, here = pool[x, i], pool[out, i]  # both read in any case: a load under a condition is not vectorised
        pool[out, i] = there if pool[y, i] != 0 else here


@part
def _convert(
    pool: Any, out: Any, x: Any, before: Any, table: Any, side: Any, after: Any, entries: Any, slots: Any
) -> Any:
    """Convert a row of indices; return how far its lanes lie beyond the end and before the start of the table.

    Index k is in slot q = k // size; the entry of the slot holds the index of its first minute on the other calendar,
    times 2, plus 1 if that calendar is open there. The division is a product of doubles: (k + 1/2) / size is at least
    1 / (2 size) away from every whole number, far more than its rounding. Three loops vectorise where one would not.
    """
    slot, entry = pool.shape[0] - 1, pool.shape[0] - 2
    first, last, size = np.uint64(slots[table, 0]), np.int32(slots[table, 1]), np.int32(slots[table, 2])
    per_slot = 1.0 / np.float64(size)
    before = np.int32(before - side)
    high, low = np.int32(0), np.int32(0)
    for i in range(pool.shape[1]):
        k = np.int32(pool[x, i] + before)
        high = k if k > high else high
        low = k if k < low else low
        k = k if k > 0 else np.int32(0)
        k = k if k < last else last
        pool[slot, i] = np.int32((np.float64(k) + 0.5) * per_slot)
    for i in range(pool.shape[1]):
        pool[entry, i] = entries[first + np.uint64(np.uint32(pool[slot, i]))]
    before = np.int32(before + side)
    for i in range(pool.shape[1]):
        within = np.int32(np.int32(pool[x, i] + before) - np.int32(pool[slot, i] * size))
        is_open = np.int32(pool[entry, i] & np.int32(1))
        pool[out, i] = np.int32(np.int32((pool[entry, i] >> np.int32(1)) + after) + (within & np.int32(-is_open)))
    return np.int32(high - last), np.int32(-low)


@part
def _exists(pool: Any, exists: Any, out: Any, x: Any) -> None:
    for i in range(pool.shape[1]):
        pool[out, i] = np.int32(exists[x, i])


@part
def _condition(pool: Any, exists: Any, out: Any, x: Any, cx: Any, y: Any) -> None:
    for i in range(pool.shape[1]):
        exists[out, i] &= np.uint8(np.int32(pool[x, i] + cx) > pool[y, i])


@part
def _tight(pool: Any, tight: Any, out: Any, x: Any, cx: Any, y: Any) -> None:
    for word in range(tight.shape[1]):
        tight[out, word] = equal_word(pool, x, cx, y, WORD * word)


@entry
def run(
    code: NDArray[np.int32],
    pool: NDArray[np.int32],
    exists: NDArray[np.uint8],
    entries: NDArray[np.int32],
    slots: NDArray[np.int64],
    tight: NDArray[np.uint64],
) -> tuple[int, int]:
    """Carry out the instructions of ``code`` and return how far dates fell off the calendars: (beyond, before).

    Parameters
    ----------
    code : int32[n, 9]
        The instructions, in order.
    pool : int32[rows, B]
        B a multiple of 64. The last two rows are scratch.
    exists : uint8[nodes, B]
        1 where a node exists in the iteration; date conditions clear it in passing.
    entries, slots : int32[n], int64[tables, 3]
        Conversion tables one after the other; per table its first entry, the last index it covers, the slot's size.
    tight : uint64[rows, B // 64]
        Filled with one bit per lane.

    Returns
    -------
    beyond, before : int
        Above 0 where an index ran past the end of its calendar by so many minutes: compile with a longer horizon and
        redo. Before the start of the axis matters for late dates only: in a forward pass such a bound never drives.
    """
    beyond: Any = np.int32(-1)
    before: Any = np.int32(-1)
    for n in range(code.shape[0]):
        operation, out, base = code[n, 0], code[n, 1], code[n, 2]
        x, cx, y, cy, z, cz = code[n, 3], code[n, 4], code[n, 5], code[n, 6], code[n, 7], code[n, 8]
        if operation == TIGHT:
            _tight(pool, tight, out, x, cx, y)
        elif operation == ADD:
            _add(pool, out, x, cx)
        elif operation == MAX:
            _max(pool, out, base, x, cx, y, cy)
        elif operation == RAISE:
            _raise(pool, out, x, cx)
        elif operation == CONVERT:
            after, ahead = _convert(pool, out, x, cx, y, cy, cz, entries, slots)
            beyond, before = after if after > beyond else beyond, ahead if ahead > before else before
        elif operation == FILL:
            _fill(pool, out, base)
        elif operation == MIN:
            _min(pool, out, base, x, cx, y, cy)
        elif operation == LOWER:
            _lower(pool, out, x, cx)
        elif operation == COMBINE:
            _combine(pool, out, base, x, y, z)
        elif operation == ABOVE:
            _above(pool, out, x, cx, y)
        elif operation == WHERE:
            _where(pool, out, x, y)
        elif operation == EXISTS:
            _exists(pool, exists, out, x)
        elif operation == CONDITION:
            _condition(pool, exists, out, x, cx, y)
    return beyond, before
