"""The time that weather and calendar risks take from the work of one block of iterations, drawn as it is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import weather
from riskmc.kernels.lost_time import Lost, Thinning
from riskmc.kernels.philox import LANES
from riskmc.network.network import Network
from riskmc.network.weather import keys
from riskmc.sampling import split_seed


@dataclass(eq=False)
class LosingTime:
    """The stretches of lost time of one thread's block; ``lanes`` are those of the pool they are for."""

    network: Network
    seed: int
    lanes: int = LANES
    lost: Lost = field(init=False)

    def __post_init__(self) -> None:
        found = self.network.lost
        assert found is not None
        tables, sites = found.thinning.site.size, len(found.sites)
        room = int(found.thinning.days[3]) // 2 + 2
        self.lost = Lost(
            np.zeros((tables, LANES, 2 * room), np.int32), np.zeros((tables, self.lanes, 1), np.int32),
            np.arange(self.lanes, dtype=np.int32) % LANES, keys(found, self.network.sampler),
            np.array([*split_seed(self.seed), 0], np.uint64), np.zeros(sites, np.int64), np.zeros(tables, np.int32),
            np.zeros((sites, LANES), np.uint8), np.zeros(LANES, np.uint32),
        )  # fmt: skip

    def draw(self, block: int) -> None:
        """Begin a block: forget the one before."""
        self.lost.draw[2] = block
        weather.begin(self.thinning, self.lost)

    def of_lanes(self, lanes: NDArray[np.int32]) -> tuple[Thinning, Lost]:
        """Return what `Logic.run` takes for a pool whose lanes are these of the block."""
        return self.thinning, self.lost._replace(lane=lanes)

    @property
    def thinning(self) -> Thinning:
        """The tables of the network."""
        assert self.network.lost is not None
        return self.network.lost.thinning

    @property
    def tables(self) -> tuple[Thinning, Lost]:
        """What `Logic.run` and `Late.run` take."""
        return self.thinning, self.lost


__all__ = ["LosingTime"]
