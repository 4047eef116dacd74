"""Normal scores of many variables, row by row: independent or Latin hypercube, and their mixing for correlation.

A row is one variable in the 256 iterations of a block. In a Latin hypercube a block is one replicate: of each
variable's 256 words exactly one lies in each of 256 strata of equal chance, because its upper eight bits are a
permutation of the lanes, keyed by (seed, variable, block), and the lower bits are those of its own word. There is no
state: any block can be computed on its own. Sources: McKay, Beckman and Conover (1979), Latin hypercube; Kensler
(2013), "Correlated multi-jittered sampling", the permutation by hashing.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import entry, inner
from riskmc.kernels.intrinsics import add_i, and_i, bits_of, float_of, fma, mul_i, shr_i, wide, xor_i
from riskmc.kernels.normal import score
from riskmc.kernels.philox import CALLS, LANES, philox

OF_PERMUTATIONS = 0xFFFFFFFF  # the occurrence number whose draw is a permutation's key; no variable has so many
_STRATUM = np.int32(LANES - 1)


@inner
def _words(seed_low: Any, seed_high: Any, hash_low: Any, hash_high: Any, occurrence: Any, block: Any, row: Any) -> None:
    """Fill a float32 row with random words, bit for bit: they become scores in place."""
    wide()
    first = np.uint64(block) * np.uint64(CALLS)
    low, high, number = np.uint64(hash_low), np.uint64(hash_high), np.uint64(occurrence)
    for call in range(CALLS):
        counter = (first + np.uint64(call)) & np.uint64(0xFFFFFFFF)
        w0, w1, w2, w3 = philox(counter, number, low, high, np.uint64(seed_low), np.uint64(seed_high))
        row[call] = float_of(np.int32(w0))
        row[call + 64] = float_of(np.int32(w1))
        row[call + 128] = float_of(np.int32(w2))
        row[call + 192] = float_of(np.int32(w3))


@inner
def _scores(row: Any) -> None:
    """Turn a row of words into normal scores, in place."""
    wide()
    for i in range(row.size):
        row[i] = score(bits_of(row[i]))


@entry
def draw_scores(seed_low: Any, seed_high: Any, hash_low: Any, hash_high: Any, block: Any, z: Any) -> None:
    """Fill ``z`` (float32[n, 256]) with the normal scores of n variables in the 256 iterations of ``block``.

    ``hash_low`` and ``hash_high`` are uint32[n]; the seed is given as two numbers of 32 bits.
    """
    for i in range(hash_low.size):
        _words(seed_low, seed_high, hash_low[i], hash_high[i], np.uint64(0), block, z[i])
        _scores(z[i])


@entry
def draw_occurrences(seed_low: Any, seed_high: Any, hash_low: Any, hash_high: Any, block: Any, z: Any) -> None:
    """Fill ``z`` (float32[n, 256]) with the normal scores of one variable's occurrences 0 to n - 1 in ``block``."""
    for occurrence in range(z.shape[0]):
        _words(seed_low, seed_high, hash_low, hash_high, np.uint64(occurrence), block, z[occurrence])
        _scores(z[occurrence])


@entry
def draw_occurrence(
    seed_low: Any, seed_high: Any, hash_low: Any, hash_high: Any, block: Any, occurrence: Any, z: Any
) -> None:
    """Fill ``z`` as `draw_scores` does, for a later occurrence of the same variables (from 0)."""
    for i in range(hash_low.size):
        _words(seed_low, seed_high, hash_low[i], hash_high[i], np.uint64(occurrence), block, z[i])
        _scores(z[i])


@inner
def _permuted(lane: Any, key: Any) -> Any:
    """Return the place of ``lane`` in a permutation of 0 to 255, for an int32 key."""
    low = np.uint32(key)
    i = xor_i(lane, key)
    i = mul_i(i, np.int32(0xE170893D - (1 << 32)))
    i = xor_i(i, np.int32(low >> np.uint32(16)))
    i = xor_i(i, shr_i(and_i(i, _STRATUM), np.int32(4)))
    i = xor_i(i, np.int32(low >> np.uint32(8)))
    i = mul_i(i, np.int32(0x0929EB3F))
    i = xor_i(i, np.int32(low >> np.uint32(23)))
    i = xor_i(i, shr_i(and_i(i, _STRATUM), np.int32(1)))
    i = mul_i(i, np.int32(np.uint32(1) | (low >> np.uint32(27))))
    i = mul_i(i, np.int32(0x6935FA69))
    i = mul_i(i, np.int32(0x74DCB303))
    i = xor_i(i, shr_i(and_i(i, _STRATUM), np.int32(2)))
    i = mul_i(i, np.int32(0x9E501CC3 - (1 << 32)))
    i = xor_i(i, shr_i(and_i(i, _STRATUM), np.int32(2)))
    i = and_i(mul_i(i, np.int32(0xC860A3DF - (1 << 32))), _STRATUM)
    i = xor_i(i, shr_i(i, np.int32(5)))
    return and_i(add_i(i, key), _STRATUM)


@inner
def _stratify(row: Any, key: Any) -> None:
    """Replace the upper eight bits of each word of a row by its place in the permutation ``key``."""
    for i in range(row.size):
        lower = and_i(shr_i(bits_of(row[i]), np.int32(8)), np.int32(0x00FFFFFF))
        row[i] = float_of(xor_i(lower, mul_i(_permuted(np.int32(i), key), np.int32(1 << 24))))


@entry
def draw_strata(seed_low: Any, seed_high: Any, hash_low: Any, hash_high: Any, block: Any, z: Any) -> None:
    """Fill ``z`` (float32[n, 256]) as `draw_scores` does, each row one Latin hypercube of 256 strata."""
    for i in range(hash_low.size):
        low, high = np.uint64(hash_low[i]), np.uint64(hash_high[i])
        drawn = philox(
            np.uint64(block), np.uint64(OF_PERMUTATIONS), low, high, np.uint64(seed_low), np.uint64(seed_high)
        )
        _words(seed_low, seed_high, hash_low[i], hash_high[i], np.uint64(0), block, z[i])
        _stratify(z[i], np.int32(drawn[0]))
        _scores(z[i])


@inner
def _shrink(row: Any, weight: Any) -> None:
    for i in range(row.size):
        row[i] = row[i] * weight


@inner
def _add(row: Any, weight: Any, other: Any) -> None:
    for i in range(row.size):
        row[i] = fma(weight, other[i], row[i])


@entry
def mix_scores(target: Any, start: Any, column: Any, weight: Any, z: Any) -> None:
    """Replace row ``target[i]`` of ``z`` by its weighted sum over the rows ``column[start[i]:start[i + 1]]``.

    In place and in the order given: the first column of a target is the target itself, and every other column is a
    row that has not been replaced yet. target, column: int32; start: int32[m + 1]; weight: float32.
    """
    for i in range(target.size):
        _shrink(z[target[i]], weight[start[i]])
        for k in range(start[i] + 1, start[i + 1]):
            _add(z[target[i]], weight[k], z[column[k]])
