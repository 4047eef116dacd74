"""Sensitivity of the finish to the activities: criticality, significance, SSI, cruciality, total float, merge delay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from riskmc.analysis.sensitivity.indices import Indices, Length, Work, floating, indices
from riskmc.analysis.sensitivity.merges import Merge, merges
from riskmc.analysis.units import interval_columns
from riskmc.forecast.card import Card, Shown, Table
from riskmc.forecast.figures import iterations_text
from riskmc.network.network import Network
from riskmc.network.tasks import State, Task, start_of
from riskmc.simulation.kept_activities import Part, kept_activities
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    import pandas as pd

_MOST = 3  # activities in them


@dataclass(frozen=True, eq=False, repr=False)
class Sensitivity(Shown):
    """How the finish of a program hangs on its activities: `Indices` by path, and where its paths merge.

    Finished activities, level of effort and schedule margin are left out: the simulation does not vary them. Milestones
    have criticality and float, and no indices, for they last nothing.
    """

    trials: Trials
    indices: tuple[Indices, ...]
    merge_points: tuple[Merge, ...]

    def __getitem__(self, path: str) -> Indices:
        return self._by_path[self.trials.program.path(path, None)]

    def __len__(self) -> int:
        return len(self.indices)

    @cached_property
    def _by_path(self) -> dict[str, Indices]:
        return {one.path: one for one in self.indices}

    @cached_property
    def ranked(self) -> tuple[Indices, ...]:
        """The activities, the highest schedule sensitivity index first, then the highest criticality."""
        return tuple(sorted(self.indices, key=_rank))

    @property
    def moves(self) -> bool:
        """Whether any activity has a schedule sensitivity index: it lasts, and the finish varies."""
        return any(one.schedule_sensitivity.value is not None for one in self.indices)

    def to_frame(self) -> pd.DataFrame:
        """Return one row an activity by path, the highest schedule sensitivity first; each index with its interval.

        ``criticality``, ``significance``, ``schedule_sensitivity`` and the three ``cruciality`` columns are between 0
        and 1 (the schedule sensitivity may exceed 1); ``duration_sensitivity`` is Spearman's correlation with its sign,
        ``cruciality_pertmaster`` criticality times that. Total float and durations are working days of the activity's
        own calendar; ``plan_total_float_days`` is deterministic. ``..._low`` and ``..._high``: 95%, simulation error
        only. Empty where a figure cannot be known.
        """
        import pandas as pd

        rows = [dict(self._row(one)) for one in self.ranked]
        index = pd.Index([one.path for one in self.ranked], name="activity")
        return pd.DataFrame(rows, index=index) if rows else pd.DataFrame(index=index)

    def merges(self) -> pd.DataFrame:
        """Return one row a merge of paths, the longest delay first.

        ``activity`` and whether its ``start`` or ``finish`` waits (``at``); ``merge_delay_days`` of 24 hours with its
        interval; how many ``predecessors`` act there, which is the latest most often (``driver``), and how often.
        """
        import pandas as pd

        rows = [
            (m.path, self._name(m.path), m.at, *m.delay_days, len(m.drives), *m.drives[0])
            for m in self.merge_points
        ]  # fmt: skip
        days = ["merge_delay_days", "merge_delay_days_low", "merge_delay_days_high"]
        return pd.DataFrame(rows, columns=["activity", "name", "at", *days, "predecessors", "driver", "driver_share"])

    def _name(self, path: str) -> str:
        return name_of(self.trials.program, path)

    def _row(self, one: Indices) -> Iterator[tuple[str, Any]]:
        yield "project", self.trials.program.project_of(one.path)
        yield "name", self._name(one.path)
        yield from interval_columns("criticality", one.criticality).items()
        yield from interval_columns("significance", one.significance).items()
        yield from interval_columns("schedule_sensitivity", one.schedule_sensitivity).items()
        for word in ("pearson", "spearman", "kendall"):
            yield from interval_columns(f"cruciality_{word}", getattr(one, word).magnitude()).items()
        yield from interval_columns("duration_sensitivity", one.spearman).items()
        yield "cruciality_pertmaster", one.pertmaster
        yield from interval_columns("mean_total_float_days", one.total_float_days).items()
        yield "plan_total_float_days", self.trials.plan.total_float_days.get(one.path)
        yield from interval_columns("mean_duration_days", one.duration_days).items()
        yield "sd_duration_days", one.duration_sd_days

    @cached_property
    def foot(self) -> str:
        """What made these numbers, in a few words."""
        return f"{iterations_text(len(self.trials))} · {self.trials.provenance}"

    def _card(self) -> Card:
        """Return what a notebook shows: the activities on which the finish hangs most."""
        top = [one for one in self.ranked if one.schedule_sensitivity.value][:_MOST]
        rows = [(self._name(o.path), f"{o.schedule_sensitivity.value:.2f}") for o in top]
        notes = () if rows else ("nothing moves the finish",)
        table = Table(("schedule sensitivity index",), rows)
        return Card(self.trials.program.program, "Sensitivity", (), table, notes, "", self.foot)


def sensitivity(trials: Trials, *, progress: Progress | None = None) -> Sensitivity:
    """Return how the finish hangs on each activity: criticality, significance, SSI, cruciality, float, merge delays.

    The iterations are run again, same bits, some activities at a time, so that memory stays bounded. The definitions
    and their sources are in `analysis.sensitivity.indices` and `merges`, and in docs/method/sensitivity.md.

    Raises
    ------
    ArgumentError
        Nothing was kept of the trials to run them again.
    """
    rerun = trials.again()
    lengths, found = _Lengths(trials, rerun.network), []
    points: tuple[Merge, ...] = ()
    for part, lateness in kept_activities(rerun, progress):
        if lateness is not None:
            paths = [task.path for task in rerun.network.tasks]
            points = merges(lateness, paths, len(trials), rerun.stratified)
        found += [_indices(part, row, lengths, trials) for row, task in enumerate(part.tasks) if _counts(task)]
    return Sensitivity(trials, tuple(found), points)


def _counts(task: Task) -> bool:
    return not (task.state is State.FINISHED or task.follows or task.activity.margin)


@dataclass(eq=False)
class _Lengths:
    """The duration of the program in every iteration, on each calendar that is asked for."""

    trials: Trials
    network: Network

    def __post_init__(self) -> None:
        self._known: dict[int, Length] = {}
        self._start = self.network.axis.minute(start_of(self.network.program))

    def __getitem__(self, calendar: int) -> Length:
        if calendar not in self._known:
            work = self.network.axis.calendars[calendar]
            finish = self.trials.finish_minutes - self.network.axis.unix
            minutes = work.index(finish) - int(work.index(self._start))
            self._known[calendar] = Length.of(np.asarray(minutes, np.int64))
        return self._known[calendar]


def _indices(part: Part, row: int, lengths: _Lengths, trials: Trials) -> Indices:
    task, network = part.tasks[row], lengths.network
    day = network.axis.calendars[task.calendar].day_minutes
    slack = part.slack[row].astype(np.int64)
    minutes = part.minutes[row].astype(np.int64) + _worked(network, task) * part.exists[row]
    work = Work(minutes, slack, part.exists[row], part.critical[row])
    if task.milestone:
        return floating(task.path, work, day, trials.replicates)
    return indices(task.path, work, lengths[task.calendar], day, trials.replicates)


def _worked(network: Network, task: Task) -> int:
    """Return the working minutes before the data date of what has started."""
    if task.state is not State.STARTED:
        return 0
    return network.axis.index(task.calendar, task.data_date) - network.axis.index(task.calendar, task.started)


def _rank(one: Indices) -> tuple[float, float]:
    return -(one.schedule_sensitivity.value or 0.0), -one.criticality.value
