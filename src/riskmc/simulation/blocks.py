"""One block of 256 iterations of a compiled program: the kernels in their order, in private workspace (R1, R6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import costs, driving, effects, tallies
from riskmc.kernels.lost_time import Lost, Thinning
from riskmc.kernels.structs import as_struct
from riskmc.network.dates import Dates
from riskmc.network.events import NEVER
from riskmc.network.falling import fallen
from riskmc.network.impacts import EffectTable
from riskmc.network.network import Network
from riskmc.sampling import split_seed
from riskmc.simulation.lost_time import LosingTime

LANES = 256
_STRUCTS = ("events", "factors", "sums", "costs")  # tables of the network that kernels take as structs
_SUMMED = (
    "raised",
    "critical",
    "events",
    "endless",
    "censored",
    "stopped",
    "arrived",
    "arrivals",
    "rework",
    "acts",
    "exists",
    "start",
    "finish",
    "minutes",
)


@dataclass(eq=False)
class Block:
    """Workspace of one thread, and the sums over the iterations it has run. Everything is allocated here, once.

    Only 256 ``lanes`` can be drawn; other multiples of 64 hold iterations drawn elsewhere.
    """

    network: Network
    seed: int
    dates: Dates | None = None
    stratified: bool = False
    lanes: int = LANES
    sums: Sums = field(init=False)

    def __post_init__(self) -> None:
        network, n = self.network, self.network.nodes
        lanes = self.lanes
        self.structs: dict[str, Any] = {name: as_struct(getattr(network, name)) for name in _STRUCTS}
        sizes, amounts = len(network.sampler.sizes), len(network.sampler.amounts)
        rows = network.logic.rows if self.dates is None else self.dates.rows
        self.z = np.zeros((max(1, network.sampler.rows), lanes), np.float32)
        self.values = np.zeros((sizes, lanes), np.float32)
        self.standard = np.zeros((amounts, lanes), np.float32)
        self.money = np.zeros((amounts, lanes), np.float64)
        self.events = np.zeros((network.events.size, lanes), np.uint8)
        self.factors = np.zeros((network.factors.size, lanes), np.float32)
        self.additions = np.zeros((network.sums.size, lanes), np.float64)
        self.pool = np.zeros((rows, lanes), np.int32)
        self.exists = np.ones((n, lanes), np.uint8)
        self.tight = network.logic.new_tight(lanes)
        self.critical = np.zeros((n, lanes // 64), np.uint64)
        self.totals = np.zeros((1 + len(network.projects), lanes), np.int64)
        self.work32, self.work, self.spent = np.zeros(lanes, np.float32), np.zeros(lanes), np.zeros(lanes)
        self.losing = None if network.lost is None else LosingTime(network, self.seed, lanes)
        found = network.dynamics
        counted = (0, 0, 0)
        if found is not None:
            counted = (len(found.risks), found.model.rework.node.size, found.model.policies.every.size)
        self.sums = Sums(n, network.events.size, len(network.sampler.backlogs), *counted)

    def run(self, block: int, first: int, last: int) -> None:
        """Compute the iterations of ``block``; lanes first to last - 1 count in the sums."""
        self.draw(block)
        self._strike()
        self._schedule(first, last)
        self.spend()
        self._tally(first, last)

    @property
    def lost(self) -> tuple[Thinning, Lost] | None:
        """The time that the work of the block loses, where it loses any."""
        return None if self.losing is None else self.losing.tables

    def draw(self, block: int) -> None:
        """Scores of all variables, mixed for correlation, and the sizes made of them (R1 to R3)."""
        self.network.sampler.fill(
            split_seed(self.seed), block, self.stratified, self.z, self.values, self.standard, self.money
        )
        if self.losing is not None:
            self.losing.draw(block)

    def _strike(self) -> None:
        """Events, then effects of drivers and risks, then who exists (K2 to K5, N7)."""
        self.occur()
        self.act()

    def act(self) -> None:
        """Effects of the events of the block, and who exists in it."""
        self._affect("factors", self.values, self.factors)
        self._affect("sums", self.money, self.additions)
        if self.network.logic.doubtful.size:
            self.exists[:] = 1  # conditions on dates clear it in passing, block by block
        if self.network.exists_node.size:
            self.exists[self.network.exists_node[self.network.exists_event == NEVER]] = 0
            drawn = self.network.exists_event >= 0
            effects.exist(self.network.exists_node[drawn], self.network.exists_event[drawn], self.events, self.exists)

    def occur(self) -> None:
        """Events drawn, then those that hang on others; a kernel without work is not called, and so not compiled."""
        table = self.network.events
        effects.occur(self.structs["events"], self.z, self.events)
        if table.override_event.size or table.given_event.size:
            effects.depend(table, self.z, self.events)
        if table.term_event.size:
            effects.combine(table, self.events)

    def _affect(self, name: str, values: NDArray[Any], out: NDArray[Any]) -> None:
        """Rows of effects of one number type: ``out[k]`` for the rows of a table of the network, then of its groups."""
        table: EffectTable = getattr(self.network, name)
        if table.kind.size:
            effects.strike(self.structs[name], values, self.events, out)
        if table.share_event.size:
            effects.split(table, self.events, out)
        if table.member_effect.size:
            effects.largest(table, out)

    def _schedule(self, first: int, last: int) -> None:
        """Durations, lags, dates and driving chains (K1, N1 to N7)."""
        self._last(first, last)
        self._date()
        self.network.logic.trace(self.exists, self.tight, self.critical)

    def _last(self, first: int, last: int) -> None:
        """How long everything lasts, lags included (K1)."""
        network, logic, table = self.network, self.network.logic, self.network.durations
        out = self.pool[logic.finishes]
        effects.durations(table, self.values, self.factors, self.work32, first, last, out, self.sums.raised)
        if table.mixed_node.size:
            effects.compete(table, self.values, self.factors, out)
        if network.sampled_value.size:
            effects.whole_minutes(network.sampled_value, network.sampled_constant, self.values, self.pool[logic.lags])

    def _date(self) -> None:
        """Dates, and which links drive them (N1 to N7)."""
        if self.losing is not None:
            self.losing.strike(self.values, self.events)
        beyond = self.network.logic.run(self.pool, self.exists, self.tight, self.lost)
        if beyond > 0:
            raise fallen(self.network.logic, self.pool, "dates run")

    def spend(self) -> None:
        """Cents of every item, added up for the program and each project (C1, C2)."""
        self.totals[:] = 0
        tables = (self.money, self.factors, self.additions)
        costs.costs(self.structs["costs"], *tables, self.exists, self.worked(), self.work, self.spent, self.totals)
        self.totals += self.network.costs.certain[:, None]

    def worked(self) -> NDArray[np.int32]:
        """Return rows of starts and finishes between which lie the minutes that cost money."""
        return self.pool

    def _tally(self, first: int, last: int) -> None:
        driving.count(self.critical, first, last, self.sums.critical)
        tallies.count(self.events, first, last, self.sums.events)
        for number, backlog in enumerate(self.network.sampler.backlogs):
            self.sums.endless[number] += backlog.endless(self.values, first, last)
        if self.dates is not None:
            self._tell_instants(first, last)
            self.sums.add_dates(self, first, last)

    def _tell_instants(self, first: int, last: int) -> None:  # noqa: ARG002
        """Starts and finishes as minutes of the axis, where they are asked for."""
        assert self.dates is not None
        self.dates.run(self.pool, self.exists, self.tight)


@dataclass(eq=False)
class Sums:
    """Integer sums over iterations: order-free, so bit-identical for any chunks and threads (R6)."""

    n: int
    n_events: int
    n_backlogs: int = 0
    n_arriving: int = 0
    n_loops: int = 0
    n_policies: int = 0

    def __post_init__(self) -> None:
        self.raised = np.zeros(self.n, np.int64)
        self.critical = np.zeros(self.n, np.int64)
        self.events = np.zeros(self.n_events, np.int64)
        self.endless = np.zeros(self.n_backlogs, np.int64)
        self.exists = np.zeros(self.n, np.int64)
        self.start = np.zeros(self.n, np.int64)
        self.finish = np.zeros(self.n, np.int64)
        self.minutes = np.zeros(self.n, np.int64)
        self.censored = np.zeros(1, np.int64)
        self.stopped = np.zeros(self.n, np.int64)
        self.arrived = np.zeros(self.n_arriving, np.int64)
        self.arrivals = np.zeros(self.n_arriving, np.int64)
        self.rework = np.zeros((self.n_loops, 4), np.int64)
        self.acts = np.zeros((self.n_policies, 3), np.int64)

    def add_dates(self, block: Block, first: int, last: int) -> None:
        """Add start and finish instants, and working minutes, over the lanes in which a node exists (N7)."""
        assert block.dates is not None
        pool, exists, logic = block.pool, block.exists, block.network.logic
        tallies.count(exists, first, last, self.exists)
        tallies.add_where(pool[block.dates.starts], exists, first, last, 1, self.start)
        tallies.add_where(pool[block.dates.finishes], exists, first, last, 1, self.finish)
        tallies.add_where(pool[logic.finishes], exists, first, last, 1, self.minutes)
        tallies.add_where(pool[logic.starts], exists, first, last, -1, self.minutes)

    def merge(self, other: Sums) -> None:
        """Add the sums of another thread."""
        for name in _SUMMED:
            getattr(self, name)[:] += getattr(other, name)
