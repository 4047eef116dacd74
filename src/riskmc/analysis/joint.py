"""Joint confidence (JCL): the chance that a date and a budget are met together (A4).

Source: NASA Cost Estimating Handbook 4.0 (2015), appendix J: the share of iterations at or below both.
"""

from __future__ import annotations

import numpy as np

from riskmc.forecast import Probability
from riskmc.simulation.place import resolve
from riskmc.simulation.trials import Trials


def joint_confidence(trials: Trials, finish: object, cost: float, at: str | None = None) -> Probability:
    """Return the share of iterations that meet the date ``finish`` and the amount ``cost``, with its Wilson interval.

    ``finish`` is a datetime, a date or ISO text, a bare date meaning the end of that day (T5); ``cost`` is in
    currency units. ``at`` is a project, then the cost is that project's; or a milestone, then it is the program's.
    """
    project = resolve(trials.program, at)
    budget = trials.cost(project if project in trials.project_cost else None)
    both = trials.finish(at).meets(finish) & budget.meets(cost)
    return Probability.of(int(np.count_nonzero(both)), len(trials))
