"""Tornado as a chart: the risks by their share of the delay or of the cost, harm to the right and gain to the left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import riskmc.plot as plot
from riskmc.analysis.drivers import Drivers
from riskmc.forecast.figures import iterations_text
from riskmc.forecast.language import said
from riskmc.reports.document.chart import Chart, Series

if TYPE_CHECKING:
    from riskmc.plot import TornadoBar


def tornado(
    drivers: Drivers, by: Literal["finish", "cost"] = "finish", show: Literal["share", "removal"] = "share"
) -> Chart:
    """Return one bar a risk or source, as long as its printed share where that adds up, else as what it changes."""
    bars = plot.tornado_bars(drivers, by, show)
    values = [_value(bar) for bar in bars]
    names = (said("Later"), said("Earlier")) if by == "finish" else (said("Dearer"), said("Cheaper"))
    categories, texts = tuple(bar.name for bar in bars), tuple(bar.text for bar in bars)
    worse = Series(names[0], categories, tuple(v if v >= 0 else None for v in values), "threat", "bars", texts)
    better = Series(names[1], categories, tuple(v if v < 0 else None for v in values), "gain", "bars", texts)
    return Chart(
        kind="bars",
        series=(worse, better) if any(v < 0 for v in values) else (worse,),
        x="category",
        y="days" if by == "finish" else "money",
        unit="" if by == "finish" else drivers.trials.currency,
        caption=_caption(drivers, by, show),
    )


def _caption(drivers: Drivers, by: str, show: str) -> str:
    n = iterations_text(len(drivers.trials))
    if show == "removal":
        return said("What changes when each is gone, paired, from {iterations}; these do not add up", iterations=n)
    what = said("Shares of the delay") if by == "finish" else said("Shares of the cost")
    return said("{shares}, not savings: they add up. From {iterations}", shares=what, iterations=n)


def _value(bar: TornadoBar) -> float:
    if bar.printed is not None:
        return bar.printed
    return 0.0 if bar.value is None else bar.value.value
