"""The order in which a network is computed: predecessors first; a cycle is refused by name (semantics N1)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ProgramError

Ints = NDArray[np.int64]


def topological_order(names: Sequence[str], before: Ints, after: Ints) -> Ints:
    """Return the node numbers, every ``before[e]`` ahead of its ``after[e]``; ProgramError naming a cycle in order.

    A successor follows its last predecessor closely, so that the rows of both are still in the processor's cache.
    Method: Kahn (1962), last in, first out.
    """
    n = len(names)
    by_predecessor = np.argsort(before, kind="stable")
    heads = after[by_predecessor].tolist()
    pointer = np.searchsorted(before[by_predecessor], np.arange(n + 1)).tolist()
    waiting = np.bincount(after, minlength=n).tolist()
    ready = [a for a in range(n - 1, -1, -1) if not waiting[a]]
    order: list[int] = []
    while ready:
        a = ready.pop()
        order.append(a)
        for b in heads[pointer[a] : pointer[a + 1]]:
            waiting[b] -= 1
            if not waiting[b]:
                ready.append(b)
    if len(order) < n:
        raise _cycle_error(names, before, after, np.array(waiting) > 0)
    return np.array(order, dtype=np.int64)


def _cycle_error(names: Sequence[str], before: Ints, after: Ints, waiting: NDArray[np.bool_]) -> ProgramError:
    cycle = [names[a] for a in _cycle(before, after, waiting)]
    first = cycle.index(min(cycle))
    cycle = cycle[first:] + cycle[:first]
    text = " -> ".join([*cycle, cycle[0]])
    return ProgramError([(cycle[0], f"its links lead back to itself: {text}; take out or turn one of these links")])


def _cycle(before: Ints, after: Ints, waiting: NDArray[np.bool_]) -> list[int]:
    """Return one cycle, in the order of its links, among the nodes that still wait for a predecessor."""
    predecessor = {int(b): int(a) for a, b in zip(before, after, strict=True) if waiting[a] and waiting[b]}
    seen: dict[int, int] = {}
    path: list[int] = []
    a = min(predecessor)
    while a not in seen:
        seen[a] = len(path)
        path.append(a)
        a = predecessor[a]
    return path[seen[a] :][::-1]
