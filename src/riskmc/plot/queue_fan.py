"""Queue fan: how many activities wait for a pool over time, as bands P10 to P90 and P50 to P80 over the iterations."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from riskmc.analysis.capacity import Capacity
from riskmc.analysis.capacity.pool import Pool
from riskmc.analysis.capacity.result import QUEUE_LEVELS
from riskmc.errors import ArgumentError
from riskmc.forecast.figures import iterations_text, level_name, number, start_day
from riskmc.forecast.instant import DAY_MINUTES, instant_of
from riskmc.plot.axis import mark_months, mark_numbers
from riskmc.plot.canvas import FULL, Margins, canvas, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL
from riskmc.plot.palette import LIGHT
from riskmc.plot.sentences import named
from riskmc.plot.style import style

HEIGHT = 240  # px
_MARGINS = Margins(left=70, right=60, top=10, bottom=44)
_APART = 16  # px between the names of two percentiles

Bands = tuple[NDArray[np.float64], ...]


def queue(found: Capacity, pool: str | None = None, units: bool = False, ax: Axes | None = None) -> Axes:
    """Return axes with the queue of a pool over time: P10, P50, P80 and P90 of the activities, or units, that wait.

    Without ``pool`` the one for which most is waited. With your own ``ax`` leave 70 px of room on its left and 60 on
    its right. ArgumentError where there is no such pool, or none at all.
    """
    chosen = _chosen(found, pool)
    assert found.queues is not None
    days = found.queues.points / DAY_MINUTES
    fans = [chosen.queue_at(point, units) for point in range(days.size)]
    bands = tuple(np.array([float(one.quantile(p)) for one in fans]) for p in QUEUE_LEVELS)  # type: ignore[arg-type]
    with style():
        ax = canvas(ax, _caption(found, chosen, bands, units), FULL, HEIGHT, _MARGINS)
        step = days[1] - days[0] if days.size > 1 else 1.0
        edges = np.append(days, days[-1] + step)
        ax.set_xlim(float(edges[0]), float(edges[-1]))
        ax.set_ylim(0, max(float(bands[-1].max()), 1.0) * 1.12)
        _draw(ax, edges, bands)
        ax.grid(True, axis="y", color=LIGHT["rule"], linewidth=1)
        mark_months(ax)
        mark_numbers(ax, lambda count: f"{count:,.0f}", vertical=True)
        _name_bands(ax)
    return ax


def _chosen(found: Capacity, pool: str | None) -> Pool:
    if not found.pools:
        raise ArgumentError("plot.queue: no pool limits work here; give resources a capacity")
    return found.ranked[0] if pool is None else found[pool]


def _draw(ax: Axes, edges: NDArray[np.float64], bands: Bands) -> None:
    """Draw the bands as steps: each holds from its date to the next."""
    p10, p50, p80, p90 = (np.append(band, band[-1]) for band in bands)
    ax.fill_between(edges, p10, p90, step="post", color=LIGHT["forecast_pale"], linewidth=0, zorder=1)
    for band, colour, width in ((p10, "forecast_mid", 1.0), (p90, "forecast_mid", 1.0), (p80, "threat", 1.6)):
        ax.step(edges, band, where="post", color=LIGHT[colour], linewidth=width, zorder=2)
    ax.step(edges, p50, where="post", color=LIGHT["forecast"], linewidth=2.2, zorder=3)


def _name_bands(ax: Axes) -> None:
    """Write the names of the levels at the right, in their order."""
    told = zip(QUEUE_LEVELS, ("forecast", "forecast", "threat", "forecast"), strict=True)
    for row, (p, colour) in enumerate(told):
        label(ax, 1, 0, level_name(p), colour, dx=10, dy=8 + row * _APART, size=SMALL, bold=p == 0.5, coords="axes")


def _caption(found: Capacity, pool: Pool, bands: Bands, units: bool) -> Caption:
    assert found.queues is not None
    p80, what = bands[2], "units are" if units else "activities are"
    most = float(p80.max())
    at = start_day(instant_of(int(found.queues.points[int(np.argmax(p80))])))
    name = named(pool.name)
    title = f"{name}: at P80 {most:g} {what} waited for at most, first on {at}"
    if not units:
        waits = "activity waits" if most == 1 else "activities wait"
        title = f"{name}: at P80 up to {most:g} {waits}, first on {at}"
    if not most:
        title = f"{name}: at P80 nothing waits on any day"
    days = number(pool.mean_waiting.value or 0.0)
    subtitle = (
        f"{'Units waited for' if units else 'Activities that wait'} by date, {iterations_text(len(found.trials))}: "
        f"band P10 to P90, blue P50, orange P80; {days} days waited in all on average"
    )
    told = [
        f"{start_day(instant_of(int(found.queues.points[place])))}: "
        + ", ".join(f"{level_name(p)} {band[place]:g}" for p, band in zip(QUEUE_LEVELS, bands, strict=True))
        for place in np.flatnonzero(bands[-1] > 0)[:40]
    ]
    return Caption(title, subtitle, "; ".join(told) + "." if told else f"Nobody waits in {len(found.trials)} of them.")
