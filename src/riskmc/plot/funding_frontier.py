"""Funding frontier: what sets of projects are worth against the chance that they stay in the budget.

A point a set, with the 95% intervals of both; the line joins those that no other set dominates; the diamond is the set
that is chosen. Sets are told by number, in a list at the right.
"""

from __future__ import annotations

from matplotlib.axes import Axes

from riskmc.analysis.value import Funding
from riskmc.forecast.figures import chance, iterations_text
from riskmc.forecast.language import formats, said
from riskmc.plot.axis import mark_amounts
from riskmc.plot.canvas import FULL, Margins, canvas, extent, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL, fitted, width_of
from riskmc.plot.palette import LIGHT
from riskmc.plot.placing import Line, Room, around
from riskmc.plot.sentences import named
from riskmc.plot.style import style

HEIGHT, LINE = 300, 20  # px
MOST_SETS = 14
_MARGINS = Margins(left=92, right=420, top=10, bottom=48)
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def funding(found: Funding, ax: Axes | None = None) -> Axes:
    """Return axes with the sets of projects by chance of staying in the budget and mean net present value.

    With your own ``ax`` leave 420 px of room on its right.
    """
    shown = found.frontier[:MOST_SETS]
    with style():
        ax = canvas(ax, _caption(found), FULL, HEIGHT, _MARGINS)
        values = [end for one in found.sets for end in (one.npv_low, one.npv_high)]
        pad = 0.12 * ((max(values) - min(values)) or 1.0)
        ax.set_xlim(-0.03, 1.06)
        ax.set_ylim(min(values) - pad, max(values) + pad)
        _draw(ax, found)
        room = Room(ax)
        for number, one in enumerate(shown, 1):
            at = room.px(one.within_budget, one.npv)
            room.put([Line(str(number), "ink", bold=True)], around(*at))
        ax.set_xticks(
            _TICKS,
            labels=[formats().percent(f"{100 * tick:.0f}") for tick in _TICKS],
            fontsize=SMALL,
            color=LIGHT["quiet"],
        )
        within = said("chance to stay within {amount}", amount=found.text(found.budget))
        label(ax, 0.5, 0, within, "quiet", ha="center", va="top", dy=-26, size=SMALL, coords="axes")
        mark_amounts(ax, found.base.trials.currency, vertical=True)
        _list(ax, found)
    return ax


def _caption(found: Funding) -> Caption:
    chosen, budget = found.chosen, found.text(found.budget)
    title = said(
        "{program}: fund {names}: {value} expected, {chance} chance to stay within {budget}",
        program=named(found.base.trials.program.program), names=named(found.names(chosen)),
        value=found.text(chosen.npv), chance=chance(chosen.within_budget), budget=budget,
    )  # fmt: skip
    subtitle = said(
        "Mean net present value of each set, from {iterations}, with 95% intervals. Diamond: chosen; pale: dominated",
        iterations=iterations_text(len(found.base.trials)),
    )
    told = "; ".join(
        said(
            "{names}: {value}, {chance} in budget",
            names=found.names(one),
            value=found.text(one.npv),
            chance=chance(one.within_budget),
        )
        for one in found.sets
    )
    return Caption(title, subtitle, f"{told}.")


def _draw(ax: Axes, found: Funding) -> None:
    frontier = sorted(found.frontier, key=lambda one: one.within_budget)
    ax.plot(
        [one.within_budget for one in frontier], [one.npv for one in frontier], color=LIGHT["forecast"], linewidth=1.2,
        linestyle=(0, (4, 3)), zorder=2,
    )  # fmt: skip
    for one in found.sets:
        colour = LIGHT["plan" if one.dominated else "forecast"]
        chances = one.within_budget
        ax.plot([chances.low, chances.high], [one.npv, one.npv], color=colour, linewidth=1, zorder=3)
        ax.plot([chances, chances], [one.npv_low, one.npv_high], color=colour, linewidth=1, zorder=3)
        size = 4 if one.dominated else 7
        ax.plot([chances], [one.npv], "D" if one is found.chosen else "o", color=colour, markersize=size, zorder=4)


def _list(ax: Axes, found: Funding) -> None:
    """Write the sets of the frontier by number at the right."""
    height = extent(ax)[1]
    shown = found.frontier[:MOST_SETS]
    for number, one in enumerate(shown, 1):
        y = 1 - (number - 0.5) * LINE / height
        words = f"{found.text(one.npv)}, {chance(one.within_budget)}"
        names = fitted(found.names(one), _MARGINS.right - 64 - width_of(words, SMALL), SMALL, one is found.chosen)
        label(ax, 1, y, str(number), ha="right", dx=34, size=SMALL, bold=True, coords="axes")
        label(ax, 1, y, names, dx=42, size=SMALL, bold=one is found.chosen, coords="axes")
        label(ax, 1, y, words, "quiet", ha="right", dx=_MARGINS.right - 10, size=SMALL, coords="axes")
    if len(found.frontier) > len(shown):
        y = 1 - (len(shown) + 0.5) * LINE / height
        label(
            ax,
            1,
            y,
            said("and {count} more", count=len(found.frontier) - len(shown)),
            "quiet",
            dx=42,
            size=SMALL,
            coords="axes",
        )
