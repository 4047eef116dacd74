"""Placing: labels find a place inside the axes where they lie on no other label, and cross no line where that can be.

A label is a block of lines. Of the places that are offered the one that disturbs least is taken, the first of equals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from riskmc.plot.canvas import extent, label
from riskmc.plot.lettering import LEADING, SMALL, TEXT, width_of

_APART = 8.0  # px between labels side by side
_ON_TEXT, _OUTSIDE, _ON_LINE, _ON_CURVE = 1000.0, 500.0, 10.0, 5.0  # what a disturbance weighs


@dataclass(frozen=True)
class Line:
    """One line of a label."""

    text: str
    colour: str = "ink"
    bold: bool = False
    size: float = TEXT

    @property
    def width(self) -> float:
        """The width in px."""
        return width_of(self.text, self.size, self.bold)

    @property
    def height(self) -> float:
        """The height in px, leading included."""
        return LEADING * self.size


@dataclass(frozen=True)
class Box:
    """A rectangle in px from the lower left corner of the axes."""

    left: float
    bottom: float
    right: float
    top: float

    def overlaps(self, other: Box) -> bool:
        """Return whether the two share any point."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.top <= other.bottom or other.top <= self.bottom)


@dataclass
class Room:
    """The axes in px, and what is taken of them: labels, upright lines, points of curves."""

    ax: Axes
    margin: float = 0.0
    taken: list[Box] = field(default_factory=list)
    lines: list[tuple[float, float]] = field(default_factory=list)  # place in px, height in px
    curves: list[NDArray[np.float64]] = field(default_factory=list)  # (n, 2) in px

    def __post_init__(self) -> None:
        self.width, self.height = extent(self.ax)

    def px(self, x: float, y: float) -> tuple[float, float]:
        """Return the place in px of a point in data coordinates."""
        (low, high), (base, top) = self.ax.get_xlim(), self.ax.get_ylim()
        return (x - low) / (high - low) * self.width, (y - base) / (top - base) * self.height

    def add_line(self, x: float, top: float) -> None:
        """Remember an upright line from the axis to the height ``top``, in data coordinates."""
        self.lines.append(self.px(x, top))

    def add_curve(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        """Remember the points of a curve, and points between them where they lie far apart."""
        points = np.array([self.px(*point) for point in zip(x.tolist(), y.tolist(), strict=True)])
        between = [np.linspace(a, b, 8) for a, b in pairwise(points)]
        self.curves.append(np.concatenate([points, *between]))

    def put(self, block: Sequence[Line], places: Iterable[tuple[float, float, str]]) -> tuple[float, float, str]:
        """Write the lines at the best of the ``places`` and return it: (x, top, alignment), in px from the corner."""
        best = min(places, key=lambda place: self._disturbance(_box(block, place)))
        box = _box(block, best)
        self.taken.append(Box(box.left - _APART, box.bottom, box.right + _APART, box.top))
        x, top, ha = best
        for line in block:
            self._write(line, x, top, ha)
            top -= line.height
        return best

    def _write(self, line: Line, x: float, top: float, ha: str) -> None:
        across, up = x / self.width, (top - line.height / 2) / self.height  # shares: axes may be laid out anew
        label(self.ax, across, up, line.text, line.colour, ha=ha, size=line.size, bold=line.bold, coords="axes")

    def _disturbance(self, box: Box) -> float:
        on_text = sum(box.overlaps(other) for other in self.taken)
        outside = box.left < 0 or box.right > self.width + self.margin or box.bottom < 0 or box.top > self.height
        on_lines = sum(box.left - 3 < x < box.right + 3 and box.bottom < top for x, top in self.lines)
        on_curves = sum(bool(_inside(box, points).any()) for points in self.curves)
        return _ON_TEXT * on_text + _OUTSIDE * outside + _ON_LINE * on_lines + _ON_CURVE * on_curves


def _inside(box: Box, points: NDArray[np.float64]) -> NDArray[np.bool_]:
    x, y = points[:, 0], points[:, 1]
    return np.asarray((x > box.left - 2) & (x < box.right + 2) & (y > box.bottom) & (y < box.top))


def _box(block: Sequence[Line], place: tuple[float, float, str]) -> Box:
    x, top, ha = place
    width = max(line.width for line in block)
    left = x - width * {"left": 0.0, "center": 0.5, "right": 1.0}[ha]
    return Box(left, top - sum(line.height for line in block), left + width, top)


def around(
    x: float, y: float, lines: Iterable[tuple[float, float]] = (), gap: float = 12
) -> list[tuple[float, float, str]]:
    """Return places near a point in px for a label of two lines: right of it and below, left and above, past lines."""
    near = [(x + gap, y - 4, "left"), (x - gap, y + 34, "right"), (x - gap, y + 18, "right"), (x + gap, y + 10, "left")]
    past = [(line + 10, y - 4, "left") for line, _ in lines if 0 < line - x < 240]
    before = [(line - 10, y + 34, "right") for line, _ in lines if 0 < x - line < 240]
    return [*near, *past, *before, (x - gap, y - 4, "right"), (x + gap, y + 34, "left")]


def two_lines(first: str, second: str, colour: str) -> list[Line]:
    """Return a label of a bold line and a small grey one, which may be empty."""
    return [Line(first, colour, bold=True), *([Line(second, "quiet", size=SMALL)] if second else [])]


def in_rows(room: Room, base: float, named: Sequence[tuple[float, Line]]) -> list[float]:
    """Write one line a point, in as few rows from ``base`` px upwards as keep them apart; return where each begins.

    A line stands centred over its x (px), or as near as the axes allow.
    """
    heights = []
    for x, line in named:
        half = line.width / 2
        centre = min(max(x, half), max(half, room.width - half))
        rows = [base + line.height * (row + 1) for row in range(len(named) + 1)]
        _, top, _ = room.put([line], [(centre, row, "center") for row in rows])
        heights.append(top - line.height)
    return heights
