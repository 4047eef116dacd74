"""Microsoft Project's rules for starts, hard dates and late work, where they differ from P6's (docs/guide/mspdi.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from riskmc.forecast.language import marked, phrase
from riskmc.network.axis import CLOCK, Axis
from riskmc.network.graph import Node, Schedule
from riskmc.network.layout import NONE, Nodes
from riskmc.network.plan import PlanDates
from riskmc.network.tasks import State, Task
from riskmc.program.activity import Activity
from riskmc.program.moment import Moment
from riskmc.program.program import Program

DISTANT = 0
"""The first index of any calendar: no floor."""


def settle(out: Schedule, program: Program, tasks: Sequence[Task], axis: Axis) -> None:
    """Settle floors and ceilings of the tasks that Microsoft Project schedules, when every edge has been made.

    The project's start holds what has no predecessor, and no date of its own that says another start; and what a
    predecessor's finish ties at its finish. A lead or a start-to-finish link may lead before it. Of started work the
    actual start is no floor but where it resumes.
    """
    tied = {edge.succ for edge in out.edges}
    for task in tasks:
        node = out.nodes[task.number]
        node.late_within = task.microsoft and not task.follows
        if not task.microsoft or task.state is not State.PLANNED or task.follows:
            continue
        firm = node.fixed_start != NONE or node.fixed_finish != NONE
        held = task.number in tied
        said = {node.constraint_floor, node.finish_floor} != {NONE} and not held
        if firm or said or (held and all(link.type != "FF" for link in task.activity.after)):
            node.floor, node.floor_ends_work = DISTANT, False
        if program.projects[task.project].constraints_win:
            _ceilings(out, task, axis)
        node.at_instant = task.milestone == "finish" and task.calendar != CLOCK
        if task.milestone and task.calendar != CLOCK and not node.can_vanish:
            node.kept = _stands(task, node, held, axis)


def _stands(task: Task, node: Node, tied: bool, axis: Axis) -> int:
    """Return the very minute, worked or not, of a milestone that a date holds and no link; NONE where links do."""
    activity = task.activity
    if (firm := activity.mandatory_start or activity.manual_start) is not None:
        return axis.minute(firm.start_like())
    if activity.mandatory_finish is not None:
        return axis.minute(activity.mandatory_finish.finish_like())
    others = {node.finish_floor, node.finish_on, node.start_ceiling, node.finish_ceiling}
    if tied or others != {NONE} or node.as_late_as_possible or node.slip >= 0:
        return NONE
    said = [one.start_like() for one in (_earliest(activity), activity.start_on) if one is not None]
    return max((axis.minute(at) for at in said), default=task.data_date)


def _earliest(activity: Activity) -> Moment | None:
    return activity.start_no_earlier_than.date if activity.start_no_earlier_than is not None else None


def _ceilings(out: Schedule, task: Task, axis: Axis) -> None:
    """No-later-than dates pull work back to them, against its links."""
    node, activity = out.nodes[task.number], task.activity
    for word, kind, told in (
        (
            "start_no_later_than",
            "start",
            marked("{activity}: start no later than {date} does not act in the simulation"),
        ),
        (
            "finish_no_later_than",
            "finish",
            marked("{activity}: finish no later than {date} does not act in the simulation"),
        ),
    ):
        moment = getattr(activity, word)
        if moment is None:
            continue
        minute = axis.minute(moment.finish_like())
        setattr(node, f"{kind}_ceiling", axis.index(task.calendar, minute))
        out.relaxed.append(phrase(told, activity=task.path, date=f"{moment.at:%Y-%m-%d}"))


def late_work(nodes: Nodes, tasks: Sequence[Task]) -> NDArray[np.int64]:
    """Return the nodes that Microsoft Project schedules as late as possible: at their late dates, not free float."""
    return np.array([task.number for task in tasks if task.microsoft and nodes.as_late_as_possible[task.number]], int)


def at_early_dates(nodes: Nodes, chosen: NDArray[np.int64]) -> Nodes:
    """Return the nodes with the chosen ones as soon as possible."""
    pushed = nodes.as_late_as_possible.copy()
    pushed[chosen] = False
    return replace(nodes, as_late_as_possible=pushed)


def at_late_dates(nodes: Nodes, chosen: NDArray[np.int64], plan: PlanDates, axis: Axis, tasks: Sequence[Task]) -> Nodes:
    """Return the nodes with the chosen ones held at the late starts of a plan in which they are early."""
    floors, rests = nodes.constraint_floor.copy(), nodes.constraint_ends_work.copy()
    for n in chosen.tolist():
        early = axis.index(tasks[n].calendar, int(plan.start[n]))
        floors[n] = max(floors[n], early + max(0, int(plan.total_float[n])))
        rests[n] = tasks[n].milestone is not None
    return replace(nodes, constraint_floor=floors, constraint_ends_work=rests)
