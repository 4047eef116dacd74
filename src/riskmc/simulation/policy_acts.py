"""What the policies of a program did, from the sums of a run over its iterations."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from riskmc.forecast.instant import instant_of
from riskmc.kernels.discrete_event.policies import FIRST, TIMES
from riskmc.network.network import Network
from riskmc.simulation.trials import Acted


def add_acts(acts: NDArray[np.int64], sums: NDArray[np.int64]) -> None:
    """Add what policies did in some lanes, int64[lanes, policies, 2], to the sums by policy.

    Those are lanes in which it acted, how often it did, and the minutes at which it first did.
    """
    acted = acts[:, :, TIMES] > 0
    sums[:, 0] += np.count_nonzero(acted, axis=0)
    sums[:, 1] += acts[:, :, TIMES].sum(axis=0)
    sums[:, 2] += np.where(acted, acts[:, :, FIRST], 0).sum(axis=0)


def acts_told(network: Network, sums: NDArray[np.int64], n: int) -> dict[str, Acted]:
    """Return by policy of the file what it did, from the sums over ``n`` iterations."""
    found = {}
    for name, (acted, times, first) in zip(sorted(network.program.policies), sums.tolist(), strict=False):
        mean = instant_of(network.axis.unix + first // acted) if acted else None
        found[name] = Acted(acted / n, times / n, mean)
    return found
