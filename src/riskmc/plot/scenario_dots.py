"""Scenarios: what each changes in P80 of the finish and of the cost, as dots with their paired 95% intervals.

The program as it stands is the crosshair: left of it is earlier, below it cheaper. Green is better on one and no worse
on the other, orange the reverse, grey a choice to make, or not told apart from no change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from matplotlib.axes import Axes

from riskmc.analysis.comparison import Comparison
from riskmc.analysis.comparison_change import Change
from riskmc.analysis.paired import Difference
from riskmc.errors import ArgumentError
from riskmc.forecast.differences import days_apart, money_apart, signed
from riskmc.forecast.figures import chance, iterations_text, shortened
from riskmc.forecast.language import said
from riskmc.plot.axis import mark_amounts, mark_numbers
from riskmc.plot.canvas import HALF, Margins, canvas, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL
from riskmc.plot.overlay import P80
from riskmc.plot.palette import LIGHT
from riskmc.plot.placing import Line, Room
from riskmc.plot.scale import position
from riskmc.plot.sentences import named
from riskmc.plot.style import style

HEIGHT = 320  # px
_NAME = 30  # characters
_FEW_DAYS = 5.0
_MARGINS = Margins(left=86, right=14, top=8, bottom=58)


@dataclass(frozen=True, eq=False)
class ScenarioDot:
    """One scenario: how far it moves P80 of the finish, in days, and of the cost, in currency units."""

    name: str
    finish: Difference
    cost: Difference
    currency: str

    @property
    def colour(self) -> str:
        """Green for better on one and no worse on the other, orange for the reverse, else grey."""
        signs = {_sign(self.finish), _sign(self.cost)}
        return "gain" if min(signs) < 0 <= -max(signs) else "threat" if max(signs) > 0 >= -min(signs) else "quiet"

    @property
    def text(self) -> str:
        """Its name and both differences in words."""
        finish, cost = _words(self.finish), money_apart(self.currency, self.cost.value, self.cost[1:])[0]
        return f"{self.name}: {finish}, {cost}"


def _sign(difference: Difference) -> int:
    """Return -1 for surely lower, 1 for surely higher, 0 where neither is known."""
    return 0 if not difference.told_apart else -1 if difference.value < 0 else 1


def _words(difference: Difference) -> str:
    return days_apart(*difference.parts)[0]


def scenarios(comparison: Comparison, ax: Axes | None = None, width: int = HALF) -> Axes:
    """Return axes with one dot a scenario: its change of P80 finish across, of P80 cost upwards, with intervals.

    ArgumentError where no money is spent: then ``plot.comparison`` says all there is.
    """
    dots = scenario_points(comparison)
    with style():
        ax = canvas(ax, _caption(comparison, dots), width, HEIGHT, _MARGINS)
        ax.set_xlim(scenario_reach(comparison, dots, "finish", 0.10))
        ax.set_ylim(scenario_reach(comparison, dots, "cost", 0.20))
        for draw in (ax.axvline, ax.axhline):
            draw(0, color=LIGHT["plan"], linewidth=1.2, zorder=1)
        ax.plot([0], [0], "D", color=LIGHT["plan"], markersize=7, zorder=3)
        for dot in dots:
            _draw(ax, dot)
        _name(ax, dots)
        mark_numbers(ax, signed)
        mark_amounts(ax, comparison.base.currency, vertical=True)
        across = said("P80 finish, days from as it stands")
        label(ax, 1, 0, across, "quiet", ha="right", dy=-46, size=SMALL, coords="axes")
        label(ax, 0, 1, said("P80 cost"), "quiet", dx=6, dy=-8, size=SMALL, coords="axes")
    return ax


def scenario_points(comparison: Comparison) -> list[ScenarioDot]:
    """Return the dots that ``scenarios`` draws; ArgumentError where no money is spent."""
    if not comparison.contenders.has_cost:
        raise ArgumentError(
            "plot.scenarios: no money is spent in these trials; plot.comparison compares their finishes"
        )
    return [_dot(change) for change in comparison.changes.values()]


def _dot(change: Change) -> ScenarioDot:
    finish, cost = change.finish().quantile(P80), change.cost().quantile(P80)
    return ScenarioDot(shortened(change.name, _NAME), finish, cost, change.base.currency)


def _ends(difference: Difference) -> tuple[float, float]:
    value, low, high = difference
    return (value if low is None else low), (value if high is None else high)


def scenario_reach(
    comparison: Comparison, dots: Sequence[ScenarioDot], of: Literal["finish", "cost"], share: float
) -> tuple[float, float]:
    """Return the ends of an axis that holds no change and every interval, with a ``share`` of it as room on each side.

    Where nothing differs it reaches a few days, or a hundredth of the cost.
    """
    ends = [0.0, *(end for dot in dots for end in _ends(getattr(dot, of)))]
    low, high = min(ends), max(ends)
    least = _FEW_DAYS if of == "finish" else abs(position(comparison.base.cost().quantile(P80))) / 100 or 1.0
    room = share * (high - low) or least
    return low - room, high + room


def _draw(ax: Axes, dot: ScenarioDot) -> None:
    x, y, colour = dot.finish.value, dot.cost.value, LIGHT[dot.colour]
    ax.plot(_ends(dot.finish), [y, y], color=colour, linewidth=1.5, zorder=2)
    ax.plot([x, x], _ends(dot.cost), color=colour, linewidth=1.5, zorder=2)
    ax.plot([x], [y], "o", color=colour, markersize=9, zorder=3)


def _name(ax: Axes, dots: Sequence[ScenarioDot]) -> None:
    """Write the names near their dots, where there is room."""
    room = Room(ax)
    room.add_curve(np.linspace(*ax.get_xlim(), 60), np.zeros(60))
    for dot in dots:
        ends = np.array(_ends(dot.finish))
        room.add_curve(ends, np.full(2, dot.cost.value))
    for dot in dots:
        line = Line(dot.name, dot.colour, bold=True, size=SMALL)
        x, y = room.px(dot.finish.value, dot.cost.value)
        left, right = (room.px(end, dot.cost.value)[0] for end in _ends(dot.finish))
        heights = [lift for step in range(5) for lift in (26 + 16 * step, -10 - 16 * step)]
        places = [(x - line.width / 2, y + lift) for lift in heights]
        places[2:2] = [(max(right, x + 5) + 6, y + 8), (min(left, x - 5) - line.width - 6, y + 8)]
        inside = [(min(max(2, left), room.width - line.width - 2), top, "left") for left, top in places]
        room.put([line], inside)


def _caption(comparison: Comparison, dots: Sequence[ScenarioDot]) -> Caption:
    winner = comparison.contenders.winner("finish", P80)
    known = winner.key in comparison.changes
    name = named(comparison.changes[winner.key].name if known else said("the program as it stands"))
    title = said("Earliest P80: {name}", name=name)
    if winner.lowest_chance is not None:
        title = said("Earliest P80: {name}, {chance} sure", name=name, chance=chance(winner.lowest_chance))
    subtitle = said(
        "Change of P80 from the program as it stands, in {iterations}; lines: paired 95% intervals",
        iterations=iterations_text(len(comparison.base)),
    )
    return Caption(title, subtitle, ". ".join(dot.text for dot in dots) + ".")
