"""Drawdown: the contingency still needed from date to date, in steps, beside what is held; in days or in money.

The line is what the percentile still needs above the base, simulated again at each point with the exposure that has
passed taken out; the pale band is the 95% simulation interval of each step. Dashes are what the plan holds today.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from matplotlib.axes import Axes

from riskmc.analysis.contingency import Drawdown
from riskmc.analysis.contingency.held import holding
from riskmc.analysis.paired import Difference
from riskmc.errors import ArgumentError
from riskmc.forecast.differences import days_apart, money_apart
from riskmc.forecast.figures import level_name, money_format, number, start_day
from riskmc.forecast.instant import DAY_MINUTES, minutes_of
from riskmc.forecast.language import marked, said
from riskmc.plot.axis import mark_amounts, mark_months
from riskmc.plot.canvas import FULL, Margins, canvas, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL
from riskmc.plot.palette import LIGHT
from riskmc.plot.sentences import named
from riskmc.plot.style import style

HEIGHT = 260  # px
_MARGINS = Margins(left=78, right=130, top=16, bottom=44)
_HEADROOM = 1.14


def drawdown(told: Drawdown, ax: Axes | None = None, of: Literal["finish", "cost"] = "finish") -> Axes:
    """Return axes with what is still needed at each date, as steps; ``of`` is finish (days of 24 hours) or cost.

    ArgumentError where no money is spent and ``of`` is cost.
    """
    if of not in ("finish", "cost"):
        raise ArgumentError(f"plot.drawdown: of is finish or cost, got {of!r}")
    if of not in told.outcomes:
        raise ArgumentError("plot.drawdown: no money is spent in these trials; give activities a cost (`cost:`)")
    needs = [step.needed.finish_days if of == "finish" else step.needed.cost for step in told.steps]
    held = holding(told.trials)
    have = held.finish_days if of == "finish" else held.cost
    with style():
        ax = canvas(ax, _caption(told, needs, have, of), FULL, HEIGHT, _MARGINS)
        dates = [minutes_of(step.date) / DAY_MINUTES for step in told.steps]
        _set_limits(ax, dates, needs, have)
        _draw(ax, dates, needs)
        label(ax, dates[0], needs[0].value, _text(told, needs[0], of), "forecast", dx=2, dy=13, bold=True)
        if have is not None:
            ax.plot(ax.get_xlim(), [have, have], color=LIGHT["plan"], linewidth=1.5, linestyle=(0, (4, 3)), zorder=2)
            label(
                ax,
                1,
                have,
                said("Held {amount}", amount=_plain(told, have, of)),
                "quiet",
                dx=10,
                size=SMALL,
                coords="row",
            )
        mark_months(ax)
        mark_amounts(ax, "d" if of == "finish" else told.trials.currency, vertical=True)
    return ax


def _set_limits(ax: Axes, dates: Sequence[float], needs: Sequence[Difference], have: float | None) -> None:
    values = [end for need in needs for end in need if end is not None]
    least, most = min(0.0, *values), max(*values, have or 0.0)
    ax.set_xlim(dates[0], dates[-1] + (dates[-1] - dates[0]) * 0.02)
    ax.set_ylim(_HEADROOM * least, _HEADROOM * (most or 1.0))
    ax.grid(True, axis="y", color=LIGHT["rule"], linewidth=1)


def _draw(ax: Axes, dates: Sequence[float], needs: Sequence[Difference]) -> None:
    values = [need.value for need in needs]
    ends = [
        (v if n.low is None else n.low, v if n.high is None else n.high) for n, v in zip(needs, values, strict=True)
    ]
    low, high = zip(*ends, strict=True)
    ax.fill_between(dates, [0.0] * len(dates), values, step="post", color=LIGHT["forecast_pale"], linewidth=0, zorder=1)
    ax.fill_between(dates, low, high, step="post", color=LIGHT["forecast_mid"], linewidth=0, zorder=2)
    ax.step(dates, values, where="post", color=LIGHT["forecast"], linewidth=1.6, zorder=3)
    ax.plot(dates, values, "o", color=LIGHT["forecast"], markersize=5, zorder=4)


_STILL = {
    (True, "month"): marked(
        "Contingency in time still needed at the start of each month if all goes as planned until then; band: 95% "
        "interval, simulation error only"
    ),
    (True, "quarter"): marked(
        "Contingency in time still needed at the start of each quarter if all goes as planned until then; band: 95% "
        "interval, simulation error only"
    ),
    (True, "year"): marked(
        "Contingency in time still needed at the start of each year if all goes as planned until then; band: 95% "
        "interval, simulation error only"
    ),
    (False, "month"): marked(
        "Contingency in money still needed at the start of each month if all goes as planned until then; band: 95% "
        "interval, simulation error only"
    ),
    (False, "quarter"): marked(
        "Contingency in money still needed at the start of each quarter if all goes as planned until then; band: 95% "
        "interval, simulation error only"
    ),
    (False, "year"): marked(
        "Contingency in money still needed at the start of each year if all goes as planned until then; band: 95% "
        "interval, simulation error only"
    ),
}


def _caption(told: Drawdown, needs: Sequence[Difference], have: float | None, of: str) -> Caption:
    name, level = named(told.trials.program.program), level_name(told.percentile)
    title = f"{name}: {_need(told, needs, of, level)}"
    subtitle = said(_STILL[of == "finish", told.by])
    rows = (f"{start_day(s.date)} {_text(told, n, of)}" for s, n in zip(told.steps, needs, strict=True))
    still = said("Still needed: {steps}.", steps="; ".join(rows))
    if have is not None:
        still = f"{still} {said('Held: {amount}.', amount=_plain(told, have, of))}"
    return Caption(title, subtitle, still)


def _need(told: Drawdown, needs: Sequence[Difference], of: str, level: str) -> str:
    """Return what is needed now, and from when on half of it will do."""
    now = _text(told, needs[0], of)
    if needs[0].value <= 0:
        return said("{level} needs nothing on top of the plan: it lies {apart} from it", level=level, apart=now)
    half = next(step for step, need in zip(told.steps, needs, strict=True) if need.value <= needs[0].value / 2)
    return said(
        "{level} needs {amount} on top of the plan, half of that or less from {date} on",
        level=level, amount=now, date=start_day(half.date),
    )  # fmt: skip


def _text(told: Drawdown, need: Difference, of: str) -> str:
    ends = (need.low, need.high)
    if of == "finish":
        return days_apart(need.value, ends)[0]
    return money_apart(told.trials.currency, need.value, ends)[0]


def _plain(told: Drawdown, have: float, of: str) -> str:
    return said("{days} d", days=number(have, 25)) if of == "finish" else money_format(told.trials.currency, have)(have)
