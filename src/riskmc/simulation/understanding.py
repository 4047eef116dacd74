"""Understanding: how many activities of a program's plan were recomputed on the dates that its tool stored."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from riskmc.errors import RiskmcError
from riskmc.network.network import Network
from riskmc.program.program import Program
from riskmc.program.stored import keeps_delays, plan_of, stored_of
from riskmc.simulation.delays import Delay, delays
from riskmc.simulation.recomputation import Recomputation, beside, recompute


class Agreement:
    """What is said alike of every comparison with stored dates: whether all match, and what delays take."""

    matched: int
    compared: int
    delays: tuple[Delay, ...]

    @property
    def complete(self) -> bool:
        """Whether every activity that could be compared matches."""
        return self.matched == self.compared

    @property
    def delay_days(self) -> float:
        """The working days that all delays take together."""
        return sum(delay.days for delay in self.delays)


@dataclass(frozen=True)
class Understanding(Agreement):
    """How many unfinished activities of a plan have stored dates, and how many match in all that is stored.

    ``delays`` are those in the stored dates that logic does not explain; ``kept`` says whether the program keeps them.
    """

    file: str
    tool: str
    matched: int
    compared: int
    delays: tuple[Delay, ...] = ()
    kept: bool = False


def understood(network: Network) -> Understanding | None:
    """Return how well the plan of a compiled program was understood; None where there is nothing to compare.

    A program that is its own plan is recomputed already: the compile step does it. Another one's plan is compiled too;
    one that cannot be scheduled without what the program changes in it (a loop of links) has nothing to compare.
    """
    plan = plan_of(network.program)
    stored = None if plan is None else stored_of(plan)
    if plan is None or stored is None:
        return None
    try:
        found = beside(network, stored.dates) if plan is network.program else recompute(plan)
        compared = int(np.count_nonzero(found.any_compared()))
        lost = delays(found) if found.matched() < compared else ()
    except RiskmcError:
        return None
    return _understanding(network.program, found, compared, lost) if compared else None


def _understanding(program: Program, found: Recomputation, compared: int, lost: tuple[Delay, ...]) -> Understanding:
    stored = stored_of(found.network.program)
    assert stored is not None
    return Understanding(stored.file, stored.tool, found.matched(), compared, lost, keeps_delays(program))
