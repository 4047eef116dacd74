"""Finishes of single activities in every iteration, and their percentiles (A1): a run of their own, part by part.

Trials keep the finishes of the program, projects, milestones and targets. Those of all activities would take 4 bytes
each an iteration, 170 MB for 4,217 activities and 10,000 iterations; so they are run again, same bits, some at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from riskmc.forecast.interval import quantile_rank
from riskmc.network.tasks import State
from riskmc.simulation.blocks import Block
from riskmc.simulation.rerun import Rerun

MEMORY = 2**26  # bytes of finishes at a time
NEVER = np.iinfo(np.int32).max  # stands for the finish of an activity in an iteration in which it does not exist


@dataclass(eq=False)
class FinishKeeper:
    """Keeps the finish instants of some nodes: ``finishes`` int32[nodes, iterations], minutes of the axis or NEVER."""

    nodes: NDArray[np.int64]
    iterations: int
    finishes: NDArray[np.int32] = field(init=False)

    def __post_init__(self) -> None:
        self.finishes = np.empty((self.nodes.size, self.iterations), np.int32)

    def keep(self, block: Block, first: int, last: int, out: slice) -> None:
        """Keep the lanes first to last - 1 of a block that has run with its dates."""
        assert block.dates is not None
        rows = block.pool[block.dates.finishes][self.nodes, first:last]
        self.finishes[:, out] = np.where(block.exists[self.nodes, first:last] != 0, rows, NEVER)


def finish_percentiles(rerun: Rerun, levels: Sequence[float]) -> dict[str, tuple[int | None, ...]]:
    """Return percentiles of the finish of every activity by its path, in minutes since 1970-01-01.

    Over the iterations in which it exists; None where it never does.
    """
    network, iterations = rerun.network, len(rerun.iterations)
    found: dict[str, tuple[int | None, ...]] = {}
    size = max(1, MEMORY // (4 * iterations))
    for first in range(0, len(network.tasks), size):
        tasks = network.tasks[first : first + size]
        keeper = FinishKeeper(np.array([task.number for task in tasks], np.int64), iterations)
        rerun.run(keeper=keeper)
        keeper.finishes.sort(axis=1)
        for task, row in zip(tasks, keeper.finishes, strict=True):
            if task.state is State.FINISHED:
                found[task.path] = (task.finished + network.axis.unix,) * len(levels)
            else:
                found[task.path] = tuple(_percentile(row, level, network.axis.unix) for level in levels)
    return found


def _percentile(ordered: NDArray[np.int32], level: float, unix: int) -> int | None:
    count = int(np.searchsorted(ordered, NEVER))
    return int(ordered[quantile_rank(count, level) - 1]) + unix if count else None
