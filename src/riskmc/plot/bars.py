"""Bars: the histogram behind a curve or on its own, with one edge on the target: blue up to it, orange beyond.

Bars of dates are whole days, weeks or four weeks wide; bars of amounts 1, 2 or 5 times a power of ten.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from riskmc.forecast import Forecast
from riskmc.forecast.outcome import DATE
from riskmc.plot.marks import reach, smallest_spread
from riskmc.plot.palette import LIGHT
from riskmc.plot.scale import positions

MOST_BARS = 72
_DAYS = (1, 2, 7, 14, 28, 56, 91, 182, 364)


@dataclass(frozen=True, eq=False)
class Bars:
    """Edges on the axis, and the share of all iterations within each bar; the upper edge belongs to a bar."""

    edges: NDArray[np.float64]
    shares: NDArray[np.float64]
    width: float


def bars_of(forecast: Forecast, target: float | None) -> Bars:
    """Return the bars over all but the outermost outcomes, one edge on the target, or on a round value."""
    low, high = reach(forecast)
    width = _width(forecast, high - low)
    origin = target if target is not None else 0.0
    first, last = floor((low - origin) / width), ceil((high - origin) / width)
    first -= first * width + origin >= low  # a bar holds its upper edge, not its lower
    last = max(last, first + 1)
    edges = origin + width * np.arange(first, last + 1)
    counts = np.diff(np.searchsorted(positions(forecast), edges, side="right"))
    return Bars(np.asarray(edges, np.float64), counts / len(forecast), width)


def _width(forecast: Forecast, spread: float) -> float:
    if forecast.unit == DATE:
        fit = next((days for days in _DAYS if spread / days <= MOST_BARS), None)
        return float(fit or 364 * ceil(spread / 364 / MOST_BARS))
    if spread <= 0:
        return smallest_spread(forecast) / 40
    power = floor(log10(spread / MOST_BARS))
    return next(m * 10.0**p for p in (power, power + 1) for m in (1, 2, 5) if spread / (m * 10.0**p) <= MOST_BARS)


def draw_bars(ax: Axes, forecast: Forecast, target: float | None, height: float) -> Bars:
    """Draw the bars, the tallest ``height`` high, and return them."""
    bars = bars_of(forecast, target)
    shares = bars.shares / (bars.shares.max() or 1.0) * height
    late = bars.edges[:-1] >= (np.inf if target is None else target)
    for rows, colour in ((~late, "forecast_pale"), (late, "threat_pale")):
        if rows.any():
            ax.bar(
                bars.edges[:-1][rows],
                shares[rows],
                bars.width,
                align="edge",
                color=LIGHT[colour],
                edgecolor=LIGHT["paper"],
                linewidth=0.8,
                zorder=1,
            )
    return bars
