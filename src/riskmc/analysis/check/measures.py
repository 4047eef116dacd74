"""Measures: which activities and links each point of the schedule gate counts, and out of how many.

The population of a point is that of the guide: unfinished tasks, without level of effort, milestones and margin;
for the points on links every link into unfinished work or a milestone, from finished work too. Summary rows of the
planning tool are no activities here. Source: DCMA (2012), DCMA-EA PAM 200.1, section 4.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime

from riskmc.analysis.check.survey import Hit, Measure, Survey, Tie
from riskmc.network.tasks import State, Task
from riskmc.program.stored import StoredDates

HARD = ("start_on", "finish_on", "mandatory_start", "mandatory_finish")
LATE = ("start_no_later_than", "finish_no_later_than")
STARTS = ("start_on", "mandatory_start", "start_no_later_than")


def work(survey: Survey, finished: bool = False) -> list[Task]:
    """Return unfinished work: no milestones, level of effort or margin; ``finished``: with what is finished."""
    tasks = survey.network.tasks if finished else survey.unfinished
    exists = survey.network.plan.exists
    return [t for t in tasks if not (t.milestone or t.follows or t.activity.margin) and exists[t.number]]


def links(survey: Survey) -> list[Tie]:
    """Return the links into what is not finished, level of effort apart."""
    return [tie for tie in survey.ties if tie.successor.state is not State.FINISHED]


def missing_logic(survey: Survey) -> Measure:
    """Return point 1: work without a predecessor or without a successor; one start and one finish are let off."""
    tasks = work(survey)
    first = _first(survey, [task for task in survey.unfinished if not survey.before.get(task.path)])
    last = _last(survey, [task for task in survey.unfinished if not survey.after.get(task.path)])
    found = []
    for task in tasks:
        lacks = [
            word
            for word, ties, spared in (("predecessor", survey.before, first), ("successor", survey.after, last))
            if not ties.get(task.path) and task.path != spared
        ]
        if lacks:
            found.append(Hit(task.path, f"no {' and no '.join(lacks)}"))
    return Measure(found, len(tasks))


def lagged(survey: Survey, sign: int) -> Measure:
    """Return point 2 or 3: links with a lead (``sign`` -1) or a lag (+1)."""
    counted = links(survey)
    days = ((tie, survey.lag_days(tie)) for tie in counted if tie.link.lag is not None)
    return Measure([_tied(tie, lag) for tie, lag in days if lag * sign > 0], len(counted))


def other_types(survey: Survey) -> Measure:
    """Return point 4: links that are not finish to start."""
    counted = links(survey)
    return Measure([_tied(tie) for tie in counted if tie.link.type != "FS"], len(counted))


def hard_constraints(survey: Survey) -> Measure:
    """Return point 5: work with a date that must be met: on it, mandatory, or no later than."""
    tasks = work(survey)
    dated = [(task, hard_words(task)) for task in tasks]
    found = [Hit(task.path, ", ".join(word.replace("_", " ") for word in words)) for task, words in dated if words]
    return Measure(found, len(tasks))


def hard_words(task: Task) -> list[str]:
    """Return the words of an activity's dates that must be met; those on a start have passed once it has started."""
    passed = () if task.state is State.PLANNED else STARTS
    return [word for word in (*HARD, *LATE) if word not in passed and getattr(task.activity, word) is not None]


def high_float(survey: Survey) -> Measure:
    """Return point 6: work with more total float than the mark, 44 working days."""
    mark = survey.thresholds.high_float_days
    return _floating(survey, lambda days: days > mark)


def negative_float(survey: Survey) -> Measure:
    """Return point 7: work with negative total float."""
    return _floating(survey, lambda days: days < 0)


def long_work(survey: Survey) -> Measure:
    """Return point 8: work longer than the mark, 44 working days, by its baseline if it has one, else as planned."""
    tasks, mark = work(survey), survey.thresholds.high_duration_days
    lengths = [(task, _length(survey, task)) for task in tasks]
    return Measure([Hit(t.path, survey.name(t.path), days) for t, days in lengths if days > mark], len(tasks))


def invalid_dates(survey: Survey) -> Measure:
    """Return point 9: actual dates after the data date, and stored forecast dates of unfinished work before it."""
    tasks = [task for task in survey.network.tasks if not task.follows]
    details: dict[str, list[str]] = defaultdict(list)
    for path, detail in survey.future:
        details[path].append(detail)
    for task in tasks:
        dates = survey.stored.get(task.path)
        if dates is not None and task.state is not State.FINISHED:
            details[task.path] += _forecast_before(survey, task, dates)
    counted = (task.path for task in tasks if details.get(task.path))
    return Measure([Hit(path, "; ".join(details[path])) for path in counted], len(tasks))


def without_resources(survey: Survey) -> Measure:
    """Return point 10: work of a day or more that neither a resource nor a cost is assigned to."""
    tasks = [task for task in work(survey) if survey.days(task, task.planned) >= 1]
    found = [Hit(task.path, survey.name(task.path)) for task in tasks if not is_loaded(task)]
    return Measure(found, len(tasks))


def is_loaded(task: Task) -> bool:
    """Return whether an activity has a resource or a cost."""
    return bool(task.activity.uses) or task.activity.cost is not None


def missed(survey: Survey) -> Measure:
    """Return point 11: work whose baseline finish lies by the data date, and which finished or will finish after it."""
    due = [(task, end) for task, end in baselined(survey) if end <= survey.instant(task.data_date)]
    found = []
    for task, end in due:
        finish = survey.finish_of(task)
        if survey.between(task, end, finish) > 0:
            days = survey.days(task, survey.between(task, end, finish))
            found.append(Hit(task.path, f"baseline finish {end:%Y-%m-%d}", days))
    return Measure(found, len(due))


def baselined(survey: Survey) -> list[tuple[Task, datetime]]:
    """Return all work, finished work too, that has a baseline finish, with it."""
    known = survey.stored
    pairs = ((task, known[task.path].baseline_finish) for task in work(survey, True) if task.path in known)
    return [(task, end) for task, end in pairs if end is not None]


def _first(survey: Survey, tasks: list[Task]) -> str | None:
    starts = survey.network.plan.start
    return min(tasks, key=lambda task: int(starts[task.number])).path if tasks else None


def _last(survey: Survey, tasks: list[Task]) -> str | None:
    """Return the finish of the program: what `finish:` names, else the latest of the open ends."""
    if survey.program.finish is not None:
        return survey.program.path(survey.program.finish)
    finishes = survey.network.plan.finish
    return max(tasks, key=lambda task: int(finishes[task.number])).path if tasks else None


def _tied(tie: Tie, days: float | None = None) -> Hit:
    return Hit(tie.successor.path, f"after {tie.link}", days)


def _floating(survey: Survey, wanted: Callable[[float], bool]) -> Measure:
    tasks = work(survey)
    floats = [(task, survey.float_days(task)) for task in tasks]
    return Measure([Hit(t.path, survey.name(t.path), days) for t, days in floats if wanted(days)], len(tasks))


def _length(survey: Survey, task: Task) -> float:
    """Return the baseline duration in days of the activity's calendar, else the planned one."""
    dates = survey.stored.get(task.path)
    if dates is None or dates.baseline_start is None or dates.baseline_finish is None:
        return survey.days(task, task.planned)
    return survey.days(task, survey.between(task, dates.baseline_start, dates.baseline_finish))


def _forecast_before(survey: Survey, task: Task, dates: StoredDates) -> Iterator[str]:
    """Yield the stored dates of unfinished work that lie before the data date, in its working time."""
    status = survey.status(task)
    if status is None:
        return
    forecasts = [("finish", dates.early_finish)]
    if task.state is State.PLANNED:
        forecasts.insert(0, ("start", dates.early_start))
    for word, moment in forecasts:
        if moment is not None and survey.between(task, moment, status) > 0:
            yield f"{word} {moment:%Y-%m-%d} before the data date {status:%Y-%m-%d}"


_MEASURES: dict[str, Callable[[Survey], Measure]] = {
    "logic": missing_logic,
    "leads": lambda survey: lagged(survey, -1),
    "lags": lambda survey: lagged(survey, 1),
    "types": other_types,
    "hard": hard_constraints,
    "high-float": high_float,
    "negative-float": negative_float,
    "long": long_work,
    "invalid": invalid_dates,
    "resources": without_resources,
    "missed": missed,
}


def measured(survey: Survey, name: str) -> Measure:
    """Return one of the measures, counted once for the gate and the rules."""
    if name not in survey.measures:
        survey.measures[name] = _MEASURES[name](survey)
    return survey.measures[name]
