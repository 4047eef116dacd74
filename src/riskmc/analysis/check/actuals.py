"""Actual dates after the data date: a forecast refuses them; a check tells of them and reads them at the data date."""

from __future__ import annotations

from datetime import datetime

from riskmc.network.tasks import start_of
from riskmc.program.activity import Activity, Progress
from riskmc.program.moment import Moment
from riskmc.program.program import Program
from riskmc.program.project import Project

Future = list[tuple[str, str]]


def without_future_actuals(program: Program) -> tuple[Program, Future]:
    """Return the program with such dates at the data date, and (path, what is wrong) of each of them."""
    found: Future = []
    projects = {}
    for home, project in program.projects.items():
        limit = _limit(program, project)
        changed = {} if limit is None else _changed(home, project, limit, found)
        words = {"activities": {**project.activities, **changed}}
        projects[home] = project.model_copy(update=words) if changed else project
    return (program.model_copy(update={"projects": projects}), found) if found else (program, found)


def _limit(program: Program, project: Project) -> datetime | None:
    """Return the last instant at which anything can have happened, as compiling a program has it."""
    status = project.data_date or program.data_date
    if status is None or not any(activity.progress for activity in project.activities.values()):
        return None
    return max(start_of(program, project), status.finish_like())


def _changed(home: str, project: Project, limit: datetime, found: Future) -> dict[str, Activity]:
    out = {}
    for name, activity in project.activities.items():
        progress, words = activity.progress, {}
        if progress is None or activity.unscheduled:
            continue
        if progress.started is not None and progress.started.start_like() > limit:
            words["started"] = Moment(limit)
        if progress.finished is not None and progress.finished.finish_like() > limit:
            words["finished"] = Moment(limit)
        if words:
            found += [(f"{home}.{name}", _told(progress, word)) for word in words]
            out[name] = activity.model_copy(update={"progress": progress.model_copy(update=words)})
    return out


def _told(progress: Progress, word: str) -> str:
    return f"{word} {getattr(progress, word)}, after the data date"
