"""Cash: what is spent by month, quarter or year, as bars P10 to P80 with P50; and how it mounts up, against funding.

A dashed line is what the plan spends. Bands of the cumulative amount are its own percentiles, no sums of percentiles.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from riskmc.analysis.cash import CashFlow
from riskmc.analysis.cash.flow import LEVELS, MONEY, PERIODS, Money
from riskmc.errors import ArgumentError
from riskmc.forecast import Forecast
from riskmc.forecast.figures import chance, iterations_text
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.forecast.language import marked, said
from riskmc.plot.axis import mark_amounts, mark_months
from riskmc.plot.canvas import FULL, Margins, canvas, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL, width_of
from riskmc.plot.palette import LIGHT
from riskmc.plot.sentences import named
from riskmc.plot.style import style
from riskmc.simulation.periods import period_text
from riskmc.simulation.place import name_of

HEIGHT = 280  # px
_LEFT, _APART = 84, 16  # px of the names of amounts; between two names at the right

Bands = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]


def cash_flow(flow: CashFlow, ax: Axes | None = None, money: Money | None = None, project: str | None = None) -> Axes:
    """Return axes with a bar P10 to P80 for every period, a line at its P50, and a dashed one for the plan.

    ``money`` is constant, then-year or paid; default: that of the cash flow. Periods at the end in which P80 is next
    to nothing are left out, and the subtitle says so.
    """
    _check(flow)
    forecasts = [flow.spent(period, project, money) for period in flow.periods]
    p10, p50, p80 = _bands(forecasts)
    planned = flow.planned(project, money)
    shown = flow.worth_showing(project, money)
    with style():
        ax = canvas(ax, _flow_caption(flow, forecasts, money, project, shown), FULL, HEIGHT, _margins(_LEFT, 16))
        edges = flow.edges[: shown + 1] / DAY_MINUTES
        ax.set_xlim(float(edges[0]), float(edges[-1]))
        low = min(0.0, float(p10[:shown].min()), float(planned[:shown].min()))
        ax.set_ylim(low * 1.1, max(float(p80[:shown].max()), float(planned[:shown].max()), 0.01) * 1.18)
        _draw_bars(ax, flow, edges, (p10[:shown], p50[:shown], p80[:shown]), planned[:shown])
        _label_peak(ax, flow, edges, forecasts, planned, shown)
        _finish(ax, flow)
    return ax


def cumulative_cash(
    flow: CashFlow, ax: Axes | None = None, money: Money | None = None, project: str | None = None
) -> Axes:
    """Return axes with the band P10 to P80 of what has been spent by each date, its P50, the plan, and the funding.

    Funding, a line of steps, is drawn for the whole program alone: what was released up to each fiscal year.
    """
    _check(flow)
    forecasts = [flow.cumulative(period, project, money) for period in flow.periods]
    p10, p50, p80 = _bands(forecasts)
    planned = np.cumsum(flow.planned(project, money))
    shown = flow.worth_showing(project, money)
    funded = [] if project is not None else _funded(flow)
    names = _names(flow, forecasts[-1])
    with style():
        right = max(width_of(name, SMALL, bold=True) for name in names) + 16
        caption = _mounting_caption(flow, forecasts, money, project)
        ax = canvas(ax, caption, FULL, HEIGHT, _margins(_LEFT, right))
        edges = flow.edges[: shown + 1] / DAY_MINUTES
        ax.set_xlim(float(edges[0]), float(edges[-1]))
        top = max(float(p80.max()), float(planned.max()), *(amount for *_, amount in funded), 0.01)
        ax.set_ylim(0, top * 1.12)
        _draw_fan(ax, edges, [p10[:shown], p50[:shown], p80[:shown]], planned[:shown])
        _draw_funding(ax, flow, funded)
        _write_ends(ax, names, [p10[-1], p50[-1], p80[-1]])
        _finish(ax, flow)
    return ax


def _check(flow: object) -> None:
    if not isinstance(flow, CashFlow):
        raise ArgumentError(f"plot.cash_flow draws a cash flow, got {type(flow).__name__}; write rm.cash_flow(trials)")


def _margins(left: float, right: float) -> Margins:
    return Margins(left=left, right=right, top=10, bottom=44)


def _bands(forecasts: Sequence[Forecast]) -> Bands:
    p10, p50, p80 = (np.array([float(one.quantile(p)) for one in forecasts]) for p in LEVELS)  # type: ignore[arg-type]
    return p10, p50, p80


# ------------------------------------------------------------------------------ words


_MOST = {
    "paid": marked("{whose}: at most {amount} is paid in one {by}{often}"),
    "spent": marked("{whose}: at most {amount} is spent in one {by}{often}"),
}
_BARS = {
    "paid": marked("Paid by {by} in {money}, {iterations}: bar P10 to P80, line P50, dashed the plan"),
    "spent": marked("Spent by {by} in {money}, {iterations}: bar P10 to P80, line P50, dashed the plan"),
}
_IN_ALL = {
    "paid": marked("{whose}: {amount} paid in all at P80"),
    "spent": marked("{whose}: {amount} spent in all at P80"),
}
_SO_FAR = {
    "paid": marked("Paid so far in {money}: band P10 to P80, line P50, dashed the plan"),
    "spent": marked("Spent so far in {money}: band P10 to P80, line P50, dashed the plan"),
}


def _whose(flow: CashFlow, project: str | None) -> str:
    if project is None:
        return named(flow.trials.program.program)
    return named(name_of(flow.trials.program, project)) if project else said("No project")


def _verb(flow: CashFlow, money: Money | None) -> str:
    return "paid" if (money or flow.money) == "paid" else "spent"


def _period(flow: CashFlow) -> str:
    return said(PERIODS[flow.by])


def _flow_caption(
    flow: CashFlow, forecasts: Sequence[Forecast], money: Money | None, project: str | None, shown: int
) -> Caption:
    verb, told, peak = _verb(flow, money), MONEY[money or flow.money], flow.peak(project, money)
    top = _at_p80(flow, peak.amount.text(peak.amount.quantile(0.8)))
    often = said(", most often in {period}") if len(peak.chances) > 1 else said(", in {period}")
    often = often.format(period=period_text(peak.period))
    title = said(
        _MOST[verb],
        whose=_whose(flow, project),
        amount=top,
        by=_period(flow),
        often=often,
    )
    left = said(". Later periods, next to nothing at P80, are left out") if shown < len(forecasts) else ""
    n = iterations_text(len(flow.trials))
    subtitle = said(_BARS[verb], by=_period(flow), money=said(told), iterations=n) + left
    return Caption(title, subtitle, _described(flow, forecasts))


def _mounting_caption(
    flow: CashFlow, forecasts: Sequence[Forecast], money: Money | None, project: str | None
) -> Caption:
    last, verb, told = forecasts[-1], _verb(flow, money), MONEY[money or flow.money]
    amount = last.text(last.quantile(0.8))
    title = said(_IN_ALL[verb], whose=_whose(flow, project), amount=amount)
    worst = flow.scarcest if project is None else None
    if worst is not None:
        breach = chance(worst.breach)
        title += said("; the funding of {year} runs out with a chance of {chance}", year=worst.name, chance=breach)
    steps = said(". Steps: funding released, not enforced") if worst is not None else ""
    subtitle = said(_SO_FAR[verb], money=said(told)) + steps
    return Caption(title, subtitle, _described(flow, forecasts))


def _described(flow: CashFlow, forecasts: Sequence[Forecast]) -> str:
    told = zip(map(period_text, flow.periods), forecasts, strict=True)
    return "; ".join(f"{p}: P10, P50, P80 {', '.join(f.text(f.quantile(q)) for q in LEVELS)}" for p, f in told) + "."


def _at_p80(flow: CashFlow, amount: str) -> str:
    return said("{amount} at P80", amount=amount) if flow.random else amount


def _names(flow: CashFlow, last: Forecast) -> list[str]:
    if not flow.random:
        return [last.text(last.quantile(0.5))]
    return [f"P{round(100 * p)} {last.text(last.quantile(p))}" for p in LEVELS]


# ------------------------------------------------------------------------------ drawing


def _draw_bars(
    ax: Axes, flow: CashFlow, edges: NDArray[np.float64], bands: Bands, planned: NDArray[np.float64]
) -> None:
    p10, p50, p80 = bands
    wide = np.diff(edges)
    left = edges[:-1] + 0.16 * wide
    ax.bar(left, p80 - p10, 0.68 * wide, bottom=p10, align="edge", color=LIGHT["forecast_pale"],
           edgecolor=LIGHT["forecast_mid"], linewidth=1, zorder=2)  # fmt: skip
    ax.hlines(p50, left, left + 0.68 * wide, color=LIGHT["forecast"], linewidth=2.5, zorder=3)
    if flow.random:
        ends = edges[:-1] + 0.08 * wide, edges[1:] - 0.08 * wide
        ax.hlines(planned, *ends, color=LIGHT["plan"], linewidth=1.4, linestyle=(0, (3, 2)), zorder=4)


def _label_peak(
    ax: Axes, flow: CashFlow, edges: NDArray[np.float64], forecasts: Sequence[Forecast],
    planned: NDArray[np.float64], shown: int,
) -> None:  # fmt: skip
    """Write the period of the highest P80 above its bar, inside the axes."""
    p80 = [float(one.quantile(0.8)) for one in forecasts[:shown]]  # type: ignore[arg-type]
    top = int(np.argmax(p80))
    text = f"{period_text(flow.periods[top])}: {_at_p80(flow, forecasts[top].text(p80[top]))}"
    middle = (edges[top] + edges[top + 1]) / 2
    place = (middle - edges[0]) / (edges[-1] - edges[0])
    side = "left" if place < 0.15 else "right" if place > 0.85 else "center"
    label(ax, middle, max(p80[top], float(planned[top])), text, "forecast", ha=side, va="bottom", dy=5, bold=True)


def _draw_fan(
    ax: Axes, edges: NDArray[np.float64], bands: Sequence[NDArray[np.float64]], planned: NDArray[np.float64]
) -> None:
    """Draw the band, its median and the plan, from nothing at the first edge on."""
    p10, p50, p80 = (np.concatenate(([0.0], band)) for band in bands)
    ax.fill_between(edges, p10, p80, color=LIGHT["forecast_pale"], linewidth=0, zorder=1)
    for band in (p10, p80):
        ax.plot(edges, band, color=LIGHT["forecast_mid"], linewidth=1.2, zorder=2)
    ax.plot(edges, p50, color=LIGHT["forecast"], linewidth=2, zorder=3)
    plan = np.concatenate(([0.0], planned))
    ax.plot(edges, plan, color=LIGHT["plan"], linewidth=1.4, linestyle=(0, (3, 2)), zorder=3)


def _funded(flow: CashFlow) -> list[tuple[str, float, float]]:
    """Return every fiscal year with the day of its end and what was released by then."""
    return [(year.name, year.edge / DAY_MINUTES, year.available) for year in flow.funding]


def _draw_funding(ax: Axes, flow: CashFlow, funded: Sequence[tuple[str, float, float]]) -> None:
    """Draw what has been released as a line of steps, its name on the first step."""
    if not funded:
        return
    first, last = ax.get_xlim()
    x, y, begin = [first], [funded[0][2]], first
    for _, end, available in funded:
        x += [begin, min(end, last)]
        y += [available, available]
        begin = min(end, last)
    ax.plot(x, y, color=LIGHT["ink"], linewidth=1.5, zorder=4)
    text = flow.total(None, "paid").text(funded[0][2])
    label(
        ax,
        first,
        funded[0][2],
        said("Funding {year}: {amount}", year=funded[0][0], amount=text),
        va="bottom",
        dx=4,
        dy=4,
        bold=True,
        size=SMALL,
    )


def _write_ends(ax: Axes, names: Sequence[str], values: Sequence[float]) -> None:
    """Write the percentiles of the whole at the right, apart from each other."""
    low, high = ax.get_ylim()
    slot = _APART / HEIGHT
    shares = [(value - low) / (high - low) for value in (values if len(names) > 1 else values[1:2])]
    middle = sum(shares) / len(shares)
    for number, name in enumerate(names):
        share = max(shares[number], middle + slot * (number - 1)) if number else min(shares[0], middle - slot)
        share = shares[0] if len(names) == 1 else middle if number == 1 else share
        label(ax, 1, share, name, "forecast", dx=8, size=SMALL, bold=number == len(names) - 1, coords="axes")


def _finish(ax: Axes, flow: CashFlow) -> None:
    """Put ticks on months and round amounts, and faint lines at the latter."""
    ax.grid(True, axis="y", color=LIGHT["rule"], linewidth=1)
    mark_months(ax)
    mark_amounts(ax, flow.trials.currency, vertical=True)
