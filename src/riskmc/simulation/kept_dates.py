"""Dates of chosen activities in every iteration: start and finish, kept while the iterations are run again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from riskmc.simulation.blocks import Block
from riskmc.simulation.kept_finishes import NEVER
from riskmc.simulation.rerun import Rerun


@dataclass(eq=False)
class DateKeeper:
    """Keeps starts and finishes of some nodes: int32[nodes, iterations], minutes of the axis, NEVER where not there."""

    nodes: NDArray[np.int64]
    iterations: int
    starts: NDArray[np.int32] = field(init=False)
    finishes: NDArray[np.int32] = field(init=False)

    def __post_init__(self) -> None:
        self.starts, self.finishes = (np.empty((self.nodes.size, self.iterations), np.int32) for _ in range(2))

    def keep(self, block: Block, first: int, last: int, out: slice) -> None:
        """Keep the lanes first to last - 1 of a block that has run with its dates."""
        assert block.dates is not None
        exists = block.exists[self.nodes, first:last] != 0
        for rows, kept in ((block.dates.starts, self.starts), (block.dates.finishes, self.finishes)):
            kept[:, out] = np.where(exists, block.pool[rows][self.nodes, first:last], NEVER)


def kept_dates(rerun: Rerun, paths: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return starts and finishes of the activities at ``paths``, int64[paths, n], in minutes since 1970-01-01.

    NEVER, and what the axis adds to it, where an activity does not exist.
    """
    known = {task.path: task.number for task in rerun.network.tasks}
    keeper = DateKeeper(np.array([known[path] for path in paths], np.int64), len(rerun.iterations))
    rerun.run(keeper=keeper)
    unix = rerun.network.axis.unix
    return keeper.starts.astype(np.int64) + unix, keeper.finishes.astype(np.int64) + unix
