"""Blocks in which policies written by the user decide; everything else is the reference."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from riskmc.kernels.scores import draw_occurrence
from riskmc.network.dynamics.policies import Reading
from riskmc.program.selector import select
from riskmc.sampling import keys, split_seed
from riskmc.simulation.discrete_event.hook import Hooks
from riskmc.simulation.discrete_event.reference_block import ReferenceBlock
from riskmc.simulation.discrete_event.replication import Replication
from riskmc.simulation.event_money import new_prices
from riskmc.simulation.hooks import UserPolicy


@dataclass(eq=False)
class HookBlock(ReferenceBlock):
    """Workspace of one thread of the reference, with hooks."""

    _drawn: dict[tuple[int, str, int], list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        network, releases = self.network, self.dynamics.model.funding.minute.size
        self.space = self.space._replace(prices=new_prices(network.nodes, releases, self.lanes))
        self.scene.managed = True
        self.hooks: tuple[UserPolicy, ...] = network.hooks
        self.reading = _reading(self)

    def _attach(self, replication: Replication, lane: int) -> None:
        """Let the hooks decide in a replication, each with a memory of its own."""
        number = self.block * self.lanes + lane
        Hooks(replication, self.network, self.reading, self.hooks, number, lambda name, k: self._draw(name, k, lane))

    def _draw(self, name: str, k: int, lane: int) -> float:
        """Return draw ``k`` of a name as a normal score, keyed by seed, name, iteration and k (D6)."""
        key = (self.block, name, k)
        if key not in self._drawn:
            hashes = keys([f"hook/{name}"])
            low, high = (np.uint64(half) for half in split_seed(self.seed))
            z = np.zeros((1, self.lanes), np.float32)
            halves = (hashes & np.uint64(0xFFFFFFFF)).astype(np.uint32), (hashes >> np.uint64(32)).astype(np.uint32)
            draw_occurrence(low, high, *halves, np.int64(self.block), np.int64(k), z)
            self._drawn[key] = z[0].tolist()
        return self._drawn[key][lane]


def _reading(block: HookBlock) -> Reading:
    """Return what the actions of hooks are read with."""
    network = block.network

    def critical() -> set[str]:
        return {task.path for task in network.tasks if network.plan.critical[task.number]}

    return Reading(
        network.program, network.tasks, network.axis, network.plan,
        {name: number for number, name in enumerate(block.dynamics.pools)}, None,
        lambda on, except_: select(network.program, on, except_, critical), network.nodes,
    )  # fmt: skip
