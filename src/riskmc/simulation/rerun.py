"""Rerun: what runs the iterations of trials again, to the same bits: for everything that trials do not keep (A6)."""

from __future__ import annotations

from dataclasses import dataclass

from riskmc.network.compiling import Settings
from riskmc.network.network import Network
from riskmc.program.program import Program
from riskmc.simulation.montecarlo import Keeper, Outcomes, Progress, run


def part_of(progress: Progress | None, place: int, parts: int) -> Progress | None:
    """Return what tells of run number ``place``, from 0, as a part of ``parts`` runs of as many iterations."""
    if progress is None:
        return None
    return lambda done, total: progress(place * total + done, parts * total)


@dataclass(frozen=True, eq=False)
class Rerun:
    """A compiled program, and which of its iterations were run, and how.

    ``program`` is what was compiled: with the scenario applied, without the activities that responses add; that of the
    ``network`` has these too. ``stratified`` says that every 256 iterations are one Latin hypercube (R4).
    """

    program: Program
    network: Network
    settings: Settings
    seed: int
    iterations: range
    threads: int | None
    stratified: bool

    @property
    def end_of_calendars(self) -> int:
        """The instant at which iterations finish that do not end, in minutes since 1970-01-01 (D8)."""
        return self.network.axis.unix + self.network.axis.horizon - 1

    def run(self, with_dates: bool = False, keeper: Keeper | None = None, progress: Progress | None = None) -> Outcomes:
        """Return the outcomes of the same iterations: finishes int32[outputs, n] and cents int64[1 + projects, n]."""
        return run(
            self.network, self.seed, self.iterations, self.threads, with_dates, self.stratified, progress, keeper
        )
