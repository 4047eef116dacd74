"""Stored draws: the sizes and scores of blocks that were drawn before, kept for the next run of the same variables.

Drawing takes most of a run. Where only chances and certain factors change from one run to the next, every other size
of an iteration is the same (R5), and need not be drawn again.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from riskmc.network.network import Network
from riskmc.simulation.blocks import Block

MOST_BYTES = 200_000_000


@dataclass(eq=False)
class StoredDraws:
    """The draws of a network's blocks, by number: sizes, the scores that decide events, and money.

    ``changing`` are the rows of sizes that are certain in each run and may differ between runs.
    """

    network: Network
    changing: NDArray[np.int32]
    blocks: dict[int, tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float64]]] = field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        self.scored = np.unique(self.network.events.score)

    def hold(self, iterations: int) -> bool:
        """Return whether so many iterations are few enough to be kept."""
        sampler = self.network.sampler
        return 4 * (len(sampler.sizes) + self.scored.size + 2 * len(sampler.amounts)) * iterations < MOST_BYTES


@dataclass(eq=False)
class StoredBlock(Block):
    """A block that draws each number once and takes it from the store afterwards."""

    store: StoredDraws = field(kw_only=True)

    def draw(self, block: int) -> None:
        """Take the draws of a block from the store, where they are; the scores of events and all sizes."""
        kept = self.store.blocks.get(block)
        if kept is None:
            self.values, self.money = np.zeros_like(self.values), np.zeros_like(self.money)  # what is kept stays
            super().draw(block)
            self.store.blocks[block] = self.values, self.z[self.store.scored], self.money
            return
        self.values, self.z[self.store.scored], self.money = kept
        rows = self.store.changing
        self.values[rows] = self.network.sampler.sizes.curves.location[rows, None]
        if self.losing is not None:
            self.losing.draw(block)
