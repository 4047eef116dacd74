"""Earned value over time: planned value as a curve, earned value and actual cost at the data date, and where it leads.

Dashed in grey runs the plan. The diamonds on the right are what the indices make of it (EAC on the date that earned
schedule gives), the points P50 and P80 of the simulation, which knows the risks. Value is money, or working days where
no money is spent; then the simulated finishes stand on the axis.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes

from riskmc.analysis.earned_value import EarnedValue
from riskmc.analysis.earned_value.result import Status
from riskmc.errors import ArgumentError
from riskmc.forecast.figures import iterations_text, money_format, number, start_day
from riskmc.forecast.instant import DAY_MINUTES, minutes_of
from riskmc.plot.axis import mark_amounts, mark_months
from riskmc.plot.canvas import FULL, Margins, canvas
from riskmc.plot.captions import Caption
from riskmc.plot.palette import LIGHT
from riskmc.plot.placing import Box, Room, around, two_lines
from riskmc.plot.scale import position
from riskmc.plot.sentences import named
from riskmc.plot.style import style

HEIGHT = 340  # px
_MARGINS = Margins(left=86, right=150, top=18, bottom=44)
_POINTS = 240
_DASHES = (0, (4, 3))


class _Point(NamedTuple):
    """A point of the picture: its name, where it stands, its colour, its shape, and what it says."""

    name: str
    x: float
    y: float
    colour: str
    shape: str
    text: str


def earned_value(found: EarnedValue, place: str = "", ax: Axes | None = None) -> Axes:
    """Return axes with planned, earned and actual value of a project, or of the program, and where they lead.

    With your own ``ax`` leave 86 px of room on its left and 150 on its right. ArgumentError where there is no data
    date, or nothing has been planned by then or after.
    """
    status = found[place]
    if status.data_date is None or status.start is None:
        raise ArgumentError(
            "plot.earned_value: there is no data date, or no planned work; give the program `data_date:`"
        )
    at = position(status.data_date)
    points = [*_standing(found, status, at), *_leading(found, status)]
    with style():
        ax = canvas(ax, _caption(found, status, points), FULL, HEIGHT, _MARGINS)
        last = position(found.planned_finish_of(place))
        days = np.linspace(position(status.start), max(last, at), _POINTS)
        planned = found.planned_value(np.round(days * DAY_MINUTES).astype(np.int64), place)
        _set_limits(ax, days, planned, points)
        room = Room(ax, margin=_MARGINS.right)
        room.taken.append(Box(-_MARGINS.left, -_MARGINS.bottom, room.width + _MARGINS.right, 0))  # names on the axis
        room.add_curve(days, planned)
        ax.plot(days, planned, color=LIGHT["plan"], linewidth=1.6, linestyle=_DASHES, zorder=2)
        ax.axvline(at, color=LIGHT["rule"], linewidth=1, zorder=1)
        _draw_ways(ax, at, points)
        for point in points:
            _draw(ax, room, point)
        mark_months(ax)
        mark_amounts(ax, "d" if found.baseline.unit == "days" else found.trials.currency, vertical=True)
    return ax


def _standing(found: EarnedValue, status: Status, at: float) -> Iterator[_Point]:
    """Yield where the work stands: PV, EV and AC at the data date."""
    value = status.value
    behind = value.ev < value.pv
    yield _Point("Planned", at, value.pv, "plan", "o", _text(found, value.pv))
    yield _Point("Earned", at, value.ev, "threat" if behind else "gain", "o", _text(found, value.ev))
    yield _Point("Actual cost", at, value.ac, "ink", "s", _text(found, value.ac))


def _leading(found: EarnedValue, status: Status) -> Iterator[_Point]:
    """Yield where it leads: the budget, the indices' estimate at completion, and P50 and P80 of the simulation."""
    value, planned = status.value, found.planned_finish_of(status.place)
    yield _Point("Budget", position(planned), value.bac, "plan", "D", _told(found, value.bac, planned))
    if status.forecast_finish is not None and value.eac is not None:
        told = _told(found, value.eac, status.forecast_finish)
        yield _Point("By the indices", position(status.forecast_finish), value.eac, "ink", "D", told)
    for p, name in ((0.50, "P50"), (0.80, "P80")):
        finish = status.finish.quantile(p)
        cost = 0.0 if status.cost is None else float(position(status.cost.quantile(p)))
        assert isinstance(finish, datetime)
        text = status.finish.text(finish) if status.cost is None else _told(found, cost, finish)
        yield _Point(f"Simulated {name}", position(finish), cost, "forecast", "o", text)


def _draw_ways(ax: Axes, at: float, points: list[_Point]) -> None:
    """Draw thin lines from the actual cost to what the indices and the simulation make of it."""
    actual = next(point for point in points if point.name == "Actual cost")
    for point in points:
        if point.name in ("By the indices", "Simulated P50") and point.y > 0:
            ax.plot([at, point.x], [actual.y, point.y], color=LIGHT[point.colour], linewidth=1, alpha=0.6, zorder=2)


def _set_limits(ax: Axes, days: np.ndarray, planned: np.ndarray, points: list[_Point]) -> None:
    low, high = min(days[0], *(point.x for point in points)), max(days[-1], *(point.x for point in points))
    most = max(float(planned.max()), *(point.y for point in points)) or 1.0
    ax.set_xlim(low - 0.01 * (high - low), high + 0.02 * (high - low))
    ax.set_ylim(-0.03 * most, 1.12 * most)
    ax.grid(True, axis="y", color=LIGHT["rule"], linewidth=1)


def _draw(ax: Axes, room: Room, point: _Point) -> None:
    ax.plot([point.x], [point.y], point.shape, color=LIGHT[point.colour], markersize=8, zorder=5)
    colour = "quiet" if point.colour == "plan" else point.colour
    x, y = room.px(point.x, point.y)
    places = [
        *around(x, y),
        *((x + dx, y + lift, ha) for lift in (-24, 54, 88, 122) for dx, ha in ((12, "left"), (-12, "right"))),
    ]
    room.put(two_lines(point.name, point.text, colour), places)


def _told(found: EarnedValue, amount: float, finish: datetime) -> str:
    return f"{_text(found, amount)}, {found.trials.day(minutes_of(finish))}"


def _text(found: EarnedValue, amount: float) -> str:
    return f"{number(amount, 25)} d" if found.baseline.unit == "days" else money_format(found.unit, amount)(amount)


def _caption(found: EarnedValue, status: Status, points: list[_Point]) -> Caption:
    value = status.value
    indices = [f"{word} {one:.2f}" for word, one in (("SPI", value.spi), ("CPI", value.cpi)) if one is not None]
    assert status.data_date is not None
    title = f"{named(status.name)} at {start_day(status.data_date)}: {', '.join(indices) or 'nothing planned yet'}"
    if status.timing is not None and status.timing.spi_t is not None:
        title += f", SPI(t) {status.timing.spi_t:.2f}"
    subtitle = (
        f"Planned value (dashed), earned value and actual cost; what the indices make of them, and the simulation from "
        f"{iterations_text(len(found.trials))}"
    )
    return Caption(title, subtitle, f"{'; '.join(f'{point.name}: {point.text}' for point in points)}.")
