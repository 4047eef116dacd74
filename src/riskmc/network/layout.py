"""What a network is made of, and where everything stands in the pool of rows (kernels/rows.py).

Nodes and links are structs of arrays in the caller's order; nothing here knows a Program. A node's dates are indices
of working minutes on its own calendar (network/worktime.py), so a bound on a start is a number of such minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.network.instructions import Event, Ints, Tables, pick
from riskmc.network.ordering import topological_order
from riskmc.network.worktime import WorkTime, clock

NONE = -(2**31)
FS, SS, FF, SF = range(4)
NO_MILESTONE, START_MILESTONE, FINISH_MILESTONE = range(3)
FLOAT_OF_FINISH, FLOAT_OF_START, LEAST_FLOAT = range(3)


class DateCondition(NamedTuple):
    """``node`` exists only where the start or finish of ``source`` compares so with ``minute`` (24-hour axis) (N7)."""

    node: int
    source: int
    event: Literal["start", "finish"]
    comparison: Literal[">", "<="]
    minute: int


@dataclass(eq=False)
class Nodes:
    """Activities and milestones, one array entry each. Make one with `Nodes.blank`, then fill in what differs.

    Indices are working minutes on the node's own calendar; NONE where there is none. ``floor`` is the earliest start
    whatever happens (data date, project start); ``constraint_floor`` and ``finish_floor`` (no earlier than) hold only
    where the node exists, each plus row ``..._row`` of the sampled lags unless that is -1. ``fixed_start`` and
    ``fixed_finish`` override logic, not the floor. The late caps bound late dates alone. ``can_vanish``: may last
    nothing though it is no milestone. ``kept`` is the very minute (24-hour axis) of a start milestone that nothing but
    its floor holds. What has no successor goes as late as output ``project`` where it is as late as possible, and its
    late dates as late as output ``late_output``, or the minute ``late_minute`` instead. ``..._ends_work``: the date
    was given as an end of work (17:00), not as the start of work of the same index (the next 08:00).
    ``expected_finish`` is the finish of what exists, unless it starts later. ``open_end_critical``: without successors
    its late finish is its early one. ``settled``: what happened, so that its dates are early and late ones in one.
    The ceilings pull what exists back to them, against its links. ``takes_least``: starts with the first of its links,
    which all bound its start, and puts a late date on the first alone. ``late_free``: stands at its fixed date, but may
    be late. ``late_within``: whatever its successors allow, its late finish is no later than what holds open ends.
    ``at_instant``: a finish milestone at the very minute that its latest predecessor leads to, worked or not.
    """

    names: Sequence[str]
    calendar: Ints
    floor: Ints
    constraint_floor: Ints
    constraint_floor_row: Ints
    finish_floor: Ints
    finish_floor_row: Ints
    fixed_start: Ints
    fixed_finish: Ints
    late_start_cap: Ints
    late_finish_cap: Ints
    kept: Ints
    late_minute: Ints
    milestone: Ints
    project: Ints
    late_output: Ints
    expected_finish: Ints
    float_as: Ints
    start_ceiling: Ints
    finish_ceiling: Ints
    floor_ends_work: NDArray[np.bool_]
    constraint_ends_work: NDArray[np.bool_]
    fixed_ends_work: NDArray[np.bool_]
    can_vanish: NDArray[np.bool_]
    level_of_effort: NDArray[np.bool_]
    as_late_as_possible: NDArray[np.bool_]
    open_end_critical: NDArray[np.bool_]
    settled: NDArray[np.bool_]
    takes_least: NDArray[np.bool_]
    late_free: NDArray[np.bool_]
    late_within: NDArray[np.bool_]
    at_instant: NDArray[np.bool_]

    @classmethod
    def blank(cls, names: Sequence[str]) -> Nodes:
        """Return ordinary activities on calendar 0 that may start at minute 0."""
        n = len(names)
        zero, none, no_row = np.zeros(n, np.int64), np.full(n, NONE, np.int64), np.full(n, -1, np.int64)
        columns = (zero, zero, none, no_row, none, no_row, *[none] * 6, zero, zero, zero, none, zero, none, none)
        numbers: list[Any] = [column.copy() for column in columns]
        return cls(names, *numbers, *(np.zeros(n, np.bool_) for _ in range(12)))


@dataclass(eq=False)
class Edges:
    """Links, one array entry each: ``type`` FS, SS, FF or SF; ``lag`` minutes on calendar ``lag_calendar``.

    ``lag_row`` is the row of the sampled lags that is added to ``lag``, or -1. A link with a ``gate``, a node or -1,
    acts only where that node starts later than its floor.
    """

    predecessor: Ints
    successor: Ints
    type: Ints
    lag: Ints
    lag_row: Ints
    lag_calendar: Ints
    gate: Ints

    @classmethod
    def blank(cls, size: int) -> Edges:
        """Return links FS without lag from node 0 to node 0, to be filled in."""
        return cls(*(np.full(size, fill, np.int64) for fill in (0, 0, FS, 0, -1, 0, -1)))


class Scratch(IntEnum):
    """Rows that hold intermediate results of one node, or of one link; counted from the first scratch row."""

    ZERO = 0  # always 0
    LAGGED = 1  # an event on the lag calendar
    LAG = 2  # a sampled lag
    LAG_SIDE = 3
    SIDE_START = 4  # the lagged event on the successor's calendar, taken as a start and as an end of work
    SIDE_FINISH = 5
    MOMENT = 6  # an event on the 24-hour axis
    EXISTS = 7
    FLAG = 8
    OTHER = 9
    FLOOR = 10
    FINISH_FLOOR = 11
    FINISH_BOUND = 12
    RESTS = 13  # latest moment that bounds the finish
    IDLE_RESTS = 14  # the same, counting only where the node lasts nothing
    LATE_START = 15
    LATE_FINISH = 16
    GATED = 17  # an event of a link that acts only where its gate was pushed
    EARLY = 18  # the earliest index from which work would have started where it does, but for lost time
    ONE = 19  # 1 where a node needs it
    BOUND = 20  # from here: one row for each link into the node, or out of it


class Stage(IntEnum):
    """The order of the instructions of one node."""

    EXISTENCE, FLOORS, LINKS, START, IDLE, FINISH, MOMENT, TIGHT = range(8)


class Phase(IntEnum):
    """The order of the instructions of all nodes; those that push as late as possible are there only when needed."""

    FORWARD, OUTPUTS, PUSH, AGAIN, FOLLOW, OUTPUTS_AGAIN = range(6)


@dataclass(eq=False)
class Layout:
    """A network with its order, its rows in the pool, and the calendars made distinct.

    Rows: starts [0, n), durations in and finishes out [n, 2n), moments of the nodes that need one, sampled lags,
    outputs, scratch; then, for late dates only, late starts, finishes and moments; the last two are the kernel's own.
    ``thinned`` are the nodes whose work loses time in some iterations (kernels/weather.py), None where none does.
    """

    nodes: Nodes
    edges: Edges
    conditions: Sequence[DateCondition]
    outputs: Sequence[Sequence[int]]
    worktimes: Sequence[WorkTime]
    n_lags: int
    thinned: NDArray[np.bool_] | None = None
    tables: Tables = field(init=False)
    clock: int = field(init=False)

    def __post_init__(self) -> None:
        distinct: dict[tuple[bytes, bytes], int] = {}
        calendars = [*self.worktimes, clock(self.worktimes[0].horizon)]
        intervals = [(calendar.opens.tobytes(), calendar.closes.tobytes()) for calendar in calendars]
        number = np.array([distinct.setdefault(key, i) for i, key in enumerate(intervals)])
        self.tables = Tables(calendars)
        self.clock = int(number[-1])
        self.calendar = number[self.nodes.calendar]
        self.lag_calendar = number[self.edges.lag_calendar]
        self.driving = ~self.nodes.level_of_effort[self.edges.predecessor]

    @property
    def n(self) -> int:
        """Number of nodes."""
        return len(self.nodes.names)

    @cached_property
    def order(self) -> Ints:
        """Node numbers, predecessors first, level of effort after everything that sets dates."""
        nodes, edges = self.nodes, self.edges
        gated = edges.gate >= 0
        before = np.concatenate((edges.predecessor, edges.gate[gated], [c.source for c in self.conditions]))
        after = np.concatenate((edges.successor, edges.successor[gated], [c.node for c in self.conditions]))
        before, after = before.astype(np.int64), after.astype(np.int64)
        follows = nodes.level_of_effort
        matters = ~follows[before] | follows[after]
        order = topological_order(nodes.names, before[matters], after[matters])
        return np.concatenate((order[~follows[order]], order[follows[order]]))

    @cached_property
    def position(self) -> Ints:
        """The place of every node in ``order``."""
        position = np.empty(self.n, np.int64)
        position[self.order] = np.arange(self.n)
        return position

    @cached_property
    def may_vanish(self) -> NDArray[np.bool_]:
        """Nodes that may last nothing in some iterations."""
        conditional = np.zeros(self.n, np.bool_)
        conditional[[c.node for c in self.conditions]] = True
        return np.asarray(self.nodes.can_vanish | conditional)

    @cached_property
    def loses(self) -> NDArray[np.bool_]:
        """Nodes whose work loses time in some iterations."""
        return np.zeros(self.n, np.bool_) if self.thinned is None else self.thinned

    @cached_property
    def bounds_start(self) -> NDArray[np.bool_]:
        """Links that bound the start of their successor (FS, SS), not its finish."""
        return np.asarray(self.edges.type <= SS)

    @cached_property
    def fixed(self) -> NDArray[np.bool_]:
        """Nodes whose date is mandatory."""
        return np.asarray((self.nodes.fixed_start != NONE) | (self.nodes.fixed_finish != NONE))

    @cached_property
    def has_moment(self) -> NDArray[np.bool_]:
        """Nodes whose finish may rest on a start of work (08:00) in one iteration and not in another.

        That takes a bound on the finish which is no end of work on the node's own calendar. What lasts nothing has
        only bounds on its finish. On the 24-hour calendar a start of work is an end of work.
        """
        idle = (self.nodes.milestone == FINISH_MILESTONE) | self.may_vanish
        possible = (self.calendar != self.clock) & ~self.nodes.level_of_effort
        possible &= (self.nodes.milestone != START_MILESTONE) & (self.nodes.expected_finish == NONE)
        found = possible & idle
        edges = self.edges
        links = np.flatnonzero(~self.bounds_start & possible[edges.successor] & self.driving)
        for e in links[np.argsort(self.position[edges.successor[links]], kind="stable")].tolist():
            if not self._ends_work(e, found):
                found[edges.successor[e]] = True
        return np.asarray(found, np.bool_)

    def _ends_work(self, e: int, has_moment: NDArray[np.bool_]) -> bool:
        """Return whether the bound of link ``e`` always is an end of work on the successor's calendar."""
        edges, a = self.edges, self.edges.predecessor[e]
        lag, same = int(edges.lag[e]), self.calendar[a] == self.calendar[edges.successor[e]]
        if edges.lag_row[e] >= 0 or lag < 0 or not same:
            return False
        if lag > 0:
            return bool(self.lag_calendar[e] == self.calendar[a])
        return bool(edges.type[e] == FF and self.nodes.milestone[a] != START_MILESTONE and not has_moment[a])

    @cached_property
    def ceiled(self) -> NDArray[np.bool_]:
        """Nodes that a no-later-than date pulls back."""
        return np.asarray((self.nodes.start_ceiling != NONE) | (self.nodes.finish_ceiling != NONE))

    @cached_property
    def open_end(self) -> NDArray[np.bool_]:
        """Nodes without any successor that they could hold up."""
        found = np.ones(self.n, np.bool_)
        found[self.edges.predecessor[~self.nodes.level_of_effort[self.edges.successor]]] = False
        return found

    @cached_property
    def kept(self) -> NDArray[np.bool_]:
        """Start milestones that stand at the very minute of their floor, worked or not."""
        return np.asarray(self.nodes.kept != NONE)

    @cached_property
    def moment_row(self) -> Ints:
        """The row of each node's finish on the 24-hour axis, or -1."""
        own = self.has_moment | self.kept
        return np.where(own, 2 * self.n + np.cumsum(own) - 1, -1)

    @cached_property
    def first_lag(self) -> int:
        """The first row of the sampled lags."""
        return 2 * self.n + int((self.has_moment | self.kept).sum())

    @cached_property
    def first_output(self) -> int:
        """The first row of the outputs."""
        return self.first_lag + self.n_lags

    @cached_property
    def first_scratch(self) -> int:
        """The first scratch row."""
        return self.first_output + len(self.outputs)

    @cached_property
    def most_links(self) -> int:
        """The largest number of links into, or out of, one node."""
        ends = (self.edges.successor, self.edges.predecessor)
        return max(int(np.bincount(end, minlength=1).max(initial=0)) for end in ends)

    @cached_property
    def rows(self) -> int:
        """Rows of a pool for the forward pass."""
        return self.first_late + 2

    @cached_property
    def first_late(self) -> int:
        """The first row of the late dates."""
        return self.first_scratch + Scratch.BOUND + self.most_links

    def scratch(self, row: int) -> int:
        """Return the number of a scratch row."""
        return self.first_scratch + row

    def key(self, node: Ints, stage: int, rank: Ints | int = 0, phase: int = 0) -> Ints:
        """Return the key that sorts an instruction by phase, node, stage and link; nodes of PUSH from last to first."""
        place = self.n - 1 - self.position[node] if phase == Phase.PUSH else self.position[node]
        return (((phase * self.n) + place) * len(Stage) + stage) * (self.most_links + 1) + rank

    @cached_property
    def finishes(self) -> Event:
        """The finish of every node: an end of work, a start milestone's start, or a moment of its own."""
        own = self.has_moment | self.kept
        row = np.where(own, self.moment_row, self.n + np.arange(self.n))
        side = np.where(own | (self.nodes.milestone == START_MILESTONE), 0, 1)
        return Event(row, np.where(own, self.clock, self.calendar), side, np.zeros(self.n, np.int64))

    @cached_property
    def from_finish(self) -> NDArray[np.bool_]:
        """Links that run from their predecessor's finish; what stands at an instant starts and finishes there."""
        ends = (self.edges.type == FS) | (self.edges.type == FF)
        return np.asarray(ends | self.nodes.at_instant[self.edges.predecessor])

    def sources(self, links: Ints) -> Event:
        """Return the events from which links run."""
        return pick(self.from_finish[links], self.finishes.at(self.edges.predecessor[links]), self.indices(links))

    def indices(self, links: Ints) -> Event:
        """Return the events from which links run as indices on the predecessor's own calendar, unless it is kept."""
        a, finish = self.edges.predecessor[links], self.from_finish[links]
        index = Event(a + self.n * finish, self.calendar[a], finish.astype(np.int64), np.zeros(a.size, np.int64))
        return pick(self.kept[a], self.finishes.at(a), index)

    def instants(self, node: Ints, index: Ints, ends_work: NDArray[np.bool_]) -> Ints:
        """Return the minutes at which dates lie: the end of work of their index where they were given as one."""
        out = np.zeros(node.size, np.int64)
        for calendar in np.unique(self.calendar[node]):
            same, times = self.calendar[node] == calendar, self.tables.calendars[calendar]
            k = index[same]
            out[same] = np.where(ends_work[same], times.finish_instant(k), times.start_instant(k))
        return out
