"""Marks: upright lines at the targets (ink) and at the plan (dashed), each with its date or amount and its chance.

The labels stand in tiers above the picture, one a mark, so that they cannot lie on each other. A mark far outside the
distribution does not stretch the axis: its label stands at the edge with an arrow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from matplotlib.axes import Axes

from riskmc.forecast import Forecast, Value
from riskmc.forecast.figures import chance
from riskmc.forecast.language import counted, marked, said
from riskmc.forecast.outcome import DATE
from riskmc.plot.canvas import extent
from riskmc.plot.lettering import SMALL, fitted, width_of
from riskmc.plot.palette import LIGHT
from riskmc.plot.placing import Line, Room
from riskmc.plot.scale import position, positions, sample_value, value_of

TARGET = marked("Target")
TIER = 20  # px, the height of one row of labels
MOST_MARKS = 6
_TAIL = 0.001
_REACH = 2.0  # spreads beyond the distribution up to which a mark still lies on the axis
DASHES = (0, (4, 3))


@dataclass(frozen=True)
class Mark:
    """One target or the plan: ``chance`` is in words, ``x`` the place on the axis."""

    name: str
    value: Value
    x: float
    chance: str
    plan: bool
    text: str

    @property
    def words(self) -> str:
        """What the label says: its value, and the chance to meet it."""
        if not self.chance:
            return self.text
        return said("{value}: {chance} chance", value=self.text, chance=self.chance)

    @property
    def unnamed(self) -> bool:
        """Whether it is the forecast's own target, which has no name beside "Target"."""
        return self.name == said(TARGET)


def marks_of(forecast: Forecast, plan: object, targets: Mapping[str, object] | None) -> list[Mark]:
    """Return the marks of a picture, the plan first; without ``targets`` the forecast's own."""
    given = dict(targets or {})
    if targets is None and forecast.target is not None:
        given = {said(TARGET): sample_value(forecast, forecast.target)}
    found = [_mark(forecast, name, value, plan=False) for name, value in given.items()]
    return [*([] if plan is None else [_mark(forecast, said("Plan"), plan, plan=True)]), *found]


def _mark(forecast: Forecast, name: str, given: object, plan: bool) -> Mark:
    value = value_of(forecast, given)
    told = chance(forecast.probability(value)) if len(forecast) > 1 else ""
    return Mark(name, value, position(value), told, plan, forecast.text(value))


def left_out(marks: Sequence[Mark]) -> str:
    """Return the words for the marks that are more than a picture holds, or nothing."""
    rest = len(marks) - MOST_MARKS
    if rest <= 0:
        return ""
    return counted("; {count} more target is not drawn", "; {count} more targets are not drawn", rest)


def tiers(marks: Sequence[Mark]) -> float:
    """Return the height in px of the rows of labels."""
    return TIER * min(len(marks), MOST_MARKS) + 6


def set_limits(
    ax: Axes, forecasts: Sequence[Forecast], marks: Sequence[Mark], pad: float = 0.06, tail: float = _TAIL
) -> None:
    """Set the x axis to hold all but a ``tail`` of the distributions, and the marks not far outside them."""
    ax.set_xlim(*limits_of(forecasts, marks, pad, tail))


def limits_of(
    forecasts: Sequence[Forecast], marks: Sequence[Mark], pad: float = 0.06, tail: float = _TAIL
) -> tuple[float, float]:
    """Return the ends of an axis that holds all but a ``tail`` of the distributions, and the marks not far outside."""
    ends = [reach(forecast, tail) for forecast in forecasts]
    low, high = min(end[0] for end in ends), max(end[1] for end in ends)
    spread = (high - low) or smallest_spread(forecasts[0])
    near = [mark.x for mark in marks if low - _REACH * spread <= mark.x <= high + _REACH * spread]
    low, high = min([low, *near]), max([high, *near])
    room = pad * (high - low) or 0.5 * spread
    return low - room, high + room


def reach(forecast: Forecast, tail: float = _TAIL) -> tuple[float, float]:
    """Return the places between which all but the outermost outcomes lie, a share of ``tail`` on each side."""
    ordered = positions(forecast)
    last = len(ordered) - 1
    return float(ordered[int(tail * last)]), float(ordered[ceil((1 - tail) * last)])


def smallest_spread(forecast: Forecast) -> float:
    """Return how wide an axis is on which there is but one value: two months, or a fifth of the amount."""
    return 60.0 if forecast.unit == DATE else 0.2 * abs(float(forecast.ordered[0])) or 1.0


def draw_marks(ax: Axes, room: Room, marks: Sequence[Mark], top: float) -> None:
    """Draw the lines from the axis up, and the labels in tiers above ``top`` (in data coordinates)."""
    waiting = [_placed(ax, room, mark) for mark in marks[:MOST_MARKS]]
    _, base = room.px(ax.get_xlim()[0], top)
    for tier in range(len(waiting)):
        lowest = min(waiting, key=lambda one: sum(one.covers(other.x) for other in waiting if other is not one))
        waiting.remove(lowest)
        _draw_mark(ax, room, lowest, base + TIER * tier)


@dataclass(frozen=True)
class _Placed:
    """A mark and its label, which begins ``left`` px from the edge of the axes; ``x`` px is the place of the line."""

    mark: Mark
    line: Line
    x: float
    left: float
    inside: bool

    def covers(self, x: float) -> bool:
        """Return whether an upright line at ``x`` would run through the label."""
        return self.left - 3 < x < self.left + self.line.width + 3


def _placed(ax: Axes, room: Room, mark: Mark) -> _Placed:
    low, high = ax.get_xlim()
    inside = low <= mark.x <= high
    x = min(max(room.px(mark.x, 0)[0], 0.0), room.width)
    words = _words(mark, room.width, "" if inside else "→" if mark.x > high else "←")
    line = Line(words, "quiet" if mark.plan else "ink", bold=True, size=SMALL)
    return _Placed(mark, line, x, max(0.0, min(x - 4, room.width - line.width)), inside)


def _words(mark: Mark, space: float, arrow: str) -> str:
    """Return the label, its name cut to what the rest leaves of ``space`` px; an arrow where the mark lies outside."""
    rest = f" {mark.words}" + (" →" if arrow == "→" else "")
    first = "← " if arrow == "←" else ""
    return first + fitted(mark.name, space - width_of(first + rest, SMALL, bold=True), SMALL, bold=True) + rest


def _draw_mark(ax: Axes, room: Room, placed: _Placed, bottom: float) -> None:
    """Draw the line up to its label, which stands with its lower edge ``bottom`` px above the axis."""
    floor, ceiling = ax.get_ylim()
    if placed.inside:
        rise = floor + (bottom + 2) / room.height * (ceiling - floor)
        look = {"linestyle": DASHES, "linewidth": 1.5} if placed.mark.plan else {"linewidth": 2}
        colour = LIGHT["plan" if placed.mark.plan else "ink"]
        ax.plot([placed.mark.x] * 2, [floor, rise], color=colour, zorder=4 - placed.mark.plan, **look)
        room.add_line(placed.mark.x, rise)
    room.put([placed.line], [(placed.left, bottom + 2 + placed.line.height, "left")])


def height_of(ax: Axes, marks: Sequence[Mark]) -> float:
    """Return the upper limit of a y axis whose picture ends at 1, with the tiers above."""
    height = extent(ax)[1]
    return height / max(height - tiers(marks), 0.4 * height)
