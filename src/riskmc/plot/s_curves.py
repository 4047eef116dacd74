"""S-curves: the chance of finishing by each date, or of costing no more than each amount; P50, P80 and the target.

The curve joins the order statistics of the samples; the band about it is the 95% simulation interval of each
percentile (order statistics, A2), the same as ``Forecast.quantile_interval``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from riskmc.forecast import Forecast
from riskmc.forecast.figures import iterations_text
from riskmc.forecast.interval import quantile_rank
from riskmc.forecast.language import said
from riskmc.plot.axis import mark_shares, mark_values
from riskmc.plot.bars import draw_bars
from riskmc.plot.canvas import FULL, Margins, canvas
from riskmc.plot.captions import Caption
from riskmc.plot.marks import Mark, draw_marks, height_of, left_out, marks_of, set_limits, tiers
from riskmc.plot.overlay import check_count, draw_overlay, names_of, overlay_title
from riskmc.plot.palette import LIGHT
from riskmc.plot.placing import Room, around, two_lines
from riskmc.plot.scale import check_forecasts, position, positions
from riskmc.plot.sentences import describe, headline, question
from riskmc.plot.style import style

LEVELS = (0.50, 0.80)
HEIGHT = 300  # px from 0% to 100%
_POINTS = 160
_MARGINS = Margins(left=46, right=16, top=4, bottom=40)


def s_curve(
    forecast: Forecast,
    *others: Forecast,
    ax: Axes | None = None,
    names: Sequence[str] | None = None,
    plan: object = None,
    targets: Mapping[str, object] | None = None,
    width: int = FULL,
) -> Axes:
    """Return axes with the S-curve of a forecast, over a pale histogram; with ``others`` the curves of all, named.

    ``plan`` is the date or amount of the deterministic plan, ``targets`` maps names to dates or amounts (without it
    the forecast's own target); ``names`` are those of the curves, in order. ``width`` is FULL or HALF px where no
    ``ax`` is given. ArgumentError where the forecasts share no unit.
    """
    check_forecasts("s_curve", [forecast, *others])
    check_count([forecast, *others])
    marks = marks_of(forecast, plan, targets)
    called = names_of([forecast, *others], names)
    with style():
        told = _caption(forecast, others, called, marks)
        ax = canvas(ax, told, width, HEIGHT + tiers(marks), _MARGINS)
        set_limits(ax, [forecast, *others], marks, pad=0.30 if others else 0.06)
        ax.set_ylim(0, height_of(ax, marks))
        room = Room(ax)
        draw_marks(ax, room, marks, top=1)
        if others:
            draw_overlay(ax, room, [forecast, *others], called, curve_of)
        else:
            _draw_one(ax, room, forecast, marks)
        mark_shares(ax)
        mark_values(ax, forecast)
    return ax


def _caption(forecast: Forecast, others: Sequence[Forecast], called: Sequence[str], marks: Sequence[Mark]) -> Caption:
    if len(forecast) == 1:
        told = said("Nothing is random here, so there is but one outcome")
        return Caption(headline(forecast, marks), f"{told}{left_out(marks)}", describe(forecast, marks))
    drawn = iterations_text(len(forecast))
    told = said("{question}, from {iterations}", question=question(forecast), iterations=drawn)
    if others:
        return Caption(
            overlay_title([forecast, *others], called), f"{told}{left_out(marks)}", describe(forecast, marks)
        )
    pale = said("Pale: the histogram")
    if any(not mark.plan for mark in marks):
        pale = said("Pale: the histogram, orange beyond the target")
    band = said("Band: 95% simulation error")
    return Caption(headline(forecast, marks), f"{told}. {pale}. {band}{left_out(marks)}", describe(forecast, marks))


def curve_of(forecast: Forecast) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return places on the axis and the shares of iterations at or below them, from 0% to 100%."""
    ordered, n = positions(forecast), len(forecast)
    ranks = np.unique(np.linspace(1, n, min(n, _POINTS)).round().astype(np.int64))
    return ordered[np.concatenate(([0], ranks - 1))], np.concatenate(([0.0], ranks / n))


def band_of(forecast: Forecast) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return the ends of the 95% simulation intervals of P1 to P99 as places on the axis, and the shares (A2).

    Where the iterations bound no end, the extreme sample stands for it.
    """
    n, ordered = len(forecast), positions(forecast)
    levels = np.linspace(0.01, 0.99, 99).round(2).tolist()
    pairs = [forecast.quantile_ranks(p) for p in levels]
    low, high = (ordered[np.clip([pair[end] for pair in pairs], 1, n) - 1] for end in (0, 1))
    return low, high, np.array([quantile_rank(n, p) / n for p in levels])


def _draw_one(ax: Axes, room: Room, forecast: Forecast, marks: Sequence[Mark]) -> None:
    draw_bars(ax, forecast, next((mark.x for mark in marks if not mark.plan), None), height=0.3)
    x, shares = curve_of(forecast)
    room.add_curve(x, shares)
    _draw_band(ax, forecast)
    drawstyle = "default" if len(forecast) > _POINTS else "steps-post"
    ax.plot(x, shares, color=LIGHT["forecast"], linewidth=1.6, zorder=3, drawstyle=drawstyle)
    if forecast.ordered[0] == forecast.ordered[-1]:
        _draw_levels(ax, room, forecast, {0.50: f"{forecast.text(forecast.quantile(0.50))}"})
        return
    told = {p: f"P{100 * p:.0f}  {forecast.text(forecast.quantile(p))}" for p in LEVELS}
    _draw_levels(ax, room, forecast, told)
    for mark in marks:
        if not mark.plan and ax.get_xlim()[0] <= mark.x <= ax.get_xlim()[1]:
            share = float(forecast.probability(mark.value))
            ax.plot([mark.x], [share], "D", color=LIGHT["ink"], markersize=7, zorder=6)


def _draw_band(ax: Axes, forecast: Forecast) -> None:
    """Draw between the ends of the simulation intervals."""
    if len(forecast) > 1:
        low, high, shares = band_of(forecast)
        ax.fill_betweenx(shares, low, high, color=LIGHT["forecast_mid"], alpha=0.55, linewidth=0, zorder=2)


def _draw_levels(ax: Axes, room: Room, forecast: Forecast, told: Mapping[float, str]) -> None:
    """Draw the points at P50 and P80, each with its value and its simulation error."""
    for p, words in told.items():
        x = position(forecast.quantile(p))
        ax.plot([ax.get_xlim()[0], x], [p, p], color=LIGHT["rule"], linewidth=1, zorder=1)
        ax.plot([x], [p], "o", color=LIGHT["forecast"], markersize=8, zorder=5)
        error = forecast.error_text(p)
        block = two_lines(words, said("{error} (95%)", error=error) if error else "", "forecast")
        at = room.px(x, p)
        found = room.put(block, around(*at, room.lines))
        _lead(ax, room, at, found)


def _lead(ax: Axes, room: Room, point: tuple[float, float], place: tuple[float, float, str]) -> None:
    """Draw a thin line from a point to its label where that stands away from it."""
    (x, y), (there, top, _) = point, place
    if abs(there - x) <= 16:
        return
    end = there - 4 if there > x else there + 4
    ax.plot(
        [x / room.width, end / room.width],
        [y / room.height, (top - 8) / room.height],
        color=LIGHT["forecast"],
        linewidth=1,
        transform=ax.transAxes,
        zorder=4,
    )
