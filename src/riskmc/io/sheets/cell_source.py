"""Words out of cells: the data of a workbook or a table, and the cell in which each of its words stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from riskmc.errors import Problem, nearest
from riskmc.io.findings import with_items
from riskmc.io.sheets.sheet import Sheet, cell_name
from riskmc.io.three_point import Said
from riskmc.program.origin import Line
from riskmc.program.plain_words import Place, path_text
from riskmc.program.stored import StoredDates

Spot = tuple[Sheet, int, int | None]
"""A sheet, a row, and a column; None for the row as a whole."""


_MOST_HINTS = 20


class CellSource:
    """A tree of words under construction, then read: ``put`` a word at its place with the cell it came from."""

    def __init__(self, file: str):
        self.file = file
        self.problems: list[Problem] = []
        self.taken_out: list[Place] = []
        self.notes: dict[str, list[str]] = {}
        self.dates: dict[str, StoredDates] = {}
        self.fields: dict[str, dict[str, Said]] = {}
        self.fields_read: set[str] = set()
        self._data: dict[str, Any] = {}
        self._cells: dict[Place, Spot] = {}
        self._items: dict[Place, Place] = {}
        self._numbers: dict[Place, list[int]] = {}
        self._lost: set[Place] = set()

    # ------------------------------------------------------------------ building

    def begin(self, place: Place, spot: Spot) -> None:
        """Let an item begin at a row: its faults are told by the words inside it."""
        self._container(place)
        self._items[place] = place
        self._cells[place] = spot

    def put(self, place: Place, value: Any, spot: Spot) -> None:
        """Put a word at its place; the parts of a list or mapping come from the same cell."""
        if not place:
            return
        home, last = self._container(place[:-1], place[-1]), place[-1]
        if isinstance(home, list):
            home.append(value)
        elif not isinstance(home.get(last), dict) or isinstance(value, dict):  # `yes` says less than what is inside
            home[last] = value
        for end in range(len(place), 0, -1):  # a word stands where its first part stands
            if end < len(place) and place[:end] in self._cells:
                break
            self._cells[place[:end]] = spot

    def get(self, place: Place) -> Any:
        """Return what stands at a place, or None."""
        found: Any = self._data
        for part in place:
            found = _inside(found, part)
        return found

    def spot(self, place: Place) -> Spot | None:
        """Return the cell of a place, where it has one of its own."""
        return self._cells.get(place)

    def fault(self, spot: Spot, path: str, message: str) -> None:
        """Keep a fault at a cell."""
        sheet, row, column = spot
        self.problems.append(sheet.problem(row, column, path, message))

    def hint(self, word: str, known: Iterable[str]) -> str:
        """Return `nearest` while there are few faults: looking among thousands of names for each of many takes long."""
        return nearest(word, known) if len(self.problems) < _MOST_HINTS else ""

    def note(self, sentence: str, *items: str) -> None:
        """Keep a note; the items of equal sentences are listed together."""
        self.notes.setdefault(sentence, []).extend(items)

    def put_notes(self, spot: Spot) -> None:
        """Put the notes among the words, each with the number of its items and the first of them."""
        for sentence, items in self.notes.items():
            self.put(("notes", 0), with_items(sentence, items), spot)

    def _container(self, place: Place, inside: str | int = "") -> Any:
        """Return the mapping or list at a place, made where there is none: a list where it is numbers that count."""
        found: Any = self._data
        for number, part in enumerate(place):
            inner = _inside(found, part)
            if not isinstance(inner, dict | list):
                following = place[number + 1] if number + 1 < len(place) else inside
                inner = [] if isinstance(following, int) else {}
                _set(found, part, inner)
            found = inner
        return found

    # ------------------------------------------------------------------ being read

    def plain(self) -> dict[str, Any]:
        """Return the data: mappings, lists and texts."""
        return self._data

    def lines(self) -> dict[Place, Line]:
        """Return the cell of every place: ``Activities!C12``, or the line in a text."""
        return {place: _line(spot) for place, spot in self._cells.items()}

    def problem(self, place: Place, message: str) -> Problem:
        """Return a fault at a place: its cell, and the words inside its row."""
        whole = self._original(place)
        known = next((whole[:end] for end in range(len(whole), 0, -1) if whole[:end] in self._cells), ())
        item = next((whole[:end] for end in range(len(whole), 0, -1) if whole[:end] in self._items), ())
        path = path_text(place[len(item) :] or place[-1:])
        if not known:
            return Problem(self.file, 0, path_text(place), message)
        sheet, row, column = self._cells[known]
        return sheet.problem(row, column, path, message)

    def take_out(self, places: Iterable[Place]) -> bool:
        """Take what stands at these places (or at the deepest part there is) out of the data; False if nothing does."""
        found = sorted({self._existing(place) for place in places} - {()}, key=_order, reverse=True)
        for place in found:  # later items first: the numbers of the earlier ones still hold
            home = self.get(place[:-1])
            if isinstance(home, list) and isinstance(place[-1], int):
                whole = self._original(place[:-1])
                del self._numbers.setdefault(whole, list(range(len(home))))[place[-1]]
                del home[place[-1]]
            elif isinstance(home, dict):
                home.pop(place[-1], None)
        self.taken_out += found
        self._lost.update(place[:end] for place in found for end in range(len(place) + 1))
        return bool(found)

    def has_lost(self, place: Place) -> bool:
        """Return True where something at or below ``place`` was taken out, so that a fault there may follow from it."""
        return place in self._lost

    def identifiers(self, place: Place) -> Iterator[tuple[str, int, bool]]:
        """Yield key and row of the mapping at ``place``; in a cell a code needs no quotes."""
        found = self.get(place)
        for key in found if isinstance(found, dict) else ():
            yield key, 0, False

    def _existing(self, place: Place) -> Place:
        """Return the deepest part of ``place`` that the data has."""
        found: Any = self._data
        for end, part in enumerate(place):
            found = _inside(found, part)
            if found is None:
                return place[:end]
        return place

    def _original(self, place: Place) -> Place:
        """Return a place by the numbers that the items of its lists had when they were read."""
        whole: Place = ()
        for part in place:
            numbers = self._numbers.get(whole)
            whole = (*whole, numbers[part] if numbers and isinstance(part, int) and part < len(numbers) else part)
        return whole


def _inside(found: Any, part: str | int) -> Any:
    if isinstance(found, list):
        return found[part] if isinstance(part, int) and -1 < part < len(found) else None
    return found.get(part) if isinstance(found, dict) else None


def _set(found: Any, part: str | int, value: Any) -> None:
    if isinstance(found, list):
        found.append(value)
    else:
        found[part] = value


def _line(spot: Spot) -> Line:
    sheet, row, column = spot
    if not sheet.name:
        return row
    return f"{sheet.name}!{row if column is None else cell_name(row, column)}"


def _order(place: Place) -> list[tuple[int, str]]:
    """Return a key that sorts places like the numbers and words they are made of."""
    return [(part, "") if isinstance(part, int) else (0, str(part)) for part in place]
