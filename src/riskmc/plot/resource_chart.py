"""Resource Gantt chart of one iteration: under every pool who held its units, and who waited for them, hatched."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from riskmc.analysis.capacity.stints import Stint, iteration_at, iterations_near, stints
from riskmc.errors import ArgumentError, joined, nearest
from riskmc.forecast.figures import level_name, number, span
from riskmc.forecast.instant import DAY_MINUTES, minutes_of
from riskmc.plot.axis import mark_months
from riskmc.plot.canvas import FULL, Margins, canvas, extent, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL, fitted
from riskmc.plot.palette import LIGHT
from riskmc.plot.rows import write_names
from riskmc.plot.sentences import named
from riskmc.plot.style import style
from riskmc.program.program import Program
from riskmc.simulation.place import name_of
from riskmc.simulation.trials import Trials

ROWS = 40
ROW = 20  # px
MOST_LOOKED_AT = 50  # iterations near the percentile, until one has users of the pools
_MARGINS = Margins(left=270, right=70, top=22, bottom=44)
_TALL, _SLANT, _STEP = 0.62, 5.0, 6.0  # of a row; px of a hatching line across, and between two

Line = tuple[str, str | None, list[Stint]]  # pool, activity or None for the pool's own line, what it shows


def resource_gantt(
    trials: Trials,
    number: int | None = None,
    at: float = 0.80,
    pools: Sequence[str] = (),
    rows: int = ROWS,
    ax: Axes | None = None,
) -> Axes:
    """Return axes with one iteration by pool: blue, an activity holds units; hatched in orange, it waits for them.

    ``number`` is the iteration's own; without it the one whose finish is the percentile ``at``, or the nearest to it
    that ends and in which the ``pools`` are used (default: all). Of more than ``rows`` activities those that wait
    longest are shown, then those that start first. With your own ``ax`` leave 270 px of room on its left and 70 on its
    right. ArgumentError where no pool limits work, or there is no such pool.
    """
    asked = _asked(trials, pools)
    chosen, every = _chosen(trials, number, at, asked)
    lines = _lines(every, rows) or [(pool, None, []) for pool in asked]
    with style():
        ax = canvas(ax, _caption(trials, chosen, None if number is not None else at, every, lines), FULL,
                    ROW * len(lines), _MARGINS)  # fmt: skip
        low, high = (minute / DAY_MINUTES for minute in _extent(trials, chosen, every))
        ax.set_xlim(low - 0.01 * (high - low), high + 0.01 * (high - low))
        ax.set_ylim(len(lines) - 0.4, -0.6)
        headings = [y for y, line in enumerate(lines) if line[1] is None]
        write_names(ax, _names(trials, lines), _MARGINS.left - 8, bold=headings)
        ax.grid(axis="x", color=LIGHT["rule"], linewidth=1)
        label(ax, 1, 1, "Waits", "quiet", ha="right", dx=64, dy=10, size=SMALL, coords="axes")
        for y, line in enumerate(lines):
            _draw(ax, y, line)
        ax.set_yticks([])
        mark_months(ax)
    return ax


def _asked(trials: Trials, pools: Sequence[str]) -> list[str]:
    """Return the pools asked for, all that limit work where none is named; ArgumentError for one that does not."""
    dynamics = trials.again().network.dynamics
    known = [] if dynamics is None else [*dynamics.pools]
    unknown = next((pool for pool in pools if known and pool not in known), None)
    if unknown is not None:
        told = joined(nearest(unknown, known), f"known: {', '.join(known)}")
        raise ArgumentError(f"plot.resource_gantt: no pool {unknown!r} limits work{told}")
    return list(pools) or known


def _chosen(trials: Trials, number: int | None, at: float, pools: Sequence[str]) -> tuple[int, list[Stint]]:
    """Return the number of the iteration to draw, and who holds and awaits units of the pools in it.

    One that is asked for by its number is drawn as it is; else the nearest in rank to the percentile that is of use.
    """
    for candidate in [number] if number is not None else iterations_near(trials, at, MOST_LOOKED_AT):
        found = [stint for stint in stints(trials, candidate) if stint.pool in pools]
        if found or number is not None:
            return candidate, found
    return iteration_at(trials, None, at), []


def _extent(trials: Trials, chosen: int, every: Sequence[Stint]) -> tuple[int, int]:
    """Return the minutes from which and up to which is drawn: the whole iteration, where nobody uses the pools."""
    if every:
        return min(one.start for one in every), max(one.finish for one in every)
    start, place = minutes_of(trials.start), chosen - trials.iterations.start
    known = trials.finish_minutes[place] if 0 <= place < len(trials) else trials.plan.finish
    return start, max(start + DAY_MINUTES, int(known))


def _lines(every: Sequence[Stint], rows: int) -> list[Line]:
    """Return a line a pool, and under it one an activity, by start."""
    found: dict[tuple[str, str], list[Stint]] = {}
    for stint in every:
        found.setdefault((stint.pool, stint.path), []).append(stint)
    keys = sorted(found, key=lambda key: (-_waited(found[key]), min(one.start for one in found[key]), key))[:rows]
    keys.sort(key=lambda key: (key[0], min(one.start for one in found[key]), key[1]))
    lines: list[Line] = []
    for pool in dict.fromkeys(key[0] for key in keys):
        lines.append((pool, None, [one for one in every if one.pool == pool]))
        lines += [(pool, path, found[pool, path]) for home, path in keys if home == pool]
    return lines


def _waited(shown: Sequence[Stint]) -> int:
    return sum(one.finish - one.start for one in shown if one.waits)


def _names(trials: Trials, lines: Sequence[Line]) -> list[str]:
    """Return the names of the lines; pools, and activities, that share one carry their identifier in front."""
    program = trials.again().network.program
    called = {key: _named(program, *key) for key in dict.fromkeys((pool, path) for pool, path, _ in lines)}
    owners: dict[tuple[str, bool], set[str]] = {}
    for (pool, path), name in called.items():
        owners.setdefault((name, path is None), set()).add(path or pool)
    return [
        called[pool, path]
        if len(owners[called[pool, path], path is None]) == 1
        else f"{path or pool} {called[pool, path]}"
        for pool, path, _ in lines
    ]


def _named(program: Program, pool: str, path: str | None) -> str:
    return (program.resources[pool].name or pool) if path is None else name_of(program, path)


def _draw(ax: Axes, y: int, line: Line) -> None:
    """Draw the bars of an activity; of a pool only what was waited for it in all."""
    _, path, shown = line
    waited = _waited(shown) / DAY_MINUTES
    if waited:
        told = f"{number(waited, 25 if waited >= 10 else 2.5)} d"
        label(ax, 1, y, fitted(told, 60, SMALL), "threat", ha="right", dx=64, size=SMALL, bold=path is None,
              coords="row")  # fmt: skip
    if path is None:
        return
    for stint in shown:
        start, finish = stint.start / DAY_MINUTES, stint.finish / DAY_MINUTES
        if stint.waits:
            _hatch(ax, y, start, finish)
        else:
            ax.barh([y], [finish - start], left=[start], height=_TALL, color=LIGHT["forecast_mid"],
                    edgecolor=LIGHT["forecast"], linewidth=0.8, zorder=3)  # fmt: skip


def _hatch(ax: Axes, y: float, start: float, finish: float) -> None:
    """Draw a box with slanting lines, each cut at its ends: patterns of the drawing programs differ."""
    ax.barh([y], [finish - start], left=[start], height=_TALL, color=LIGHT["threat_pale"],
            edgecolor=LIGHT["threat_mid"], linewidth=0.8, zorder=2)  # fmt: skip
    low, high = ax.get_xlim()
    day = (high - low) / extent(ax)[0]  # days a px
    slant, step = _SLANT * day, _STEP * day
    lines = []
    for number_ in range(ceil((finish - start + slant) / step)):
        foot = start - slant + (number_ + 0.5) * step
        ends = np.clip([foot, foot + slant], start, finish)
        heights = y + _TALL * (0.5 - (ends - foot) / slant)
        if ends[1] > ends[0]:
            lines.append([(ends[0], heights[0]), (ends[1], heights[1])])
    ax.add_collection(LineCollection(lines, colors=LIGHT["threat_mid"], linewidths=0.9, zorder=2.5), autolim=False)


def _caption(trials: Trials, chosen: int, at: float | None, every: Sequence[Stint], lines: Sequence[Line]) -> Caption:
    exact = at is None or chosen == iteration_at(trials, None, at)
    known = "" if at is None else f", {'the' if exact else 'nearest to the'} {level_name(at)} finish"
    waits: dict[str, int] = {}
    for one in every:
        waits[one.pool] = waits.get(one.pool, 0) + (one.finish - one.start) * one.waits
    resources = trials.again().network.program.resources
    if not waits:
        pools = ", ".join(resources[pool].name or pool for pool, _, _ in lines)
        return Caption(f"Iteration {chosen:,}{known}: nobody uses {pools}", "No activity holds or awaits a unit", "")
    top = max(waits, key=lambda pool: waits[pool])
    longest = named(resources[top].name or top)
    title = f"Iteration {chosen:,}{known}: {span(waits[top] / DAY_MINUTES)} waited for {longest}"
    if not waits[top]:
        title = f"Iteration {chosen:,}{known}: nobody waits for any of {len(waits)} pools"
    shown, whole = sum(path is not None for _, path, _ in lines), len({(one.pool, one.path) for one in every})
    part = f"The {shown} that wait longest of {whole}" if shown < whole else f"All {whole}"
    subtitle = f"{part} uses of pools by activities: blue holds units, hatched waits. At the right: days waited"
    told = [
        f"{resources[pool].name or pool}: {number(minutes / DAY_MINUTES)} days waited"
        for pool, minutes in waits.items()
    ]
    return Caption(title, subtitle, "; ".join(told) + ".")
