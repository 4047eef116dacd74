"""How long a backlog takes its team: a duration drawn by working it off, item by item or period by period (D4, D6).

Nothing in it depends on the date on which it begins, so both engines take it for what any other duration is: a draw,
in working minutes of the activity's calendar. What is drawn again and again (the items of a period, the work on an
item) is keyed by its occurrence, from 0: period, arrival or item. Sources: Vacanti (2015), bootstrap of throughput;
Anderson (2010), boards with limits of work in progress.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.distributions import Distribution
from riskmc.distributions.constant import Constant
from riskmc.kernels.discrete_event import flow as board
from riskmc.kernels.discrete_event.codes import CENSORED, FINE, MORE_DRAWS
from riskmc.kernels.throughput import UNFINISHED, burn_down
from riskmc.network.sizes import central

Sizes = NDArray[np.float32]
Source = Callable[[str, int], Sizes]
"""Returns the first occurrences of a variable: float32[occurrences, lanes]."""
Minutes = NDArray[np.float64]

ITEMS, SPLIT, THROUGHPUT, ARRIVALS = "items", "split", "throughput", "arrivals"
MOST_ITEMS = 50_000  # drawn of one stage; a backlog that needs more counts as never done
_PARTS = 16  # of a period, in each of which a growing scope counts as a straight line
_STEEPEST = 50.0  # the logarithm of the largest growth that is told from a larger one


class FlowTable(NamedTuple):
    """The board of a team for the kernel `flow`, stages in the order in which items go through them.

    ``stages`` int64[s, 4]: the first of its servers and the one after its last, how many items may be in it, and 1
    where an item that cannot move on keeps its server; ``total`` is how many items may be in all stages, ``growth``
    STEADY, BY_COUNT or BY_SHARE of the kernel; ``crossing`` float64[n] are the minutes in which a scope that grows by
    a share comes from one item to n + 1.
    """

    stages: NDArray[np.int64]
    total: np.int64
    growth: np.int64
    crossing: Minutes


class FlowState(NamedTuple):
    """What the kernel `flow` remembers of a replication, in columns that it names.

    ``servers`` int64[n, 2]: when each is done, and its item; ``queues`` int64[s, 5]: the items in each stage, and both
    ends of its two queues; ``following`` int32[items]: the next item in the queue; ``counters`` int64.
    """

    servers: NDArray[np.int64]
    queues: NDArray[np.int64]
    following: NDArray[np.int32]
    counters: NDArray[np.int64]


def flow_state(table: FlowTable, items: int) -> FlowState:
    """Return room for a replication in which at most ``items`` items are begun."""
    servers = np.zeros((int(table.stages[-1, board.LAST]), 2), np.int64)
    queues, counters = np.zeros((len(table.stages), 5), np.int64), np.zeros(board.FLOW_COUNTERS, np.int64)
    return FlowState(servers, queues, np.zeros(items, np.int32), counters)


def crossings(growth: float, items: int) -> Minutes:
    """Return the minutes (float64[items]) in which one item becomes 1, 2, 3 ... by ``growth`` a minute, compound."""
    return np.asarray(np.round(np.log(np.arange(1, items + 1)) / growth, 6))


@dataclass(frozen=True, eq=False)
class BurnDown:
    """A backlog burnt down by a throughput per ``period`` of so many minutes.

    ``sizes`` are the distributions it draws from, by variable; ``growth`` is that of its scope per minute, compound.
    After ``limit`` minutes it counts as never done.
    """

    sizes: Mapping[str, Distribution]
    period: int
    growth: float
    limit: int

    @property
    def pace(self) -> float:
        """Items done a minute, in the mean."""
        return self.sizes[THROUGHPUT].mean() / self.period

    @property
    def coming(self) -> float:
        """Items that come a minute, in the mean, before they split."""
        return self.sizes[ARRIVALS].mean() / self.period if ARRIVALS in self.sizes else 0.0

    @property
    def most(self) -> int:
        """The most periods to draw."""
        return -(-self.limit // self.period)

    def expected(self, minutes: float) -> int:
        """Return how many periods so many minutes take."""
        return int(minutes / self.period) + 1

    def worked_off(self, source: Source, periods: int) -> tuple[Minutes, NDArray[np.bool_]]:
        """Return the minutes each lane takes, and which lanes have an end within so many periods."""
        items, split = begun(self.sizes, source)
        parts = periods * (_PARTS if self.growth else 1)
        rise = self.growth * self.period * periods / parts * np.arange(parts + 1)
        scope = np.round(np.exp(np.minimum(rise, _STEEPEST)), 12)
        done = source(THROUGHPUT, periods)
        more = source(ARRIVALS, periods) if ARRIVALS in self.sizes else done[:0]
        total = np.array([float(board.pieces(n, s)) for n, s in zip(items, split, strict=True)])
        out = np.empty(items.size)
        burn_down(float(self.period), scope, done, more, total, split / board.MILLION, out)
        return out, out != UNFINISHED


@dataclass(frozen=True, eq=False)
class Board:
    """A backlog that flows through the stages of a board, by name, as ``table`` says; the rest as of `BurnDown`."""

    sizes: Mapping[str, Distribution]
    stages: tuple[str, ...]
    table: FlowTable
    growth: float
    limit: int

    @property
    def pace(self) -> float:
        """Items done a minute, in the mean, where no limit of work in progress slows the narrowest stage."""
        means = np.array([max(1.0, self.sizes[stage].mean()) for stage in self.stages])
        servers = self.table.stages[:, board.LAST] - self.table.stages[:, board.FIRST]
        return float((servers / means).min())

    @property
    def coming(self) -> float:
        """Items that come a minute, in the mean, before they split."""
        return 1 / self.sizes[ARRIVALS].mean() if ARRIVALS in self.sizes else 0.0

    @property
    def most(self) -> int:
        """The most items to draw."""
        return MOST_ITEMS

    def expected(self, minutes: float) -> int:
        """Return how many items are done in so many minutes, with room for more."""
        return int(1.25 * minutes * self.pace) + 16

    def worked_off(self, source: Source, items: int) -> tuple[Minutes, NDArray[np.bool_]]:
        """Return the minutes each lane takes, and which lanes have an end with so many items drawn."""
        out = self._flow(source, items, None, np.zeros((0, 4), np.int64))
        return out[0].astype(float), (out[1] == FINE) | (out[1] == CENSORED)

    def log(self, source: Source, lane: int) -> NDArray[np.int64]:
        """Return the events of one lane: rows of (minute, kind, stage, item), kinds those of the kernel `flow`."""
        items, rows = self.expected(fluid_minutes(self)), 1024
        while True:
            log = np.zeros((rows, 4), np.int64)
            out = self._flow(source, items, lane, log)
            if out[1, lane] in (FINE, CENSORED) or (out[1, lane] == MORE_DRAWS and items == self.most):
                return log[: int(out[2, lane])]
            rows, items = 2 * rows, min(2 * items, self.most)

    def _flow(self, source: Source, items: int, lane: int | None, log: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return minutes, codes and rows of the log (int64[3, lanes]); without a ``lane`` of all, else of that one."""
        known, split = begun(self.sizes, source)
        takes = np.stack([source(stage, items) for stage in self.stages])
        gaps = source(ARRIVALS, items) if ARRIVALS in self.sizes else takes[0, :0]
        table, state = self.table, flow_state(self.table, items)
        if self.growth:
            table = table._replace(crossing=crossings(self.growth, items + 1))
        out = np.zeros((3, known.size), np.int64)
        lanes = np.array([0, known.size] if lane is None else [lane, lane + 1])
        board.flow(table, self.limit, known, split, takes, gaps, lanes, state, log, out)
        return out


Backlog = BurnDown | Board


def begun(sizes: Mapping[str, Distribution], source: Source) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the items known at the start (int64[lanes]) and the pieces that every million of items adds by splitting.

    A number of items is rounded up, and is at least one.
    """
    items = np.maximum(np.ceil(source(ITEMS, 1)[0]), 1).astype(np.int64)
    if SPLIT not in sizes:
        return items, np.zeros_like(items)
    return items, np.rint(source(SPLIT, 1)[0].astype(float) * board.MILLION).astype(np.int64)


def backlog_minutes(backlog: Backlog, source: Source) -> Minutes:
    """Return the working minutes until nothing is left (float64[lanes]), at most the backlog's limit.

    As many occurrences are drawn as are expected to do, then twice as many, until all lanes end (D6: the same bits).
    """
    drawn = min(backlog.most, backlog.expected(1.5 * fluid_minutes(backlog)))
    while True:
        minutes, ended = backlog.worked_off(source, drawn)
        if ended.all() or drawn == backlog.most:
            return np.minimum(np.where(ended, minutes, backlog.limit), backlog.limit)
        drawn = min(backlog.most, 2 * drawn)


def planned_minutes(backlog: Backlog) -> float:
    """Return the minutes with items and splitting at their central values, the team's draws at their means (P1)."""
    values = {name: size.mean() for name, size in backlog.sizes.items()}
    values |= {name: central(backlog.sizes[name]) for name in (ITEMS, SPLIT) if name in values}
    found = backlog_minutes(backlog, lambda name, n: np.full((n, 1), values[name], np.float32))
    return float(found[0])


def scope(backlog: Backlog) -> float:
    """Return how many items are expected at the start, those that split as two."""
    return max(1.0, backlog.sizes[ITEMS].mean()) * (1 + splitting(backlog))


def splitting(backlog: Backlog) -> float:
    """Return the expected share of items that split."""
    return backlog.sizes[SPLIT].mean() if SPLIT in backlog.sizes else 0.0


def fluid_minutes(backlog: Backlog) -> float:
    """Return about how long it takes: its items at the pace of the narrowest stage, less what comes meanwhile."""
    gain = backlog.pace - backlog.coming * (1 + splitting(backlog)) - backlog.growth * scope(backlog)
    return min(float(backlog.limit), scope(backlog) / gain) if gain > 0 else float(backlog.limit)


def is_random(backlog: Backlog) -> bool:
    """Return whether anything of a backlog is drawn."""
    return any(not isinstance(size, Constant) for size in backlog.sizes.values())


def is_endless(backlog: Backlog) -> bool:
    """Return whether new items come no slower than the team can finish them, in the mean: it would never end.

    A scope S that grows by the share r a minute outruns a pace p for ever from r = p / (e S) on: e^(r t) S = p t then
    has no solution.
    """
    if backlog.growth:
        return backlog.growth * math.e * scope(backlog) >= backlog.pace
    return backlog.coming * (1 + splitting(backlog)) >= backlog.pace
