"""Pick and freeze: the iterations of trials run again with some sources drawn anew and all others kept (Sobol 2001).

A row of scores is keyed by the hash of its variable (R1). Under another hash, derived from its own, it is another
variable with the same distribution: so what is drawn anew is drawn anew to the same bits everywhere, and what is kept
keeps its bits. Rows that correlation ties are drawn anew together, factors and all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from riskmc.network.dynamics.occurrences import Occurrences
from riskmc.network.network import Network
from riskmc.network.sampler import Sampler
from riskmc.network.sources import keys_of
from riskmc.simulation.montecarlo import Outcomes, Progress
from riskmc.simulation.rerun import Rerun

ANEW = np.uint64(0x9E3779B97F4A7C15)  # any constant that is not 0


@dataclass(frozen=True, eq=False)
class Outcome:
    """Finish of the program in minutes since 1970-01-01 and its cost in cents, int64[n] each."""

    finish_minutes: NDArray[np.int64]
    cost_cents: NDArray[np.int64]


def drawn_anew(rerun: Rerun, rows: NDArray[np.bool_], progress: Progress | None = None) -> Outcome:
    """Return the outcome of the same iterations with the scores of ``rows`` (`every_row`) drawn anew."""
    drawn, dynamics = rerun.network.sampler, rerun.network.dynamics
    network = replace(rerun.network, sampler=_other(drawn, rows[: drawn.rows]))
    if dynamics is not None:
        again = _again(dynamics.occurrences, rows[drawn.rows :])
        network = replace(network, dynamics=replace(dynamics, occurrences=again))
    return _outcome(network, replace(rerun, network=network).run(progress=progress))


def _other(drawn: Sampler, rows: NDArray[np.bool_]) -> Sampler:
    low, high = _keyed(keys_of(drawn), rows)
    return replace(drawn, hash_low=low, hash_high=high)


def _again(drawn: Occurrences, rows: NDArray[np.bool_]) -> Occurrences:
    low, high = _keyed(keys_of(drawn), rows)
    return replace(drawn, hash_low=low, hash_high=high)


def _keyed(keys: NDArray[np.uint64], rows: NDArray[np.bool_]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the halves of the keys, those of ``rows`` turned into other ones."""
    keys = np.where(rows, keys ^ ANEW, keys)
    low, high = keys & np.uint64(0xFFFFFFFF), keys >> np.uint64(32)
    return low.astype(np.uint32), high.astype(np.uint32)


def _outcome(network: Network, outcomes: Outcomes) -> Outcome:
    return Outcome(outcomes.finishes[0].astype(np.int64) + network.axis.unix, outcomes.cents[0])
