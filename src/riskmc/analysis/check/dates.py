"""Rules on dates in a plan: constraints that would clip the simulation, and dates that hold work back (N3).

Sources: DCMA (2012), 14-point assessment, point 5; GAO-16-89G (2015), best practice 2; Hulett (2009), Practical
Schedule Risk Analysis: a date that cannot move has no distribution.
"""

from __future__ import annotations

from collections.abc import Iterator

from riskmc.analysis.check.finding import Finding
from riskmc.analysis.check.measures import HARD, LATE
from riskmc.analysis.check.survey import Survey
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.network.tasks import State, Task
from riskmc.program.moment import Moment

SET = ("manual_start", "expected_finish")  # set dates as planned too, but are no constraints to the DCMA's guide
FLOAT_ONLY = (*LATE, "deadline", "needed_by")
RELAXED_TO = dict.fromkeys(("start_on", "mandatory_start", "manual_start"), "an earliest start")


def hard_constraints(survey: Survey) -> Iterator[Finding]:
    """Yield constraints that fix a date of unfinished work; the simulation relaxes them unless told otherwise."""
    for task in survey.unfinished:
        for word in (*HARD, *SET):
            moment = getattr(task.activity, word)
            if moment is None or (task.state is State.STARTED and "start" in word):
                continue
            reason = f"a fixed date would clip the simulation; it is taken as {RELAXED_TO.get(word, 'a target only')}"
            detail = f"{word.replace('_', ' ')} {moment}"
            past = _past(survey, task, word, moment)
            at = survey.at(task.path, word)
            yield Finding("hard-constraint", "doubtful", task.path, detail, reason, past, "d", at, threshold=0.0)
        if task.activity.as_late_as_possible and task.state is State.PLANNED:
            reason = "pushed to the end of its float it makes its successors critical; the simulation does not push it"
            place = survey.at(task.path, "as_late_as_possible")
            yield Finding("hard-constraint", "doubtful", task.path, "as late as possible", reason, at=place)
    for name, project in survey.program.projects.items():
        if project.must_finish_by is not None:
            reason = "a date to meet is a target, not a constraint; it does not act in the simulation"
            detail, place = f"must finish by {project.must_finish_by}", ("projects", name, "must_finish_by")
            yield Finding("hard-constraint", "doubtful", name, detail, reason, at=place)


def late_limits(survey: Survey) -> Iterator[Finding]:
    """Yield no-later-than dates, which change float and nothing else."""
    for task in survey.unfinished:
        for word in FLOAT_ONLY:
            moment = getattr(task.activity, word)
            if moment is not None and not (task.state is State.STARTED and word == "start_no_later_than"):
                reason = "it changes the float of the plan, but no date in the simulation; make it a target"
                detail = f"{word.replace('_', ' ')} {moment}"
                yield Finding("late-limit", "to know", task.path, detail, reason, at=survey.at(task.path, word))


def holding_dates(survey: Survey) -> Iterator[Finding]:
    """Yield earliest dates that hold work back in the plan, later than its logic would."""
    for task in survey.unfinished:
        found = task.activity.start_no_earlier_than
        if found is None or task.state is not State.PLANNED:
            continue
        axis = survey.network.axis
        date = axis.index(task.calendar, axis.minute(found.date.start_like()))
        if axis.index(task.calendar, int(survey.network.plan.start[task.number])) <= date:
            reason = "in the plan this date, not the logic, says when it starts: work before it has room to be late"
            detail = f"start no earlier than {found.date}"
            value, place = survey.criticality[task.path], survey.at(task.path, "start_no_earlier_than")
            yield Finding("holding-date", "to know", task.path, detail, reason, value, "share", place)


def _past(survey: Survey, task: Task, word: str, moment: Moment) -> float | None:
    """Return how many 24-hour days, on the average, the simulation comes after a fixed date; below 0 before it."""
    start = "start" in word
    mean = (survey.mean_start if start else survey.mean_finish).get(task.path)
    date = survey.network.axis.minute(moment.start_like() if start else moment.finish_like())
    return None if mean is None else (mean - date) / DAY_MINUTES
