"""Responses before and after: the percentile without each and with it, and at the right what that saves, paired.

One row a response: a grey ring without it, a filled dot with it, green where that is better, orange where it is worse
and grey where the iterations cannot tell. Lines are the 95% simulation interval of each percentile; the difference has
its own, which is the narrower.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from matplotlib.axes import Axes

from riskmc.analysis.paired import Difference
from riskmc.analysis.responses.effect import ResponseEffect
from riskmc.analysis.responses.result import Responses
from riskmc.errors import ArgumentError
from riskmc.forecast import Forecast
from riskmc.forecast.differences import days_apart, money_apart
from riskmc.forecast.figures import iterations_text, level_name
from riskmc.forecast.language import marked, said
from riskmc.plot.axis import mark_values
from riskmc.plot.canvas import FULL, Margins, canvas, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL
from riskmc.plot.marks import smallest_spread
from riskmc.plot.palette import LIGHT
from riskmc.plot.rows import write_names
from riskmc.plot.scale import position
from riskmc.plot.sentences import named
from riskmc.plot.style import style

ROW = 40  # px
_LEFT, _RIGHT = 270, 240  # px
_APART = 0.13  # of a row, between the two lines


@dataclass(frozen=True)
class _Pair:
    """One response: its name, the forecast without and with it, and what it changes, in words and with its sign."""

    name: str
    without: Forecast
    with_it: Forecast
    text: str
    interval: str
    change: Difference


def responses(found: Responses, of: Literal["finish", "cost"] = "finish", ax: Axes | None = None) -> Axes:
    """Return axes with every response: the percentile of the finish, or of the cost, without and with it.

    Money includes what the response itself costs. With your own ``ax`` leave 270 px of room on its left and 240 on its
    right. ArgumentError where no money is spent and ``of`` is cost.
    """
    if of not in ("finish", "cost"):
        raise ArgumentError(f"plot.responses: of is finish or cost, got {of!r}")
    if of == "cost" and not found.trials.has_cost:
        raise ArgumentError("plot.responses: no money is spent in these trials; draw of='finish'")
    pairs, p = [_pair(found, effect, of) for effect in found.effects.values()], found.percentile
    with style():
        ax = canvas(ax, _caption(found, pairs, of), FULL, ROW * len(pairs), Margins(_LEFT, _RIGHT, 28, 40))
        _set_limits(ax, pairs, p)
        ax.set_ylim(len(pairs) - 0.5, -0.5)
        write_names(ax, [pair.name for pair in pairs], _LEFT - 12)
        label(
            ax,
            1,
            1,
            said("{level} moves by (95%)", level=level_name(p)),
            "quiet",
            dx=14,
            dy=14,
            size=SMALL,
            coords="axes",
        )
        for y, pair in enumerate(pairs):
            _draw(ax, y, pair, p)
        ax.set_yticks([])
        mark_values(ax, pairs[0].without)
    return ax


def _pair(found: Responses, effect: ResponseEffect, of: str) -> _Pair:
    moved = (effect.change.finish() if of == "finish" else effect.change.cost()).quantile(found.percentile)
    before, after = (one.finish() if of == "finish" else one.cost() for one in (effect.without, effect.with_it))
    text, interval = (
        days_apart(*moved.parts) if of == "finish" else money_apart(found.trials.currency, *moved.parts)
    )  # fmt: skip
    return _Pair(effect.name, before, after, text, interval, moved)


def _ends(forecast: Forecast, p: float) -> list[float]:
    """Return the percentile and the ends of its interval, where the iterations bound them, as places on the axis."""
    low, high = forecast.quantile_interval(p)
    value = forecast.quantile(p)
    return [position(value if end is None else end) for end in (low, value, high)]


def _set_limits(ax: Axes, pairs: Sequence[_Pair], p: float) -> None:
    ends = [end for pair in pairs for forecast in (pair.without, pair.with_it) for end in _ends(forecast, p)]
    low, high = min(ends), max(ends)
    pad = 0.08 * (high - low) or smallest_spread(pairs[0].without) / 2
    ax.set_xlim(low - pad, high + pad)


def _draw(ax: Axes, y: int, pair: _Pair, p: float) -> None:
    value = pair.change.value
    kind = "plan" if not pair.change.told_apart or not value else "gain" if value < 0 else "threat"
    places = []
    for forecast, colour, lift in ((pair.without, "plan", -_APART), (pair.with_it, kind, _APART)):
        low, middle, high = _ends(forecast, p)
        ax.plot([low, high], [y + lift] * 2, color=LIGHT[colour], linewidth=1.5, zorder=2)
        face = LIGHT["paper"] if forecast is pair.without else LIGHT[colour]
        ax.plot([middle], [y + lift], "o", color=LIGHT[colour], markersize=8, markerfacecolor=face, zorder=4)
        places.append(middle)
    ax.plot(places, [y - _APART, y + _APART], color=LIGHT[kind], linewidth=1, zorder=3)
    label(ax, 1, y, pair.text, "quiet" if kind == "plan" else kind, dx=14, dy=9, bold=True, coords="row")
    label(ax, 1, y, pair.interval, "quiet", dx=14, dy=-8, size=SMALL, coords="row")


_SUBTITLES = {
    False: marked(
        "{what} without each response (ring) and with it (dot), from {iterations}. Lines: 95% intervals; effects do "
        "not add up"
    ),
    True: marked(
        "{what} without each response (ring) and with it (dot), its own cost included, from {iterations}. Lines: 95% "
        "intervals; effects do not add up"
    ),
}


def _caption(found: Responses, pairs: Sequence[_Pair], of: str) -> Caption:
    name = level_name(found.percentile)
    level = said("{level} of the finish", level=name) if of == "finish" else said("{level} of the cost", level=name)
    best = min(pairs, key=lambda pair: pair.change.value)
    improves = best.change.value < 0
    title = said("None of {count} responses improves {what}", count=len(pairs), what=level)
    if improves:
        title = said(
            "“{name}” moves {what} most: {difference}", name=named(best.name), what=level, difference=best.text
        )
    subtitle = said(_SUBTITLES[of == "cost"], what=level, iterations=iterations_text(len(found.trials)))
    rows = (
        said(
            "{name}: {without} without, {with_it} with it, {difference} ({interval})",
            name=named(pair.name),
            without=pair.without.text(pair.without.quantile(found.percentile)),
            with_it=pair.with_it.text(pair.with_it.quantile(found.percentile)),
            difference=pair.text,
            interval=pair.interval,
        )
        for pair in pairs
    )
    return Caption(title, subtitle, f"{'; '.join(rows)}.")
