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
    from riskmc.plot.cash_charts import cash_flow, cumulative_cash
    from riskmc.plot.change_steps import changes
    from riskmc.plot.comparisons import comparison
    from riskmc.plot.convergence_lines import convergence
    from riskmc.plot.drawdown_steps import drawdown
    from riskmc.plot.files import write_png, write_svg
    from riskmc.plot.flow_bands import cumulative_flow
    from riskmc.plot.funding_frontier import funding
    from riskmc.plot.funding_stack import contingency
    from riskmc.plot.gantt_chart import gantt, gantt_rows
    from riskmc.plot.histograms import histogram
    from riskmc.plot.index_bars import sensitivity
    from riskmc.plot.joint_scatter import joint
    from riskmc.plot.milestone_dots import milestone_places, milestones
    from riskmc.plot.outside_curves import outside_view
    from riskmc.plot.palette import PALETTE
    from riskmc.plot.path_matrix import paths
    from riskmc.plot.picture import caption, to_svg
    from riskmc.plot.queue_fan import queue
    from riskmc.plot.resource_chart import resource_gantt
    from riskmc.plot.response_pairs import responses
    from riskmc.plot.response_steps import frontier
    from riskmc.plot.risk_grid import risk_matrix
    from riskmc.plot.s_curves import s_curve
    from riskmc.plot.scenario_dots import scenarios
    from riskmc.plot.svg import SVG_CSS
    from riskmc.plot.tornado_chart import tornado
    from riskmc.plot.unit_bars import capacity_value
    from riskmc.plot.use_bars import utilisation
    from riskmc.plot.value_bars import value
    from riskmc.plot.value_curves import earned_value
    from riskmc.plot.waterfall_chart import waterfall

__all__ = [
    "FULL",
    "HALF",
    "PALETTE",
    "SVG_CSS",
    "Caption",
    "capacity_value",
    "caption",
    "cash_flow",
    "changes",
    "comparison",
    "contingency",
    "convergence",
    "cumulative_cash",
    "cumulative_flow",
    "drawdown",
    "earned_value",
    "frontier",
    "funding",
    "gantt",
    "gantt_rows",
    "histogram",
    "joint",
    "milestone_places",
    "milestones",
    "outside_view",
    "paths",
    "queue",
    "resource_gantt",
    "responses",
    "risk_matrix",
    "s_curve",
    "scenarios",
    "sensitivity",
    "to_svg",
    "tornado",
    "utilisation",
    "value",
    "waterfall",
    "write_png",
    "write_svg",
]

_HOMES = {
    "canvas": ("FULL", "HALF"),
    "captions": ("Caption",),
    "change_steps": ("changes",),
    "cash_charts": ("cash_flow", "cumulative_cash"),
    "comparisons": ("comparison",),
    "convergence_lines": ("convergence",),
    "drawdown_steps": ("drawdown",),
    "files": ("write_png", "write_svg"),
    "flow_bands": ("cumulative_flow",),
    "funding_frontier": ("funding",),
    "funding_stack": ("contingency",),
    "gantt_chart": ("gantt", "gantt_rows"),
    "histograms": ("histogram",),
    "index_bars": ("sensitivity",),
    "joint_scatter": ("joint",),
    "milestone_dots": ("milestone_places", "milestones"),
    "outside_curves": ("outside_view",),
    "palette": ("PALETTE",),
    "path_matrix": ("paths",),
    "picture": ("caption", "to_svg"),
    "queue_fan": ("queue",),
    "resource_chart": ("resource_gantt",),
    "risk_grid": ("risk_matrix",),
    "response_pairs": ("responses",),
    "response_steps": ("frontier",),
    "s_curves": ("s_curve",),
    "scenario_dots": ("scenarios",),
    "svg": ("SVG_CSS",),
    "tornado_chart": ("tornado",),
    "unit_bars": ("capacity_value",),
    "use_bars": ("utilisation",),
    "value_bars": ("value",),
    "value_curves": ("earned_value",),
    "waterfall_chart": ("waterfall",),
}


def __dir__() -> list[str]:
    return __all__


if not TYPE_CHECKING:  # else every misspelt name would pass the type checker
    __getattr__ = door(__name__, _HOMES, globals())
