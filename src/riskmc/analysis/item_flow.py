"""Cumulative flow: where the items of a backlog were, day by day, in one iteration: to do, in each stage, done.

Little's law (1961) ties the figures of a team: items in work = throughput x lead time, in the mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError
from riskmc.forecast.card import Card, Figure, Shown
from riskmc.kernels.discrete_event.flow import CAME, ENTERED, OUT, pieces
from riskmc.network.backlogs import Board, begun
from riskmc.network.tasks import Task
from riskmc.sampling import split_seed
from riskmc.simulation.place import name_of
from riskmc.simulation.replays import number_at
from riskmc.simulation.rerun import Rerun
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    import pandas as pd

LANES = 256
MEDIAN = 0.5


@dataclass(frozen=True, eq=False, repr=False)
class ItemFlow(Shown):
    """The items of one backlog in iteration ``number``, over the working time of its team.

    From ``days[i]`` on, ``items[i]`` (int64[n, 2 + stages]) are to do, in each of ``stages``, and done; ``days`` are
    working days of the activity's calendar since it was begun, before drivers and risks act on the whole. ``lead``
    (float64) are the days from the first stage to the end of each item, in the order in which they were pulled.
    """

    trials: Trials
    activity: str
    number: int
    stages: tuple[str, ...]
    days: NDArray[np.float64]
    items: NDArray[np.int64]
    lead: NDArray[np.float64]

    @property
    def length(self) -> float:
        """Working days until the last item was done."""
        return float(self.days[-1])

    @property
    def throughput(self) -> float:
        """Items done a working day, in the mean."""
        return self.lead.size / self.length

    @property
    def in_work(self) -> float:
        """Items in all stages together, the mean over time."""
        return float(self.items[:-1, 1:-1].sum(axis=1) @ np.diff(self.days)) / self.length

    @property
    def name(self) -> str:
        """Display name of the activity."""
        return name_of(self.trials.program, self.activity)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a change, indexed by working day: the items to do, in each stage, and done."""
        import pandas as pd

        columns = ["to_do", *self.stages, "done"]
        return pd.DataFrame(self.items, columns=columns, index=pd.Index(self.days, name="day"))

    def _figures(self) -> list[Figure]:
        return [
            ("Items a day", f"{self.throughput:.2f}", True),
            ("In work", f"{self.in_work:.1f}", True),
            ("Lead time", f"{self.lead.mean():.1f} d", True),
        ]

    def _card(self) -> Card:
        """Return what a notebook shows: how fast items flow, and how many are in work."""
        note = f"iteration {self.number:,}"
        return Card(self.name, "Item flow", self._figures(), None, (note,), "", self.trials.provenance)


def cumulative_flow(trials: Trials, activity: str, number: int | None = None, *, at: float = MEDIAN) -> ItemFlow:
    """Return where the items of an activity's backlog were, in one iteration of trials.

    Parameters
    ----------
    trials : Trials
        Of a program in which a team works off the backlog through the stages of its board.
    activity : str
        Its path, or its identifier where that is unique.
    number : int, optional
        The iteration, from 0.
    at : float
        Instead of a number: 0.80 is the iteration that is the P80 of the program's finish; default: the P50.

    Raises
    ------
    ArgumentError
        The activity has no backlog, or one that is worked off by throughput; or the iteration is none of the trials.
    """
    path = trials.program.path(activity)
    rerun = trials.again()
    task = next(task for task in rerun.network.tasks if task.path == path)
    found = number_at(trials, at) if number is None else number
    if found not in trials.iterations:
        told = f"{trials.iterations.start:,} to {trials.iterations.stop - 1:,}"
        raise ArgumentError(f"cumulative_flow: iteration {found:,} is none of these trials, {told}")
    return _flow_of(trials, rerun, task, found)


def _flow_of(trials: Trials, rerun: Rerun, task: Task, number: int) -> ItemFlow:
    drawn = [one for one in rerun.network.sampler.backlogs if one.worked_off.backlog is task.backlog]
    if not drawn or not isinstance(board := drawn[0].worked_off.backlog, Board):
        told = "no items that flow through stages: give its team `stages`, at least one with a range"
        raise ArgumentError(f"cumulative_flow: {task.path} has {told}")
    block, lane = divmod(number, LANES)
    source = drawn[0].source(split_seed(rerun.seed), block)
    known = int(pieces(*(column[lane] for column in begun(board.sizes, source))))
    log = board.log(source, lane)
    minutes, items = _counted(log, known, len(board.stages))
    day = rerun.network.axis.calendars[task.calendar].day_minutes
    names = tuple(stage.name for stage in trials.program.teams[task.activity.backlog.team].stages)  # type: ignore[union-attr]
    return ItemFlow(trials, task.path, number, names, minutes / day, items, _lead(log) / day)


def _counted(log: NDArray[np.int64], known: int, stages: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the minutes at which something moved, 0 first, and the items to do, in each stage and done since then."""
    moves = np.zeros((1 + len(log), 2 + stages), np.int64)
    moves[0, 0] = known
    for row, (_, kind, stage, _) in enumerate(log.tolist(), 1):
        if kind == CAME:
            moves[row, 0] = 1
        elif kind == ENTERED:
            moves[row, stage : stage + 2] = -1, 1
        elif kind == OUT:
            moves[row, -2:] = -1, 1
    minutes = np.append(0, log[:, 0])
    last = np.append(minutes[1:] > minutes[:-1], True)
    return minutes[last], moves.cumsum(axis=0)[last]


def _lead(log: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the minutes from the first stage to the end of every item that is done, by item."""
    began = dict(log[(log[:, 1] == ENTERED) & (log[:, 2] == 0)][:, [3, 0]].tolist())
    ended = dict(log[log[:, 1] == OUT][:, [3, 0]].tolist())
    return np.array([ended[item] - began[item] for item in sorted(ended)], np.int64)
