"""Locating faults: the file and line of what a compile step refuses, for a program that knows where it was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from riskmc.errors import DeadlockError, ProgramError
from riskmc.program.origin import Line, Origin, origin_of
from riskmc.program.plain_words import path_text

if TYPE_CHECKING:
    from riskmc.program.program import Program


@contextmanager
def located(program: Program) -> Iterator[None]:
    """Add file and line to the faults of ``program``, and of what a scenario makes of it, raised inside."""
    try:
        yield
    except ProgramError as error:
        origin = origin_of(program)
        if origin is None or error.places:
            raise
        lines = _lines(origin)
        places = [_place(program, origin, lines, path) for path, _ in error.faults]
        raise ProgramError(error.faults, places) from error.__cause__
    except DeadlockError as error:
        origin = origin_of(program)
        if origin is None or not error.path or str(error).startswith(origin.file):
            raise
        place = _place(program, origin, _lines(origin), error.path)
        raise DeadlockError(error.text, f"{place}: {error.path}") from None


def _lines(origin: Origin) -> dict[str, Line]:
    """Return the lines of a file by path."""
    return {path_text(place): line for place, line in origin.lines.items()}


def _place(program: Program, origin: Origin, lines: Mapping[str, Line], path: str) -> str:
    """Return ``harbour.yaml:41``, the file alone where no line says it, nothing for work that a plan file brought."""
    activity = next((path[:end] for end in _ends(path) if path[:end] in program.activities()), "")
    home = f"projects.{program.project_of(activity)}." if activity else ""
    whole = f"{home}activities.{path[len(home) - len('projects.') :]}" if activity else path
    least = len(whole) - len(path) + len(activity) if activity else 1
    line = next((lines[whole[:end]] for end in _ends(whole) if end >= least and whole[:end] in lines), None)
    if line is None:
        return "" if activity else origin.file
    return f"{origin.file}:{line}"


def _ends(path: str) -> Iterator[int]:
    """Yield where the parts of a path end, the whole of it first."""
    yield len(path)
    yield from (end for end in range(len(path) - 1, 0, -1) if path[end] in ".[")
