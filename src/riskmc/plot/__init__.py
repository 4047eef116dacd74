"""Plots: an S-curve, a histogram, joint confidence, a Gantt chart, milestones, a comparison; on matplotlib axes.

    ax = rm.plot.s_curve(base.finish())
    rm.plot.write_svg(ax, "finish.svg")

Every picture is a function of results that returns the axes it drew on: ``plot.x(result, *others, ax=None)``. Each
name is imported on first use, and matplotlib with it; ``riskmc.plot.palette`` and ``captions`` do without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from riskmc.doors import door

if TYPE_CHECKING:
    from matplotlib.axes import Axes as Axes  # the type of a picture, for those above who may not name matplotlib

    from riskmc.plot.canvas import FULL, HALF
    from riskmc.plot.captions import Caption
    from riskmc.plot.comparisons import comparison
    from riskmc.plot.files import write_png, write_svg
    from riskmc.plot.gantt_chart import gantt, gantt_rows
    from riskmc.plot.histograms import histogram
    from riskmc.plot.joint_scatter import joint
    from riskmc.plot.milestone_dots import milestone_places, milestones
    from riskmc.plot.palette import PALETTE
    from riskmc.plot.picture import caption, to_svg
    from riskmc.plot.s_curves import s_curve
    from riskmc.plot.svg import SVG_CSS

__all__ = [
    "FULL",
    "HALF",
    "PALETTE",
    "SVG_CSS",
    "Caption",
    "caption",
    "comparison",
    "gantt",
    "gantt_rows",
    "histogram",
    "joint",
    "milestone_places",
    "milestones",
    "s_curve",
    "to_svg",
    "write_png",
    "write_svg",
]

_HOMES = {
    "canvas": ("FULL", "HALF"),
    "captions": ("Caption",),
    "comparisons": ("comparison",),
    "files": ("write_png", "write_svg"),
    "gantt_chart": ("gantt", "gantt_rows"),
    "histograms": ("histogram",),
    "joint_scatter": ("joint",),
    "milestone_dots": ("milestone_places", "milestones"),
    "palette": ("PALETTE",),
    "picture": ("caption", "to_svg"),
    "s_curves": ("s_curve",),
    "svg": ("SVG_CSS",),
}


def __dir__() -> list[str]:
    return __all__


if not TYPE_CHECKING:  # else every misspelt name would pass the type checker
    __getattr__ = door(__name__, _HOMES, globals())
