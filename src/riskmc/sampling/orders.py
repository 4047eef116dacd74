"""Random orders of named things, a pure function of seed and names: no state, and the same on every machine (R1)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from riskmc.kernels.philox import LANES, fill_words
from riskmc.sampling.names import keys, split_seed


def orders(names: Sequence[str], count: int, seed: int) -> npt.NDArray[np.int64]:
    """Return ``count`` random orders of ``names``, int64[count, n]: positions in ``names``, the first one first.

    Every name draws a word in each order, keyed by the name, and they stand in the order of their words: so a name
    that joins changes the order of no two others. Equal words, one pair in four thousand million, go by name.
    """
    low, high = split_seed(seed)
    hashes = keys([f"order/{name}" for name in names])
    words = np.empty((len(names), -(-count // LANES) * LANES), np.uint32)
    for row, number in zip(words, hashes.tolist(), strict=True):
        for block in range(0, row.size, LANES):
            fill_words(low, high, number & 0xFFFFFFFF, number >> 32, 0, block // LANES, row[block : block + LANES])
    by_name = np.argsort(np.array(names, dtype=object), kind="stable")
    ordered = np.argsort(words[by_name, :count], axis=0, kind="stable")
    return by_name[ordered.T]
