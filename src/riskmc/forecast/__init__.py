"""Forecasts: an outcome's S-curve, its P50 and P80, the chance of a target, and the simulation error of each."""

from riskmc.forecast.outcome import Forecast, Value
from riskmc.forecast.probability import Probability

__all__ = ["Forecast", "Probability", "Value"]
