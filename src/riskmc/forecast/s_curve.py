"""S-curve of a notebook card as an SVG string, drawn without matplotlib: P50, P80 and the target, nothing else."""

from __future__ import annotations

from html import escape

import numpy as np
from numpy.typing import NDArray

from riskmc.forecast.interval import quantile_rank

WIDTH, HEIGHT = 300, 92
LEFT, RIGHT, TOP, BASE = 6, 294, 6, 73
BARS = 30
_LABEL = 36  # pixels from a dot to the far end of its label
_TAIL = 0.002  # what lies beyond P0.2 and P99.8 would only flatten the curve


class _Frame:
    """The map from values and shares of iterations to the pixels of the picture."""

    def __init__(self, ordered: NDArray[np.float64], target: float | None):
        ends = [_at(ordered, _TAIL), _at(ordered, 1 - _TAIL)] + ([] if target is None else [target])
        self.low, self.high = min(ends), max(ends)
        if self.low == self.high:
            self.low, self.high = self.low - 1, self.high + 1

    def x(self, value: float) -> float:
        return LEFT + (RIGHT - LEFT) * (value - self.low) / (self.high - self.low)

    def y(self, share: float) -> float:
        return BASE - (BASE - TOP) * share


def draw_s_curve(samples: NDArray[np.float64], target: float | None, title: str, description: str) -> str:
    """Return an SVG of the cumulative curve of ``samples`` (sorted), over a pale histogram that splits at ``target``.

    Colours are the CSS variables of the card around it, so one drawing serves light and dark.
    """
    frame = _Frame(samples, target)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>",
        *_histogram(samples, target, frame),
        f'<path d="M{LEFT} {BASE}H{RIGHT}" stroke="var(--rule)"/>',
        _curve(samples, frame),
        *([] if target is None else _target(target, frame)),
        *(_mark(samples, p, name, frame, target) for p, name in ((0.50, "P50"), (0.80, "P80"))),
        "</svg>",
    ]
    return "".join(parts)


def _at(ordered: NDArray[np.float64], p: float) -> float:
    return float(ordered[quantile_rank(len(ordered), p) - 1])


def _histogram(ordered: NDArray[np.float64], target: float | None, frame: _Frame) -> list[str]:
    """Return the bars, one edge of which lies on the target; those beyond it are a threat."""
    edges = np.linspace(frame.low, frame.high, BARS + 1)
    if target is not None:
        edges[int(np.argmin(np.abs(edges - target)))] = target
        edges = np.unique(edges)
    counts = np.diff(np.searchsorted(ordered, edges, side="right")) / np.diff(edges)
    tallest = counts.max() or 1.0
    return [
        _bar(frame, left, right, 0.42 * count / tallest, threat=target is not None and left >= target)
        for left, right, count in zip(edges[:-1], edges[1:], counts, strict=True)
        if count
    ]


def _bar(frame: _Frame, left: float, right: float, height: float, threat: bool) -> str:
    colour = "threat-pale" if threat else "forecast-pale"
    box = f"M{frame.x(left):.1f} {BASE}V{frame.y(height):.1f}H{frame.x(right):.1f}V{BASE}Z"
    return f'<path d="{box}" fill="var(--{colour})"/>'


def _curve(ordered: NDArray[np.float64], frame: _Frame) -> str:
    shares = np.linspace(_TAIL, 1 - _TAIL, 80)
    points = " ".join(f"{frame.x(_at(ordered, p)):.1f},{frame.y(p):.1f}" for p in shares.tolist())
    ends = f"{LEFT},{BASE}", f"{RIGHT},{TOP}"
    return f'<polyline points="{ends[0]} {points} {ends[1]}" fill="none" stroke="var(--forecast)" stroke-width="2"/>'


def _mark(ordered: NDArray[np.float64], p: float, name: str, frame: _Frame, target: float | None) -> str:
    """Return a dot on the curve with its label below and to the right; above and to the left where that is taken."""
    x, y = frame.x(_at(ordered, p)), frame.y(p)
    line = None if target is None else frame.x(target) - x
    taken = x > RIGHT - _LABEL or (line is not None and 2 < line < _LABEL)
    free = x > LEFT + _LABEL and not (line is not None and -_LABEL < line < -2)
    above, below = f'x="{x - 8:.1f}" y="{y - 3:.1f}" text-anchor="end"', f'x="{x + 8:.1f}" y="{y + 8:.1f}"'
    place = above if taken and free else below
    label = f'<text {place} font-size="12" font-weight="600" fill="var(--forecast)">{name}</text>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="var(--forecast)"/>{label}'


def _target(target: float, frame: _Frame) -> list[str]:
    x = frame.x(target)
    anchor = "start" if x < LEFT + 20 else "end" if x > RIGHT - 20 else "middle"
    line = f'<path d="M{x:.1f} {BASE}V{TOP - 2}" stroke="var(--ink)" stroke-width="1.5"/>'
    word = f'<text x="{x:.1f}" y="{BASE + 14}" text-anchor="{anchor}" font-size="12" fill="var(--ink)">Target</text>'
    return [line, word]
