"""Utilisation over time: for every pool and period the share of its unit-time that is held, and its P80."""

from __future__ import annotations

from matplotlib.axes import Axes

from riskmc.analysis.capacity import Capacity
from riskmc.analysis.capacity.pool import Pool
from riskmc.errors import ArgumentError
from riskmc.forecast.figures import chance, iterations_text
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.forecast.language import marked, said
from riskmc.plot.axis import mark_months
from riskmc.plot.canvas import FULL, Margins, canvas, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL
from riskmc.plot.palette import LIGHT
from riskmc.plot.rows import write_names
from riskmc.plot.sentences import named
from riskmc.plot.style import style

ROW = 46  # px
HIGH = 0.85  # of the unit-time held, from which a period is orange: queues grow fast beyond
_MARGINS = Margins(left=220, right=120, top=24, bottom=44)
_TALL = 0.8  # of a row: all of the unit-time


def utilisation(found: Capacity, ax: Axes | None = None, rows: int = 15) -> Axes:
    """Return axes with a row a pool: by period the mean share of its unit-time held as a bar, a tick at its P80.

    Orange from 85% on; at the right the share while the pool was needed. With your own ``ax`` leave 220 px of room on
    its left and 120 on its right. ArgumentError where there are no pools.
    """
    pools = sorted(found.pools, key=lambda pool: (-(pool.mean_utilisation.value or 0.0), pool.id))[:rows]
    if not pools:
        raise ArgumentError("plot.utilisation: no pool limits work here; give resources a capacity")
    assert found.queues is not None
    edges = found.queues.edges / DAY_MINUTES
    with style():
        ax = canvas(ax, _caption(found, pools), FULL, ROW * len(pools), _MARGINS)
        ax.set_xlim(float(edges[0]), float(edges[-1]))
        ax.set_ylim(len(pools) - 0.5, -0.5)
        write_names(ax, [pool.name for pool in pools], _MARGINS.left - 12)
        label(ax, 1, 1, said("While needed"), "quiet", ha="right", dx=112, dy=12, size=SMALL, coords="axes")
        for y, pool in enumerate(pools):
            for place in range(len(found.periods)):
                _draw(ax, y + _TALL / 2, pool, place, float(edges[place]), float(edges[place + 1]))
            used = pool.mean_utilisation.value or 0.0
            colour = "threat" if used >= HIGH else "forecast"
            label(ax, 1, y, chance(used), colour, ha="right", dx=112, bold=True, coords="row")
        ax.set_yticks([])
        mark_months(ax)
    return ax


def _draw(ax: Axes, base: float, pool: Pool, place: int, first: float, last: float) -> None:
    """Draw one period: room, what of it is held, and P80."""
    mean = pool.mean_utilisation_in(place).value or 0.0
    p80 = float(pool.utilisation_in(place).quantile(0.80)) / 100  # type: ignore[arg-type]
    gap = 0.04 * (last - first)
    left, wide = first + gap, last - first - 2 * gap
    pale, edge = ("threat_pale", "threat") if mean >= HIGH else ("forecast_pale", "forecast_mid")
    ax.bar([left], [-_TALL], wide, bottom=base, align="edge", color=LIGHT["plan_pale"], zorder=1)
    if mean > 0:
        ax.bar([left], [-_TALL * mean], wide, bottom=base, align="edge", color=LIGHT[pale], edgecolor=LIGHT[edge],
               linewidth=1, zorder=2)  # fmt: skip
    if p80 > 0:
        ax.plot([left, left + wide], [base - _TALL * p80] * 2, color=LIGHT["ink"], linewidth=1.6, zorder=3)


_SHARES = {
    "month": marked(
        "Share of the unit-time held by month, {iterations}: bar mean, line P80, grey all there is; orange from 85% "
        "on. At the right: from the first need to the last return"
    ),
    "quarter": marked(
        "Share of the unit-time held by quarter, {iterations}: bar mean, line P80, grey all there is; orange from 85% "
        "on. At the right: from the first need to the last return"
    ),
    "year": marked(
        "Share of the unit-time held by year, {iterations}: bar mean, line P80, grey all there is; orange from 85% "
        "on. At the right: from the first need to the last return"
    ),
}


def _caption(found: Capacity, pools: list[Pool]) -> Caption:
    top = pools[0]
    words = {"name": named(top.name), "share": chance(top.mean_utilisation.value or 0.0)}
    title = said("{name} is the busiest of {count} pools: {share}", count=len(found.pools), **words)
    if len(found.pools) == 1:
        title = said("{name} is busy for {share} of the time it is needed", **words)
    subtitle = said(_SHARES[found.by], iterations=iterations_text(len(found.trials)))
    told = []
    for pool in pools:
        shares = [f"{name} {chance(pool.mean_utilisation_in(place).value or 0.0)}"
                  for place, name in enumerate(found.periods) if pool.mean_utilisation_in(place).value]  # fmt: skip
        words = {"name": pool.name, "share": chance(pool.mean_utilisation.value or 0.0)}
        told.append(said("{name}: {share} while needed; {periods}", periods=", ".join(shares[:40]), **words))
    return Caption(title, subtitle, ". ".join(told) + ".")
