"""Cost of delay: what one month's delay of one project takes from the expected net present value, by paired runs.

A project is delayed by a month's wait before all of its work that waits for none of its own: everything in it comes a
month later, costs and benefits alike, and what waits for it in other projects may too. CD3 is the cost of delay over
the duration: of two projects that compete, the higher one goes first. Source: Reinertsen (2009), The Principles of
Product Development Flow, E3 and chapter 7 (weighted shortest job first).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from riskmc.analysis.paired import Difference, mean_difference
from riskmc.analysis.units import interval_columns, money_column
from riskmc.analysis.value.streams import MONTH
from riskmc.analysis.value.worth import Value, value
from riskmc.forecast.card import Card, Shown, Table
from riskmc.forecast.differences import money_apart
from riskmc.forecast.figures import iterations_text
from riskmc.forecast.instant import minutes_of
from riskmc.program.activity import Activity, Constraint
from riskmc.program.link import Link
from riskmc.program.moment import Moment
from riskmc.program.notation import certain
from riskmc.program.program import Program
from riskmc.program.project import Project
from riskmc.program.quantity import Quantity
from riskmc.simulation.engine import simulate_like
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    import pandas as pd

WAIT = "delay-of-a-month-before-"


@dataclass(frozen=True)
class DelayCost:
    """What a month's delay of one project costs, in currency units, and how many months it has still to go (mean).

    ``per_month`` is None where nothing of the project can be delayed: all of it has begun.
    """

    project: str
    name: str
    months: float
    per_month: Difference | None

    @property
    def cd3(self) -> float | None:
        """Cost of delay divided by duration: currency units a month, for each month that the project takes."""
        return None if self.per_month is None or self.months <= 0 else self.per_month.value / self.months


@dataclass(frozen=True, eq=False, repr=False)
class DelayCosts(Shown):
    """The cost of delay of every project, the highest CD3 first."""

    base: Value
    projects: tuple[DelayCost, ...]

    def to_frame(self) -> pd.DataFrame:
        """Return one row a project, in the order in which they go first: cost of delay a month, months, and CD3."""
        import pandas as pd

        money = money_column("cost_of_delay_per_month", self.base.trials)
        rows = [
            {
                "project": one.project, "name": one.name, "duration_months": one.months,
                **interval_columns(money, one.per_month),
                money_column("cd3", self.base.trials): one.cd3,
            }
            for one in self.projects
        ]  # fmt: skip
        return pd.DataFrame(rows).set_index("project")

    def _card(self) -> Card:
        """Return what a notebook shows: what a month's delay of each project costs."""
        rows = [(one.name, self.text(one)) for one in self.projects]
        table = Table(("expected net present value lost, a month",), rows)
        return Card(self.base.trials.program.program, "Cost of delay", (), table, foot=self._foot)

    def text(self, one: DelayCost) -> str:
        """Return the cost of delay of a project in words, ``?`` where it cannot be told."""
        if one.per_month is None:
            return "?"
        return money_apart(self.base.trials.currency, *one.per_month.parts)[0]

    @property
    def _foot(self) -> str:
        return f"{iterations_text(len(self.base.trials))} · {self.base.money}"


def cost_of_delay(base: Value, *, progress: Progress | None = None) -> DelayCosts:
    """Return what a month's delay of each project takes from the expected net present value of the program.

    One paired run a project: same seed, same iterations, the same valuation date and rate.
    """
    names = [place for place in base.places if place]
    found = []
    for number, name in enumerate(names):
        found.append(_of_project(base, name))
        if progress is not None:
            progress(1 + number, len(names))
    return DelayCosts(base, tuple(sorted(found, key=lambda one: -(one.cd3 if one.cd3 is not None else float("-inf")))))


def _of_project(base: Value, name: str) -> DelayCost:
    trials = base.trials
    told, months = name_of(trials.program, name), _months(base, name)
    later = delayed(trials.again().program, name)
    if later is None:
        return DelayCost(name, told, months, None)
    other = value(simulate_like(trials, later), base.rate)
    return DelayCost(name, told, months, mean_difference(other.npv().samples, base.npv().samples))


def _months(base: Value, name: str) -> float:
    """Return how long a project takes from the valuation (or its start in the plan, if that is later), on average."""
    trials = base.trials
    plan = trials.plan.activity_start
    starts = [plan[path] for path in trials.again().program.activities() if path in plan and _in(trials, path, name)]
    begin = max(minutes_of(base.at), min(starts, default=0))
    return max(0.0, (float(trials.project_finish[name].mean()) - begin) / MONTH)


def _in(trials: Trials, path: str, project: str) -> bool:
    return trials.again().program.project_of(path) == project


def delayed(program: Program, name: str, month: float = MONTH) -> Program | None:
    """Return the program with a wait before all work of one project that waits for none of its own; None for none.

    Work that has begun is not delayed, nor is what follows other work (level of effort). The wait is a lag after an
    activity that does not exist (N7), and an earliest date moves along, so that no range, driver or risk reaches it.
    """
    project = program.projects[name]
    own = {f"{name}.{key}" for key in project.activities}
    activities: dict[str, Activity] = {}
    for key, activity in project.activities.items():
        if _begun(activity) or activity.level_of_effort is not None or not _first(program, name, activity, own):
            activities[key] = activity
            continue
        before = tuple(link for link in activity.after if link.type in ("FS", "SS"))
        rest = tuple(link for link in activity.after if link.type not in ("FS", "SS"))
        wait = f"{WAIT}{key}"
        activities[wait] = Activity(milestone=True, exists=0.0, after=before)
        lag = Link(activity=f"{name}.{wait}", type="FS", lag=certain(Quantity(month, "emin")))
        words = {"after": (*rest, lag), "start_no_earlier_than": _later(activity.start_no_earlier_than, month)}
        activities[key] = activity.model_copy(update=words)
    if len(activities) == len(project.activities):
        return None
    changed = _with_activities(project, activities)
    return program.model_copy(update={"projects": {**program.projects, name: changed}})


def _later(earliest: Constraint | None, month: float) -> Constraint | None:
    """Return an earliest date so many minutes later, its slip as it was."""
    if earliest is None:
        return None
    date = Moment(earliest.date.start_like() + timedelta(minutes=round(month)))
    return earliest.model_copy(update={"date": date})


def _with_activities(project: Project, activities: dict[str, Activity]) -> Project:
    return project.model_copy(update={"activities": activities})


def _begun(activity: Activity) -> bool:
    return activity.progress is not None and activity.progress.started is not None


def _first(program: Program, home: str, activity: Activity, own: set[str]) -> bool:
    """Return whether an activity waits for no work of its own project that has yet to begin."""
    known = program.activities()
    before = [program.path(link.activity, home) for link in activity.after]
    return not any(path in own and not _begun(known[path]) for path in before)
