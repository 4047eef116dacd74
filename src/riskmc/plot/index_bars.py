"""Sensitivity of the finish to the activities: criticality, schedule sensitivity and cruciality, side by side.

One row an activity, the highest schedule sensitivity index first; thin lines are 95% simulation intervals.
"""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from riskmc.analysis.sensitivity import Sensitivity
from riskmc.analysis.sensitivity.estimates import Estimate
from riskmc.analysis.sensitivity.indices import Indices
from riskmc.errors import ArgumentError
from riskmc.forecast.figures import chance, iterations_text
from riskmc.plot.canvas import FULL, Margins, canvas, label
from riskmc.plot.captions import Caption
from riskmc.plot.palette import LIGHT
from riskmc.plot.rows import write_names
from riskmc.plot.sentences import named
from riskmc.plot.style import style
from riskmc.simulation.place import name_of

ROW = 30  # px
TOP = 12
_LEFT = 300  # px
_MARGINS = Margins(left=_LEFT, right=16, top=30, bottom=12)
_TITLES = ("Criticality index", "Schedule sensitivity index", "Cruciality (Pearson)")
_GAP = 0.42  # of the width of one index, for its figures


def sensitivity(found: Sensitivity, top: int = TOP, ax: Axes | None = None) -> Axes:
    """Return axes with the ``top`` activities: criticality index, schedule sensitivity index and cruciality of each.

    With your own ``ax`` leave 300 px of room on its left. ArgumentError where no activity has an index.
    """
    shown = [one for one in found.ranked if one.schedule_sensitivity.value is not None][:top]
    if not shown:
        raise ArgumentError("plot.sensitivity: no activity moves the finish here; give the program ranges and risks")
    names = [name_of(found.trials.program, one.path) for one in shown]
    with style():
        ax = canvas(ax, _caption(found, shown, names), FULL, ROW * len(shown), _MARGINS)
        ax.set_xlim(0, 3 + 3 * _GAP)
        ax.set_ylim(len(shown) - 0.5, -0.5)
        write_names(ax, names, _LEFT - 12)
        for column, title in enumerate(_TITLES):
            _draw_index(ax, column * (1 + _GAP), title, [_estimates(one)[column] for one in shown], column == 0)
        ax.set_xticks([])
        ax.set_yticks([])
        ax.spines["bottom"].set_visible(False)
    return ax


def _estimates(one: Indices) -> tuple[Estimate, Estimate, Estimate]:
    """Return the three indices of an activity."""
    share = one.criticality
    return Estimate(share.value, share.low, share.high), one.schedule_sensitivity, one.pearson.magnitude()


def _draw_index(ax: Axes, origin: float, title: str, told: Sequence[Estimate], as_share: bool) -> None:
    """Draw one index of every activity from ``origin`` on; 1 is one unit wide, or the largest where that is more."""
    most = max([1.0, *(end for one in told for end in one if end is not None)])
    label(ax, origin, 1, title, "quiet", dy=14, coords="column")
    ax.plot([origin] * 2, ax.get_ylim(), color=LIGHT["plan"], linewidth=1, zorder=1)
    for y, one in enumerate(told):
        if one.value is None:
            label(ax, origin, y, "unknown", "quiet", dx=6)
            continue
        ax.barh(
            [y], [one.value / most], height=0.6, left=origin, color=LIGHT["forecast_pale"],
            edgecolor=LIGHT["forecast"], linewidth=1, zorder=2,
        )  # fmt: skip
        end = one.value
        if one.low is not None and one.high is not None:
            ax.plot(
                [origin + one.low / most, origin + one.high / most], [y, y], color=LIGHT["forecast"], linewidth=1.5,
                zorder=3,
            )  # fmt: skip
            end = max(end, one.high)
        text = chance(one.value) if as_share else f"{one.value:.2f}"
        label(ax, origin + end / most, y, text, "forecast", dx=7, bold=True)


def _caption(found: Sensitivity, shown: Sequence[Indices], names: Sequence[str]) -> Caption:
    first, told = shown[0], zip(names, map(_estimates, shown), strict=True)
    title = (
        f"The finish hangs most on “{named(names[0])}”: schedule sensitivity {first.schedule_sensitivity.value:.2f}, "
        f"critical in {chance(first.criticality)}"
    )
    subtitle = (
        f"{len(shown)} of {len(found):,} activities, from {iterations_text(len(found.trials))}. Thin lines: 95% "
        "intervals, simulation error only"
    )
    rows = (
        f"{named(name)}: criticality {chance(each[0].value or 0.0)}, SSI {_text(each[1])}, cruciality {_text(each[2])}"
        for name, each in told
    )
    return Caption(title, subtitle, f"{'; '.join(rows)}.")


def _text(one: Estimate) -> str:
    return "unknown" if one.value is None else f"{one.value:.2f}"
