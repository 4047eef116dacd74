"""Cash as charts: what is spent in each period, P10 to P80 beside the plan, and how it mounts up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate
from math import inf

import riskmc.plot as plot
from riskmc.analysis.cash import CashFlow
from riskmc.analysis.cash.flow import LEVELS, MONEY, PERIODS, Money
from riskmc.forecast import Forecast
from riskmc.forecast.figures import level_name
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.forecast.language import said
from riskmc.reports.document.chart import Chart, Series
from riskmc.reports.document.charts.floating import Piece, floating
from riskmc.reports.document.charts.places import finish_at
from riskmc.simulation.periods import period_text

_HEADROOM = 1.1
_APART = 0.06  # of the height between two names


def cash_flow(flow: CashFlow, money: Money | None = None, project: str | None = None) -> Chart:
    """Return a bar from P10 to P80 for every period, split at P50, and the plan; the periods are those of the picture.

    ``money`` and ``project`` are as in `plot.cash_flow`.
    """
    shown = flow.periods[: flow.worth_showing(project, money)]
    periods = tuple(map(period_text, shown))
    told = [_levels(flow.spent(period, project, money)) for period in shown]
    p10, p50, p80 = map(level_name, LEVELS)
    names = (said("{low} to {high}", low=p10, high=p50), said("{low} to {high}", low=p50, high=p80))
    bars = [
        [Piece(names[0], "forecast_pale", low, middle), Piece(names[1], "forecast_mid", middle, high)]
        for low, middle, high in told
    ]
    if not flow.random:
        bars = [[Piece(said("Plan"), "plan", min(0.0, middle), max(0.0, middle))] for _, middle, _ in told]
    planned = tuple(map(float, flow.planned(project, money)[: len(periods)]))
    plan = [Series(said("Plan"), periods, planned, "plan", "dashes")] if flow.random else []
    ends, words = [0.0, *planned, *(end for row in told for end in row)], MONEY[money or flow.money]
    return Chart(
        kind="columns",
        series=(*floating(periods, bars), *plan),
        x="category",
        y="money",
        unit=flow.trials.currency,
        stacked=True,
        y_range=(_HEADROOM * min(ends), _HEADROOM * max(ends) or 1.0),
        caption=said(
            "By {period} in {money}: bars P10 to P80, split at P50; dashed the plan",
            period=said(PERIODS[flow.by]),
            money=said(words),
        ),
    )


def cumulative_cash(flow: CashFlow, money: Money | None = None, project: str | None = None) -> Chart:
    """Return what has been spent by the end of each period at P10, P50 and P80, the plan, and the funding in steps."""
    shown = flow.worth_showing(project, money)
    forecasts = [flow.cumulative(period, project, money) for period in flow.periods]
    edges = [float(edge) / DAY_MINUTES for edge in flow.edges[: shown + 1]]
    dates = tuple(map(finish_at, edges))
    bands = list(zip(*(_levels(one) for one in forecasts), strict=True))
    planned = list(accumulate(map(float, flow.planned(project, money))))
    colours = ("forecast_mid", "forecast", "forecast_mid")
    parts = list(zip(LEVELS, bands, colours, strict=True))
    told = parts if flow.random else parts[1:2]
    series = [Series(level_name(p), dates, (0.0, *band[:shown]), colour) for p, band, colour in told]
    if flow.random:
        series.append(Series(said("Plan"), dates, (0.0, *planned[:shown]), "plan", "dashes"))
    funded = [] if project is not None else _funding(flow, edges)
    named = [(_name(forecasts[-1], p), band[shown - 1]) for p, band, _ in told]
    ends = [0.0, *planned, *(end for band in bands for end in band), *(y for one in funded for y in one.y if y)]
    room = 0.22 * (edges[-1] - edges[0])
    return Chart(
        kind="points",
        series=(*series, *funded, *_names(dates[-1], named, max(ends))),
        x="date",
        y="money",
        unit=flow.trials.currency,
        x_range=(finish_at(edges[0]), finish_at(edges[-1] + room)),
        y_range=(_HEADROOM * min(ends), _HEADROOM * max(ends) or 1.0),
        caption=said("So far in {money}: P10, P50 and P80; dashed the plan", money=said(MONEY[money or flow.money])),
    )


def _levels(forecast: Forecast) -> tuple[float, ...]:
    return tuple(plot.position(forecast.quantile(p)) for p in LEVELS)


def _name(forecast: Forecast, p: float) -> str:
    told = forecast.text(forecast.quantile(p))
    return f"{level_name(p)} {told}" if forecast.ordered[0] != forecast.ordered[-1] else told


def _names(end: datetime, named: Sequence[tuple[str, float]], top: float) -> list[Series]:
    """Return the names of the lines at their ends, apart from each other."""
    found: list[Series] = []
    lowest = -inf
    for name, height in named:
        lowest = max(height, lowest + _APART * top)
        found.append(Series(name, (end,), (lowest,), "forecast", "nothing", (name,)))
    return found


def _funding(flow: CashFlow, edges: Sequence[float]) -> list[Series]:
    """Return what has been released by each date, as one line in steps."""
    first, last, begin = edges[0], edges[-1], edges[0]
    points: list[tuple[float, float]] = []
    for year in flow.funding:
        end = min(max(year.edge / DAY_MINUTES, first), last)
        if end > begin or not points:
            points += [(begin, year.available), (end, year.available)]
            begin = end
    if not points:
        return []
    x, y = zip(*points, strict=True)
    text = flow.total(None, "paid").text(flow.funding[0].available)
    told = said("Funding {year}: {amount}", year=flow.funding[0].name, amount=text)
    return [
        Series(said("Funding"), tuple(map(finish_at, x)), y, "ink", "line", (told,) + ("",) * (len(y) - 1), "above")
    ]
