"""Chart axes: the ends, steps and number formats of an axis, so that months and whole percents stand at its ticks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from math import ceil, floor, isfinite
from typing import Any, Literal

from riskmc.forecast.figures import MINUS, printable
from riskmc.reports.document.chart import Chart, Scale, Value
from riskmc.reports.document.round_ends import round_ends
from riskmc.reports.workbook.number_formats import scaled_amount_format

DAYS_TO_1970 = 25_569  # as Excel counts days
_EXCEL_START = datetime(1899, 12, 30)
_ADDRESS = re.compile(r"[^!]+!\$?[A-Z]+\$?\d+")
_MARK = "\u200e"  # not seen
_MONTH = 365.25 / 12
_MOST_TICKS = 6
_SHORT = 92  # days that are told one by one, not in months
_INTO = 1.5  # days into a month at which ticks begin, so that steps of equal length stay in their months
_STEPS = (1, 2, 3, 4, 6, 12, 24, 36, 60, 120, 240, 600)  # months between ticks


def axis_of(chart: Chart, which: Literal["x", "y"]) -> dict[str, Any]:
    """Return an axis as xlsxwriter takes it: title, number format, and the ends where Excel would choose badly."""
    scale, title = (chart.x, chart.x_title) if which == "x" else (chart.y, chart.y_title)
    axis: dict[str, Any] = {"num_format": _format(chart, which, scale)}
    if title:
        axis["name"] = no_formula(printable(title))
    ends = _ends(chart, which)
    if scale == "date":
        axis |= _months(ends or _values(chart, which))
    elif scale == "chance":
        axis |= {"min": ends[0], "max": ends[1], "major_unit": 0.2} if ends else {}
    elif ends:
        axis |= _round(chart, which, scale, ends)
    return axis


def _round(chart: Chart, which: str, scale: Scale, ends: Sequence[float]) -> dict[str, Any]:
    """Return ends and steps of an axis of amounts, at most six steps, and a format that tells them apart."""
    found = round_ends(ends[0], ends[1])
    low, high, step = next(each for each in found if each[1] - each[0] < (_MOST_TICKS + 0.5) * each[2])
    form = (
        scaled_amount_format(chart.unit, max(map(abs, ends)), step)
        if scale == "money"
        else _format(chart, which, scale)
    )
    return {"min": low, "max": high, "major_unit": step, "num_format": form}


def no_formula(text: str) -> str:
    """Return a title or label that xlsxwriter does not take for the address of a cell, ``Sheet!A1``."""
    told = f" {text}" if text.startswith("=") else text
    return told.replace("!", f"!{_MARK}") if _ADDRESS.match(told) else told


def _ends(chart: Chart, which: str) -> tuple[float, ...]:
    """Return the ends of an axis as Excel counts; none where the chart leaves them open."""
    ends = chart.x_range if which == "x" else chart.y_range
    if ends is None:
        return ()
    return tuple(number for number in (serial(value, chart, which) for value in ends) if number is not None)


def serial(value: Value | None, chart: Chart, which: str) -> float | None:
    """Return a value as Excel counts it; the days of an upright axis of dates are counted from 1970."""
    if isinstance(value, datetime):
        return (value - _EXCEL_START).total_seconds() / 86_400
    if not isinstance(value, float | int) or not isfinite(value):
        return None
    return float(value) + (DAYS_TO_1970 if which == "y" and chart.y == "date" else 0)


def _values(chart: Chart, which: str) -> list[float]:
    """Return the values of an axis as Excel counts them."""
    told = [value for series in chart.series for value in (series.x if which == "x" else series.y)]
    if which == "y" and chart.stacked:
        told = _stacked(chart)
    return [number for number in (serial(value, chart, which) for value in told) if number is not None]


def _stacked(chart: Chart) -> list[Value | None]:
    """Return the ends of stacked bars: without what lifts them alone, which starts at nothing."""
    sums: list[Value | None] = []
    for place in range(max((len(series.y) for series in chart.series), default=0)):
        column = [series.y[place] or 0.0 for series in chart.series if place < len(series.y)]
        sums += [sum(column[: count + 1]) for count in range(len(column))]
    return [total for total in sums if total]


def _months(days: Sequence[float]) -> dict[str, Any]:
    """Return ends and steps of an axis of dates, at most six steps of whole months, or of days where they are few."""
    if not days:
        return {}
    low, high = min(days), max(days)
    if high - low < _SHORT:
        step_days = max(1, ceil((high - low) / _MOST_TICKS))
        return {"min": floor(low), "max": ceil(high), "major_unit": step_days, "num_format": "d mmm yyyy"}
    step = next((step for step in _STEPS if (high - low) / (step * _MONTH) <= _MOST_TICKS), _STEPS[-1])
    first = _month_start(low - _INTO) + _INTO
    steps = max(1, ceil((high - first) / (step * _MONTH) + 1e-9))
    return {"min": first, "max": first + steps * step * _MONTH, "major_unit": step * _MONTH}


def _month_start(day: float) -> float:
    zero = _EXCEL_START.toordinal()
    found = datetime.fromordinal(max(1, int(day) + zero))
    return float(found.replace(day=1).toordinal() - zero)


def _format(chart: Chart, which: str, scale: Scale) -> str:
    if scale == "money":
        largest = max(map(abs, _values(chart, which)), default=0.0)
        return scaled_amount_format(chart.unit, largest)
    return {
        "date": "mmm yyyy",
        "chance": '[>1.001]"";0%',
        "days": f'+#,##0;"{MINUS}"#,##0;0',
        "number": "#,##0.###",
    }.get(scale, "General")
