"""Funding: which projects to fund under a budget, by expected values, and how the chosen sets fare in the simulation.

A project that another one waits for has to be funded with it. Sets are chosen by an integer program: the highest
expected net present value that so much expected cost buys, for falling amounts of it; each set is then simulated, its
other projects left out. Sources: Weingartner (1963), Mathematical Programming and the Analysis of Capital Budgeting
Problems; HiGHS (Huangfu and Hall 2018) through scipy.optimize.milp.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from riskmc.analysis.units import money_column
from riskmc.analysis.value.worth import Value, value
from riskmc.errors import ArgumentError
from riskmc.forecast import Probability
from riskmc.forecast.amount import read_amount
from riskmc.forecast.card import Card, Shown
from riskmc.forecast.figures import chance, iterations_text, money_format
from riskmc.forecast.interval import CONFIDENCE, normal_quantile
from riskmc.program.program import Program
from riskmc.simulation.engine import simulate_like
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import CENTS, Trials

if TYPE_CHECKING:
    import pandas as pd

MOST_SETS = 24
STEP = 1e-5  # of the cost of all projects, by which the next set is cheaper at least; a solver's tolerance is 1e-6


@dataclass(frozen=True)
class FundedSet:
    """Projects that are funded together, simulated without the others.

    ``npv`` and its ends are the mean net present value, ``cost_mean`` and ``cost_p80`` the cost; money in currency
    units. ``dominated`` says that another set is worth more and keeps the budget as often, or more often.
    """

    projects: tuple[str, ...]
    npv: float
    npv_low: float
    npv_high: float
    cost_mean: float
    cost_p80: float
    within_budget: Probability
    positive: Probability
    dominated: bool = False


@dataclass(frozen=True, eq=False, repr=False)
class Funding(Shown):
    """Which projects to fund under a budget: the ``chosen`` set, and all sets that were looked at, dearest first.

    ``needs`` tells which projects each one waits for; ``budget`` is in currency units.
    """

    base: Value
    budget: float
    chosen: FundedSet
    sets: tuple[FundedSet, ...]
    needs: dict[str, tuple[str, ...]]

    @property
    def frontier(self) -> tuple[FundedSet, ...]:
        """The sets that none dominates: more value only with a smaller chance of staying in the budget."""
        return tuple(one for one in self.sets if not one.dominated)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a set, the dearest first: its projects, mean NPV with interval, cost, chances."""
        import pandas as pd

        money = {word: money_column(word, self.base.trials) for word in ("npv_mean", "cost_mean", "cost_p80")}
        rows = [
            {
                "projects": ", ".join(one.projects), "chosen": one is self.chosen, "dominated": one.dominated,
                money["npv_mean"]: one.npv, f"{money['npv_mean']}_low": one.npv_low,
                f"{money['npv_mean']}_high": one.npv_high, money["cost_mean"]: one.cost_mean,
                money["cost_p80"]: one.cost_p80, "chance_within_budget": one.within_budget.value,
                "chance_within_budget_low": one.within_budget.low, "chance_within_budget_high": one.within_budget.high,
                "chance_positive": one.positive.value,
            }
            for one in self.sets
        ]  # fmt: skip
        return pd.DataFrame(rows)

    def names(self, one: FundedSet) -> str:
        """Return the display names of a set's projects."""
        return ", ".join(name_of(self.base.trials.program, name) for name in one.projects) or "nothing"

    def text(self, amount: float) -> str:
        """Return an amount as people write it."""
        return money_format(self.base.trials.currency, amount)(amount)

    def _card(self) -> Card:
        """Return what a notebook shows: what to fund, what it is worth, and how surely the budget holds."""
        figures = [
            ("fund", self.names(self.chosen), False),
            ("mean NPV", self.text(self.chosen.npv), True),
            (f"chance within {self.text(self.budget)}", chance(self.chosen.within_budget), True),
        ]
        return Card(self.base.trials.program.program, "Funding", figures, foot=self._foot)

    @property
    def _foot(self) -> str:
        return f"{iterations_text(len(self.base.trials))} · {self.base.money}"


def fund(base: Value | Trials, budget: float | str, *, progress: Progress | None = None) -> Funding:
    """Return which projects to fund under a budget.

    The set of the highest expected net present value whose expected cost fits the budget is chosen; the chance that it
    does stay in the budget is simulated, and stands beside those of dearer and cheaper sets. Cost that belongs to no
    project is paid whatever is funded.

    Parameters
    ----------
    base : Value or Trials
        What the program with all its projects is worth.
    budget : float or str
        In currency units, ``"120M"``.

    Raises
    ------
    ArgumentError
        The program has one project only, no benefits or no discount rate; the budget is no amount.
    """
    found = base if isinstance(base, Value) else value(base)
    trials = found.trials
    projects = [place for place in found.places if place]
    if len(projects) < 2:
        raise ArgumentError(f"fund: there is one project only, {', '.join(projects)}: nothing to choose from")
    amount, needs = read_amount("budget", trials.currency, budget), _needs(trials.again().program)
    shared = float(trials.cost_cents.mean() - sum(cost.mean() for cost in trials.project_cost.values())) / CENTS
    chosen, sets = _sets(found, projects, needs, amount - shared), []
    for number, names in enumerate(chosen):
        sets.append(_simulated(found, names, amount))
        if progress is not None:
            progress(1 + number, len(chosen))
    marked = tuple(_marked(sets))
    fitting = (one for one, names in zip(marked, chosen, strict=True) if _cost(trials, names) + shared <= amount)
    return Funding(found, amount, next(fitting, marked[-1]), marked, needs)


def _cost(trials: Trials, names: Sequence[str]) -> float:
    """Return the expected cost of some projects, in currency units."""
    return float(sum(trials.project_cost[name].mean() for name in names)) / CENTS


def _needs(program: Program) -> dict[str, tuple[str, ...]]:
    """Return the other projects that work of each one waits for."""
    found: dict[str, tuple[str, ...]] = {}
    for name, project in program.projects.items():
        paths = [program.path(link.activity, name) for one in project.activities.values() for link in one.after]
        others = dict.fromkeys(program.project_of(path) for path in paths)
        found[name] = tuple(other for other in others if other != name)
    return found


def _sets(found: Value, projects: Sequence[str], needs: dict[str, tuple[str, ...]], budget: float) -> list[list[str]]:
    """Return the sets of the highest expected value for falling expected cost, the dearest first; nothing is the last.

    At most MOST_SETS, those about the budget.
    """
    worth = np.array([float(found.npv(name).samples.mean()) for name in projects])
    costs = np.array([_cost(found.trials, [name]) for name in projects])
    sets: list[list[str]] = []
    room = float(costs.sum())
    while True:
        chosen = _best(worth, costs, [(projects.index(a), projects.index(b)) for a in needs for b in needs[a]], room)
        sets.append([name for name, is_in in zip(projects, chosen, strict=True) if is_in])
        spent = float(costs[chosen].sum())
        if not sets[-1] or spent <= 0 or sets[-1] in sets[:-1]:
            break  # nothing is left, or the solver can find nothing cheaper
        room = spent - STEP * float(costs.sum())
    sets = [names for place, names in enumerate(sets) if names and names not in sets[:place]] + [[]]
    fits = next(place for place, names in enumerate(sets) if _cost(found.trials, names) <= budget or not names)
    first = max(0, min(fits - MOST_SETS // 2, len(sets) - MOST_SETS))
    return sets[first : first + MOST_SETS]


def _best(worth: np.ndarray, costs: np.ndarray, pairs: Sequence[tuple[int, int]], room: float) -> np.ndarray:
    """Return bool[projects]: what to fund for the highest expected value, the cheaper of equals."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    total = float(costs.sum()) or 1.0
    rows = [costs / total, *(np.eye(worth.size)[a] - np.eye(worth.size)[b] for a, b in pairs)]
    limits = LinearConstraint(np.array(rows), -np.inf, [max(room / total, 0.0), *(0.0 for _ in pairs)])
    scale = max(float(np.abs(worth).max()), 1.0)
    goal = -(worth / scale - 1e-6 * costs / total)
    solved = milp(goal, constraints=limits, integrality=np.ones(worth.size, np.int64), bounds=Bounds(0, 1))
    assert solved.x is not None  # nothing is always allowed
    return np.asarray(np.round(solved.x) > 0)


def _simulated(found: Value, names: Sequence[str], budget: float) -> FundedSet:
    """Return how a set of projects fares when it is simulated without the others."""
    other = value(simulate_like(found.trials, without(found.trials.again().program, names)), found.rate)
    npv = other.npv()
    half = other.trials.replicates.mean_half_width(npv.samples, CONFIDENCE)
    if half is None:
        half = normal_quantile((1 + CONFIDENCE) / 2) * npv.sd() / len(npv) ** 0.5
    mean, cost = float(npv.samples.mean()), other.trials.cost()
    p80 = cost.quantile(0.80)
    assert isinstance(p80, float)
    return FundedSet(
        tuple(names), mean, mean - half, mean + half, float(cost.samples.mean()), p80, cost.probability(budget),
        other.chance_positive(),
    )  # fmt: skip


def without(program: Program, funded: Sequence[str]) -> Program:
    """Return the program in which only some projects are done: work and costs of the others do not exist."""
    projects = {
        name: project
        if name in funded
        else project.model_copy(
            update={
                "activities": {
                    key: one.model_copy(update={"exists": 0.0, "when": None}) for key, one in project.activities.items()
                }
            }
        )
        for name, project in program.projects.items()
    }
    costs = {key: item for key, item in program.costs.items() if item.project is None or item.project in funded}
    return program.model_copy(update={"projects": projects, "costs": costs})


def _marked(sets: Sequence[FundedSet]) -> list[FundedSet]:
    """Return the sets, those marked that another one dominates."""
    from dataclasses import replace

    def beats(one: FundedSet, other: FundedSet) -> bool:
        better = one.npv > other.npv or one.within_budget > other.within_budget
        return one.npv >= other.npv and one.within_budget >= other.within_budget and better

    return [replace(one, dominated=any(beats(other, one) for other in sets)) for one in sets]
