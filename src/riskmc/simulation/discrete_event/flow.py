"""A backlog that flows through the board of an agile team, in simpy: the reference of kernels/discrete_event/flow.py.

One process works on one item in one stage, another brings new items. Whatever happens in a minute is settled once, at
its end: servers that are done by stage and server, then new items, then free places from the last stage to the first
(D4). Sources: Anderson (2010), Kanban; Spearman, Woodruff and Hopp (1990), CONWIP.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from typing import Any

import numpy as np
import simpy
from numpy.typing import NDArray
from simpy.events import EventPriority

from riskmc.kernels.discrete_event.flow import (
    BEGAN,
    BY_COUNT,
    CAME,
    ENTERED,
    FIRST,
    HOLDS,
    LAST,
    NONE,
    OUT,
    PLACES,
    STEADY,
    WORKED,
)
from riskmc.network.backlogs import FlowTable

_MILLION = 1_000_000
_AT_THE_END = 2  # simpy's own events of a minute have priorities 0 and 1
Row = tuple[int, int, int, int]


class FlowReplication:
    """One replication of a backlog: its ``log`` of (minute, kind, stage, item), once it has been run.

    ``items`` are known at the start, every million of items adds ``split``; ``takes`` float32[stages, items] are
    minutes of work and ``gaps`` float32[arrivals] minutes between new items, more than are needed.
    """

    def __init__(self, table: FlowTable, items: int, split: int, takes: NDArray[np.float32], gaps: NDArray[np.float32]):
        self.table, self.items, self.split, self.takes, self.gaps = table, items, split, takes, gaps
        self.env = simpy.Environment()
        self.stages = range(len(table.stages))
        self.at: list[list[int | None]] = [[None] * int(row[LAST] - row[FIRST]) for row in table.stages]
        self.waiting: list[deque[int]] = [deque() for _ in self.stages]
        self.worked: list[deque[int]] = [deque() for _ in self.stages]
        self.cards = [0 for _ in self.stages]
        self.known, self.pulled, self.finished, self.new = self._pieces(items), 0, 0, 0
        self.ended: list[tuple[int, int]] = []
        self.came = 0
        self.settling = False
        self.over = self.env.event()
        self.log: list[Row] = []

    def run(self, limit: int) -> int | None:
        """Return the working minutes until nothing is left, or None where that takes more than ``limit``."""
        if self.table.growth != STEADY:
            self.env.process(self._grow())
        self._pull()
        self.env.run(self.env.any_of([self.over, self.env.timeout(limit + 1)]))
        return int(self.env.now) if self.over.triggered else None

    def _pieces(self, items: int) -> int:
        return items + -(-items * self.split // _MILLION)

    def _write(self, kind: int, stage: int, item: int) -> None:
        self.log.append((int(self.env.now), kind, stage, item))

    def _work(self, stage: int, server: int, minutes: int) -> Generator[simpy.Event, Any, None]:
        """Work on an item; the end of it is settled with all else that happens in its minute."""
        yield self.env.timeout(minutes)
        self.ended.append((stage, server))
        self._settle_later()

    def _grow(self) -> Generator[simpy.Event, Any, None]:
        """Bring the new items one by one, at random intervals or as a growing scope reaches the next whole number."""
        first, number = self.known, 0
        while True:
            if self.table.growth == BY_COUNT:
                yield self.env.timeout(round(float(self.gaps[number])))
            else:
                crossing = self.table.crossing
                at = round(float(crossing[first + number] - crossing[first - 1]))
                yield self.env.timeout(at - self.env.now)
            number += 1
            self.came += 1
            self._settle_later()

    def _settle_later(self) -> None:
        """Settle this minute when all its other events have happened."""
        if self.settling:
            return
        self.settling = True
        last = simpy.Event(self.env)
        last._ok, last._value = True, None
        last.callbacks.append(lambda _: self._settle())
        self.env.schedule(last, priority=EventPriority(_AT_THE_END))

    def _settle(self) -> None:
        self.settling = False
        for stage, server in sorted(self.ended):
            self._end(stage, server)
        self.ended.clear()
        if self.finished == self.known:
            self.over.succeed()
            return
        self._add()
        self._pull()

    def _end(self, stage: int, server: int) -> None:
        """Take an item that is worked out of the last stage, or make it ready to move on."""
        item = self.at[stage][server]
        assert item is not None
        self._write(WORKED, stage, item)
        if stage == self.stages[-1]:
            self._leave(stage, item)
            self.finished += 1
            self._write(OUT, stage, item)
            return
        if not self.table.stages[stage, HOLDS]:
            self.at[stage][server] = None
        self.worked[stage].append(item)

    def _leave(self, stage: int, item: int) -> None:
        """Give back the place of an item in its stage, and the server that it held."""
        self.cards[stage] -= 1
        if item in self.at[stage]:
            self.at[stage][self.at[stage].index(item)] = None

    def _add(self) -> None:
        """Add the items that came this minute; where they come at random, one that splits comes in pieces."""
        for _ in range(self.came):
            self.new += 1
            known = self._pieces(self.items + self.new) if self.table.growth == BY_COUNT else self.known + 1
            for item in range(self.known, known):
                self._write(CAME, NONE, item)
            self.known = known
        self.came = 0

    def _pull(self) -> None:
        """Fill the places of every stage, from the last to the first, and give waiting items to free servers."""
        for stage in reversed(self.stages):
            while self.cards[stage] < self.table.stages[stage, PLACES] and (item := self._next(stage)) is not None:
                self.cards[stage] += 1
                self._write(ENTERED, stage, item)
                self.waiting[stage].append(item)
            for server, occupied in enumerate(self.at[stage]):
                if occupied is None and self.waiting[stage]:
                    self._begin(stage, server, self.waiting[stage].popleft())

    def _next(self, stage: int) -> int | None:
        """Return the item that moves on to a stage: worked in the one before it, or from the backlog."""
        if stage > 0:
            if not self.worked[stage - 1]:
                return None
            item = self.worked[stage - 1].popleft()
            self._leave(stage - 1, item)
            return item
        if self.pulled == self.known or self.pulled - self.finished >= self.table.total:
            return None
        self.pulled += 1
        return self.pulled - 1

    def _begin(self, stage: int, server: int, item: int) -> None:
        self.at[stage][server] = item
        minutes = max(1, round(float(self.takes[stage, item])))
        self.env.process(self._work(stage, server, minutes))
        self._write(BEGAN, stage, item)
