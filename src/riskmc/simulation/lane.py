"""Lane: everything that one iteration computed, copied out of the block of 256 in which it ran."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from riskmc.network.network import Network
from riskmc.network.slack import build_slack
from riskmc.network.worktime import HorizonError
from riskmc.simulation.blocks import Block
from riskmc.simulation.rerun import Rerun


@dataclass(eq=False)
class Lane:
    """One iteration, arrays without the dimension of the lanes.

    By node: ``start`` and ``finish`` in minutes of the axis, ``minutes`` and ``slack`` (total float to the finish of
    the iteration) in working minutes of its calendar, ``exists`` and ``critical``. By link ``tight``; sampled ``lags``
    in minutes. ``outputs`` are the finishes that are kept, ``cents`` those of the program and its projects; ``z`` are
    scores, ``values`` sizes, ``money`` cents, ``events`` what happened.
    """

    network: Network
    start: NDArray[np.int32] = field(init=False)
    finish: NDArray[np.int32] = field(init=False)
    minutes: NDArray[np.int32] = field(init=False)
    slack: NDArray[np.int32] = field(init=False)
    exists: NDArray[np.bool_] = field(init=False)
    critical: NDArray[np.bool_] = field(init=False)
    tight: NDArray[np.bool_] = field(init=False)
    lags: NDArray[np.int32] = field(init=False)
    outputs: NDArray[np.int32] = field(init=False)
    cents: NDArray[np.int64] = field(init=False)
    z: NDArray[np.float32] = field(init=False)
    values: NDArray[np.float32] = field(init=False)
    money: NDArray[np.float64] = field(init=False)
    events: NDArray[np.bool_] = field(init=False)

    def keep(self, block: Block, first: int, last: int, out: slice) -> None:  # noqa: ARG002
        """Keep lane ``first`` of a block that has run."""
        assert block.dates is not None
        pool, logic = block.pool[:, first], self.network.logic
        self.start, self.finish = pool[block.dates.starts].copy(), pool[block.dates.finishes].copy()
        self.minutes = pool[logic.finishes] - pool[logic.starts]
        self.slack = self._slack(block)[:, first] - pool[logic.starts]
        if self.network.dynamics is not None:
            self.slack = np.maximum(self.slack, 0)  # rework may end after its successor began
        self.exists, self.events = block.exists[:, first] != 0, block.events[:, first] != 0
        self.critical, self.tight = _bit(block.critical, first), _bit(block.tight, first)
        self.lags = pool[logic.lags].copy()
        self.outputs, self.cents = pool[logic.outputs].copy(), block.totals[:, first].copy()
        self.z, self.values = block.z[:, first].copy(), block.values[:, first].copy()
        self.money = block.money[:, first].copy()

    def _slack(self, block: Block) -> NDArray[np.int32]:
        """Return the late starts of the block."""
        late, held = build_slack(self.network.logic), self.network.logic.layout.first_late
        pool = late.new_pool(block.pool.shape[1])
        pool[:held] = block.pool[:held]
        beyond = late.run(pool, block.exists, block.lost)
        if beyond > 0:
            raise HorizonError(f"late dates run {beyond} minutes past the calendars")
        return pool[late.starts]


def lane(rerun: Rerun, number: int) -> Lane:
    """Return iteration ``number`` of what ``rerun`` runs, whether or not that is one of its own; the same bits."""
    found = Lane(rerun.network)
    replace(rerun, iterations=range(number, number + 1), threads=1).run(keeper=found)
    return found


def _bit(words: NDArray[np.uint64], place: int) -> NDArray[np.bool_]:
    """Return bit ``place`` of every row of words."""
    word, bit = divmod(place, 64)
    return np.asarray((words[:, word] >> np.uint64(bit)) & np.uint64(1), np.bool_)
