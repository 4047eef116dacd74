"""Tornado: the risks by their share of the delay or of the cost, or every source by what is gained without it.

Shares and removal effects are two figures and two pictures: a share adds up with the others, and is no saving. Orange
adds, green takes off; the thin line is the 95% interval. Source of the chart: Howard (1988), Decision analysis:
practice and promise, Management Science 34, 679-695.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

from matplotlib.axes import Axes

from riskmc.analysis.drivers import Driver, Drivers
from riskmc.analysis.drivers.result import check_by, removal_of, share_of
from riskmc.analysis.paired import Difference
from riskmc.errors import ArgumentError
from riskmc.forecast.differences import signed
from riskmc.forecast.figures import iterations_text, level_name
from riskmc.forecast.language import marked, said
from riskmc.plot.axis import mark_amounts, mark_numbers
from riskmc.plot.canvas import FULL, Margins, canvas, extent, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL, width_of
from riskmc.plot.palette import LIGHT
from riskmc.plot.rows import write_names
from riskmc.plot.sentences import named
from riskmc.plot.style import style

ROW = 31  # px
TOP = 12  # drivers drawn
_LEFT, _RIGHT, _GAP = 300, 210, 8  # px
_COLUMN, _LEAST = 14, 160  # px before the right column; of the bars, where labels stand at both their ends
_HEAD = 26  # px over the first row


@dataclass(frozen=True)
class TornadoBar:
    """One row: its name, its value with the interval, how the value is written, and the words of the right column.

    ``printed`` is the value in the digits that are written, where shares are rounded so that they add up. ``then`` is
    what is left of it in the drivers that are drawn inside, ``then_text`` how that is written.
    """

    name: str
    value: Difference | None
    text: str
    beside: str = ""
    printed: float | None = None
    then: float | None = None
    then_text: str = ""

    @property
    def ends(self) -> list[float]:
        """How far the row is drawn: the value, with what is left of it or with its interval."""
        drawn = (self.value or (None,)) if self.then is None else ((self.value or (None,))[0], self.then)
        return [end for end in drawn if end is not None]

    @property
    def told(self) -> str:
        """What is written at the end of the bar: ``+43 d → +12 d``."""
        return f"{self.text} → {self.then_text}" if self.then_text else self.text


def tornado(
    drivers: Drivers,
    by: Literal["finish", "cost"] = "finish",
    show: Literal["share", "removal"] = "share",
    top: int = TOP,
    ax: Axes | None = None,
    after: Drivers | None = None,
) -> Axes:
    """Return axes with one bar a risk, its share of the delay or of the cost; or a source, what changes without it.

    ``show="share"`` draws the risks' shares, which add up, and writes beside each what becomes of P80 without it;
    ``show="removal"`` draws that, for ranges and drivers too. The ``top`` largest are drawn and the rest counted.
    ``after`` are the drivers of the program with responses: solid bars inside say what is left of each share. With
    your own ``ax`` leave 300 px of room on its left, and 210 px on its right for shares. ArgumentError where there
    are no shares to draw, or no cost.
    """
    check_by(by)
    bars = tornado_bars(drivers, by, show, top, after)
    with style():
        heading = _Heading(drivers, by, show, bars, after is not None)
        column = max((width_of(bar.beside, SMALL) for bar in bars), default=0.0) + 2 * _COLUMN
        right = max(_RIGHT, ceil(column)) if show == "share" else 20
        head = _HEAD if show == "share" else 8
        ax = canvas(ax, heading.caption(), FULL, ROW * len(bars), Margins(_LEFT, right, head, 34))
        sided = _set_limits(ax, bars)
        ax.set_ylim(len(bars) - 0.5, -0.5)
        ax.set_yticks([])
        ax.axvline(0, color=LIGHT["plan"], linewidth=1, zorder=1)
        write_names(ax, [bar.name for bar in bars], _LEFT - 12)
        for y, bar in enumerate(bars):
            _draw(ax, y, bar, sided)
        if show == "share" and drivers.risks:
            _write_column(ax, bars, level_name(drivers.percentile))
        _mark(ax, drivers, by)
    return ax


def tornado_bars(
    drivers: Drivers, by: str = "finish", show: str = "share", top: int = TOP, after: Drivers | None = None
) -> list[TornadoBar]:
    """Return the bars of ``tornado``: the ``top`` largest, then what all others come to; of nothing, one that says so.

    ArgumentError where there are no shares to draw, or no cost.
    """
    if show not in ("share", "removal"):
        raise ArgumentError(f"plot.tornado: show is share or removal, got {show!r}")
    if by == "cost" and not drivers.trials.has_cost:
        raise ArgumentError("plot.tornado: no money is spent in these trials; give activities a cost (`cost:`)")
    if show == "share" and not all(found.shared for found in (drivers, after) if found is not None):
        raise ArgumentError("plot.tornado: these drivers were made without shares; draw show='removal'")
    pool = drivers.risks if show == "share" else drivers.drivers
    ranked = sorted(pool, key=lambda one: -abs(_drawn(one, by, show).value))
    bars = [_bar(drivers, one, by, show) for one in ranked[:top]]
    if after is not None and show == "share":
        bars = [_with_rest(drivers, after, by, one, bar) for one, bar in zip(ranked, bars, strict=False)]
    if len(ranked) > top:
        bars.append(_rest(drivers, ranked[top:], by, show))
    return bars or [TornadoBar(said("No risk") if show == "share" else said("Nothing is uncertain"), None, "")]


def _drawn(driver: Driver, by: str, show: str) -> Difference:
    """Return what the bar of a driver shows: its share, or what becomes of the percentile without it."""
    if show == "removal":
        return removal_of(driver, by).turned()
    share = share_of(driver, by)
    assert share is not None
    return share


def _bar(drivers: Drivers, driver: Driver, by: str, show: str) -> TornadoBar:
    drawn, gone = _drawn(driver, by, show), removal_of(driver, by).turned()
    if show == "removal":
        return TornadoBar(driver.called, drawn, drivers.texts(by, drawn)[0])
    digits, whole = drivers.digits(by), drivers.whole_shares(by)[driver.id]
    value, interval = drivers.texts(by, gone)
    beside = f"{value} ({interval})" if interval else value
    return TornadoBar(driver.called, drawn, digits.text(whole), beside, whole * digits.unit)


def _with_rest(drivers: Drivers, after: Drivers, by: str, risk: Driver, bar: TornadoBar) -> TornadoBar:
    """Return the bar with what is left of the share afterwards; nothing of a risk that is gone."""
    digits, left = drivers.digits(by), after.whole_shares(by).get(risk.id, 0) * after.digits(by).unit
    return replace(bar, then=left, then_text=digits.text(round(left / digits.unit)))


def _rest(drivers: Drivers, rest: Sequence[Driver], by: str, show: str) -> TornadoBar:
    """Return the row of what is not drawn: the sum of the other shares; removal effects do not add up."""
    name = f"{len(rest)} more"
    if show == "removal":
        return TornadoBar(name, None, "")
    shares, digits = drivers.whole_shares(by), drivers.digits(by)
    whole = sum(shares[driver.id] for driver in rest)
    printed = whole * digits.unit
    return TornadoBar(name, Difference(printed, None, None), digits.text(whole), printed=printed)


def _set_limits(ax: Axes, bars: Sequence[TornadoBar]) -> bool:
    """Set the axis so that every bar, its interval and its label have room.

    Return whether the labels of what takes off stand at the left of their bars: else, too long for that, at the right
    of zero.
    """
    told = [bar for bar in bars if bar.value is not None]
    ends = [end for bar in told for end in bar.ends]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    spread = (high - low) or 1.0
    room = max([width_of(bar.told, bold=True) for bar in told], default=0) + 2 * _GAP
    sided = 2 * room + _LEAST <= extent(ax)[0]
    left = low < 0 and sided
    right = not sided or high > 0 or any(bar.value is not None and bar.value.value >= 0 for bar in told)
    space = extent(ax)[0] - room * (int(left) + int(right))
    pad = room / max(space, 60) * spread
    ax.set_xlim(low - (pad if left else 0.01 * spread), high + (pad if right else 0.01 * spread))
    return sided


def _draw(ax: Axes, y: int, bar: TornadoBar, sided: bool) -> None:
    if bar.value is None:
        return
    value, low, high = bar.value
    kind = "gain" if value < 0 else "threat"
    ax.barh([y], [value], height=0.62, color=LIGHT[f"{kind}_pale"], edgecolor=LIGHT[kind], linewidth=1, zorder=2)
    if bar.then is not None:
        ax.barh([y], [bar.then], height=0.26, color=LIGHT["gain" if bar.then < 0 else "threat"], zorder=3)
    elif low is not None and high is not None and high > low:
        ax.plot([low, high], [y, y], color=LIGHT[kind], linewidth=1.5, zorder=3)
    end, dx, ha = (min(*bar.ends, 0.0), -_GAP, "right") if value < 0 and sided else (max(*bar.ends, 0.0), _GAP, "left")
    label(ax, end, y, bar.told, kind if value else "quiet", ha=ha, dx=dx, bold=True)


def _write_column(ax: Axes, bars: Sequence[TornadoBar], level: str) -> None:
    """Write at the right of each share what becomes of the percentile without the risk."""
    label(
        ax, 1, 1, said("{level} without it (95%)", level=level), "quiet", dx=_COLUMN, dy=12, size=SMALL, coords="axes"
    )
    for y, bar in enumerate(bars):
        label(ax, 1, y, bar.beside, "quiet", dx=_COLUMN, size=SMALL, coords="row")


def _mark(ax: Axes, drivers: Drivers, by: str) -> None:
    if by == "finish":
        mark_numbers(ax, lambda value: said("{days} d", days=signed(value)))
    else:
        mark_amounts(ax, drivers.trials.currency)


_MAKES = {
    "finish": (marked("The risks make {what} {gap} later"), marked("The risks make {what} {gap} earlier")),
    "cost": (marked("The risks make {what} {gap} dearer"), marked("The risks make {what} {gap} cheaper")),
}
_SHARES = {
    "finish": marked(
        "Share of the delay, not the saving: the shares add up. Thin lines: 95% intervals of {iterations}"
    ),
    "cost": marked("Share of the cost, not the saving: the shares add up. Thin lines: 95% intervals of {iterations}"),
}


_BEFORE_AFTER = marked(
    "Shares, not savings: they add up. Pale: as things stand; solid: with what is proposed. From {iterations}"
)


def _bar_words(bar: TornadoBar) -> str:
    return f"{bar.name} {bar.told}" + (said(", gone {beside}", beside=bar.beside) if bar.beside else "")


@dataclass(frozen=True)
class _Heading:
    """The words of the picture."""

    drivers: Drivers
    by: str
    show: str
    bars: Sequence[TornadoBar]
    beside: bool = False

    def caption(self) -> Caption:
        """Return title, subtitle and description."""
        title = self._of_shares() if self.show == "share" else self._of_removals()
        told = "; ".join(map(_bar_words, self.bars))
        return Caption(title, self._subtitle(), f"{told}.")

    def _of_shares(self) -> str:
        digits, (low, high) = self.drivers.digits(self.by), self.drivers.levels(self.by)
        whole, what = digits.level(high) - digits.level(low), f"{level_name(self.drivers.percentile)} {self._what()}"
        if not self.drivers.risks:
            return said("No risk is in the program: nothing but the work itself moves {what}", what=what)
        if not whole:
            return said("The risks together leave {what} where it is", what=what)
        told = said(_MAKES[self.by][whole < 0], what=what, gap=digits.size(abs(whole)))
        first = self.bars[0]
        return said("{told}; “{name}” is {part} of that", told=told, name=named(first.name), part=first.text)

    def _of_removals(self) -> str:
        level, best = f"{level_name(self.drivers.percentile)} {self._what()}", self.bars[0]
        if best.value is None:
            return said("Nothing uncertain moves {what}", what=level)
        return said(
            "Without “{name}”, {what} moves by {difference}", name=named(best.name), what=level, difference=best.text
        )

    def _what(self) -> str:
        return said("of the finish") if self.by == "finish" else said("of the cost")

    def _subtitle(self) -> str:
        n = iterations_text(len(self.drivers.trials))
        if self.show == "share" and not self.drivers.risks:
            return said("Share of the risks, from {iterations}", iterations=n)
        if self.show == "share" and self.beside:
            return said(_BEFORE_AFTER, iterations=n)
        if self.show == "share":
            return said(_SHARES[self.by], iterations=n)
        return said(
            "What changes when each is gone, paired; these do not add up. Thin lines: 95% intervals of {iterations}",
            iterations=n,
        )
