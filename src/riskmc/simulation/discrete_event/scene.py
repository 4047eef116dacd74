"""The scene: what all replications of a program share, from compiled arrays to plain Python, made once."""

from __future__ import annotations

from typing import NamedTuple

from riskmc.network.dynamics.dynamics import Dynamics
from riskmc.network.dynamics.steps import REDO_ONLY
from riskmc.network.worktime import clock
from riskmc.simulation.discrete_event.exposure import read_sources
from riskmc.simulation.discrete_event.forward import Forward
from riskmc.simulation.discrete_event.hits import read_hits
from riskmc.simulation.discrete_event.hours import Hours
from riskmc.simulation.discrete_event.loops import read_rules


class Wait(NamedTuple):
    """A link: ``after`` waits for ``before``; fields as in `network.dynamics.steps.Waits`."""

    before: int
    after: int
    finish: int
    strict: bool
    ends: int

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
        self.order: list[int] = model.steps.order.tolist()
        self.follows = (model.steps.follows != 0).tolist()
        self.pushed = (model.steps.pushed != 0).tolist()
        self.moment_row: list[int] = model.steps.moment_row.tolist()
        self.start_table: list[int] = model.steps.start_table.tolist()
        self.index_table: list[int] = model.steps.index_table.tolist()
        finishes = (model.steps.finish_row, model.steps.finish_table, model.steps.finish_side)
        self.finishes = list(zip(*(column.tolist() for column in finishes), strict=True))
        self.waits = _waits(dynamics)
        self.awaited: list[list[int]] = [[] for _ in range(self.nodes)]
        self.awaiting: list[list[int]] = [[] for _ in range(self.nodes)]
        for w, wait in enumerate(self.waits):
            self.awaited[wait.after].append(w)
            self.awaiting[wait.before].append(w)
        self.demands = [
            tuple(zip(model.demands.pool[a:b].tolist(), model.demands.units[a:b].tolist(), strict=True))
            for a, b in zip(model.demands.ptr[:-1], model.demands.ptr[1:], strict=True)
        ]
        self.priority: list[int] = model.ranks.priority.tolist()
        self.rank: list[int] = model.ranks.order.tolist()
        clocks = [self._hours_of(int(table)) for table in model.clocks.to_axis]
        self.hours, self.loops = clocks, read_rules(model.rework)
        self.clock: list[int] = model.clocks.work.tolist()
        self.axis = Hours(clock(model.limits.last_minute + 1))
        self.losing: list[int] = model.steps.loses.tolist()
        self.sources, self.hits = read_sources(model.arrivals), read_hits(model.hits)
        self.total: list[int] = model.total.tolist()
        self.plain = (model.clocks.plain != 0).tolist()
        self.capacity: list[int] = model.pools.capacity.tolist()
        self.pool_hours = [None if clock < 0 else clocks[clock] for clock in model.clocks.pool.tolist()]

    def pool_index(self, p: int, minute: int) -> int:
        """Return the minutes of a pool's own clock before an instant."""
        hours = self.pool_hours[p]
        return minute if hours is None else hours.index(minute)

    def pool_instant(self, p: int, k: int) -> int:
        """Return the instant at which so many minutes of a pool's own clock are over."""
        hours = self.pool_hours[p]
        return k if hours is None else hours.finish(k)

    def later(self, p: int, minute: int, minutes: int) -> int:
        """Return the instant at which so many minutes of a pool's own clock are over, counted from an instant."""
        return self.pool_instant(p, self.pool_index(p, minute) + minutes)

    def _hours_of(self, to_axis: int) -> Hours | None:
        """Return the hours of a work clock; None where it is the axis itself."""
        return None if to_axis < 0 else self.forward.hours[self.forward.pairs[to_axis][0]]


def _waits(dynamics: Dynamics) -> list[Wait]:
    waits = dynamics.model.waits
    columns = (waits.before, waits.after, waits.finish, waits.strict != 0, waits.ends)
    return [Wait(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]
