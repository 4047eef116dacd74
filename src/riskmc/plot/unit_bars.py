"""Capacity value: what one more and one less unit of each pool does to the mean finish, in days, with intervals."""

from __future__ import annotations

from matplotlib.axes import Axes

from riskmc.analysis.capacity import Capacity, Gain
from riskmc.analysis.capacity.pool import Pool
from riskmc.analysis.paired import Difference
from riskmc.errors import ArgumentError
from riskmc.forecast.differences import days_apart
from riskmc.forecast.figures import chance, iterations_text, span
from riskmc.plot.axis import mark_amounts
from riskmc.plot.canvas import FULL, Margins, canvas, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL
from riskmc.plot.palette import LIGHT
from riskmc.plot.rows import write_names
from riskmc.plot.sentences import named
from riskmc.plot.style import style

ROW = 48  # px
_MARGINS = Margins(left=250, right=300, top=10, bottom=30)


def capacity_value(found: Capacity, ax: Axes | None = None, rows: int = 12) -> Axes:
    """Return axes with two bars a pool: green one more, orange one less; left is earlier. Thin lines: 95% intervals.

    With your own ``ax`` leave 250 px of room on its left and 300 on its right. ArgumentError where nothing was run
    with units more and less.
    """
    changed = {gain.pool.id: gain.pool for gain in found.gains}
    pools = sorted(changed.values(), key=lambda pool: (_days(found, pool, 1), pool.id))[:rows]
    if not pools:
        raise ArgumentError("plot.capacity_value: no what-ifs were run; rm.capacity(trials) of a program with pools")
    with style():
        ax = canvas(ax, _caption(found, pools), FULL, ROW * len(pools), _MARGINS)
        _set_limits(ax, found, pools)
        write_names(ax, [pool.name for pool in pools], _MARGINS.left - 12)
        ax.axvline(0, color=LIGHT["plan"], linewidth=1, zorder=1)
        for y, pool in enumerate(pools):
            for change, shift in ((1, -0.2), (-1, 0.2)):
                _draw(ax, y + shift, found.gain(pool.id, change), change)
        ax.set_yticks([])
        mark_amounts(ax, "d")
    return ax


def _days(found: Capacity, pool: Pool, change: int) -> float:
    gain = found.gain(pool.id, change)
    return 0.0 if gain is None or gain.effect is None else gain.effect.finish.mean().value


def _set_limits(ax: Axes, found: Capacity, pools: list[Pool]) -> None:
    ends = [0.0]
    for pool in pools:
        for change in (1, -1):
            gain = found.gain(pool.id, change)
            if gain is not None and gain.effect is not None:
                ends += [end for end in gain.effect.finish.mean() if end is not None]
    low, high = min(ends), max(ends)
    room = 0.06 * (high - low) or 1.0
    ax.set_xlim(low - room, high + room)
    ax.set_ylim(len(pools) - 0.5, -0.5)


def _draw(ax: Axes, y: float, gain: Gain | None, change: int) -> None:
    """Draw one bar with its interval, and write at the right what it says."""
    if gain is None or gain.effect is None:
        label(ax, 1, y, "one less: the work can never be done", "quiet", dx=10, size=SMALL, coords="row")
        return
    moved = gain.effect.finish.mean()
    pale, edge = ("gain_pale", "gain") if change > 0 else ("threat_pale", "threat")
    ax.barh([y], [moved.value], height=0.32, color=LIGHT[pale], edgecolor=LIGHT[edge], linewidth=1, zorder=2)
    if moved.low is not None and moved.high is not None:
        ax.plot([moved.low, moved.high], [y, y], color=LIGHT["ink"], linewidth=1.4, zorder=3)
    label(ax, 1, y, _told(gain, moved, change), edge, dx=10, size=SMALL, coords="row")


def _told(gain: Gain, moved: Difference, change: int) -> str:
    assert gain.effect is not None
    told = f"one {'more' if change > 0 else 'less'} {days_apart(*moved.parts)[0]}"
    later = gain.effect.later
    return f"{told}, later in {chance(later)}" if change > 0 and later.value else told


def _caption(found: Capacity, pools: list[Pool]) -> Caption:
    best = found.best
    name = named(found.trials.program.program)
    if best is None or best.effect is None:
        title = f"{name}: no pool of {len(found.pools)} gains anything by one more unit"
    else:
        title = f"One more of {named(best.pool.name)} gains {span(best.effect.finish.mean().value)} on average"
        if found.misleading and found.busiest is not None:
            used = [chance(pool.mean_utilisation.value or 0.0) for pool in (best.pool, found.busiest)]
            title += f", {used[0]} busy; {named(found.busiest.name)}, {used[1]} busy, is worth less"
    subtitle = (
        f"Mean finish with one unit more (green) and one less (orange) against the program, the same "
        f"{iterations_text(len(found.trials))}; left is earlier; lines: 95% intervals, simulation error only"
    )
    told = []
    for pool in pools:
        for change, word in ((1, "more"), (-1, "less")):
            gain = found.gain(pool.id, change)
            ends = "never done" if gain is None or gain.effect is None else " ".join(
                days_apart(*gain.effect.finish.mean().parts)
            )  # fmt: skip
            told.append(f"{pool.name}, one {word}: {ends}")
    return Caption(title, subtitle, "; ".join(told) + ".")
