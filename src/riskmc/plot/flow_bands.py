"""Cumulative flow diagram: bands of the items to do, in each stage and done, over the working days of a team.

The height of a stage's band is what is in it, the way across the bands the time an item takes (Anderson 2010). Stages
alternate between two tints; a line leads from the name of each to its band.
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from riskmc.analysis.item_flow import ItemFlow
from riskmc.plot.axis import mark_amounts
from riskmc.plot.canvas import FULL, Margins, canvas, extent, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL, TEXT
from riskmc.plot.palette import LIGHT
from riskmc.plot.sentences import named
from riskmc.plot.style import style

HEIGHT = 300  # px
_MARGINS = Margins(left=52, right=24, top=14, bottom=40)
_TINTS = ("forecast", "forecast_mid")  # of the stages, the last one first
_RISE = 14  # px from the bands of the stages up to their names
Heights = NDArray[np.float64]


def cumulative_flow(flow: ItemFlow, ax: Axes | None = None) -> Axes:
    """Return axes with the items of a backlog in one iteration: done at the bottom, then the stages, to do on top."""
    bands = [*zip(["To do", *flow.stages, "Done"], flow.items.T.astype(float), strict=True)][::-1]
    tints = ["forecast_pale", *(_TINTS[place % 2] for place in range(len(flow.stages))), "rule"]
    with style():
        ax = canvas(ax, _caption(flow), FULL, HEIGHT, _MARGINS)
        ax.set_xlim(0, flow.length)
        ax.set_ylim(0, 1.12 * float(flow.items.sum(axis=1).max()))
        low = np.zeros(len(flow.days))
        top = low + flow.items[:, 1:].sum(axis=1)
        for place, ((name, items), tint) in enumerate(zip(bands, tints, strict=True)):
            ax.fill_between(
                flow.days, low, low + items, step="post", facecolor=LIGHT[tint], edgecolor=LIGHT["paper"],
                linewidth=0.8, zorder=2, label=name,
            )  # fmt: skip
            if 0 < place < len(bands) - 1:
                _point_at(ax, flow, name, low + items / 2, top, place / (len(bands) - 1))
            else:
                _write_inside(ax, flow, name, low, items)
            low = low + items
        mark_amounts(ax, "d")
        mark_amounts(ax, "", vertical=True)
    return ax


def _point_at(ax: Axes, flow: ItemFlow, name: str, middle: Heights, top: Heights, share: float) -> None:
    """Write the name of a stage above all of them, with a line down to the middle of its band."""
    at = int(np.searchsorted(flow.days, (0.2 + 0.5 * share) * flow.length))
    rise = _RISE / extent(ax)[1] * ax.get_ylim()[1]
    ax.plot([flow.days[at]] * 2, [middle[at], top[at] + rise], color=LIGHT["ink"], linewidth=0.8, zorder=4)
    ax.plot(flow.days[at], middle[at], "o", color=LIGHT["paper"], markersize=3, zorder=5)
    label(ax, flow.days[at], top[at] + rise, name, size=SMALL, ha="right", dx=-3, dy=1)


def _write_inside(ax: Axes, flow: ItemFlow, name: str, low: Heights, items: Heights) -> None:
    """Write the name of a band where it is thickest, away from the edges."""
    inside = (flow.days > 0.08 * flow.length) & (flow.days < 0.9 * flow.length)
    at = int(np.argmax(np.where(inside, items, 0.0)))
    if items[at] / ax.get_ylim()[1] * extent(ax)[1] >= TEXT:
        label(ax, flow.days[at], low[at] + items[at] / 2, name, ha="center", size=TEXT)


def _caption(flow: ItemFlow) -> Caption:
    name = named(flow.name)
    done = f"{flow.lead.size:,} items in {flow.length:,.0f} working days"
    lead = f"{flow.lead.mean():.1f} days"
    title = f"{name}: {done}, {flow.in_work:.1f} of them in work at a time"
    subtitle = (
        f"Items to do, in each stage and done in iteration {flow.number:,}, over the working days of the team; an item "
        f"takes {lead} from the first stage to the end"
    )
    peak = ", ".join(
        f"{stage} {most}" for stage, most in zip(flow.stages, flow.items[:, 1:-1].max(axis=0).tolist(), strict=True)
    )
    return Caption(title, subtitle, f"{done}; lead time {lead}; most items in a stage: {peak}.")
