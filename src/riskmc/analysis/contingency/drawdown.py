"""Drawdown: the contingency still needed at each future date, if all goes as planned until then (AACE 70R-12).

At each date the requirement is simulated again with the exposure that has passed taken out, from the same draws. What
is no longer needed may be released. Management reserve stands apart: it is the owner's, and is not drawn down here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from riskmc.analysis.contingency.needed import Needed, needed
from riskmc.analysis.contingency.progressed import last_finish, progressed
from riskmc.analysis.units import money_column
from riskmc.errors import ArgumentError
from riskmc.forecast.figures import level_name, start_day
from riskmc.simulation.engine import simulate_like
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    import pandas as pd

Period = Literal["month", "quarter", "year"]
MONTHS = {"month": 1, "quarter": 3, "year": 12}
MOST_DATES = 400


@dataclass(frozen=True)
class Step:
    """What is still needed on top of the base at one date, in time and in money."""

    date: datetime
    needed: Needed


@dataclass(frozen=True, eq=False, repr=False)
class Drawdown:
    """The contingency still needed at the ``percentile``: at the start or data date, and from then on period by period.

    The last step is the first date by which all of the plan is done: nothing is needed then.
    """

    trials: Trials
    percentile: float
    by: Period
    steps: tuple[Step, ...]

    def __len__(self) -> int:
        return len(self.steps)

    @property
    def outcomes(self) -> tuple[Literal["finish", "cost"], ...]:
        """What there is to draw down: the finish, and the cost where any money is spent."""
        return ("finish", "cost") if self.trials.has_cost else ("finish",)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a date: the days (of 24 hours) and the money still needed, with their 95% intervals.

        ``released_days`` and ``released`` in the currency are what is needed less than at the date before; negative
        where more is needed.
        """
        import pandas as pd

        rows = []
        before: Needed | None = None
        for step in self.steps:
            now = step.needed
            last = before or now
            released = {
                "released_days": last.finish_days.value - now.finish_days.value,
                money_column("released", self.trials): last.cost.value - now.cost.value,
            }
            rows.append({"date": step.date, **now.columns(self.trials), **released})
            before = now
        return pd.DataFrame(rows).set_index("date").drop(columns="level")

    def __repr__(self) -> str:
        first, last = self.steps[0].needed, self.steps[-1]
        told = f"{level_name(self.percentile)} from {first.text(self.trials)} to nothing by {start_day(last.date)}"
        return f"<Drawdown {self.trials.program.program!r}: {told}, {len(self)} dates by the {self.by}>"


def drawdown(trials: Trials, percentile: float, by: Period = "quarter", progress: Progress | None = None) -> Drawdown:
    """Return what is still needed at the beginning of each month, quarter or year, until the plan is done.

    Raises ArgumentError for another period, and for more than 400 dates.
    """
    if by not in MONTHS:
        raise ArgumentError(f"by: one of {', '.join(MONTHS)}, got {by!r}")
    rerun, begin = trials.again(), _begin(trials)
    dates = list(_dates(begin, last_finish(rerun), MONTHS[by]))
    if len(dates) > MOST_DATES:
        raise ArgumentError(f"by {by} gives {len(dates):,} dates, more than {MOST_DATES}: choose a longer period")
    steps = [Step(begin, needed(trials, trials, percentile))]
    for position, date in enumerate(dates):
        later = simulate_like(trials, progressed(rerun, date))
        steps.append(Step(date, needed(trials, later, percentile)))
        if progress is not None:
            progress((position + 1) * len(trials), len(dates) * len(trials))
    return Drawdown(trials, percentile, by, tuple(steps))


def _begin(trials: Trials) -> datetime:
    """Return the latest data date of the program and its projects, else its start."""
    said = [trials.program.data_date, *(project.data_date for project in trials.program.projects.values())]
    return max([trials.start, *(moment.start_like() for moment in said if moment is not None)])


def _dates(begin: datetime, last: datetime, months: int) -> Iterator[datetime]:
    """Yield the beginnings of periods after ``begin``, until all is done."""
    count = begin.year * 12 + begin.month - 1
    while True:
        count = (count // months + 1) * months
        date = datetime(count // 12, count % 12 + 1, 1)
        yield date
        if date >= last:
            return
