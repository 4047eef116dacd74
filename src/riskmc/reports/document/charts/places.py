"""Places: where values of a forecast stand on the axis of a chart: dates as datetimes, amounts as themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from riskmc.forecast import Forecast
from riskmc.forecast.figures import is_currency
from riskmc.forecast.instant import DAY_MINUTES, instant_of
from riskmc.forecast.outcome import DATE
from riskmc.reports.document.chart import Scale, Value


def finish_at(days: float, start: datetime = datetime.min) -> datetime:
    """Return the last minute worked before a finish ``days`` after 1970-01-01, so that its day is the one told (T5).

    Up to ``start`` nothing has been worked: that instant itself.
    """
    instant = instant_of(round(days * DAY_MINUTES))
    return instant if instant <= start else instant - timedelta(minutes=1)


def value_at(forecast: Forecast, place: float) -> datetime | float:
    """Return the value at a place on the axis of a picture (`plot.scale`) in the terms of a chart."""
    return finish_at(place, forecast.start) if forecast.unit == DATE else float(place)


def values_at(forecast: Forecast, places: object) -> tuple[Value, ...]:
    """Return the values at some places on the axis of a picture."""
    return tuple(value_at(forecast, float(place)) for place in places)  # type: ignore[attr-defined]


def scale_of(forecast: Forecast) -> Scale:
    """Return what an axis of the forecast's values holds."""
    return "date" if forecast.unit == DATE else "money" if forecast.is_money else "number"


def currency_of(forecast: Forecast) -> str:
    """Return the currency in which the forecast is told; nothing where it is none."""
    return forecast.unit if is_currency(forecast.unit) else ""
