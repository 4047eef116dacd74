"""Waterfall: from the deterministic date to P80 in fixed steps that add up exactly; the same for the cost.

The steps, each the percentile with one thing more than before, from the same draws: the plan; the ranges on its driving
paths, uncorrelated; the whole network, uncorrelated, whose merges make the latest of several paths count (merge bias:
Archibald and Villoria 1967; Hulett 2009); choices and work that may not exist; weather; what only the discrete-event
engine knows (gates, approvals, scope growth, policies, staff who leave, outages); correlations and drivers; then every
risk with its Shapley share (`analysis.drivers`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from riskmc.analysis.drivers.ranking import drivers as ranked
from riskmc.analysis.drivers.result import Drivers
from riskmc.analysis.drivers.view import Outcome
from riskmc.analysis.waterfall.result import RANGED, RISK, Step, Waterfall
from riskmc.analysis.waterfall.stages import Stages
from riskmc.errors import ArgumentError
from riskmc.forecast.language import marked
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.trials import Trials

Stage = tuple[str, str, Outcome]


def waterfall(trials: Trials | Drivers, percentile: float = 0.80, progress: Progress | None = None) -> Waterfall:
    """Return the steps from the deterministic finish and cost to a percentile of the forecast, which add up exactly.

    Parameters
    ----------
    trials : Trials or Drivers
        The forecast to explain; or its drivers, whose shares and percentile are then those of the waterfall.
    percentile : float
        0 to 1; 0.80 is P80.

    Raises
    ------
    ArgumentError
        ``percentile`` is no share between 0 and 1, or the drivers are those of another place, or have no shares.
    """
    found = trials if isinstance(trials, Drivers) else ranked(trials, percentile, removals=False, progress=progress)
    if not found.shared or found.view.place:
        raise ArgumentError("waterfall: these drivers have no shares of the program's own finish; give it the trials")
    if not found.trials.random:
        return Waterfall(found, (), ())
    steps = list(_steps(found, list(_stages(found))))
    risks = [
        Step(driver.id, RISK, driver.name, driver.finish_days, driver.cost)
        for driver in found.risks
        if driver.finish_days is not None and driver.cost is not None
    ]
    return Waterfall(found, tuple(steps), tuple(risks))


def _stages(found: Drivers) -> Iterator[Stage]:
    """Yield the outcome after each step: identifier, name, outcome."""
    stages, plan = Stages(found.trials, found.view), found.trials.plan
    certain = stages.nothing()
    if int(certain.finish[0]) != plan.finish or int(certain.cost[0]) != plan.cost_cents:
        yield "constraints", marked("Constraints that do not act in a simulation"), certain
    yield "driving_path", marked("Ranges on the plan's driving path"), stages.driving()
    yield "merge_bias", RANGED[1], stages.ranged()
    if stages.chooses:
        yield "choices", marked("Choices, and work needed or not"), stages.chosen()
    if stages.has_weather:
        yield "weather", marked("Weather"), stages.weathered()
    if stages.has_behaviours:
        yield "behaviours", marked("Rework, approvals, scope and staff"), stages.happening()
    yield "dependence", marked("Correlations and drivers"), found.riskless


def _steps(found: Drivers, stages: list[Stage]) -> Iterator[Step]:
    """Yield the steps between the plan and the forecast without risks."""
    plan = found.trials.plan
    n = len(found.trials)
    before = Outcome(np.full(n, plan.finish, np.int64), np.full(n, plan.cost_cents, np.int64))
    for key, name, after in stages:
        days, money = found.view.days(before, after), found.view.money(before, after)
        yield Step(key, "step", name, days, money, *found.view.levels(after))
        before = after
