"""Criticality index: how often each activity lies on the critical path, a driving chain to the iteration's finish (N6).

Source: Van Slyke (1963), Operations Research 11, 839-860: the share of iterations in which an activity is critical.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    import pandas as pd


def criticality(trials: Trials) -> pd.DataFrame:
    """Return one row an activity, the most critical first (ties in the order of the program), indexed by path.

    ``criticality`` is a share of all iterations; dates and ``mean_duration_days`` are means over the iterations in
    which the activity exists; ``total_float_days`` is deterministic.
    """
    return trials.activities().sort_values("criticality", ascending=False, kind="stable")


def most_critical(trials: Trials, rows: int) -> list[int]:
    """Return the row numbers in ``trials.statistics`` of the ``rows`` most critical activities that ever are so.

    Milestones are left out: they are no work that could be hurried.
    """
    told, nouns = trials.statistics, trials.program.activities()
    shares = told.criticality.tolist()
    work = [row for row, path in enumerate(told.paths) if shares[row] > 0 and not nouns[path].milestone]
    return sorted(work, key=lambda row: -shares[row])[:rows]
