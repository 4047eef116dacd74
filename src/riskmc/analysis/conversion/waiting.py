"""Milestones that wait for their calendar: work goes on when that opens, not when their predecessors have finished.

In Microsoft Project a milestone stands at the very instant to which its links lead, and waits for nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from riskmc.network.network import Network
from riskmc.network.plan import PlanDates
from riskmc.network.tasks import Task


def waiting_milestones(network: Network, plan: PlanDates, tasks: Mapping[str, Task]) -> Iterator[str]:
    """Yield the paths of milestones, and of what the plan leaves out, that hold others until their calendar opens."""
    before = {task.path: _before(network, task) for task in network.tasks}
    after: dict[str, set[int]] = defaultdict(set)
    for task in network.tasks:
        for path in before[task.path]:
            after[path].add(task.calendar)
    index = network.axis.index
    for task in network.tasks:
        at = int(plan.finish[task.number])
        ends = [int(plan.finish[tasks[path].number]) for path in before[task.path] if path in tasks]
        lasts = task.milestone is None and plan.exists[task.number]
        if lasts or not ends or not _opens(network, task, at):
            continue
        if any(index(calendar, at) > index(calendar, max(ends)) for calendar in after[task.path]):
            yield task.path


def _before(network: Network, task: Task) -> list[str]:
    return [network.program.path(link.activity, task.project) for link in task.activity.after]


def _opens(network: Network, task: Task, at: int) -> bool:
    """Return whether an instant is a start of work of the milestone's own calendar, after a break."""
    work = network.axis.calendars[task.calendar]
    index = work.index(at)
    return at == int(work.start_instant(index)) != int(work.finish_instant(index))
