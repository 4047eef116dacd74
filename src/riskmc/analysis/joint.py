"""Joint confidence (JCL): the chance that a date and a budget are met together (A4).

Source: NASA Cost Estimating Handbook 4.0 (2015), appendix J: the share of iterations at or below both.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from riskmc.forecast import Probability
from riskmc.simulation.place import resolve
from riskmc.simulation.trials import Trials


def joint_confidence(trials: Trials, finish: object, cost: float | str, at: str | None = None) -> Probability:
    """Return the share of iterations that meet the date ``finish`` and the amount ``cost``, with its interval.

    ``finish`` is a datetime, a date or ISO text, a bare date meaning the end of that day (T5); ``cost`` is in
    currency units, or a text such as "1.2M". ``at`` is a project, then the cost is that project's; or
    a milestone, then it is the program's.
    """
    both = meets_both(trials, finish, cost, at)
    return Probability.among(both, trials.replicates)


def meets_both(trials: Trials, finish: object, cost: float | str, at: str | None = None) -> NDArray[np.bool_]:
    """Return for every iteration whether it meets the date and the amount, both as in `joint_confidence`."""
    project = resolve(trials.program, at)
    budget = trials.cost(project if project in trials.project_cost else None)
    return trials.finish(at).meets(finish) & budget.meets(cost)
