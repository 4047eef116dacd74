"""Cumulative flow diagram: bands of the items to do, in each stage and done, over the working days of a team.

The height of a stage's band is what is in it, the way across the bands the time an item takes (Anderson 2010). Stages
alternate between two tints; each band is named at its thickest.
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
_TINTS = ("forecast_pale", "forecast_mid")
Heights = NDArray[np.float64]
_LEAST = 1.4  # times the height of a letter: the thinnest band that is named


def cumulative_flow(flow: ItemFlow, ax: Axes | None = None) -> Axes:
    """Return axes with the items of a backlog in one iteration: done at the bottom, then the stages, to do on top."""
    order = [flow.items.shape[1] - 1, *range(flow.items.shape[1] - 2, 0, -1), 0]
    names = ["To do", *flow.stages, "Done"]
    tints = ["rule", *(_TINTS[place % 2] for place in range(len(flow.stages))), "forecast"]
    edges = np.cumsum(flow.items[:, order], axis=1)
    with style():
        ax = canvas(ax, _caption(flow), FULL, HEIGHT, _MARGINS)
        ax.set_xlim(0, flow.length)
        ax.set_ylim(0, 1.06 * float(edges[:, -1].max()))
        low = np.zeros(len(edges))
        for place, high in zip(order, edges.T.astype(float), strict=True):
            ax.fill_between(
                flow.days, low, high, step="post", facecolor=LIGHT[tints[place]], edgecolor=LIGHT["paper"],
                linewidth=0.8, zorder=2, label=names[place],
            )  # fmt: skip
            _name(ax, flow, names[place], low, high, place == len(names) - 1)
            low = high
        mark_amounts(ax, "d")
        mark_amounts(ax, "", vertical=True)
    return ax


def _name(ax: Axes, flow: ItemFlow, text: str, low: Heights, high: Heights, dark: bool) -> None:
    """Write the name of a band where it is thickest, if it is thick enough anywhere."""
    inside = (flow.days > 0.08 * flow.length) & (flow.days < 0.88 * flow.length)
    thick = np.where(inside, high - low, 0.0)
    at = int(np.argmax(thick))
    if thick[at] / ax.get_ylim()[1] * extent(ax)[1] >= _LEAST * SMALL:
        middle = (low[at] + high[at]) / 2
        size = TEXT if text in ("To do", "Done") else SMALL
        label(ax, flow.days[at], middle, text, "paper" if dark else "ink", ha="center", size=size)


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
