"""Outside view: our S-curve and that of a reference class on one axis, with our P80 carried over to the class."""

from __future__ import annotations

from matplotlib.axes import Axes

from riskmc.analysis.outside_view import OutsideView
from riskmc.forecast import Forecast
from riskmc.forecast.figures import chance, iterations_text
from riskmc.forecast.language import said
from riskmc.plot.axis import mark_shares, mark_values
from riskmc.plot.canvas import FULL, Margins, canvas
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import TEXT, fitted
from riskmc.plot.marks import draw_marks, height_of, marks_of, set_limits, tiers
from riskmc.plot.overlay import DASHES, better_or_worse
from riskmc.plot.palette import LIGHT
from riskmc.plot.placing import Room, around, two_lines
from riskmc.plot.s_curves import HEIGHT, curve_of
from riskmc.plot.scale import position
from riskmc.plot.sentences import describe, named
from riskmc.plot.style import style

_MARGINS = Margins(left=46, right=16, top=4, bottom=40)
_TAIL = 0.02  # of either curve that may lie outside the axis
P80 = 0.80


def outside_view(found: OutsideView, ax: Axes | None = None, width: int = FULL) -> Axes:
    """Return axes with our S-curve and the class's, the base estimate, and where our P80 meets the class.

    ``width`` is FULL or HALF px where no ``ax`` is given.
    """
    ours, peers = found.forecast, found.peers
    marks = [mark for mark in marks_of(ours, found.base, None) if mark.plan]
    with style():
        ax = canvas(ax, _caption(found), width, HEIGHT + tiers(marks), _MARGINS)
        set_limits(ax, [ours, peers], marks, pad=0.2, tail=_TAIL)
        ax.set_ylim(0, height_of(ax, marks))
        room = Room(ax)
        draw_marks(ax, room, marks, top=1)
        _draw(ax, room, ours, "forecast", stepped=False)
        beside = better_or_worse(peers, ours)
        _draw(ax, room, peers, beside, stepped=found.reference.shape is None)
        _carry_over(ax, found)
        _name(room, ours, "Our forecast", "forecast")
        _name(room, peers, found.reference.name, beside)
        mark_shares(ax)
        mark_values(ax, ours)
    return ax


def _draw(ax: Axes, room: Room, forecast: Forecast, colour: str, stepped: bool) -> None:
    """Draw one curve, that of projects as the steps that it has, with a point at its P80."""
    x, shares = curve_of(forecast)
    room.add_curve(x, shares)
    look = {"linestyle": DASHES[1], "linewidth": 1.6} if colour != "forecast" else {"linewidth": 2.2}
    ax.plot(x, shares, color=LIGHT[colour], zorder=3, drawstyle="steps-post" if stepped else "default", **look)
    ax.plot([position(forecast.quantile(P80))], [P80], "o", color=LIGHT[colour], markersize=8, zorder=5)


def _carry_over(ax: Axes, found: OutsideView) -> None:
    """Draw a line from our P80 to the class, and a diamond where it meets it."""
    value = found.forecast.quantile(P80)
    x, share = position(value), found.standing("P80", value).share
    ax.plot([x, x], [P80, share], color=LIGHT["forecast"], linewidth=1, linestyle=(0, (2, 2)), zorder=3)
    ax.plot([x], [share], "D", color=LIGHT["forecast"], markersize=7, zorder=6)


def _name(room: Room, forecast: Forecast, name: str, colour: str) -> None:
    """Write what a curve is beside its P80, left of it or right."""
    value = forecast.quantile(P80)
    first = fitted(name, 0.36 * room.width, TEXT, bold=True)
    at = room.px(position(value), P80)
    room.put(two_lines(first, f"P80 {forecast.text(value)}", colour), around(*at, room.lines))


def _caption(found: OutsideView) -> Caption:
    ours = found.forecast
    p80 = found.standing("P80", ours.quantile(P80))
    title = said(
        "{name}: {chance} of {reference} came out no worse than our P80",
        name=named(ours.label), chance=chance(p80.share), reference=named(found.reference.told),
    )  # fmt: skip
    if p80.share.low != p80.share.high:
        ends = said("{low} to {high}", low=chance(p80.share.low), high=chance(p80.share.high))
        title = f"{title} ({ends})"
    subtitle = said(
        "Ours from {iterations}; the class: our base times its ratios. Diamond: our P80 among them. Two views, not "
        "mixed",
        iterations=iterations_text(len(ours)),
    )
    return Caption(title, subtitle, " ".join(describe(one, []) for one in (ours, found.peers)))
