"""Waterfall chart: from the plan to P80 in steps that add up, in whole days or round amounts, as they are printed.

Grey is the uncertainty of the work itself, orange a risk, green an opportunity; risks are their shares of the delay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from matplotlib.axes import Axes

from riskmc.analysis.drivers.result import check_by
from riskmc.analysis.waterfall import Waterfall
from riskmc.analysis.waterfall.result import ordered
from riskmc.errors import ArgumentError
from riskmc.forecast.figures import iterations_text, level_name
from riskmc.forecast.language import counted, said
from riskmc.plot.axis import mark_amounts, mark_months
from riskmc.plot.canvas import FULL, Margins, canvas, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import width_of
from riskmc.plot.palette import LIGHT
from riskmc.plot.rows import write_names
from riskmc.plot.sentences import named
from riskmc.plot.style import style

ROW = 29  # px
TOP = 12  # risks drawn apart
_LEFT = 330  # px
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class WaterfallRow:
    """One step: its name, its whole printed units, and whether it is a risk."""

    name: str
    whole: int
    risk: bool

    @property
    def colour(self) -> str:
        """Grey for the work itself and for nothing, orange for a threat, green for an opportunity."""
        if not self.risk or not self.whole:
            return "plan"
        return "gain" if self.whole < 0 else "threat"


def waterfall(
    waterfall: Waterfall, by: Literal["finish", "cost"] = "finish", top: int = TOP, ax: Axes | None = None
) -> Axes:
    """Return axes with one bar a step, from the plan's date or cost to the percentile, the largest ``top`` risks apart.

    Bars are as long as the printed digits, and add up as these do. With your own ``ax`` leave 330 px of room on its
    left and 80 px on its right. ArgumentError for a plan without a forecast, or where no money is spent.
    """
    check_by(by)
    if not waterfall.trials.random:
        raise ArgumentError("plot.waterfall: nothing is random in this program; it is a plan, not a forecast")
    if by == "cost" and not waterfall.trials.has_cost:
        raise ArgumentError("plot.waterfall: no money is spent in these trials; give activities a cost (`cost:`)")
    rows, digits = waterfall_rows(waterfall, by, top), waterfall.digits(by)
    start, texts = _place(digits.level(waterfall.start(by)), by, digits.unit), [digits.text(r.whole) for r in rows]
    total = digits.text(sum(row.whole for row in rows))
    with style():
        right = max(width_of(text, bold=True) for text in [*texts, total]) + 22
        caption = _caption(waterfall, by, rows, texts)
        ax = canvas(ax, caption, FULL, ROW * (len(rows) + 2), Margins(_LEFT, right, 12, 44))
        ax.set_ylim(len(rows) + 1.5, -0.5)
        ax.set_yticks([])
        write_names(ax, waterfall_names(waterfall, by, rows), _LEFT - 12, bold=(0, len(rows) + 1))
        _draw(ax, start, rows, digits.unit if by == "cost" else 1.0)
        for y, (row, text) in enumerate(zip(rows, texts, strict=True), 1):
            colour = "quiet" if row.colour == "plan" else row.colour
            label(ax, 1, y, text, colour, ha="right", dx=right - 8, bold=True, coords="row")
        label(ax, 1, len(rows) + 1, total, ha="right", dx=right - 8, bold=True, coords="row")
        mark_months(ax) if by == "finish" else mark_amounts(ax, waterfall.trials.currency)
    return ax


def waterfall_rows(
    waterfall: Waterfall, by: Literal["finish", "cost"] = "finish", top: int = TOP
) -> list[WaterfallRow]:
    """Return the steps, then the largest risks, then all others in one row: those left out, and those of nothing."""
    whole, count = waterfall.whole(by), len(waterfall.steps)
    rows = [WaterfallRow(step.told(by), whole[place], False) for place, step in enumerate(waterfall.steps)]
    places = [place for place in ordered(waterfall.risks, by) if whole[count + place]][:top]
    rows += [WaterfallRow(waterfall.risks[place].name, whole[count + place], True) for place in places]
    rest = len(waterfall.risks) - len(places)
    if rest:
        left = sum(whole[count:]) - sum(whole[count + place] for place in places)
        rows.append(WaterfallRow(counted("{count} other risk", "{count} other risks", rest), left, True))
    return rows


def waterfall_names(waterfall: Waterfall, by: str, rows: Sequence[WaterfallRow]) -> list[str]:
    """Return what stands beside each row: the plan and its level, the steps, the percentile and its level."""
    digits, level = waterfall.digits(by), level_name(waterfall.percentile)
    first, last = (digits.level_text(end) for end in (waterfall.start(by), waterfall.end(by)))
    return [said("Plan {value}", value=first), *(row.name for row in rows), f"{level} {last}"]


def _place(level: int, by: str, unit: float) -> float:
    return level - _EPOCH if by == "finish" else level * unit


def _draw(ax: Axes, start: float, rows: Sequence[WaterfallRow], unit: float) -> None:
    """Draw plan, steps and forecast, each step from where the one before it ended."""
    at, ends = start, [start]
    ax.plot([start], [0], "s", color=LIGHT["plan"], markersize=9, zorder=3)
    for y, row in enumerate(rows, 1):
        width = row.whole * unit
        ax.barh([y], [width], left=[at], height=0.62, color=LIGHT[row.colour], zorder=2)
        ax.plot([at, at], [y - 0.7, y - 0.31 if width else y + 0.31], color=LIGHT["plan"], linewidth=1, zorder=1)
        at += width
        ends.append(at)
    ax.plot([at, at], [len(rows) + 0.3, len(rows) + 0.7], color=LIGHT["plan"], linewidth=1, zorder=1)
    ax.plot([at], [len(rows) + 1], "o", color=LIGHT["forecast"], markersize=9, zorder=3)
    pad = 0.03 * (max(ends) - min(ends)) or (12 if unit == 1 else abs(start) * 0.01 or 1)
    ax.set_xlim(min(ends) - pad, max(ends) + pad)


def _caption(waterfall: Waterfall, by: str, rows: Sequence[WaterfallRow], texts: Sequence[str]) -> Caption:
    digits, level = waterfall.digits(by), level_name(waterfall.percentile)
    whole, risks = sum(row.whole for row in rows), sum(row.whole for row in rows if row.risk)
    work, size = digits.size(whole - risks), digits.size(abs(whole))
    title = said("{beside}: {size} from the work itself", beside=_beside(by, level, whole, size), size=work)
    title += (
        said(", {size} from risks", size=digits.size(risks)) if waterfall.risks else said(", no risk in the program")
    )
    largest = max((row for row in rows if row.risk and row.whole), key=lambda row: abs(row.whole), default=None)
    if largest is not None and largest.whole > 0:
        title += said(", most of all “{name}”", name=named(largest.name))
    n = iterations_text(len(waterfall.trials))
    subtitle = said("Each step is {level} with one thing more, from the same {iterations}", level=level, iterations=n)
    if waterfall.risks and by == "finish":
        subtitle += said("; risks: shares of the delay, not the saving")
    elif waterfall.risks:
        subtitle += said("; risks: shares of the cost, not the saving")
    told = "; ".join(f"{row.name} {text}" for row, text in zip(rows, texts, strict=True))
    ends = [digits.level_text(end) for end in (waterfall.start(by), waterfall.end(by))]
    return Caption(title, subtitle, f"{said('Plan {value}', value=ends[0])}; {told}; {level} {ends[1]}.")


def _beside(by: str, level: str, whole: int, size: str) -> str:
    """Return ``P80 is 86 days after the plan``, ``P80 is EUR 1.2M below the plan``, ``P80 is the plan``."""
    if not whole:
        return said("{level} is the plan", level=level)
    if by == "finish":
        told = said("{level} is {gap} after the plan") if whole > 0 else said("{level} is {gap} before the plan")
    else:
        told = said("{level} is {gap} above the plan") if whole > 0 else said("{level} is {gap} below the plan")
    return told.format(level=level, gap=size)
