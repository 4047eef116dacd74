"""The sheets of a workbook -> the words of a program, each with its cell: what `sheets` says stands where."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from riskmc.errors import ArgumentError, joined, nearest
from riskmc.io.sheets.activities import UNRESOLVED, activity_names, activity_places, resolve_links, set_range, tokens
from riskmc.io.sheets.cell_source import CellSource, Spot
from riskmc.io.sheets.cell_text import ERRORS
from riskmc.io.sheets.header import FORMULAS, sound, spelled
from riskmc.io.sheets.sheet import Row, Sheet, cell_name
from riskmc.io.workbook.grid import Grid, grid
from riskmc.io.workbook.layout import Column, Each, Key, Layout
from riskmc.io.workbook.sheets import OTHER, PROGRAM, SHEETS, UNREAD
from riskmc.io.workbook.words import place_of, said
from riskmc.program.link import unquoted
from riskmc.program.plain_words import Place

ALONE = "plan"
_SIMILAR = 0.85
HOME = "Project"
_WITH_SHEETS = {str(layout.pattern[0]) for layout in SHEETS.layouts if len(layout.pattern) == 2 and layout.keys}


def words_of(file: str, sheets: Mapping[str, Sheet], title: str) -> CellSource:
    """Return the words of a workbook; the faults of its form are among their ``problems``."""
    found = CellSource(file)
    found.put(("program",), title, (next(iter(sheets.values())), 1, None))
    chosen = _chosen(sheets, found)
    if PROGRAM.name in chosen:
        _general(chosen[PROGRAM.name], found)
    for layout in SHEETS.layouts:
        if layout.name in chosen:
            (_Links if layout.name == "Links" else _Reading)(layout, found).read(chosen[layout.name])
    resolve_links(found)
    if OTHER.name in chosen:
        _others(chosen[OTHER.name], found)
    found.put_notes((next(iter(sheets.values())), 1, None))
    return found


def _chosen(sheets: Mapping[str, Sheet], found: CellSource) -> dict[str, Sheet]:
    """Return the sheets that are read, by the name of their layout; others are noted, near misses refused."""
    names = {**{key: layout.name for key, layout in SHEETS.by_name.items()}, spelled(OTHER.name): OTHER.name}
    names |= {spelled(name): PROGRAM.name for name in (PROGRAM.name, *PROGRAM.also)}
    chosen: dict[str, Sheet] = {}
    for sheet in sheets.values():
        name = names.get(spelled(sheet.name))
        spot = (sheet, 1, None)
        if name is None:
            _stranger(sheet, names, found)
        elif name in chosen:
            found.fault(spot, "", f"this sheet and {chosen[name].name!r} both hold the {name.lower()}; keep one")
        else:
            chosen[name] = sheet
    return chosen


def _stranger(sheet: Sheet, names: Mapping[str, str], found: CellSource) -> None:
    """Tell of a sheet that is none of ours: a fault where its name is nearly one of ours, else a note."""
    name = spelled(sheet.name)
    if not sheet.rows or name in UNREAD:
        return
    close = get_close_matches(name, names, n=1, cutoff=_SIMILAR)
    if close:
        told = f"unknown sheet {sheet.name!r}; did you mean {names[close[0]]!r}? A sheet of your own needs another name"
        found.fault((sheet, 1, None), "", told)
    else:
        found.note("sheets of other names are not read", sheet.name)


def _general(sheet: Sheet, found: CellSource) -> None:
    """Read the sheet of key and value: the name of a word, and beside it what it says."""
    seen: dict[Column, str] = {}
    for row in sheet.rows:
        cells = sorted(row.texts.items())
        name, rest = cells[0][1], [cell for cell in cells[1:] if cell[0] == cells[0][0] + 1]
        part = PROGRAM.known.get(spelled(name))
        spot = (sheet, row.number, rest[0][0] if rest else cells[0][0])
        formula = (row.number, cells[0][0] + 1) in sheet.uncomputed
        if not isinstance(part, Column):
            hint = nearest(name.strip().capitalize(), PROGRAM.headings)
            if rest and spelled(rest[0][1]) != "value" and not name.startswith("("):
                told = joined(hint, f"known: {', '.join(PROGRAM.headings)}")
                found.fault(spot, "", f"unknown word {name!r}{told}")
        elif part in seen:
            found.fault(spot, name, f"is said twice; first in {seen[part]}")
        elif formula or (rest and rest[0][1] in ERRORS):
            held = "a formula without a result" if formula else f"the error {rest[0][1]}"
            found.fault(spot, name, f"the cell holds {held}")
        elif rest:
            seen[part] = cell_name(row.number, rest[0][0])
            if (row.number, rest[0][0]) in sheet.computed:
                found.note(FORMULAS, f"{sheet.name}!{seen[part]}")
            found.put(part.place, said(part.kind, rest[0][1]), spot)


def _others(sheet: Sheet, found: CellSource) -> None:
    """Read the sheet of paths and values, which holds what no other sheet has a column for."""
    seen = grid(sheet, OTHER, found)
    sound(sheet, seen.columns, seen.rows, found)
    columns = {part.heading: number for number, part in seen.columns.items()}
    for row in seen.rows:
        path, text = (row.texts.get(columns.get(name, -1), "") for name in ("Path", "Value"))
        spot = (sheet, row.number, columns.get("Value"))
        try:
            found.put(place_of(path), said("any", text), spot)
        except ArgumentError as error:
            found.fault(spot, "", str(error))


class _Reading:
    """The reading of one sheet: each row becomes an item at its place."""

    def __init__(self, layout: Layout, found: CellSource):
        self.layout = layout
        self.found = found
        self.first: dict[Place, int] = {}
        self.homes = frozenset(found.get(("projects",)) or ())

    def read(self, sheet: Sheet) -> None:
        """Read all rows of a sheet."""
        seen = grid(sheet, self.layout, self.found)
        sound(sheet, seen.columns, seen.rows, self.found)
        missing = [key.heading for key in self.layout.keys if key not in seen.columns.values()]
        if seen.rows and missing and missing != [HOME]:
            spot = (sheet, seen.head, None)
            self.found.fault(spot, "", f"the sheet needs a column {missing[0]!r}")
            return
        for row in seen.rows:
            if any(number in seen.columns for number in row.texts):
                self._row(seen, row)

    def _row(self, seen: Grid, row: Row) -> None:
        """Put the words of one row; a row without its keys is a fault."""
        texts = {part: row.texts[number] for number, part in seen.columns.items() if number in row.texts}
        columns = {part: number for number, part in seen.columns.items()}
        place = self._place(texts, (seen.sheet, row.number, None))
        if place is None:
            return
        if self.layout.listed:
            place = (*place[:-1], len(self.found.get(place[:-1]) or ()))
        elif place in self.first:
            spot = (seen.sheet, row.number, columns.get(self.layout.keys[-1]))
            self.found.fault(spot, str(place[-1]), f"is said twice; first in row {self.first[place]}")
            return
        self.first[place] = row.number
        if self.layout.columns[0].place:
            self.found.begin(place, (seen.sheet, row.number, None))
        for part, text in texts.items():
            if isinstance(part, Column):
                self._put(place, part, text, (seen.sheet, row.number, columns[part]))
        if self.layout.coded:
            set_range(self.found, place)

    def _put(self, place: Place, part: Column, text: str, spot: Spot) -> None:
        """Put one word; a range in the column of a plain value is the range."""
        inner: Place = part.place
        if part.kind == "links":
            for number, token in enumerate(tokens(text)):
                self.found.put((*place, *inner, number), {UNRESOLVED: token}, spot)
            return
        if inner[-1:] == ("plan",) and "(" in text:
            inner = (*inner[:-1], "range")
        self.found.put((*place, *inner), said(part.kind, text), spot)

    def _place(self, texts: Mapping[Any, str], spot: Spot) -> Place | None:
        """Return the place of a row by its keys; None, with a fault, where one is missing or names nothing."""
        place: Place = ()
        for part in self.layout.pattern:
            if not isinstance(part, Key):
                place = (*place, 0 if isinstance(part, Each) else part)
                continue
            name = self._name(part, texts, place)
            if name is None:
                self.found.fault(spot, part.heading, f"the row names no {part.heading.lower()}")
                return None
            if self._is_lost(name, place):
                hint = self.found.hint(name, self.found.get(place) or ())
                self.found.fault(spot, part.heading, f"unknown {part.heading.lower()} {name!r}{hint}")
                return None
            place = (*place, name)
        return place

    def _name(self, part: Key, texts: Mapping[Any, str], place: Place) -> str | None:
        """Return the text of a key; a project that is not named is the only one there is."""
        text = texts.get(part)
        if text is not None or part.heading != HOME:
            return None if text is None else unquoted(text)
        homes = list(self.found.get(place) or ())
        return homes[0] if len(homes) == 1 else None if homes else ALONE

    def _is_lost(self, name: str, place: Place) -> bool:
        """Return True where a row hangs on an item that its own sheet does not have."""
        hangs = len(place) == 1 and len(self.layout.pattern) > 2 and place[0] in _WITH_SHEETS
        if not hangs or self.found.get(("plan",)) is not None:
            return False
        if place == ("projects",):
            return bool(self.homes) and name not in self.homes
        return name not in (self.found.get(place) or ())


class _Links(_Reading):
    """The reading of the sheet of links: each row hangs on its successor, which may be named by its path."""

    def _place(self, texts: Mapping[Any, str], spot: Spot) -> Place | None:
        """Return the place of a link among those of its successor; None, with a fault, where there is none."""
        home, key = self.layout.keys
        if key not in texts:
            self.found.fault(spot, key.heading, f"the row names no {key.heading.lower()}")
            return None
        name, project = unquoted(texts[key]), texts.get(home)
        places = activity_places(self.found, name, project and unquoted(project))
        if len(places) == 1:
            return (*places[0], "after", 0)
        if self.found.get(("plan",)) is not None and not places:
            first, dot, rest = name.partition(".")
            split = (project, name) if project or not dot else (first, rest)
            return ("projects", split[0] or ALONE, "activities", split[1], "after", 0)
        hint = self.found.hint(name, activity_names(self.found))
        told = f"{name!r} is not unique; name its project too" if places else f"unknown activity {name!r}{hint}"
        self.found.fault(spot, key.heading, told)
        return None
