"""Amounts of money as forecasts and figures: P50, P80, mean, each with its 95% interval, simulation error only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.sensitivity.estimates import Estimate, mean
from riskmc.forecast import Forecast
from riskmc.simulation.trials import CENTS, Trials


def forecast_of(label: str, cents: NDArray[np.int64], trials: Trials) -> Forecast:
    """Return the forecast of an amount of the trials, given in cents an iteration."""
    return Forecast(
        label, cents / CENTS, trials.currency, None, trials.provenance, money=True, replicates=trials.replicates
    )


def figure(forecast: Forecast, p: float | None) -> Estimate:
    """Return a percentile of a forecast of money, or its mean (None), with the 95% interval."""
    if p is None:
        return mean(forecast.samples, forecast.replicates)
    value, (low, high) = forecast.quantile(p), forecast.quantile_interval(p)
    return Estimate(value, low, high)  # type: ignore[arg-type]
