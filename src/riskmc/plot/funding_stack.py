"""Funding: base, contingency and management reserve on top of each other, and the chance that each level suffices.

The bars lie under the curve of all outcomes, on its scale: where a bar ends, the curve above says in how many
iterations that much suffices. The base is the plan without margin and contingency, the contingency what the confidence
level needs on top, and the reserve the owner's; none of them is simulated but the outcomes themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from riskmc.analysis.contingency import Contingency
from riskmc.errors import ArgumentError
from riskmc.forecast import Forecast, Value
from riskmc.forecast.figures import chance, iterations_text, level_name
from riskmc.forecast.instant import DAY_MINUTES, instant_of
from riskmc.forecast.language import marked, said
from riskmc.plot.axis import mark_shares, mark_values
from riskmc.plot.canvas import FULL, Margins, canvas, label
from riskmc.plot.captions import Caption
from riskmc.plot.marks import reach, smallest_spread
from riskmc.plot.palette import LIGHT
from riskmc.plot.placing import Box, Room, around, two_lines
from riskmc.plot.s_curves import curve_of
from riskmc.plot.scale import position
from riskmc.plot.sentences import named
from riskmc.plot.style import style
from riskmc.simulation.trials import CENTS

HEIGHT = 360  # px
_MARGINS = Margins(left=92, right=32, top=14, bottom=40)
_BAR, _FLOOR = 0.13, -0.53  # of the height of the curve
_ROWS = (-0.17, -0.36)
_COLOURS = {"Base": "plan", "contingency": "forecast", "reserve": "ink", "held": "forecast"}
_NAMES = {
    "Base": marked("Base"),
    "contingency": marked("contingency"),
    "reserve": marked("reserve"),
    "held": marked("held"),
}


_TITLES = {
    True: marked("{name}: the plan's {plan} suffices in {chance} of outcomes; {level} takes {value}"),
    False: marked("{name}: the plan's {plan} is met in {chance} of outcomes; {level} takes {value}"),
}
_SUBTITLES = {
    True: marked(
        "Layers of funding under the curve of {iterations}: where a bar ends, the curve says in how many of them it "
        "suffices"
    ),
    False: marked(
        "Layers of time under the curve of {iterations}: where a bar ends, the curve says in how many of them it "
        "suffices"
    ),
}


@dataclass(frozen=True)
class FundingLevel:
    """The upper end of one layer: its name, its value, the place of it on the axis, and the chance that it suffices."""

    name: str
    value: Value
    text: str
    chance: str

    @property
    def words(self) -> str:
        """In how many iterations it suffices."""
        if isinstance(self.value, datetime):
            return said("is met in {chance}", chance=self.chance)
        return said("suffices in {chance}", chance=self.chance)

    @property
    def called(self) -> str:
        """Its name, with a plus where it stands on top of others."""
        told = said(_NAMES[self.name])
        return told if self.name == "Base" else f"+ {told}"

    @property
    def row(self) -> str:
        """What it comes to, and in how many iterations that suffices, in one line."""
        return said("{layer} up to {value}: {suffices}", layer=said(_NAMES[self.name]), value=self.text,
                    suffices=self.words)  # fmt: skip

    @property
    def x(self) -> float:
        """The place on the axis."""
        return position(self.value)


def contingency(found: Contingency, of: Literal["cost", "finish"] = "cost", ax: Axes | None = None) -> Axes:
    """Return axes with the layers that are needed, and those that are held, under the curve of all outcomes.

    ``of`` is cost, or finish: the plan and the days on top of it. With your own ``ax`` leave 92 px of room on its left.
    ArgumentError where no money is spent and ``of`` is cost.
    """
    forecast, needed, held = funding_levels(found, of)
    with style():
        ax = canvas(ax, _caption(found, forecast, needed, held), FULL, HEIGHT, _MARGINS)
        _set_limits(ax, forecast, needed, held)
        room = Room(ax)
        room.taken.append(Box(0, 0, room.width, room.px(0, _ROWS[0])[1]))
        x, shares = curve_of(forecast)
        room.add_curve(x, shares)
        ax.plot(x, shares, color=LIGHT["forecast"], linewidth=1.6, zorder=3)
        for row, (title, levels) in enumerate(((said("Needed"), needed), (said("Held"), held))):
            if len(levels) > 1:
                label(ax, 0, _ROWS[row] - _BAR / 2, title, ha="right", dx=-10, bold=not row, coords="row")
                _draw_layers(ax, levels, _ROWS[row])
        _tell(ax, room, [*needed, *held[1:]], _heights(x, shares, [*needed, *held[1:]]))
        mark_shares(ax)
        mark_values(ax, forecast)
    return ax


def funding_levels(found: Contingency, of: str) -> tuple[Forecast, list[FundingLevel], list[FundingLevel]]:
    """Return the forecast and the ends of the layers that are needed and held; ArgumentError as ``contingency``."""
    if of not in ("cost", "finish"):
        raise ArgumentError(f"plot.contingency: of is cost or finish, got {of!r}")
    if of == "cost" and not found.trials.has_cost:
        raise ArgumentError("plot.contingency: no money is spent in these trials; draw of='finish'")
    forecast = found.trials.cost() if of == "cost" else found.trials.finish()
    return forecast, _needed(found, forecast, of), _held(found, forecast, of)


def _needed(found: Contingency, forecast: Forecast, of: str) -> list[FundingLevel]:
    plan, trials = found.trials.plan, found.trials
    base: Value = plan.cost_cents / CENTS if of == "cost" else instant_of(plan.finish)
    levels = [_level(forecast, "Base", base), _level(forecast, "contingency", forecast.quantile(found.percentile))]
    reserve = trials.program.management_reserve
    if of == "cost" and reserve is not None:
        levels.append(_level(forecast, "reserve", position(levels[-1].value) + reserve.value))
    return levels


def _held(found: Contingency, forecast: Forecast, of: str) -> list[FundingLevel]:
    """Return the base and what is held on top of it; the base alone where nothing is."""
    plan, held = found.trials.plan, found.held
    base: Value = plan.cost_cents / CENTS if of == "cost" else instant_of(plan.finish)
    top = held.cost if of == "cost" else held.finish_days
    levels = [_level(forecast, "Base", base)]
    if top is None:
        return levels
    more: Value = position(base) + top if of == "cost" else instant_of(plan.finish + round(top * DAY_MINUTES))
    return [*levels, _level(forecast, "held", more)]


def _level(forecast: Forecast, name: str, value: Value) -> FundingLevel:
    return FundingLevel(name, value, forecast.text(value), chance(forecast.probability(value)))


def _set_limits(ax: Axes, forecast: Forecast, needed: Sequence[FundingLevel], held: Sequence[FundingLevel]) -> None:
    levels, (low, high) = [*needed, *held], reach(forecast)
    low, high = min([low, *(one.x for one in levels)]), max([high, *(one.x for one in levels)])
    pad = 0.06 * (high - low) or smallest_spread(forecast) / 2
    ax.set_xlim(low - 4 * pad, high + pad)
    ax.set_ylim(_FLOOR if len(held) > 1 else _ROWS[1], 1.04)


def _draw_layers(ax: Axes, levels: Sequence[FundingLevel], top: float) -> None:
    """Draw one bar, layer by layer; the first comes from beyond the left edge, where the axis does not begin at 0."""
    start = ax.get_xlim()[0]
    for level in levels:
        colour = _COLOURS[level.name]
        pale = {"plan": "rule", "forecast": "forecast_pale", "ink": "paper"}[colour]
        ends = sorted((start, level.x))
        ax.bar(
            [ends[0]], [_BAR], [ends[1] - ends[0]], bottom=top - _BAR, align="edge", color=LIGHT[pale],
            edgecolor=LIGHT[colour], linewidth=1, zorder=2,
        )  # fmt: skip
        start = level.x


def _tell(ax: Axes, room: Room, levels: Sequence[FundingLevel], heights: Sequence[float]) -> None:
    """Draw a line from the end of each layer up to the curve, and say there what it comes to and its chance."""
    for level, top in zip(levels, heights, strict=True):
        colour = LIGHT[_COLOURS[level.name]]
        ax.plot([level.x] * 2, [_ROWS[level.name == "held"], top], color=colour, linewidth=1, zorder=4)
        ax.plot([level.x], [top], "o", color=colour, markersize=8, zorder=5)
        room.add_line(level.x, top)
    for level, top in zip(levels, heights, strict=True):
        x, y = room.px(level.x, top)
        if level.name == "held":  # beside its bar: above it the label of the base stands
            inside = x > room.width / 2
            row, told = _ROWS[1] - _BAR / 2, f"{level.called}: {level.text}, {level.words}"
            label(ax, level.x, row, told, ha="right" if inside else "left", dx=-10 if inside else 10)
            continue
        block = two_lines(f"{level.called}: {level.text}", level.words, "ink")
        above = [(x - 12, y + lift, "right") for lift in (40, 58)]
        room.put(block, [*above, *around(x, y, room.lines)] if level.name == "Base" else around(x, y, room.lines))


def _heights(x: NDArray[np.float64], shares: NDArray[np.float64], levels: Sequence[FundingLevel]) -> list[float]:
    """Return the height of the drawn curve at each level."""
    return np.interp([level.x for level in levels], x, shares, left=0.0, right=1.0).tolist()


def _caption(
    found: Contingency, forecast: Forecast, needed: Sequence[FundingLevel], held: Sequence[FundingLevel]
) -> Caption:
    money = forecast.is_money
    title = said(
        _TITLES[money], name=named(found.trials.program.program), plan=needed[0].text, chance=needed[0].chance,
        level=level_name(found.percentile), value=needed[1].text,
    )  # fmt: skip
    subtitle = said(_SUBTITLES[money], iterations=iterations_text(len(forecast)))
    return Caption(title, subtitle, f"{'; '.join(one.row for one in [*needed, *held[1:]])}.")
