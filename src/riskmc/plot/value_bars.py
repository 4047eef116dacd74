"""Value: the distribution of the net present value, orange below zero, green above, with P20 and P50."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from riskmc.analysis.value import Value
from riskmc.forecast import Forecast
from riskmc.forecast.figures import chance, iterations_text, level_name
from riskmc.forecast.language import said
from riskmc.plot.axis import mark_values
from riskmc.plot.bars import bars_of
from riskmc.plot.canvas import FULL, Margins, canvas
from riskmc.plot.captions import Caption
from riskmc.plot.marks import set_limits
from riskmc.plot.palette import LIGHT
from riskmc.plot.placing import Line, Room, in_rows
from riskmc.plot.sentences import named
from riskmc.plot.style import style

HEIGHT = 240  # px
_MARGINS = Margins(left=16, right=16, top=4, bottom=40)
_LEVELS = (0.20, 0.50)
_ROOM = 0.3  # of the height above the tallest bar, for names


def value(found: Value, project: str | None = None, ax: Axes | None = None, width: int = FULL) -> Axes:
    """Return axes with the distribution of the net present value, of the program or of one project.

    ``width`` is FULL or HALF px where no ``ax`` is given.
    """
    npv = found.npv(project)
    with style():
        ax = canvas(ax, _caption(found, npv, project), width, HEIGHT, _MARGINS)
        set_limits(ax, [npv], [])
        tallest = _draw_bars(ax, npv)
        ax.set_ylim(0, tallest * (1 + _ROOM))
        _draw_levels(ax, npv, tallest)
        ax.set_yticks([])
        mark_values(ax, npv)
    return ax


def _caption(found: Value, npv: Forecast, project: str | None) -> Caption:
    positive, label = chance(found.chance_positive(project)), named(npv.label)
    told = [f"{level_name(p)} {npv.text(npv.quantile(p))}" for p in (0.10, *_LEVELS, 0.80, 0.90)]
    words = {"name": label, "chance": positive}
    title = said(
        "{name}: {value} (P50), {chance} chance of a positive return", value=npv.text(npv.quantile(0.5)), **words
    )
    subtitle = said(
        "From {iterations}; {money}, as of {date}. Orange: a loss",
        iterations=iterations_text(len(npv)), money=found.money, date=f"{found.at:%Y-%m-%d}",
    )  # fmt: skip
    return Caption(title, subtitle, said("{name}: {values}; positive: {chance}.", values="; ".join(told), **words))


def _draw_bars(ax: Axes, npv: Forecast) -> float:
    """Draw the bars, one edge on zero, and return the height of the tallest."""
    bars = bars_of(npv, 0.0)
    gains = bars.edges[:-1] >= -bars.width / 1e6
    for rows, colour, edge in ((~gains, "threat_pale", "threat"), (gains, "gain_pale", "gain")):
        if rows.any():
            ax.bar(
                bars.edges[:-1][rows], bars.shares[rows], bars.width, align="edge", color=LIGHT[colour],
                edgecolor=LIGHT[edge], linewidth=0.6, zorder=2,
            )  # fmt: skip
    return float(np.max(bars.shares)) or 1.0


def _draw_levels(ax: Axes, npv: Forecast, tallest: float) -> None:
    """Draw upright lines at zero, P20 and P50, and their names above the bars."""
    low, high = ax.get_xlim()
    room, told = Room(ax), []
    for p in _LEVELS:
        x = float(npv.quantile(p))  # type: ignore[arg-type]
        told.append((x, Line(f"{level_name(p)} {npv.text(x)}", "forecast", bold=True)))
        ax.plot([x, x], [0, tallest * 1.02], color=LIGHT["forecast"], linewidth=1.5, zorder=4)
    if low < 0 < high:
        ax.plot([0, 0], [0, tallest * 1.02], color=LIGHT["ink"], linewidth=2, zorder=4)
        told.append((0.0, Line("Zero", "ink", bold=True)))
    in_rows(room, room.px(0, tallest * 1.02)[1] + 2, [(room.px(x, 0)[0], line) for x, line in told])
