"""Convergence: how well P50, P80 and mean are known after so many iterations, and how many more it takes.

Both axes are logarithmic, so that the square-root law is a straight line: dashed, from the whole run on, to the
iterations that bring P80 within the distance asked for (the diamond).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.axis import XAxis, YAxis

from riskmc.analysis.convergence import Convergence, Need, Point
from riskmc.errors import ArgumentError
from riskmc.forecast.figures import iterations_text, money_format
from riskmc.plot.canvas import FULL, Margins, canvas, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL
from riskmc.plot.palette import LIGHT
from riskmc.plot.sentences import named
from riskmc.plot.style import style
from riskmc.simulation.until import Goal, rounded_up

HEIGHT = 260  # px
_MARGINS = Margins(left=84, right=130, top=10, bottom=44)
_LOOKS = {"P80": ("forecast", "-"), "P50": ("quiet", "-"), "mean": ("quiet", (0, (2, 2)))}
_SLOT = 0.075  # share of the height that a name takes


@dataclass(frozen=True)
class _Curve:
    """One measure: what it is called on the picture, and its half-widths."""

    name: str
    points: Sequence[Point]

    @property
    def last(self) -> Point:
        """The point of the whole run."""
        return self.points[-1]


def convergence(found: Convergence, ax: Axes | None = None, of: Literal["finish", "cost"] = "finish") -> Axes:
    """Return axes with the half-widths of the 95% intervals of P80, P50 and mean by iterations.

    ``of`` is finish or cost. ArgumentError where there is nothing of it to draw: nothing varies, or the run is short.
    """
    if of not in ("finish", "cost"):
        raise ArgumentError(f"plot.convergence: of is finish or cost, got {of!r}")
    curves = _curves(found, of)
    if not curves:
        raise ArgumentError(
            f"plot.convergence: no interval of the {of} narrows here: nothing varies, or too few iterations"
        )
    need = _need(found, of)
    with style():
        ax = canvas(ax, _caption(found, curves, need, of), FULL, HEIGHT, _MARGINS)
        _set_scales(ax, found, curves, need)
        for curve in curves:
            _draw(ax, curve)
        if need is not None and need.iterations is not None and need.half_width:
            _draw_need(ax, found, need)
        _write_names(ax, found, curves)
    return ax


def _curves(found: Convergence, of: str) -> list[_Curve]:
    """Return the measures that have half-widths, the widest at the end first."""
    goals = [goal for goal in found.goals if goal.outcome == of]
    told = [_Curve(goal.text.split()[0], [p for p in found.of(goal) if p.half_width]) for goal in goals]
    whole = len(found.trials)
    kept = [curve for curve in told if curve.points and curve.last.iterations == whole]
    return sorted(kept, key=lambda curve: -(curve.last.half_width or 0.0))


def _need(found: Convergence, of: str) -> Need | None:
    """Return the goal that is drawn: the first about P80 of the outcome."""
    told = (need for need in found.needs if need.goal.outcome == of and need.goal.p == 0.80 and need.goal.place is None)
    return next(told, None)


def _caption(found: Convergence, curves: Sequence[_Curve], need: Need | None, of: str) -> Caption:
    n = iterations_text(len(found.trials))
    head = curves[0]
    title = f"{head.name} {of} is known within {_text(found, head.last)} after {n}"
    if need is not None and need.iterations is not None and need.half_width:
        wanted = iterations_text(rounded_up(need.iterations))
        now = found.width_text(need.goal, need.half_width)
        title = f"{n} know P80 {of} within {now}; {_goal(need.goal)} takes about {wanted}"
    told = "; ".join(f"{c.name} {', '.join(f'{p.iterations:,}: {_text(found, p)}' for p in c.points)}" for c in curves)
    subtitle = (
        "Half the 95% interval (its farther end) by iterations; dashed: the square-root law. Simulation error only"
    )
    return Caption(f"{named(found.trials.program.program)}: {title}", subtitle, f"{told}.")


def _goal(goal: Goal) -> str:
    return f"within {goal.text.rpartition(' within ')[2]}"


def _text(found: Convergence, point: Point) -> str:
    return found.width_text(point.goal, point.half_width)


def _set_scales(ax: Axes, found: Convergence, curves: Sequence[_Curve], need: Need | None) -> None:
    """Set logarithmic axes that hold every point, with ticks at powers of ten and at 2 and 5 times them."""
    widths = [point.half_width for curve in curves for point in curve.points if point.half_width]
    counts = [point.iterations for curve in curves for point in curve.points]
    if need is not None and need.iterations is not None and isfinite(need.goal.within):
        counts.append(need.iterations)
        widths.append(need.goal.within)
    ax.set_xscale("log")
    ax.set_yscale("log")
    ax.set_xlim(min(counts) / 1.15, max(counts) * 1.25)
    ax.set_ylim(min(widths) / 1.4, max(widths) * 1.4)
    ax.minorticks_off()
    _set_ticks(ax.xaxis, ax.get_xlim(), lambda tick: f"{tick:,.0f}")
    days = curves[0].last.goal.outcome == "finish"
    _set_ticks(ax.yaxis, ax.get_ylim(), lambda tick: f"{tick:g} d" if days else _money(found, tick))
    ax.grid(True, axis="y", color=LIGHT["rule"], linewidth=1)
    label(ax, 0.5, 0, "iterations", "quiet", ha="center", va="top", dy=-26, size=SMALL, coords="axes")


def _money(found: Convergence, amount: float) -> str:
    return money_format(found.trials.currency, amount)(amount)


def _set_ticks(axis: XAxis | YAxis, ends: tuple[float, float], text: Callable[[float], str]) -> None:
    ticks = _ticks(*ends)
    axis.set_ticks(ticks, labels=[text(tick) for tick in ticks], parse_math=False, fontsize=SMALL, color=LIGHT["quiet"])


def _ticks(low: float, high: float) -> list[float]:
    """Return 1, 2 and 5 times powers of ten between two values; powers alone where those were many."""
    powers = range(floor(log10(low)), ceil(log10(high)) + 1)
    some = [factor * 10.0**power for power in powers for factor in (1, 2, 5) if low <= factor * 10.0**power <= high]
    return some if len(some) <= 8 else [tick for tick in some if round(log10(tick), 9).is_integer()]


def _draw(ax: Axes, curve: _Curve) -> None:
    colour, dashes = _LOOKS[curve.name]
    counts = [point.iterations for point in curve.points]
    widths = [point.half_width or 0.0 for point in curve.points]
    ax.plot(
        counts, widths, color=LIGHT[colour], linestyle=dashes, linewidth=2 if curve.name == "P80" else 1.4, zorder=3
    )
    ax.plot(counts, widths, "o", color=LIGHT[colour], markersize=6 if curve.name == "P80" else 4, zorder=4)


def _draw_need(ax: Axes, found: Convergence, need: Need) -> None:
    """Draw the law from the whole run to the iterations that the goal takes, and their number."""
    assert need.iterations is not None
    assert need.half_width is not None
    ends = [len(found.trials), need.iterations]
    ax.plot(ends, [need.half_width, need.goal.within], color=LIGHT["forecast"], linestyle=(0, (4, 3)), zorder=2)
    ax.plot([need.iterations], [need.goal.within], "D", color=LIGHT["ink"], markersize=7, zorder=5)
    told = f"{_goal(need.goal)}: {rounded_up(need.iterations):,}"
    before = need.iterations > len(found.trials)
    label(
        ax, need.iterations, need.goal.within, told, bold=True, size=SMALL,
        ha="right" if before else "left", dx=-12 if before else 12, dy=-2,
    )  # fmt: skip


def _write_names(ax: Axes, found: Convergence, curves: Sequence[_Curve]) -> None:
    """Write what each line is right of its end, as far apart as the text is high; P80 above, where its law goes on."""
    low, high = (log10(end) for end in ax.get_ylim())
    top = 1.1
    for curve in curves:
        share = (log10(curve.last.half_width or 1.0) - low) / (high - low)
        top = min(share + (_SLOT if curve.name == "P80" else 0.0), top - _SLOT)
        told = f"{curve.name} ±{_text(found, curve.last)}"
        look = _LOOKS[curve.name][0]
        bold = curve.name == "P80"
        label(ax, curve.last.iterations, top, told, look, dx=10, bold=bold, size=SMALL, coords="column")
