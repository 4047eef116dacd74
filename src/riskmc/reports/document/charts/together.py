"""Joint confidence as a chart: finish against cost, dots by what they meet, targets across, and the frontiers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

import riskmc.plot as plot
from riskmc.analysis.frontier import balanced_pair, joint_frontier
from riskmc.forecast import Forecast
from riskmc.forecast.figures import chance, iterations_text, listed
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.forecast.language import said
from riskmc.reports.document.chart import Chart, Series
from riskmc.reports.document.charts.places import currency_of, value_at, values_at
from riskmc.simulation.trials import Trials

if TYPE_CHECKING:
    from riskmc.plot import JointPair

DOTS = 1_000
_LEVEL = 0.1  # share of the width at the right for the level of a frontier
_CORNER = 0.4  # share of the width at least on either side of the target
_BAND = 0.14  # share of the height above and below the dots, for the words in the corners

Limits = tuple[float, float]


def joint(trials: Trials, finish: object = None, cost: float | None = None, at: str | None = None) -> Chart:
    """Return at most 1,000 iterations as dots, the frontiers and the targets; arguments are those of `plot.joint`."""
    pair = plot.joint_pair(trials, finish, cost, at)
    across = _limits(pair.finish, pair.date, 0.0, _CORNER)
    edge = across[1] + _LEVEL * (across[1] - across[0])
    upwards = _limits(pair.cost, pair.amount, _BAND, _BAND)
    dots = [
        Series(said(name), values_at(pair.finish, x), tuple(map(float, y)), colour, "dots")
        for name, colour, x, y in plot.joint_dots(pair, DOTS)
        if len(x)
    ]
    return Chart(
        kind="points",
        series=(*dots, *_frontiers(pair, across, upwards), *_targets(pair, across, upwards)),
        x="date",
        y="money",
        unit=currency_of(pair.cost),
        x_range=(value_at(pair.finish, across[0]), value_at(pair.finish, edge)),
        y_range=upwards,
        caption=_caption(trials, pair),
    )


def _caption(trials: Trials, pair: JointPair) -> str:
    shares = listed([f"{level:.0%}" for level in pair.levels])
    drawn = said(" ({count} drawn)", count=f"{DOTS:,}") if len(trials) > DOTS else ""
    return said(
        "Each dot is one of {iterations}{drawn}, in constant money. Lines: pairs met together in {shares}; they are no "
        "exchange rate",
        iterations=iterations_text(len(trials)), drawn=drawn, shares=shares,
    )  # fmt: skip


def _limits(forecast: Forecast, target: object, band: float, corner: float) -> Limits:
    marks = plot.marks_of(forecast, None, {} if target is None else {"Target": target})
    low, high = plot.limits_of([forecast], marks)
    if marks and low < marks[0].x < high:  # room for the words in the corners on either side
        at = marks[0].x
        low = min(low, (at - corner * high) / (1 - corner))
        high = max(high, (at - corner * low) / (1 - corner))
    return low - band * (high - low), high + band * (high - low)


def _frontiers(pair: JointPair, across: Limits, upwards: Limits) -> Iterator[Series]:
    """Yield a line for every share, named where it leaves at the right, and the balanced pair of the share wanted."""
    for level in pair.levels:
        x, y = _frontier(pair, level, across, upwards)
        name = said("{chance} together", chance=chance(level))
        wanted = level == pair.level
        labels = ("",) * (len(x) - 1) + (f"{level:.0%}" if wanted else "",)
        colour = "forecast" if wanted else "forecast_mid"
        yield Series(name, values_at(pair.finish, x), tuple(map(float, y)), colour, "line", labels)
    date, amount = balanced_pair(pair.finish, pair.cost, pair.level)
    at = value_at(pair.finish, date / DAY_MINUTES)
    yield Series(said("Equal chances"), (at,), (float(amount),), "forecast", "dots")


def _frontier(
    pair: JointPair, level: float, across: Limits, upwards: Limits
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a frontier from below the upper edge to the right edge."""
    dates, amounts = joint_frontier(pair.finish, pair.cost, level)
    top = upwards[1] - (upwards[1] - upwards[0]) * _BAND / (1 + 2 * _BAND)
    x = np.concatenate([dates[:1], dates]) / DAY_MINUTES
    y = np.minimum(np.concatenate([[top], amounts]), top)
    inside = x <= across[1]
    end = float(y[inside][-1]) if inside.any() else float(amounts[-1])
    return np.append(x[inside], across[1]), np.append(y[inside], end)


def _targets(pair: JointPair, across: Limits, upwards: Limits) -> Iterator[Series]:
    """Yield the targets as lines across, and the shares of the corners where there are both."""
    if pair.date is not None:
        at, name = plot.position(pair.date), said("Target date")
        if across[0] < at < across[1]:
            yield Series(name, (value_at(pair.finish, at),) * 2, upwards, "ink")
    if pair.amount is not None and upwards[0] < float(pair.amount) < upwards[1]:  # type: ignore[arg-type]
        amount = float(pair.amount)  # type: ignore[arg-type]
        yield Series(said("Budget"), values_at(pair.finish, across), (amount, amount), "ink")
    if pair.date is not None and pair.amount is not None:
        yield from _corners(pair, across, upwards)


def _corners(pair: JointPair, across: Limits, upwards: Limits) -> Iterator[Series]:
    room, inset = 0.05 * (upwards[1] - upwards[0]), 0.01 * (across[1] - across[0])
    for place, (words, share, colour) in enumerate(plot.joint_corners(pair)):
        right, upper = place % 2, place < 2
        x = values_at(pair.finish, (across[right] + (-inset if right else inset),))
        y = upwards[1] - room if upper else upwards[0] + room
        told = f"{chance(share)} {said(words)}"
        yield Series(said(words), x, (y,), colour, "nothing", (told,), "left" if right else "right")
