"""Risk matrix, or probability-impact matrix: each risk on a grid, its exposure, both before and after responses too.

The impact is what the register's risk does to the program where it occurs: the mean of finish and cost with the risk
minus without it, paired, over its probability; exposure is probability x impact, the mean effect itself. A matrix is
no forecast: it adds nothing up, knows no path and no correlation, and can rank a smaller risk above a larger one.
Source of that warning: Cox (2008), What's wrong with risk matrices?, Risk Analysis 28, 497-512.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from riskmc.analysis.paired import Difference, mean_difference
from riskmc.analysis.risk_scale import RiskScale, risk_scale
from riskmc.analysis.units import interval_columns, money_column
from riskmc.errors import ArgumentError
from riskmc.forecast.card import Card, Shown, Table
from riskmc.forecast.differences import days_apart
from riskmc.forecast.figures import iterations_text
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.network.network import Mitigation
from riskmc.program.program import Program
from riskmc.program.response import Response
from riskmc.simulation.cases import run_cases
from riskmc.simulation.engine import simulate, simulate_like
from riskmc.simulation.trials import CENTS, Trials

if TYPE_CHECKING:
    import pandas as pd

NOTE = (
    "A matrix is no forecast: it adds nothing up, knows no path and no correlation, and may rank a smaller risk above "
    "a larger one (Cox 2008). Decide by the simulation."
)
_ROWS = 5
Kind = Literal["threat", "opportunity", "no effect"]


@dataclass(frozen=True)
class RiskPlace:
    """One risk in one state of mitigation: its probability, exposure and place on the grid.

    Parameters
    ----------
    probability : float
        As the register says; the share of iterations in which it occurred where that hangs on others or on responses.
    exposure_days, exposure_cost : Difference
        Mean effect on finish (days of 24 hours) and cost (currency units) over all iterations; above 0 is harm.
    row, column : int or None
        Bands of probability and impact, 0 the lowest; the impact is the larger of delay and cost. None where the risk
        occurs never or does nothing.
    """

    id: str
    name: str
    probability: float
    exposure_days: Difference
    exposure_cost: Difference
    row: int | None
    column: int | None

    @property
    def impact_days(self) -> float | None:
        """Mean effect on the finish where the risk occurs, in days of 24 hours; None where it never does."""
        return self.exposure_days.value / self.probability if self.probability else None

    @property
    def impact_cost(self) -> float | None:
        """Mean effect on the cost where the risk occurs, in currency units; None where it never does."""
        return self.exposure_cost.value / self.probability if self.probability else None

    @property
    def kind(self) -> Kind:
        """An opportunity shortens or cheapens and does no harm (K5); what does harm is a threat."""
        effects = (self.exposure_days.value, self.exposure_cost.value)
        return "threat" if max(effects) > 0 else "opportunity" if min(effects) < 0 else "no effect"

    @property
    def rank(self) -> tuple[int, float, float]:
        """What risks are ranked by, descending: their place on the grid, then exposure in days, then in money."""
        place = -1 if self.row is None or self.column is None else (1 + self.row) * (1 + self.column)
        return place, abs(self.exposure_days.value), abs(self.exposure_cost.value)


@dataclass(frozen=True, eq=False, repr=False)
class RiskMatrix(Shown):
    """The risks of a program on a grid of probability and impact, those that rank highest first.

    Parameters
    ----------
    trials : Trials
    scale : RiskScale
        The bands of the grid.
    risks : tuple of RiskPlace
        In the state of mitigation of the trials.
    before, after : by identifier
        The same without any response, and with all of them; empty where the program has no responses.
    """

    trials: Trials
    scale: RiskScale
    risks: tuple[RiskPlace, ...]
    before: Mapping[str, RiskPlace]
    after: Mapping[str, RiskPlace]

    def of(self, kind: Kind) -> list[RiskPlace]:
        """Return the threats, the opportunities, or the risks without effect, highest first."""
        return [risk for risk in self.risks if risk.kind == kind]

    def cell(self, row: int, column: int, kind: Kind = "threat") -> list[RiskPlace]:
        """Return the risks in one cell of the grid, 0 the lowest band."""
        return [risk for risk in self.of(kind) if (risk.row, risk.column) == (row, column)]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """What the bands of impact are called; the words for cost stand beside those for delay where they differ."""
        days, cost = self.scale.days.names, self.scale.cost.names
        if not self.trials.has_cost:
            return days
        pairs = zip_longest(days, cost)
        return tuple(" / ".join(dict.fromkeys(name for name in pair if name is not None)) for pair in pairs)

    def to_frame(self) -> pd.DataFrame:
        """Return one row a risk, highest first: probability, impact where it occurs, exposure, bands.

        Exposure before and after the responses stands in the columns that begin with ``before_`` and ``after_``.
        """
        import pandas as pd

        return pd.DataFrame([self._row(risk) for risk in self.risks])

    def _row(self, risk: RiskPlace) -> dict[str, object]:
        money = {word: money_column(f"{word}_cost", self.trials) for word in ("impact", "exposure")}
        states = [("before", self.before.get(risk.id)), ("after", self.after.get(risk.id))]
        told = {
            "risk": risk.id, "name": risk.name, "kind": risk.kind, "probability": risk.probability,
            "impact_days": risk.impact_days, money["impact"]: risk.impact_cost,
            **interval_columns("exposure_days", risk.exposure_days),
            **interval_columns(money["exposure"], risk.exposure_cost),
            "probability_band": None if risk.row is None else self.scale.probability.names[risk.row],
            "impact_band": None if risk.column is None else self.columns[risk.column],
        }  # fmt: skip
        for word, state in states:
            told[f"{word}_exposure_days"] = None if state is None else state.exposure_days.value
            told[f"{word}_{money['exposure']}"] = None if state is None else state.exposure_cost.value
        return told

    def _card(self) -> Card:
        """Return what a notebook shows: how many risks there are, and the threats that rank highest."""
        rows = [(risk.name, _days(risk)) for risk in self.of("threat")[:_ROWS]]
        figures = [("", f"{len(self.risks)} risk{'' if len(self.risks) == 1 else 's'}", False)]
        table = Table(("exposure",), rows)
        return Card(self.trials.program.program, "Risk matrix", figures, table, (), NOTE, self._foot)

    @property
    def _foot(self) -> str:
        return f"{iterations_text(len(self.trials))} · {self.trials.provenance}"


def risk_matrix(found: Trials | Program) -> RiskMatrix:
    """Return the risks of a program on its scales of probability and impact, with exposure before and after responses.

    Of a program 10,000 iterations are run first, with seed 1. Each risk is left out in turn, in the same iterations.
    Raises ArgumentError where there is no risk, or where the trials cannot be run again.
    """
    trials = simulate(found) if isinstance(found, Program) else found
    if not trials.struck:
        raise ArgumentError("risk_matrix: no risk of the program is simulated; describe one under `risks:`")
    scale = risk_scale(trials)
    here = _places(trials, scale)
    ranked = sorted(here.values(), key=lambda risk: risk.rank, reverse=True)
    states: tuple[Mitigation, ...] = ("pre", "post") if trials.program.responses else ()
    before, after = [_state(trials, mitigation, scale, here) for mitigation in states] or [{}, {}]
    return RiskMatrix(trials, scale, tuple(ranked), before, after)


def _state(
    trials: Trials, mitigation: Mitigation, scale: RiskScale, here: Mapping[str, RiskPlace]
) -> Mapping[str, RiskPlace]:
    """Return the risks in another state of mitigation; those of the trials where the same responses act in both."""
    responses = trials.again().program.responses
    if _acting(responses, mitigation) == _acting(responses, trials.mitigation):
        return here
    return _places(simulate_like(trials, trials.again().program, mitigation=mitigation), scale)


def _acting(responses: Mapping[str, Response], mitigation: Mitigation) -> set[str]:
    """Return the responses that act (K6)."""
    statuses = {"pre": (), "current": ("approved", "in_plan"), "post": ("proposed", "approved", "in_plan")}[mitigation]
    return {name for name, response in responses.items() if response.status in statuses}


def _places(trials: Trials, scale: RiskScale) -> Mapping[str, RiskPlace]:
    """Return every risk by its identifier, from as many paired cases as there are risks."""
    names = list(trials.struck)
    cases = run_cases(trials, [frozenset((name,)) for name in names], program_alone=True)
    acting = _acting(trials.program.responses, trials.mitigation)
    found = {}
    for number, name in enumerate(names):
        days = mean_difference(cases.finish_minutes(number), trials.finish_minutes)
        cost = mean_difference(cases.cost_cents(number), trials.cost_cents)
        chance = _probability(trials, name, acting)
        found[name] = _place(trials, name, chance, days.per(DAY_MINUTES), cost.per(CENTS), scale)
    return found


def _probability(trials: Trials, name: str, acting: set[str]) -> float:
    """Return the probability that the register says, the simulated share where other risks or responses change it."""
    risk = trials.program.risks[name]
    touched = any(name in trials.program.responses[response].acts_on for response in acting)
    if risk.probability is None or risk.given or touched:
        return trials.struck[name]
    return risk.probability


def _place(trials: Trials, name: str, chance: float, days: Difference, cost: Difference, scale: RiskScale) -> RiskPlace:
    """Return a risk on the grid, by the larger of what it does to finish and cost where it occurs."""
    row = column = None
    if chance and (days.value or cost.value):
        row = scale.probability.step(chance)
        delay, excess = abs(days.value) / chance, abs(cost.value) / chance
        column = max(scale.days.step(delay), scale.cost.step(excess) if trials.has_cost else 0)
    return RiskPlace(name, trials.program.risks[name].name or name, chance, days, cost, row, column)


def _days(risk: RiskPlace) -> str:
    return days_apart(*risk.exposure_days.parts)[0]
