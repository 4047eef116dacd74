"""Frontier of responses: money spent against what it buys, every mix a dot, the efficient ones a green line in steps.

What it buys is days at P80, money at P80, or points of chance, from buying nothing, with paired 95% intervals
(`analysis.responses`). Each step is numbered, and says at the right what it buys besides the one before.
"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes

from riskmc.analysis.paired import Difference
from riskmc.analysis.responses import Portfolio, ResponseFrontier
from riskmc.errors import ArgumentError
from riskmc.forecast.figures import MINUS, iterations_text, level_name
from riskmc.forecast.language import counted, formats, marked, said
from riskmc.plot.axis import mark_amounts
from riskmc.plot.canvas import FULL, Margins, canvas, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL, TEXT, fitted
from riskmc.plot.palette import LIGHT
from riskmc.plot.placing import Line, Room
from riskmc.plot.scale import position
from riskmc.plot.sentences import named
from riskmc.plot.style import style

HEIGHT = 360  # px
STEPS = 8  # steps that are numbered and told
_DOTS = 1_200  # other mixes drawn
_MARGINS = Margins(left=86, right=400, top=26, bottom=58)
_ROW = 38  # px
STATES = {"pre": marked("before any response"), "current": marked("as it is now"), "post": marked("all of them")}


def frontier(found: ResponseFrontier, ax: Axes | None = None) -> Axes:
    """Return axes with every rated portfolio: money spent across, what it buys upwards, the efficient ones in steps.

    The states before any response, as it is now and with all of them are marked. With your own ``ax`` leave 400 px of
    room on its right.
    """
    if not isinstance(found, ResponseFrontier):
        raise ArgumentError(f"plot.frontier draws what response_frontier returns, got {type(found).__name__}")
    with style():
        ax = canvas(ax, _caption(found), FULL, HEIGHT, _MARGINS)
        _set_limits(ax, found)
        room = Room(ax)
        ax.axhline(0, color=LIGHT["rule"], linewidth=1, zorder=0)
        _draw_mixes(ax, found)
        _draw_efficient(ax, found)
        _take(room, found)
        _number(ax, room, found)
        _draw_states(ax, room, found)
        mark_amounts(ax, found.trials.currency)
        mark_amounts(
            ax, {"finish": "d", "cost": found.trials.currency, "chance": said("points")}[found.by], vertical=True
        )
        label(
            ax, 1, 0, said("Expected to be spent on responses"), "quiet", ha="right", dy=-38, size=SMALL, coords="axes"
        )
        label(ax, 0, 1, _bought_words(found), "quiet", dx=-70, dy=16, size=SMALL, coords="axes")
    return ax


def _bought_words(found: ResponseFrontier) -> str:
    level = level_name(found.percentile)
    return {
        "finish": said("Days bought at {level}", level=level),
        "cost": said("Money saved at {level}", level=level),
        "chance": said("Points of chance bought"),
    }[found.by]


def bought(found: ResponseFrontier, value: datetime | float) -> float:
    """Return what a portfolio that reaches ``value`` buys: days, currency units or points; more is better."""
    apart = position(value) - position(found.efficient[0].value)
    return 100 * apart if found.by == "chance" else -apart


def _ends(found: ResponseFrontier, difference: Difference) -> tuple[float, float] | None:
    """Return the interval of what is bought, or None where there is none."""
    if difference.low is None or difference.high is None or difference.low == difference.high:
        return None
    if found.by == "chance":
        return 100 * difference.low, 100 * difference.high
    return -difference.high, -difference.low


def _set_limits(ax: Axes, found: ResponseFrontier) -> None:
    marked = [*found.efficient, *found.states.values()]
    heights = [bought(found, value) for _, value in found.points()] + [bought(found, one.value) for one in marked]
    heights += [end for one in marked for end in _ends(found, one.difference) or ()]
    most = max(spent for spent, _ in found.points())
    low, high = min(heights), max(heights)
    reach = high - low or 1.0
    ax.set_xlim(-0.04 * (most or 1.0), 1.06 * (most or 1.0))
    ax.set_ylim(low - 0.12 * reach, high + 0.14 * reach)


def _draw_mixes(ax: Axes, found: ResponseFrontier) -> None:
    points = list(found.points())
    shown = points[:: -(-len(points) // _DOTS)]
    spent, value = [spent for spent, _ in shown], [bought(found, value) for _, value in shown]
    ax.plot(spent, value, "o", color=LIGHT["plan"], markersize=4, markeredgewidth=0, alpha=0.5, zorder=2)


def _draw_efficient(ax: Axes, found: ResponseFrontier) -> None:
    spent, value = [one.spent for one in found.efficient], [bought(found, one.value) for one in found.efficient]
    ax.step([*spent, ax.get_xlim()[1]], [*value, value[-1]], where="post", color=LIGHT["gain"], linewidth=2, zorder=3)
    for one, height in zip(found.efficient, value, strict=True):
        _draw_interval(ax, one.spent, _ends(found, one.difference), "gain")
        ax.plot([one.spent], [height], "o", color=LIGHT["gain"], markersize=8, zorder=5)


def _draw_interval(ax: Axes, x: float, ends: tuple[float, float] | None, colour: str) -> None:
    """Draw an interval with its ends marked; nothing where there is none."""
    if ends is not None:
        ax.plot([x, x], ends, "_", color=LIGHT[colour], markersize=11, markeredgewidth=1.5, linestyle="-", zorder=4)


def _take(room: Room, found: ResponseFrontier) -> None:
    """Take the room of the green line and of the level before any response, so that no label lies on them."""
    spent, value = [one.spent for one in found.efficient], [bought(found, one.value) for one in found.efficient]
    end = room.ax.get_xlim()[1]
    across = [x for pair in pairwise([*spent, end]) for x in np.linspace(*pair, 60)]
    heights = [height for height in value for _ in range(60)]
    room.add_curve(np.array(across), np.array(heights))
    below = [bought(found, state.value) for state in found.states.values() if state.spent < 0]
    for height in below:
        room.add_curve(np.linspace(0, end, 120), np.full(120, height))
    for one in found.efficient:
        ends = _ends(found, one.difference)
        if ends is not None:
            room.add_curve(np.full(40, one.spent), np.linspace(*ends, 40))


def _draw_states(ax: Axes, room: Room, found: ResponseFrontier) -> None:
    """Mark the states: a ring where there is a mix, a dashed line for what spends less than nothing."""
    for name, state in found.states.items():
        height = bought(found, state.value)
        if state.spent < 0:
            ax.axhline(height, color=LIGHT["plan"], linewidth=1.2, linestyle=(0, (4, 3)), zorder=1)
            _draw_interval(ax, 0.985 * ax.get_xlim()[1], _ends(found, state.difference), "plan")
            y = room.px(0, height)[1]
            places = [(share * room.width, y + lift, "center") for lift in (20, -4) for share in (0.82, 0.5, 0.15)]
        else:
            _draw_interval(ax, state.spent, _ends(found, state.difference), "plan")
            ax.plot([state.spent], [height], "o", color=LIGHT["ink"], markersize=13, markerfacecolor="none", zorder=6)
            x, y = room.px(state.spent, height)
            side, away = ("left", 12) if x < room.width / 2 else ("right", -12)
            places = [(x + away, y + lift, side) for lift in (-8, 26, -24, 42, -40, 58)]
        room.put([Line(said(STATES[name]), "quiet", size=SMALL)], places)


def _number(ax: Axes, room: Room, found: ResponseFrontier) -> None:
    """Number the steps at their points, and tell at the right what each buys."""
    steps = told_steps(found)
    before: Portfolio = found.efficient[0]
    for number, step in enumerate(steps, start=1):
        x, y = room.px(step.spent, bought(found, step.value))
        places = [(x + aside, y + lift, ha) for lift in (24, -4) for aside, ha in ((-7, "right"), (7, "left"))]
        room.put([Line(str(number), "gain", bold=True)], places)
        _tell(ax, found, number, before, step)
        before = step
    if len(found.efficient) - 1 > len(steps):
        left = len(found.efficient) - 1 - len(steps)
        rest = counted("and {count} smaller steps between them", "and {count} smaller steps between them", left)
        label(ax, 1, 1, rest, "quiet", dx=24, dy=-_ROW * len(steps) - 8, size=SMALL, coords="axes")


def told_steps(found: ResponseFrontier) -> list[Portfolio]:
    """Return the steps that are told, in order: all of them, or those that buy most, and the last."""
    steps = list(pairwise(found.efficient))
    if len(steps) <= STEPS:
        return [after for _, after in steps]
    gains = {after.spent: bought(found, after.value) - bought(found, before.value) for before, after in steps[:-1]}
    kept = sorted(gains, key=lambda spent: -gains[spent])[: STEPS - 1]
    return [after for _, after in steps if after.spent in kept or after is steps[-1][1]]


def _tell(ax: Axes, found: ResponseFrontier, number: int, before: Portfolio, step: Portfolio) -> None:
    text, interval = found.measured.bought(step.difference, found.trials.currency)
    doubt = "" if step.step is None or step.step.told_apart else said(", step within error")
    top, room = -_ROW * (number - 1), _MARGINS.right - 52
    words = fitted(f"{found.spent_text(step.spent)}: {_changes(found, before, step)}", room, TEXT, bold=True)
    label(ax, 1, 1, f"{number}", "gain", dx=24, dy=top, bold=True, coords="axes")
    label(ax, 1, 1, words, "ink", dx=44, dy=top, bold=True, coords="axes")
    small = fitted(said("buys {gain} in all (95%: {interval})", gain=text, interval=interval) + doubt, room, SMALL)
    label(ax, 1, 1, small, "quiet", dx=44, dy=top - 16, size=SMALL, coords="axes")


def _changes(found: ResponseFrontier, before: Portfolio, step: Portfolio) -> str:
    added = [f"+ {found.named(name)}" for name in step.responses if name not in before.responses]
    left = [f"{MINUS} {found.named(name)}" for name in before.responses if name not in step.responses]
    return ", ".join([*added, *left])


def _caption(found: ResponseFrontier) -> Caption:
    rated = said("{count} mixes tried", count=formats().number(len(found.ratings)))
    if found.exact:
        rated = said("Every mix of {count} responses", count=len(found.candidates))
    subtitle = said(
        "{rated} in {iterations}: dots; the best for their money: green, with paired 95% intervals from buying nothing",
        rated=rated,
        iterations=iterations_text(len(found.trials)),
    )
    return Caption(_title(found), subtitle, " ".join(_told(found, one) for one in found.efficient))


def _title(found: ResponseFrontier) -> str:
    best, what = found.best(), found.measured.name
    if not best.responses:
        return said("None of {count} responses improves the {what}", count=len(found.candidates), what=named(what))
    reached = found.measured.text(found.trials, best.value)
    return said(
        "{spent} buys {gain}: {what} {reached}",
        spent=found.spent_text(best.spent),
        gain=found.bought_text(best),
        what=named(what),
        reached=reached,
    )


def _told(found: ResponseFrontier, one: Portfolio) -> str:
    names = ", ".join(map(found.named, one.responses)) or said("nothing")
    value = found.measured.text(found.trials, one.value)
    return said("{spent} for {names}: {value}.", spent=found.spent_text(one.spent), names=names, value=value)
