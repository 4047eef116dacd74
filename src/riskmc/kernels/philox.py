"""Random words: the counter-based generator Philox4x32-10, for 256 iterations of one variable at a time.

A word is a pure function of (seed, variable, iteration, occurrence): there is no state and no order, so any
iterations can be computed anywhere and give the same bits (semantics R1). The lane map, fixed for ever:
iteration n lies in block n // 256 at lane r = n % 256; its word is output word r // 64 of the call with

    counter = (block * 64 + r % 64, occurrence, hash low, hash high),   key = (seed low, seed high)

so that 64 calls of four words each fill the 256 lanes of a block.

Source: Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", SC'11.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from riskmc.kernels.compiled import entry, inner

LANES = 256
CALLS = 64
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW, _SHIFT = np.uint64(0xFFFFFFFF), np.uint64(32)


@inner
def philox(c0: Any, c1: Any, c2: Any, c3: Any, k0: Any, k1: Any) -> Any:
    """Return the four words of one call; all ten numbers are uint64 that hold 32 bits."""
    for _ in range(10):
        p0, p1 = c0 * _M0, c2 * _M1
        c0, c1, c2, c3 = (p1 >> _SHIFT) ^ c1 ^ k0, p1 & _LOW, (p0 >> _SHIFT) ^ c3 ^ k1, p0 & _LOW
        k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    return c0, c1, c2, c3


@entry
def fill_words(
    seed_low: Any, seed_high: Any, hash_low: Any, hash_high: Any, occurrence: Any, block: Any, out: Any
) -> None:
    """Fill ``out`` (uint32[256]) with the words of one variable in the 256 iterations of ``block``."""
    first = np.uint64(block) * np.uint64(CALLS)
    for call in range(CALLS):
        w0, w1, w2, w3 = philox(
            (first + np.uint64(call)) & _LOW,
            np.uint64(occurrence),
            np.uint64(hash_low),
            np.uint64(hash_high),
            np.uint64(seed_low),
            np.uint64(seed_high),
        )
        out[call] = np.uint32(w0)
        out[call + 64] = np.uint32(w1)
        out[call + 128] = np.uint32(w2)
        out[call + 192] = np.uint32(w3)
