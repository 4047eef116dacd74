"""Network: a program compiled to arrays, once, with all its validation; everything below it only computes.

`compile_network` reads the program in the order in which one thing needs the other: calendars and activities, logic,
the deterministic plan, ranges, choices and risks, drivers and impacts, costs, correlations.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from riskmc.network.axis import Axis
from riskmc.network.durations import DurationTable
from riskmc.network.dynamics.dynamics import Dynamics
from riskmc.network.events import EventTable
from riskmc.network.impacts import EffectTable
from riskmc.network.logic import Logic
from riskmc.network.plan import PlanDates
from riskmc.network.sampler import Sampler
from riskmc.network.spending import CostTable, Item
from riskmc.network.tasks import Task
from riskmc.network.weather import LostTime
from riskmc.program.program import Program
from riskmc.sampling.correlation import Repair

EVERYTHING = "*"  # the output that is the latest finish of all activities, whatever `finish:` says
Mitigation = Literal["pre", "current", "post"]
Constraints = Literal["relaxed", "as-planned"]


@dataclass(frozen=True, eq=False)
class Network:
    """A compiled program. Rows and numbers mean what the tables' own docstrings say; nodes are in task order.

    ``outputs`` names the finishes kept in every iteration: the program ("") first, then projects, then milestones,
    then EVERYTHING.
    ``items`` are what ``costs`` was made of, ``spans`` the node of every entry of `costs` that runs over a span.
    ``exists_node`` and ``exists_event`` say which node's existence an event decides; ``occurs`` and ``works`` are the
    events of risks and of acting responses. ``repairs`` are the correlations that had to be changed, ``idle`` those
    that have nothing to act on, in words. ``lost`` is what working time may be lost, None where none is.
    ``dynamics`` is what the discrete-event engine reads besides, None for the Monte Carlo engine; ``hooks`` are the
    policies written by the user (simulation/hooks.py).
    """

    program: Program
    axis: Axis
    tasks: Sequence[Task]
    logic: Logic
    outputs: Sequence[str]
    projects: Sequence[str]
    plan: PlanDates
    plan_cents: NDArray[np.int64]
    margin_cents: NDArray[np.int64] | None
    sampler: Sampler
    events: EventTable
    exists_node: NDArray[np.int32]
    exists_event: NDArray[np.int32]
    factors: EffectTable
    sums: EffectTable
    durations: DurationTable
    sampled_value: NDArray[np.int32]
    sampled_constant: NDArray[np.float32]
    costs: CostTable
    items: Sequence[Item]
    spans: Mapping[str, int]
    occurs: Mapping[str, int]
    works: Mapping[str, int]
    ranged: Sequence[bool]
    mitigation: Mitigation
    constraints: Constraints
    lost: LostTime | None
    random: bool
    ignored: tuple[str, ...]
    relaxed: tuple[str, ...]
    notes: tuple[str, ...]
    repairs: tuple[Repair, ...]
    idle: tuple[str, ...]
    dynamics: Dynamics | None = None
    hooks: tuple[Any, ...] = ()

    @property
    def nodes(self) -> int:
        """Number of nodes: the tasks, then the spans of cost items."""
        return self.logic.layout.n
