"""Queues of every iteration: waiting, use and driving waits of every pool, read from the event logs of a rerun (D9).

The logs themselves are not kept: each block of 256 iterations is added up as it passes, and what belongs to one
iteration is written to its own place, so that neither threads nor chunks change a bit (R6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.kernels.discrete_event.queues import add_up
from riskmc.kernels.structs import as_struct
from riskmc.network.dynamics.dynamics import Dynamics
from riskmc.network.network import Network
from riskmc.simulation.arguments import check_bytes
from riskmc.simulation.blocks import Block
from riskmc.simulation.event_block import EventBlock
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.rerun import Rerun

Whole = NDArray[np.int64]


class Tables(NamedTuple):
    """What the kernel reads: demands as in `DemandTable`, and by demand the row of its project and pool (``pair``).

    The demands of approvers follow those of work: of node a the rows ``board_ptr[a]`` to ``board_ptr[a + 1]`` - 1;
    ``sequence`` marks nodes whose approvers decide one after the other.

    ``project`` by node; by pool ``capacity`` in thousandths and ``clock``, a row of ``worked``: the minutes of a
    calendar before each of the ``edges`` of the periods, which are minutes of the axis, as the ``points`` are.
    """

    ptr: NDArray[np.int32]
    board_ptr: NDArray[np.int32]
    sequence: NDArray[np.uint8]
    pool: NDArray[np.int32]
    units: Whole
    pair: NDArray[np.int32]
    project: NDArray[np.int32]
    capacity: Whole
    clock: NDArray[np.int32]
    edges: Whole
    worked: Whole
    points: Whole


class Logged(NamedTuple):
    """The logs of one block: rows, where each lane's end, minutes worked before each row, critical nodes by lane."""

    rows: NDArray[np.int32]
    end: Whole
    worked: Whole
    pool: NDArray[np.int32]
    critical: NDArray[np.uint8]


class Scratch(NamedTuple):
    """What changes while one lane is added up: by node, by pool, by pool and project, by demand."""

    began: Whole
    waits_for: Whole
    asked: Whole
    number: Whole
    approvers: Whole
    waited: Whole
    capacity: Whole
    used: Whole
    queue: Whole
    queue_units: Whole
    critical: Whole
    needed: Whole
    period: Whole
    point: Whole
    busy: Whole
    room: Whole
    length: Whole
    since: Whole
    worked: Whole
    waiters: Whole
    holders: Whole


class Sums(NamedTuple):
    """What the kernel fills: the last index is the iteration, but for the three sums by demand over all of them.

    Minutes of the clock: ``pair_wait`` by project and pool, ``chain`` and ``waiting`` (by period) by pool,
    ``held_up`` by waiting and holding project (the last: nobody). Thousandths of unit-minutes of the pool's calendar:
    ``busy`` and ``room`` by period, ``window_busy`` and ``window_room`` from the first need to the last return,
    ``window`` minutes long. ``queued`` activities and ``queued_units`` thousandths at the points; ``waits`` of
    ``requests``.
    """

    pair_wait: Whole
    waits: NDArray[np.int32]
    requests: NDArray[np.int32]
    chain: Whole
    busy: Whole
    room: Whole
    waiting: Whole
    window_busy: Whole
    window_room: Whole
    window: Whole
    queued: NDArray[np.int32]
    queued_units: NDArray[np.int32]
    held_up: NDArray[np.float64]
    demand_wait: Whole
    demand_squares: Whole
    demand_waits: Whole


@dataclass(frozen=True, eq=False)
class Queues:
    """The queues of all iterations; ``edges`` of the periods and ``points`` are minutes since 1970-01-01.

    ``pools`` and ``projects`` are the names by number, ``pairs`` the (project, pool) of each row of ``pair_wait``,
    ``demands`` the (path, pool) of each demand; ``censored`` how many iterations ended before their work was done.
    """

    pools: tuple[str, ...]
    projects: tuple[str, ...]
    pairs: tuple[tuple[int, int], ...]
    demands: tuple[tuple[str, int], ...]
    edges: Whole
    points: Whole
    sums: Sums
    censored: int


@dataclass(eq=False)
class QueueKeeper:
    """Adds up the logs of the blocks that have run with them."""

    network: Network
    edges: Whole
    points: Whole
    iterations: int
    logs: bool = True
    tables: Tables = field(init=False)
    sums: Sums = field(init=False)
    censored: int = 0

    def __post_init__(self) -> None:
        assert self.network.dynamics is not None
        self.dynamics: Dynamics = self.network.dynamics
        self.asked = _asked(self.dynamics)
        self.pairs = _pairs(self.network, self.asked)
        self.calendars, clock = _clocks(self.network, self.dynamics)
        self.tables = self._tables(clock)
        self.sums = new_sums(self.tables, len(self.pairs), len(self.network.projects), self.iterations)
        self._lock = Lock()

    def keep(self, block: Block, first: int, last: int, out: slice) -> None:
        """Add up lanes first to last - 1 of a block that has run with logs."""
        assert isinstance(block, EventBlock)
        own = _columns(self.sums, out)
        scratch = _scratch(self.tables, len(self.network.projects))
        structs = [as_struct(one) for one in (self.tables, self._logged(block, last), scratch, own)]
        add_up(*structs, first, last)
        with self._lock:
            self.censored += int(np.count_nonzero(block.space.outcome[first:last]))
            for name in _OVER_ALL:
                getattr(self.sums, name)[:] += getattr(own, name)

    def _logged(self, block: EventBlock, last: int) -> Logged:
        rows = block.state.log[: block.space.log_end[last - 1]]
        minutes = rows[:, 0].astype(np.int64)
        worked = np.array([self.network.axis.calendars[number].index(minutes) for number in self.calendars])
        bits = np.unpackbits(np.ascontiguousarray(block.critical).view(np.uint8), axis=1, bitorder="little")
        return Logged(rows, block.space.log_end, worked, np.empty(len(rows), np.int32), bits)

    def _tables(self, clock: NDArray[np.int32]) -> Tables:
        network, model, asked = self.network, self.dynamics.model, self.asked
        homes = {name: number for number, name in enumerate(network.projects)}
        project = np.zeros(model.demands.ptr.size - 1, np.int32)
        project[: len(network.tasks)] = [homes.get(task.project, 0) for task in network.tasks]
        rows = {pair: row for row, pair in enumerate(self.pairs)}
        pair = [rows[int(project[a]), int(p)] for a, p in zip(asked.owner, asked.pool, strict=True)]
        edges = np.minimum(self.edges, network.axis.horizon)  # a period may end after all calendars do
        worked = np.array([network.axis.calendars[number].index(edges) for number in self.calendars])
        return Tables(
            model.demands.ptr, asked.board_ptr, asked.sequence, asked.pool, asked.units, np.array(pair, np.int32),
            project, model.pools.capacity, clock, self.edges, worked, self.points,
        )  # fmt: skip


class Asked(NamedTuple):
    """All demands, those of work and then those of approvers: whose they are, and the pools and units (`Tables`)."""

    owner: Whole
    pool: NDArray[np.int32]
    units: Whole
    board_ptr: NDArray[np.int32]
    sequence: NDArray[np.uint8]


def _asked(dynamics: Dynamics) -> Asked:
    """Return every demand of a program."""
    demands, approvals = dynamics.model.demands, dynamics.model.approvals
    nodes = demands.ptr.size - 1
    judged = dynamics.model.rework.node[approvals.loop].astype(np.int64)
    rows = [range(approvals.ptr[p], approvals.ptr[p + 1]) for p in np.argsort(judged, kind="stable")]
    order = np.array([row for some in rows for row in some], np.int64)
    boards = np.repeat(np.sort(judged), [len(some) for some in rows])
    ends = np.cumsum(np.bincount(boards, minlength=nodes))
    sequence = np.zeros(nodes, np.uint8)
    sequence[judged] = approvals.sequence
    return Asked(
        np.concatenate((np.repeat(np.arange(nodes), np.diff(demands.ptr)), boards)),
        np.concatenate((demands.pool, approvals.pool[order])), np.concatenate((demands.units, approvals.units[order])),
        (demands.pool.size + np.concatenate(([0], ends))).astype(np.int32), sequence,
    )  # fmt: skip


_OVER_ALL = ("demand_wait", "demand_squares", "demand_waits")


def kept_queues(rerun: Rerun, edges: Whole, points: Whole, progress: Progress | None = None) -> Queues:
    """Return the queues of the iterations, which are run again, same bits, with their event logs.

    ``edges`` of the periods and ``points`` at which the queues are looked at are minutes since 1970-01-01; what happens
    before the first edge is not counted. ArgumentError where the result does not fit in memory.
    """
    network = rerun.network
    keeper = QueueKeeper(network, edges - network.axis.unix, points - network.axis.unix, len(rerun.iterations))
    rerun.run(keeper=keeper, progress=progress)
    owners = zip(keeper.asked.owner.tolist(), keeper.asked.pool.tolist(), strict=True)
    named = tuple((network.tasks[a].path, p) for a, p in owners)
    return Queues(
        tuple(keeper.dynamics.pools), tuple(network.projects), tuple(keeper.pairs), named, edges, points, keeper.sums,
        keeper.censored,
    )  # fmt: skip


def _pairs(network: Network, asked: Asked) -> list[tuple[int, int]]:
    """Return every (project, pool) that some activity of the project asks for, in order."""
    homes = {name: number for number, name in enumerate(network.projects)}
    owners = zip(asked.owner.tolist(), asked.pool.tolist(), strict=True)
    return sorted({(homes[network.tasks[a].project], p) for a, p in owners})


def _clocks(network: Network, dynamics: Dynamics) -> tuple[Sequence[int], NDArray[np.int32]]:
    """Return the calendars in which pools are counted, and by pool which: its own, else that of the program."""
    program = network.program
    names = [program.resources[pool].calendar or program.calendar for pool in dynamics.pools]
    known = list(dict.fromkeys(names))
    numbers = [network.axis.number(name) for name in known]
    return numbers, np.array([known.index(name) for name in names], np.int32)


def _scratch(tables: Tables, projects: int) -> Scratch:
    """Return what one thread needs to add up a lane."""
    nodes, pools, demands = tables.project.size, tables.capacity.size, tables.pool.size
    by_node: list[Any] = [np.zeros(nodes, np.int64) for _ in range(5)]
    by_pool: list[Any] = [np.zeros(pools, np.int64) for _ in range(13)]
    shared: list[Any] = [np.zeros((pools, projects), np.int64) for _ in range(2)]
    return Scratch(*by_node, np.zeros(demands, np.int64), *by_pool, *shared)  # type: ignore[call-arg]


def new_sums(tables: Tables, pairs: int, projects: int, n: int) -> Sums:
    """Return empty sums; ArgumentError where they do not fit in memory."""
    pools, periods, points = tables.capacity.size, tables.edges.size - 1, tables.points.size
    shapes = {
        "pair_wait": (pairs, n), "waits": (pools, n), "requests": (pools, n), "chain": (pools, n),
        "busy": (pools, periods, n), "room": (pools, periods, n), "waiting": (pools, periods, n),
        "window_busy": (pools, n), "window_room": (pools, n), "window": (pools, n),
        "queued": (pools, points, n), "queued_units": (pools, points, n), "held_up": (projects, projects + 1, n),
        **dict.fromkeys(_OVER_ALL, (tables.pool.size,)),
    }  # fmt: skip
    kinds = {"held_up": np.float64} | dict.fromkeys(("waits", "requests", "queued", "queued_units"), np.int32)
    needed = sum(np.dtype(kinds.get(name, np.int64)).itemsize * int(np.prod(shape)) for name, shape in shapes.items())
    check_bytes(needed, "queues of every iteration", "fewer iterations, or longer periods")
    return Sums(**{name: np.zeros(shape, kinds.get(name, np.int64)) for name, shape in shapes.items()})


def _columns(sums: Sums, out: slice) -> Sums:
    """Return the columns of some iterations, with sums by demand of their own."""
    parts = {name: array[..., out] for name, array in sums._asdict().items() if name not in _OVER_ALL}
    return Sums(**parts, **{name: np.zeros_like(getattr(sums, name)) for name in _OVER_ALL})
