"""The scene: what all replications of a program share, from compiled arrays to plain Python, made once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels.discrete_event.codes import AHEAD, DONE
from riskmc.network.dynamics.dynamics import Dynamics
from riskmc.network.dynamics.steps import REDO_ONLY
from riskmc.network.worktime import clock
from riskmc.simulation.discrete_event.exposure import read_sources
from riskmc.simulation.discrete_event.forward import Forward
from riskmc.simulation.discrete_event.hits import read_hits
from riskmc.simulation.discrete_event.hours import Hours
from riskmc.simulation.discrete_event.loops import read_rules

T = TypeVar("T")
NOTHING, START, FINISH = 0, 1, 2  # what an activity waits for


class Wait(NamedTuple):
    """A link: ``after`` waits for ``before``; fields as in `network.dynamics.steps.Waits`."""

    before: int
    after: int
    finish: int
    strict: bool
    ends: int
    link: int

    @property
    def kind(self) -> int:
        """What it waits for."""
        return FINISH if self.finish else START

    @property
    def redo_only(self) -> bool:
        """Whether it holds only where both are done again."""
        return self.finish == REDO_ONLY


class Scene:
    """The network, its calendars and its pools, ready to be read activity by activity."""

    def __init__(self, dynamics: Dynamics):
        model = self.model = dynamics.model
        self.forward = Forward(dynamics)
        self.nodes = int(model.steps.order.size)
        self.last_minute = int(model.limits.last_minute)
        self._read_steps()
        self._read_waits()
        self._read_pools()
        self._read_people()
        self._read_clocks()
        self.opens = _by_node(model.funding.open_ptr, model.funding.opens.tolist())
        self.closes = _by_node(model.funding.close_ptr, model.funding.closes.tolist())
        self.managed = bool(model.policies.every.size)
        self.grows = _by_node(model.growth.ptr, range(model.growth.entry.size))
        self.growing = bool(model.growth.entry.size)
        self.loops, self.sources, self.hits = (
            read_rules(model.rework),
            read_sources(model.arrivals),
            read_hits(model.hits),
        )
        self.total: list[int] = model.total.tolist()
        self.totals = 1 + max(self.total, default=0)
        self.planned: list[int] = model.policies.planned.tolist()
        self.there: list[int] = model.policies.there.tolist()

    @property
    def costed(self) -> bool:
        """Whether what everything costs is known while it happens."""
        return self.managed or bool(self.model.funding.minute.size)

    @property
    def steady(self) -> bool:
        """Whether all work that is not paused goes on at its full rate."""
        return not self.managed and not self.model.ramps.ends.size

    def _read_steps(self) -> None:
        """The forward pass, and where the dates of every node are."""
        steps = self.model.steps
        self.order: list[int] = steps.order.tolist()
        self.follows = (steps.follows != 0).tolist()
        self.first_phase = [DONE if follows else AHEAD for follows in self.follows]
        self.pushed = (steps.pushed != 0).tolist()
        self.takes_least = (steps.takes_least != 0).tolist()
        self.moment_row: list[int] = steps.moment_row.tolist()
        self.start_table: list[int] = steps.start_table.tolist()
        self.index_table: list[int] = steps.index_table.tolist()
        self.on_axis = [table < 0 for table in self.index_table]
        finishes = (steps.finish_row, steps.finish_table, steps.finish_side)
        self.finishes = list(zip(*(column.tolist() for column in finishes), strict=True))
        self.losing: list[int] = steps.loses.tolist()

    def _read_waits(self) -> None:
        """Who waits for whom: links by who waits, by who is awaited, and those that its start may end."""
        waits = self.model.waits
        columns = (waits.before, waits.after, waits.finish, waits.strict != 0, waits.ends, waits.link)
        self.waits = [Wait(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]
        self.awaited: list[list[int]] = [[] for _ in range(self.nodes)]
        self.awaiting: list[list[tuple[int, int]]] = [[] for _ in range(self.nodes)]
        self.awaiting_start: list[list[tuple[int, int]]] = [[] for _ in range(self.nodes)]
        self.first_awaits, self.missing = [NOTHING] * len(self.waits), [0] * self.nodes
        for w, wait in enumerate(self.waits):
            self.awaited[wait.after].append(w)
            self.awaiting[wait.before].append((w, wait.after))
            if wait.ends or not (wait.finish and wait.strict):
                self.awaiting_start[wait.before].append((w, wait.after))
            if wait.strict and not wait.redo_only:
                self.first_awaits[w] = wait.kind
                self.missing[wait.after] += 1
        self.openings = [a for a in self.order if not self.missing[a]]
        some = [(w, wait) for w, wait in enumerate(self.waits) if not wait.redo_only]
        self.doubtful_waits = [(w, wait) for w, wait in some if wait.ends or not wait.strict]

    def _read_pools(self) -> None:
        """What every node needs of which pools, who uses each, and the order of dispatch."""
        demands, ranks = self.model.demands, self.model.ranks
        needs = list(zip(demands.pool.tolist(), demands.units.tolist(), strict=True))
        self.demands = [tuple(some) for some in _by_node(demands.ptr, needs)]
        self.capacity: list[int] = self.model.pools.capacity.tolist()
        self.users = [
            [a for a, some in enumerate(self.demands) if any(p == q for q, _ in some)]
            for p in range(len(self.capacity))
        ]
        self.priority: list[int] = ranks.priority.tolist()
        self.own_priority: list[int] = ranks.own.tolist()
        self.rank: list[int] = ranks.order.tolist()
        self.interrupts: list[bool] = (self.model.preemption.interrupts != 0).tolist()

    def _read_people(self) -> None:
        """The units of pools that come and go one by one, and the steps in which new ones reach their full rate."""
        units, ramps = self.model.units, self.model.ramps
        columns = (units.pool, units.place, units.leaves, units.vacancy)
        self.people = list(zip(*(column.tolist() for column in columns), strict=True))
        self.places = _by_node(units.ptr, range(len(self.people)))
        self.ramps = _by_node(ramps.ptr, list(zip(ramps.ends.tolist(), ramps.output.tolist(), strict=True)))

    def _read_clocks(self) -> None:
        """The hours of all clocks, None where that is the axis itself."""
        clocks = self.model.clocks
        self.axis = Hours(clock(self.last_minute + 1))
        self.hours = [self._hours_of(int(table)) for table in clocks.to_axis]
        self.clock: list[int] = clocks.work.tolist()
        self.plain = (clocks.plain != 0).tolist()
        self.pool_hours = [None if number < 0 else self.hours[number] for number in clocks.pool.tolist()]

    def pool_index(self, p: int, minute: int) -> int:
        """Return the minutes of a pool's own clock before an instant."""
        hours = self.pool_hours[p]
        return minute if hours is None else hours.index(minute)

    def pool_instant(self, p: int, k: int) -> int:
        """Return the instant at which so many minutes of a pool's own clock are over."""
        return self.over(self.pool_hours[p], k)

    def over(self, hours: Hours | None, k: int) -> int:
        """Return the instant at which ``k`` minutes of a clock are over; just beyond the axis if it has no so many."""
        return min(k, self.axis.limit) if hours is None else hours.finish(k)

    def later(self, p: int, minute: int, minutes: int) -> int:
        """Return the instant at which so many minutes of a pool's own clock are over, counted from an instant."""
        return self.pool_instant(p, self.pool_index(p, minute) + minutes)

    def _hours_of(self, to_axis: int) -> Hours | None:
        """Return the hours of a work clock; None where it is the axis itself."""
        return None if to_axis < 0 else self.forward.between[to_axis][0]


def _by_node(ptr: NDArray[np.int32], entries: Sequence[T]) -> list[Sequence[T]]:
    """Return the entries of every node: ``entries[ptr[a]:ptr[a + 1]]`` are those of node a."""
    return [entries[first:last] for first, last in pairwise(ptr.tolist())]
