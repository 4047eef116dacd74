"""The event log of one iteration, run again: everything that happened in it, in order (D9)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from riskmc.simulation.blocks import Block
from riskmc.simulation.event_block import EventBlock
from riskmc.simulation.rerun import Rerun


@dataclass(eq=False)
class LogKeeper:
    """Keeps the log of the first lane of the block that ran last."""

    logs: bool = True
    rows: NDArray[np.int32] = field(init=False)

    def keep(self, block: Block, first: int, last: int, out: slice) -> None:  # noqa: ARG002
        """Keep the log of lane ``first`` of a block that has run with logs."""
        assert isinstance(block, EventBlock)
        self.rows = block.log(first).copy()


def event_log(rerun: Rerun, number: int) -> NDArray[np.int32]:
    """Return the log of iteration ``number``: rows of (minute of the axis, kind, entity, value), kinds as in codes.py.

    Any iteration can be asked for, whether or not it is one of those that ``rerun`` runs; the same bits.
    """
    keeper = LogKeeper()
    replace(rerun, iterations=range(number, number + 1), threads=1).run(keeper=keeper)
    return keeper.rows
