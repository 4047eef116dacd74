"""Delays: stored starts that are later than the plan's own logic asks: levelling or preferential delay.

What logic asks of an activity is computed with all its predecessors on their stored dates: each activity that differs
gets a twin with the same links, and the originals are held where the tool stored them. So a delay is counted where it
arises, not again in everything after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from riskmc.errors import RiskmcError
from riskmc.network.axis import Axis
from riskmc.network.tasks import State, Task
from riskmc.program.activity import Progress
from riskmc.program.estimate import Estimate
from riskmc.program.moment import Moment
from riskmc.program.notation import certain
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity
from riskmc.program.stored import StoredDates
from riskmc.simulation.recomputation import AS_PLANNED, DATES, TOLERANCE, Recomputation, beside
from riskmc.simulation.stretching import stretched

_TWIN = " (as its predecessors allow)"
_FREE: dict[str, object] = {
    "start_no_earlier_than": None, "start_on": None, "start_no_later_than": None, "mandatory_finish": None,
    "finish_no_earlier_than": None, "finish_on": None, "finish_no_later_than": None, "expected_finish": None,
    "as_late_as_possible": False,
}  # fmt: skip


@dataclass(frozen=True)
class Delay:
    """One stored start that is later than logic asks, by ``days`` working days.

    ``stated`` is the levelling delay that the file itself states, in days of 24 hours.
    """

    activity: str
    days: float
    stated: float = 0.0


@dataclass(frozen=True)
class Twin:
    """How far the stored dates of an activity lie behind those that its predecessors' stored dates allow, in minutes.

    Working minutes of its calendar; NaN where nothing is stored.
    """

    start: float
    finish: float


def delays(found: Recomputation) -> tuple[Delay, ...]:
    """Return every delay in a recomputed plan, in the order of the plan."""
    return delays_among(found, twins(found)) if found.any_differs(("early_start",)).any() else ()


def delays_among(found: Recomputation, twin: Mapping[str, Twin]) -> tuple[Delay, ...]:
    """Return the delays among activities whose `twins` are known; started work has none, it has begun."""
    out = []
    for task, dates in zip(found.tasks, found.dates, strict=True):
        lost = twin[task.path].start if task.path in twin else 0.0
        if lost > 1 and task.state is State.PLANNED and not task.follows:
            day = found.network.axis.calendars[task.calendar].day_minutes
            out.append(Delay(task.path, lost / day, dates.delay / 1440))
    return tuple(out)


def twins(found: Recomputation) -> dict[str, Twin]:
    """Return, for each activity whose early dates differ, how far its stored dates lie behind what logic asks.

    Work that starts as late as possible has no twin: its successors decide, not its predecessors.
    """
    late = found.any_differs(("early_start", "early_finish"))
    wanted = [task for task, differs in zip(found.tasks, late, strict=True) if differs and not _as_late(task)]
    if not wanted:
        return {}
    program, names = _with_twins(found, wanted)
    dates = dict(zip((task.path for task in found.tasks), found.dates, strict=True))
    stored = {twin: dates[path] for path, twin in names.items()}
    try:
        again = stretched(program, AS_PLANNED, lambda network: beside(network, stored))
    except RiskmcError:  # stored dates on which the plan cannot stand at all
        return {}
    numbers = {task.path: number for number, task in enumerate(again.tasks)}
    behind = {word: again.stored[word] - again.computed[word] for word in DATES[:2]}
    rows = {path: numbers[twin] for path, twin in names.items()}
    return {
        path: Twin(float(behind["early_start"][row]), float(behind["early_finish"][row])) for path, row in rows.items()
    }


def _as_late(task: Task) -> bool:
    return task.activity.as_late_as_possible


def _with_twins(found: Recomputation, wanted: Sequence[Task]) -> tuple[Program, dict[str, str]]:
    """Return the program with its planned work held where it is stored, and the path of each activity's twin."""
    program, axis = found.network.program, found.network.axis
    activities = {name: dict(project.activities) for name, project in program.projects.items()}
    names: dict[str, str] = {}
    for task in wanted:
        twin = _code(task) + _TWIN
        while twin in activities[task.project]:
            twin += "'"
        activities[task.project][twin] = task.activity.model_copy(update={"guid": None})
        names[task.path] = f"{task.project}.{twin}"
    for row, task in enumerate(found.tasks):
        if not task.follows and _within(axis, found.dates[row]):
            activities[task.project][_code(task)] = task.activity.model_copy(update=_held(found, row))
    projects = {
        name: project.model_copy(update={"activities": activities[name]}) for name, project in program.projects.items()
    }
    return program.model_copy(update={"projects": projects}), names


def _code(task: Task) -> str:
    return task.path[len(task.project) + 1 :]


def _within(axis: Axis, dates: StoredDates) -> bool:
    return dates.early_start is not None and 0 <= axis.minute(dates.early_start) <= axis.horizon


def _held(found: Recomputation, row: int) -> dict[str, object]:
    """Return the words with which an activity starts and ends on its stored dates, whatever its links say."""
    task, dates = found.tasks[row], found.dates[row]
    assert dates.early_start is not None
    start, finish = (float(found.stored[field][row]) for field in DATES[:2])
    if task.state is State.STARTED:
        return {**_FREE, "progress": _resumed(task, dates.early_start, found.network.axis)}
    held: dict[str, object] = {**_FREE, "mandatory_start": Moment(dates.early_start)}
    if found.network.axis.minute(dates.early_start) < task.data_date and _has_data_date(found, task):
        return {**_FREE, "progress": _begun(found, task, dates)}
    if abs(finish - start - task.remaining) > TOLERANCE and finish - start >= 1 and not task.milestone:
        held["duration"] = Estimate(plan=Quantity(round(finish - start), "emin" if task.elapsed else "min"))
    return held


def _resumed(task: Task, start: datetime, axis: Axis) -> Progress | None:
    """Return the progress of started work that goes on no earlier than it is stored."""
    progress = task.activity.progress
    assert progress is not None
    return progress.model_copy(update={"resumes": Moment(start)}) if axis.minute(start) > task.data_date else progress


def _has_data_date(found: Recomputation, task: Task) -> bool:
    program = found.network.program
    return (program.projects[task.project].data_date or program.data_date) is not None


def _begun(found: Recomputation, task: Task, dates: StoredDates) -> Progress:
    """Return the progress of work that is stored before the data date: done by then, or under way."""
    axis = found.network.axis
    assert dates.early_start is not None
    start, finish = Moment(dates.early_start), dates.early_finish
    if finish is None or axis.minute(finish) <= task.data_date:
        return Progress(started=start, finished=start if finish is None else Moment(max(finish, dates.early_start)))
    left = axis.index(task.calendar, min(axis.minute(finish), axis.horizon)) - axis.index(task.calendar, task.data_date)
    return Progress(started=start, remaining=certain(Quantity(left, "emin" if task.elapsed else "min")))
