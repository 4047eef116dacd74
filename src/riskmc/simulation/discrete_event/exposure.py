"""Exposure: the time in which something may arrive, and when enough of it has passed for the next arrival.

What the sources of arrivals look at is who works and who is in progress after each dispatch. Their clocks run
accordingly; where that changes, the exposure that has passed is taken off the gap to the next arrival, which is planned
anew, on the next whole minute. A season's turn is an event too (Cinlar 1975, time change of a Poisson process).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from riskmc.kernels.discrete_event.codes import ARRIVAL, DONE, NOWHERE, RUNNING, SCOPE
from riskmc.network.dynamics.arrivals import LASTING, WORKING, ArrivalTable
from riskmc.simulation.discrete_event.activity import Activity

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.replication import Replication

IDLE, IN_PROGRESS, AT_WORK = range(3)


class Source(NamedTuple):
    """One source of arrivals; fields as in `network.dynamics.arrivals.ArrivalTable`, ``slots`` by member."""

    number: int
    risk: bool
    entity: int
    interval: int
    every: float
    most: int
    exposure: int
    after: int
    until: int
    chance: int
    threshold: float
    late: float
    seasons: list[tuple[int, int]]
    slots: dict[int, int]
    clocks: list[int]


def read_sources(table: ArrivalTable) -> list[Source]:
    """Return the sources of a program."""
    columns = (
        table.entity, table.interval, table.every, table.most, table.exposure, table.after, table.until, table.chance,
        table.threshold, table.late,
    )  # fmt: skip
    rows: Any = zip(*(column.tolist() for column in columns), strict=True)
    pointers, sources = (table.season_ptr, table.member_ptr, table.clock_ptr), []
    for s, row in enumerate(rows):
        season, member, clock = (slice(*ptr[s : s + 2]) for ptr in pointers)
        seasons = list(zip(table.turn[season].tolist(), table.pace[season].tolist(), strict=True))
        slots = {a: _slot(table, a, s) for a in table.member[member].tolist()}
        sources.append(Source._make((s, s < table.risks, *row, seasons, slots, table.clock[clock].tolist())))
    return sources


def _slot(table: ArrivalTable, a: int, s: int) -> int:
    """Return the slot of node ``a`` among those of source ``s``."""
    first, last = table.of_ptr[a : a + 2]
    return next(int(table.own[j]) for j in range(first, last) if table.source[j] == s)


class Exposure:
    """The exposure of one source in one replication: ``gap`` in millionths of a minute, on a clock that may rest."""

    def __init__(self, replication: Replication, source: Source, come: Callable[[Exposure], None]):
        self.replication, self.source, self.come = replication, source, come
        self.arrived = self.gap = self.since = self.season = 0
        self.clock = self.due = NOWHERE
        self.ever = False
        self.members: Counter[int] = Counter()

    def see(self, a: Activity, before: int, now: int) -> bool:
        """Count an activity among those that expose the source, or no more; return whether that changed."""
        least = AT_WORK if self.source.exposure == WORKING else IN_PROGRESS
        change = (now >= least) - (before >= least)
        self.members[self.source.slots[a.number]] += change
        return change != 0

    def retime(self) -> None:
        """Let exposure go on on the clock that now runs."""
        clock = self._running()
        if clock != self.clock:
            self.take()
            self.clock = clock
            if clock != NOWHERE:
                self.since = self._index(max(self.replication.now, self.source.after))
            self.plan()

    def _running(self) -> int:
        """Return the clock on which exposure passes now, or NOWHERE."""
        running = sum(1 << slot for slot, count in self.members.items() if count)
        if self.source.exposure == LASTING:
            self.ever = self.ever or running > 0
            running = int(self.ever and (running > 0 or not self._is_over()))
        return self.source.clocks[running - 1] if running else NOWHERE

    def _is_over(self) -> bool:
        return all(self.replication.activities[a].phase == DONE for a in self.source.slots)

    def _index(self, minute: int) -> int:
        hours = self.replication.hours[self.clock]
        return minute if hours is None else hours.index(minute)

    def take(self) -> None:
        """Take the exposure since the last change off the gap, and let the season be what it is now."""
        source, now = self.source, self.replication.now
        if self.clock != NOWHERE:
            k = self._index(max(now, source.after))
            self.gap -= (k - self.since) * source.seasons[self.season][1]
            self.since = k
        while self.season + 1 < len(source.seasons) and source.seasons[self.season + 1][0] <= now:
            self.season += 1

    def plan(self) -> None:
        """Plan the next arrival, or the turn of the season if that comes first."""
        before, self.due = self.due, NOWHERE
        source = self.source
        if self.clock == NOWHERE or self.arrived >= source.most:
            return
        instants = [self._arrival(source.seasons[self.season][1])]
        instants += [turn for turn, _ in source.seasons[self.season + 1 : self.season + 2]]
        due = min((instant for instant in instants if instant != NOWHERE), default=NOWHERE)
        if due != NOWHERE and due <= self.replication.scene.model.limits.last_minute and due < source.until:
            self.due = due
            if due != before:
                kind = ARRIVAL if source.risk else SCOPE
                self.replication.agenda.call(due, kind, source.number, self._happen)

    def _arrival(self, pace: int) -> int:
        """Return the whole minute of the next arrival at this pace, or NOWHERE if it lies beyond the axis."""
        scene, minutes = self.replication.scene, max(-(-self.gap // pace), 0) if pace else -1
        if minutes < 0 or self.since + minutes > scene.model.clocks.last[self.clock]:
            return NOWHERE
        hours, k = self.replication.hours[self.clock], self.since + minutes
        over = k if hours is None else hours.finish(k)
        return max(over, self.replication.now) if minutes else self.replication.now

    def _happen(self) -> None:
        if self.due == self.replication.now:
            self.due = NOWHERE  # happened: the next arrival may fall on the same minute
            self.come(self)


def standing(a: Activity) -> int:
    """Return whether an activity is over, in progress, or worked on."""
    if a.phase == DONE:
        return IDLE
    return AT_WORK if a.phase == RUNNING and a.rate > 0 and a.left > 0 else IN_PROGRESS
