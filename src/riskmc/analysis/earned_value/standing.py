"""Standing: what has been earned and spent at the data date, activity by activity and cost by cost (EV, AC).

Earned is the percent complete times the budget: `percent` where the file says it, else the share of the planned
duration that is behind. Level of effort and costs that hang on no activity are earned as they are planned, and
taken to cost what was planned where the file has no cost of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from riskmc.analysis.earned_value.baseline import Baseline
from riskmc.analysis.earned_value.budget import Budget, budgets
from riskmc.forecast.instant import minutes_of
from riskmc.network.network import Network
from riskmc.network.tasks import State, Task
from riskmc.program.program import Program
from riskmc.simulation.trials import CENTS


@dataclass(frozen=True)
class Line:
    """One activity or cost: its project, budget, planned value, earned value and actual cost, in hundredths.

    ``percent`` is how much of it is done, None for what is earned as planned. ``certain``: the actual cost is the
    file's own; else it is taken as the plan has it for the work done.
    """

    source: str
    project: str
    bac: int
    pv: int
    ev: int
    ac: int
    percent: float | None
    certain: bool


def data_date(program: Program, project: str = "") -> datetime | None:
    """Return the status date of a project, or of the program: its own, else the latest of its projects."""
    said = [program.projects[project].data_date if project else None, program.data_date]
    if not project and program.data_date is None:
        said = [one.data_date for one in program.projects.values()]
    known = [moment.start_like() for moment in said if moment is not None]
    return (known[0] if project else max(known)) if known else None


def lines(network: Network, baseline: Baseline) -> list[Line]:
    """Return where everything stands at the data date: what has a budget, and what has cost anything."""
    tasks = {task.path: task for task in network.tasks}
    current = budgets(network, baseline.unit)
    spent = _spent(network, tasks, current, baseline)
    sources = list(dict.fromkeys((*baseline.budgets, *spent)))
    return [_line(network, source, baseline.budgets.get(source), tasks.get(source), spent) for source in sources]


def _line(
    network: Network, source: str, budget: Budget | None, task: Task | None, spent: Mapping[str, tuple[str, int, bool]]
) -> Line:
    home, ac, certain = spent.get(source, (budget.project if budget else "", 0, True))
    if budget is None:
        return Line(source, home, 0, 0, 0, ac, None, certain)
    at = data_date(network.program, budget.project)
    pv = 0 if at is None else round(float(budget.planned_by(np.array([minutes_of(at)]))[0]))
    percent = None if budget.standing else 0.0 if task is None else percent_of(task)
    ev = pv if percent is None else round(percent * budget.amount)
    if budget.standing and not ac:
        ac, certain = pv, False  # planning tools keep no cost of level of effort
    return Line(source, budget.project, budget.amount, pv, ev, ac, percent, certain)


def percent_of(task: Task) -> float:
    """Return the share of an activity that is done: what the file says, else what of its planned duration is behind."""
    progress = task.activity.progress
    if task.state is State.FINISHED:
        return 1.0
    if progress is not None and progress.percent is not None:
        return progress.percent
    if task.state is State.PLANNED or not task.planned:
        return 0.0
    return min(1.0, max(0.0, 1.0 - task.remaining / task.planned))


def _spent(
    network: Network, tasks: Mapping[str, Task], current: Mapping[str, Budget], baseline: Baseline
) -> dict[str, tuple[str, int, bool]]:
    """Return project, actual cost in hundredths, and whether the file says it, of everything that has cost anything."""
    if baseline.unit == "days":
        return {
            path: (task.project, worked, True) for path, task in tasks.items() if (worked := _worked(network, task))
        }
    items = {item.source: item for item in network.items}
    found = {}
    for source, budget in current.items():
        task = tasks.get(source)
        if task is None or (task.follows and task.state is State.PLANNED):
            at = data_date(network.program, budget.project)
            ac = 0 if at is None else round(float(budget.planned_by(np.array([minutes_of(at)]))[0]))
            found[source] = (budget.project, ac, False)
        elif task.state is not State.PLANNED:
            progress = task.activity.progress
            certain = progress is not None and progress.actual_cost is not None
            found[source] = (task.project, int(np.floor(items[source].certain + 0.5)), certain)
    return {source: told for source, told in found.items() if told[1]}


def _worked(network: Network, task: Task) -> int:
    """Return the working days that an activity has taken so far, in hundredths."""
    if task.state is State.PLANNED or task.follows or task.milestone:
        return 0
    axis = network.axis
    at = data_date(network.program, task.project)
    status = task.data_date if at is None else axis.minute(at)
    last = task.finished if task.state is State.FINISHED else max(task.started, status)
    minutes = axis.index(task.calendar, last) - axis.index(task.calendar, task.started)
    return round(CENTS * minutes / axis.calendars[task.calendar].day_minutes)
