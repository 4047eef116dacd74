"""S-curves as charts: the curve, the band of its simulation error, plan and targets as upright lines, P50 and P80."""

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
_LABEL = 0.3  # share of the width that a label may take


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
    return _chart(forecast, lines, [_curve(forecast), *_band(forecast)], low, high)


def contingency(found: Contingency, of: Literal["cost", "finish"] = "cost") -> Chart:
    """Return the curve of all outcomes with a line at the end of every layer that is needed, and of what is held."""
    forecast, needed, held = plot.funding_levels(found, of)
    levels = [*needed, *held[1:]]
    low, high = plot.limits_of([forecast], ())
    pad = 0.06 * (high - low)
    low, high = min(low, *(one.x - pad for one in levels)), max(high, *(one.x + pad for one in levels))
    colours = {"Base": "plan", "contingency": "forecast", "reserve": "ink", "held": "quiet"}
    lines = [
        Upright(one.name, f"{_layer(one.name)}: {one.text}, {one.words}", one.x, colours[one.name], one.name == "held")
        for one in levels
    ]
    return _chart(forecast, lines, [_curve(forecast)], low, high, points=False)


def _layer(name: str) -> str:
    return name if name == "Base" else f"+ {name}"


def _chart(
    forecast: Forecast, lines: Sequence[Upright], curve: Sequence[Series], low: float, high: float, points: bool = True
) -> Chart:
    """Return the chart of a curve: faint lines at 50% and 80%, the curve, the upright lines, P50 and P80."""
    levels = [Series(f"{100 * p:.0f}%", values_at(forecast, (low, high)), (p, p), "rule") for p in LEVELS]
    told = _percentiles(forecast, lines, low, high) if points else []
    return Chart(
        kind="points",
        series=(*levels, *curve, *uprights(forecast, lines, low, high), *told),
        x=scale_of(forecast),
        y="chance",
        unit=currency_of(forecast),
        x_range=(value_at(forecast, low), value_at(forecast, high)),
        y_range=(0.0, height_of(lines)),
        caption=_caption(forecast, points),
    )


def _caption(forecast: Forecast, points: bool) -> str:
    """Return what is plotted; of layers what the lines are."""
    n = iterations_text(len(forecast))
    if not points:
        return said("Upright lines: where each layer ends, on the curve of {iterations}", iterations=n)
    if len(forecast) == 1:
        return said("Nothing is random here, so there is but one outcome")
    told = said("{question}, from {iterations}", question=plot.question(forecast), iterations=n)
    return said("{told}. Thin lines: 95% simulation error", told=told)


def _curve(forecast: Forecast) -> Series:
    x, shares = plot.curve_of(forecast)
    return Series(said("Chance"), values_at(forecast, x), tuple(map(float, shares)))


def _band(forecast: Forecast) -> list[Series]:
    """Return the lower and the upper end of the simulation interval of each percentile."""
    if len(forecast) == 1 or forecast.ordered[0] == forecast.ordered[-1]:
        return []
    *ends, shares = plot.band_of(forecast)
    names = (said("Simulation error, from"), said("Simulation error, to"))
    pairs = zip(names, ends, strict=True)
    return [Series(name, values_at(forecast, end), tuple(map(float, shares)), "forecast_mid") for name, end in pairs]


def _percentiles(forecast: Forecast, lines: Sequence[Upright], low: float, high: float) -> list[Series]:
    """Return P50 and P80 as dots with their dates or amounts and simulation errors; of one value, that value."""
    if forecast.ordered[0] == forecast.ordered[-1]:
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
