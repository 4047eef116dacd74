"""Spending over time: cents by project, period and iteration, in constant and then-year money, and as paid (C3, C4).

The iterations are run again, same bits, and every block is phased while its dates are there. Each item's cents are
spread over the time in which they are spent; the parts add up to the cents of the trials in each iteration.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from threading import local
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.forecast.instant import instant_of
from riskmc.kernels import phasing as kernel
from riskmc.network.network import Network
from riskmc.network.phasing import Parts, Phases, Window, fill_windows, phases, with_charges
from riskmc.network.prices import Prices
from riskmc.network.tasks import State, start_of
from riskmc.simulation.arguments import check_bytes
from riskmc.simulation.blocks import LANES, Block
from riskmc.simulation.event_block import EventBlock
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.periods import edges_by
from riskmc.simulation.trials import Trials

NO_PROJECT = ""  # the first place of phased money: the cost of no project
_EVER = 2**30  # minutes: later than any date, and twice that fits in 32 bits
Cents = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Phased:
    """Cents by place, period and iteration, int64[places, periods, n]; ``places`` are NO_PROJECT, then the projects.

    Parameters
    ----------
    edges : int64[periods + 1]
        Minutes since 1970-01-01; what is spent before the first or after the last counts in the nearest period.
    constant : int64[places, periods, n]
        Spent, in the money of the file; adds up to ``trials.cost_cents`` over places and periods.
    then_year : int64[places, periods, n]
        Spent, in the money of the day: escalated, except what was spent before the data date. The same array as
        ``constant`` where the program has no `escalation`.
    paid : int64[places, periods, n]
        Then-year money when it is paid; adds up to ``then_year`` over the periods. The same array as ``then_year``
        where everything is paid as it is spent: no `payments`.
    held : int64[places, n]
        Escalation, had the same money been spent on the plan's dates at the same prices; None without escalation.
    plan : Phased, optional
        What the plan itself spends: its costs on its dates (P1), at single rates of escalation, with n = 1.
    """

    places: tuple[str, ...]
    edges: NDArray[np.int64]
    constant: Cents
    then_year: Cents
    paid: Cents
    held: Cents | None
    plan: Phased | None = None

    @property
    def escalated(self) -> bool:
        """Whether then-year money differs from constant money: the program has `escalation`."""
        return self.held is not None

    @cached_property
    def slip(self) -> Cents | None:
        """Slip-induced escalation, int64[places, n]: escalation less what the plan's dates have; None without any."""
        if self.held is None:
            return None
        escalation: Cents = self.then_year.sum(axis=1) - self.constant.sum(axis=1)
        return escalation - self.held


def spending(trials: Trials, edges: NDArray[np.int64], progress: Progress | None = None) -> Phased:
    """Return what every place spends in every period of every iteration: the cents of the trials, phased.

    ``edges`` are minutes since 1970, rising; `edges_over` makes those of months, quarters or years. Raises
    ArgumentError where the trials cannot be run again, or the result does not fit in memory.
    """
    again = trials.again()
    views = 1 + bool(again.network.program.escalation) + (again.network.program.payments is not None)
    places, n = 1 + len(again.network.projects), len(trials)
    check_bytes(8 * views * places * (len(edges) - 1) * n, "periods by project", "longer periods, or fewer iterations")
    keeper = PhaseKeeper(trials, np.asarray(edges, np.int64))
    again.run(keeper=keeper, progress=progress)
    return keeper.phased()


def span(trials: Trials) -> tuple[int, int]:
    """Return the minutes since 1970 between which all money of the trials is spent and paid."""
    network = trials.again().network
    unix, tasks = network.axis.unix, network.tasks
    first = min(
        network.axis.minute(start_of(network.program)),
        *(task.data_date if task.state is State.PLANNED else min(task.started, task.data_date) for task in tasks),
    )
    finishes = (trials.finish_minutes, *trials.project_finish.values())
    last = max(int(minutes.max()) for minutes in finishes)
    last = max(last, *(task.finished + unix for task in tasks), *(task.data_date + unix + 1 for task in tasks))
    return first + unix, int(_Terms.of(network).paid(np.array([last - unix]))[0]) + unix


def edges_over(trials: Trials, by: str) -> NDArray[np.int64]:
    """Return the edges of the months, quarters or fiscal years that all money of the trials falls in."""
    return edges_by(by, *span(trials), trials.program.fiscal_year_starts)  # type: ignore[arg-type]


class Grid(NamedTuple):
    """The cells of the kernel `phase`: their edges on every calendar, and the period of each when spent and paid."""

    at: NDArray[np.int32]
    spent: NDArray[np.int32]
    paid: NDArray[np.int32]
    advance: float
    retention: float
    lag: float


@dataclass(frozen=True)
class _Terms:
    """The terms of payment: shares, and the lag in minutes of the program's calendar or of the clock."""

    network: Network
    advance: float = 0.0
    retention: float = 0.0
    lag: int = 0
    elapsed: bool = True

    @classmethod
    def of(cls, network: Network) -> _Terms:
        found = network.program.payments
        if found is None:
            return cls(network)
        if found.lag is None:
            return cls(network, found.advance, found.retention)
        minutes = network.axis.length(network.axis.number(network.program.calendar), found.lag)
        return cls(network, found.advance, found.retention, round(minutes), found.lag.unit.startswith("e"))

    @property
    def differ(self) -> bool:
        """Whether anything is paid at another time than it is spent."""
        return self.lag > 0 or self.retention > 0 or self.advance > 0

    def paid(self, minutes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return when what is spent at minutes of the axis is paid."""
        return self._moved(minutes, self.lag)

    def spent(self, minutes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return when what is paid at minutes of the axis was spent."""
        return self._moved(minutes, -self.lag)

    def _moved(self, minutes: NDArray[np.int64], by: int) -> NDArray[np.int64]:
        if self.elapsed or not by:
            return minutes + by
        axis = self.network.axis
        work = axis.calendars[axis.number(self.network.program.calendar)]
        index = work.index(np.clip(minutes, 0, axis.horizon)) + by
        return work.start_instant(np.clip(index, 0, work.limit - 1))


@dataclass(eq=False)
class PhaseKeeper:
    """Phases the blocks that have run: fills the arrays of `Phased`."""

    trials: Trials
    edges: NDArray[np.int64]
    _room: local = field(default_factory=local)

    def __post_init__(self) -> None:
        again = self.trials.again()
        self.network, self.seed, self.stratified = again.network, again.seed, again.stratified
        self.phases: Phases = phases(self.network)
        self.parts = self.phases.table()
        self.terms = _Terms.of(self.network)
        amounts, totals = len(self.network.sampler.amounts), 1 + len(self.network.projects)
        charged = self.network.dynamics is not None
        self.costs = with_charges(self.network.costs, amounts, totals) if charged else self.network.costs
        self.grid = self._grid()
        escalates = bool(self.network.program.escalation)
        self.places = (NO_PROJECT, *self.network.projects)
        places, periods, n = len(self.places), len(self.edges) - 1, len(self.trials)
        self.constant = np.zeros((places, periods, n), np.int64)
        self.then_year = np.zeros_like(self.constant) if escalates else self.constant
        self.paid = np.zeros_like(self.constant) if self.terms.differ else self.then_year
        self.held = np.zeros((places, n), np.int64)
        self.base = self._certain()

    def phased(self) -> Phased:
        """Return what was kept."""
        held = self.held if self.network.program.escalation else None
        return Phased(self.places, self.edges, self.constant, self.then_year, self.paid, held, self.planned())

    def keep(self, block: Block, first: int, last: int, out: slice) -> None:
        """Phase the lanes first to last - 1 of a block that has run with its dates."""
        assert block.dates is not None
        number = (self.trials.iterations.start + out.start - first) // LANES
        index = self.prices.index(self.seed, number, self.stratified, LANES)[:, self.year]
        index[:, self.past] = 1.0
        room = self._workspace()
        for array, base in zip(room.out, self.base, strict=True):
            array[:] = base
        instants = block.pool[block.dates.starts], block.pool[block.dates.finishes]
        outputs = block.pool[self.network.logic.outputs]
        fill_windows(self.phases, lambda window: window.ends(*instants, outputs), room.windows)
        drawn = self._money(block), block.factors, block.additions
        kernel.phase(
            self.parts, self.grid, self.costs, drawn, block.exists, block.pool, block.worked(), room.windows, index,
            room.work, room.out,
        )  # fmt: skip
        if self.terms.retention:
            kernel.release(self.grid, outputs[: 1 + len(self.network.projects)], room.out[4], room.out[2])
        self._copy(room, slice(first, last), out)

    @staticmethod
    def _money(block: Block) -> NDArray[np.float64]:
        """Return the amounts of money of a block: those drawn, then what behaviours cost of no project and of each."""
        if not isinstance(block, EventBlock):
            return block.money
        charged = block.space.cents.T.astype(np.float64)
        charged[0] -= charged[1:].sum(axis=0)
        return np.concatenate((block.money, charged))

    def _copy(self, room: Any, lanes: slice, out: slice) -> None:
        self.constant[:, :, out] = room.out[0][:, :, lanes]
        if self.then_year is not self.constant:
            self.then_year[:, :, out] = room.out[1][:, :, lanes]
            self.held[:, out] = room.out[3][:, lanes]
        if self.paid is not self.then_year:
            self.paid[:, :, out] = room.out[2][:, :, lanes]

    def _workspace(self) -> Any:
        """Return the workspace of this thread."""
        if not hasattr(self._room, "out"):
            self._room.out = self._room_of(LANES)
            self._room.work = np.zeros((2, LANES), np.int32), np.zeros((7, LANES))
            self._room.windows = np.zeros((2 * len(self.phases.windows), LANES), np.int32)
        return self._room

    def _room_of(self, lanes: int) -> tuple[Cents, ...]:
        """Return the arrays that the kernel adds to, empty."""
        places, periods = len(self.places), len(self.edges) - 1
        views = [np.zeros((places, periods, lanes), np.int64) for _ in range(3)]
        return (*views, *(np.zeros((places, lanes), np.int64) for _ in range(2)))

    def _certain(self) -> tuple[Cents, ...]:
        """Return what is spent in every iteration alike, as the kernel's output in one lane; it is not escalated."""
        windows = np.zeros((2 * len(self.phases.windows), 1), np.int32)
        zero = np.zeros((1, 1), np.int64)

        def ends(window: Window) -> tuple[Cents, Cents]:
            return (zero[0], zero[0]) if window.last is None else window.ends(zero[:0], zero[:0], zero)

        fill_windows(self.phases, ends, windows)
        out = self._room_of(1)
        self._alone(self.phases.table(certain=True), windows, np.ones((1, self.year.size, 1)), out)
        out[1][:] = out[0]
        return out

    def planned(self) -> Phased:
        """Return what the plan itself spends, with prices that rise by their single rates, as one iteration."""
        parts, windows = self.phases.planned()
        index = self.prices.planned()[:, self.year]
        index[:, self.past] = 1.0
        out = tuple(array.copy() for array in self.base)
        self._alone(parts, windows, index, out)
        if self.terms.retention:
            finishes = self.network.plan.outputs[: 1 + len(self.network.projects), None].astype(np.int32)
            kernel.release(self.grid, finishes, out[4], out[2])
        constant, then_year, paid, held, _ = out
        escalates, pays = self.then_year is not self.constant, self.paid is not self.then_year
        then_year = then_year if escalates else constant
        return Phased(
            self.places, self.edges, constant, then_year, paid if pays else then_year, held if escalates else None
        )

    def _alone(self, parts: Parts, windows: NDArray[np.int32], index: NDArray[np.float64], out: Any) -> None:
        """Run the kernel in one lane, over parts of which no iteration changes anything."""
        nothing, nodes = np.zeros((0, 1)), self.network.nodes
        drawn = nothing, np.zeros((0, 1), np.float32), nothing
        exists, pool = np.ones((nodes, 1), np.uint8), np.zeros((2 * nodes, 1), np.int32)
        work = np.zeros((2, 1), np.int32), np.zeros((7, 1))
        kernel.phase(parts, self.grid, self.network.costs, drawn, exists, pool, pool, windows, index, work, out)

    def _grid(self) -> Grid:
        """Cut time into cells that lie within one period, one month, one year and one price each (C4)."""
        network, unix, edges = self.network, self.network.axis.unix, self.edges
        months = edges_by("month", int(edges[0]), int(edges[-1]))
        years = edges_by("year", int(edges[0]), int(edges[-1]), network.program.fiscal_year_starts)
        whole = np.concatenate((months, years, edges)) - unix
        status = network.program.data_date
        now = [] if status is None else [network.axis.minute(status.start_like())]
        cuts = np.unique(np.concatenate((whole, self.terms.spent(whole), np.array(now, np.int64))))
        begin, end = cuts[:-1], cuts[1:]
        self.past = end <= (now[0] if now else -_EVER)
        self.year = self._years(begin + unix)
        at = np.array([work.index(np.clip(cuts, 0, network.axis.horizon)) for work in network.axis.calendars])
        at[:, 0], at[:, -1] = -_EVER, _EVER
        return Grid(
            at.astype(np.int32), _period(edges - unix, begin), _period(self.terms.spent(edges - unix), begin),
            self.terms.advance, self.terms.retention, float(self.terms.lag),
        )  # fmt: skip

    def _years(self, begin: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the place of the year of every cell among the years of the prices."""
        years = np.array([instant_of(int(minute)).year for minute in begin])
        self.prices = Prices(self.network.program, int(years[0]), int(years[-1]))
        return years - self.prices.years[0]


def _period(edges: NDArray[np.int64], begin: NDArray[np.int64]) -> NDArray[np.int32]:
    """Return the period in which each cell lies; what lies outside counts in the nearest."""
    found = np.searchsorted(edges, begin, side="right") - 1
    return np.clip(found, 0, edges.size - 2).astype(np.int32)


__all__ = ["NO_PROJECT", "Parts", "PhaseKeeper", "Phased", "edges_over", "span", "spending"]
