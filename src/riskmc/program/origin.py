"""Origin: the file that a program was read from, and the line of every place in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from riskmc.program.plain_words import Place

if TYPE_CHECKING:
    from riskmc.program.program import Program

_WORD = "_origin"
Line = int | str
"""A line, from 1, of a text; or the cell of a workbook, ``Activities!C12``."""


class HasLines(Protocol):
    """A text that knows the lines (or a workbook, the cells) of its places."""

    @property
    def file(self) -> str:
        """The file."""

    def lines(self) -> Mapping[Place, Line]:
        """Return the line, from 1, or the cell of every place."""


class Origin:
    """Where the words of a program stand: ``file``, and ``lines`` by place, counted when first asked for.

    ``elsewhere`` gives file and line of what was read from other files, such as a table of ranges.
    """

    def __init__(self, text: HasLines, elsewhere: Mapping[Place, str] | None = None):
        self.file = text.file
        self.elsewhere = elsewhere or {}
        self._text = text

    @cached_property
    def lines(self) -> Mapping[Place, Line]:
        """The line, from 1, or the cell of every place of the file."""
        return self._text.lines()

    def line(self, place: Place) -> Line | None:
        """Return the line or cell of a place; None where the file has no such place."""
        return self.lines.get(place)

    def beside(self, elsewhere: Mapping[Place, str]) -> Origin:
        """Return the same origin with more that was read from other files."""
        return Origin(self._text, {**self.elsewhere, **elsewhere})

    def where(self, place: Place) -> str:
        """Return the file, by its name alone, and the line of a place, or of the deepest part of it that is known."""
        for end in range(len(place), 0, -1):
            if place[:end] in self.elsewhere:
                return self.elsewhere[place[:end]]
            if place[:end] in self.lines:
                return f"{Path(self.file).name}:{self.lines[place[:end]]}"
        return Path(self.file).name

    def __getstate__(self) -> dict[str, object]:
        return {"file": self.file, "lines": self.lines, "elsewhere": self.elsewhere}


def remember(program: Program, origin: Origin) -> None:
    """Let a program know where it was read; a program made from it by `but` or a scenario no longer knows."""
    program.__dict__[_WORD] = origin


def origin_of(program: Program) -> Origin | None:
    """Return where a program was read, or None where it was not read from a file with lines."""
    found: Origin | None = program.__dict__.get(_WORD)
    return found
