"""Critical activities of every iteration as bit patterns, one row an iteration: whose critical paths are the same."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from riskmc.network.network import Network
from riskmc.simulation.blocks import Block
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.rerun import Rerun


@dataclass(eq=False)
class PathKeeper:
    """Keeps which of ``nodes`` are critical: ``patterns`` uint8[n, nodes // 8 + 1], bit a % 8 of byte a // 8."""

    nodes: NDArray[np.int64]
    iterations: int
    patterns: NDArray[np.uint8] = field(init=False)

    def __post_init__(self) -> None:
        self.patterns = np.zeros((self.iterations, self.nodes.size // 8 + 1), np.uint8)

    def keep(self, block: Block, first: int, last: int, out: slice) -> None:
        """Keep the lanes first to last - 1 of a block that has run."""
        bits = np.unpackbits(block.critical[self.nodes].view(np.uint8), axis=1, bitorder="little")
        packed = np.packbits(bits[:, first:last].T, axis=1, bitorder="little")
        self.patterns[out, : packed.shape[1]] = packed


@dataclass(frozen=True, eq=False)
class Patterns:
    """The distinct critical paths of a run, the most frequent first, ties by the iteration in which they came first.

    ``nodes`` int64[m] in the order of the logic, predecessors first; ``critical`` bool[paths, m]; ``counts``
    int64[paths]; ``first`` the place of the first iteration of each; ``path_of`` int64[n] the path of each iteration.
    """

    nodes: NDArray[np.int64]
    critical: NDArray[np.bool_]
    counts: NDArray[np.int64]
    first: NDArray[np.int64]
    path_of: NDArray[np.int64]


def kept_patterns(rerun: Rerun, progress: Progress | None = None) -> Patterns:
    """Return the critical paths of the iterations, which are run again, same bits."""
    nodes = _on_paths(rerun.network)
    keeper = PathKeeper(nodes, len(rerun.iterations))
    rerun.run(keeper=keeper, progress=progress)
    rows = np.ascontiguousarray(keeper.patterns).view(np.dtype((np.void, keeper.patterns.shape[1]))).ravel()
    _, first, inverse, counts = np.unique(rows, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -counts))
    number = np.empty(order.size, np.int64)
    number[order] = np.arange(order.size)
    bits = np.unpackbits(keeper.patterns[first[order]], axis=1, count=nodes.size, bitorder="little")
    return Patterns(nodes, bits.astype(np.bool_), counts[order], first[order], number[inverse.ravel()])


def _on_paths(network: Network) -> NDArray[np.int64]:
    """Return the activities that make up a path, in the order of the logic: what is work, or milestone, and no margin.

    Spans of costs are no activities; level of effort drives nothing.
    """
    tasks = network.tasks
    chosen = [task.number for task in tasks if not (task.activity.margin or task.follows)]
    position = network.logic.layout.position[chosen]
    return np.asarray(chosen, np.int64)[np.argsort(position, kind="stable")]
