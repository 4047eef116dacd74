"""Joins: nodes that only start after others, on one calendar, and what their instructions say, as plain links.

Most nodes of most programs are joins; the event kernel goes through their links several times as fast as through
instructions (kernels/discrete_event/steps.py), and finds the same.
"""

from __future__ import annotations

from itertools import takewhile
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels.rows import ADD, FILL, MAX, RAISE, TIGHT
from riskmc.network.instructions import Ints

END = -1
Link = tuple[int, int, int]


class Joins(NamedTuple):
    """Links of node a: from ``first[a]`` on, up to one of row END; ``first`` is -1 where the node is no join.

    It starts no sooner than ``base[a]``, nor than pool row ``row`` + ``lag`` of any of its links; row ``bit`` of what
    is tight says whether it starts just then. It finishes its duration later.
    """

    first: NDArray[np.int64]
    base: NDArray[np.int32]
    row: NDArray[np.int32]
    lag: NDArray[np.int32]
    bit: NDArray[np.int32]


def read_joins(code: NDArray[np.int32], begin: Ints, end: Ints) -> Joins:
    """Return the joins among nodes of which each has the instructions ``code[begin:end]``."""
    listed, n = code.tolist(), begin.size
    found = [_join(listed[begin[a] : end[a]], a, n) for a in range(n)]
    links: list[Link] = [(END, 0, 0)]
    first, base = np.full(n, -1, np.int64), np.zeros(n, np.int32)
    for a, join in enumerate(found):
        if join is not None:
            first[a], base[a] = len(links), join[0]
            links += [*join[1], (END, 0, 0)]
    row, lag, bit = np.array(links, np.int32).T.copy()
    return Joins(first, base, row, lag, bit)


def _join(code: list[list[int]], a: int, n: int) -> tuple[int, list[Link]] | None:
    """Return the least start and the links of node ``a`` of ``n``; None where its instructions say more."""
    if not code or code[0][:2] not in ([FILL, a], [MAX, a]):
        return None
    operation, _, base, x, cx, y, cy, *_ = code[0]
    raises = [*takewhile(lambda one: one[:2] == [RAISE, a], code[1:])]
    sums = code[1 + len(raises) :]
    terms = {(row, lag) for _, _, _, row, lag, *_ in raises} | ({(x, cx), (y, cy)} if operation == MAX else set())
    bits = {(row, lag): bit for one, bit, _, row, lag, at, *_ in sums[1:] if one == TIGHT and at == a}
    if not sums or sums[0][:5] != [ADD, n + a, 0, a, 0] or len(sums) != 1 + len(bits) or bits.keys() != terms:
        return None
    return base, [(row, lag, bit) for (row, lag), bit in bits.items()]


__all__ = ["END", "Joins", "read_joins"]
