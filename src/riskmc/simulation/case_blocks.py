"""One block of 256 iterations in many cases: drawn once, and each variant of an iteration computed once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels import effects, spans, variants
from riskmc.network.falling import fallen
from riskmc.network.network import Network
from riskmc.simulation.blocks import LANES, Block
from riskmc.simulation.varying import Varying

AT_ONCE = 256  # variants computed at a time
ROOM = 8192  # variants found before they are computed, and at least those of four iterations

Ints = NDArray[np.int32]


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
        room = max(ROOM, 4 * cases)
        self.bits = np.zeros((LANES, width), np.uint64)
        self.slots = np.zeros(2 ** (2 * cases).bit_length(), np.int32)
        self.alike = np.zeros_like(self.slots)
        self.matter = np.zeros((3, width), np.uint64)
        self.lanes = np.zeros(room, np.int32)
        self.index = np.zeros((LANES, cases), np.uint16 if cases <= np.iinfo(np.uint16).max else np.uint32)
        finishes, lags = (np.r_[part] for part in (network.logic.finishes, network.logic.lags))
        self.taken = np.concatenate((np.delete(finishes, found.nodes), lags))  # rows of the pool that no case changes
        self.minutes = np.zeros((found.nodes.size if found.durations.mixed_node.size else 0, AT_ONCE), np.int32)
        self.starts, self.spanned = np.zeros(AT_ONCE + 1, np.int32), np.zeros(AT_ONCE, np.int32)
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
        """Return finishes and cents of the variants begin to end - 1; columns to spare repeat the last one."""
        chosen = slice(begin, end) if end - begin == AT_ONCE else np.minimum(np.arange(begin, begin + AT_ONCE), end - 1)
        columns, words, pack = self.lanes[chosen], self.words[chosen], self.pack
        switching, count = self.varying.switching, end - begin
        variants.to_events(words, columns, switching.chosen, switching.still, self.drawn.events, pack.events)
        if self.network.events.term_event.size:
            effects.combine(self.network.events, pack.events)
        found = spans.divide(columns, self.starts, self.spanned)
        starts, lanes = self.starts[: found + 1], self.spanned[:found]
        spans.spread(self.values, self.varying.sized, starts, lanes, pack.values)
        np.take(self.money, columns, axis=1, out=pack.money, mode="clip")
        pack.act()
        self._schedule(columns, starts, lanes)
        pack.spend()
        pack.totals += self.drawn.totals[:, columns]
        finishes = pack.pool[pack.network.logic.outputs][self.places, :count]
        return finishes, pack.totals[self.totals, :count]

    def _schedule(self, columns: Ints, starts: Ints, lanes: Ints) -> None:
        """Dates from the durations of the lanes, and from those of the variants where they vary."""
        pack, drawn, found, logic = self.pack, self.drawn, self.varying, self.pack.network.logic
        durations, mixed = pack.pool[logic.finishes], found.durations.mixed_node
        spans.spread(drawn.pool, self.taken, starts, lanes, pack.pool)
        spans.durations(found.durations, found.nodes, self.values, pack.factors, starts, lanes, pack.work32, durations)
        if mixed.size:
            effects.compete(found.durations, pack.values, pack.factors, self.minutes)
            durations[found.nodes[mixed]] = self.minutes[mixed]
        if pack.losing is not None and drawn.losing is not None:
            pack.losing.borrow(drawn.losing, columns)
            pack.losing.strike(pack.values, pack.events)
        beyond = logic.run(pack.pool, pack.exists, pack.tight, pack.lost)
        if beyond > 0:
            raise fallen(logic, pack.pool, "dates run")
