"""Trials: what happened in every iteration: finish and cost of program, projects, milestones and targets (A6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from math import isnan
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError, nearest
from riskmc.forecast import Forecast
from riskmc.forecast.card import Figure, make_card
from riskmc.forecast.figures import day, level_name, money_format
from riskmc.forecast.instant import instant_of, minutes_of
from riskmc.forecast.outcome import DATE
from riskmc.program.program import Program
from riskmc.simulation.place import PROGRAM, cost_targets, finish_targets, is_program_finish, name_of, resolve
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
    plan : Plan
        The deterministic answer.
    recompute : callable
        Returns the ActivityStatistics of these same iterations; called at most once, on request.
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
    coverage: Coverage | None = None
    random: bool = True
    engine: str = "monte-carlo"
    mitigation: Literal["pre", "current", "post"] = "current"
    constraints: Literal["relaxed", "as-planned"] = "relaxed"
    scenario: str | None = None
    ignored: tuple[str, ...] = ()
    relaxed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    version: str = VERSION

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

    @property
    def provenance(self) -> str:
        """What made these numbers, in a few words."""
        first = f", from iteration {self.iterations.start:,}" if self.iterations.start else ""
        return f"seed {self.seed}{first} · program {self.hash}"

    @cached_property
    def statistics(self) -> ActivityStatistics:
        """Criticality and mean dates of every activity, recomputed from the program and the seed on first use."""
        return self.recompute()

    def finish(self, at: str | None = None) -> Forecast:
        """Return the forecast of the program's finish, or of a project, a milestone or a target's place ``at``."""
        place = resolve(self.program, at)
        dates = [target.finish.finish_like() for target in finish_targets(self.program, place) if target.finish]
        label = f"{name_of(self.program, place)} finish"
        promised = minutes_of(dates[0]) if dates else None
        return Forecast(label, self._finish_samples(place), DATE, promised, self.provenance)

    def cost(self, project: str | None = None) -> Forecast:
        """Return the forecast of the program's cost, or of one project's, in currency units."""
        place = project or PROGRAM
        if project is not None and project not in self.project_cost:
            raise ArgumentError(f"there is no project {project!r}{nearest(project, self.project_cost)}")
        samples = self.project_cost[project] if project else self.cost_cents
        amounts = [target.cost.value for target in cost_targets(self.program, place) if target.cost]
        label = f"{name_of(self.program, place)} cost"
        return Forecast(label, samples / CENTS, self.currency, next(iter(amounts), None), self.provenance)

    @property
    def currency(self) -> str:
        """The program's currency code, or nothing."""
        return self.program.currency or ""

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
        told = [f"{word} {_medians(forecast)}" for word, forecast in (("finish", self.finish()), ("cost", self.cost()))]
        return f"{name} {'; '.join(told)}  ({len(self):,} iterations, seed {self.seed})>"

    def plan_text(self) -> str:
        """Return the deterministic finish and cost in words."""
        cost = self.plan.cost_cents / CENTS
        return f"finish {day(instant_of(self.plan.finish))}, cost {money_format(self.currency, cost)(cost)}"

    def _repr_html_(self) -> str:
        title, finish = self.program.program, self.finish()
        if not self.random:
            return make_card(title, "Plan", "", [], f"{self.plan_text()}; this is a plan, not a forecast")
        figures = [*_titled("Finish", finish), *_titled("Cost", self.cost())]
        return make_card(title, "Trials", finish.drawing(), figures, f"{len(self):,} iterations · {self.provenance}")


def _medians(forecast: Forecast) -> str:
    return ", ".join(f"{level_name(p)} {forecast.text(forecast.quantile(p))}" for p in (0.50, 0.80))


def _titled(word: str, forecast: Forecast) -> list[Figure]:
    """Return the figures of one forecast, three to a row, the first headed with ``word``."""
    row = [
        (f"{word} {heading}" if heading.startswith("P50") else heading, value, simulated)
        for heading, value, simulated in forecast.figures()
    ]
    return row if len(row) == 3 else [*row, ("", "", False)]


def _timestamp(minutes: float) -> datetime | None:
    return None if isnan(minutes) else instant_of(round(minutes))
