"""Critical path test, CPLI and BEI: points 12 to 14 of the DCMA's assessment, which need dates and runs of their own.

Source: DCMA (2012), Earned Value Management System Program Analysis Pamphlet, DCMA-EA PAM 200.1, sections 4.12 to 4.14.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import NamedTuple

from riskmc.analysis.changed import with_own_activities
from riskmc.analysis.check.limits import beyond_the_engine
from riskmc.analysis.check.logic import FROM_FINISH
from riskmc.analysis.check.measures import work
from riskmc.analysis.check.survey import Survey
from riskmc.forecast.figures import day
from riskmc.forecast.language import marked, phrase
from riskmc.network.compiling import Settings
from riskmc.network.network import Network
from riskmc.network.tasks import State, Task
from riskmc.program.estimate import Estimate
from riskmc.program.notation import certain
from riskmc.program.program import Program
from riskmc.program.quantity import Quantity
from riskmc.simulation.place import PROGRAM, finish_targets
from riskmc.simulation.stretching import stretched

DELAY = 600.0  # days of the calendar of the delayed activity
_FINISHES = ("finish_on", "mandatory_finish", "finish_no_later_than", "deadline", "needed_by")
NO_DATE = marked("no baseline, must-finish-by, deadline or target says when it should finish")


class Delayed(NamedTuple):
    """What the critical path test found: the delayed activity, and how many days of its calendar the finish moves."""

    path: str
    days: float


def critical_path_test(survey: Survey) -> Delayed | None:
    """Return what happens when the first critical work whose finish leads on takes 600 days more; None without any.

    All constraints act as planned, and the finish is that of the activity that finishes last in the plan as it is: the
    delayed work itself may come to finish after it.
    """
    task, last = _first_critical(survey), survey.last
    if task is None or last is None or last.path not in survey.own:
        return None
    settings = Settings(survey.network.mitigation, "as-planned", None, beyond_the_engine(survey.program))
    delayed = _delayed(survey, task).model_copy(update={"finish": last.path})
    return stretched(delayed, settings, partial(_outcome, task.number, survey.finish_of(last)))


def _outcome(number: int, before: datetime, network: Network) -> Delayed:
    """Return by how many days of an activity's calendar a plan finishes after ``before``."""
    axis, task = network.axis, network.tasks[number]
    moved = axis.index(task.calendar, int(network.plan.outputs[0])) - axis.index(task.calendar, axis.minute(before))
    return Delayed(task.path, moved / axis.calendars[task.calendar].day_minutes)


def _first_critical(survey: Survey) -> Task | None:
    """Return the critical work that starts first, of that whose finish, not its start alone, leads to critical work."""
    plan = survey.network.plan
    critical = [task for task in work(survey) if plan.critical[task.number] and task.path in survey.own]

    def leads_on(task: Task) -> bool:
        after = survey.after.get(task.path, [])
        return not after or any(t.link.type in FROM_FINISH and plan.critical[t.successor.number] for t in after)

    chosen = [task for task in critical if leads_on(task)] or critical
    return min(chosen, key=lambda task: int(plan.start[task.number]), default=None)


def _delayed(survey: Survey, task: Task) -> Program:
    """Return the program with 600 days more of an activity's remaining work, without its range."""
    more = DELAY * survey.network.axis.calendars[task.calendar].day_minutes
    unit = "emin" if task.elapsed else "min"
    if task.state is State.STARTED:
        assert task.activity.progress is not None
        left = certain(Quantity(task.remaining + more, unit))
        words: dict[str, object] = {"progress": task.activity.progress.model_copy(update={"remaining": left})}
    else:
        words = {"duration": Estimate(plan=Quantity(task.planned + more, unit))}
    return with_own_activities(survey.program, {task.path: words})


def path_length_index(survey: Survey) -> tuple[float | None, str]:
    """Return the CPLI and what it is measured to, or None and why it cannot be told.

    (critical path length + total float) / critical path length, in working days of the calendar of the project that
    finishes last: from the data date to the finish, and from the finish to the date it should be.
    """
    last = survey.last
    if last is None:
        return None, marked("there is no unfinished work")
    due = next(_due(survey, last), None)
    if due is None:
        return None, NO_DATE
    what, date = due
    length = survey.project_minutes(last, survey.instant(last.data_date), survey.finish)
    if length <= 0:
        return None, marked("no working time lies between the data date and the finish")
    spare = survey.project_minutes(last, survey.finish, date)
    return (length + spare) / length, phrase(what, date=day(date))


def _due(survey: Survey, last: Task) -> Iterator[tuple[str, datetime]]:
    """Yield when the program should finish, and words for it: by baseline, by constraints, by targets; the earliest.

    The baseline is that of the activity that finishes last, else the latest of all.
    """
    own = survey.stored.get(last.path)
    ends = [dates.baseline_finish for dates in survey.stored.values() if dates.baseline_finish is not None]
    if own is not None and own.baseline_finish is not None:
        yield marked("to the baseline finish, {date}"), own.baseline_finish
    elif ends:
        yield marked("to the baseline finish, {date}"), max(ends)
    held = [getattr(last.activity, word) for word in _FINISHES]
    held.append(survey.program.projects[last.project].must_finish_by)
    dates = [moment.finish_like() for moment in held if moment is not None]
    if dates:
        yield marked("to the finish it must keep, {date}"), min(dates)
    due = finish_targets(survey.program, PROGRAM)
    targets = [target.finish.finish_like() for target in due if target.finish is not None]
    if targets:
        yield marked("to the target, {date}"), min(targets)


def execution_index(survey: Survey) -> tuple[float | None, str]:
    """Return the BEI and what is counted, or None and why it cannot be told.

    Finished tasks / (tasks with a baseline finish by the data date + tasks without baseline dates).
    """
    if not survey.has_baseline:
        return None, marked("the file has no baseline")
    tasks = work(survey, finished=True)
    done = sum(task.state is State.FINISHED for task in tasks)
    known = {path for path, dates in survey.stored.items() if dates.baseline_start and dates.baseline_finish}
    without = sum(task.path not in known for task in tasks)
    due = sum(
        survey.stored[task.path].baseline_finish <= survey.instant(task.data_date)  # type: ignore[operator]
        for task in tasks
        if task.path in known
    )
    if not due + without:
        return None, marked("no baseline finish lies before the data date")
    counted = phrase(
        "{done:,} finished, {due:,} due, {without:,} without a baseline", done=done, due=due, without=without
    )
    return done / (due + without), counted
