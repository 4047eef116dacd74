"""Notebook card: the small HTML page that a Forecast or a set of Trials shows in Jupyter and VS Code.

Light and dark follow Jupyter's theme attribute, then VS Code's class, then the browser's own preference.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_LIGHT = (
    "--paper:#ffffff;--ink:#18212b;--quiet:#55606e;--rule:#d9dfe6;"
    "--forecast:#1f5fa8;--forecast-pale:#d3e3f5;--threat:#b8450c;--threat-pale:#f8dfd0"
)
_DARK = (
    "--paper:#11161d;--ink:#e9eef4;--quiet:#a7b3c1;--rule:#2d3743;"
    "--forecast:#6fb1f5;--forecast-pale:#1d3855;--threat:#f59056;--threat-pale:#4a2a19"
)
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
.riskmc-card .t span{{font-weight:400;color:var(--quiet)}}
.riskmc-card .g{{display:grid;grid-template-columns:repeat(3,1fr);gap:10px;margin-top:6px}}
.riskmc-card .g span{{display:block;color:var(--quiet);font-size:12px}}
.riskmc-card .g b{{font-weight:600;white-space:nowrap}}
.riskmc-card .g b.sim{{color:var(--forecast)}}
.riskmc-card .f{{margin-top:8px;border-top:1px solid var(--rule);padding-top:6px;color:var(--quiet);font-size:12px}}
.riskmc-card svg{{display:block;width:100%;height:auto;margin-top:6px}}
.riskmc-card svg text{{paint-order:stroke;stroke:var(--paper);stroke-width:3px}}
</style>"""

Figure = tuple[str, str, bool]


def make_card(title: str, kind: str, drawing: str, figures: Iterable[Figure], foot: str) -> str:
    """Return the HTML of one card; ``drawing`` is SVG, the rest is text and is escaped.

    A figure is (heading, value, simulated); three stand in a row, simulated ones in the colour of the forecast.
    """
    return (
        f'<div class="riskmc-card">\n{_STYLE}\n<div class="t">{escape(title)}<span>{escape(kind)}</span></div>\n'
        f'{drawing}\n<div class="g">{"".join(map(_figure, figures))}</div>\n<div class="f">{escape(foot)}</div>\n</div>'
    )


def _figure(figure: Figure) -> str:
    heading, value, simulated = figure
    mark = ' class="sim"' if simulated else ""
    return f"<div><span>{escape(heading)}</span><b{mark}>{escape(value)}</b></div>"
