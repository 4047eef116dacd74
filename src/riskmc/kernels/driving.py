"""Criticality: the driving chains of every iteration, traced back from its own finish (semantics N6).

A link is tight where its bound is the date of its successor; `rows.run` left one bit per lane. A node lies on a
driving chain when it sets the program finish, or a link from it to such a node is tight. All ties count. A start
and a finish are a fixed duration apart, so one bit per node carries both. Source: O'Brien and Plotnick (2015),
longest path; docs/method/network.md.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels.compiled import entry
from riskmc.kernels.lanes import WORD, ones


@entry
def trace(
    seeds: NDArray[np.int32],
    links: NDArray[np.int32],
    tight: NDArray[np.uint64],
    critical: NDArray[np.uint64],
) -> None:
    """Fill ``critical`` (uint64[nodes, B // 64], one bit per lane) with the nodes on a driving chain to the finish.

    ``seeds`` int32[n, 2] are nodes that may set the finish and the rows of ``tight`` that tell where they do.
    ``links`` int32[n, 3] are (predecessor, successor, row of ``tight``), last successors first.
    """
    for n in range(critical.shape[0]):
        for word in range(critical.shape[1]):
            critical[n, word] = np.uint64(0)
    for n in range(seeds.shape[0]):
        for word in range(critical.shape[1]):
            critical[seeds[n, 0], word] |= tight[seeds[n, 1], word]
    for n in range(links.shape[0]):
        before, after, row = links[n, 0], links[n, 1], links[n, 2]
        for word in range(critical.shape[1]):
            critical[before, word] |= critical[after, word] & tight[row, word]


@entry
def drop_missing(doubtful: NDArray[np.int32], exists: NDArray[np.uint8], critical: NDArray[np.uint64]) -> None:
    """Clear the bits of the nodes ``doubtful`` where they do not exist: they pass a chain on, but are not on it."""
    for n in range(doubtful.size):
        node = doubtful[n]
        for word in range(critical.shape[1]):
            bits = np.uint64(0)
            for r in range(WORD):
                bits |= np.uint64(exists[node, WORD * word + r] != 0) << np.uint64(r)
            critical[node, word] &= bits


@entry
def count(critical: NDArray[np.uint64], first: int, last: int, out: NDArray[np.int64]) -> None:
    """Add to ``out[a]`` (int64) the iterations in lanes first to last - 1 in which node a is critical."""
    for word in range(critical.shape[1]):
        live = np.uint64(0)
        for r in range(WORD):
            live |= np.uint64(first <= WORD * word + r < last) << np.uint64(r)
        for a in range(critical.shape[0]):
            out[a] += np.int64(ones(critical[a, word] & live))
