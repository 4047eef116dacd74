"""Needed: the contingency that a confidence level asks for on top of the base, in days and in money (AACE 40R-08).

Needed is the percentile minus the base: the deterministic plan with margin and contingency taken out. Its interval is
that of the percentile, for the base is certain.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from riskmc.analysis.contingency.held import working_days
from riskmc.analysis.drivers.view import level, view_of
from riskmc.analysis.paired import Difference
from riskmc.analysis.units import interval_columns, money_column
from riskmc.forecast.differences import days_apart, money_apart
from riskmc.forecast.instant import DAY_MINUTES, instant_of, minutes_of
from riskmc.simulation.trials import CENTS, Trials


@dataclass(frozen=True)
class Needed:
    """What one confidence level asks for: ``finish_days`` of 24 hours and ``cost`` in currency units above the base.

    ``finish`` is the percentile itself; ``working_days`` are those of the program's calendar. The percentages are of
    the base: of its days from the program's start to its finish, and of its cost; None of a base of nothing.
    ``endless``: the percentile falls on iterations that did not end (D8): no less than ``finish_days`` is needed.
    """

    level: float
    finish: datetime
    finish_days: Difference
    working_days: float
    finish_percent: float | None
    cost: Difference
    cost_percent: float | None
    endless: bool = False

    def columns(self, trials: Trials) -> dict[str, Any]:
        """Return the figures by the names of columns, with their units."""
        return {
            "level": self.level,
            "finish": self.finish,
            **interval_columns("finish_days", self.finish_days),
            "finish_working_days": self.working_days,
            "finish_percent": self.finish_percent,
            **interval_columns(money_column("cost", trials), self.cost),
            "cost_percent": self.cost_percent,
        }

    def text(self, trials: Trials) -> str:
        """Return both in words: ``+156 d and +EUR 6.3M``."""
        days = days_apart(self.finish_days.value, self.finish_days[1:])[0]
        if not trials.has_cost:
            return days
        return f"{days} and {money_apart(trials.currency, self.cost.value, self.cost[1:])[0]}"


def needed(trials: Trials, later: Trials, percentile: float) -> Needed:
    """Return what ``later`` needs at a percentile on top of the base of ``trials``; both may be the same.

    Raises ArgumentError for a percentile that is no share between 0 and 1.
    """
    view = view_of(trials, percentile)
    plan, dates, amounts = trials.plan, later.finish(), later.cost()
    minutes = level(later.finish_minutes, view.percentile)
    cents = level(later.cost_cents, view.percentile)
    low, high = dates.quantile_interval(percentile)
    days = Difference(*(_above(end, plan.finish) for end in (instant_of(minutes), low, high)))  # type: ignore[arg-type]
    least, most = amounts.quantile_interval(percentile)
    money = Difference((cents - plan.cost_cents) / CENTS, *(_dearer(end, plan.cost_cents) for end in (least, most)))
    length = (plan.finish - minutes_of(trials.start)) / DAY_MINUTES
    return Needed(
        view.percentile, instant_of(minutes), days, working_days(later, plan.finish, minutes),
        100 * days.value / length if length > 0 else None, money,
        100 * money.value * CENTS / plan.cost_cents if plan.cost_cents > 0 else None,
        later.censored > 0 and minutes >= later.again().end_of_calendars,
    )  # fmt: skip


def _above(instant: object, base: int) -> float | None:
    return (minutes_of(instant) - base) / DAY_MINUTES if isinstance(instant, datetime) else None


def _dearer(amount: object, base: int) -> float | None:
    return (round(CENTS * amount) - base) / CENTS if isinstance(amount, float) else None
