"""Escalation: from constant to then-year money, and the part of it that comes from slipping alone (C4).

In each iteration: then-year cost = constant cost + escalation on the plan's dates + slip-induced escalation. Escalation
on the plan's dates takes the iteration's own amounts and prices, spent when the plan would have spent them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from riskmc.analysis.cash.amounts import forecast_of
from riskmc.forecast import Forecast
from riskmc.forecast.language import marked
from riskmc.simulation.phasing import Phased
from riskmc.simulation.trials import CENTS, Trials


@dataclass(frozen=True)
class Escalated:
    """Forecasts in currency units that add up in every iteration, and what each is in the plan.

    ``constant`` + ``on_plan_dates`` + ``slip`` = ``then_year``. In the plan nothing slips.
    """

    constant: Forecast
    on_plan_dates: Forecast
    slip: Forecast
    then_year: Forecast
    planned: tuple[float, float, float, float]

    @classmethod
    def of(cls, phased: Phased, trials: Trials) -> Escalated:
        """Return the lines of escalation of phased money that has some."""
        assert phased.held is not None
        assert phased.slip is not None
        assert phased.plan is not None
        constant, then_year = (int(view.sum()) for view in (phased.plan.constant, phased.plan.then_year))
        planned = (constant / CENTS, (then_year - constant) / CENTS, 0.0, then_year / CENTS)
        return cls(
            forecast_of(marked("Cost in constant money"), phased.constant.sum(axis=(0, 1)), trials),
            forecast_of(marked("Escalation on the plan's dates"), phased.held.sum(axis=0), trials),
            forecast_of(marked("Slip-induced escalation"), phased.slip.sum(axis=0), trials),
            forecast_of(marked("Cost in then-year money"), phased.then_year.sum(axis=(0, 1)), trials),
            planned,
        )

    def lines(self) -> Iterator[tuple[Forecast, float]]:
        """Yield the four lines in order, each with what it is in the plan."""
        yield from zip((self.constant, self.on_plan_dates, self.slip, self.then_year), self.planned, strict=True)
