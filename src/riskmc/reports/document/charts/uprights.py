"""Upright lines of a chart: at targets, plans and levels, each with its label in a tier above the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from riskmc.forecast import Forecast
from riskmc.reports.document.chart import Series, Side
from riskmc.reports.document.charts.places import value_at

TIER = 0.085  # share of the height for the label of one line


@dataclass(frozen=True)
class Upright:
    """One line: its name, what its label says, its place on the axis of the picture, its colour."""

    name: str
    words: str
    x: float
    colour: str
    dashed: bool = False


def uprights(forecast: Forecast, lines: Sequence[Upright], low: float, high: float) -> list[Series]:
    """Return the lines in tiers, the outermost highest, so that no line runs through the label of another.

    What lies outside the axis is named at its edge.
    """
    middle = (low + high) / 2
    inwards = sorted(lines, key=lambda line: abs(line.x - middle))
    return [_upright(forecast, line, inwards.index(line) + 1, low, high) for line in lines]


def height_of(lines: Sequence[Upright]) -> float:
    """Return the upper end of an axis of chances, with the tiers above 100%."""
    return 1.0 + TIER * len(lines)


def _upright(forecast: Forecast, line: Upright, tier: int, low: float, high: float) -> Series:
    top = 1.0 + TIER * (tier - 0.4)
    side: Side = "right" if line.x < (low + high) / 2 else "left"
    if not low <= line.x <= high:
        told = f"{line.words} →" if line.x > high else f"← {line.words}"
        edge = value_at(forecast, min(max(line.x, low), high))
        return Series(line.name, (edge,), (top,), line.colour, "nothing", (told,), side)
    at = value_at(forecast, line.x)
    mark = "dashes" if line.dashed else "line"
    return Series(line.name, (at, at), (0.0, top), line.colour, mark, ("", line.words), side)  # type: ignore[arg-type]
