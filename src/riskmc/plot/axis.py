"""Axes: ticks at round amounts, and at months with the year on a second row under the first tick and each January."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from math import ceil, floor, log10

from matplotlib.axes import Axes

from riskmc.forecast import Forecast
from riskmc.forecast.figures import Money, money_format, number, spelt
from riskmc.forecast.language import formats, said
from riskmc.forecast.outcome import DATE
from riskmc.plot.canvas import extent, label
from riskmc.plot.lettering import SMALL, width_of
from riskmc.plot.palette import LIGHT

_EPOCH = date(1970, 1, 1).toordinal()
_YEAR_ROW = -21  # px under the axis
_GAP = 14  # px between two tick labels
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
_LAST_DAY = date(9998, 12, 31).toordinal() - _EPOCH


def mark_values(ax: Axes, forecast: Forecast, vertical: bool = False) -> None:
    """Put ticks on the axis of a forecast's values: months for dates, round amounts for the rest."""
    if forecast.unit == DATE:
        mark_months(ax)
    else:
        mark_amounts(ax, forecast.unit, vertical)


def mark_months(ax: Axes) -> None:
    """Put ticks on the first days of months of the x axis, as many as there is room for; of days, if under a month."""
    low, high = (min(max(edge, -_EPOCH + 400), _LAST_DAY) for edge in ax.get_xlim())
    per_day = extent(ax)[0] / (high - low)
    ticks = _month_starts(low, high, per_day)
    if len(ticks) < 3:
        _mark_days(ax, low, high, per_day)
        return
    names = [formats().day(tick, "month") for tick in ticks]
    new = [i == 0 or tick.year != ticks[i - 1].year for i, tick in enumerate(ticks)]
    _set(ax, [tick.toordinal() - _EPOCH for tick in ticks], names)
    _write_years(ax, [tick for tick, is_new in zip(ticks, new, strict=True) if is_new], per_day)


def _month_starts(low: float, high: float, per_day: float) -> list[date]:
    """Return the first days of every 1, 2, 3, 6, ... months between two places, no closer than their names allow."""
    first, last = (date.fromordinal(_EPOCH + floor(edge)) for edge in (low, high))
    name = max(width_of(formats().day(date(2028, month, 1), "month"), SMALL) for month in range(1, 13)) + _GAP
    step = next((s for s in _MONTH_STEPS if s * 28 * per_day >= name), _MONTH_STEPS[-1])
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    starts = [date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0]
    return [start for start in starts if low <= start.toordinal() - _EPOCH <= high]


def _mark_days(ax: Axes, low: float, high: float, per_day: float) -> None:
    """Put ticks on single days, "5 Jun", where the axis is too short for months."""
    widest = width_of(formats().day(date(2028, 11, 28), "day month"), SMALL) + _GAP
    step = next(s for s in (1, 2, 5, 7, 14, 28, 56, 112) if s * per_day >= widest or s == 112)
    first = ceil(low)
    days = [date.fromordinal(_EPOCH + day) for day in range(first, floor(high) + 1, step)]
    _set(ax, [day.toordinal() - _EPOCH for day in days], [formats().day(day, "day month") for day in days])
    years = [day for before, day in zip([None, *days], days, strict=False) if before is None or before.year != day.year]
    _write_years(ax, years, per_day)


def _write_years(ax: Axes, ticks: list[date], per_day: float) -> None:
    """Write the years on a second row, leaving out those for which there is no room."""
    kept = ticks[:1]
    for tick in ticks[1:]:
        if (tick - kept[-1]).days * per_day >= width_of("2029", SMALL) + _GAP:
            kept.append(tick)
    for tick in kept:
        x = tick.toordinal() - _EPOCH
        label(
            ax,
            x,
            0,
            formats().day(tick, "year"),
            "quiet",
            ha="center",
            va="top",
            dy=_YEAR_ROW,
            size=SMALL,
            coords="column",
        )


def mark_amounts(ax: Axes, unit: str, vertical: bool = False) -> None:
    """Put ticks on round amounts of the x axis, or of the y axis."""
    low, high = ax.get_ylim() if vertical else ax.get_xlim()
    room = extent(ax)[1 if vertical else 0]
    for step in _steps(high - low):
        ticks = _multiples(low, high, step)
        names = _amounts(ticks, step, unit)
        if _apart(names, [(tick - low) / (high - low) * room for tick in ticks], vertical):
            break
    _set(ax, ticks, names, vertical)


def mark_numbers(ax: Axes, text: Callable[[float], str], vertical: bool = False) -> None:
    """Put ticks on round numbers of the x axis, or of the y axis, whole ones."""
    low, high = ax.get_ylim() if vertical else ax.get_xlim()
    room = extent(ax)[1 if vertical else 0]
    for step in _steps(max(high - low, 10)):
        ticks = _multiples(low, high, step)
        names = [text(tick) for tick in ticks]
        if _apart(names, [(tick - low) / (high - low) * room for tick in ticks], vertical):
            break
    _set(ax, ticks, names, vertical)


def _amounts(ticks: list[float], step: float, unit: str) -> list[str]:
    """Return the amounts in as many digits as the step needs."""
    largest = max(map(abs, ticks), default=0.0)
    if unit and not unit.isupper():
        digits = [number(tick, 25 * step if step < 1 else 25) for tick in ticks]
        return [said("{days} d", days=one) if unit == "d" else f"{one} {unit}" for one in digits]
    scale, suffix = (money := money_format(unit, largest)).scale, money.suffix
    if suffix == "k" and step < scale:
        scale, suffix = 1.0, ""
    return [Money(unit, scale, suffix, max(0, -floor(log10(step / scale) + 1e-9)))(tick) for tick in ticks]


def _steps(reach: float) -> list[float]:
    """Return steps of 1, 2 or 5 times a power of ten, from a tenth of the reach upwards."""
    power = floor(log10(reach / 10))
    return [m * 10.0**p for p in range(power, power + 4) for m in (1, 2, 5) if m * 10.0**p >= reach / 10]


def _multiples(low: float, high: float, step: float) -> list[float]:
    return [k * step for k in range(ceil(low / step), floor(high / step) + 1)]


def _apart(names: list[str], places: list[float], vertical: bool) -> bool:
    """Return whether neighbouring tick labels neither touch nor say the same."""
    if len(set(names)) < len(names):
        return False
    half = [SMALL if vertical else width_of(name, SMALL) / 2 for name in names]
    pairs = pairwise(zip(places, half, strict=True))
    return all(there - here >= a + b + _GAP for (here, a), (there, b) in pairs)


def _set(ax: Axes, places: list[float] | list[int], names: list[str], vertical: bool = False) -> None:
    axis = ax.yaxis if vertical else ax.xaxis
    axis.set_ticks(places, labels=names, parse_math=False, fontsize=SMALL, color=LIGHT["quiet"])


def mark_shares(ax: Axes, shares: tuple[float, ...] = (0, 0.2, 0.5, 0.8, 1)) -> None:
    """Put ticks on shares of the y axis, 0% to 100%."""
    _set(ax, list(shares), [formats().percent(spelt(f"{round(100 * share, 6):g}")) for share in shares], vertical=True)
