"""Measure: the one figure by which portfolios of responses are rated: P80 finish, P80 cost, or chance of the target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.paired import Difference, probability_difference, quantile_difference
from riskmc.analysis.responses.search import Bought, Rating
from riskmc.analysis.targets import program_budget, program_date
from riskmc.analysis.units import money_column
from riskmc.errors import ArgumentError
from riskmc.forecast.differences import DAYS, days_apart, money_apart, points_apart
from riskmc.forecast.figures import level_name, money_format, whole_percent
from riskmc.forecast.instant import DAY_MINUTES, instant_of, minutes_of
from riskmc.forecast.interval import quantile_rank
from riskmc.forecast.language import formats, said
from riskmc.forecast.written import Written
from riskmc.simulation.montecarlo import Progress
from riskmc.simulation.portfolios import Portfolios, run_portfolios
from riskmc.simulation.trials import CENTS, Trials

By = Literal["finish", "cost", "chance"]
Samples = NDArray[Any]
_BATCH = 4096  # portfolios whose iterations are held at a time


@dataclass(frozen=True)
class Measured:
    """What is measured: the ``percentile`` of finish or cost, or the chance of a date or budget (``limit``) ``at``.

    ``limit`` is in minutes since 1970-01-01, or in cents where ``of`` is cost.
    """

    by: By
    percentile: float
    of: Literal["finish", "cost"]
    limit: int = 0
    at: str | None = None
    target: str | None = None

    def sample(self, found: Portfolios, portfolio: int) -> Samples:
        """Return what is measured in every iteration of a portfolio: minutes, cents, or whether the target is met."""
        if self.of == "cost":
            samples = found.cost_cents(portfolio)
        else:
            samples = found.finish_minutes(portfolio) if not self.at else found.finish_at(portfolio, self.at)
        return samples <= self.limit if self.by == "chance" else samples

    def value(self, samples: Samples) -> int:
        """Return the figure as a whole number, the smaller the better: minutes, cents, or how many iterations miss."""
        if self.by == "chance":
            return int(np.count_nonzero(~samples))
        rank = quantile_rank(len(samples), self.percentile)
        return int(np.partition(samples, rank - 1)[rank - 1])

    def told(self, value: int, n: int) -> datetime | float:
        """Return the figure as a date, an amount of money or a share of the ``n`` iterations."""
        if self.by == "chance":
            return (n - value) / n
        return instant_of(value) if self.by == "finish" else value / CENTS

    def difference(self, base: Samples, other: Samples) -> Difference:
        """Return the paired difference, other minus base: days of 24 hours, currency units, or a share."""
        if self.by == "chance":
            same = np.array_equal(base, other)
            return Difference(0.0, 0.0, 0.0) if same else probability_difference(base, other)
        value, low, high = quantile_difference(base, other, self.percentile)
        per = DAY_MINUTES if self.by == "finish" else CENTS
        return Difference(value / per, None if low is None else low / per, None if high is None else high / per)

    def improves(self, base: Samples, other: Samples) -> bool:
        """Return whether ``other`` is better than ``base`` by more than simulation error."""
        found = self.difference(base, other)
        return found.told_apart and (found.value > 0) == (self.by == "chance")

    def column(self, trials: Trials) -> str:
        """Return the name of its column: ``finish_p80``, ``cost_p80_EUR``, ``chance``."""
        level = level_name(self.percentile).lower()
        if self.by == "chance":
            return "chance"
        return f"finish_{level}" if self.by == "finish" else money_column(f"cost_{level}", trials)

    def text(self, trials: Trials, value: datetime | float) -> str:
        """Return the figure as people write it."""
        if isinstance(value, datetime):
            return trials.finish().text(value)
        if self.by == "chance":
            return Written(formats().percent(str(whole_percent(value))), value, "chance")
        return money_format(trials.currency, value, value / 100)(value)

    def apart(self, difference: Difference, currency: str, days: str = DAYS) -> tuple[str, str]:
        """Return a difference as people write it, and its interval; ``days`` is how days are written."""
        if self.by == "cost":
            return money_apart(currency, *difference.parts)
        return days_apart(*difference.parts, days) if self.by == "finish" else points_apart(*difference.parts)

    def bought(self, difference: Difference, currency: str, days: str = DAYS) -> tuple[str, str]:
        """Return what a difference buys, better being more, and its interval: ``14 d``, ``13 to 17 d``."""
        value, low, high = difference
        if self.by == "chance":
            better = difference
        else:
            better = Difference(-value, None if high is None else -high, None if low is None else -low)
        text, interval = self.apart(better, currency, days)
        bare = text.replace("+", "")
        return text.reworded(bare) if isinstance(text, Written) else bare, interval.replace("+", "")

    @property
    def level(self) -> str:
        """Where it is bought: ``at P80``, or the name of the target."""
        if self.by == "chance":
            return said("of {target}", target=self.target)
        return said("at {level}", level=level_name(self.percentile))

    @property
    def name(self) -> str:
        """What is measured in a few words: ``P80 finish``, ``chance of Open to public``."""
        if self.by == "chance":
            return said("chance of {target}", target=self.target)
        level = level_name(self.percentile)
        return said("{level} finish", level=level) if self.by == "finish" else said("{level} cost", level=level)


def measured(trials: Trials, by: By, percentile: float) -> Measured:
    """Return what portfolios are rated by; ArgumentError for no such figure, or for a chance without a target."""
    if by not in ("finish", "cost", "chance"):
        raise ArgumentError(f"by is finish, cost or chance, got {by!r}")
    if by != "chance":
        return Measured(by, percentile, by)
    date, budget = program_date(trials), program_budget(trials)
    if date is not None:
        return Measured(by, percentile, "finish", minutes_of(date.date), date.at, date.name)
    if budget is not None:
        return Measured(by, percentile, "cost", round(budget.amount * CENTS), budget.at, budget.name)
    raise ArgumentError("the chance of what? the program has no target; name a date or a budget under `targets:`")


class Figure:
    """Rates portfolios of ``candidates`` by simulating them, some at a time."""

    def __init__(self, trials: Trials, measured: Measured, candidates: Bought, progress: Progress | None):
        self.trials, self.measured, self.candidates, self.progress = trials, measured, candidates, progress

    def rate(self, portfolios: Sequence[Bought]) -> list[Rating]:
        """Return what each portfolio costs over all iterations, in cents, and its figure."""
        ratings: list[Rating] = []
        for first in range(0, len(portfolios), _BATCH):
            some = portfolios[first : first + _BATCH]
            found = run_portfolios(self.trials, self.candidates, some, self._told(first, len(portfolios)))
            paid = {name: int(cents.sum()) for name, cents in found.paid.items()}
            ratings += [
                Rating(sum(paid[name] for name in bought), self.measured.value(self.measured.sample(found, k)))
                for k, bought in enumerate(some)
            ]
        return ratings

    def samples(self, portfolios: Sequence[Bought]) -> Mapping[Bought, Samples]:
        """Return what is measured in every iteration of each portfolio."""
        wanted = list(dict.fromkeys(portfolios))
        found = run_portfolios(self.trials, self.candidates, wanted)
        return {bought: self.measured.sample(found, k) for k, bought in enumerate(wanted)}

    def told(self, rating: Rating) -> tuple[float, datetime | float]:
        """Return what a rating says: what is spent in currency units, and the figure."""
        n = len(self.trials)
        return rating.spent / n / CENTS, self.measured.told(rating.value, n)

    def _told(self, first: int, total: int) -> Progress | None:
        if self.progress is None:
            return None
        progress = self.progress
        count = min(_BATCH, total - first)
        return lambda done, of: progress(first * of + done * count, total * of)
