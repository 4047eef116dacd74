"""Layout: sections of the printed answer as text of a fixed width: a heading, a table of short cells, a note."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from riskmc.forecast.figures import printable
from riskmc.forecast.language import counted, said

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

WIDTH = 80
GAP = 2  # blanks between columns
HELD = "\ue000"  # stands for a blank at which no line may end
_TOGETHER = re.compile(
    r"\d{1,2} [A-Z][a-z]{2} \d{4}|\b[A-Z]{3} [-−]?\d\S*|\b(?:P\d+|seed|program) \S+|\d[\d,]* days?|[+−]?\d[\d,.]* d\b"
)


@dataclass(frozen=True)
class Column:
    """One column: its heading, whether numbers stand at its right edge, and whether it gives way when room is short."""

    heading: str
    right: bool = False
    yields: bool = False


def with_interval(heading: str) -> list[Column]:
    """Return the columns of a figure and of its simulation interval."""
    return [Column(heading, right=True), Column(interval_heading())]


def interval_heading() -> str:
    """Return the heading of a column of simulation intervals."""
    return said("95% interval")


class Aside(str):
    """A text whose last words name an option of the command; ``paper`` is what a report says, which has none."""

    paper: str


def aside(told: str) -> Aside:
    """Return what is left out of a table, and in the terminal which option lists it."""
    made = Aside(said("{told}: --json lists them all.", told=told))
    made.paper = f"{told}."
    return made


def _more(count: int) -> str:
    return counted("and {count} more", "and {count} more", count)


def left_out(count: int, most: int, more: Callable[[int], str] = _more) -> list[str]:
    """Return the note below a table of which only the first ``most`` of ``count`` rows are shown; none if all are.

    ``more`` says how many are left out, ``and 7 more activities``.
    """
    return [aside(more(count - most))] if count > most else []


@dataclass(frozen=True)
class Section:
    """A part of the answer: a table of ``rows`` under ``columns``, then ``notes``, each a paragraph of its own."""

    columns: Sequence[Column] = ()
    rows: Sequence[Sequence[str]] = ()
    notes: Sequence[str] = ()
    warning: bool = False


def on_paper(section: Section) -> Section:
    """Return the section as a report shows it, whose reader has no options."""
    return replace(section, notes=[note.paper if isinstance(note, Aside) else note for note in section.notes])


def rendered(opening: Sequence[str], sections: Iterable[Section], width: int = WIDTH, colour: bool = False) -> str:
    """Return the ``opening`` paragraphs, the first of them emphasised, and the ``sections`` that say anything."""
    console = _console(width, colour)
    for index, paragraph in enumerate(opening):
        console.print(_held(printable(paragraph)), style="" if index else "bold", markup=False, highlight=False)
    for section in sections:
        if section.columns or section.notes:
            console.print()
            _print_section(console, _printable(section))
    file = console.file
    assert isinstance(file, io.StringIO)
    return "\n".join(line.rstrip() for line in file.getvalue().replace(HELD, " ").splitlines()) + "\n"


def _printable(section: Section) -> Section:
    """Return the section without characters that would steer the terminal: names come from anybody's file."""
    columns = [replace(column, heading=printable(column.heading)) for column in section.columns]
    rows = [tuple(map(printable, row)) for row in section.rows]
    return replace(section, columns=columns, rows=rows, notes=tuple(map(printable, section.notes)))


def parted(text: str) -> list[str]:
    """Return the pieces of ``text`` in order, every other one a date or an amount that no line may break."""
    pieces, position = [], 0
    for match in _TOGETHER.finditer(text):
        pieces += [text[position : match.start()], match[0]]
        position = match.end()
    return [*pieces, text[position:]]


def _held(text: str) -> str:
    """Return the text with the blanks inside dates and amounts made unbreakable while lines are filled."""
    return _TOGETHER.sub(lambda match: match[0].replace(" ", HELD), text)


def _console(width: int, colour: bool) -> Console:
    from rich.console import Console

    return Console(
        file=io.StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        emoji=False,
    )


def _print_section(console: Console, section: Section) -> None:
    if section.columns:
        console.print(_table(section, console.width))
    for note in section.notes:
        console.print(_held(note), style="bold" if section.warning else "dim", markup=False, highlight=False)


def _table(section: Section, width: int) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    for column, room in zip(section.columns, _rooms(section, width), strict=True):
        justify: Literal["left", "right"] = "right" if column.right else "left"
        table.add_column(Text(column.heading), justify=justify, no_wrap=True, overflow="ellipsis", width=room)
    for row in section.rows:
        table.add_row(*map(Text, row))
    return table


def _rooms(section: Section, width: int) -> list[int]:
    """Return the width of every column: what it needs, the widest of those that yield giving way until all fit."""
    rooms = [_needed(section, place) for place in range(len(section.columns))]
    yielding = [place for place, column in enumerate(section.columns) if column.yields]
    excess = sum(rooms) + GAP * (len(rooms) - 1) - width
    for _ in range(excess if yielding else 0):
        rooms[max(yielding, key=lambda place: rooms[place] - len(section.columns[place].heading))] -= 1
    return rooms


def _needed(section: Section, place: int) -> int:
    from rich.cells import cell_len

    return max(cell_len(text) for text in (section.columns[place].heading, *(row[place] for row in section.rows)))
