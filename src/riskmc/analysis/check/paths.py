"""Rules on paths through the network: where paths merge, what no path leads on from, level of effort that drives.

Sources: MacCrimmon and Ryavec (1964), Operations Research 12, 16-37, on merge bias; GAO-16-89G (2015), best practices
2, 5 and 6: sequencing, traceability, a valid critical path.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from riskmc.analysis.check.estimates import DRIVING
from riskmc.analysis.check.finding import Finding
from riskmc.analysis.check.survey import Survey, Tie
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.network.axis import CLOCK
from riskmc.network.sizes import is_elapsed
from riskmc.network.tasks import State, Task

MERGING = 3  # predecessors that could each be the last
NEAR = 10.0  # days of the calendar within which they all come in the plan
FROM_START = ("SS", "SF")
INTO_FINISH = ("FF", "SF")


def merge_points(survey: Survey) -> Iterator[Finding]:
    """Yield driving activities that wait for several predecessors of which, in the plan, any could be the last.

    The figure is the merge delay: how much later it starts on the average than if it waited for the one that is last
    on the average, E[max] - max E, in 24-hour days.
    """
    for task in survey.unfinished:
        if task.state is not State.PLANNED or survey.criticality[task.path] < DRIVING:
            continue
        drives = [drive for tie in survey.before.get(task.path, []) if (drive := _drive(survey, tie)) is not None]
        near = _near(survey, task, drives)
        if len(near) >= MERGING:
            yield _merge(survey, task, drives, len(near))


def without_path(survey: Survey) -> Iterator[Finding]:
    """Yield unfinished activities from which no chain of links leads to the finish or to a target; ends apart."""
    goals = _goals(survey)
    reached = set(goals)
    todo = list(goals)
    while todo:
        before = {tie.predecessor.path for tie in survey.before.get(todo.pop(), [])} - reached
        reached |= before
        todo += before
    for task in survey.unfinished:
        if task.path not in reached and survey.after.get(task.path):
            reason = "it has successors, but no chain of them leads to the finish or to a target: its delay is not seen"
            share = survey.criticality[task.path]
            yield Finding(
                "no-path", "doubtful", task.path, survey.name(task.path), reason, share, "share", survey.at(task.path)
            )  # fmt: skip


def effort_drives(survey: Survey) -> Iterator[Finding]:
    """Yield work that the plan ties to level of effort, and level of effort that the tool has on its driving path."""
    for task in survey.unfinished:
        for place, link in enumerate(task.activity.after):
            pred = survey.by_path.get(survey.whole.path(link.activity, task.project))
            if pred is not None and pred.follows:
                reason = "level of effort follows other work and drives none: this link does not act in a forecast"
                at = survey.at(task.path, "after", place)
                yield Finding("effort-drives", "doubtful", task.path, f"after {link}", reason, at=at)
    for task in survey.network.tasks:
        dates = survey.stored.get(task.path)
        if task.follows and dates is not None and dates.driving and task.state is not State.FINISHED:
            reason = "the planning tool has level of effort on its driving path, where no work decides the finish"
            yield Finding(
                "effort-drives", "doubtful", task.path, survey.name(task.path), reason, at=survey.at(task.path)
            )


class _Drive(NamedTuple):
    """When a predecessor lets an activity start: in the plan, and on the average, in minutes of the axis."""

    plan: int
    mean: float


def _drive(survey: Survey, tie: Tie) -> _Drive | None:
    """Return when a link lets its successor go on; None for one that holds the finish of work, or nothing any more."""
    if tie.predecessor.state is State.FINISHED or (tie.link.type in INTO_FINISH and not tie.successor.milestone):
        return None
    plan, pred = survey.network.plan, tie.predecessor
    start = tie.link.type in FROM_START
    mean = survey.mean_start.get(pred.path) if start else survey.mean_finish.get(pred.path)
    planned = int((plan.start if start else plan.finish)[pred.number])
    if mean is None:
        return None
    return _Drive(_lagged(survey, tie, planned), _lagged(survey, tie, round(mean)) + mean - round(mean))


def _lagged(survey: Survey, tie: Tie, minute: int) -> int:
    """Return an instant later by the lag of a link."""
    if tie.link.lag is None:
        return minute
    axis, pred = survey.network.axis, tie.predecessor
    calendar = CLOCK if is_elapsed(tie.link.lag) or tie.link.lag_calendar == "24h" else pred.calendar
    work = axis.calendars[calendar]
    lag = survey.lag_days(tie) * work.day_minutes
    reached = axis.index(calendar, min(max(minute, 0), work.horizon)) + round(lag)
    return int(work.finish_instant(min(max(reached, 0), work.limit)))


def _near(survey: Survey, task: Task, drives: list[_Drive]) -> list[_Drive]:
    """Return the drives that come, in the plan, within ten days of the latest."""
    if len(drives) < MERGING:
        return []
    latest = survey.instant(max(drive.plan for drive in drives))
    apart = [survey.days(task, survey.between(task, survey.instant(drive.plan), latest)) for drive in drives]
    return [drive for drive, days in zip(drives, apart, strict=True) if days <= NEAR]


def _merge(survey: Survey, task: Task, drives: list[_Drive], near: int) -> Finding:
    reason = f"{near} of its predecessors come within {NEAR:g} days of each other: whichever is last decides"
    later = survey.mean_start[task.path] - int(survey.network.plan.start[task.number])
    alone = max(drive.mean for drive in drives) - max(drive.plan for drive in drives)
    days = max(0.0, later - alone) / DAY_MINUTES if survey.trials.random else None
    at = survey.at(task.path, "after")
    return Finding("merge-point", "to know", task.path, survey.name(task.path), reason, days, "d", at)


def _goals(survey: Survey) -> list[str]:
    """Return where paths should lead: `finish:` and the activities of targets, else every end that sets the finish."""
    program = survey.program
    named = [program.finish] if program.finish is not None else []
    named += [target.at for target in program.targets if target.at and target.at not in program.projects]
    if named:
        return [program.path(name) for name in named]
    ends = [task.path for task in survey.unfinished if not survey.after.get(task.path)]
    return [path for path in ends if survey.criticality[path] > 0] or ends
