"""Hits: what an arrival does to work, pools and money (K2, K3): only work ahead is struck."""

from __future__ import annotations

from functools import partial
from math import floor
from typing import TYPE_CHECKING, Any, NamedTuple

from riskmc.kernels.discrete_event.codes import (
    AT_GATE,
    CAPACITY,
    DONE,
    FULL,
    GREW,
    HELD,
    NOWHERE,
    PAUSE,
    PAUSED_BY,
    RUNNING,
)
from riskmc.network.dynamics.hits import (
    ADDS_WORK,
    COSTS,
    EVERYWHERE,
    MOVES_CAPACITY,
    ONCE,
    PAUSES,
    SCALES_WORK,
    SPLIT,
    HitTable,
)
from riskmc.simulation.discrete_event.activity import Activity
from riskmc.simulation.discrete_event.exposure import Source

if TYPE_CHECKING:
    from riskmc.simulation.discrete_event.replication import Replication

_MOST = 1e12


class Target(NamedTuple):
    """Whom a hit may strike, and with what; fields as in `network.dynamics.hits.HitTable`."""

    node: int
    row: int
    value: float
    weight: float
    clock: int


class Hit(NamedTuple):
    """One aspect of one impact."""

    number: int
    kind: int
    spread: int
    event: int
    scale: float
    after: bool
    pool: int
    units: int
    targets: list[Target]


def read_hits(table: HitTable) -> list[list[Hit]]:
    """Return the hits of every source."""
    columns = (table.node, table.row, table.value, table.weight, table.clock)
    own = (table.kind, table.spread, table.event, table.scale, table.after, table.pool, table.units)
    rows: Any = zip(*(column.tolist() for column in own), strict=True)
    aims = [Target(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]
    hits = [Hit._make((h, *row, aims[slice(*table.target_ptr[h : h + 2])])) for h, row in enumerate(rows)]
    return [hits[first:last] for first, last in zip(table.ptr[:-1], table.ptr[1:], strict=True)]


class Hits:
    """What strikes in one replication, and how long it lasts."""

    def __init__(self, replication: Replication):
        self.replication, self.draws = replication, replication.draws
        self.pauses: dict[int, tuple[int, int]] = {}  # when the last pause of an activity ends, and what caused it

    def strike(self, source: Source, k: int, factor: float) -> None:
        """Let arrival ``k`` of a source strike; a ``factor`` multiplies its sizes."""
        for hit in self.replication.scene.hits[source.number]:
            if hit.event >= 0 and not self.replication.happened[hit.event]:
                continue
            if not source.risk:
                grew = self._size(hit.targets[0], k) * hit.scale * factor
                self.replication.log(GREW, source.entity, _whole(grew))
            if hit.kind == PAUSES:
                self._pause_all(hit, k, source.entity)
            elif hit.kind == MOVES_CAPACITY:
                self._move_capacity(hit, k)
            elif hit.kind == SCALES_WORK:
                self._scale_all(hit, k)
            else:
                self._share(hit, k, factor)

    def _size(self, target: Target, k: int) -> float:
        return target.value if target.row < 0 else self.draws.size(target.row, k)

    def _struck(self, hit: Hit) -> list[tuple[Target, Activity | None]]:
        """Return the targets that have work ahead; what is no activity always has."""
        found: list[tuple[Target, Activity | None]] = []
        for target in hit.targets:
            a = None if target.node == EVERYWHERE else self.replication.activities[target.node]
            if a is None or is_ahead(a):
                found.append((target, a))
        return found

    def _share(self, hit: Hit, k: int, factor: float) -> None:
        """Add work or money to each, to the first, or to all in proportion (K3)."""
        struck = self._struck(hit)[: 1 if hit.spread == ONCE else None]
        whole = sum(target.weight for target, _ in struck)
        for target, a in struck:
            part = target.weight / whole if hit.spread == SPLIT and whole else float(hit.spread != SPLIT)
            amount = _whole(self._size(target, k) * hit.scale * factor * part)
            if hit.kind == COSTS:
                self.replication.charge(a, amount)
            elif hit.kind == ADDS_WORK and a is not None:
                self._lengthen(a, amount)

    def _lengthen(self, a: Activity, minutes: int) -> None:
        """Add minutes of work, or take some; something is always left to do."""
        if a.began == NOWHERE:
            minutes = max(minutes, 1 - (a.duration + a.extra))
        else:
            self._book(a)
            minutes = max(minutes, -((a.left - 1) // FULL))
        if minutes:
            self.replication.work.add(a, minutes)

    def _book(self, a: Activity) -> None:
        if a.phase == RUNNING:
            self.replication.work.book(a)

    def _scale_all(self, hit: Hit, k: int) -> None:
        """Multiply what is left of all work that is struck."""
        for target, a in self._struck(hit):
            if a is not None:
                self._book(a)
                left = (a.duration + a.extra) * FULL if a.began == NOWHERE else max(a.left, 0)
                self._lengthen(a, _whole(left * ((self._size(target, k) - 1.0) * hit.scale) / FULL))

    def _move_capacity(self, hit: Hit, k: int) -> None:
        """Take units from a pool, or give it some, for a time."""
        replication, minutes = self.replication, _whole(self._size(hit.targets[0], k))
        if minutes > 0:
            replication.dispatcher.change_capacity(hit.pool, hit.units)
            end = self._after(hit.targets[0].clock, replication.now, minutes)
            number = len(replication.scene.model.staffing.minute) + hit.number
            back = partial(replication.dispatcher.change_capacity, hit.pool, -hit.units)
            replication.agenda.call(end, CAPACITY, number, back)

    def _after(self, clock: int, minute: int, minutes: int) -> int:
        """Return the instant at which so many minutes of a clock are over, no later than just beyond the axis."""
        scene, hours = self.replication.scene, self.replication.hours[clock]
        k = (minute if hours is None else hours.index(minute)) + minutes
        beyond = scene.model.limits.last_minute + 1
        if k > scene.model.clocks.last[clock]:
            return beyond
        return min(k if hours is None else hours.finish(k), beyond)

    def _pause_all(self, hit: Hit, k: int, cause: int) -> None:
        """Stop what works, and hold back what has not begun."""
        now = self.replication.now
        for target, a in self._struck(hit):
            minutes = _whole(self._size(target, k) * hit.scale)
            if a is None or minutes <= 0:
                continue
            before, first = self.pauses.get(a.number, (NOWHERE, cause))
            begins = max(now, before) if hit.after else now
            ends = max(self._after(target.clock, begins, minutes), before)
            if before == NOWHERE:
                self._stop(a, cause)
            if ends != before:
                self.pauses[a.number] = ends, first
                self.replication.agenda.call(ends, PAUSE, a.number, partial(self._end_pause, a))

    def _stop(self, a: Activity, cause: int) -> None:
        """Stop an activity, which keeps its units or gives them back."""
        if a.phase == RUNNING and self.replication.scene.model.preemption.releases[a.number]:
            a.pauses += 1
            self.replication.log(PAUSED_BY, a.number, cause)
            self.replication.dispatcher.suspend(a, NOWHERE)
        else:
            self.replication.work.pause(a, cause)

    def _end_pause(self, a: Activity) -> None:
        """Let an activity go on, or begin, after the last pause."""
        ends, cause = self.pauses.get(a.number, (NOWHERE, NOWHERE))
        if ends == self.replication.now:
            del self.pauses[a.number]
            self.replication.work.go_on(a, cause)


def is_ahead(a: Activity) -> bool:
    """Return whether an activity exists and has work ahead of it."""
    return a.exists and a.phase not in (AT_GATE, DONE, HELD) and (a.began == NOWHERE or a.left > 0)


def _whole(value: float) -> int:
    return floor(min(max(value, -_MOST), _MOST) + 0.5)
