"""Notebook card: the small HTML page that every result shows in Jupyter and VS Code, and its twin in plain text.

A result says what it is once, as a `Card`; `Shown` makes both of it, so that they tell the same numbers. Light and dark
follow Jupyter's theme attribute, then VS Code's class, then the browser's own preference.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from riskmc.forecast.colours import declarations
from riskmc.forecast.figures import printable, shortened

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
.riskmc-card table{{border-collapse:collapse;width:100%;margin:8px 0 0;border:0;font:inherit}}
.riskmc-card :is(th,td){{border:0;border-top:1px solid var(--rule);padding:3px 0 3px 10px;text-align:left;
vertical-align:top;font-weight:400;color:var(--quiet);background:none;white-space:normal;overflow-wrap:break-word}}
.riskmc-card :is(th,td).s{{text-align:right}}
.riskmc-card td.s{{white-space:nowrap}}
.riskmc-card tr>:first-child{{text-align:left;padding-left:0;color:var(--ink)}}
.riskmc-card td:first-child:not(.s){{overflow-wrap:anywhere;min-width:9em}}
.riskmc-card thead th{{border-top:0;font-size:12px;vertical-align:bottom}}
.riskmc-card td b{{font-weight:400;color:var(--ink)}}
.riskmc-card td.s b{{font-weight:600}}
.riskmc-card td span{{display:block;font-size:12px}}
.riskmc-card.w{{max-width:560px}}
.riskmc-card .n{{margin-top:6px}}
.riskmc-card .f{{margin-top:8px;border-top:1px solid var(--rule);padding-top:6px;color:var(--quiet);font-size:12px}}
.riskmc-card .f div{{overflow-wrap:anywhere}}
.riskmc-card svg{{display:block;width:100%;height:auto;margin-top:6px}}
.riskmc-card svg text{{paint-order:stroke;stroke:var(--paper);stroke-width:3px}}
</style>"""

_TITLE = 120  # characters of a name that a card shows
_CELL = 60  # of a name in a table
_BRIEF = 22  # of a value that stays on one line
MOST = 10  # rows of a table

Figure = tuple[str, str, bool]


class Table(NamedTuple):
    """Rows of a card: a name first, then values under their ``headings``; ``−13 d (−17 to −9 d)`` takes two lines.

    ``headings`` has one for every column after the first, "" for none. ``rows`` beyond the tenth are counted only.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def more(self) -> str:
        """What is said of the rows that are left out; empty where there are none."""
        return f"and {len(self.rows) - MOST:,} more" if len(self.rows) > MOST else ""


class Card(NamedTuple):
    """What a result shows of itself in a notebook: three figures in a row, a short table, notes, and what made them.

    ``notes`` are facts of this result; ``remark`` says how such results are to be read, and stands on the card alone.
    """

    title: str
    kind: str
    figures: Sequence[Figure] = ()
    table: Table | None = None
    notes: Sequence[str] = ()
    remark: str = ""
    foot: str = ""
    drawing: str = ""

    def html(self) -> str:
        """Return the card as HTML; ``drawing`` is SVG, the rest is text and is escaped."""
        table = "" if self.table is None or not self.table.rows else _table(self.table)
        noted = "".join(f'<div class="n">{escape(printable(note))}</div>' for note in self.notes if note)
        wide = self.table is not None and len(self.table.headings) > 1
        shown = [figure for figure in self.figures if figure[1]]
        padded = [*shown, *[("", "", False)] * (-len(shown) % 3 if len(shown) > 3 else 0)]
        foot = (self.remark, self.foot)
        return _page(
            self.title or self.kind, self.kind if self.title else "", self.drawing, padded, table + noted, foot, wide
        )

    def text(self, kind: str = "") -> str:
        """Return the same in one line: ``<Comparison 'Harbour': ...  (1,000 iterations · seed 1)>``."""
        figures = ", ".join(f"{heading} {value}".lstrip() for heading, value, _ in self.figures if value)
        told = "; ".join(part for part in (figures, _table_text(self.table), *self.notes) if part)
        foot = f"  ({self.foot})" if self.foot else ""
        opening = f"{kind or self.kind} {self.title!r}" if self.title else kind or self.kind
        return f"<{opening}: {printable(told)}{printable(foot)}>" if told or foot else f"<{opening}>"


class Shown(ABC):
    """What shows itself: as one line of text (``repr``) and as a card (``_repr_html_``), made of one `Card`."""

    @abstractmethod
    def _card(self) -> Card:
        """Return what is shown."""

    def __repr__(self) -> str:
        return self._card().text(type(self).__name__)

    def _repr_html_(self) -> str:
        return self._card().html()


def make_card(title: str, kind: str, drawing: str, figures: Iterable[Figure], *foot: str) -> str:
    """Return the HTML of one card; ``drawing`` is SVG, the rest is text and is escaped.

    A figure is (heading, value, simulated); three stand in a row, simulated ones in the colour of the forecast. Each
    text of ``foot`` stands on a line of its own.
    """
    return _page(title, kind, drawing, figures, "", foot, False)


def figure_text(figure: Figure) -> str:
    """Return one figure in plain words, for the twin of the card: ``P80 23 Sep 2029 (±2 d)``."""
    name, _, more = figure[0].partition(" ")
    return f"{name} {figure[1]} ({more})" if more else f"{name} {figure[1]}"


def _page(
    title: str, kind: str, drawing: str, figures: Iterable[Figure], more: str, foot: Iterable[str], wide: bool
) -> str:
    """Return the HTML of a card; ``drawing`` and ``more`` are HTML already."""
    name, kind = escape(shortened(title, _TITLE)), escape(kind)
    lines = "".join(f"<div>{escape(line)}</div>" for line in foot if line)
    ground = f'<div class="f">{lines}</div>\n' if lines else ""
    shown = "".join(map(_figure, figures))
    grid = f'<div class="g">{shown}</div>\n' if shown else ""
    return (
        f'<div class="riskmc-card{" w" if wide else ""}">\n{_STYLE}\n'
        f'<div class="t"><bdi>{name}</bdi><span>{kind}</span></div>\n'
        f"{drawing}\n{grid}{more}{ground}</div>"
    )


def _figure(figure: Figure) -> str:
    heading, value, simulated = figure
    mark = ' class="sim"' if simulated else ""
    return f"<div><span>{escape(heading)}</span><b{mark}>{escape(value)}</b></div>"


def _table(table: Table) -> str:
    """Return the table of a card as HTML; a column of brief values stands to the right, one with longer text left."""
    rows = table.rows[:MOST]
    names, *columns = zip(*rows, strict=True)
    name, marks = _mark(names, _BRIEF // 2), [_mark(column, _BRIEF) for column in columns]
    heads = "".join(f'<th scope="col"{mark}>{escape(printable(text))}</th>'
                    for text, mark in zip(table.headings, marks, strict=True))  # fmt: skip
    head = f"<thead><tr><th></th>{heads}</tr></thead>" if any(table.headings) else ""
    told = [f"<tr><td{name}><bdi>{escape(_short(row[0]))}</bdi></td>{''.join(map(_cell, row[1:], marks))}</tr>"
            for row in rows]  # fmt: skip
    more = f'<div class="n">{escape(table.more)}</div>' if table.more else ""
    return f"<table>{head}<tbody>{''.join(told)}</tbody></table>\n{more}"


def _mark(column: Iterable[str], most: int) -> str:
    """Return the class of a column whose texts all stay on one line."""
    longest = max(len(part) for text in column for part in text.split(" ("))
    return ' class="s"' if longest <= most else ""


def _cell(text: str, mark: str) -> str:
    """Return a cell as HTML; an interval in parentheses stands below its value."""
    value, apart, interval = printable(text).partition(" (")
    below = f"<span>{escape(interval.removesuffix(')'))}</span>" if apart else ""
    return f"<td{mark}><b>{escape(value)}</b>{below}</td>"


def _table_text(table: Table | None) -> str:
    """Return a table in plain words: ``respond: P80 finish −13 d (−17 to −9 d), P80 cost +EUR 290k; hire: ...``.

    Of a single column its heading is said once: ``gone: Objection −3 d, Storm −2 d``.
    """
    if table is None or not table.rows:
        return ""
    rows, more = table.rows[:MOST], [table.more] if table.more else []
    if len(table.headings) == 1:
        told = ", ".join([*(" ".join([_short(name), *filter(None, cells)]) for name, *cells in rows), *more])
        return ": ".join([*filter(None, table.headings), told])
    return "; ".join([*(_row_text(table.headings, row) for row in rows), *more])


def _row_text(headings: Sequence[str], row: Sequence[str]) -> str:
    name, *cells = row
    told = [" ".join(filter(None, pair)) for pair in zip(headings, cells, strict=True) if pair[1]]
    return ": ".join([_short(name), *([", ".join(told)] if told else [])])


def _short(text: str) -> str:
    return shortened(printable(text), _CELL)
