"""Histograms: how many of the outcomes fall into each week or amount, split at the target; P10, P50, P80 and P90."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from riskmc.forecast import Forecast, Value
from riskmc.forecast.figures import iterations_text, level_name, money_format, number, span
from riskmc.forecast.language import said
from riskmc.forecast.outcome import DATE, STEERING_LEVELS
from riskmc.plot.axis import mark_shares, mark_values
from riskmc.plot.bars import Bars, bars_of, draw_bars
from riskmc.plot.canvas import FULL, Margins, canvas, extent
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL, fitted, width_of
from riskmc.plot.marks import Mark, draw_marks, left_out, marks_of, set_limits, tiers
from riskmc.plot.overlay import DASHES, P80, better_or_worse, check_count, names_of
from riskmc.plot.palette import LIGHT
from riskmc.plot.placing import Line, Room, in_rows
from riskmc.plot.scale import check_forecasts, position, positions
from riskmc.plot.sentences import certainty, describe, named, varies
from riskmc.plot.style import style

HEIGHT = 260
_MARGINS = Margins(left=46, right=16, top=4, bottom=40)
ROW = 15  # px of a row of labels above the bars
_PERCENTILE_ROWS = 3
_STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


def histogram(
    forecast: Forecast,
    *others: Forecast,
    ax: Axes | None = None,
    names: Sequence[str] | None = None,
    plan: object = None,
    targets: Mapping[str, object] | None = None,
    width: int = FULL,
) -> Axes:
    """Return axes with the histogram of a forecast, blue up to the first target and orange beyond.

    ``others`` are drawn as outlines over it, green where their P80 is better and orange where it is worse; ``plan``,
    ``targets``, ``names`` and ``width`` are as in ``s_curve``. ArgumentError where the forecasts share no unit.
    """
    forecasts = [forecast, *others]
    check_forecasts("histogram", forecasts)
    check_count(forecasts)
    marks, called = marks_of(forecast, plan, targets), names_of(forecasts, names)
    target = next((mark.x for mark in marks if not mark.plan), None)
    bars = bars_of(forecast, target)
    with style():
        rows = ROW * max(_PERCENTILE_ROWS, len(forecasts) if others else 0) + 6
        told = Caption(_title(forecast, marks), _subtitle(forecast, bars, marks), describe(forecast, marks))
        ax = canvas(ax, told, width, HEIGHT + rows + tiers(marks), _MARGINS)
        set_limits(ax, forecasts, marks)
        tallest = max(float(_outline(one, bars)[1].max()) for one in forecasts)
        unit = tallest / max(extent(ax)[1] - rows - tiers(marks), 0.4 * extent(ax)[1])  # share of iterations in a px
        ax.set_ylim(0, extent(ax)[1] * unit)
        draw_bars(ax, forecast, target, height=float(bars.shares.max()))
        room = Room(ax)
        draw_marks(ax, room, marks, top=tallest + rows * unit)
        _draw_outlines(ax, forecasts, bars)
        _write_rows(ax, room, forecasts, called, tallest)
        mark_shares(ax, _ticks(tallest))
        mark_values(ax, forecast)
    return ax


def _title(forecast: Forecast, marks: Sequence[Mark]) -> str:
    name = named(forecast.label)
    if not varies(forecast):
        return f"{name}: {forecast.text(forecast.quantile(0.5))}, {certainty(forecast)}"
    target = next((mark for mark in marks if not mark.plan), None)
    if target is None:
        low, high = (forecast.text(forecast.quantile(p)) for p in (0.10, 0.90))
        return said("{name}: 80% of outcomes lie between P10 and P90, {low} to {high}", name=name, low=low, high=high)
    values = {"name": name, "chance": target.chance, "value": target.text}
    if target.unnamed:
        return said("{name}: {chance} of outcomes meet the target, {value}", **values)
    return said("{name}: {chance} of outcomes meet “{target}”, {value}", target=named(target.name), **values)


def _subtitle(forecast: Forecast, bars: Bars, marks: Sequence[Mark]) -> str:
    if len(forecast) == 1:
        return said("Nothing is random here, so there is but one outcome") + left_out(marks)
    wide = span(bars.width) if forecast.unit == DATE else _amount(forecast, bars.width)
    told = said("Share of {iterations} in each bar of {width}", iterations=iterations_text(len(forecast)), width=wide)
    if any(not mark.plan for mark in marks):
        told = said("{told}; orange: beyond the target", told=told)
    return told + left_out(marks)


def _amount(forecast: Forecast, width: float) -> str:
    if forecast.is_money:
        return money_format(forecast.unit, width)(width)
    return f"{number(width, 25 * width)} {forecast.unit}"


def _outline(forecast: Forecast, bars: Bars) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return edges on the grid of ``bars`` that hold another forecast, and the share of its iterations in each."""
    ordered = positions(forecast)
    first = min(0, int(np.floor((ordered[0] - bars.edges[0]) / bars.width)) - 1)
    last = max(len(bars.edges) - 1, int(np.ceil((ordered[-1] - bars.edges[0]) / bars.width)))
    edges = bars.edges[0] + bars.width * np.arange(first, last + 1)
    return edges, np.diff(np.searchsorted(ordered, edges, side="right")) / len(ordered)


def _draw_outlines(ax: Axes, forecasts: Sequence[Forecast], bars: Bars) -> None:
    for row, forecast in enumerate(forecasts[1:], start=1):
        edges, shares = _outline(forecast, bars)
        colour = LIGHT[better_or_worse(forecast, forecasts[0])]
        ax.stairs(shares, edges, color=colour, linewidth=1.6, linestyle=DASHES[row], zorder=3)


def _write_rows(ax: Axes, room: Room, forecasts: Sequence[Forecast], called: Sequence[str], tallest: float) -> None:
    """Write the percentiles of one forecast, or the names of several, above the bars, with a thin line down."""
    if len(forecasts) == 1:
        values = _percentiles(forecasts[0])
        told = [(value, Line(words, "forecast", bold=True, size=SMALL)) for words, value in values.items()]
    else:
        told = [
            (forecast.quantile(P80), _name(forecast, forecasts[0], name, room.width))
            for forecast, name in zip(forecasts, called, strict=True)
        ]
    base = room.px(0, tallest)[1] + 4
    places = [position(value) for value, _ in told]
    lines = [(room.px(x, 0)[0], line) for x, (_, line) in zip(places, told, strict=True)]
    for x, (_, line), bottom in zip(places, told, in_rows(room, base, lines), strict=True):
        height = bottom / room.height * ax.get_ylim()[1]
        ax.plot([x, x], [0, height], color=LIGHT[line.colour], linewidth=1, zorder=2)


def _percentiles(forecast: Forecast) -> dict[str, Value]:
    if not varies(forecast):
        return {forecast.text(forecast.quantile(0.5)): forecast.quantile(0.5)}
    return {f"{level_name(p)} {forecast.text(forecast.quantile(p))}": forecast.quantile(p) for p in STEERING_LEVELS}


def _name(forecast: Forecast, base: Forecast, name: str, room: float) -> Line:
    colour = "forecast" if forecast is base else better_or_worse(forecast, base)
    told = f": P80 {forecast.text(forecast.quantile(P80))}"
    space = max(room - width_of(told, SMALL, bold=True), 40)
    return Line(fitted(name, min(space, 0.6 * room), SMALL, bold=True) + told, colour, bold=True, size=SMALL)


def _ticks(tallest: float) -> tuple[float, ...]:
    """Return shares of 1, 2 or 5 times a power of ten, at most five of them."""
    step = next((step for step in _STEPS if tallest / step <= 5), _STEPS[-1])
    return tuple(step * k for k in range(int(tallest / step + 1e-9) + 1))
