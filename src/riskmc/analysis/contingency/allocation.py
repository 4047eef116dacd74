"""Allocation: the contingency at a level told apart by source, by project and by response, in parts that add up.

Percentiles of parts are never added (A5). Each part is a Shapley share (Shapley 1953) of the one percentile: of risks
over the program without risks, of projects over the base in money, of responses over the program before responses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.drivers import Drivers, drivers
from riskmc.analysis.paired import Difference
from riskmc.analysis.sectioned import quantile_of, sectioned
from riskmc.analysis.shapley import Shares, apportioned, shapley_shares
from riskmc.analysis.units import interval_columns, money_column
from riskmc.forecast import Forecast
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.forecast.language import marked
from riskmc.network.risks import active_responses
from riskmc.program.program import Program
from riskmc.simulation.engine import simulate_like
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import CENTS, Trials

if TYPE_CHECKING:
    import pandas as pd

ESTIMATES, RISK, PROJECT, BEFORE, RESPONSE = "estimates", "risk", "project", "before responses", "response"
NO_PROJECT = ""
_EXACT, _PAIRS = 6, 8  # responses up to which every combination is run, and pairs of orders beyond

Floats = NDArray[np.float64]
Samples = NDArray[np.int64]


@dataclass(frozen=True)
class Part:
    """One part of the contingency, in whole minutes and cents, so that parts add up; None where it has no such part.

    ``finish_days`` and ``cost`` are the same in days of 24 hours and in currency units, with 95% intervals.
    """

    kind: str
    id: str
    name: str
    minutes: int | None
    cents: int | None
    finish_days: Difference | None
    cost: Difference | None


@dataclass(frozen=True, eq=False)
class Allocation:
    """Parts that add up to the contingency at the ``percentile``; ``exact`` where no order of joining was sampled.

    ``drivers`` are the risks whose shares the parts are; None where the parts are no risks.
    """

    trials: Trials
    percentile: float
    parts: tuple[Part, ...]
    exact: bool
    drivers: Drivers | None = None

    def __len__(self) -> int:
        return len(self.parts)

    @property
    def minutes(self) -> int:
        """The sum of the parts in minutes."""
        return sum(part.minutes or 0 for part in self.parts)

    @property
    def cents(self) -> int:
        """The sum of the parts in cents."""
        return sum(part.cents or 0 for part in self.parts)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a part: kind, name, days of 24 hours and money, each with its 95% interval."""
        import pandas as pd

        rows = [
            {
                "id": part.id,
                "kind": part.kind,
                "name": part.name,
                **interval_columns("finish_days", part.finish_days),
                **interval_columns(money_column("cost", self.trials), part.cost),
            }
            for part in self.parts
        ]
        return pd.DataFrame(rows).set_index("id")


def by_source(trials: Trials, percentile: float, progress: Progress | None = None) -> Allocation:
    """Return what ranges, drivers and choices need without any risk, and on top of it the share of every risk.

    The shares are those of `analysis.drivers`.
    """
    return of_drivers(drivers(trials, percentile, removals=False, progress=progress))


def of_drivers(told: Drivers) -> Allocation:
    """Return the same of drivers that are known already."""
    trials, percentile, plan = told.trials, told.percentile, told.trials.plan
    late, dear = told.riskless.finish - plan.finish, told.riskless.cost - plan.cost_cents
    first = _first(ESTIMATES, marked("Ranges, drivers and choices"), late, dear, trials, percentile)
    shares = [(driver.finish_days, driver.cost) for driver in told.risks]
    minutes = _apportioned([days for days, _ in shares], DAY_MINUTES, _between(told.levels("finish")))
    cents = _apportioned([money for _, money in shares], CENTS, _between(told.levels("cost")))
    parts = [
        Part(RISK, driver.id, driver.name, late, dear, driver.finish_days, driver.cost)
        for driver, late, dear in zip(told.risks, minutes, cents, strict=True)
    ]
    return Allocation(trials, percentile, (first, *parts), not told.pairs, told)


def _between(levels: tuple[int, int]) -> int:
    low, high = levels
    return high - low


def _apportioned(shares: Sequence[Difference | None], unit: int, total: int) -> list[int]:
    """Return shares in days or in currency units as whole minutes or cents that add up to the total."""
    parts = np.array([unit * share.value for share in shares if share is not None])
    return [int(whole) for whole in apportioned(parts, total)]


def _first(kind: str, name: str, late: Samples, dear: Samples, trials: Trials, percentile: float) -> Part:
    """Return the part to which shares are added: the percentile of what lies above a base, in minutes and in cents."""
    days, money = (_quantile(samples, trials, percentile) for samples in (late, dear))
    return Part(kind, kind, name, round(days.value), round(money.value), days.per(DAY_MINUTES), money.per(CENTS))


def _quantile(samples: Samples, trials: Trials, percentile: float) -> Difference:
    """Return a percentile of whole numbers with its interval, from the order statistics (A2)."""
    found = Forecast("", samples.astype(np.float64), "", replicates=trials.replicates)
    return Difference(found.quantile(percentile), *found.quantile_interval(percentile))  # type: ignore[arg-type]


def by_project(trials: Trials, percentile: float) -> Allocation:
    """Return the part of every project in the contingency in money, and of what belongs to no project.

    The players are the projects: one that has joined costs what it costs in each iteration, another what the plan says.
    """
    plan, costs = trials.plan, dict(trials.project_cost)
    planned = {name: plan.project_cost[name] for name in costs}
    rest = trials.cost_cents - sum(costs.values())
    if np.any(rest != trials.unassigned_plan_cents):
        costs[NO_PROJECT], planned[NO_PROJECT] = rest, trials.unassigned_plan_cents
    above = {name: cents - planned[name] for name, cents in costs.items()}
    measure = quantile_of(percentile)

    def value(coalitions: Sequence[frozenset[str]]) -> Floats:
        none = np.zeros(len(trials), np.int64)
        sums = (sum((above[name] for name in sorted(joined)), none) for joined in coalitions)
        return np.array([[sectioned(cents, measure, trials.replicates)] for cents in sums])

    found = shapley_shares(list(above), value, seed=trials.seed)
    cents = found.whole(0).tolist()
    parts = tuple(
        Part(PROJECT, name, _project_name(trials, name), None, whole, None, found.share(name).per(CENTS))
        for name, whole in zip(found.players, cents, strict=True)
    )
    return Allocation(trials, percentile, parts, not found.pairs)


def by_response(trials: Trials, percentile: float, progress: Progress | None = None) -> Allocation:
    """Return the contingency before any response that can be switched off, and what each that acts makes of it.

    A response changes base and percentile alike (its cost, its work): its part is how far the difference of the two
    moves. The players are the responses.
    """
    rerun = trials.again()
    acting = active_responses(rerun.program, rerun.settings.mitigation)
    players = [name for name, response in acting.items() if response.status != "done"]
    measure = quantile_of(percentile)
    none = _above_base(trials, _with(rerun.program, frozenset()))

    def value(coalitions: Sequence[frozenset[str]]) -> Floats:
        rows = []
        for bought in coalitions:
            above = _above_base(trials, _with(rerun.program, bought)) if bought else none
            rows.append([sectioned(samples, measure, trials.replicates) for samples in above])
            if progress is not None:
                progress(len(rows), len(coalitions))
        return np.array(rows)

    found = shapley_shares(players, value, seed=trials.seed, exact=_EXACT, pairs=_PAIRS)
    first = _first(BEFORE, marked("Before responses"), *none, trials, percentile)
    names = {name: rerun.program.responses[name].name or name for name in players}
    return Allocation(trials, percentile, (first, *_parts(RESPONSE, found, names)), not found.pairs)


def _above_base(trials: Trials, program: Program) -> tuple[Samples, Samples]:
    """Return how far finish (minutes) and cost (cents) of a changed program lie above its own base, int64[n] each."""
    rerun = trials.again()
    same = program.responses == rerun.program.responses and rerun.settings.mitigation == "current"
    later = trials if same else simulate_like(trials, program, mitigation="current")
    return later.finish_minutes - later.plan.finish, later.cost_cents - later.plan.cost_cents


def _with(program: Program, bought: frozenset[str]) -> Program:
    """Return the program in which, of the responses that can be switched off, those bought act and no others."""
    changed = {}
    for name, response in program.responses.items():
        chosen = "proposed" if name not in bought else "in_plan" if response.status == "in_plan" else "approved"
        changed[name] = response if response.status == "done" else response.model_copy(update={"status": chosen})
    return program.model_copy(update={"responses": changed})


def _parts(kind: str, found: Shares, names: dict[str, str]) -> list[Part]:
    minutes, cents = found.whole(0).tolist(), found.whole(1).tolist()
    return [
        Part(
            kind,
            player,
            names[player],
            late,
            dear,
            found.share(player, 0).per(DAY_MINUTES),
            found.share(player, 1).per(CENTS),
        )
        for player, late, dear in zip(found.players, minutes, cents, strict=True)
    ]


def _project_name(trials: Trials, name: str) -> str:
    return name_of(trials.program, name) if name else marked("Program (no project)")
