"""Dates that the engine computes for a plan, by activity path, as a planning tool stores them: early, late, float."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from riskmc.network.network import Network
from riskmc.network.plan import PlanDates
from riskmc.network.tasks import State, Task
from riskmc.network.worktime import WorkTime
from riskmc.program.stored import StoredDates


def computed_dates(network: Network, plan: PlanDates) -> dict[str, StoredDates]:
    """Return the dates of every unfinished activity; of started work the early dates are those of what remains."""
    return {task.path: _dates(network, plan, task) for task in network.tasks if task.state is not State.FINISHED}


def _dates(network: Network, plan: PlanDates, task: Task) -> StoredDates:
    number, work = task.number, network.axis.calendars[task.calendar]
    start, finish = int(plan.start[number]), int(plan.finish[number])
    lasts = bool(plan.exists[number]) and not task.milestone
    if not lasts:
        start = finish
    elif task.follows and start < task.data_date:  # it has begun: these are the dates of what remains of it
        start = int(work.start_instant(work.index(task.data_date)))
    late_start = _moved(work, start, int(plan.start_float[number]), not lasts)
    late_finish = _moved(work, finish, int(plan.finish_float[number]), True)
    return StoredDates(
        early_start=_instant(network, start),
        early_finish=_instant(network, finish),
        late_start=_instant(network, late_start),
        late_finish=_instant(network, late_finish),
        total_float=float(plan.total_float[number]),
        driving=bool(plan.critical[number]),
    )


def _moved(work: WorkTime, instant: int, by: int, ends: bool) -> int:
    """Return the instant so many working minutes after another: an end of work, or the start of it."""
    if not by:
        return instant
    index = int(np.clip(int(work.index(instant)) + by, 0, work.limit - 1))
    return int(work.finish_instant(index) if ends else work.start_instant(index))


def _instant(network: Network, minute: int) -> datetime:
    return network.axis.epoch + timedelta(minutes=minute)
