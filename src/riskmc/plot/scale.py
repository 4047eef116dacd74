"""Scales: where a forecast's values stand on an axis, and how their differences are told: days, or money.

Dates stand at days since 1970-01-01, which are matplotlib's own date numbers; amounts stand at themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ArgumentError
from riskmc.forecast import Forecast, Value
from riskmc.forecast.figures import MINUS, finish_day, money_format, number, span
from riskmc.forecast.instant import DAY_MINUTES, finish_minutes, instant_of, minutes_of
from riskmc.forecast.language import ENGLISH, said, speaking
from riskmc.forecast.outcome import DATE


def check_forecasts(picture: str, forecasts: Sequence[object]) -> None:
    """Refuse what is no Forecast, and forecasts of different units, which share no axis."""
    for found in forecasts:
        if not isinstance(found, Forecast):
            hint = "; write trials.finish() or trials.cost()" if hasattr(found, "finish") else ""
            raise ArgumentError(f"plot.{picture} draws forecasts, got {type(found).__name__}{hint}")
    units = dict.fromkeys(forecast.unit for forecast in forecasts if isinstance(forecast, Forecast))
    if len(units) > 1:
        raise ArgumentError(f"plot.{picture}: forecasts on one axis have one unit, got {', '.join(map(repr, units))}")


def positions(forecast: Forecast) -> NDArray[np.float64]:
    """Return the ordered samples as places on the axis."""
    return forecast.ordered / DAY_MINUTES if forecast.unit == DATE else forecast.ordered


def position(value: Value) -> float:
    """Return the place of one value on the axis."""
    return minutes_of(value) / DAY_MINUTES if isinstance(value, datetime) else float(value)


def value_of(forecast: Forecast, given: object) -> Value:
    """Return a date or an amount, as the caller wrote it, in the forecast's terms; ArgumentError if it is neither."""
    if forecast.unit == DATE:
        return instant_of(finish_minutes(given))
    if isinstance(given, bool) or not isinstance(given, (int, float, np.number)):
        raise ArgumentError(f"{forecast.label}: an amount in {forecast.unit} is a number, got {given!r}")
    return float(given)


def sample_value(forecast: Forecast, sample: float) -> Value:
    """Return one of the forecast's samples (or its target) as a value."""
    return instant_of(round(float(sample))) if forecast.unit == DATE else float(sample)


def gap(forecast: Forecast, value: Value, base: Value) -> float:
    """Return how far ``value`` lies after or above ``base``, by their printed digits: whole days, or an amount."""
    if isinstance(value, datetime) and isinstance(base, datetime):
        return float((finish_day(value, forecast.start) - finish_day(base, forecast.start)).days)
    assert isinstance(value, float)
    assert isinstance(base, float)
    step = _printed_step(forecast)
    return (round(value / step) - round(base / step)) * step


def gap_words(forecast: Forecast, value: Value, base: Value, what: str) -> str:
    """Return "86 days after ``what``", "EUR 1.6M below" it, or "on" it where the printed digits are the same."""
    difference = gap(forecast, value, base)
    if not difference:
        return said("on {what}", what=what)
    if forecast.unit == DATE:
        told = said("{gap} after {what}") if difference > 0 else said("{gap} before {what}")
        return told.format(gap=span(difference), what=what)
    told = said("{gap} above {what}") if difference > 0 else said("{gap} below {what}")
    return told.format(gap=_unsigned(forecast, difference), what=what)


def signed(forecast: Forecast, difference: float) -> str:
    """Return a difference with its sign, "+43 days" or "−EUR 1.6M"; an amount as finely as the forecast is written."""
    if forecast.unit == DATE:
        days = round(difference)
        return f"{'+' if days > 0 else MINUS if days < 0 else ''}{span(days)}"
    step = _printed_step(forecast)
    whole = round(difference / step) * step
    return f"{'+' if whole > 0 else MINUS if whole < 0 else ''}{_unsigned(forecast, whole)}"


def _unsigned(forecast: Forecast, difference: float) -> str:
    return forecast.text(abs(difference))


def _printed_step(forecast: Forecast) -> float:
    """Return the amount by which the last printed digit changes: 100,000 where amounts are written EUR 61.4M."""
    low, high = (position(forecast.quantile(p)) for p in (0.10, 0.90))
    money = money_format(forecast.unit, max(abs(low), abs(high)), high - low)
    if forecast.is_money:
        return money.scale * 10.0**-money.decimals
    with speaking(ENGLISH):
        text = number(0.0, high - low)
    return 10.0 ** -len(text.partition(".")[2])
