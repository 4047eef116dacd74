"""Runs apart: the same iterations of several programs, each compiled and run by itself, where no draws can be shared.

In the discrete-event engine an iteration without a risk is another course of events from its first minute on. So a
case is there what it stands for, a run of the program without these risks: as many times slower, and the same bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import UnsupportedError
from riskmc.network.network import Network
from riskmc.program.locating import located
from riskmc.program.program import Program
from riskmc.simulation.montecarlo import Outcomes, Progress
from riskmc.simulation.rerun import Rerun, part_of
from riskmc.simulation.stretching import stretched

MOST_RUNS = 1024


def run_apart(
    rerun: Rerun, programs: Sequence[Program], progress: Progress | None = None
) -> list[tuple[Network, Outcomes]]:
    """Return the network and the outcomes of each program, run as ``rerun`` runs its own.

    Raises UnsupportedError for more than 1,024 programs: that takes hours.
    """
    if len(programs) > MOST_RUNS:
        raise UnsupportedError(
            f"this takes {len(programs):,} runs of the discrete-event engine, and more than {MOST_RUNS:,} would take "
            "hours: leave out what needs that engine (--ignore resources and the like)"
        )
    return [_run(rerun, program, part_of(progress, k, len(programs))) for k, program in enumerate(programs)]


def _run(rerun: Rerun, program: Program, progress: Progress | None) -> tuple[Network, Outcomes]:
    def answer(network: Network) -> tuple[Network, Outcomes]:
        return network, replace(rerun, program=program, network=network).run(progress=progress)

    with located(program):
        return stretched(program, rerun.settings, answer)


def side_by_side(
    runs: Sequence[tuple[Network, Outcomes]], places: int, totals: int
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return finishes int32[places, runs x n] and cents int64[totals, runs x n], one run after the other."""
    finishes = np.concatenate([outcomes.finishes[:places] for _, outcomes in runs], axis=1)
    return finishes, np.concatenate([outcomes.cents[:totals] for _, outcomes in runs], axis=1)
