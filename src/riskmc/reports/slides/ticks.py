"""Ticks: the ends of a chart's axis, the step from tick to tick, and the number format of dates, money and days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import floor
from typing import Any

from riskmc.forecast.figures import MINUS, money_format
from riskmc.reports.document.chart import Chart, Scale
from riskmc.reports.document.round_ends import day_words, decimals_of, money_words, round_ends
from riskmc.reports.slides.measures import plain, wide

_START = datetime(1899, 12, 30)  # spreadsheets count days from here
_MONTH = 365.25 / 12
_MONTHS = (1, 2, 3, 6, 12, 24, 36, 60, 120, 240, 600, 1200)
_DAYS = (1, 2, 5, 7, 14, 28)
_INTO = 1.5  # days into a month at which ticks begin, so that equal steps stay in their months
_FEW_DAYS = 100.0  # reach of an axis below which its ticks stand at days
_APART = 16.0  # points between two tick labels
TO_1970 = 25_569


@dataclass(frozen=True)
class Ticks:
    """One axis of values: its ends, its step, the number format, and the width of its widest label in points."""

    low: float
    high: float
    step: float
    form: str
    widest: float


def serial(value: Any) -> float:
    """Return a value as a spreadsheet counts it: days of a date, else the number."""
    return (value - _START).total_seconds() / 86_400 if isinstance(value, datetime) else float(value)


def x_ticks(chart: Chart, room: float, size: float) -> Ticks:
    """Return the ticks of the x axis of points."""
    values = [serial(value) for series in chart.series for value in series.x]
    ends = values if chart.x_range is None else list(map(serial, chart.x_range))
    ticks = _ticks(chart.x, min(ends, default=0.0), max(ends, default=1.0), chart.unit, room, size, upright=False)
    return _unsigned(ticks, values)


def y_ticks(chart: Chart, room: float, size: float, upright: bool) -> Ticks:
    """Return the ticks of the axis of the values, which stands ``upright`` but for lying bars."""
    values = [value for series in chart.series for value in series.y if value is not None]
    ends: Iterable[float] = chart.y_range or padded(values, chart.kind != "points")
    shift = TO_1970 if chart.y == "date" else 0
    low, high = (end + shift for end in ends)
    return _unsigned(_ticks(chart.y, low, high, chart.unit, room, size, upright), values)


def _unsigned(ticks: Ticks, values: Sequence[float]) -> Ticks:
    """Return the ticks without names below zero where nothing is there but room."""
    parts = ticks.form.split(";")
    if min(values, default=0.0) < 0 or len(parts) == 1 or "[" in ticks.form:
        return ticks
    return replace(ticks, form=";".join([parts[0], '""', *parts[2:]]))


def padded(values: list[float], zero: bool) -> tuple[float, float]:
    """Return ends that hold the values, and zero where bars begin there, with room for labels."""
    ends = [*values, 0.0] if zero or not values else values
    low, high = min(ends), max(ends)
    room = 0.18 * ((high - low) or 1.0)
    return low - (room if low < 0 else 0.0), high + (room if high > 0 or low == high else 0.0)


def _ticks(scale: Scale, low: float, high: float, unit: str, room: float, size: float, upright: bool) -> Ticks:
    if scale == "date":
        return _dates(low, high, room, size)
    if scale == "chance":
        return Ticks(low, high, 0.2, '[>1.001]"";0%', wide("100%", size))
    if scale == "category":
        return Ticks(low, high, 1.0, "General", 0.0)
    return _amounts(scale, low, high, unit, room, size, upright)


def _dates(low: float, high: float, room: float, size: float) -> Ticks:
    """Return ticks at months, or at days where there are no months enough."""
    per_day = room / max(high - low, 1.0)
    name = wide("Sep 2029", size) + _APART
    months = next((each for each in _MONTHS if each * _MONTH * per_day >= name), _MONTHS[-1])
    if high - low < min(2 * months * _MONTH, _FEW_DAYS):
        step = next((each for each in _DAYS if each * per_day >= wide("28 Nov", size) + _APART), _DAYS[-1])
        return Ticks(float(floor(low)), high, float(step), "d mmm", wide("28 Nov", size))
    first = date.fromordinal(_START.toordinal() + max(floor(low), 1))
    start = float(first.replace(day=1).toordinal() - _START.toordinal()) + _INTO
    return Ticks(max(start, 0.0), high, months * _MONTH, "mmm yyyy", name - _APART)


def _amounts(scale: Scale, low: float, high: float, unit: str, room: float, size: float, upright: bool) -> Ticks:
    """Return ticks at round amounts, as many as there is room for; the ends of the axis are such amounts too."""
    for first, last, step in round_ends(low, high):
        form, sample = _form(scale, max(abs(first), abs(last)), step, unit)
        widest = wide(sample, size)
        needed = 2.4 * size if upright else widest + _APART
        if needed * (last - first) / step <= room:
            break
    return Ticks(first, last, step, form, widest)


def _form(scale: Scale, largest: float, step: float, unit: str) -> tuple[str, str]:
    """Return the number format of amounts up to ``largest`` in steps of ``step``, and one as it is written."""
    if scale == "money":
        money = money_format("", largest)
        decimals = decimals_of(step / money.scale)
        commas = {1e6: ",,", 1e3: ","}.get(money.scale, "")
        digits = "#,##0" + ("." + "0" * decimals if decimals else "") + commas
        before, behind = money_words(unit, money.suffix)
        told = f"{_quoted(before)}{digits}{_quoted(behind)}"
        return f"{told};{_quoted(MINUS)}{told}", f"{MINUS}{before}{largest / money.scale:,.{decimals}f}{behind}"
    decimals = decimals_of(step)
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    if scale == "days":
        before, behind = day_words()
        told = f"{_quoted(before)}{digits}{_quoted(behind)}"
        return f"+{told};{_quoted(MINUS)}{told};0", f"{MINUS}{before}{largest:,.{decimals}f}{behind}"
    return f"{digits};{_quoted(MINUS)}{digits}", f"{MINUS}{largest:,.{decimals}f}"


def _quoted(text: str) -> str:
    """Return text as a number format holds it: whatever it says, it is no format."""
    told = plain(text).replace('"', "").replace("\\", "")
    ends = (" " if text[:1].isspace() else "", " " if text[-1:].isspace() else "")
    return f'"{ends[0]}{told}{ends[1]}"' if told else ""
