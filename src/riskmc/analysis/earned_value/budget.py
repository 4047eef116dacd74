"""Budget: what each piece of work is planned to cost and when, and so the planned value at any instant (PV, BAC).

A budget is spread over the working time between planned start and finish, as `spend:` says (C3). Without any money in
the program a budget is the planned working days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from riskmc.network.network import Network
from riskmc.network.phasing import PROFILES
from riskmc.network.spending import planned_cents
from riskmc.network.tasks import State, Task, start_of
from riskmc.network.worktime import WorkTime
from riskmc.program.activity import Spend
from riskmc.simulation.trials import CENTS

Unit = Literal["money", "days"]


@dataclass(frozen=True, eq=False)
class Budget:
    """The budget of an activity, by its path, or of a cost that hangs on none, by its ``source``.

    ``amount`` is in cents, or in hundredths of working days; ``start`` and ``finish`` in minutes since 1970-01-01;
    ``offset`` is where the minutes of ``work`` begin. ``standing``: it is earned as it is planned, as level of effort
    is.
    """

    source: str
    project: str
    amount: int
    start: int
    finish: int
    work: WorkTime
    offset: int
    spend: Spend
    standing: bool

    def planned_by(self, instants: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the planned value at instants in minutes since 1970-01-01, float64 in their shape, like ``amount``."""
        first, last = (int(self.work.index(at - self.offset)) for at in (self.start, self.finish))
        if last <= first or self.spend in ("start", "finish"):
            due = self.start if self.spend == "start" or (last <= first and self.spend != "finish") else self.finish
            return np.where(instants >= due, float(self.amount), 0.0)
        inside = np.clip(instants, self.start, self.finish) - self.offset
        share = (self.work.index(inside) - first) / (last - first)
        a, b, c = PROFILES[self.spend]
        return self.amount * share * (a + share * (b + share * c))


def budgets(network: Network, unit: Unit) -> dict[str, Budget]:
    """Return the budget of everything that costs anything in the plan of a network, or of all work in working days."""
    tasks = {task.path: task for task in network.tasks}
    found = _of_money(network, tasks) if unit == "money" else _of_days(network, tasks)
    return {budget.source: budget for budget in found if budget.amount}


def redated(found: Mapping[str, Budget], dates: Mapping[str, tuple[int, int]]) -> dict[str, Budget]:
    """Return the budgets on other dates, where there are any for an activity: start and finish in minutes."""
    return {
        source: replace(budget, start=dates[source][0], finish=dates[source][1]) if source in dates else budget
        for source, budget in found.items()
    }


def _of_money(network: Network, tasks: Mapping[str, Task]) -> list[Budget]:
    names = ["", *network.projects]
    found = []
    for item in network.items:
        cents = planned_cents([item], network.plan.minutes, network.plan.exists, len(names))[0]
        home, task = names[1 + item.project], tasks.get(item.source)
        if task is None:
            found.append(_standing(network, item.source, home, int(cents)))
        else:
            found.append(_budget(network, task, int(cents)))
    return found


def _of_days(network: Network, tasks: Mapping[str, Task]) -> list[Budget]:
    plan, calendars = network.plan, network.axis.calendars
    works = [task for task in tasks.values() if not (task.follows or task.milestone or task.activity.margin)]
    return [
        _budget(network, task, round(CENTS * task.planned / calendars[task.calendar].day_minutes))
        for task in works
        if plan.exists[task.number]
    ]


def _budget(network: Network, task: Task, amount: int) -> Budget:
    axis, plan = network.axis, network.plan
    start = task.started if task.state is not State.PLANNED else int(plan.start[task.number])
    finish = task.finished if task.state is State.FINISHED else int(plan.finish[task.number])
    work, spend = axis.calendars[task.calendar], task.activity.spend
    ends = min(start, finish) + axis.unix, finish + axis.unix
    return Budget(task.path, task.project, amount, *ends, work, axis.unix, spend, task.follows)


def _standing(network: Network, source: str, home: str, amount: int) -> Budget:
    """Return the budget of a cost that hangs on no activity: over its span, else over its project or the program."""
    axis, program = network.axis, network.program
    kind, _, name = source.partition("/")
    work = axis.calendars[axis.number(program.calendar)]
    node = network.spans.get(name, -1) if kind == "costs" else -1
    if node >= 0:
        start, finish = int(network.plan.start[node]), int(network.plan.finish[node])
    else:
        start = axis.minute(start_of(program, program.projects[home] if home else None))
        finish = int(network.plan.outputs[1 + network.projects.index(home) if home else 0])
    spend: Spend = program.costs[name].spend if kind == "costs" else "start" if kind == "response" else "even"
    ends = min(start, finish) + axis.unix, finish + axis.unix
    return Budget(source, home, amount, *ends, work, axis.unix, spend, True)
