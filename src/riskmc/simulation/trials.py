"""Trials: what happened in every iteration: finish and cost of program, projects, milestones and targets (A6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from math import isnan
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError, nearest
from riskmc.forecast import Forecast
from riskmc.forecast.card import Figure, figure_text, make_card
from riskmc.forecast.figures import day, iterations_text, money_format
from riskmc.forecast.instant import instant_of, minutes_of
from riskmc.forecast.interval import check_share
from riskmc.forecast.language import said
from riskmc.forecast.outcome import DATE
from riskmc.forecast.replicates import INDEPENDENT, Replicates
from riskmc.program.moment import Moment
from riskmc.program.program import Program
from riskmc.program.project import Project
from riskmc.simulation.kept_finishes import finish_percentiles
from riskmc.simulation.place import PROGRAM, cost_targets, finish_targets, is_program_finish, name_of, resolve
from riskmc.simulation.rerun import Rerun
from riskmc.simulation.understanding import Understanding
from riskmc.version import VERSION

if TYPE_CHECKING:
    import pandas as pd

CENTS = 100


@dataclass(frozen=True, eq=False)
class Plan:
    """The plan's own answer (P1): instants in minutes since 1970-01-01 local time, money in cents, float in days.

    ``finish`` and ``cost_cents`` are without schedule margin; the ``_with_margin`` pair is None where there is none.
    """

    finish: int
    cost_cents: int
    finish_with_margin: int | None = None
    cost_with_margin_cents: int | None = None
    project_finish: Mapping[str, int] = field(default_factory=dict)
    project_cost: Mapping[str, int] = field(default_factory=dict)
    milestone_finish: Mapping[str, int] = field(default_factory=dict)
    activity_start: Mapping[str, int] = field(default_factory=dict)
    activity_finish: Mapping[str, int] = field(default_factory=dict)
    total_float_days: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class ActivityStatistics:
    """Means over the iterations in which an activity exists (N7), in the order of ``paths``; NaN where it never does.

    ``mean_start`` and ``mean_finish`` are minutes since 1970-01-01; ``criticality`` is a share of all iterations.
    """

    paths: tuple[str, ...]
    criticality: NDArray[np.float64]
    mean_start: NDArray[np.float64]
    mean_finish: NDArray[np.float64]
    mean_duration_days: NDArray[np.float64]


@dataclass(frozen=True)
class Coverage:
    """Shares of the remaining work, and of the driving paths, that carry a range (P2)."""

    work: float
    driving: float


@dataclass(frozen=True)
class Arrived:
    """How often a risk arrived: the share of the iterations in which it did at all, and the mean number of times."""

    share: float
    mean: float


@dataclass(frozen=True)
class Rework:
    """What a quality gate, or an approval, of an activity sent back.

    ``failed`` is the share of the iterations in which it failed at least once, ``redos`` the mean number of times it
    sent work back, ``waived`` the share in which a failure was let pass, and ``days`` the mean working days done again,
    in the days of the first activity that it sends back.
    """

    kind: Literal["gate", "approval"]
    activity: str
    failed: float
    redos: float
    waived: float
    days: float


@dataclass(frozen=True)
class Acted:
    """What a policy did: the share of the iterations in which it acted, how often on average over all, and when first.

    ``first`` is the mean instant of the first time, over the iterations in which it acted; None where it never did.
    """

    share: float
    times: float
    first: datetime | None


Sampling = Literal["montecarlo", "lhs"]
HYPERCUBE = 256  # consecutive iterations that are one Latin hypercube, counted from 0


@dataclass(frozen=True, eq=False, repr=False)
class Trials:
    """The outcome of every iteration, and what made it (A6). Arrays are in iteration order and become read-only.

    Parameters
    ----------
    finish_minutes, cost_cents : int64[n]
        Finish of the program in minutes since 1970-01-01 local time; cost in whole cents.
    project_finish, project_cost, milestone_finish : by identifier, int64[n]
        The same for projects, and for milestones and every activity that a target names.
    occurred : by identifier
        Share of the iterations in which each risk occurred.
    arrived : by identifier
        How often each risk arrived that may do so more than once.
    rework : sequence of Rework
        What each quality gate and each approval that may reject sent back.
    acted : by name
        What each policy of the file did.
    plan : Plan
        The deterministic answer.
    recompute : callable
        Returns the ActivityStatistics of these same iterations; called at most once, on request.
    understand : callable
        Returns how well the plan's own dates were recomputed, or None; called at most once, on request.
    rerun : Rerun, optional
        What runs these same iterations again, same bits, for everything that is not kept.
    censored : int
        How many iterations of the discrete-event engine were stopped, for they did not end (D8).
    random : bool
        False where nothing in the program is random: then this is a plan, not a forecast (P2).
    """

    program: Program
    seed: int
    iterations: range
    start: datetime
    finish_minutes: NDArray[np.int64]
    cost_cents: NDArray[np.int64]
    plan: Plan
    recompute: Callable[[], ActivityStatistics]
    project_finish: Mapping[str, NDArray[np.int64]] = field(default_factory=dict)
    project_cost: Mapping[str, NDArray[np.int64]] = field(default_factory=dict)
    milestone_finish: Mapping[str, NDArray[np.int64]] = field(default_factory=dict)
    occurred: Mapping[str, float] = field(default_factory=dict)
    arrived: Mapping[str, Arrived] = field(default_factory=dict)
    rework: Sequence[Rework] = ()
    acted: Mapping[str, Acted] = field(default_factory=dict)
    coverage: Coverage | None = None
    random: bool = True
    engine: str = "monte-carlo"
    censored: int = 0
    mitigation: Literal["pre", "current", "post"] = "current"
    constraints: Literal["relaxed", "as-planned"] = "relaxed"
    sampling: Sampling = "montecarlo"
    scenario: str | None = None
    ignored: tuple[str, ...] = ()
    relaxed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    version: str = VERSION
    understand: Callable[[], Understanding | None] = lambda: None
    rerun: Rerun | None = None

    def __post_init__(self) -> None:
        kept = (self.project_finish, self.project_cost, self.milestone_finish)
        for samples in (self.finish_minutes, self.cost_cents, *(array for by_id in kept for array in by_id.values())):
            samples.flags.writeable = False

    def __len__(self) -> int:
        return len(self.iterations)

    @cached_property
    def hash(self) -> str:
        """The hash of the program that was simulated: everything that can change a number, and nothing else (R6)."""
        return self.program.hash()

    @cached_property
    def recomputed(self) -> Understanding | None:
        """How many activities of the plan were recomputed on their stored dates; None where none are stored."""
        return self.understand()

    @cached_property
    def struck(self) -> Mapping[str, float]:
        """The share of the iterations in which each risk struck at all, those that arrive over time included."""
        return {**self.occurred, **{risk: found.share for risk, found in self.arrived.items()}}

    @property
    def replicates(self) -> Replicates:
        """Which iterations belong to one Latin hypercube, for the intervals; each is on its own in Monte Carlo."""
        return Replicates(HYPERCUBE, self.iterations.start % HYPERCUBE) if self.sampling == "lhs" else INDEPENDENT

    @property
    def dispatch(self) -> str | None:
        """In which order the discrete-event engine handed out units: its rule, "strict" where nothing overtook (D5)."""
        if self.rerun is None or self.engine != "discrete-event":
            return None
        settings = self.rerun.settings
        return f"{settings.dispatch}, strict" if settings.strict else settings.dispatch

    @property
    def provenance(self) -> str:
        """What made these numbers, in a few words."""
        first = f", from iteration {self.iterations.start:,}" if self.iterations.start else ""
        sampled = ", Latin hypercube" if self.sampling == "lhs" else ""
        return f"seed {self.seed}{first}{sampled} · program {self.hash}"

    @cached_property
    def statistics(self) -> ActivityStatistics:
        """Criticality and mean dates of every activity, recomputed from the program and the seed on first use."""
        return self.recompute()

    def finish(self, at: str | None = None) -> Forecast:
        """Return the forecast of the program's finish, or of a project, a milestone or a target's place ``at``."""
        place = resolve(self.program, at)
        dates = [target.finish.finish_like() for target in finish_targets(self.program, place) if target.finish]
        label = said("{name} finish", name=name_of(self.program, place))
        promised = minutes_of(dates[0]) if dates else None
        samples = self._finish_samples(place)
        return Forecast(
            label, samples, DATE, promised, self.provenance, start=self.start_at(place), replicates=self.replicates
        )

    def cost(self, project: str | None = None) -> Forecast:
        """Return the forecast of the program's cost, or of one project's, in currency units."""
        place = project or PROGRAM
        if project is not None and project not in self.project_cost:
            raise ArgumentError(f"there is no project {project!r}{nearest(project, self.project_cost)}")
        samples = self.project_cost[project] if project else self.cost_cents
        amounts = [target.cost.value for target in cost_targets(self.program, place) if target.cost]
        label = said("{name} cost", name=name_of(self.program, place))
        promised = next(iter(amounts), None)
        return Forecast(
            label, samples / CENTS, self.currency, promised, self.provenance, money=True, replicates=self.replicates
        )

    def unassigned_cost(self) -> Forecast | None:
        """Return the forecast of the cost that belongs to no project, in currency units; None where there is none.

        Costs of no project (`costs`), impacts of risks without `on`, and what responses and scenarios cost.
        """
        samples = self.cost_cents - sum(self.project_cost.values())
        if not np.any(samples) and not self.unassigned_plan_cents:
            return None
        label = f"{self.program.program} cost of no project"
        return Forecast(
            label, samples / CENTS, self.currency, None, self.provenance, money=True, replicates=self.replicates
        )

    @property
    def unassigned_plan_cents(self) -> int:
        """The deterministic cost that belongs to no project, in cents."""
        return self.plan.cost_cents - sum(self.plan.project_cost.values())

    def day(self, minutes: float, place: str = PROGRAM) -> str:
        """Return the day of a finish at ``place``, in minutes since 1970-01-01, as ``29 Jun 2029``."""
        return day(instant_of(round(minutes)), self.start_at(place))

    def start_at(self, place: str = PROGRAM) -> datetime:
        """Return up to when a date at ``place`` is that of a start, so that its midnight begins a day (T5).

        Always for a start milestone, never for what is finished; else up to the start or the data date, for before it
        nothing unfinished lies.
        """
        found = self.program.activities().get(place)
        if found is not None and found.milestone == "start":
            return datetime.max
        home = self.program.project_of(place) if found is not None else place
        projects = [project for name, project in self.program.projects.items() if home in (name, PROGRAM)]
        work = [found] if found is not None else [a for project in projects for a in project.activities.values()]
        if all(activity.progress is not None and activity.progress.finished is not None for activity in work):
            return datetime.min
        given = [own or whole for p in projects for own, whole in zip(_begins(p), _begins(self.program), strict=True)]
        return max((moment.start_like() for moment in given if moment is not None), default=self.start)

    @property
    def currency(self) -> str:
        """The program's currency code, or nothing."""
        return self.program.currency or ""

    def finish_percentiles(self, *levels: float) -> dict[str, tuple[datetime | None, ...]]:
        """Return the finish of every activity, by path, at each of ``levels``: 0.5 is its P50, 0.8 its P80 (A1).

        Over the iterations in which it exists; None where it never does. The iterations are run again for this, same
        bits: finishes of activities that are no milestones are not kept.
        """
        for level in levels:
            check_share("level", level)
        found = finish_percentiles(self.again(), levels)
        return {path: tuple(None if at is None else instant_of(at) for at in said) for path, said in found.items()}

    def again(self) -> Rerun:
        """Return what runs these iterations again, same bits; ArgumentError where nothing was kept to do so."""
        if self.rerun is None:
            raise ArgumentError("these trials cannot be run again; simulate the program anew")
        return self.rerun

    def activities(self) -> pd.DataFrame:
        """Return one row an activity, by path: criticality, mean dates and duration, and the plan's total float.

        ``criticality`` is the share of iterations on a driving chain to that iteration's finish (N6);
        ``total_float_days`` is deterministic.
        """
        import pandas as pd

        told, nouns = self.statistics, self.program.activities()
        columns = {
            "project": [self.program.project_of(path) for path in told.paths],
            "name": [nouns[path].name or path for path in told.paths],
            "criticality": told.criticality,
            "mean_start": [_timestamp(minutes) for minutes in told.mean_start],
            "mean_finish": [_timestamp(minutes) for minutes in told.mean_finish],
            "mean_duration_days": told.mean_duration_days,
            "total_float_days": [self.plan.total_float_days.get(path) for path in told.paths],
        }
        return pd.DataFrame(columns, index=pd.Index(told.paths, name="activity"))

    def _finish_samples(self, place: str) -> NDArray[np.int64]:
        if place == PROGRAM:
            return self.finish_minutes
        for kept in (self.project_finish, self.milestone_finish):
            if place in kept:
                return kept[place]
        if is_program_finish(self.program, place):
            return self.finish_minutes
        raise ArgumentError(
            f"the dates of {place!r} are not kept in every iteration, only those of the program, projects, milestones "
            "and targets: make it a milestone, or name it in a target (`at:`)"
        )

    def __repr__(self) -> str:
        name = f"<Trials {self.program.program!r}:"
        if not self.random:
            return f"{name} {self.plan_text()}; this is a plan, not a forecast>"
        told = [f"{word} {', '.join(map(figure_text, forecast.figures()))}" for word, forecast in self._answers()]
        return f"{name} {'; '.join(told)}  ({self._foot()})>"

    @property
    def has_cost(self) -> bool:
        """Whether any money is spent in these trials at all."""
        return bool(self.cost_cents.any()) or self.plan.cost_cents != 0

    def _answers(self) -> list[tuple[str, Forecast]]:
        return [("finish", self.finish()), *([("cost", self.cost())] if self.has_cost else [])]

    def _foot(self) -> str:
        return f"{iterations_text(len(self))} · {self.provenance}"

    def plan_text(self) -> str:
        """Return the deterministic finish and cost in words."""
        return ", ".join(f"{word.lower()} {value}" for word, value, _ in self.planned())

    def planned(self) -> list[Figure]:
        """Return the deterministic finish, and cost where there is any, as figures of a card."""
        finish, cost = self.day(self.plan.finish), self.plan.cost_cents / CENTS
        money = [("Cost", money_format(self.currency, cost)(cost), False)] if self.has_cost else []
        return [("Finish", finish, False), *money]

    def _repr_html_(self) -> str:
        title, finish = self.program.program, self.finish()
        if not self.random:
            return make_card(title, "Plan", "", self.planned(), "this is a plan, not a forecast")
        figures = [figure for word, forecast in self._answers() for figure in _titled(word.capitalize(), forecast)]
        return make_card(title, "Trials", finish.drawing(), figures, self._foot())


def _titled(word: str, forecast: Forecast) -> list[Figure]:
    """Return the figures of one forecast, three to a row, the first headed with ``word``."""
    row = [
        (f"{word} {heading}" if heading.startswith("P50") else heading, value, simulated)
        for heading, value, simulated in forecast.figures()
    ]
    return row if len(row) == 3 else [*row, ("", "", False)]


def _begins(part: Program | Project) -> tuple[Moment | None, Moment | None]:
    return part.start, part.data_date


def _timestamp(minutes: float) -> datetime | None:
    return None if isnan(minutes) else instant_of(round(minutes))
