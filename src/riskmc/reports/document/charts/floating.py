"""Floating bars: pieces that begin anywhere, as bars stacked on one that is not seen, on either side of zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from riskmc.reports.document.chart import Series

_ABOVE, _BELOW = "from", "from below"


@dataclass(frozen=True)
class Piece:
    """A part of a bar from ``low`` to ``high``; pieces of one ``name`` are one series of one ``colour``."""

    name: str
    colour: str
    low: float
    high: float


def floating(
    categories: Sequence[str], bars: Sequence[Sequence[Piece]], labels: Sequence[str] = (), room: float = 0.0
) -> list[Series]:
    """Return stacked series in which every bar is made of its pieces, each of which begins where the last one ended.

    Bars on a spreadsheet stack away from zero, to each side on its own: a piece across zero is one to each side.
    ``labels`` stand behind the bars, where they take ``room`` of the axis.
    """
    names = dict.fromkeys((piece.name, piece.colour) for bar in bars for piece in bar)
    above = [_series(categories, bars, *name, sign=1) for name in names]
    below = [_series(categories, bars, *name, sign=-1) for name in reversed(names)]
    found = [
        _lifting(categories, _ABOVE, [max(bar[0].low, 0.0) if bar and bar[-1].high > 0 else None for bar in bars]),
        _lifting(categories, _BELOW, [min(bar[-1].high, 0.0) if bar and bar[0].low < 0 else None for bar in bars]),
        *above,
        *below,
    ]
    told = [Series("", tuple(categories), (room,) * len(bars), "ink", "nothing", tuple(labels))] if any(labels) else []
    return [*(one for one in found if any(one.y)), *told]


def _lifting(categories: Sequence[str], name: str, values: Sequence[float | None]) -> Series:
    return Series(name, tuple(categories), tuple(values), "paper", "nothing")


def _series(categories: Sequence[str], bars: Sequence[Sequence[Piece]], name: str, colour: str, sign: int) -> Series:
    """Return the pieces of one name on one side of zero; None where a bar has none there."""
    values = [
        sum(_length(piece, sign) for piece in bar if (piece.name, piece.colour) == (name, colour)) for bar in bars
    ]
    return Series(name, tuple(categories), tuple(value or None for value in values), colour, "bars")


def _length(piece: Piece, sign: int) -> float:
    """Return how far a piece reaches on one side of zero, with its sign."""
    if sign > 0:
        return max(piece.high, 0.0) - max(piece.low, 0.0)
    return min(piece.low, 0.0) - min(piece.high, 0.0)


def span_of(bars: Sequence[Sequence[Piece]], pad: float = 0.04) -> tuple[float, float]:
    """Return the ends of an axis that holds all pieces, with some room at both."""
    ends = [end for bar in bars for piece in bar for end in (piece.low, piece.high)]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    room = pad * (high - low) or 1.0
    return low - room, high + room
