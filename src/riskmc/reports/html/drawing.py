"""Drawing: the SVG of a picture as a page holds it: equal dots are points of one line, not an element each."""

from __future__ import annotations

import re

_DOT = re.compile(  # a circle as matplotlib draws a marker: four curves about the origin
    r'<path id="(?P<name>[a-z0-9-]+)" d="M 0 (?P<radius>[\d.]+)\n(?:C [-\d. ]+\n){8}z\n"/>'
)
_RUN = re.compile(
    r'(?P<first><use xlink:href="#(?P<name>[a-z0-9-]+)" x="[-\d.]+" y="[-\d.]+" '
    r'style="fill: (?P<colour>var\(--[a-z-]+\))(?:; fill-opacity: (?P<opacity>[\d.]+))?"/>)'
    r'(?:\n<use xlink:href="#(?P=name)" x="[-\d.]+" y="[-\d.]+" '
    r'style="fill: (?P=colour)(?:; fill-opacity: (?P=opacity))?"/>)+'
)
_PLACE = re.compile(r'x="([-\d.]+)" y="([-\d.]+)"')
_LAYERS = 5  # lines that share the dots of a cloud, so that it is darker where dots lie on each other


def lighter(svg: str) -> str:
    """Return the drawing with every run of equal dots as a line of points: a tenth of the text, and it looks alike."""
    radii = {dot["name"]: float(dot["radius"]) for dot in _DOT.finditer(svg)}
    return _RUN.sub(lambda run: _points(run, radii), svg)


def _points(run: re.Match[str], radii: dict[str, float]) -> str:
    if run["name"] not in radii:
        return run[0]
    places = [f"M{float(x):.1f} {float(y):.1f}h.01" for x, y in _PLACE.findall(run[0])]
    layers = _LAYERS if run["opacity"] else 1
    faint = f"; stroke-opacity: {run['opacity']}" if run["opacity"] else ""
    look = f"fill: none; stroke: {run['colour']}; stroke-width: {2 * radii[run['name']]:g}; stroke-linecap: round{faint}"
    return "\n".join(f'<path d="{"".join(places[n::layers])}" style="{look}"/>' for n in range(min(layers, len(places))))
