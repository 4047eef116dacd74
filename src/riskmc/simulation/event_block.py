"""One block of iterations in the discrete-event engine: the Monte Carlo draws, then what happens, event by event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import RiskmcError
from riskmc.kernels import driving, rows
from riskmc.kernels.discrete_event.apart import code_of
from riskmc.kernels.discrete_event.block import run_lanes, trace_lanes
from riskmc.kernels.discrete_event.codes import (
    BEYOND,
    CENSORED,
    DEADLOCK,
    FINE,
    LOG,
    MORE_CODE,
    MORE_DRAWS,
    MORE_EVENTS,
    MORE_LOG,
    WANTED,
)
from riskmc.kernels.structs import as_struct
from riskmc.network.dynamics.dynamics import Dynamics
from riskmc.network.dynamics.occurrences import FIRST_OCCURRENCES
from riskmc.network.layout import FF, FS, SS
from riskmc.network.worktime import HorizonError
from riskmc.simulation.blocked import blocked
from riskmc.simulation.blocks import Block
from riskmc.simulation.event_money import fill_prices
from riskmc.simulation.event_space import new_lanes, new_state
from riskmc.simulation.lost_time import nothing_lost
from riskmc.simulation.manage_space import add_acts
from riskmc.simulation.rework_space import add_rework, scale_redraws

FIRST_LOG = 4096


@dataclass(eq=False)
class EventBlock(Block):
    """Workspace of one thread of the discrete-event engine. ``logs`` keeps the events of the block that ran last."""

    logs: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        self.dynamics: Dynamics = self.network.dynamics  # type: ignore[assignment]
        self.space = new_lanes(self.network.logic, self.dynamics, self.lanes)
        lost = nothing_lost() if self.losing is None else self.losing.lost
        self.state = new_state(self.network.logic, self.dynamics, self.values, self.events, lost)
        if self.logs:
            self.state = self.state._replace(log=np.zeros((FIRST_LOG, 4), np.int32))
        self.charged = np.zeros((2 * self.network.nodes, self.lanes), np.int32)
        self.occurrences = FIRST_OCCURRENCES
        self.laid: tuple[tuple[Any, ...], list[Any]] = ((), [])

    def draw(self, block: int) -> None:
        """Scores and sizes as in the Monte Carlo engine."""
        super().draw(block)
        self.block = block

    def log(self, lane: int) -> NDArray[np.int32]:
        """Return the events of one lane: rows of (minute of the axis, kind, entity, value)."""
        first = int(self.space.log_end[lane - 1]) if lane > self.first else 0
        return self.state.log[first : int(self.space.log_end[lane])]

    def _draw_occurrences(self, first: int = 0) -> None:
        """Draw what may happen more than once, from occurrence ``first`` on; the block's factors are known by now."""
        drawn = self.dynamics.occurrences.draw(self.seed, self.block, self.occurrences, first)
        scale_redraws(self.network, self.factors, drawn)
        if first:
            drawn = np.concatenate((self.state.drawn, drawn), axis=2)
        if drawn.shape == self.state.drawn.shape:
            np.copyto(self.state.drawn, drawn)
        else:
            self.state = self.state._replace(drawn=drawn)

    def _schedule(self, first: int, last: int) -> None:
        """What happens, from the draws and the static pass of every iteration on (D0 to D9)."""
        logic, space, rows_ = self.network.logic, self.space, self.network.logic.rows
        self.first = first
        self._last(first, last)
        np.copyto(space.possible, self.exists.T)
        np.copyto(space.duration, self.pool[logic.finishes].T)
        self._date()
        if self.losing is not None:
            self.losing.draw_all()
        np.copyto(space.pool, self.pool[:rows_].T)
        np.copyto(space.exists, self.exists.T)
        if space.prices.whole.shape[1]:
            fill_prices(self, space.prices)
        self._draw_occurrences()
        self._happen(first, last)
        undisturbed, computed = self._as_computed()
        np.copyto(self.pool[:rows_], space.pool.T)
        follows = self.dynamics.model.steps.follows != 0  # its finish is computed anew, from its duration
        self.pool[logic.finishes][follows] = space.duration.T[follows]
        np.copyto(self.exists, space.exists.T)
        np.copyto(self.tight, _packed(space.tight))
        outputs, rest = self.dynamics.closing
        rows.run(outputs, self.pool, self.exists, logic.entries, logic.slots, self.tight)
        self.pool[logic.outputs][:, undisturbed] = computed
        rows.run(rest, self.pool, self.exists, logic.entries, logic.slots, self.tight)
        self._hold_back(first, last)
        self._trace(first, last)

    def _as_computed(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Return the lanes in which nothing came between, and their finishes as computed (D0): int32[outputs, lanes].

        Only where work is pushed as late as possible, which finishes leave out: else they are computed anew alike.
        """
        layout, finishes = self.network.logic.layout, self.pool[self.network.logic.outputs]
        lanes = np.zeros(0, np.int64)
        if layout.nodes.as_late_as_possible.any():
            dates = slice(2 * layout.n)
            lanes = np.flatnonzero((self.pool[dates] == self.space.pool.T[dates]).all(axis=0))
        return lanes, finishes[:, lanes]

    def _hold_back(self, first: int, last: int) -> None:
        """Let what a censored iteration left undone finish no earlier than the axis, whatever its own calendar (D8)."""
        logic, (lanes, undone) = self.network.logic, self._undone(first, last)
        for row, nodes in zip(self.pool[logic.outputs], logic.layout.outputs, strict=True):
            row[lanes[undone[:, list(nodes)].any(axis=1)]] = self.dynamics.model.limits.last_minute

    def _tell_instants(self, first: int, last: int) -> None:
        """Starts and finishes as minutes of the axis; what was left undone finishes no earlier than the axis (D8)."""
        super()._tell_instants(first, last)
        assert self.dates is not None
        lanes, undone = self._undone(first, last)
        if lanes.size:
            for rows_, held in ((self.dates.finishes, undone), (self.dates.starts, self._ahead(lanes, undone))):
                instants = self.pool[rows_]
                instants[:, lanes] = np.where(held.T, self.dynamics.model.limits.last_minute, instants[:, lanes])

    def _undone(self, first: int, last: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Return the lanes that were censored, and of each the nodes that were not done, or that end with such."""
        lanes = first + np.flatnonzero(self.space.outcome[first:last] == CENSORED)
        stopped, edges = self.space.done_at[lanes], self.network.logic.layout.edges
        undone = stopped == stopped.max(axis=1, keepdims=True)
        for a in self._following(lanes):
            ends = (edges.successor == a) & np.isin(edges.type, (FS, FF))
            undone[:, a] = undone[:, edges.predecessor[ends]].any(axis=1)
        return lanes, undone

    def _ahead(self, lanes: NDArray[np.int64], undone: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return the nodes of censored lanes that had not begun, or that begin with such."""
        layout, edges = self.network.logic.layout, self.network.logic.layout.edges
        ahead: NDArray[np.bool_] = undone & (self.space.began[lanes] == self.space.done_at[lanes])
        for a in self._following(lanes):
            begins = (edges.successor == a) & np.isin(edges.type, (FS, SS))
            before = edges.predecessor[begins]
            held = np.where(edges.type[begins] == SS, ahead[:, before], undone[:, before])
            ahead[:, a] = held.size > 0 and (held.all(axis=1) if layout.nodes.takes_least[a] else held.any(axis=1))
        return ahead

    def _following(self, lanes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the nodes that are level of effort, in order; none where no lane was censored."""
        layout = self.network.logic.layout
        return layout.order[layout.nodes.level_of_effort[layout.order] & (lanes.size > 0)]

    def _happen(self, first: int, last: int) -> None:
        """Run the replications; where one needs more room or more draws, give it and go on from there."""
        self.state.count[LOG] = 0
        while first < last:
            first, status = run_lanes(*self._structs(), first, last)
            if status == FINE:
                return
            self._provide(status, first)

    def _structs(self) -> list[Any]:
        """Return model, state and lanes as kernels are given them, laid out anew where they are others than before."""
        tables = (self.dynamics.model, self.state, self.space)
        if [id(table) for table in tables] != [id(table) for table in self.laid[0]]:
            self.laid = tables, [as_struct(table) for table in tables]
        return self.laid[1]

    def _provide(self, status: int, lane: int) -> None:
        state = self.state
        if status == MORE_EVENTS:
            self.state = state._replace(heap=np.zeros(2 * state.heap.size, np.int64))
        elif status == MORE_CODE:
            self._compile_wanted()
        elif status == MORE_LOG:
            self.state = state._replace(log=np.concatenate((state.log, np.zeros_like(state.log))))
        elif status == MORE_DRAWS and self.occurrences < self.dynamics.occurrences.most:
            first, self.occurrences = self.occurrences, 2 * self.occurrences
            self._draw_occurrences(first)
        elif status == BEYOND:
            raise HorizonError("dates run past the calendars")
        elif status == DEADLOCK:
            raise blocked(self.network, self.state, self._called(lane))
        else:
            raise RiskmcError(self._too_often(lane))

    def _called(self, lane: int) -> str:
        """Return what a replication is called in errors."""
        return f"iteration {self.block * self.lanes + lane}"

    def _too_often(self, lane: int) -> str:
        """Return what happens more often than can be drawn for."""
        arrivals, scope = self.dynamics.model.arrivals, sorted(self.network.program.scope)
        names = [f"risks.{name}" for name in self.dynamics.risks]
        names += [f"scope.{scope[entry]}" for entry in arrivals.entity[arrivals.risks :]]
        arrived = zip(names, self.state.coming.arrived, strict=True)
        often = " and ".join(name for name, times in arrived if times >= self.occurrences)
        return (
            f"{self._called(lane)}: {often or 'something'} happens more than {self.occurrences:,} times; look for "
            "arrivals, turnover, outages or loops of rework that come minutes or hours apart, and for changes that "
            "bring more work than is done until the next"
        )

    def _compile_wanted(self) -> None:
        """Compile the function that a kernel has called and not found, if there is one."""
        model, state, _ = self._structs()
        place = int(self.state.count[WANTED]) - 1
        if place >= 0:
            self.state.code[place] = code_of(place, model.kind, state.kind)

    def _tally(self, first: int, last: int) -> None:
        super()._tally(first, last)
        arrived = self.space.arrived[first:last, : len(self.dynamics.risks)]
        self.sums.arrived += np.count_nonzero(arrived, axis=0)
        self.sums.arrivals += arrived.sum(axis=0)
        add_rework(self.space.loops[first:last], self.sums.rework)
        add_acts(self.space.acts[first:last], self.sums.acts)
        lanes, undone = self._undone(first, last)
        edges, waits = self.network.logic.layout.edges, np.zeros_like(undone.T)
        np.logical_or.at(waits, edges.successor, undone.T[edges.predecessor])
        self.sums.censored += lanes.size
        self.sums.stopped += (undone.T & ~waits).sum(axis=1)

    def spend(self) -> None:
        """Cents of every item, and what behaviours cost besides."""
        super().spend()
        self.totals += self.space.cents.T

    def _trace(self, first: int, last: int) -> None:
        """Find the driving chains, through links and through waits for units (N6)."""
        logic, critical = self.network.logic, self.space.critical
        self.state.count[WANTED] = 1
        while self.state.count[WANTED]:
            self.state.count[WANTED] = 0
            critical[:] = 0
            for node, row in logic.seeds:
                critical[:, node] |= _unpacked(self.tight[row])
            trace_lanes(*self._structs(), first, last)
            self._compile_wanted()
        np.copyto(self.critical, _packed(critical))
        if logic.doubtful.size:
            driving.drop_missing(logic.doubtful, self.exists, self.critical)

    def worked(self) -> NDArray[np.int32]:
        """Return starts and finishes between which lie the minutes for which units were held (D7)."""
        n, finishes = self.network.nodes, self.network.logic.finishes
        self.charged[n:] = self.pool[finishes]
        follows = self.dynamics.model.steps.follows != 0
        np.subtract(self.pool[finishes], self.space.held.T, out=self.charged[:n])
        self.charged[:n][follows] = self.pool[self.network.logic.starts][follows]
        return self.charged


def _packed(bits: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return uint64[rows, B // 64], a bit per lane, of uint8[B, rows]."""
    packed = np.packbits(np.ascontiguousarray(bits.T), axis=1, bitorder="little")
    return packed.view("<u8").astype(np.uint64, copy=False)


def _unpacked(words: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """Return uint8[B] of uint64[B // 64]."""
    return np.unpackbits(words.astype("<u8").view(np.uint8), bitorder="little")
