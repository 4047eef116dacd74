"""Live pictures as SVG strings, drawn without matplotlib in a few milliseconds: S-curves and joint confidence (JCL).

Blue is the forecast with the knobs turned, with the band of its simulation error; grey dashes are the program as it
stands; ink is the target. Colours are the CSS variables of the panel around them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.frontier import joint_frontier
from riskmc.forecast import Forecast
from riskmc.forecast.figures import chance, level_name, whole_percent
from riskmc.forecast.interval import quantile_rank
from riskmc.forecast.language import formats, said
from riskmc.forecast.outcome import DATE
from riskmc.live.answer import Answer
from riskmc.live.ticks import Tick, amount_ticks, date_ticks

WIDTH, HEIGHT, SQUARE = 460, 250, 330
LEFT, RIGHT, TOP, BOTTOM = 44, 14, 16, 38
WIDE = 84  # px at the left where amounts are written
LEVEL = 0.70  # of the frontier: the joint confidence that is usually asked for (NASA CEH 4.0, 2015, appendix J)
_SHARES = np.linspace(0.005, 0.995, 60)
_FAR = 0.6  # of the axis: a target beyond is told at the edge
_DOTS = 500
_LEVEL_NAMES = 40  # px at the right for the name of the frontier
_LETTER = 7.0  # px, about, of a letter of 13 px


@dataclass(frozen=True)
class _Scale:
    """The map from values to pixels, along one axis."""

    low: float
    high: float
    first: float
    last: float

    def __call__(self, value: float) -> float:
        return self.first + (self.last - self.first) * (value - self.low) / (self.high - self.low)

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


def draw_curve(before: Forecast, now: Forecast, target: float, told: str) -> str:
    """Return the cumulative curves of two forecasts, P50 and P80 of ``now``, and the target (minutes, or an amount)."""
    x = _scale([_spread(before), _spread(now)], target, LEFT, WIDTH - RIGHT)
    y = _Scale(0.0, 1.0, HEIGHT - BOTTOM, TOP)
    name = said("S-curve of the finish") if now.unit == DATE else said("S-curve of the cost")
    return "".join(
        [
            _opening(HEIGHT, name, told),
            *_levels(y),
            *_ticks(x, _ticked(now, x), HEIGHT - BOTTOM),
            *_target(x, target),
            _band(now, x, y),
            _line(before, x, y, "plan", dashed=True),
            _line(now, x, y, "forecast"),
            *(_mark(now, p, name, x, y, target) for p, name in ((0.50, level_name(0.50)), (0.80, level_name(0.80)))),
            "</svg>",
        ]
    )


def draw_joint(answer: Answer, told: str) -> str:
    """Return finish against cost of some iterations, the pairs met together in 70% of them, and the two targets."""
    finish, cost = answer.finish, answer.cost
    before = answer.before.finish, answer.before.cost
    assert cost is not None
    assert before[1] is not None
    date, amount = float(answer.date_minutes), float(answer.question.amount or 0.0)
    x = _scale([_spread(before[0]), _spread(finish)], date, WIDE, WIDTH - _LEVEL_NAMES)
    y = _scale([_spread(before[1]), _spread(cost)], amount, SQUARE - BOTTOM, TOP)
    met = answer.meets(answer.after)
    return "".join(
        [
            _opening(SQUARE, said("Finish against cost"), told),
            *_ticks(x, _ticked(finish, x), SQUARE - BOTTOM),
            *_rungs(y, _ticked(cost, y)),
            *_dots(finish, cost, met, x, y),
            *_target(x, date, SQUARE - BOTTOM),
            *_budget(y, amount),
            *_frontiers(answer, x, y),
            *_corner(x, y, date, amount, answer),
            "</svg>",
        ]
    )


def _opening(height: int, title: str, told: str) -> str:
    name = f"<title>{escape(title)}</title><desc>{escape(told)}</desc>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">{name}'


def _spread(forecast: Forecast) -> tuple[float, float]:
    n = len(forecast)
    low, high = (float(forecast.ordered[quantile_rank(n, p) - 1]) for p in (0.005, 0.995))
    return low, high


def _scale(spreads: Sequence[tuple[float, float]], target: float, first: float, last: float) -> _Scale:
    """Return the axis that holds both forecasts, and the target unless it lies far from them."""
    low, high = min(low for low, _ in spreads), max(high for _, high in spreads)
    room = max(high - low, abs(high) * 1e-6, 1.0)
    near = [target] if low - _FAR * room <= target <= high + _FAR * room else []
    low, high = min([low, *near]), max([high, *near])
    pad = 0.04 * max(high - low, room)
    return _Scale(low - pad, high + pad, first, last)


def _ticked(forecast: Forecast, scale: _Scale) -> list[Tick]:
    if forecast.unit == DATE:
        return date_ticks(scale.low, scale.high)
    return amount_ticks(scale.low, scale.high, forecast.unit)


def _text(x: float, y: float, words: str, anchor: str = "middle", colour: str = "quiet", weight: str = "") -> str:
    bold = f' font-weight="{weight}"' if weight else ""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    return f'<text {place} font-size="12"{bold} fill="var(--{colour})">{escape(words)}</text>'


def _path(d: str, colour: str, width: float = 1.0, dashed: bool = False) -> str:
    dashes = ' stroke-dasharray="5 4"' if dashed else ""
    return f'<path d="{d}" fill="none" stroke="var(--{colour})" stroke-width="{width}"{dashes}/>'


def _levels(y: _Scale) -> Iterator[str]:
    for share, name in ((0.0, ""), (0.5, formats().percent("50")), (0.8, formats().percent("80"))):
        yield _path(f"M{LEFT} {y(share):.1f}H{WIDTH - RIGHT}", "rule")
        if name:
            yield _text(LEFT - 6, y(share) + 4, name, "end")


def _ticks(x: _Scale, ticks: Sequence[Tick], base: float) -> Iterator[str]:
    """Yield the ticks under the axis, as many as have room for their words."""
    yield _path(f"M{x.first} {base}H{x.last}", "rule")
    widest = max((_LETTER * len(tick.text) for tick in ticks), default=0.0)
    every = max(1, -(-len(ticks) * int(widest + 12) // int(x.last - x.first)))
    for place, tick in enumerate(ticks):
        at = x(tick.at)
        yield _path(f"M{at:.1f} {base}v4", "quiet")
        half = _LETTER * len(tick.text) / 2
        if place % every == 0:
            anchor = "end" if at + half > WIDTH else "start" if at - half < 0 else "middle"
            yield _text(at, base + 17, tick.text, anchor)
        if tick.below:
            yield _text(at, base + 32, tick.below)


def _rungs(y: _Scale, ticks: Sequence[Tick]) -> Iterator[str]:
    for tick in ticks:
        yield _path(f"M{WIDE} {y(tick.at):.1f}H{WIDTH - _LEVEL_NAMES}", "rule")
        yield _text(WIDE - 6, y(tick.at) + 4, tick.text, "end")


def _points(x: Callable[[float], float], y: Callable[[float], float], pairs: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x(a):.1f} {y(b):.1f}" for a, b in pairs)


def _line(forecast: Forecast, x: _Scale, y: _Scale, colour: str, dashed: bool = False) -> str:
    n = len(forecast)
    pairs = [(float(forecast.ordered[quantile_rank(n, p) - 1]), p) for p in _SHARES.tolist()]
    return _path(_points(x, y, pairs), colour, 1.6 if dashed else 2.2, dashed)


def _band(forecast: Forecast, x: _Scale, y: _Scale) -> str:
    """Return the band in which the true curve lies, as far as so few iterations know it (A2)."""
    ends = [(p, *forecast.quantile_ranks(p)) for p in _SHARES.tolist()]
    held = [(p, low, high) for p, low, high in ends if low >= 1 and high <= len(forecast)]
    if len(held) < 2:
        return ""
    ordered = forecast.ordered
    lower = [(max(float(ordered[low - 1]), x.low), p) for p, low, _ in held]
    upper = [(min(float(ordered[high - 1]), x.high), p) for p, _, high in held]
    return f'<path d="{_points(x, y, [*lower, *reversed(upper)])}Z" fill="var(--forecast-pale)"/>'


def _mark(forecast: Forecast, p: float, name: str, x: _Scale, y: _Scale, target: float) -> str:
    """Return a dot on the curve with its value beside it: at the left where there is room, else at the right."""
    value = float(forecast.ordered[quantile_rank(len(forecast), p) - 1])
    words = f"{name} {forecast.text(forecast.quantile(p))}"
    at, height, wide = x(value), y(p), _LETTER * len(words) + 10
    crossed = x.holds(target) and at - wide < x(target) < at
    left = at - wide > LEFT and not (crossed and at + wide < WIDTH)
    label = _text(at - 8 if left else at + 8, height - 6 if left else height + 14, words, "end" if left else "start",
                  "forecast", "600")  # fmt: skip
    return f'<circle cx="{at:.1f}" cy="{height:.1f}" r="4" fill="var(--forecast)"/>{label}'


def _target(x: _Scale, target: float, base: float = HEIGHT - BOTTOM) -> Iterator[str]:
    """Yield the target as a line, or a word at the edge beyond which it lies."""
    if not x.holds(target):
        late = target > x.high
        yield _text(x.last if late else x.first, TOP - 4, said("target \u2192") if late else said("\u2190 target"),
                    "end" if late else "start", "ink")  # fmt: skip
        return
    at = x(target)
    yield _path(f"M{at:.1f} {base}V{TOP}", "ink", 1.5)
    anchor = "end" if at > WIDTH - 30 else "middle"
    yield _text(at, TOP - 4, said("Target"), anchor, "ink")


def _budget(y: _Scale, amount: float) -> Iterator[str]:
    if y.holds(amount):
        yield _path(f"M{WIDE} {y(amount):.1f}H{WIDTH - _LEVEL_NAMES}", "ink", 1.5)
        yield _text(WIDE + 6, y(amount) - 5, said("Budget"), "start", "ink")


def _dots(finish: Forecast, cost: Forecast, met: Sequence[NDArray[np.bool_]], x: _Scale, y: _Scale) -> Iterator[str]:
    """Yield some iterations as dots: blue where both targets are met, grey where one is, orange where none is."""
    chosen = np.unique(np.linspace(0, len(finish) - 1, _DOTS).astype(np.int64))
    kinds = met[0][chosen].astype(int) + met[1][chosen]
    for kind, colour in ((1, "plan"), (0, "threat"), (2, "forecast")):
        places = chosen[kinds == kind]
        pairs = zip(finish.samples[places].tolist(), cost.samples[places].tolist(), strict=True)
        inside = (f"M{x(a):.0f} {y(b):.0f}h0" for a, b in pairs if x.holds(a) and y.holds(b))
        d = "".join(inside)
        if d:
            yield f'<path d="{d}" stroke="var(--{colour})" stroke-width="3.4" stroke-linecap="round" opacity="0.55"/>'


def _frontiers(answer: Answer, x: _Scale, y: _Scale) -> Iterator[str]:
    """Yield the pairs of date and budget that are met together in 70% of the iterations: as things stand, and now."""
    for run, colour, dashed in ((answer.before, "plan", True), (answer.after, "forecast", False)):
        if run.cost is None or (dashed and answer.before is answer.after):
            continue
        dates, amounts = joint_frontier(run.finish, run.cost, LEVEL, points=24)
        pairs = [(a, b) for a, b in zip(dates.tolist(), amounts.tolist(), strict=True) if x.holds(a) and y.holds(b)]
        if len(pairs) > 1:
            yield _path(_points(x, y, pairs), colour, 1.4 if dashed else 2.4, dashed)
        if pairs and not dashed:
            yield _text(
                x(pairs[-1][0]) + 6,
                y(pairs[-1][1]) + 4,
                formats().percent(str(whole_percent(LEVEL))),
                "start",
                colour,
                "600",
            )


def _corner(x: _Scale, y: _Scale, date: float, amount: float, answer: Answer) -> Iterator[str]:
    """Yield the chance of both, in the corner of the iterations that meet both."""
    if x.holds(date) and y.holds(amount):
        yield _text(WIDE + 6, SQUARE - BOTTOM - 8, said("both met {chance}", chance=chance(answer.chances[-1])),
                    "start", "ink", "600")  # fmt: skip
