"""Notebook card: the small HTML page that a Program, Trials or a Forecast shows in Jupyter and VS Code.

Light and dark follow Jupyter's theme attribute, then VS Code's class, then the browser's own preference.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from riskmc.forecast.colours import declarations
from riskmc.forecast.figures import shortened

_COLOURS = ("paper", "ink", "quiet", "rule", "forecast", "forecast_pale", "threat", "threat_pale")
_LIGHT, _DARK = (declarations(_COLOURS, dark).rstrip(";") for dark in (False, True))
_CARD = (
    "max-width:336px;border:1px solid var(--rule);border-radius:6px;padding:12px 16px 10px;background:var(--paper);"
    'color:var(--ink);font:13px/1.45 Inter,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;'
    "font-variant-numeric:tabular-nums"
)
_STYLE = f"""<style>
.riskmc-card{{{_LIGHT};{_CARD}}}
@media (prefers-color-scheme:dark){{.riskmc-card{{{_DARK}}}}}
[data-jp-theme-light="true"] .riskmc-card,.vscode-light .riskmc-card{{{_LIGHT}}}
[data-jp-theme-light="false"] .riskmc-card,.vscode-dark .riskmc-card{{{_DARK}}}
.riskmc-card .t{{display:flex;justify-content:space-between;gap:12px;font-weight:600}}
.riskmc-card .t bdi{{min-width:0;overflow-wrap:anywhere}}
.riskmc-card .t span{{font-weight:400;color:var(--quiet)}}
.riskmc-card .g{{display:grid;grid-template-columns:repeat(3,1fr);gap:10px;margin-top:6px}}
.riskmc-card .g span{{display:block;color:var(--quiet);font-size:12px}}
.riskmc-card .g div{{min-width:0}}
.riskmc-card .g b{{font-weight:600;overflow-wrap:anywhere}}
.riskmc-card .g b.sim{{color:var(--forecast)}}
.riskmc-card .f{{margin-top:8px;border-top:1px solid var(--rule);padding-top:6px;color:var(--quiet);font-size:12px}}
.riskmc-card .f div{{overflow-wrap:anywhere}}
.riskmc-card svg{{display:block;width:100%;height:auto;margin-top:6px}}
.riskmc-card svg text{{paint-order:stroke;stroke:var(--paper);stroke-width:3px}}
</style>"""

_TITLE = 120  # characters of a name that a card shows

Figure = tuple[str, str, bool]


def make_card(title: str, kind: str, drawing: str, figures: Iterable[Figure], *foot: str) -> str:
    """Return the HTML of one card; ``drawing`` is SVG, the rest is text and is escaped.

    A figure is (heading, value, simulated); three stand in a row, simulated ones in the colour of the forecast. Each
    text of ``foot`` stands on a line of its own.
    """
    name, kind = escape(shortened(title, _TITLE)), escape(kind)
    lines = "".join(f"<div>{escape(line)}</div>" for line in foot if line)
    return (
        f'<div class="riskmc-card">\n{_STYLE}\n<div class="t"><bdi>{name}</bdi><span>{kind}</span></div>\n'
        f'{drawing}\n<div class="g">{"".join(map(_figure, figures))}</div>\n<div class="f">{lines}</div>\n</div>'
    )


def figure_text(figure: Figure) -> str:
    """Return one figure in plain words, for the twin of the card: ``P80 23 Sep 2029 (±2 d)``."""
    name, _, more = figure[0].partition(" ")
    return f"{name} {figure[1]} ({more})" if more else f"{name} {figure[1]}"


def _figure(figure: Figure) -> str:
    heading, value, simulated = figure
    mark = ' class="sim"' if simulated else ""
    return f"<div><span>{escape(heading)}</span><b{mark}>{escape(value)}</b></div>"
