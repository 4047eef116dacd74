"""Effect of a response: what it saves in days and in money, what it costs, and whether it pays (K6, PMI).

Every figure compares the same iterations with the response and without it (`analysis.paired`), everything else as it
is now. Sources: Project Management Institute (2019), The Standard for Risk Management in Portfolios, Programs, and
Projects, section 4.6; Hulett (2011), Integrated Cost-Schedule Risk Analysis, chapter 8.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.comparison_change import Change
from riskmc.analysis.comparison_shift import DAYS, ChanceShift, Shift
from riskmc.analysis.paired import Difference, mean_difference
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.forecast.interval import quantile_rank
from riskmc.simulation.trials import CENTS, Trials


@dataclass(frozen=True, eq=False, repr=False)
class ResponseEffect:
    """One response, with and without it; what it saves is positive, in days of 24 hours or in currency units.

    Parameters
    ----------
    id, name, status : str
        As the program has them; a proposed one is bought or not, an approved or planned one is kept or dropped.
    without, with_it : Trials
        The same iterations without and with it: finishes, costs and targets.
    paid_cents : int64[n]
        What it costs in every iteration; nothing for one that is in the plan already.
    percentile : float
        The level at which the organisation commits; 0.80 is P80.
    cost_of_delay : float or None
        What a day is worth, in currency units.
    """

    id: str
    name: str
    status: str
    without: Trials
    with_it: Trials
    paid_cents: NDArray[np.int64]
    percentile: float
    cost_of_delay: float | None

    @cached_property
    def change(self) -> Change:
        """How it moves every finish, every cost and every target: with it minus without it."""
        return Change(self.name, self.without, self.with_it)

    @property
    def chances(self) -> list[ChanceShift]:
        """How it moves the chance of every target."""
        return self.change.chances

    @cached_property
    def changes_nothing(self) -> bool:
        """Whether every finish, and every cost but its own, is the same in every iteration."""
        finish, cost = self.days, self.money
        return finish.nothing and cost.nothing

    @cached_property
    def days(self) -> Shift:
        """What it saves in days: ``days.quantile(0.80)``, ``days.mean()``, each with its interval."""
        return Shift(DAYS, DAY_MINUTES, self.with_it.finish_minutes, self.without.finish_minutes)

    @cached_property
    def money(self) -> Shift:
        """What it saves in money before its own cost: ``money.quantile(0.80)``, ``money.mean()``."""
        gross = self.with_it.cost_cents - self.paid_cents
        return Shift(self.without.currency, CENTS, gross, self.without.cost_cents)

    @cached_property
    def cost(self) -> float:
        """What it is expected to cost, in currency units."""
        return int(self.paid_cents.sum()) / len(self.paid_cents) / CENTS

    @cached_property
    def cost_range(self) -> tuple[float, float] | None:
        """P10 and P90 of what it costs, in currency units; None where that is certain."""
        ordered = np.sort(self.paid_cents)
        if ordered[0] == ordered[-1]:
            return None
        low, high = (int(ordered[quantile_rank(len(ordered), p) - 1]) / CENTS for p in (0.10, 0.90))
        return low, high

    @cached_property
    def value_of_days(self) -> Difference | None:
        """What the days it is expected to save are worth; None where no cost of delay is said."""
        return None if self.cost_of_delay is None else _times(self.days.mean(), self.cost_of_delay)

    @cached_property
    def value_of_days_at_percentile(self) -> Difference | None:
        """What the days it saves at the committed percentile are worth; None where no cost of delay is said."""
        saved = self.days.quantile(self.percentile)
        return None if self.cost_of_delay is None else _times(saved, self.cost_of_delay)

    @cached_property
    def benefit(self) -> Difference:
        """What it is expected to save in all: money, and days where they have a value."""
        return mean_difference(np.zeros(len(self.paid_cents)), self._saved)

    @cached_property
    def net(self) -> Difference:
        """Its expected benefit less its cost."""
        return mean_difference(np.zeros(len(self.paid_cents)), self._saved - self.paid_cents / CENTS)

    @cached_property
    def ratio(self) -> Difference | None:
        """Its expected benefit divided by its expected cost; None where it costs nothing more."""
        if not self.cost:
            return None
        value, low, high = (None if end is None else 1 + end / self.cost for end in self.net)
        assert value is not None
        return Difference(value, low, high)

    @cached_property
    def pays(self) -> bool | None:
        """Whether it is worth more than it costs; None where that is not known, or hangs on what a day is worth."""
        net, saved = self.net, self.days.mean()
        if self.cost_of_delay is None and saved.value != 0 and (net.value > 0) != (saved.value > 0):
            return None
        if net.low == net.high == 0:
            return False
        return net.value > 0 if net.told_apart else None

    @cached_property
    def breaks_even_at(self) -> float | None:
        """What a day must be worth for it to pay, in currency units; None where no such worth decides it."""
        saved, shortfall = self.days.mean(), self.cost - self.money.mean().value
        return shortfall / saved.value if saved.told_apart and saved.value > 0 and shortfall > 0 else None

    @property
    def _saved(self) -> NDArray[np.float64]:
        """What it saves in every iteration, in currency units."""
        money = (self.money.other - self.money.base) / CENTS
        if not self.cost_of_delay:
            return money
        return money + (self.days.other - self.days.base) * (self.cost_of_delay / DAY_MINUTES)

    def __repr__(self) -> str:
        value, low, high = self.days.quantile(self.percentile)
        told = f"{value:.1f} days" if low is None or high is None else f"{value:.1f} days ({low:.1f} to {high:.1f})"
        return f"<ResponseEffect {self.id!r}: saves {told} at P{100 * self.percentile:g}>"


def _times(difference: Difference, factor: float) -> Difference:
    value, low, high = difference
    return Difference(value * factor, None if low is None else low * factor, None if high is None else high * factor)
