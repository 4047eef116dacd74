"""Happenings: what became of every activity, link, risk and choice in one iteration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from riskmc.forecast.instant import instant_of
from riskmc.network.events import ALWAYS, NEVER, threshold
from riskmc.network.layout import FF, FS, SF, SS
from riskmc.network.sources import ScoreRows
from riskmc.network.tasks import State, Task
from riskmc.simulation.lane import Lane

_TYPES = {FS: "FS", SS: "SS", FF: "FF", SF: "SF"}


class Happening(NamedTuple):
    """An activity in one iteration; dates are local time, None where it does not exist.

    ``duration_days`` and ``total_float_days`` are working days of its calendar; the float is that to the finish of the
    iteration, None for what is finished, for level of effort and for schedule margin.
    """

    exists: bool
    start: datetime | None
    finish: datetime | None
    duration_days: float | None
    critical: bool
    total_float_days: float | None


class Tie(NamedTuple):
    """A link on the critical path that was tight: by paths, its type, and its lag in hours of its calendar."""

    predecessor: str
    successor: str
    type: str
    lag_hours: float


def happenings(found: Lane) -> dict[str, Happening]:
    """Return what became of every activity, by path, in the order of the program."""
    return {task.path: _happening(found, task) for task in found.network.tasks}


def _happening(found: Lane, task: Task) -> Happening:
    if not found.exists[task.number]:
        return Happening(False, None, None, None, False, None)
    axis, node = found.network.axis, task.number
    finish, start = int(found.finish[node]), int(found.start[node])
    minutes = int(found.minutes[node])
    start = start if minutes else finish  # what lasts nothing starts when it finishes
    if task.state is State.FINISHED:
        start, finish = task.started, task.finished
        minutes = axis.index(task.calendar, finish) - axis.index(task.calendar, start)
    elif task.state is State.STARTED:
        minutes += axis.index(task.calendar, task.data_date) - axis.index(task.calendar, task.started)
        start = task.started
    day, floats = axis.calendars[task.calendar].day_minutes, not (task.follows or task.activity.margin)
    slack = float(found.slack[node]) / day if floats and task.state is not State.FINISHED else None
    dates = (instant_of(start + axis.unix), instant_of(finish + axis.unix))
    return Happening(True, *dates, minutes / day, bool(found.critical[node]) and not task.activity.margin, slack)


def ties(found: Lane) -> Iterator[Tie]:
    """Yield the tight links between critical activities, in the order of the logic: the critical path's own."""
    tasks, logic = found.network.tasks, found.network.logic
    edges, position = logic.layout.edges, logic.layout.position
    chain = sorted(logic.chain.tolist(), key=lambda link: (position[link[0]], position[link[1]]))
    for before, after, row in chain:
        if found.tight[row] and found.critical[before] and found.critical[after] and max(before, after) < len(tasks):
            sampled = int(edges.lag_row[row])
            lag = int(edges.lag[row]) + (int(found.lags[sampled]) if sampled >= 0 else 0)
            yield Tie(tasks[before].path, tasks[after].path, _TYPES[int(edges.type[row])], lag / 60)


def occurred(found: Lane) -> dict[str, bool]:
    """Return for every sampled risk whether it struck."""
    return {
        name: event == ALWAYS or (event != NEVER and bool(found.events[event]))
        for name, event in sorted(found.network.occurs.items())
    }


def chosen(found: Lane, rows: ScoreRows) -> dict[str, str]:
    """Return the outcome of every choice."""
    return {
        name: _outcome(choice, _score(found, rows, f"choice/{name}"))
        for name, choice in sorted(found.network.program.choices.items())
    }


def _outcome(choice: dict[str, float], score: float | None) -> str:
    """Return the outcome whose share of the probability holds the score; the certain one where nothing is drawn."""
    outcomes = sorted(choice.items())
    if score is None:
        return max(outcomes, key=lambda outcome: outcome[1])[0]
    high = 0.0
    for name, probability in outcomes[:-1]:
        high += probability
        if probability > 0 and score < threshold(high):
            return name
    return outcomes[-1][0]


def _score(found: Lane, rows: ScoreRows, name: str) -> float | None:
    return float(found.z[rows.names.index(name)]) if name in rows.names else None
