"""Cost of an activity as a planning tool holds it: a fixed amount, an amount a day, and what is spent, each certain."""

from __future__ import annotations

from riskmc.network.estimates import money
from riskmc.network.network import Network
from riskmc.network.sizes import central, spread
from riskmc.network.tasks import State, Task
from riskmc.program.estimate import Cost, Estimate
from riskmc.program.quantity import Quantity


def planned_cost(network: Network, task: Task) -> tuple[Cost | None, Quantity | None]:
    """Return the planned cost of an activity, and what of it is spent where that is known or follows (N4)."""
    fixed, per_day = _fixed(network, task), _per_day(network, task)
    progress = task.activity.progress
    actual = progress.actual_cost if progress is not None else None
    cost = Cost(fixed=Estimate(plan=Quantity(fixed)) if fixed else None, per_day=Quantity(per_day) if per_day else None)
    kept = cost if fixed or per_day else None
    if task.state is State.PLANNED or actual is not None or kept is None:
        return (None if task.state is State.FINISHED else kept), actual
    if task.state is State.FINISHED:
        return None, Quantity(fixed + per_day * _days(network, task, task.finished))
    spent = fixed * (1 - task.cost_share) + per_day * _days(network, task, task.data_date)
    return kept, Quantity(spent)


def _fixed(network: Network, task: Task) -> float:
    cost = task.activity.cost
    if cost is None or cost.fixed is None:
        return 0.0
    plan = cost.fixed.plan
    if plan is not None:
        return plan.value
    assert cost.fixed.range is not None
    reading = task.activity.elicited_as or network.program.elicited_as
    return central(spread(cost.fixed.range, money(None), reading))


def _per_day(network: Network, task: Task) -> float:
    """Return the amount for each working day: its own, and that of the resources it holds (C1)."""
    cost, work = task.activity.cost, network.axis.calendars[task.calendar]
    amount = cost.per_day.value if cost is not None and cost.per_day is not None else 0.0
    for name, units in sorted(task.activity.uses.items()):
        resource = network.program.resources.get(name)
        if resource is not None and resource.cost is not None:
            unit = work.minutes(Quantity(1.0, resource.cost.unit))
            amount += units * resource.cost.amount * work.day_minutes / unit
    return amount


def _days(network: Network, task: Task, until: int) -> float:
    """Return the working days from the actual start of an activity to a minute of the axis."""
    axis = network.axis
    worked = axis.index(task.calendar, until) - axis.index(task.calendar, task.started)
    return worked / axis.calendars[task.calendar].day_minutes
