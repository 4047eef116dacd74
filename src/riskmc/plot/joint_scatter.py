"""Joint confidence (JCL) as a scatter: every iteration's finish against its cost, and the share that meets both.

Dots are blue where both targets are met, grey where one is, orange where none is. The blue lines are pairs met
together in 50%, 70% and 80% of the iterations (or in the share that the target asks for); they are no exchange rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from riskmc.analysis.frontier import balanced_pair, joint_frontier
from riskmc.analysis.joint import joint_confidence
from riskmc.analysis.targets import joint_chances
from riskmc.errors import ArgumentError
from riskmc.forecast import Forecast, Value
from riskmc.forecast.figures import chance, iterations_text, listed
from riskmc.forecast.instant import DAY_MINUTES
from riskmc.forecast.language import formats, said
from riskmc.plot.axis import mark_amounts, mark_months
from riskmc.plot.canvas import HALF, Margins, canvas, extent, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import LEADING, SMALL, TEXT, fitted, width_of
from riskmc.plot.marks import reach, smallest_spread
from riskmc.plot.overlay import DASHES
from riskmc.plot.palette import LIGHT
from riskmc.plot.placing import Line, Room
from riskmc.plot.scale import position, sample_value, value_of
from riskmc.plot.sentences import named
from riskmc.plot.style import style
from riskmc.plot.trial_names import check_trials, name_of_trials
from riskmc.simulation.place import name_of, resolve
from riskmc.simulation.trials import Trials

DOTS = 1_200
LEVELS = (0.50, 0.70, 0.80)
LEVEL = 0.70  # the share that is wanted where no target says so
HEIGHT = 400
_CORNER = 136  # px that a corner's words need on each side of a target
_BAND = 50  # px above and below the dots for the words in the corners
_RIGHT = 46  # px for the levels of the frontiers
_FAR = 2.0  # spreads beyond which a target is not drawn


@dataclass(frozen=True, eq=False)
class JointPair:
    """What is drawn: two forecasts of the same iterations, the two targets where there are, the share wanted."""

    finish: Forecast
    cost: Forecast
    at: str | None
    date: Value | None
    amount: Value | None
    level: float

    @property
    def levels(self) -> tuple[float, ...]:
        """The shares whose frontiers are drawn."""
        return tuple(sorted({*LEVELS, self.level}))


def joint(
    trials: Trials,
    *others: Trials,
    ax: Axes | None = None,
    finish: object = None,
    cost: float | None = None,
    at: str | None = None,
    width: int = HALF,
) -> Axes:
    """Return axes with finish against cost, the share of iterations in each corner, and joint confidence frontiers.

    ``finish`` and ``cost`` are a date and an amount; without them those of the program's first target pair are taken,
    where there is one. ``at`` is a project or a milestone, as in ``joint_confidence``. Of ``others`` the frontier is
    drawn: green where the pair is met more often, orange where less. ArgumentError where nothing is random, or no
    money is spent.
    """
    for one in (trials, *others):
        _check(one)
    pair = _pair(trials, finish, cost, at)
    with style():
        ax = canvas(ax, _caption(trials, pair), width, HEIGHT, _margins(pair))
        _set_limits(ax, pair, [_forecasts(other, pair.at) for other in others])
        room = Room(ax, margin=_RIGHT)
        _draw_dots(ax, pair)
        _draw_targets(ax, room, pair)
        _write_corners(room, pair)
        _draw_others(ax, room, pair, others, [name_of_trials(other) for other in others])
        _draw_frontiers(ax, room, pair)
        mark_months(ax)
        mark_amounts(ax, pair.cost.unit, vertical=True)
    return ax


def _margins(pair: JointPair) -> Margins:
    """Return the room round the axes: at the left for the largest amount."""
    widest = width_of(pair.cost.text(pair.cost.quantile(1.0)), SMALL)
    return Margins(left=max(84, widest + 14), right=_RIGHT, top=4, bottom=40)


def _check(trials: Trials) -> None:
    check_trials("joint", trials)
    if not trials.random:
        raise ArgumentError("plot.joint: nothing in the program is random, so there is one outcome: a plan")
    if not trials.has_cost:
        raise ArgumentError("plot.joint: no money is spent in these trials; give activities a cost (`cost:`)")


def _pair(trials: Trials, finish: object, cost: float | None, at: str | None) -> JointPair:
    """Return what is drawn of ``trials``: the given targets, or else the first pair of the program (there)."""
    if finish is not None or cost is not None:
        dated, priced = _forecasts(trials, at)
        date = None if finish is None else value_of(dated, finish)
        return JointPair(dated, priced, at, date, None if cost is None else value_of(priced, cost), LEVEL)
    place = None if at is None else resolve(trials.program, at)
    told = [one for one in joint_chances(trials) if at is None or (one.at and resolve(trials.program, one.at) == place)]
    if not told:
        return JointPair(*_forecasts(trials, at), at, None, None, LEVEL)
    first = told[0]
    stands = at if at is not None else first.at if first.target is not None else None
    return JointPair(*_forecasts(trials, stands), stands, first.date, first.amount, first.wanted or LEVEL)


def _forecasts(trials: Trials, at: str | None) -> tuple[Forecast, Forecast]:
    """Return finish and cost at a place, as ``joint_confidence`` takes them."""
    place = resolve(trials.program, at)
    return trials.finish(at), trials.cost(place if place in trials.project_cost else None)


def _caption(trials: Trials, pair: JointPair) -> Caption:
    finish, cost = pair.finish, pair.cost
    date, amount = (
        sample_value(one, v) for one, v in zip((finish, cost), balanced_pair(finish, cost, pair.level), strict=True)
    )
    balanced = said("{date} and {amount}", date=finish.text(date), amount=cost.text(amount))
    wanted = _percent(pair.level)
    name = named(name_of(trials.program, resolve(trials.program, pair.at)))
    drawn = said(" ({count} drawn)", count=formats().number(DOTS)) if len(trials) > DOTS else ""
    dots = said(
        "Each dot is one of {iterations}{drawn}, in constant money.",
        iterations=iterations_text(len(trials)),
        drawn=drawn,
    )
    levels = listed([_percent(level) for level in pair.levels])
    subtitle = f"{dots} {said('Lines: pairs met together in {levels}, not an exchange rate', levels=levels)}"
    ring = said("ring: {chance}, {pair}, at equal chances", chance=wanted, pair=balanced)
    if pair.date is None or pair.amount is None:
        title = said("{name}: {chance} of outcomes keep both {pair}", name=name, chance=wanted, pair=balanced)
        return Caption(title, subtitle, f"{title}. {subtitle}.")
    share = chance(joint_confidence(trials, pair.date, float(pair.amount), pair.at))  # type: ignore[arg-type]
    title = said(
        "{name}: {chance} of outcomes meet {date} and {amount} together",
        name=name,
        chance=share,
        date=finish.text(pair.date),
        amount=cost.text(pair.amount),
    )
    corners = ", ".join(f"{words} {chance(met)}" for words, met, _ in joint_corners(pair))
    return Caption(title, f"{subtitle}; {ring}", f"{title}. {corners}. {ring}.")


def _set_limits(ax: Axes, pair: JointPair, others: Sequence[tuple[Forecast, Forecast]]) -> None:
    """Hold the dots, near targets with room for words on each side, and above and below the corners' words."""
    for forecast, target, corner, set_limit in (
        (pair.finish, pair.date, _CORNER / extent(ax)[0], ax.set_xlim),
        (pair.cost, pair.amount, 0.13, ax.set_ylim),
    ):
        ends = [
            reach(one) for one in (forecast, *(pick for both in others for pick in both if pick.unit == forecast.unit))
        ]
        low, high = min(low for low, _ in ends), max(high for _, high in ends)
        spread = (high - low) or smallest_spread(forecast)
        low, high = low - 0.03 * spread, high + 0.03 * spread
        if target is not None and _is_near(forecast, target):
            at = position(target)
            low = min(low, (at - corner * high) / (1 - corner))
            high = max(high, (at - corner * low) / (1 - corner))
        if forecast is pair.cost:
            unit = (high - low) / max(extent(ax)[1] - 2 * _BAND, 0.5 * extent(ax)[1])
            low, high = low - _BAND * unit, high + _BAND * unit
        set_limit(low, high)


def _is_near(forecast: Forecast, target: Value) -> bool:
    low, high = reach(forecast)
    spread = (high - low) or smallest_spread(forecast)
    return low - _FAR * spread <= position(target) <= high + _FAR * spread


def _met(pair: JointPair) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return for every iteration whether it meets the date and the amount; a target that is not there is met."""
    everywhere = np.ones(len(pair.finish), bool)
    on_time = everywhere if pair.date is None else pair.finish.meets(pair.date)
    return on_time, everywhere if pair.amount is None else pair.cost.meets(pair.amount)


def _drawn(n: int, most: int) -> NDArray[np.int64]:
    """Return which of ``n`` iterations are drawn: at most ``most``, evenly spread."""
    return np.linspace(0, n - 1, min(most, n)).round().astype(np.int64)


def _draw_dots(ax: Axes, pair: JointPair) -> None:
    x = pair.finish.samples / DAY_MINUTES
    y = pair.cost.samples
    on_time, on_budget = _met(pair)
    shown = np.zeros(len(x), bool)
    shown[_drawn(len(x), DOTS)] = True
    for (low, high), values in ((ax.get_xlim(), x), (ax.get_ylim(), y)):
        shown &= (values > low) & (values < high)
    for _, rows, colour in _groups(pair, on_time, on_budget):
        pick = rows & shown
        ax.plot(x[pick], y[pick], "o", color=LIGHT[colour], markersize=3.2, markeredgewidth=0, alpha=0.55, zorder=1)


def _groups(
    pair: JointPair, on_time: NDArray[np.bool_], on_budget: NDArray[np.bool_]
) -> list[tuple[str, NDArray[np.bool_], str]]:
    """Return the groups of dots: name, which iterations, colour; one where there is no target."""
    both, none = on_time & on_budget, ~on_time & ~on_budget
    if pair.date is None and pair.amount is None:
        return [(said("Iterations"), both, "plan")]
    met = [(said("Both met"), both, "forecast_mid"), (said("One met"), on_time ^ on_budget, "plan")]
    return [*met, (said("None met"), none, "threat_mid")]


def _percent(level: float) -> str:
    return formats().percent(f"{100 * level:.0f}")


def joint_pair(trials: Trials, finish: object = None, cost: float | None = None, at: str | None = None) -> JointPair:
    """Return what ``joint`` draws of these arguments; ArgumentError where it would."""
    _check(trials)
    return _pair(trials, finish, cost, at)


def joint_dots(pair: JointPair, most: int = DOTS) -> list[tuple[str, str, NDArray[np.float64], NDArray[np.float64]]]:
    """Return the groups of dots as name, colour, days since 1970 and amounts: at most ``most`` dots, evenly spread."""
    x, y = pair.finish.samples / DAY_MINUTES, pair.cost.samples
    shown = np.zeros(len(x), bool)
    shown[_drawn(len(x), most)] = True
    return [(name, colour, x[rows & shown], y[rows & shown]) for name, rows, colour in _groups(pair, *_met(pair))]


def _draw_targets(ax: Axes, room: Room, pair: JointPair) -> None:
    """Draw the crosshair of the targets that lie near enough; a far one is named at the edge."""
    near = [target is not None and _is_near(one, target) for one, target in _sides(pair)]
    if near[0] and pair.date is not None:
        ax.axvline(position(pair.date), color=LIGHT["ink"], linewidth=1.5, zorder=3)
        room.add_line(position(pair.date), ax.get_ylim()[1])
    if near[1] and pair.amount is not None:
        ax.axhline(position(pair.amount), color=LIGHT["ink"], linewidth=1.5, zorder=3)
    if all(near) and pair.date is not None and pair.amount is not None:
        ax.plot([position(pair.date)], [position(pair.amount)], "D", color=LIGHT["ink"], markersize=8, zorder=5)


def _sides(pair: JointPair) -> tuple[tuple[Forecast, Value | None], tuple[Forecast, Value | None]]:
    return (pair.finish, pair.date), (pair.cost, pair.amount)


def joint_corners(pair: JointPair) -> list[tuple[str, float, str]]:
    """Return words, share of iterations and colour of the corners: upper left, upper right, lower left, lower right."""
    on_time, on_budget = _met(pair)
    return [
        (said("on time, over budget"), float((on_time & ~on_budget).mean()), "quiet"),
        (said("late, over budget"), float((~on_time & ~on_budget).mean()), "threat"),
        (said("on time, on budget"), float((on_time & on_budget).mean()), "forecast"),
        (said("late, on budget"), float((~on_time & on_budget).mean()), "quiet"),
    ]


def _write_corners(room: Room, pair: JointPair) -> None:
    """Write the shares into the corners, or what a far target leaves of them."""
    if pair.date is None or pair.amount is None:
        return
    places = ((0, 1, "left"), (1, 1, "right"), (0, 0, "left"), (1, 0, "right"))
    for (words, share, colour), (right, upper, ha) in zip(joint_corners(pair), places, strict=True):
        block = [Line(chance(share), colour, bold=True, size=17), Line(words, colour, size=SMALL)]
        top = room.height - 4 if upper else 4 + sum(line.height for line in block)
        room.put(block, [(room.width - 4 if right else 4, top, ha)])


def _draw_frontiers(ax: Axes, room: Room, pair: JointPair) -> None:
    """Draw the frontiers with their levels at the right edge, and the ring at the balanced pair of the level wanted."""
    ends = []
    for level in pair.levels:
        y = _draw_frontier(ax, pair, level, "forecast", 2.4 if level == pair.level else 1.3)
        ends.append((room.px(0, y)[1], level))
    heights = _spread([y for y, _ in ends], LEADING * TEXT)
    for (_, level), y in zip(ends, heights, strict=True):
        words = _percent(level)
        label(ax, 1, 0, words, "forecast", dx=6, dy=y, bold=level == pair.level, coords="axes")
    date, amount = balanced_pair(pair.finish, pair.cost, pair.level)
    ring: dict[str, Any] = {"color": LIGHT["forecast"], "markeredgecolor": LIGHT["paper"], "markeredgewidth": 1.5}
    ax.plot([date / DAY_MINUTES], [amount], "o", markersize=10, zorder=6, **ring)


def _draw_frontier(ax: Axes, pair: JointPair, level: float, colour: str, width: float, dashes: Any = "-") -> float:
    """Draw one frontier from the upper edge to the right edge, and return the amount at which it ends there."""
    dates, amounts = joint_frontier(pair.finish, pair.cost, level)
    low, high = ax.get_ylim()
    top = high - (high - low) * _BAND / extent(ax)[1]
    x = np.concatenate([dates[:1], dates]) / DAY_MINUTES
    y = np.minimum(np.concatenate([[top], amounts]), top)
    inside = x <= ax.get_xlim()[1]
    end = float(y[inside][-1]) if inside.any() else float(amounts[-1])
    x, y = np.append(x[inside], ax.get_xlim()[1]), np.append(y[inside], end)
    ax.plot(x, y, color=LIGHT[colour], linewidth=width, linestyle=dashes, zorder=4)
    return end


def _spread(places: Sequence[float], apart: float) -> list[float]:
    """Return the places, from low to high, moved up where they would be closer than ``apart``."""
    moved: list[float] = []
    for place in places:
        moved.append(place if not moved else max(place, moved[-1] + apart))
    return moved


def _draw_others(ax: Axes, room: Room, pair: JointPair, others: Sequence[Trials], called: Sequence[str]) -> None:
    """Draw the frontier of the level wanted for every other run, named where it leaves the picture at the top."""
    for row, (other, name) in enumerate(zip(others, called, strict=True), start=1):
        finish, cost = _forecasts(other, pair.at)
        theirs = replace(pair, finish=finish, cost=cost)
        colour = _judged(theirs, pair)
        _draw_frontier(ax, theirs, pair.level, colour, 1.8, DASHES[row % len(DASHES)])
        line = Line(
            fitted(f"{pair.level:.0%} {name}", 0.5 * room.width, SMALL, bold=True), colour, bold=True, size=SMALL
        )
        x = room.px(float(joint_frontier(theirs.finish, theirs.cost, pair.level)[0][0]) / DAY_MINUTES, 0)[0]
        starts = [x - line.width / 2, *(x + step for step in range(-240, 260, 20))]
        inside = [start for start in starts if 0 <= start <= room.width - line.width] or [0.0]
        heights = [room.height - 4 - 16 * step for step in range(6)]
        room.put([line], [(start, height, "left") for height in heights for start in inside])


def _judged(theirs: JointPair, ours: JointPair) -> str:
    """Return green where the targets are met together more often than in the first run, orange where less."""
    if ours.date is None or ours.amount is None:
        return "quiet"
    here, there = (float((on_time & on_budget).mean()) for on_time, on_budget in (_met(ours), _met(theirs)))
    return "gain" if there > here else "threat" if there < here else "quiet"
