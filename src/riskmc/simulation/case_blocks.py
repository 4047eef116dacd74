"""One block of 256 iterations in many cases: drawn once, and each variant of an iteration computed once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import effects, variants
from riskmc.network.network import Network
from riskmc.network.worktime import HorizonError
from riskmc.simulation.blocks import LANES, Block
from riskmc.simulation.varying import Varying

AT_ONCE = 256  # variants computed at a time
ROOM = 8192  # variants found before they are computed, and at least those of four iterations


class Found(NamedTuple):
    """The variants of one block: int64[256], the first one of each lane, and their outcomes in columns.

    ``chosen`` [256, cases] tells which one, counted from the lane's first, each case comes to. ``finishes``
    int32[places, variants], minutes of the axis; ``cents`` int64[totals, variants].
    """

    starts: NDArray[np.int64]
    chosen: NDArray[np.unsignedinteger]
    finishes: NDArray[np.int32]
    cents: NDArray[np.int64]


@dataclass(eq=False)
class CaseBlock:
    """Workspace of one thread. ``places`` are the outputs kept, ``totals`` the rows of cents."""

    network: Network
    varying: Varying
    seed: int
    stratified: bool
    places: NDArray[np.int64]
    totals: NDArray[np.int64]
    drawn: Block = field(init=False)
    pack: Block = field(init=False)

    def __post_init__(self) -> None:
        network, found = self.network, self.varying
        cases, width = found.switching.allowed.shape
        self.drawn = Block(replace(network, costs=found.still), self.seed, None, self.stratified)
        logic = replace(network.logic, code=found.code)
        self.pack = Block(
            replace(
                network, factors=found.factors, sums=found.sums, costs=found.moving, logic=logic, lost=found.lost
            ),
            self.seed, lanes=AT_ONCE,
        )  # fmt: skip
        self.pack.values = np.zeros((found.values.size, AT_ONCE), np.float32)
        self.pack.money = np.zeros((found.money.size, AT_ONCE))
        self.minutes = np.zeros((found.nodes.size, AT_ONCE), np.int32)
        self.raised = np.zeros(max(network.nodes, found.nodes.size), np.int64)
        room = max(ROOM, 4 * cases)
        self.bits = np.zeros((LANES, width), np.uint64)
        self.slots = np.zeros(2 ** (2 * cases).bit_length(), np.int32)
        self.alike = np.zeros_like(self.slots)
        self.matter = np.zeros((3, width), np.uint64)
        self.lanes = np.zeros(room, np.int32)
        self.index = np.zeros((LANES, cases), np.uint16 if cases <= np.iinfo(np.uint16).max else np.uint32)
        lasting = np.ones(network.nodes, np.bool_)
        lasting[found.nodes] = False
        self.lasting = np.flatnonzero(lasting)
        self.words = np.zeros((room, width), np.uint64)

    def run(self, block: int, first: int, last: int) -> Found:
        """Return the variants of lanes first to last - 1; the index is workspace, good until the next block."""
        self._draw(block)
        switching, count = self.varying.switching, 0
        parts = [(np.empty((self.places.size, 0), np.int32), np.empty((self.totals.size, 0), np.int64))]
        starts = np.zeros(LANES, np.int64)
        while first < last:
            span = (first, last, count)
            new, first = variants.distinguish(
                switching.hanging, switching.fading, self.drawn.z, self.bits, switching.allowed, span, self.slots,
                self.alike, self.matter, self.index, starts, self.lanes, self.words,
            )  # fmt: skip
            parts += [self._compute(begin, min(begin + AT_ONCE, new)) for begin in range(0, new, AT_ONCE)]
            count += new
        finishes, cents = zip(*parts, strict=True)
        return Found(starts, self.index, np.concatenate(finishes, axis=1), np.concatenate(cents, axis=1))

    def _draw(self, block: int) -> None:
        """Draw the iterations; their events and durations in full, and the cents of what no case changes."""
        drawn, network = self.drawn, self.network
        drawn.draw(block)
        drawn.occur()
        drawn.act()
        variants.to_bits(drawn.events, self.varying.switching.plain, self.bits)
        durations = drawn.pool[network.logic.finishes]
        table = network.durations
        effects.durations(table, drawn.values, drawn.factors, drawn.work32, 0, 0, durations, drawn.sums.raised)
        if table.mixed_node.size:
            effects.compete(table, drawn.values, drawn.factors, durations)
        if network.sampled_value.size:
            lags = drawn.pool[network.logic.lags]
            effects.whole_minutes(network.sampled_value, network.sampled_constant, drawn.values, lags)
        drawn.spend()  # of what lasts its duration, as if it started at minute 0
        self.values, self.money = drawn.values[self.varying.values], drawn.money[self.varying.money]

    def _compute(self, begin: int, end: int) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return finishes and cents of the variants begin to end - 1; lanes to spare repeat the last one."""
        chosen = np.minimum(np.arange(begin, begin + AT_ONCE), end - 1)
        lanes, words, pack = self.lanes[chosen], self.words[chosen], self.pack
        switching, count = self.varying.switching, end - begin
        variants.to_events(words, lanes, switching.chosen, switching.still, self.drawn.events, pack.events)
        if self.network.events.term_event.size:
            effects.combine(self.network.events, pack.events)
        variants.gather(self.values, lanes, pack.values)
        np.take(self.money, lanes, axis=1, out=pack.money, mode="clip")
        pack.act()
        self._schedule(lanes)
        pack.spend()
        pack.totals += self.drawn.totals[:, lanes]
        finishes = pack.pool[pack.network.logic.outputs][self.places, :count]
        return finishes, pack.totals[self.totals, :count]

    def _schedule(self, lanes: NDArray[np.int32]) -> None:
        """Dates from the durations of the iterations, and from those of the variants where they vary."""
        pack, drawn, table, logic = self.pack, self.drawn, self.varying.durations, self.pack.network.logic
        durations = pack.pool[logic.finishes]
        variants.gather_some(drawn.pool[logic.finishes], self.lasting, lanes, durations)
        pack.pool[logic.lags] = drawn.pool[logic.lags][:, lanes]
        effects.durations(table, pack.values, pack.factors, pack.work32, 0, 0, self.minutes, self.raised)
        if table.mixed_node.size:
            effects.compete(table, pack.values, pack.factors, self.minutes)
        variants.scatter(self.minutes, self.varying.nodes, durations)
        if pack.losing is not None and drawn.losing is not None:
            pack.losing.borrow(drawn.losing, lanes)
            pack.losing.strike(pack.values, pack.events)
        beyond = logic.run(pack.pool, pack.exists, pack.tight, pack.lost)
        if beyond > 0:
            raise HorizonError(f"dates run {beyond} minutes past the calendars")
