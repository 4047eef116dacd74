"""Baseline: against which plan progress is measured: another program, the baseline that a plan file stores, or its own.

Without another program the baseline is the program with its progress taken out: what its plan says of work that nobody
has begun. Where the planning tool stored baseline dates they take the place of these, and
so does what it stored as the planned cost of work that has begun.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from riskmc.analysis.earned_value.budget import Budget, Unit, budgets, redated
from riskmc.forecast.instant import minutes_of
from riskmc.network.compiling import Settings
from riskmc.network.network import Network
from riskmc.program.activity import Activity
from riskmc.program.estimate import Cost, Estimate
from riskmc.program.locating import located
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity
from riskmc.program.stored import inherit_plan, stored_of_plan
from riskmc.simulation.rerun import Rerun
from riskmc.simulation.stretching import stretched

Dates = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, eq=False)
class Baseline:
    """The budgets by source, the planned finish of the program ("") and of each project, and where they come from.

    ``unit`` is money, or days where nothing costs anything. ``assumed`` names the finished activities of which the plan
    keeps no planned cost: what they did cost stands for it.
    """

    budgets: Mapping[str, Budget]
    finishes: Mapping[str, int]
    unit: Unit
    told: str
    assumed: tuple[str, ...] = ()


def baseline_of(rerun: Rerun, other: Program | None) -> Baseline:
    """Return the baseline of a run: that of another program where one is given, else the program's own."""
    if other is not None:
        network = _compiled(other, rerun.settings)
        told = f"the program {other.program!r}"
        return Baseline(_budgets(network), _finishes(network), _unit(network), told)
    costs = _planned_costs(rerun.program)
    plain, assumed = _unbegun(rerun.network.program, costs)
    network = _compiled(plain, rerun.settings)
    found, dates = _budgets(network), _stored(rerun.program)
    finishes = _finishes(network) if not dates else _later(network, _finishes(network), dates)
    return Baseline(redated(found, dates), finishes, _unit(network), _told(rerun.program, len(dates), costs), assumed)


def _told(program: Program, dated: int, costs: Mapping[str, float]) -> str:
    """Return in words where the baseline of a program comes from."""
    stored = stored_of_plan(program)
    tool = stored.tool if stored else "the tool"
    told = "the plan's own dates and costs, as of work that nobody has begun"
    if dated:
        told = f"the baseline dates of {dated:,} activities that {tool} stored"
    begun = sum(path in costs for path, activity in program.activities().items() if activity.progress is not None)
    return f"{told}; the planned cost of {begun:,} that have begun, as {tool} stored it" if begun else told


def _budgets(network: Network) -> dict[str, Budget]:
    return budgets(network, _unit(network))


def _unit(network: Network) -> Unit:
    return "money" if network.plan_cents[0] else "days"


def _compiled(program: Program, settings: Settings) -> Network:
    with located(program):
        return stretched(program, settings, lambda network: network)


def _finishes(network: Network) -> dict[str, int]:
    """Return the deterministic finish of the program and of each project, in minutes since 1970-01-01."""
    outputs = (network.plan.outputs + network.axis.unix).tolist()
    return dict(zip(["", *network.projects], outputs, strict=False))


def _stored(program: Program) -> dict[str, tuple[int, int]]:
    """Return start and finish in the baseline that the planning tool stored, by activity path, where there are both."""
    stored = stored_of_plan(program)
    return {
        path: (minutes_of(told.baseline_start), minutes_of(told.baseline_finish))
        for path, told in (stored.dates if stored is not None else {}).items()
        if told.baseline_start is not None and told.baseline_finish is not None
    }


def _planned_costs(program: Program) -> dict[str, float]:
    """Return what the planning tool stored as the planned cost of each activity, by its path, where it did."""
    stored = stored_of_plan(program)
    told = {} if stored is None else {path: dates.planned_cost for path, dates in stored.dates.items()}
    return {path: cost for path, cost in told.items() if cost is not None}


def _later(network: Network, finishes: Mapping[str, int], dates: Dates) -> dict[str, int]:
    """Return the finish of each project, and of the program, as the stored baseline has it, where it has any of it."""
    ends: dict[str, int] = {}
    for path, (_, finish) in dates.items():
        for place in ("", network.program.project_of(path)):
            ends[place] = max(ends.get(place, finish), finish)
    return {**finishes, **ends}


def _unbegun(program: Program, costs: Mapping[str, float]) -> tuple[Program, tuple[str, ...]]:
    """Return the program as of work that nobody has begun, and the activities whose budget is their actual cost.

    ``costs`` are the planned costs, by path, that are known of work that has begun.
    """
    every = program.activities().items()
    assumed = tuple(path for path, activity in every if _spent_only(activity) and path not in costs)
    projects = {
        name: project.model_copy(
            update={
                "data_date": None,
                "activities": {
                    key: _planned(activity, costs.get(f"{name}.{key}")) for key, activity in project.activities.items()
                },
            }
        )
        for name, project in program.projects.items()
    }
    responses = {name: r.model_copy(update={"activities": {}}) for name, r in program.responses.items()}
    plain = program.model_copy(update={"data_date": None, "projects": projects, "responses": responses})
    inherit_plan(plain, program)
    return plain, assumed


def _spent_only(activity: Activity) -> bool:
    progress = activity.progress
    return activity.cost is None and progress is not None and bool(progress.actual_cost and progress.actual_cost.value)


def _planned(activity: Activity, cost: float | None) -> Activity:
    if activity.progress is None:
        return activity
    changes: dict[str, object] = {"progress": None}
    if cost is not None:
        changes["cost"] = Cost(fixed=Estimate(plan=Quantity(cost))) if cost else None
    elif _spent_only(activity):
        changes["cost"] = Cost.model_construct(fixed=Estimate.model_construct(plan=activity.progress.actual_cost))
    return activity.model_copy(update=changes)
