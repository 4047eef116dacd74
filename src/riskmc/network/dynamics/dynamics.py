"""Dynamics: what the discrete-event engine knows of a program beyond its network, as arrays for both implementations.

A behaviour is one table here, one module of `kernels/discrete_event` and one of `simulation/discrete_event`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.network.axis import Axis
from riskmc.network.draws import Draws
from riskmc.network.dynamics.approvals import ApprovalTable, read_loops
from riskmc.network.dynamics.arrivals import ArrivalTable
from riskmc.network.dynamics.clocks import Clocks
from riskmc.network.dynamics.funding import FundingTable, Spending, funding_table, spending
from riskmc.network.dynamics.hits import HitTable
from riskmc.network.dynamics.impending import Impending, read_impending
from riskmc.network.dynamics.joins import Joins, read_joins
from riskmc.network.dynamics.occurrences import Occurrences, Occurring
from riskmc.network.dynamics.policies import PolicyTable, Reading, Select, policy_table
from riskmc.network.dynamics.pools import (
    ClockTable,
    DemandTable,
    Dispatch,
    PoolTable,
    RankTable,
    clock_table,
    demand_table,
    limited,
    pool_table,
    rank_table,
)
from riskmc.network.dynamics.preemption import PreemptionTable, preemption_table
from riskmc.network.dynamics.rework import ReworkTable
from riskmc.network.dynamics.scope import GrowthTable
from riskmc.network.dynamics.staffing import (
    OutageTable,
    RampTable,
    StaffingTable,
    UnitTable,
    outage_table,
    ramp_table,
    staffing_table,
    unit_table,
)
from riskmc.network.dynamics.steps import Steps, Waits, closing, read_steps, read_waits, with_axis_tables
from riskmc.network.logic import Logic
from riskmc.network.plan import PlanDates
from riskmc.network.spending import Item
from riskmc.network.tasks import Task
from riskmc.network.weather import LostTime
from riskmc.network.worktime import WorkTime
from riskmc.program.program import Program

MOST_EVENTS = 1000  # for each activity of a program, before a replication is censored (D8)
LEAST_EVENTS = 1_000_000
CHANCE = frozenset({
    "quality_gates", "approvals", "arrivals", "scope", "policies", "teams", "turnover", "outages",
})  # fmt: skip
"""The kinds of behaviour, and the two parts of pools, that the plan's own answer leaves out (P1)."""


class ChainTable(NamedTuple):
    """The links that may drive node a: ``before[ptr[a]:ptr[a + 1]]``, and their rows of tight bits."""

    ptr: NDArray[np.int64]
    before: NDArray[np.int64]
    row: NDArray[np.int64]


class Limits(NamedTuple):
    """Where a replication ends, however it stands: the last minute of the axis, and so many events (D8).

    ``final``: 1 where the axis cannot grow, so that a replication that reaches its end is censored. ``blocked``: 1
    where one in which nothing can happen any more is censored too, instead of refused.
    """

    last_minute: int
    most_events: int
    final: int
    blocked: int


class Model(NamedTuple):
    """Everything an engine reads, and changes nothing of.

    ``total`` is by node the row of its project in the cents of a replication; row 0 is the program itself.
    """

    steps: Steps
    joins: Joins
    waits: Waits
    chain: ChainTable
    clocks: ClockTable
    demands: DemandTable
    pools: PoolTable
    staffing: StaffingTable
    units: UnitTable
    ramps: RampTable
    outages: OutageTable
    preemption: PreemptionTable
    ranks: RankTable
    total: NDArray[np.int64]
    arrivals: ArrivalTable
    hits: HitTable
    growth: GrowthTable
    funding: FundingTable
    policies: PolicyTable
    rework: ReworkTable
    approvals: ApprovalTable
    limits: Limits


@dataclass(frozen=True, eq=False)
class Dynamics:
    """A program ready for the discrete-event engine; ``planned`` is the model in which nothing is left to chance.

    ``pools`` are the names by number, ``closing`` the instructions of the row machine that follow when all dates have
    happened, ``occurrences`` what is drawn by occurrence (D6). ``calendars`` are the work times by number, and
    ``conversions`` by conversion table from which of them to which it leads. ``spending`` says who spends the money.
    ``risks`` are those that arrive, by number. ``lost`` is what time is lost, and what work clocks lose of it.
    ``multi_pass``: the order of dispatch is still to be chosen (simulation/passes.py).
    """

    model: Model
    planned: Model
    pools: Sequence[str]
    closing: tuple[NDArray[np.int32], NDArray[np.int32]]
    occurrences: Occurrences
    calendars: Sequence[WorkTime]
    conversions: Sequence[tuple[int, int]]
    spending: Spending
    risks: Sequence[str]
    lost: LostTime | None
    multi_pass: bool

    @property
    def priced(self) -> bool:
        """Whether anything asks what work costs while it goes on: money that binds, or managers."""
        return bool(self.model.funding.minute.size or self.model.policies.every.size)


@dataclass(frozen=True)
class Asked:
    """What dynamics are compiled from. ``ignored`` are the kinds of behaviour left out (K7, and CHANCE for the plan).

    ``sizes`` are the rows of the drawn durations of the tasks, -1 where nothing is drawn; ``lost`` is what working time
    may be lost.
    """

    program: Program
    tasks: Sequence[Task]
    axis: Axis
    logic: Logic
    plan: PlanDates
    occurring: Occurring
    sizes: Sequence[int]
    items: Sequence[Item]
    spans: Mapping[str, int]
    select: Select
    impending: Impending | None = None
    lost: LostTime | None = None
    ignored: frozenset[str] = frozenset()
    rule: Dispatch = "late-finish"
    strict: bool = False
    final: bool = False
    blocked: bool = False

    @property
    def nodes(self) -> int:
        """Number of nodes: the tasks, then the spans of cost items."""
        return self.logic.layout.n


def read_dynamics(asked: Asked) -> Dynamics:
    """Return the dynamics of a compiled program; ProgramError with what can never work."""
    layout, tables = asked.logic.layout, asked.logic.layout.tables
    with_axis_tables(layout)
    model, risks, lost = _model(asked)
    certain = [-1] * len(asked.tasks)
    planned, *_ = _model(
        replace(
            asked, occurring=Occurring(Draws()), sizes=certain, lost=None, ignored=asked.ignored | CHANCE, blocked=False
        )
    )
    pools = tuple(limited(asked.program, "resources" in asked.ignored))
    now = min((task.data_date for task in asked.tasks), default=0)
    return Dynamics(
        model, planned, pools, closing(asked.logic), asked.occurring.drawn(), tuple(tables.calendars),
        tuple(tables.numbers), spending(asked.items, asked.tasks, asked.spans, now), risks, lost,
        asked.rule == "multi-pass",
    )  # fmt: skip


def _model(asked: Asked) -> tuple[Model, tuple[str, ...], LostTime | None]:
    """Return the tables of every behaviour that is not left out, the names of the risks that arrive, and lost time."""
    program, tasks, axis, logic, n = asked.program, asked.tasks, asked.axis, asked.logic, asked.nodes
    pools = limited(program, "resources" in asked.ignored)
    demands = demand_table(tasks, pools, n)
    more = Clocks(logic.layout, *clock_table(logic.layout, program, axis, demands, _losing(asked.lost, n)), asked.lost)
    coming = read_impending(asked.impending, axis, asked.occurring, more, pools, asked.ignored)
    ranks = rank_table(tasks, asked.plan, axis, program, n, asked.rule, asked.strict)
    loops = read_loops(
        program, tasks, axis, logic.layout, asked.occurring, more, ranks, pools, asked.sizes, asked.ignored
    )
    reading = Reading(program, tasks, axis, asked.plan, pools, more, asked.select, n)
    managed = policy_table(reading, "policies" in asked.ignored)
    clocks, lost = more.table(), more.lost()
    loses = np.full(n, -1, np.int32) if lost is None else lost.thinning.table
    steps = read_steps(logic, *logic.layout.tables.arrays(), loses)
    begin, pooled = min((task.data_date for task in tasks), default=0), (program, pools)
    model = Model(
        steps, read_joins(steps.code, steps.begin, steps.end), read_waits(logic.layout, loops.order), _chain(logic),
        clocks, demands, pool_table(program, pools),
        staffing_table(*pooled, axis), unit_table(*pooled, axis, asked.occurring, begin, "turnover" in asked.ignored),
        ramp_table(*pooled, axis), outage_table(*pooled, axis, asked.occurring, begin, "outages" in asked.ignored),
        preemption_table(*pooled, tasks, axis, asked.sizes, asked.occurring, n),
        ranks, _totals(tasks, program, n),
        coming.arrivals, coming.hits, coming.growth,
        funding_table(program, axis, logic.layout, asked.items, "funding" in asked.ignored), managed,
        loops.rework, loops.approvals,
        Limits(axis.horizon - 1, max(LEAST_EVENTS, MOST_EVENTS * n), int(asked.final), int(asked.blocked)),
    )  # fmt: skip
    return model, coming.risks, lost


def _losing(lost: LostTime | None, nodes: int) -> list[int]:
    """Return by node the calendar of the axis that loses the time its work loses, -1 where it loses none."""
    tables = [-1] * nodes if lost is None else lost.thinning.table.tolist()
    return [-1 if lost is None or table < 0 else lost.calendars[table] for table in tables]


def _totals(tasks: Sequence[Task], program: Program, nodes: int) -> NDArray[np.int64]:
    """Return by node 1 + the number of its project among those with work; 0 for spans of cost."""
    homes = {task.project for task in tasks}
    rows = {name: 1 + i for i, name in enumerate(name for name in program.projects if name in homes)}
    return np.array([*(rows[task.project] for task in tasks), *[0] * (nodes - len(tasks))], np.int64)


def _chain(logic: Logic) -> ChainTable:
    links = logic.chain[np.argsort(logic.chain[:, 1], kind="stable")]
    ends = np.cumsum(np.bincount(links[:, 1], minlength=logic.layout.n))
    ptr = np.concatenate(([0], ends)).astype(np.int64)
    return ChainTable(ptr, np.ascontiguousarray(links[:, 0]), np.ascontiguousarray(links[:, 2]))


__all__ = ["Asked", "Dynamics", "Model", "read_dynamics"]
