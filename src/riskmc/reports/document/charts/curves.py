"""S-curves as charts: the histogram, the curve on the band of its simulation error, plan and targets, P50 and P80."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import riskmc.plot as plot
from riskmc.analysis.contingency import Contingency
from riskmc.forecast import Forecast
from riskmc.forecast.figures import iterations_text, level_name
from riskmc.forecast.instant import instant_of
from riskmc.forecast.language import said
from riskmc.reports.document.chart import Chart, Series, Side
from riskmc.reports.document.charts.places import currency_of, scale_of, value_at, values_at
from riskmc.reports.document.charts.uprights import Upright, height_of, uprights
from riskmc.simulation.trials import CENTS, Trials

LEVELS = (0.50, 0.80)
_PERCENT = 0.01  # of the height: a percentile
_PALE, _MID = 0.2, 0.55  # opacities of the histogram and of the band
_LABEL = 0.3  # share of the width that a label may take
_TALLEST = 0.3  # of the height of the curve: the tallest bar of the histogram
_APART = 0.9  # of the room of a bar: what it takes of it


def finish_curve(trials: Trials) -> Chart:
    """Return the S-curve of the program's finish, with plan and target."""
    return s_curve(trials.finish(), instant_of(trials.plan.finish))


def cost_curve(trials: Trials) -> Chart:
    """Return the S-curve of the program's cost, with plan and budget."""
    return s_curve(trials.cost(), trials.plan.cost_cents / CENTS)


def s_curve(forecast: Forecast, plan: datetime | float | None = None) -> Chart:
    """Return the S-curve of a forecast: the same points, band, marks and ends of the axis as `plot.s_curve` draws."""
    marks = plot.marks_of(forecast, plan, None)[: plot.MOST_MARKS]
    low, high = plot.limits_of([forecast], marks)
    lines = [
        Upright(mark.name, f"{mark.name} {mark.words}", mark.x, "plan" if mark.plan else "ink", mark.plan)
        for mark in marks
    ]
    target = next((mark.x for mark in marks if not mark.plan), None)
    curve = [*_histogram(forecast, target, low, high), *_band(forecast), _curve(forecast)]
    return _chart(forecast, lines, curve, low, high)


def contingency(found: Contingency, of: Literal["cost", "finish"] = "cost") -> Chart:
    """Return the curve of all outcomes with a line at the end of every layer that is needed, and of what is held."""
    forecast, needed, held = plot.funding_levels(found, of)
    levels = [*needed, *held[1:]]
    low, high = plot.limits_of([forecast], ())
    pad = 0.06 * (high - low)
    low, high = min(low, *(one.x - pad for one in levels)), max(high, *(one.x + pad for one in levels))
    colours = {"Base": "plan", "contingency": "forecast", "reserve": "ink", "held": "quiet"}
    lines = [
        Upright(one.name, f"{one.called}: {one.text}, {one.words}", one.x, colours[one.name], one.name == "held")
        for one in levels
    ]
    told = said(
        "Upright lines: where each layer ends, on the curve of {iterations}", iterations=iterations_text(len(forecast))
    )
    return _chart(forecast, lines, [_curve(forecast)], low, high, told)


def _chart(
    forecast: Forecast, lines: Sequence[Upright], curve: Sequence[Series], low: float, high: float, caption: str = ""
) -> Chart:
    """Return the chart of a curve: faint lines at 50% and 80%, the curve, upright lines; P50 and P80 but of layers."""
    levels = [Series(f"{100 * p:.0f}%", values_at(forecast, (low, high)), (p, p), "rule") for p in LEVELS]
    told = [] if caption else _percentiles(forecast, lines, low, high)
    return Chart(
        kind="points",
        series=(*levels, *curve, *uprights(forecast, lines, low, high), *told),
        x=scale_of(forecast),
        y="chance",
        unit=currency_of(forecast),
        x_range=(value_at(forecast, low), value_at(forecast, high)),
        y_range=(0.0, height_of(lines)),
        caption=caption,
    )


def _curve(forecast: Forecast) -> Series:
    x, shares = plot.curve_of(forecast)
    return Series(said("Chance"), values_at(forecast, x), tuple(map(float, shares)))


def _band(forecast: Forecast) -> list[Series]:
    """Return the simulation intervals of the percentiles, lying so close that they are a band."""
    if _is_certain(forecast):
        return []
    lows, highs, shares = plot.band_of(forecast)
    ends = [end for pair in zip(lows, highs, strict=True) for end in pair]
    y = tuple(float(share) for share in shares for _ in range(2))
    x = values_at(forecast, ends)
    return [Series(said("Simulation error"), x, y, "forecast_mid", "slabs", thick=_PERCENT, opacity=_MID)]


def _histogram(forecast: Forecast, target: float | None, low: float, high: float) -> list[Series]:
    """Return the bars of the histogram between the ends of the axis, those beyond the target in another colour."""
    if _is_certain(forecast):
        return []
    bars = plot.bars_of(forecast, target)
    tallest = float(bars.shares.max()) / _TALLEST
    middles = (bars.edges[:-1] + bars.edges[1:]) / 2
    found = []
    for name, colour, late in (
        (said("Outcomes"), "forecast", False),
        (said("Beyond the target"), "threat", True),
    ):
        kept = [
            (middle, share / tallest)
            for middle, share in zip(middles, bars.shares, strict=True)
            if share and low <= middle <= high and late == (target is not None and middle > target)
        ]
        x = values_at(forecast, [middle for middle, _ in kept for _ in range(2)])
        y = tuple(float(end) for _, height in kept for end in (0.0, height))
        found += [Series(name, x, y, colour, "slabs", thick=_APART * bars.width, opacity=_PALE)] if kept else []
    return found


def _is_certain(forecast: Forecast) -> bool:
    return bool(forecast.ordered[0] == forecast.ordered[-1])


def _percentiles(forecast: Forecast, lines: Sequence[Upright], low: float, high: float) -> list[Series]:
    """Return P50 and P80 as dots with their dates or amounts and simulation errors; of one value, that value."""
    if _is_certain(forecast):
        return [_point(forecast, 0.50, forecast.text(forecast.quantile(0.50)), lines, low, high)]
    told = []
    for p in LEVELS:
        error = forecast.error_text(p)
        words = f"{level_name(p)} {forecast.text(forecast.quantile(p))}" + (f" {error}" if error else "")
        told.append(_point(forecast, p, words, lines, low, high))
    return told


def _point(forecast: Forecast, p: float, words: str, lines: Sequence[Upright], low: float, high: float) -> Series:
    """Return one dot, its label on the right, unless an upright line leaves more room on the left."""
    place = plot.position(forecast.quantile(p))
    right = min([high, *(line.x for line in lines if line.x > place)]) - place
    left = place - max([low, *(line.x for line in lines if line.x < place)])
    side: Side = "right" if right >= min(_LABEL * (high - low), left) else "left"
    return Series(level_name(p), (value_at(forecast, place),), (p,), "forecast", "dots", (words,), side)
