"""Comparisons: how far each scenario moves finish or cost, as percentile ranges with the paired difference at P80.

One row a scenario on a common axis: bar P10 to P90, tick P50, point P80; the first row is the program as it stands,
and a line runs down from its P80. Differences are paired, iteration by iteration (`analysis.paired`), with their 95%
intervals; green is earlier or cheaper, orange later or dearer, grey is not told apart from no change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes

from riskmc.analysis.comparison import Comparison, compare
from riskmc.analysis.paired import Difference, quantile_difference
from riskmc.errors import ArgumentError
from riskmc.forecast import Forecast
from riskmc.forecast.differences import days_apart, money_apart, signed
from riskmc.forecast.figures import iterations_text, level_name
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.forecast.language import marked, said
from riskmc.forecast.outcome import DATE
from riskmc.plot.axis import mark_values
from riskmc.plot.canvas import FULL, Margins, canvas, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL, width_of
from riskmc.plot.marks import draw_marks, marks_of, set_limits, tiers
from riskmc.plot.overlay import P80, names_of
from riskmc.plot.palette import LIGHT
from riskmc.plot.placing import Room
from riskmc.plot.rows import write_names
from riskmc.plot.scale import check_forecasts, position
from riskmc.plot.sentences import named
from riskmc.plot.style import style
from riskmc.plot.trial_names import UNCHANGED
from riskmc.simulation.trials import Trials

ROW = 44  # px
_LEFT, _RIGHT = 250, 226  # px
_SHARES = (0.10, 0.50, 0.80, 0.90)
_WHAT = {
    "finish": marked(
        "Finish in {iterations}: bar P10 to P90, tick P50, point P80. Differences are paired, with 95% intervals"
    ),
    "cost": marked(
        "Cost in {iterations}: bar P10 to P90, tick P50, point P80. Differences are paired, with 95% intervals"
    ),
    "value": marked(
        "Value in {iterations}: bar P10 to P90, tick P50, point P80. Differences are paired, with 95% intervals"
    ),
}


@dataclass(frozen=True, eq=False)
class ComparedRow:
    """One scenario: its name, its forecast, and its paired difference at P80 from the first row, in days or money."""

    name: str
    forecast: Forecast
    change: Difference | None

    def texts(self) -> tuple[str, str]:
        """Return the difference and its interval in words."""
        if self.change is None:
            return "", ""
        value, *ends = self.change
        if self.forecast.unit == DATE:
            return days_apart(*self.change.parts)
        if self.forecast.is_money:
            return money_apart(self.forecast.unit, *self.change.parts)
        low, high = (signed(end, 2) if end is not None else "?" for end in ends)
        interval = said("{low} to {high}", low=low, high=high)
        return f"{signed(value, 2)} {self.forecast.unit}", f"{interval} {self.forecast.unit}"

    def interval(self) -> str:
        """Return the words for the interval of the difference, or that it is the same in every iteration."""
        if self.change is None:
            return ""
        if self.change.low == self.change.high:
            return said("in every iteration")
        return said("95%: {interval}", interval=self.texts()[1])

    def headed(self) -> str:
        """Return P80 and its difference."""
        return f"{self.forecast.text(self.forecast.quantile(P80))}  {self.texts()[0]}".rstrip()

    @property
    def colour(self) -> str:
        """Green where P80 is better, orange where it is worse, grey where simulation error could explain it."""
        if self.change is None:
            return "forecast"
        return "quiet" if not self.change.told_apart else "gain" if self.change.value < 0 else "threat"


def comparison(
    base: Trials | Forecast | Comparison,
    *others: Trials | Forecast,
    ax: Axes | None = None,
    of: Literal["finish", "cost"] = "finish",
    names: Sequence[str] | None = None,
) -> Axes:
    """Return axes with a row of percentiles for the first result and for each of ``others``, differences at the right.

    Results are trials of one seed and the same iterations, of which ``of`` is compared; or forecasts from such trials,
    with as many iterations; or one Comparison. ``names`` are those of ``others``. With your own ``ax`` leave 250 px of
    room on its left and 230 px on its right. ArgumentError where the results are not paired.
    """
    rows = compared_rows(base, others, of, names)
    first = rows[0].forecast
    marks = marks_of(first, None, None)
    with style():
        height = ROW * len(rows) + tiers(marks) if marks else ROW * len(rows)
        ax = canvas(ax, _caption(rows), FULL, height, _margins(rows))
        set_limits(ax, [row.forecast for row in rows], marks, tail=_SHARES[0])
        ax.set_ylim(len(rows) - 0.5, -0.5 - (tiers(marks) / ROW if marks else 0))
        write_names(ax, [row.name for row in rows], _LEFT - 12, bold=(0,))
        room = Room(ax)
        draw_marks(ax, room, marks, top=-0.5)
        x = position(first.quantile(P80))
        ax.plot([x, x], [0, len(rows) - 0.6], color=LIGHT["forecast_mid"], linewidth=1, linestyle=(0, (2, 2)), zorder=1)
        for y, row in enumerate(rows):
            _draw_row(ax, y, row)
        label(ax, 1, -0.5, _heading(rows), "quiet", dx=14, dy=9, size=SMALL, coords="row")
        ax.set_yticks([])
        mark_values(ax, first)
    return ax


def _heading(rows: Sequence[ComparedRow]) -> str:
    """Return what stands above the percentiles at the right."""
    if len(rows) < 2:
        return "P80"
    top = said("P80, and change from {name}", name=named(rows[0].name))
    return top if len(top) < 34 else said("P80, and its change")


def _margins(rows: Sequence[ComparedRow]) -> Margins:
    """Return the room round the axes: at the right for the longest difference."""
    widest = max(width_of(row.headed(), bold=True) for row in rows)
    return Margins(left=_LEFT, right=max(_RIGHT, widest + 24), top=22, bottom=40)


def compared_rows(
    base: Trials | Forecast | Comparison,
    others: Sequence[Trials | Forecast] = (),
    of: str = "finish",
    names: Sequence[str] | None = None,
) -> list[ComparedRow]:
    """Return the rows that ``comparison`` draws; ArgumentError where the results are not paired."""
    if of not in ("finish", "cost"):
        raise ArgumentError(f"plot.comparison: of is finish or cost, got {of!r}")
    if isinstance(base, Forecast):
        return _forecast_rows([base, *others], names)
    if isinstance(base, Trials):
        given = [one for one in others if isinstance(one, Trials)]
        if len(given) < len(others):
            raise ArgumentError("plot.comparison: after trials come trials, after a forecast forecasts")
        base = compare(base, *given, names=names)
    if not isinstance(base, Comparison):
        raise ArgumentError(f"plot.comparison draws trials or forecasts, got {type(base).__name__}")
    changes = list(base.changes.values())
    if of == "cost" and not any(change.has_cost for change in changes):
        raise ArgumentError("plot.comparison: no money is spent in these trials; give activities a cost (`cost:`)")
    trials = [base.base, *(change.other for change in changes)]
    forecasts = [one.finish() if of == "finish" else one.cost() for one in trials]
    return _paired([said(UNCHANGED), *(change.name for change in changes)], forecasts)


def _forecast_rows(forecasts: Sequence[object], names: Sequence[str] | None) -> list[ComparedRow]:
    check_forecasts("comparison", forecasts)
    told = [one for one in forecasts if isinstance(one, Forecast)]
    called = names_of(told, None if names is None else [told[0].label, *names])
    return _paired(called, told)


def _paired(names: Sequence[str], forecasts: Sequence[Forecast]) -> list[ComparedRow]:
    if len(forecasts) < 2:
        raise ArgumentError("plot.comparison needs at least two results: the program as it stands, and a scenario")
    base = forecasts[0]
    changes = [_difference(base, other) for other in forecasts[1:]]
    return [ComparedRow(*row) for row in zip(names, forecasts, [None, *changes], strict=True)]


def _difference(base: Forecast, other: Forecast) -> Difference:
    found = quantile_difference(base.samples, other.samples, P80)
    if base.unit != DATE:
        return found
    return Difference(*(None if end is None else end / DAY_MINUTES for end in found))  # type: ignore[arg-type]


def _caption(rows: Sequence[ComparedRow]) -> Caption:
    base = rows[0].forecast
    what = "finish" if base.unit == DATE else "cost" if base.is_money else "value"
    subtitle = said(_WHAT[what], iterations=iterations_text(len(base)))
    return Caption(_title(rows), subtitle, " ".join(map(_told, rows)))


def _title(rows: Sequence[ComparedRow]) -> str:
    """Return the difference of the one scenario, or of the best of several, with its interval."""
    told = [row for row in rows if row.change is not None]
    best = min(told, key=lambda row: row.change.value if row.change is not None else 0.0)
    change, interval = best.texts()[0], best.interval()
    if best.change is not None and best.change.value == 0 and len(told) > 1:
        p80 = best.forecast.text(rows[0].forecast.quantile(P80))
        return said("None of {count} scenarios moves P80 below {p80}", count=len(told), p80=p80)
    words = {"name": named(best.name), "change": change, "interval": interval}
    words["p80"] = best.forecast.text(best.forecast.quantile(P80))
    if len(told) == 1:
        return said("{name}: P80 moves by {change} ({interval}), to {p80}", **words)
    return said("Best of {count}, {name}: P80 moves by {change} ({interval}), to {p80}", count=len(told), **words)


def _told(row: ComparedRow) -> str:
    levels = ", ".join(f"{level_name(p)} {row.forecast.text(row.forecast.quantile(p))}" for p in _SHARES)
    change, interval = row.texts()[0], row.interval()
    if not change:
        return f"{row.name}: {levels}."
    return said(
        "{name}: {levels}; P80 moves by {change} ({interval}).",
        name=row.name, levels=levels, change=change, interval=interval,
    )  # fmt: skip


def _draw_row(ax: Axes, y: int, row: ComparedRow) -> None:
    p10, p50, p80, p90 = (position(row.forecast.quantile(p)) for p in _SHARES)
    pale, solid = {"forecast": ("forecast_pale", "forecast")}.get(row.colour, (f"{row.colour}_pale", row.colour))
    pale = "plan_pale" if row.colour == "quiet" else pale
    ax.barh([y], [p90 - p10], left=[p10], height=0.36, color=LIGHT[pale], edgecolor=LIGHT[solid], linewidth=1, zorder=2)
    ax.plot([p50, p50], [y - 0.18, y + 0.18], color=LIGHT[solid], linewidth=2.5, zorder=3)
    ax.plot([p80], [y], "o", color=LIGHT[solid], markersize=8, zorder=4)
    interval = row.interval()
    label(ax, 1, y, row.headed(), row.colour, dx=14, dy=8 if interval else 0, bold=True, coords="row")
    if interval:
        label(ax, 1, y, interval, "quiet", dx=14, dy=-9, size=SMALL, coords="row")
