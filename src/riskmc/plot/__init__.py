"""Plots: an S-curve, a histogram, joint confidence, a Gantt chart, milestones, a comparison; on matplotlib axes.

    ax = rm.plot.s_curve(base.finish())
    rm.plot.write_svg(ax, "finish.svg")

Every picture is a function of results that returns the axes it drew on: ``plot.x(result, *others, ax=None)``. What
its rows and curves are made of can be had beside it, for charts of other programs; those names are not listed. Each
name is imported on first use, and matplotlib with it; ``riskmc.plot.palette`` and ``captions`` do without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from riskmc.doors import door

if TYPE_CHECKING:
    from matplotlib.axes import Axes as Axes  # the type of a picture, for those above who may not name matplotlib

    from riskmc.plot.bars import bars_of as bars_of
    from riskmc.plot.canvas import FULL, HALF
    from riskmc.plot.captions import Caption
    from riskmc.plot.cash_charts import cash_flow, cumulative_cash
    from riskmc.plot.change_steps import change_bars as change_bars
    from riskmc.plot.change_steps import changes
    from riskmc.plot.change_steps import ends_of as ends_of
    from riskmc.plot.comparisons import compared_rows as compared_rows
    from riskmc.plot.comparisons import comparison
    from riskmc.plot.convergence_lines import convergence
    from riskmc.plot.drawdown_steps import drawdown
    from riskmc.plot.files import png_bytes as png_bytes
    from riskmc.plot.files import write_png, write_svg
    from riskmc.plot.flow_bands import cumulative_flow
    from riskmc.plot.funding_frontier import funding
    from riskmc.plot.funding_stack import contingency
    from riskmc.plot.funding_stack import funding_levels as funding_levels
    from riskmc.plot.gantt_chart import GanttRow as GanttRow
    from riskmc.plot.gantt_chart import gantt, gantt_rows
    from riskmc.plot.gantt_chart import gantt_lines as gantt_lines
    from riskmc.plot.histograms import histogram
    from riskmc.plot.index_bars import sensitivity
    from riskmc.plot.joint_scatter import JointPair as JointPair
    from riskmc.plot.joint_scatter import joint
    from riskmc.plot.joint_scatter import joint_corners as joint_corners
    from riskmc.plot.joint_scatter import joint_dots as joint_dots
    from riskmc.plot.joint_scatter import joint_pair as joint_pair
    from riskmc.plot.marks import MOST_MARKS as MOST_MARKS
    from riskmc.plot.marks import Mark as Mark
    from riskmc.plot.marks import limits_of as limits_of
    from riskmc.plot.marks import marks_of as marks_of
    from riskmc.plot.milestone_dots import MilestoneRow as MilestoneRow
    from riskmc.plot.milestone_dots import far_from as far_from
    from riskmc.plot.milestone_dots import milestone_places, milestones
    from riskmc.plot.milestone_dots import milestone_rows as milestone_rows
    from riskmc.plot.outside_curves import outside_view
    from riskmc.plot.palette import PALETTE
    from riskmc.plot.path_matrix import paths
    from riskmc.plot.picture import caption, to_svg
    from riskmc.plot.queue_fan import queue
    from riskmc.plot.resource_chart import resource_gantt
    from riskmc.plot.response_pairs import responses
    from riskmc.plot.response_steps import STATES as STATES
    from riskmc.plot.response_steps import bought as bought
    from riskmc.plot.response_steps import frontier
    from riskmc.plot.response_steps import told_steps as told_steps
    from riskmc.plot.risk_grid import risk_matrix
    from riskmc.plot.s_curves import band_of as band_of
    from riskmc.plot.s_curves import curve_of as curve_of
    from riskmc.plot.s_curves import s_curve
    from riskmc.plot.scale import gap as gap
    from riskmc.plot.scale import position as position
    from riskmc.plot.scenario_dots import ScenarioDot as ScenarioDot
    from riskmc.plot.scenario_dots import scenario_points as scenario_points
    from riskmc.plot.scenario_dots import scenario_reach as scenario_reach
    from riskmc.plot.scenario_dots import scenarios
    from riskmc.plot.sentences import question as question
    from riskmc.plot.svg import SVG_CSS
    from riskmc.plot.tornado_chart import TornadoBar as TornadoBar
    from riskmc.plot.tornado_chart import tornado
    from riskmc.plot.tornado_chart import tornado_bars as tornado_bars
    from riskmc.plot.unit_bars import capacity_value
    from riskmc.plot.use_bars import utilisation
    from riskmc.plot.value_bars import value
    from riskmc.plot.value_curves import earned_value
    from riskmc.plot.waterfall_chart import waterfall
    from riskmc.plot.waterfall_chart import waterfall_names as waterfall_names
    from riskmc.plot.waterfall_chart import waterfall_rows as waterfall_rows

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
    "bars": ("bars_of",),
    "canvas": ("FULL", "HALF"),
    "captions": ("Caption",),
    "change_steps": ("change_bars", "changes", "ends_of"),
    "cash_charts": ("cash_flow", "cumulative_cash"),
    "comparisons": ("compared_rows", "comparison"),
    "convergence_lines": ("convergence",),
    "drawdown_steps": ("drawdown",),
    "files": ("png_bytes", "write_png", "write_svg"),
    "flow_bands": ("cumulative_flow",),
    "funding_frontier": ("funding",),
    "funding_stack": ("contingency", "funding_levels"),
    "gantt_chart": ("GanttRow", "gantt", "gantt_lines", "gantt_rows"),
    "histograms": ("histogram",),
    "index_bars": ("sensitivity",),
    "joint_scatter": ("JointPair", "joint", "joint_corners", "joint_dots", "joint_pair"),
    "marks": ("MOST_MARKS", "Mark", "limits_of", "marks_of"),
    "milestone_dots": ("MilestoneRow", "far_from", "milestone_places", "milestone_rows", "milestones"),
    "outside_curves": ("outside_view",),
    "palette": ("PALETTE",),
    "path_matrix": ("paths",),
    "picture": ("caption", "to_svg"),
    "queue_fan": ("queue",),
    "resource_chart": ("resource_gantt",),
    "risk_grid": ("risk_matrix",),
    "response_pairs": ("responses",),
    "response_steps": ("STATES", "bought", "frontier", "told_steps"),
    "s_curves": ("band_of", "curve_of", "s_curve"),
    "scale": ("gap", "position"),
    "sentences": ("question",),
    "scenario_dots": ("ScenarioDot", "scenario_points", "scenario_reach", "scenarios"),
    "svg": ("SVG_CSS",),
    "tornado_chart": ("TornadoBar", "tornado", "tornado_bars"),
    "unit_bars": ("capacity_value",),
    "use_bars": ("utilisation",),
    "value_bars": ("value",),
    "value_curves": ("earned_value",),
    "waterfall_chart": ("waterfall", "waterfall_names", "waterfall_rows"),
}


def __dir__() -> list[str]:
    return __all__


if not TYPE_CHECKING:  # else every misspelt name would pass the type checker
    __getattr__ = door(__name__, _HOMES, globals())
