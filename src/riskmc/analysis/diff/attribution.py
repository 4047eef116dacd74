"""Attribution: the movement from one program to another shared out among its changes, by Shapley values (1953).

Exact over all choices of changes where they can be simulated in reasonable time, else over orders of the changes in
antithetic pairs (Castro, Gomez and Tejada 2009; Mitchell, Cooper, Frank and Holmes 2022).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.diff.effects import MEASURES, Runs
from riskmc.analysis.diff.program_diff import ChangeShare, Shares
from riskmc.analysis.paired import Difference
from riskmc.analysis.shapley import EXACT, shapley_shares
from riskmc.errors import ProgramError, UnsupportedError
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.forecast.language import phrase
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.trials import CENTS

WORK = 1.5e9  # iterations of one activity that all programs together may take: about half a minute
FEWEST_PAIRS, MOST_PAIRS = 3, 32


def attributed(runs: Runs, seed: int, progress: Progress | None = None) -> tuple[tuple[ChangeShare, ...], str]:
    """Return the share of every group of changes, in the order of the program, and how it was found."""
    runs.settle()
    while runs.groups:
        try:
            return _attributed(runs, seed, progress)
        except _CannotStandAloneError as error:
            runs.join_for(error.chosen)
    return (), "nothing to share out"


class _CannotStandAloneError(Exception):
    """A choice of groups that makes no program that runs."""

    def __init__(self, chosen: frozenset[int]):
        super().__init__("these changes cannot be made without others")
        self.chosen = chosen


def _attributed(runs: Runs, seed: int, progress: Progress | None) -> tuple[tuple[ChangeShare, ...], str]:
    """Return the shares of the groups as they are now."""
    players = [str(place) for place in range(len(runs.groups))]
    exact, pairs = _effort(len(players), runs.work)

    def value(coalitions: Sequence[frozenset[str]]) -> NDArray[np.float64]:
        found = []
        for done, coalition in enumerate(coalitions, start=1):
            found.append(_effect(runs, frozenset(map(int, coalition))))
            if progress is not None:
                progress(done, len(coalitions))
        return np.array(found)

    shares = shapley_shares(players, value, seed=seed, exact=exact, pairs=pairs)
    told = [
        ChangeShare(group.name, group.changes, _in_units([shares.share(player, row) for row in range(len(MEASURES))]))
        for player, group in zip(players, runs.groups, strict=True)
    ]
    how = phrase("all orders ({programs:,} programs)", programs=shares.coalitions)
    if shares.pairs:
        how = phrase("{pairs} pairs of orders ({programs:,} programs)", pairs=shares.pairs, programs=shares.coalitions)
    return tuple(told), how


def _effort(groups: int, work: float) -> tuple[int, int]:
    """Return up to how many groups all choices are simulated, and how many pairs of orders beyond."""
    if groups <= EXACT and work * 2**groups <= WORK:
        return EXACT, FEWEST_PAIRS
    return 1, int(min(MOST_PAIRS, max(FEWEST_PAIRS, WORK / (2 * groups * work))))


def _effect(runs: Runs, chosen: frozenset[int]) -> NDArray[np.float64]:
    try:
        return runs.effect(chosen)
    except (ProgramError, UnsupportedError):
        raise _CannotStandAloneError(chosen) from None


def _in_units(shares: Sequence[Difference]) -> Shares:
    """Return the shares by outcome and measure, in days of 24 hours and in currency units."""
    found = {}
    for name, share in zip(MEASURES, shares, strict=True):
        outcome, _, measure = name.partition("_")
        per = DAY_MINUTES if outcome == "finish" else CENTS
        found[outcome, measure] = Difference(*(None if end is None else end / per for end in share))  # type: ignore[arg-type]
    return found
