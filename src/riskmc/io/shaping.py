"""Words to a program: data whose every place is known becomes a Program; all its faults are found in one pass.

A YAML file, a workbook and a table are all read this way: what differs is only where a place stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from pydantic import ValidationError

from riskmc.errors import Problem
from riskmc.program.origin import Line
from riskmc.program.plain_words import IS_MISSING, Place, faults_in
from riskmc.program.program import Program

_MOST_ROUNDS = 60


class Told(Protocol):
    """The words of a file: plain data, where each of them stands, and the faults of their form."""

    file: str
    problems: list[Problem]
    taken_out: list[Place]

    def plain(self) -> dict[str, Any]:
        """Return the data: mappings, lists and texts."""

    def lines(self) -> Mapping[Place, Line]:
        """Return the line, or the cell, of every place."""

    def problem(self, place: Place, message: str) -> Problem:
        """Return a fault at a place."""

    def take_out(self, places: Iterable[Place]) -> bool:
        """Take what stands at these places (or at the deepest part there is) out of the data; False if nothing does."""

    def has_lost(self, place: Place) -> bool:
        """Return True where something at or below ``place`` was taken out."""

    def identifiers(self, place: Place) -> Iterator[tuple[str, int, bool]]:
        """Yield key, line, and whether the key lacks the quotes it needs, of the mapping at ``place``."""


def shaped(found: Told) -> tuple[Program | None, list[Problem]]:
    """Return the program, without its faulty parts, and their faults; None where nothing can be made of it."""
    problems: list[Problem] = []
    data = found.plain()
    for _ in range(_MOST_ROUNDS):
        try:
            return Program.model_validate(data), problems
        except ValidationError as error:
            faults = list(faults_in(error, Program))
        problems += [found.problem(place, message) for place, message in faults if not found.has_lost(place)]
        if not found.take_out(place[:-1] if message == IS_MISSING else place for place, message in faults):
            break
        data = {"program": "?", **found.plain()}
    return None, problems
