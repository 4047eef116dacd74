"""What the policies of a program did, from the sums of a run over its iterations."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from riskmc.forecast.instant import instant_of
from riskmc.network.network import Network
from riskmc.simulation.trials import Acted


def acts_told(network: Network, sums: NDArray[np.int64], n: int) -> dict[str, Acted]:
    """Return by policy of the file what it did, from the sums over ``n`` iterations."""
    found = {}
    for name, (acted, times, first) in zip(sorted(network.program.policies), sums.tolist(), strict=False):
        mean = instant_of(network.axis.unix + first // acted) if acted else None
        found[name] = Acted(acted / n, times / n, mean)
    return found
