"""Changes: from the old P80 to the new one in a step for each change, as `riskmc diff` shares out the movement.

Green is earlier or cheaper, orange later or dearer; the thin line at the end of a bar is its 95% interval. Bars are as
long as the printed digits, and add up as these do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes

from riskmc.analysis.diff.program_diff import FINISH, ProgramDiff
from riskmc.analysis.diff.rounding import RoundedShares, rounded_shares
from riskmc.errors import ArgumentError
from riskmc.forecast import Forecast
from riskmc.forecast.figures import iterations_text
from riskmc.forecast.language import counted, marked, said
from riskmc.plot.axis import mark_values
from riskmc.plot.canvas import FULL, Margins, canvas, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import width_of
from riskmc.plot.palette import LIGHT
from riskmc.plot.rows import write_names
from riskmc.plot.scale import position
from riskmc.plot.sentences import named
from riskmc.plot.style import style

MEASURE = "p80"
ROW = 30  # px
_LEFT = 330  # px
_READING = {
    "finish": marked(
        "Each change: its share of the movement, from the same {iterations} of both; orange is later; thin lines: 95% "
        "intervals, simulation error only"
    ),
    "cost": marked(
        "Each change: its share of the movement, from the same {iterations} of both; orange is dearer; thin lines: 95% "
        "intervals, simulation error only"
    ),
}
_MOST = 14  # changes drawn, the others in one row


@dataclass(frozen=True)
class ChangeStep:
    """One change: its name, its whole steps, and the ends of its interval around its value, in axis units."""

    name: str
    part: int
    ends: tuple[float, float] | None

    @property
    def colour(self) -> str:
        """Green for earlier or cheaper, orange for later or dearer, grey for nothing."""
        return "plan" if not self.part else "gain" if self.part < 0 else "threat"


def changes(diff: ProgramDiff, of: Literal["finish", "cost"] = "finish", ax: Axes | None = None) -> Axes:
    """Return axes with one bar for each change, from the old P80 to the new one, of the finish or the cost.

    With your own ``ax`` leave 330 px of room on its left and 90 px on its right. ArgumentError where no change can move
    anything, or no money is spent.
    """
    rounded, steps = change_bars(diff, of)
    before, after = ends_of(diff, of)
    ends = [
        f"{name} {one.text(one.quantile(0.80))}" for name, one in ((said("Old P80"), before), (said("New P80"), after))
    ]
    texts = [rounded.text(step.part) for step in steps]
    with style():
        right = max(width_of(text, bold=True) for text in [*texts, rounded.text(rounded.total)]) + 24
        ax = canvas(
            ax, _caption(diff, of, rounded, ends, steps), FULL, ROW * (len(steps) + 2), Margins(_LEFT, right, 12, 44)
        )
        ax.set_ylim(len(steps) + 1.5, -0.5)
        ax.set_yticks([])
        write_names(ax, [ends[0], *(step.name for step in steps), ends[1]], _LEFT - 12, bold=(0, len(steps) + 1))
        _draw(ax, position(before.quantile(0.80)), steps, rounded.step)
        for y, (step, text) in enumerate(zip(steps, texts, strict=True), 1):
            colour = "quiet" if step.colour == "plan" else step.colour
            label(ax, 1, y, text, colour, ha="right", dx=right - 8, bold=True, coords="row")
        label(ax, 1, len(steps) + 1, rounded.text(rounded.total), ha="right", dx=right - 8, bold=True, coords="row")
        mark_values(ax, before)
    return ax


def change_bars(diff: ProgramDiff, of: str) -> tuple[RoundedShares, list[ChangeStep]]:
    """Return how the movement of P80 is rounded, and its steps in the order drawn; ArgumentError as ``changes``."""
    if of not in ("finish", "cost"):
        raise ArgumentError(f"plot.changes: of is finish or cost, got {of!r}")
    if not diff.groups:
        raise ArgumentError("plot.changes: no change between these programs can move finish or cost")
    if of == "cost" and not diff.has_cost:
        raise ArgumentError("plot.changes: no money is spent in these programs; give activities a cost (`cost:`)")
    rounded = rounded_shares(diff, of, MEASURE)
    return rounded, _steps(diff, of, rounded)


def ends_of(diff: ProgramDiff, of: str) -> tuple[Forecast, Forecast]:
    """Return the forecasts of the old and the new program."""
    before, after = ((one.finish() if of == FINISH else one.cost()) for one in (diff.old, diff.new))
    return before, after


def _steps(diff: ProgramDiff, of: str, rounded: RoundedShares) -> list[ChangeStep]:
    """Return the changes that move something, the largest first, then all others in one step."""
    places = sorted(range(len(diff.groups)), key=lambda place: -abs(diff.groups[place].share(of, MEASURE).value))
    shown = [place for place in places if rounded.parts[place]][:_MOST]
    steps = [_step(diff, of, place, rounded.parts[place]) for place in shown]
    rest = [place for place in places if place not in shown]
    if rest:
        name = counted("{count} other change", "{count} other changes", len(rest))
        steps.append(ChangeStep(name, sum(rounded.parts[place] for place in rest), None))
    return steps


def _step(diff: ProgramDiff, of: str, place: int, part: int) -> ChangeStep:
    group = diff.groups[place]
    value, low, high = group.share(of, MEASURE)
    ends = None if low is None or high is None else (low - value, high - value)
    return ChangeStep(said(group.name), part, ends)


def _draw(ax: Axes, start: float, steps: Sequence[ChangeStep], unit: float) -> None:
    """Draw the old figure, the steps, each from where the one before it ended, and the new figure."""
    at, reached = start, [start]
    ax.plot([at], [0], "o", color=LIGHT["plan"], markersize=9, zorder=3)
    for y, step in enumerate(steps, 1):
        width = step.part * unit
        ax.barh([y], [width], left=[at], height=0.62, color=LIGHT[step.colour], zorder=2)
        ax.plot([at, at], [y - 0.7, y - 0.31], color=LIGHT["plan"], linewidth=1, zorder=1)
        at += width
        reached.append(at)
        if step.ends is not None and step.part:
            low, high = (at + end for end in step.ends)
            ax.plot([low, high], [y, y], color=LIGHT["ink"], linewidth=1.2, zorder=4)
            reached += [low, high]
    ax.plot([at, at], [len(steps) + 0.3, len(steps) + 0.7], color=LIGHT["plan"], linewidth=1, zorder=1)
    ax.plot([at], [len(steps) + 1], "o", color=LIGHT["forecast"], markersize=9, zorder=3)
    pad = 0.03 * (max(reached) - min(reached)) or max(1.0, abs(start) * 0.001)
    ax.set_xlim(min(reached) - pad, max(reached) + pad)


def _caption(
    diff: ProgramDiff, of: str, rounded: RoundedShares, ends: Sequence[str], steps: Sequence[ChangeStep]
) -> Caption:
    """Return the movement and its largest part, how it was shared out, and every step in words."""
    moved = said("P80 finish does not move") if of == FINISH else said("P80 cost does not move")
    if rounded.total:
        moves = said("P80 finish moves by {difference}") if of == FINISH else said("P80 cost moves by {difference}")
        moved = moves.format(difference=rounded.text(rounded.total))
    largest = next((step for step in steps if step.part and step.ends is not None), None)
    most = ""
    if largest is not None:
        most = said(", {part} by “{name}”", part=rounded.text(largest.part), name=named(largest.name))
    subtitle = said(_READING[of], iterations=iterations_text(len(diff.old)))
    told = "; ".join(f"{step.name} {rounded.text(step.part)}" for step in steps)
    return Caption(f"{moved}{most}", subtitle, f"{ends[0]}; {told}; {ends[1]}.")
