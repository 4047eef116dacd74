"""A program -> a workbook (.xlsx) that says all of it, and from which an equal one is read; same program, same bytes.

Numbers are numbers, dates are dates, and text is text: what looks like a formula is never one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from riskmc.errors import ArgumentError
from riskmc.io.sheets.activities import tokens
from riskmc.io.sheets.links import link_of
from riskmc.io.sheets.sheet import LONGEST_TEXT
from riskmc.io.workbook.book import Book, Line, Table
from riskmc.io.workbook.form import spread
from riskmc.io.workbook.layout import EACH, Column, Key, Layout, Pattern
from riskmc.io.workbook.sheets import OTHER, PROGRAM, SHEETS
from riskmc.io.workbook.words import Cell, any_text, inside, path_of, survives
from riskmc.program.link import Link, unquoted
from riskmc.program.noun import Data
from riskmc.program.plain_words import Place
from riskmc.program.program import Program

_MOST_CODES = 200
_MOST_ROWS = 1_048_575
_ALWAYS = ("Activities",)
Found = tuple[tuple[str, ...], Place, Any]
"""The keys of a row, the place of its item, and the item."""


def write(program: Program, path: str | os.PathLike[str]) -> None:
    """Write the program to a workbook, from which `workbook.read` makes an equal one."""
    content = dumps(program)
    Path(path).write_bytes(content)


def dumps(program: Program) -> bytes:
    """Return the workbook of a program; ArgumentError where a text or a sheet is longer than a workbook can hold."""
    return Book(tables(program)).content()


def tables(program: Program) -> list[Table]:
    """Return the sheets of the workbook of a program: those that say anything."""
    writing = _Writing(spread(program))
    general = Table(PROGRAM.name, ("Word", "Value"), list(writing.general()), frozen=0)
    found = [writing.table(layout) for layout in SHEETS.layouts]
    filled = [table for table in found if table.lines or table.name in _ALWAYS]
    others = Table(OTHER.name, ("Path", "Value"), list(writing.others()))
    return [general, *filled, *([others] if others.lines else [])]


class _Writing:
    """The writing of one program: its words, and the places of those that some sheet has said."""

    def __init__(self, words: Data):
        self.words = words
        self.said: set[Place] = set()
        self.known = frozenset(_references(words))

    def general(self) -> Iterator[Line]:
        """Yield the lines of the sheet Program."""
        for part in PROGRAM.columns:
            cell = self._cell(self.words, (), part)
            if cell is not None:
                yield (Cell(part.heading), cell)

    def table(self, layout: Layout) -> Table:
        """Return one sheet: a row for each item, and the columns that any of them fills."""
        columns = [*layout.columns, *(self._codes(layout) if layout.coded else [])]
        rows: list[tuple[list[Cell], dict[Column, Cell]]] = []
        for keys, place, item in self._sayable(layout):
            cells = {part: cell for part in columns if (cell := self._cell(item, place, part)) is not None}
            self.said.update(place[:end] for end in range(1, len(place) + 1))
            rows.append(([Cell(key, "@") for key in keys], cells))
        if len(rows) > _MOST_ROWS:
            raise ArgumentError(f"{layout.name}: a sheet holds {_MOST_ROWS:,} rows, and this would need {len(rows):,}")
        filled = {part for _, cells in rows for part in cells}
        shown = [part for part in columns if part in filled]
        lines: list[Line] = [(*keys, *(cells.get(part) for part in shown)) for keys, cells in rows]
        heads = (*(key.heading for key in layout.keys), *(part.heading for part in shown))
        return Table(layout.name, heads or tuple(layout.headings), lines, kinds=("", *(part.kind for part in shown)))

    def others(self) -> Iterator[Line]:
        """Yield path and value of all that no sheet has said."""
        for place, value in self._left(self.words, ()):
            path, text = path_of(place), any_text(value)
            if max(len(path), len(text)) > LONGEST_TEXT:
                told = f"{path[:200]}: a cell holds {LONGEST_TEXT:,} characters, and this would need {len(text):,}"
                raise ArgumentError(told)
            yield (Cell(path, "@"), Cell(text, "@"))

    def _left(self, value: Any, place: Place) -> Iterator[tuple[Place, Any]]:
        """Yield the places and single values below a place that are not said yet; an empty mapping is one too."""
        if isinstance(value, dict | list) and value:
            pairs = value.items() if isinstance(value, dict) else enumerate(value)
            for part, inner in pairs:
                below = (*place, part if isinstance(part, int) and isinstance(value, list) else str(part))
                if below not in self.said or isinstance(inner, dict | list):
                    yield from self._left(inner, below) if not self._is_whole(below) else ()
        elif place not in self.said:
            yield place, value

    def _is_whole(self, place: Place) -> bool:
        """Return True where one cell has said a list or a mapping as a whole."""
        return (*place, "") in self.said

    def _sayable(self, layout: Layout) -> list[Found]:
        """Return keys, place and item of every row; none of a list where one of its rows would say nothing."""
        found = list(_items(self.words, layout.pattern, (), ()))
        if not layout.listed:
            return found
        found = [row for row in found if not self._is_whole(row[1][:-1])]
        silent = {place[:-1] for _, place, item in found if not self._speaks(item, layout)}
        return [(keys, place, item) for keys, place, item in found if place[:-1] not in silent]

    def _speaks(self, item: Any, layout: Layout) -> bool:
        return any(_value(item, part) is not None for part in layout.columns)

    def _cell(self, item: Any, place: Place, part: Column) -> Cell | None:
        """Return the cell of one word, having noted that it is said."""
        cell = self._links(item, part) if part.kind == "links" else _value(item, part)
        if cell is None:
            return None
        whole: Place = (*place, *part.place)
        self.said.add(whole)
        if part.kind in ("names", "pairs", "any", "links"):
            self.said.add((*whole, ""))
        return cell

    def _links(self, item: Data, part: Column) -> Cell | None:
        """Return the links of an activity in one cell, ``survey; permits SS+5d``; None where they say more."""
        links = [Link(**words) for words in item.get(str(part.place[0]), ())]
        text = "; ".join(map(str, links))
        if not links or not survives(text):
            return None
        read = [link_of(token, self.known.__contains__) for token in tokens(text)]
        alike = [isinstance(words, dict) and Link(**words) for words in read] == links
        return Cell(text, "@") if alike else None

    def _codes(self, layout: Layout) -> list[Column]:
        """Return a column for each activity code, in order; those that make no heading are said elsewhere."""
        items = [item for _, _, item in _items(self.words, layout.pattern, (), ())]
        names = dict.fromkeys(name for item in items for name in item.get("codes", {}))
        fit = [name for name in names if survives(f"Code: {name}") and name == name.strip() and name]
        return [Column(f"Code: {name}", ("codes", name)) for name in fit[:_MOST_CODES]]


def _references(words: Data) -> Iterator[str]:
    """Yield what a link may call an activity: its name alone, or its path."""
    for home, project in words.get("projects", {}).items():
        for name in project.get("activities", {}):
            yield from (str(name), f"{home}.{name}")


def _items(value: Any, pattern: Pattern, keys: tuple[str, ...], place: Place) -> Iterator[Found]:
    """Yield keys, place and item of everything that a pattern reaches, but what no cell can name."""
    if not pattern:
        yield keys, place, value
        return
    part, rest = pattern[0], pattern[1:]
    if isinstance(part, str):
        if isinstance(value, dict) and part in value:
            yield from _items(value[part], rest, keys, (*place, part))
    elif part is EACH:
        for number, item in enumerate(value if isinstance(value, list) else ()):
            yield from _items(item, rest, keys, (*place, number))
    elif isinstance(part, Key) and isinstance(value, dict):
        for name, item in value.items():
            text = str(name)
            if survives(text) and unquoted(text) == text:
                yield from _items(item, rest, (*keys, text), (*place, text))


def _value(item: Any, part: Column) -> Cell | None:
    """Return the cell of a word of an item; None where it says nothing, or a cell would not give it back."""
    found = item
    for step in part.place:
        if isinstance(step, int):
            found = found[step] if isinstance(found, list) and step < len(found) else None
        else:
            found = found.get(step) if isinstance(found, dict) else None
    if found is None or part.kind in ("links", "point"):
        return None
    return inside(part.kind, found)
