"""Risk grid: the probability-impact matrix as a heat map, each risk by its number, the names at the right.

One hue, darker where both are high: it reads in grey and for the colour-blind; numbers stay within their cell, the
names are a list, so that nothing lies on anything. A matrix is no forecast (Cox 2008), and the picture says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from riskmc.analysis.risk_matrix import Kind, RiskMatrix, RiskPlace
from riskmc.errors import ArgumentError
from riskmc.forecast.figures import chance, money_format, number
from riskmc.forecast.language import formats, marked, said
from riskmc.plot.canvas import FULL, Margins, canvas, extent, label
from riskmc.plot.captions import Caption
from riskmc.plot.lettering import SMALL, TEXT, fitted, width_of
from riskmc.plot.palette import LIGHT
from riskmc.plot.sentences import named
from riskmc.plot.style import style

CELL = 52  # px, the least height of a row
LINE = 20  # px of one name
MOST_NAMES = 24
_LEFT, _RIGHT = 92, 430  # px: names of the bands, list of the risks
_HIGH, _MIDDLE = 0.4, 0.16  # of the product of both steps, each as a share of the highest
_KINDS: dict[str, tuple[Kind, tuple[str, str, str]]] = {  # what is drawn; the high and middle cells, numbers on high
    "threats": ("threat", ("threat_mid", "threat_pale", "ink")),
    "opportunities": ("opportunity", ("gain", "gain_pale", "paper")),
}

_FIRST = {
    "threats": marked("{program}: {name} ranks first of {count} threats"),
    "opportunities": marked("{program}: {name} ranks first of {count} opportunities"),
}


def risk_matrix(found: RiskMatrix, ax: Axes | None = None, of: Literal["threats", "opportunities"] = "threats") -> Axes:
    """Return axes with the grid of the threats, or of the opportunities, and their list.

    With your own ``ax`` leave 430 px of room on its right. ArgumentError where there are none.
    """
    if of not in _KINDS:
        raise ArgumentError(f"plot.risk_matrix: of is threats or opportunities, got {of!r}")
    kind, colours = _KINDS[of]
    risks = found.of(kind)
    if not risks:
        raise ArgumentError(f"plot.risk_matrix: the program has no {of} with an effect")
    rows, columns = len(found.scale.probability), len(found.columns)
    height = max(CELL * rows, LINE * (min(len(risks), MOST_NAMES) + 2))
    with style():
        ax = canvas(ax, _caption(found, risks, of), FULL, height, Margins(_LEFT, _RIGHT, 20, 52))
        ax.set_xlim(0, columns)
        ax.set_ylim(0, rows)
        _draw_cells(ax, found, risks, colours)
        _name_bands(ax, found)
        _list(ax, found, risks)
    return ax


def _caption(found: RiskMatrix, risks: Sequence[RiskPlace], of: str) -> Caption:
    first, program = risks[0], named(found.trials.program.program)
    title = said(_FIRST[of], program=program, name=named(first.name), count=len(risks))
    subtitle = said("Chance by impact on the program where it occurs. No forecast: a matrix adds nothing up (Cox 2008)")
    told = "; ".join(f"{place} {risk.name}: {_words(found, risk)}" for place, risk in enumerate(risks, 1))
    return Caption(title if len(risks) > 1 else f"{program}: {named(first.name)}", subtitle, f"{told}.")


def _words(found: RiskMatrix, risk: RiskPlace) -> str:
    """Return chance and impact: ``40%, 46 d, EUR 517k``."""
    days, cost = abs(risk.impact_days or 0.0), abs(risk.impact_cost or 0.0)
    parts: list[str] = [chance(risk.probability)]
    parts += [f"{number(days, 25 if days >= 10 else 2.5)} d"] if days else []
    parts += [money_format(found.trials.currency, cost)(cost)] if cost else []
    return ", ".join(parts)


def _draw_cells(ax: Axes, found: RiskMatrix, risks: Sequence[RiskPlace], colours: tuple[str, str, str]) -> None:
    """Draw the cells, darker to the upper right, and in each the numbers of its risks."""
    rows, columns = len(found.scale.probability), len(found.columns)
    width, height = extent(ax)
    high, middle, on_high = colours
    for row in range(rows):
        for column in range(columns):
            level = (row + 1) * (column + 1) / (rows * columns)
            face = high if level >= _HIGH else middle if level >= _MIDDLE else "paper"
            ax.add_patch(Rectangle((column, row), 1, 1, facecolor=LIGHT[face], edgecolor=LIGHT["rule"], linewidth=1))
            here = [place for place, risk in enumerate(risks, 1) if (risk.row, risk.column) == (row, column)]
            lines = _lines(here, width / columns - 12, int(height / rows / LINE))
            for place, line in enumerate(lines):
                dy = ((len(lines) - 1) / 2 - place) * LINE
                ink = on_high if face == high else "ink"
                label(ax, column + 0.5, row + 0.5, line, ink, ha="center", dy=dy, bold=True)


def _lines(places: Sequence[int], room: float, most: int) -> list[str]:
    """Return the numbers of the risks in one cell, on as many lines as it holds; at last how many more there are."""
    lines: list[str] = []
    for position, place in enumerate(places):
        rest = len(places) - position
        last = len(lines) >= most
        longer = f"{lines[-1]} {place}" if lines else str(place)
        kept = f"{longer} +{rest - 1}" if last and rest > 1 else longer
        if not lines or width_of(kept, TEXT, bold=True) <= room:
            lines = [*lines[:-1], longer]
        elif last:
            return [*lines[:-1], f"{lines[-1]} +{rest}"]
        else:
            lines.append(str(place))
    return lines


def _name_bands(ax: Axes, found: RiskMatrix) -> None:
    """Write the names of the bands, and what they are bands of."""
    ax.set_xticks([])
    ax.set_yticks([])
    ax.spines["bottom"].set_visible(False)
    room = extent(ax)[0] / len(found.columns) - 6
    for row, name in enumerate(found.scale.probability.names):
        label(ax, 0, row + 0.5, fitted(name, _LEFT - 14, SMALL), "quiet", ha="right", dx=-8, size=SMALL)
    for column, name in enumerate(found.columns):
        text = fitted(name, room, SMALL)
        label(ax, column + 0.5, 0, text, "quiet", ha="center", va="top", dy=-6, size=SMALL)
    label(ax, 0.5, 0, said("Impact where it occurs"), ha="center", va="top", dy=-28, size=SMALL, coords="axes")
    label(ax, 0, 1, said("Chance"), ha="right", dx=-8, dy=6, va="bottom", size=SMALL, coords="axes")


def _list(ax: Axes, found: RiskMatrix, risks: Sequence[RiskPlace]) -> None:
    """Write the risks by number at the right of the grid, with chance and impact."""
    height = extent(ax)[1]
    for place, risk in enumerate(risks[:MOST_NAMES], 1):
        y = 1 - (place - 0.5) * LINE / height
        words = _words(found, risk)
        told = fitted(risk.name, _RIGHT - 60 - width_of(words, SMALL), SMALL)
        label(ax, 1, y, str(place), ha="right", dx=34, size=SMALL, bold=True, coords="axes")
        label(ax, 1, y, told, dx=42, size=SMALL, coords="axes")
        label(ax, 1, y, words, "quiet", ha="right", dx=_RIGHT - 8, size=SMALL, coords="axes")
    if len(risks) > MOST_NAMES:
        more = said("and {count} more", count=formats().number(len(risks) - MOST_NAMES))
        y = 1 - (MOST_NAMES + 0.5) * LINE / height
        label(ax, 1, y, more, "quiet", dx=42, size=SMALL, coords="axes")
