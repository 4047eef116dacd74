"""Critical paths side by side: one column a path, one row an activity that not all of them have in common.

Above each column stands the share of the iterations in which that path sets the finish, as a bar, and a point for its
share of those near the percentile; below, its activities are dots on a line. What all have in common is counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from riskmc.analysis.paths import Path, Paths
from riskmc.errors import ArgumentError
from riskmc.forecast.figures import chance, iterations_text
from riskmc.plot.canvas import FULL, Margins, canvas, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL
from riskmc.plot.palette import LIGHT
from riskmc.plot.rows import write_names
from riskmc.plot.sentences import named
from riskmc.plot.style import style
from riskmc.simulation.place import name_of

ROW = 26  # px
MOST_PATHS, MOST_ROWS = 6, 30
_LEFT, _BARS = 330, 4.5  # px; rows that the bars take
_MARGINS = Margins(left=_LEFT, right=30, top=18, bottom=16)


@dataclass(frozen=True)
class _Row:
    """One line of the matrix: an activity, or so many that all paths have in common; which paths it is on."""

    name: str
    on: tuple[bool, ...]
    common: bool


def paths(found: Paths, ax: Axes | None = None, top: int = MOST_PATHS) -> Axes:
    """Return axes with the ``top`` most frequent critical paths, and the one behind the percentile, side by side.

    With your own ``ax`` leave 330 px of room on its left. ArgumentError where there is no path to draw.
    """
    shown = found.top(top)
    if not any(path.activities for path in shown):
        raise ArgumentError("plot.paths: no activity is ever critical here, so there is no path to draw")
    rows, left_out = _rows(found, shown)
    with style():
        ax = canvas(ax, _caption(found, shown), FULL, ROW * (len(rows) + _BARS + bool(left_out)), _MARGINS)
        ax.set_xlim(-0.6, max(len(shown), 3) - 0.4)
        ax.set_ylim(len(rows) - 0.5 + bool(left_out), -0.5 - _BARS)
        write_names(ax, [row.name for row in rows], _LEFT - 12)
        _draw_shares(ax, found, shown)
        for x in range(len(shown)):
            _draw_path(ax, x, rows, shown[x].number == found.behind.number)
        if left_out:
            told = f"and {left_out:,} more activities that set them apart"
            label(ax, 0, len(rows), told, "quiet", ha="right", dx=-10, size=SMALL, coords="row")
        ax.set_xticks([])
        ax.set_yticks([])
        ax.spines["bottom"].set_visible(False)
    return ax


def _rows(found: Paths, shown: Sequence[Path]) -> tuple[list[_Row], int]:
    """Return the rows in the order of the logic, and how many activities were left out."""
    sets = [set(path.activities) for path in shown]
    order = [one for one in found.criticality if any(one in activities for activities in sets)]
    rows: list[_Row] = []
    together = 0
    for one in [*order, None]:
        on = tuple(one in activities for activities in sets)
        if one is not None and all(on):
            together += 1
            last = one
            continue
        if together:
            common = f"{together:,} on every path" if together > 1 else name_of(found.trials.program, last)
            rows.append(_Row(common, (True,) * len(shown), together > 1))
            together = 0
        if one is not None:
            rows.append(_Row(name_of(found.trials.program, one), on, False))
    return rows[:MOST_ROWS], max(0, len(rows) - MOST_ROWS)


def _draw_shares(ax: Axes, found: Paths, shown: Sequence[Path]) -> None:
    """Draw the share of each path above its column, and a point for its share near the percentile."""
    most = max(max(path.share, path.share_near.high) for path in shown)
    floor, height = -1.2, _BARS - 2.2
    label(ax, 0, floor - height / 2 - 0.35, "Share of all iterations (bar)", "quiet", ha="right", dx=-10, coords="row")
    near = f"Near {found.level} (point)"
    label(ax, 0, floor - height / 2 + 0.35, near, "forecast", ha="right", dx=-10, coords="row")
    ax.plot([-0.4, len(shown) - 0.6], [floor, floor], color=LIGHT["rule"], linewidth=1, zorder=1)
    for x, path in enumerate(shown):
        tall, point = (floor - height * share / most for share in (path.share, path.share_near))
        ax.bar([x], [tall - floor], 0.36, bottom=floor, color=LIGHT["forecast_pale"], edgecolor=LIGHT["forecast"])
        low, high = (floor - height * end / most for end in (path.share_near.low, path.share_near.high))
        ax.plot([x, x], [low, high], color=LIGHT["forecast"], linewidth=1.5, zorder=3)
        ax.plot([x], [point], "o", color=LIGHT["forecast"], markersize=7, zorder=4)
        told = f"{chance(path.share)} | {chance(path.share_near)}"
        label(ax, x, floor, told, dx=0, dy=-10, ha="center", size=SMALL)
        label(ax, x, -0.5 - _BARS, f"Path {path.number}", ha="center", dy=8, bold=path.number == found.behind.number)


def _draw_path(ax: Axes, x: int, rows: Sequence[_Row], behind: bool) -> None:
    """Draw one path as dots on a line; open circles are activities that it passes by."""
    colour = "forecast" if behind else "ink"
    own = [y for y, row in enumerate(rows) if row.on[x]]
    others = [y for y, row in enumerate(rows) if not row.on[x]]
    ax.plot([x] * len(others), others, "o", color=LIGHT["rule"], markersize=5, zorder=2)
    ax.plot([x] * len(own), own, "-", color=LIGHT[colour], linewidth=1.5, zorder=3)
    for y in own:
        size = 11 if rows[y].common else 8
        ax.plot([x], [y], "s" if rows[y].common else "o", color=LIGHT[colour], markersize=size, zorder=4)


def _caption(found: Paths, shown: Sequence[Path]) -> Caption:
    n, behind = iterations_text(len(found.trials)), found.behind
    title = (
        f"{len(found):,} critical paths in {n}: the most frequent in {chance(shown[0].share)} of them, and behind "
        f"{found.level} path {behind.number} in {chance(behind.share_near)}"
        if len(found) > 1
        else f"One critical path sets the finish in all {n}"
    )
    subtitle = (
        f"Bar: share of all iterations. Point: of the {int(found.near.sum()):,} nearest to {found.level}, with its 95% "
        "interval. Dots: activities on the path; squares: what all have in common"
    )
    told = [
        f"Path {path.number}, {chance(path.share)}, near {found.level} {chance(path.share_near)}: "
        f"{' > '.join(named(name_of(found.trials.program, one)) for one in path.activities)}."
        for path in shown
    ]
    return Caption(title, subtitle, " ".join(told))
