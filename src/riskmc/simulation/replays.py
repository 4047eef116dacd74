"""Replay: one iteration whole, from its number: dates, what struck, finish and cost, the critical path (A6, R1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from os import PathLike
from typing import TYPE_CHECKING, Any

import numpy as np

from riskmc.errors import ArgumentError
from riskmc.forecast.card import Card, Figure, Shown
from riskmc.forecast.figures import day, level_name, money_format
from riskmc.forecast.instant import instant_of
from riskmc.forecast.interval import check_share, quantile_rank
from riskmc.network.sources import score_rows
from riskmc.program.program import Program
from riskmc.simulation.arguments import check_number
from riskmc.simulation.course import Incident, course
from riskmc.simulation.engine import simulate
from riskmc.simulation.happenings import Happening, Tie, chosen, happenings, occurred, ties
from riskmc.simulation.lane import lane
from riskmc.simulation.place import name_of
from riskmc.simulation.strike import Strike, strikes
from riskmc.simulation.trials import CENTS, Trials

if TYPE_CHECKING:
    import pandas as pd

ARROW = " > "


@dataclass(frozen=True, eq=False, repr=False)
class Iteration(Shown):
    """One iteration, replayed: what trials with it in them have, and everything that led there.

    ``number`` is its own, from 0; ``percentile`` what it was looked up as. Finishes are local time, costs currency
    units, by project. ``occurred`` says of every sampled risk whether it struck; ``choices`` holds the outcome of each
    choice; ``strikes`` the sizes of the drivers and risks that acted. ``activity`` holds the dates by path,
    ``critical_path`` the paths on the driving chains to the finish in the order of the logic, ``links`` what ties them.
    ``course`` is what else happened in the discrete-event engine, in order: waits, rework, arrivals, actions.
    """

    trials: Trials
    number: int
    percentile: float | None
    finish: datetime
    cost: float
    project_finish: Mapping[str, datetime]
    project_cost: Mapping[str, float]
    activity: Mapping[str, Happening]
    occurred: Mapping[str, bool]
    choices: Mapping[str, str]
    strikes: tuple[Strike, ...]
    critical_path: tuple[str, ...]
    links: tuple[Tie, ...]
    course: tuple[Incident, ...] = ()

    @property
    def program(self) -> Program:
        """The program that was simulated."""
        return self.trials.program

    def to_frame(self) -> pd.DataFrame:
        """Return one row an activity, by path: start, finish, duration, whether it exists and is critical, its float.

        Durations and total float (to the finish of this iteration) are working days of the activity's own calendar;
        ``plan_...`` is deterministic. What does not exist in this iteration has no dates.
        """
        import pandas as pd

        plan = self.trials.plan
        rows = [
            {
                "project": self.program.project_of(path),
                "name": self.name(path),
                "exists": one.exists,
                "start": one.start,
                "finish": one.finish,
                "duration_days": one.duration_days,
                "critical": one.critical,
                "total_float_days": one.total_float_days,
                "plan_start": instant_of(plan.activity_start[path]),
                "plan_finish": instant_of(plan.activity_finish[path]),
            }
            for path, one in self.activity.items()
        ]
        return pd.DataFrame(rows, index=pd.Index(self.activity, name="activity"))

    def critical(self) -> pd.DataFrame:
        """Return the rows of `to_frame` on the critical path, in its order."""
        return self.to_frame().loc[list(self.critical_path)]

    def sizes(self) -> pd.DataFrame:
        """Return one row a size that acted: driver or risk, what it names, aspect, the size and its unit, on whom.

        ``size`` is a factor, working days or currency units (``unit``), before it is split among several.
        """
        import pandas as pd

        return pd.DataFrame(self.strikes, columns=list(Strike._fields))

    def name(self, path: str) -> str:
        """Return the display name of an activity or project."""
        return name_of(self.program, path)

    def day(self, instant: datetime) -> str:
        """Return the day of a finish, ``29 Jun 2029``."""
        return day(instant, self.trials.start)

    def title(self) -> str:
        """Return what it is called: its number, and the percentile that it was looked up as."""
        known = "" if self.percentile is None else f", the {level_name(self.percentile)}"
        return f"iteration {self.number:,}{known}"

    def _figures(self) -> list[Figure]:
        cost = money_format(self.trials.currency, self.cost)(self.cost)
        struck = sum(self.occurred.values())
        priced = [("Cost", cost, True)] if self.trials.has_cost else []
        return [("Finish", self.day(self.finish), True), *priced, ("Risks struck", f"{struck}", True)]

    def _card(self) -> Card:
        """Return what a notebook shows: what came of the iteration."""
        return Card(
            self.program.program, "Iteration", self._figures(), None, (self.title(),), "", self.trials.provenance
        )


def iteration(
    program: Program | Trials | str | PathLike[str],
    number: int | None = None,
    *,
    at: float | None = None,
    **settings: Any,
) -> Iteration:
    """Return one iteration whole: what it met, every date, and its critical path; the same bits as in the trials.

    Parameters
    ----------
    program : Trials, Program or path
        Trials, of which it is one; or a program, of which any iteration can be computed without those before it.
    number : int, optional
        Its number, from 0.
    at : float, optional
        Instead of a number: 0.80 is the P80 of the finish. That is the iteration whose finish is the order statistic
        (A1); of several that finish at that minute, the one with the lowest number.
    settings
        Of `simulate`, where a program is given: ``seed``, ``scenario``, ``mitigation``, ``sampling`` and so on.

    Raises
    ------
    ArgumentError
        Neither or both of number and ``at`` are given, or the iteration is none of the trials.
    """
    if (number is None) == (at is None):
        raise ArgumentError("iteration: give its number, or at=0.80 for that of the P80, and not both")
    if number is not None:
        check_number("iteration", number, 0)
    if isinstance(program, Trials):
        if settings:
            raise ArgumentError(f"iteration: trials are simulated already, so {', '.join(settings)} cannot be chosen")
        trials = program
    else:
        chosen = settings if number is None else {**settings, "iterations": range(number, number + 1)}
        trials = simulate(program, **chosen)
    found = number if number is not None else number_at(trials, at if at is not None else 0.0)
    if found not in trials.iterations:
        told = f"{trials.iterations.start:,} to {trials.iterations.stop - 1:,}"
        raise ArgumentError(f"iteration {found:,} is none of these trials, {told}; give the program for any other")
    return _replayed(trials, found, at)


def number_at(trials: Trials, at: float) -> int:
    """Return the number of the iteration that is a percentile of the finish: of equal finishes the lowest number."""
    check_share("at", at)
    finishes = trials.finish_minutes
    value = np.sort(finishes)[quantile_rank(finishes.size, at) - 1]
    return trials.iterations[int(np.argmax(finishes == value))]


def _replayed(trials: Trials, number: int, at: float | None) -> Iteration:
    rerun = trials.again()
    found, network = lane(rerun, number), rerun.network
    rows = score_rows(network)
    finishes = [instant_of(int(minute) + network.axis.unix) for minute in found.outputs]
    cents: Sequence[int] = found.cents.tolist()
    everyone = happenings(found)
    order = network.logic.layout.order.tolist()
    paths = [network.tasks[node].path for node in order if node < len(network.tasks)]
    return Iteration(
        trials,
        number,
        at,
        finishes[0],
        cents[0] / CENTS,
        dict(zip(network.projects, finishes[1:], strict=False)),
        {name: amount / CENTS for name, amount in zip(network.projects, cents[1:], strict=True)},
        everyone,
        occurred(found),
        chosen(found, rows),
        tuple(strikes(found, rows)),
        tuple(path for path in paths if everyone[path].critical),
        tuple(ties(found)),
        course(rerun, number),
    )
