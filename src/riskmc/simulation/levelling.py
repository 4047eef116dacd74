"""The plan's own answer under resource limits: one replication in which everything lasts what it is planned to (P1).

Nothing is drawn, no gate fails and no risk arrives; pools, their calendars and their staffing hold. It is the parallel
schedule generation scheme with the dispatcher's rule (Kelley 1963; Kolisch 1996).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from riskmc.errors import DeadlockError
from riskmc.network.dates import dates
from riskmc.network.network import Network
from riskmc.network.plan import PlanDates
from riskmc.network.spending import planned_cents
from riskmc.program.behaviour import added_units
from riskmc.simulation.event_block import EventBlock

LANES = 64
UNLEVELLED = "the plan has no resource limits: planned work waits for units that policies or risks alone can bring"


def levelled(network: Network) -> Network:
    """Return the network with the plan's own dates and costs as its pools allow them; as it is without limits.

    Total float and late dates stay those of the network without limits: among them the dispatcher chooses. Where only
    policies or risks bring the units of planned work, the plan is that without limits, and a note says so. Raises
    DeadlockError where it can never have them, HorizonError where dates run off the calendars.
    """
    if network.dynamics is None or not network.dynamics.pools:
        return network
    try:
        plan = _levelled(network, network.plan)
    except DeadlockError:
        if not any(added_units(network.program)):
            raise
        return replace(network, notes=(*network.notes, UNLEVELLED))
    totals = 1 + len(network.projects)
    with_margin = plan.with_margin
    margin_cents = None if with_margin is None else _cents(network, with_margin, totals)
    return replace(network, plan=plan, plan_cents=_cents(network, plan, totals), margin_cents=margin_cents)


def _cents(network: Network, plan: PlanDates, totals: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    return planned_cents(network.items, plan.minutes, plan.exists, totals)


def _levelled(network: Network, plan: PlanDates) -> PlanDates:
    block = PlannedBlock(network, 0, dates(network.logic), lanes=LANES, plan=plan)
    block.run(0, 0, 1)
    assert block.dates is not None
    starts, finishes = (block.pool[rows, 0].astype(np.int64) for rows in (block.dates.starts, block.dates.finishes))
    worked = block.worked()[:, 0].astype(np.int64)
    n = network.nodes
    return replace(
        plan, start=starts, finish=finishes, minutes=worked[n:] - worked[:n],
        critical=(block.critical[:, 0] & np.uint64(1)).astype(np.bool_),
        exists=block.exists[:, 0].astype(np.bool_), outputs=block.pool[network.logic.outputs, 0].astype(np.int64),
        with_margin=None if plan.with_margin is None else _levelled(network, plan.with_margin),
    )  # fmt: skip


@dataclass(eq=False)
class PlannedBlock(EventBlock):
    """A block that draws nothing and loses no time: what exists and how long it lasts is the plan's."""

    plan: PlanDates | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self.dynamics = replace(self.dynamics, model=self.dynamics.planned)
        if self.losing is not None:
            self.losing.spare()

    def _called(self, lane: int) -> str:  # noqa: ARG002
        return "the plan"

    def draw(self, block: int) -> None:
        """Draw nothing."""
        self.block = block

    def _draw_occurrences(self, first: int = 0) -> None:
        """Draw none of what may happen more often: nothing in the plan happens by chance."""

    def act(self) -> None:
        """Let exist what exists in the plan, its dates allowing."""
        assert self.plan is not None
        self.exists[:] = self.plan.possible[:, None]

    def occur(self) -> None:
        """Let nothing occur."""

    def spend(self) -> None:
        """Spend nothing: costs of the plan are not drawn."""

    def _last(self, first: int, last: int) -> None:  # noqa: ARG002
        """Let everything last what it is planned to."""
        assert self.plan is not None
        logic = self.network.logic
        self.pool[logic.finishes] = self.plan.durations[:, None]
        if len(self.plan.lags):
            self.pool[logic.lags] = np.asarray(self.plan.lags)[:, None]
