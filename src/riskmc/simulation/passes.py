"""Several passes: of many orders of dispatch near the default one, that which makes the levelled plan shortest.

The first pass is the late-finish order; in each other one every activity stands at its place plus normal noise, little
in some passes and much in others. The best is the order in which every iteration hands out units, so it is a policy
fixed beforehand, not foresight. The noise is keyed by the names of the activities and by nothing else: the same program
has the same order with every seed. Source: biased random sampling (Kolisch and Drexl 1996), with places for regrets.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from riskmc.network.draws import Draws
from riskmc.network.dynamics.occurrences import LANES, Occurring
from riskmc.network.network import Network
from riskmc.simulation.levelling import PlannedBlock

PASSES = LANES
SPREADS = (0.05, 0.1, 0.2, 0.4)  # of the number of activities: the noise of a pass, in turn


def ordered(network: Network) -> Network:
    """Return the network with the best order of dispatch of 256 passes; as it is where one pass was asked for.

    Ties go to the earlier pass, so that nothing changes where nothing is gained. Raises DeadlockError and HorizonError
    as the levelled plan does.
    """
    dynamics = network.dynamics
    if dynamics is None or not dynamics.multi_pass or not dynamics.pools:
        return network
    orders = _orders(network)
    best = orders[int(np.argmin(_finishes(network, orders)))]
    model, planned = (
        one._replace(ranks=one.ranks._replace(order=best.copy())) for one in (dynamics.model, dynamics.planned)
    )
    return replace(network, dynamics=replace(dynamics, model=model, planned=planned))


def _orders(network: Network) -> NDArray[np.int64]:
    """Return int64[passes, nodes]: the place of every node in each order; spans of cost stay last."""
    assert network.dynamics is not None
    first = network.dynamics.planned.ranks.order
    tasks = len(network.tasks)
    noise = Occurring(Draws())
    for task in network.tasks:
        noise.chance(f"dispatch/{task.path}")
    drawn = noise.drawn().draw(0, 0, 1)[:, :, 0].astype(np.float64)
    spread = tasks * np.resize(SPREADS, PASSES)
    keys = first[:tasks] + spread[:, None] * drawn
    keys[0] = first[:tasks]
    orders = np.tile(first, (PASSES, 1))
    orders[:, :tasks] = np.argsort(np.argsort(keys, axis=1, kind="stable"), axis=1, kind="stable")
    return orders


def _finishes(network: Network, orders: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the minute at which the levelled plan is done, pass by pass."""
    block = _SearchingBlock(network, 0, lanes=64, plan=network.plan, orders=orders)
    block.run(0, 0, 1)
    return block.finishes


@dataclass(eq=False)
class _SearchingBlock(PlannedBlock):
    """A block that lets the plan happen in one order after the other."""

    orders: NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, 0), np.int64))

    def _happen(self, first: int, last: int) -> None:
        """Let the plan happen once for each order, from the same beginning."""
        pool, exists = self.space.pool[first].copy(), self.space.exists[first].copy()
        self.finishes = np.zeros(len(self.orders), np.int64)
        model = self.dynamics.planned
        for number, order in enumerate(self.orders):
            self.space.pool[first], self.space.exists[first] = pool, exists
            ranks = model.ranks._replace(order=np.ascontiguousarray(order))
            self.dynamics = replace(self.dynamics, model=model._replace(ranks=ranks))
            super()._happen(first, last)
            self.finishes[number] = self.space.done_at[first].max()
