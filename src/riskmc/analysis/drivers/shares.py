"""Shares of the risks in the percentile of finish and cost: their Shapley values over which of them are active.

v(S) is the percentile with the risks S active, over the same draws; v of none is the program's ranges, drivers and
correlations alone. The machinery, its sources and its intervals: `analysis.shapley`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.drivers.runs import Gain, Runs, alone
from riskmc.analysis.paired import Difference
from riskmc.analysis.sectioned import quantile_of, sectioned
from riskmc.analysis.shapley import EXACT, PAIRS, shapley_shares
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.trials import CENTS

COALITIONS = 1_600  # sets of risks that may be run where there are too many risks for all: what 16 pairs of 50 take
WORK = 4_000_000_000  # activities x iterations that all sets of risks may take together: a few seconds
FEWEST_PAIRS = 4  # however large the program
EXACT_APART, PAIRS_APART = 6, 4  # the same in the discrete-event engine, where every set is a run of its own
_UNITS = (DAY_MINUTES, CENTS)


@dataclass(frozen=True)
class RiskShares:
    """The shares by risk, in days of 24 hours and in currency units; ``pairs`` of orders, 0 where they are exact.

    ``removals`` are what is gained without each risk alone, in days and in currency units, found in passing.
    """

    finish: dict[str, Difference]
    cost: dict[str, Difference]
    pairs: int
    removals: dict[str, Gain]


def risk_shares(runs: Runs, risks: Sequence[str], progress: Progress | None = None) -> RiskShares:
    """Return the share of every risk in the finish and in the cost."""
    exact, pairs = _effort(runs, len(risks))
    removals: dict[str, Gain] = {}
    value = partial(_values, runs, frozenset(risks), removals, progress)
    found = shapley_shares(risks, value, seed=runs.trials.seed, exact=exact, pairs=pairs)
    finish, cost = ({risk: found.share(risk, i).per(unit) for risk in risks} for i, unit in enumerate(_UNITS))
    return RiskShares(finish, cost, found.pairs, removals)


def _effort(runs: Runs, risks: int) -> tuple[int, int]:
    """Return up to how many risks all sets are run, and how many pairs of orders beyond; less for a large program."""
    if runs.trials.engine == "discrete-event":
        return EXACT_APART, PAIRS_APART
    most = WORK // (len(runs.trials) * max(1, len(runs.trials.program.activities())))
    pairs = max(PAIRS, COALITIONS // (2 * risks))
    return min(EXACT, max(1, most).bit_length() - 1), min(pairs, max(FEWEST_PAIRS, most // (2 * risks)))


def _values(
    runs: Runs,
    risks: frozenset[str],
    removals: dict[str, Gain],
    progress: Progress | None,
    coalitions: Sequence[frozenset[str]],
) -> NDArray[np.float64]:
    """Return the percentiles of finish and cost with each coalition active, of all iterations and of each section.

    ``removals`` is filled with what is gained without each risk: its runs share draws and outcomes with the others. The
    outcome without any risk is kept.
    """
    measure, replicates = quantile_of(runs.view.percentile), runs.trials.replicates
    without = dict.fromkeys([risks - acting for acting in coalitions])
    asked = [*without, *(gone for gone in map(alone, sorted(risks)) if gone not in without)]
    rows = []
    for number, (gone, outcome) in enumerate(zip(asked, runs.each(asked), strict=True)):
        if number < len(coalitions):
            rows.append([sectioned(samples, measure, replicates) for samples in (outcome.finish, outcome.cost)])
        if len(gone) == 1:
            removals[next(iter(gone))] = runs.gain(outcome)
        if gone == risks:
            runs.kept[gone] = outcome
        if progress is not None:
            progress(number + 1, len(asked))
    return np.array(rows)
