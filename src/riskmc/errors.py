"""Errors of riskmc: what is wrong, what was found, what is allowed, and where.

    RiskmcError
    ├── InputError        a file could not be read, or holds faults; carries every Problem found
    ├── ProgramError      a program cannot be compiled: a cycle, an unknown name, an overflow
    ├── UnsupportedError  the chosen engine cannot honour what the program asks for
    ├── DeadlockError     work can never start, for its units never come; names what each activity lacks
    └── ArgumentError     a function was called with a value that has no meaning (also a ValueError)

A message names the thing, the value, the rule and the place, for example
``program.yaml:41: projects.design.survey.duration: low <= mode <= high must hold, got 30d, 20d, 45d``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest


class RiskmcError(Exception):
    """Base of every error that riskmc raises on purpose."""


@dataclass(frozen=True, order=True)
class Problem:
    """One fault of an input: where it stands and what is wrong with it."""

    file: str
    line: int
    path: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.path, self.message) if part)


class InputError(RiskmcError):
    """A file cannot be read as a program; ``problems`` lists all its faults."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = tuple(sorted(problems, key=_in_order))
        super().__init__("\n".join(map(str, self.problems)))


def _in_order(problem: Problem) -> tuple[str, int, str, str]:
    """Return a key that sorts faults by file and line, and the cells of a workbook by their numbers: C2 before C12."""
    place = re.sub(r"\d+", lambda digits: digits[0].zfill(7), problem.file)
    return place, problem.line, problem.path, problem.message


class ProgramError(RiskmcError):
    """A program that reads well cannot be compiled; ``faults`` lists every reason as ``(path, message)``.

    ``places`` says for each fault where it stands, ``harbour.yaml:41``, for a program that knows where it was read.
    """

    def __init__(self, faults: Iterable[tuple[str, str]], places: Iterable[str] = ()):
        self.faults = tuple(faults)
        self.places = tuple(places)
        told = zip_longest(self.places, self.faults, fillvalue="")
        super().__init__("\n".join(": ".join(part for part in (place, *fault) if part) for place, fault in told))

    @classmethod
    def at(cls, path: str, message: str) -> ProgramError:
        """Return the error of a single fault."""
        return cls([(path, message)])


class UnsupportedError(RiskmcError):
    """The engine cannot honour something the program asks for; the text names it and the way out."""


class DeadlockError(RiskmcError):
    """A replication can never finish: the text names what is blocked and which units it lacks.

    ``path`` is what in the program says so, as ``resources.crew.staffing``, or an empty text.
    """

    def __init__(self, text: str, path: str = ""):
        self.text, self.path = text, path
        super().__init__(f"{path}: {text}" if path else text)


class ArgumentError(RiskmcError, ValueError):
    """An argument has no meaning here; the text says what is allowed."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``"; did you mean 'x'?"`` for the known word closest to ``word``, or an empty string."""
    words = list(known)
    holding = [name for name in words if word in re.split(r"\W|_", name)]  # `gates`, of `quality_gates`
    close = holding if len(holding) == 1 else difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""


def joined(hint: str, more: str) -> str:
    """Return a hint that may be empty and what follows it: `` Known: a, b`` after a question, else ``; known: a``."""
    return f"{hint} {more[:1].upper()}{more[1:]}" if hint.endswith("?") else f"{hint}; {more}"
