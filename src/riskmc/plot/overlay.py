"""Overlays: several S-curves on one axis, each named where it lies: blue the first, green what is better, orange worse.

Better is earlier, or cheaper, at P80. Names of early curves stand left of all curves, those of late ones right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from riskmc.errors import ArgumentError
from riskmc.forecast import Forecast
from riskmc.forecast.figures import level_name, span
from riskmc.forecast.language import said
from riskmc.forecast.outcome import DATE
from riskmc.plot.lettering import fitted
from riskmc.plot.palette import LIGHT
from riskmc.plot.placing import Room, two_lines
from riskmc.plot.scale import gap, gap_words, position
from riskmc.plot.sentences import named

MOST_CURVES = 6
DASHES = ("-", (0, (6, 2)), (0, (2, 2)), (0, (6, 2, 2, 2)), (0, (1, 1)), (0, (9, 3)))
_LEFT_SHARES, _RIGHT_SHARES = (0.93, 0.72, 0.51), (0.08, 0.29, 0.50)  # where names stand
_CLEAR = 0.07  # share above and below its place that a name keeps clear
P80 = 0.80

Curve = tuple[NDArray[np.float64], NDArray[np.float64]]


def names_of(forecasts: Sequence[Forecast], names: Sequence[str] | None) -> list[str]:
    """Return one name a curve: those given, or else the labels; numbered where labels are the same."""
    if names is not None:
        if len(names) != len(forecasts):
            raise ArgumentError(f"names: {len(forecasts)} curves need as many names, got {len(names)}")
        return list(names)
    labels = [forecast.label for forecast in forecasts]
    if len(set(labels)) == len(labels):
        return labels
    return [f"{label} ({number})" for number, label in enumerate(labels, start=1)]


def check_count(forecasts: Sequence[Forecast]) -> None:
    """Refuse more curves than can be told apart."""
    if len(forecasts) > MOST_CURVES:
        raise ArgumentError(
            f"at most {MOST_CURVES} curves can be told apart, got {len(forecasts)}: plot.comparison draws more"
        )


def better_or_worse(forecast: Forecast, base: Forecast) -> str:
    """Return the colour of a forecast beside the first: by the printed digits of P80."""
    difference = gap(base, forecast.quantile(P80), base.quantile(P80))
    return "gain" if difference < 0 else "threat" if difference > 0 else "quiet"


def overlay_title(forecasts: Sequence[Forecast], called: Sequence[str]) -> str:
    """Return the title of several curves: the difference of two at P80, or from which to which many reach."""
    base = forecasts[0]
    values = [forecast.quantile(P80) for forecast in forecasts]
    if len(forecasts) == 2:
        return f"{named(called[1])}: P80 is {base.text(values[1])}, {_than(base, values[1], values[0], called[0])}"
    order = sorted(range(len(values)), key=lambda row: position(values[row]))
    first, last = order[0], order[-1]
    low, high = (f"{base.text(values[place])} ({named(called[place])})" for place in (first, last))
    return said("P80 of {count} forecasts: {low} to {high}", count=len(values), low=low, high=high)


def _than(base: Forecast, value: object, first: object, name: str) -> str:
    difference = gap(base, value, first)  # type: ignore[arg-type]
    if not difference:
        return said("the same as {name}", name=named(name))
    if base.unit == DATE:
        words = {"days": span(difference), "name": named(name)}
        return (
            said("{days} later than {name}", **words) if difference > 0 else said("{days} earlier than {name}", **words)
        )
    return gap_words(base, value, first, named(name))  # type: ignore[arg-type]


def draw_overlay(
    ax: Axes,
    room: Room,
    forecasts: Sequence[Forecast],
    called: Sequence[str],
    curve_of: Callable[[Forecast], Curve],
) -> None:
    """Draw the curves, a point at the P80 of each, and their names."""
    for row, forecast in enumerate(forecasts):
        x, shares = curve_of(forecast)
        colour = LIGHT["forecast"] if row == 0 else LIGHT[better_or_worse(forecast, forecasts[0])]
        width = 2.2 if row == 0 else 1.6
        ax.plot(x, shares, color=colour, linewidth=width, linestyle=DASHES[row], zorder=3)
        ax.plot([position(forecast.quantile(P80))], [P80], "o", color=colour, markersize=7, zorder=5)
    _write_names(ax, room, forecasts, called)


def _write_names(ax: Axes, room: Room, forecasts: Sequence[Forecast], called: Sequence[str]) -> None:
    """Write the names of early curves left of all curves, of late ones right, each joined to its curve by a line."""
    order = sorted(range(len(forecasts)), key=lambda row: position(forecasts[row].quantile(0.5)))
    half = len(order) // 2
    left = list(zip(order[:half], _LEFT_SHARES, strict=False))
    right = list(zip(reversed(order[half:]), _RIGHT_SHARES, strict=False))
    for row, share in left:
        edge = min(room.px(position(one.quantile(share - _CLEAR)), 0)[0] for one in forecasts) - 10
        _write_name(ax, room, forecasts, called, row, share, edge, "right")
    for row, share in right:
        edge = max(room.px(position(one.quantile(share + _CLEAR)), 0)[0] for one in forecasts) + 10
        _write_name(ax, room, forecasts, called, row, share, edge, "left")


def _write_name(
    ax: Axes,
    room: Room,
    forecasts: Sequence[Forecast],
    called: Sequence[str],
    row: int,
    share: float,
    edge: float,
    ha: str,
) -> None:
    colour = "forecast" if row == 0 else better_or_worse(forecasts[row], forecasts[0])
    end, y = room.px(position(forecasts[row].quantile(share)), share)
    told = f"{level_name(P80)} {forecasts[row].text(forecasts[row].quantile(P80))}"
    error = forecasts[row].error_text(P80)
    block = two_lines(fitted(called[row], 0.42 * room.width, bold=True), f"{told} {error}".rstrip(), colour)
    beyond = [x - 8 if ha == "right" else x + 8 for x, _ in room.lines]
    offered = [edge, *(x for x in beyond if (x < edge if ha == "right" else x > edge))]
    widest = max(line.width for line in block)
    held = [max(x, widest) if ha == "right" else min(x, room.width - widest) for x in offered]
    x, _, _ = room.put(block, [(x, y + 16, ha) for x in held])
    ends = [(x + (3 if ha == "right" else -3)) / room.width, end / room.width]
    ax.plot(ends, [y / room.height] * 2, color=LIGHT[colour], linewidth=0.8, transform=ax.transAxes, zorder=2)
