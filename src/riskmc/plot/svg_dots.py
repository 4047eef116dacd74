"""SVG dots: equal dots of a drawing as points of one line, not an element each."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DOT = re.compile(  # a circle as matplotlib draws a marker: eight curves about the origin
    r'<path id="(?P<name>[a-z0-9-]+)" d="M 0 (?P<radius>[\d.]+)\n(?:C [-\d. ]+\n){8}z\n"/>'
)
_RUN = re.compile(
    r'<use xlink:href="#(?P<name>[a-z0-9-]+)" x="[-\d.]+" y="[-\d.]+" '
    r'style="(?P<look>fill: (?P<colour>#[0-9a-f]{6})(?:; fill-opacity: (?P<opacity>[\d.]+))?)"/>'
    r'(?:\n<use xlink:href="#(?P=name)" x="[-\d.]+" y="[-\d.]+" style="(?P=look)"/>)+'
)
_GROUP = re.compile(r"(</?g(?: [^>]*)?/?>)")
_PLACE = re.compile(r'x="([-\d.]+)" y="([-\d.]+)"')
_LAYERS = 5  # lines that share the dots of a cloud, so that it is darker where dots lie on each other


def merged(svg: str) -> str:
    """Return a drawing with every run of equal dots as a line of points: a tenth of the text, and it looks alike."""
    radii = {dot["name"]: float(dot["radius"]) for dot in _DOT.finditer(svg)}
    return "".join(_without_idle_groups(_RUN.sub(lambda run: _points(run, radii), svg)))


def _without_idle_groups(svg: str) -> Iterator[str]:
    """Yield the pieces of a drawing without the groups that say nothing of what is in them."""
    kept: list[bool] = []
    for piece in _GROUP.split(svg):
        if piece == "</g>":
            if kept.pop():
                yield piece
        elif piece in ("<g>", "<g>\n"):
            kept.append(False)
        elif _GROUP.fullmatch(piece) and not piece.endswith("/>"):
            kept.append(True)
            yield piece
        elif piece not in ("<g/>", "\n"):
            yield piece


def _points(run: re.Match[str], radii: dict[str, float]) -> str:
    """Return the dots as circles of one shape, those of a cloud, which is faint, as points of a few lines."""
    if run["name"] not in radii:
        return run[0]
    radius, places = radii[run["name"]], [(float(x), float(y)) for x, y in _PLACE.findall(run[0])]
    if not run["opacity"]:
        way = "".join(f"M{x - radius:.1f} {y:.1f}{_circle(radius)}" for x, y in places)
        return f'<path d="{way}" style="fill: {run["colour"]}"/>'
    look = f"fill: none; stroke: {run['colour']}; stroke-width: {2 * radius:g}; stroke-linecap: round"
    points = [f"M{x:.1f} {y:.1f}h.01" for x, y in places]
    return "\n".join(
        f'<path d="{"".join(points[n::_LAYERS])}" style="{look}; stroke-opacity: {run["opacity"]}"/>'
        for n in range(min(_LAYERS, len(points)))
    )


def _circle(radius: float) -> str:
    return f"a{radius:g} {radius:g} 0 1 0 {2 * radius:g} 0a{radius:g} {radius:g} 0 1 0 {-2 * radius:g} 0z"
