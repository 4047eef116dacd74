"""Activities as the compile step sees them: calendar, state at the data date, planned and remaining time (N4, P1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from riskmc.distributions import Distribution
from riskmc.errors import ArgumentError, ProgramError
from riskmc.network.axis import CLOCK, Axis
from riskmc.network.backlogs import Backlog, is_random, planned_minutes
from riskmc.network.sizes import central, is_elapsed, spread
from riskmc.network.teams import read_backlog
from riskmc.program.activity import Activity
from riskmc.program.estimate import Estimate
from riskmc.program.program import Program
from riskmc.program.project import Project
from riskmc.program.quantity import Quantity, Size

Fault = tuple[str, str]


class State(Enum):
    """Where an activity stands at the data date."""

    PLANNED = "planned"
    STARTED = "started"
    FINISHED = "finished"


PLANNED, STARTED, FINISHED = State  # Python 3.11 takes longer to find a member of an Enum than to compare it


@dataclass(slots=True)
class Task:
    """One activity, with everything that does not depend on ranges, drivers or risks.

    ``planned`` is the deterministic duration and ``remaining`` what of it is still to do, in minutes of the
    activity's own ``calendar``. ``microsoft``: scheduled by Microsoft Project's rules. ``follows``: level of effort.
    ``samples``: has remaining work that a range, a driver or a risk can change. ``own`` is its own distribution of the
    remaining minutes, if it has one, drawn under the variable ``own_name``; ``backlog`` what it takes instead, where a
    team works it off. Instants are minutes of the axis.
    """

    number: int
    path: str
    project: str
    activity: Activity
    calendar: int
    state: State
    milestone: str | None
    data_date: int
    planned: float = 0.0
    remaining: float = 0.0
    own: Distribution | None = None
    own_name: str = "duration"
    own_scale: float = 1.0
    backlog: Backlog | None = None
    started: int = 0
    finished: int = 0
    elapsed: bool = False
    microsoft: bool = False
    follows: bool = field(init=False)
    samples: bool = field(init=False)

    def __post_init__(self) -> None:
        self.follows = self.activity.level_of_effort is not None
        self.samples = not (self.follows or self.milestone or self.activity.margin)

    @property
    def cost_share(self) -> float:
        """The share of the fixed cost still to be spent: of started work, the remaining share of its plan (N4)."""
        if self.state is not STARTED or not self.planned:
            return 1.0
        return min(1.0, self.remaining / self.planned)


def read_tasks(program: Program, axis: Axis) -> list[Task]:
    """Return a Task for every scheduled activity, in file order; ProgramError with every fault found."""
    tasks: list[Task] = []
    faults: list[Fault] = []
    for home, project in program.projects.items():
        data_date = _data_date(program, project, axis)
        for name, activity in project.activities.items():
            if activity.unscheduled:
                continue
            try:
                tasks.append(_task(len(tasks), program, axis, (home, f"{home}.{name}"), activity, data_date))
            except ArgumentError as error:
                faults.append((f"{home}.{name}", str(error)))
    if faults:
        raise ProgramError(faults)
    return tasks


def start_of(program: Program, project: Project | None = None) -> datetime:
    """Return the planned start of a program, or of one of its projects; ProgramError without any."""
    start = (project.start if project is not None else None) or program.start
    if start is None:
        raise ProgramError([("start", "a program needs a start date, such as `start: 2027-01-04`")])
    return start.start_like()


def _data_date(program: Program, project: Project, axis: Axis) -> int:
    """Return the earliest minute at which unfinished work of the project may go on."""
    start = start_of(program, project)
    if project.scheduling == "microsoft":
        return axis.minute(start)  # the status date pushes nothing there
    status = project.data_date or program.data_date
    return axis.minute(start if status is None else max(start, status.start_like()))


def _task(
    number: int, program: Program, axis: Axis, place: tuple[str, str], activity: Activity, data_date: int
) -> Task:
    home, path = place
    project = program.projects[home]
    milestone, elapsed = _milestone(activity), _elapsed(activity)
    calendar = axis.number(_calendar(program, project, activity, milestone, elapsed))
    task = Task(number, path, home, activity, calendar, PLANNED, milestone, data_date, elapsed=elapsed)
    task.microsoft = project.scheduling == "microsoft"
    elicited_as = activity.elicited_as or program.elicited_as
    if activity.duration is not None and not milestone:
        _estimate(task, activity.duration, axis, elicited_as)
    if activity.backlog is not None:
        _work_off(task, program, axis)
    if activity.progress is not None:
        _progress(task, axis, program, elicited_as)
    return task


def _milestone(activity: Activity) -> str | None:
    """Return "start" or "finish" for a milestone: what the file calls one, or a certain duration of 0 (T1)."""
    if activity.milestone:
        return "start" if activity.milestone == "start" else "finish"
    duration = activity.duration
    certain = duration is not None and duration.range is None and duration.plan is not None
    no_work = certain and duration is not None and duration.plan is not None and duration.plan.value == 0
    return "finish" if no_work and not activity.margin and activity.level_of_effort is None else None


def _elapsed(activity: Activity) -> bool:
    duration = activity.duration
    if duration is None:
        return False
    plan, size = duration.plan, duration.range
    planned_elapsed = plan is not None and plan.unit.startswith("e")
    ranged = size is not None and is_elapsed(size)
    if plan is not None and size is not None and planned_elapsed != ranged and not _in_shares(size):
        raise ArgumentError("plan and range must both be working or both be elapsed durations")
    return planned_elapsed or ranged


def _in_shares(size: Size) -> bool:
    """Return whether a range is written in shares of the plan."""
    return all(quantity.unit in ("%", "") for _, quantity in size.parameters)


def _calendar(program: Program, project: Project, activity: Activity, milestone: str | None, elapsed: bool) -> str:
    """Return the calendar of an activity: its own, its project's, the program's; 24 h for elapsed work (T2, T3)."""
    if elapsed or (milestone and activity.calendar is None):
        return "24h"
    return activity.calendar or project.calendar or program.calendar


def _estimate(task: Task, estimate: Estimate, axis: Axis, elicited_as: str | None) -> None:
    plan = None if estimate.plan is None else axis.length(task.calendar, estimate.plan)
    if estimate.range is not None:
        task.own = spread(estimate.range, number(axis, task.calendar, plan), elicited_as)
    if plan is None and task.own is not None:
        plan = central(task.own)
    if plan is None or plan < 0:
        raise ArgumentError(f"a duration of at least 0 is needed, got {estimate.plan}")
    least = 1.0 if task.samples else 0.0
    task.planned = task.remaining = max(least, float(round(plan)))


def _work_off(task: Task, program: Program, axis: Axis) -> None:
    """Take the duration from the backlog that a team works off; a planned duration beside it stays the plan's (P1).

    Where nothing of it is random, it is a single value like any other.
    """
    backlog = read_backlog(program, task.activity, lambda quantity: axis.length(task.calendar, quantity))
    task.backlog = backlog
    if backlog is None:
        return
    planned = planned_minutes(backlog)
    if planned >= backlog.limit:
        raise ArgumentError("its team does not finish it in 20 years of work, even with every draw at its mean")
    if task.activity.duration is None:
        task.planned = task.remaining = planned
        task.backlog = backlog if is_random(backlog) else None


def number(axis: Axis, calendar: int, base: float | None) -> Callable[[Quantity], float]:
    """Return the function that turns a quantity into minutes of a calendar, percentages into shares of ``base``."""

    def minutes(quantity: Quantity) -> float:
        if quantity.unit == "%":
            if base is None:
                raise ArgumentError(f"{quantity.value:.0%} of what? a percentage needs a planned duration (plan:)")
            return quantity.value * base
        return axis.length(calendar, quantity)

    return minutes


def _progress(task: Task, axis: Axis, program: Program, elicited_as: str | None) -> None:
    progress = task.activity.progress
    assert progress is not None
    if progress.finished is not None:
        task.state = FINISHED
        task.finished = axis.minute(progress.finished.finish_like())
        task.started = task.finished if progress.started is None else axis.minute(progress.started.start_like())
        task.remaining, task.own, task.backlog, task.samples = 0.0, None, None, False
        if task.microsoft:
            task.calendar = CLOCK  # what happened stands where it happened, worked or not
    elif progress.started is not None:
        task.state = STARTED
        task.started = axis.minute(progress.started.start_like())
        if task.microsoft:
            task.data_date = task.started
        _remaining(task, axis, elicited_as)
    if not task.microsoft:
        _actuals_before_data_date(task, axis, program)


def _actuals_before_data_date(task: Task, axis: Axis, program: Program) -> None:
    status = program.projects[task.project].data_date or program.data_date
    if status is None:
        raise ArgumentError("progress needs the status date, `data_date:` at the top of the file; there is none")
    progress = task.activity.progress
    assert progress is not None
    latest = max(task.data_date, axis.minute(status.finish_like()))
    for word, minute in (("started", task.started), ("finished", task.finished)):
        said = getattr(progress, word)
        if said is not None and minute > latest:
            raise ArgumentError(f"{word} {said} lies after the data date {status}; nothing has happened yet after it")
    if task.state is FINISHED and task.started > task.finished:
        raise ArgumentError("finished before it started")


def _remaining(task: Task, axis: Axis, elicited_as: str | None) -> None:
    """Set the remaining minutes of started work: as given, else the planned duration less what was worked (N4).

    A range of the remaining work counts as it stands; one of the whole duration, with what remains of it.
    """
    given = task.activity.progress.remaining if task.activity.progress else None
    planned = task.planned
    if given is None:
        worked = axis.index(task.calendar, task.data_date) - axis.index(task.calendar, task.started)
        task.remaining = max(1.0, planned - worked) if planned else 0.0
    else:
        left = spread(given, number(axis, task.calendar, planned or None), elicited_as)
        task.remaining = max(0.0 if given.certain else 1.0, float(round(central(left))))
        if not given.certain:
            task.own, task.own_name, task.backlog = left, "remaining", None
            return
    task.own_scale = task.remaining / planned if planned else 1.0
    if not task.remaining:
        task.own = task.backlog = None


__all__ = ["CLOCK", "Fault", "State", "Task", "number", "read_tasks"]
