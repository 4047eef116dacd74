"""Choices as charts: what every mix of responses costs and buys, and what every scenario changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import riskmc.plot as plot
from riskmc.analysis.comparison import Comparison
from riskmc.analysis.paired import Difference
from riskmc.analysis.responses import Portfolio, ResponseFrontier
from riskmc.forecast.figures import listed
from riskmc.forecast.language import marked, said
from riskmc.reports.document.chart import Chart, Scale, Series, Side

if TYPE_CHECKING:
    from riskmc.plot import ScenarioDot

Limits = tuple[float, float]
_DOTS = 1_000
_LETTER, _ROW = 0.0085, 0.06  # of the width a letter of a name, of the height a row of names
_SCALES: dict[str, Scale] = {"finish": "days", "cost": "money", "chance": "number"}
_BOUGHT = {
    "finish": marked("Days bought"),
    "cost": marked("Money saved"),
    "chance": marked("Points of chance bought"),
}


def frontier(found: ResponseFrontier) -> Chart:
    """Return every mix as a dot, money against what it buys, the efficient ones as a line in steps, and the states."""
    points = [(spent, plot.bought(found, value)) for spent, value in found.points()]
    marked = [(one.spent, plot.bought(found, one.value)) for one in (*found.efficient, *found.states.values())]
    most = max(spent for spent, _ in [*points, *marked]) or 1.0
    low, high = (pick(height for _, height in [*points, *marked]) for pick in (min, max))
    reach = (high - low) or 1.0
    shown = points[:: -(-len(points) // _DOTS)]
    mixes = Series(said("Every mix"), *_columns(shown), "plan", "dots")
    return Chart(
        kind="points",
        series=(mixes, _efficient(found, most), *_steps(found), *_states(found, most)),
        x="money",
        y=_SCALES[found.by],
        x_title=said("Expected to be spent on responses"),
        y_title=_bought_words(found),
        unit=found.trials.currency,
        x_range=(-0.04 * most, 1.12 * most),
        y_range=(low - 0.12 * reach, high + 0.16 * reach),
    )


def _columns(points: list[tuple[float, float]]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    return tuple(x for x, _ in points), tuple(y for _, y in points)


def _bought_words(found: ResponseFrontier) -> str:
    return said(_BOUGHT[found.by])


def _efficient(found: ResponseFrontier, most: float) -> Series:
    """Return the line of the best for their money, in steps up to the right edge."""
    points: list[tuple[float, float]] = []
    for one in found.efficient:
        height = plot.bought(found, one.value)
        points += [(one.spent, points[-1][1])] if points else []
        points.append((one.spent, height))
    points.append((1.12 * most, points[-1][1]))
    return Series(said("Best for the money"), *_columns(points), "gain", "line")


def _steps(found: ResponseFrontier) -> Iterator[Series]:
    """Yield the efficient mixes as dots, the steps that are told with what they buy."""
    told = plot.told_steps(found)
    texts = [_text(found, one) if one in told else "" for one in found.efficient]
    x, y = _columns([(one.spent, plot.bought(found, one.value)) for one in found.efficient])
    yield Series(said("Steps"), x, y, "gain", "dots", tuple(texts), "above")


def _text(found: ResponseFrontier, one: Portfolio) -> str:
    return found.measured.bought(one.difference, found.trials.currency)[0]


def _states(found: ResponseFrontier, most: float) -> Iterator[Series]:
    """Yield where the program stands before any response, as it is now and with all; a line for what spends less."""
    named: dict[tuple[float, float], list[str]] = {}
    for name, state in found.states.items():
        named.setdefault((state.spent, plot.bought(found, state.value)), []).append(said(plot.STATES[name]))
    for (spent, height), names in named.items():
        words = listed(names)
        if spent < 0:
            yield Series(
                words, (0.0, 0.8 * most, 1.12 * most), (height,) * 3, "plan", "dashes", ("", words, ""), "above"
            )
        else:
            side: Side = "below" if spent < 0.1 * most else "left"
            yield Series(words, (spent,), (height,), "ink", "dots", (words,), side)


def scenarios(comparison: Comparison) -> Chart:
    """Return a dot a scenario: what it changes of P80 finish across and of P80 cost upwards, with paired intervals."""
    dots = plot.scenario_points(comparison)
    across = plot.scenario_reach(comparison, dots, "finish", 0.16)
    upwards = plot.scenario_reach(comparison, dots, "cost", 0.20)
    series = [
        Series(said("As it stands"), across, (0.0, 0.0), "plan"),
        Series(said("As it stands"), (0.0, 0.0), upwards, "plan"),
    ]
    for dot in dots:
        x, y = dot.finish.value, dot.cost.value
        series.append(Series(dot.name, _ends(dot.finish), (y, y), dot.colour))
        series.append(Series(dot.name, (x, x), _ends(dot.cost), dot.colour))
        series.append(Series(dot.name, (x,), (y,), dot.colour, "dots"))
    series += _named(dots, across, upwards)
    return Chart(
        kind="points",
        series=tuple(series),
        x="days",
        y="money",
        x_title=said("P80 finish, days from as it stands"),
        y_title=said("P80 cost"),
        unit=comparison.base.currency,
        x_range=across,
        y_range=upwards,
    )


def _named(dots: Sequence[ScenarioDot], across: Limits, upwards: Limits) -> Iterator[Series]:
    """Yield the names of the dots, each above its own, or in the nearest row over or under it that is free there."""
    wide, high = across[1] - across[0], upwards[1] - upwards[0]
    taken: list[tuple[float, float, float]] = []  # middle, half of the width, height
    for dot in sorted(dots, key=lambda dot: dot.finish.value):
        x, half = dot.finish.value, _LETTER * wide * len(dot.name) / 2
        rows = [dot.cost.value + row * _ROW * high for row in (1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6)]
        inside = [row for row in rows if upwards[0] < row < upwards[1]]
        free = (
            row
            for row in inside
            if all(abs(x - at) > half + other or abs(row - y) > 0.9 * _ROW * high for at, other, y in taken)
        )
        y = next(free, inside[0] if inside else dot.cost.value)
        taken.append((x, half, y))
        yield Series(dot.name, (x,), (y,), dot.colour, "nothing", (dot.name,), "center")


def _ends(difference: Difference) -> tuple[float, float]:
    value, low, high = difference
    return value if low is None else low, value if high is None else high
