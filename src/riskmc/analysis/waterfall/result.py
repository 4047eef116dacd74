"""Waterfall as a result: the steps from the plan to P80, in days and in money, which add up in the printed digits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from riskmc.analysis.drivers.digits import Digits
from riskmc.analysis.drivers.result import Drivers
from riskmc.analysis.paired import Difference
from riskmc.analysis.units import interval_columns, money_column
from riskmc.forecast.card import MOST, Card, Shown, Table
from riskmc.forecast.figures import iterations_text, level_name
from riskmc.forecast.language import marked, said
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    import pandas as pd

RISK = "risk"
MERGES = " (merge bias)"
RANGED = marked("All other ranges"), marked("All other ranges (merge bias)")


@dataclass(frozen=True)
class Step:
    """One step: its identifier and kind, what to call it, and how many days and how much money it adds.

    ``finish`` (minutes since 1970-01-01) and ``cost_cents`` are the levels after it; None after the share of a single
    risk, which has no level of its own.
    """

    id: str
    kind: str
    name: str
    finish_days: Difference
    cost: Difference
    finish: int | None = None
    cost_cents: int | None = None

    def told(self, by: str) -> str:
        """Return what to call the step in the waterfall of ``finish`` or ``cost``: money has no merges."""
        name = self.name.removesuffix(MERGES) if by == "cost" else self.name
        return said(name) if self.kind != RISK else name


@dataclass(frozen=True, eq=False, repr=False)
class Waterfall(Shown):
    """The steps from the deterministic date and cost to a percentile: ranges, merges, correlations, then each risk.

    ``steps`` have levels of their own up to the forecast without risks; the ``risks`` after them are the shares in
    ``drivers``, whose sum is what is left. Differences are in days of 24 hours and in currency units; positive is
    later or dearer.
    """

    drivers: Drivers
    steps: tuple[Step, ...]
    risks: tuple[Step, ...]

    @property
    def trials(self) -> Trials:
        """The trials that are explained."""
        return self.drivers.trials

    @property
    def percentile(self) -> float:
        """The percentile to which the steps lead: 0.80 for P80."""
        return self.drivers.percentile

    def start(self, by: str) -> int:
        """Return the deterministic finish (minutes since 1970-01-01) or cost (cents), without margin."""
        plan = self.trials.plan
        return plan.finish if by == "finish" else plan.cost_cents

    def end(self, by: str) -> int:
        """Return the percentile of the finish (minutes since 1970-01-01) or of the cost (cents)."""
        return self.drivers.levels(by)[1]

    def digits(self, by: str) -> Digits:
        """Return how levels of the "finish" or of the "cost" are printed, and the steps between them."""
        return self.drivers.digits(by)

    def whole(self, by: str) -> list[int]:
        """Return the printed steps, whole days or whole steps of the last digit of money: all steps, then all risks.

        They add up to what lies between the printed plan and the printed percentile; steps are differences of printed
        levels, risks are shares of the rest by largest remainder.
        """
        digits = self.digits(by)
        levels = [self.start(by), *(_level(step, by) for step in self.steps)]
        printed = [digits.level(level) for level in levels]
        apart = [after - before for before, after in pairwise(printed)]
        shares = self.drivers.whole_shares(by)
        return apart + [shares[step.id] for step in self.risks]

    def to_frame(self) -> pd.DataFrame:
        """Return one row a step in their order, with 95% intervals; the columns add up to the percentile less the plan.

        ``finish_days`` in days of 24 hours, ``cost`` in currency units, ``printed_days`` in whole days that add up.
        """
        import pandas as pd

        cost, printed = money_column("cost", self.trials), self.whole("finish")
        rows = [
            {
                "step": step.id,
                "kind": step.kind,
                "name": step.name,
                **interval_columns("finish_days", step.finish_days),
                "printed_days": days,
                **interval_columns(cost, step.cost),
            }
            for step, days in zip((*self.steps, *self.risks), printed, strict=True)
        ]
        return pd.DataFrame(rows).set_index("step") if rows else pd.DataFrame()

    @cached_property
    def foot(self) -> str:
        """What made these numbers, in a few words."""
        return f"{iterations_text(len(self.trials))} · {self.trials.provenance}"

    def _card(self) -> Card:
        """Return what a notebook shows: from the plan to the percentile, the steps that add up."""
        digits, level = self.digits("finish"), level_name(self.percentile)
        told = zip((*self.steps, *self.risks), self.whole("finish"), strict=True)
        steps = [(step.name, days) for step, days in told if days]
        if len(steps) > MOST:
            steps[MOST - 1 :] = [(f"{len(steps) - MOST + 1} others", sum(days for _, days in steps[MOST - 1 :]))]
        ends = [
            ("Plan", digits.level_text(self.start("finish")), False),
            (level, digits.level_text(self.end("finish")), True),
        ]
        table = Table(("",), [(name, digits.text(days)) for name, days in steps])
        note = "shares of risks are parts of the delay, not savings"
        return Card(self.trials.program.program, "Waterfall", ends, table, (), note, self.foot)


def ordered(steps: tuple[Step, ...], by: str) -> list[int]:
    """Return the places of the risks, the largest share of the "finish" or of the "cost" first."""
    return sorted(range(len(steps)), key=lambda place: -abs(part(steps[place], by).value))


def part(step: Step, by: str) -> Difference:
    """Return what a step adds to the "finish" in days, or to the "cost" in currency units."""
    return step.finish_days if by == "finish" else step.cost


def _level(step: Step, by: str) -> int:
    level = step.finish if by == "finish" else step.cost_cents
    assert level is not None
    return level
