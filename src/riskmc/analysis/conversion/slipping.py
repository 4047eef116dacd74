"""Earliest dates with a slip of their own: a planning tool has them where the plan does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from riskmc.network.axis import Axis
from riskmc.network.network import Network
from riskmc.network.plan import PlanDates
from riskmc.network.tasks import State, Task
from riskmc.program.activity import Constraint
from riskmc.program.moment import Moment


def slipped_floor(network: Network, plan: PlanDates, task: Task) -> dict[str, Any]:
    """Return the earliest start of a task with the slip that the plan has; nothing of a task whose date has none."""
    date, nodes = task.activity.start_no_earlier_than, network.logic.layout.nodes
    if date is None or date.slip is None or task.state is not State.PLANNED:
        return {}
    slip = plan.lags[int(nodes.constraint_floor_row[task.number])]
    index = int(nodes.constraint_floor[task.number]) + int(slip)
    minute = network.axis.calendars[task.calendar].start_instant(index)
    return {"start_no_earlier_than": floor_at(network.axis, int(minute))}


def floor_at(axis: Axis, minute: int) -> Constraint:
    """Return the constraint to start no earlier than a minute of the axis."""
    return Constraint(date=Moment(at=axis.epoch + timedelta(minutes=minute), bare=False))
