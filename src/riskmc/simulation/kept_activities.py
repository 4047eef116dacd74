"""Durations, total float and criticality of single activities in every iteration, and the drives of the merges.

Trials keep none of these: they are run again, same bits, some activities at a time (`simulation.kept_finishes` says
why). The drives are added up as they pass, exactly: sums of how far each lies before the latest, and of its squares.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from riskmc.network.drives import Drives, build_drives
from riskmc.network.late import Late
from riskmc.network.slack import build_slack
from riskmc.network.tasks import Task
from riskmc.network.worktime import HorizonError
from riskmc.simulation.blocks import LANES, Block
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.rerun import Rerun, part_of

MEMORY = 2**28  # bytes of activities at a time: each part runs the iterations again
BYTES = 10  # of one activity in one iteration


@dataclass(eq=False)
class Part:
    """Some activities in every iteration: ``minutes`` and ``slack`` int32[tasks, n] in working minutes of their own.

    ``slack`` is the total float, late start less start; ``exists`` and ``critical`` are bool[tasks, n]. What does not
    exist lasts 0 minutes (N7). Of started work, ``minutes`` is what remains.
    """

    tasks: Sequence[Task]
    minutes: NDArray[np.int32]
    slack: NDArray[np.int32]
    exists: NDArray[np.bool_]
    critical: NDArray[np.bool_]


@dataclass(eq=False)
class Lateness:
    """How far the drive of each link lies before the latest of its merge: sums over the iterations, by block of 256.

    ``minutes``, ``squares`` and ``tight``, the iterations in which a link is the latest, are int64[links, blocks].
    """

    drives: Drives
    blocks: int
    minutes: NDArray[np.int64] = field(init=False)
    squares: NDArray[np.int64] = field(init=False)
    tight: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        self.minutes = np.zeros((self.drives.links.size, self.blocks), np.int64)
        self.squares = np.zeros_like(self.minutes)
        self.tight = np.zeros_like(self.minutes)

    def add(self, drives: NDArray[np.int32], block: int) -> None:
        """Add the drives int32[links, lanes] of one block; each block is met once."""
        if not self.drives.links.size:
            return
        latest = np.maximum.reduceat(drives, self.drives.first[:-1], axis=0)
        before = np.repeat(latest, np.diff(self.drives.first), axis=0).astype(np.int64) - drives
        self.minutes[:, block] = before.sum(axis=1)
        self.squares[:, block] = np.square(before).sum(axis=1)
        self.tight[:, block] = (before == 0).sum(axis=1)


@dataclass(eq=False)
class ActivityKeeper:
    """Keeps a `Part`, and the `Lateness` of the merges where it is asked to."""

    part: Part
    late: Late
    lateness: Lateness | None
    first_block: int
    pools: dict[int, NDArray[np.int32]] = field(default_factory=dict)

    def keep(self, block: Block, first: int, last: int, out: slice) -> None:
        """Keep the lanes first to last - 1 of a block that has run."""
        part, logic = self.part, block.network.logic
        numbers = slice(part.tasks[0].number, part.tasks[-1].number + 1)
        pool = self._pool(block)
        beyond = self.late.run(pool, block.exists, block.lost)
        if beyond > 0:
            raise HorizonError(f"late dates run {beyond} minutes past the calendars")
        starts, lanes = block.pool[logic.starts], slice(first, last)
        part.minutes[:, out] = (block.pool[logic.finishes][numbers] - starts[numbers])[:, lanes]
        part.slack[:, out] = (pool[self.late.starts][numbers] - starts[numbers])[:, lanes]
        if block.network.dynamics is not None:
            part.slack[:, out] = np.maximum(part.slack[:, out], 0)  # rework may end after its successor began
        part.exists[:, out] = block.exists[numbers, lanes] != 0
        bits = np.unpackbits(block.critical[numbers].view(np.uint8), axis=1, bitorder="little")
        part.critical[:, out] = bits[:, lanes]
        if self.lateness is not None:
            number = (out.start + self.first_block - first) // LANES
            self.lateness.add(self.lateness.drives.run(pool, block.exists)[:, lanes], number)

    def _pool(self, block: Block) -> NDArray[np.int32]:
        """Return the thread's own pool, with the dates of the block in it."""
        needed = max(self.late.rows, 0 if self.lateness is None else self.lateness.drives.rows)
        pool = self.pools.setdefault(id(block), np.zeros((0, LANES), np.int32))
        if not pool.size:
            pool = self.pools[id(block)] = np.zeros((needed, LANES), np.int32)
        held = self.late.logic.layout.first_late
        pool[:held] = block.pool[:held]
        return pool


def kept_activities(rerun: Rerun, progress: Progress | None = None) -> Iterator[tuple[Part, Lateness | None]]:
    """Yield all activities in the order of the network, some at a time; with the first part the drives of the merges.

    HorizonError where late dates run past the calendars.
    """
    network, n = rerun.network, len(rerun.iterations)
    size = max(1, MEMORY // (BYTES * n))
    late, first_block = build_slack(network.logic), rerun.iterations.start % LANES
    blocks = (first_block + n - 1) // LANES + 1
    starts = range(0, len(network.tasks), size)
    for place, first in enumerate(starts):
        tasks = network.tasks[first : first + size]
        lateness = None if first else Lateness(build_drives(network.logic), blocks)
        keeper = ActivityKeeper(_blank(tasks, n), late, lateness, first_block)
        rerun.run(keeper=keeper, progress=part_of(progress, place, len(starts)))
        yield keeper.part, lateness


def _blank(tasks: Sequence[Task], n: int) -> Part:
    shape = (len(tasks), n)
    minutes, slack = np.empty(shape, np.int32), np.empty(shape, np.int32)
    return Part(tasks, minutes, slack, np.empty(shape, np.bool_), np.empty(shape, np.bool_))
