"""A program with the risks of its register: `register: risks.xlsx` in a program file, `--register` beside any plan.

What reads registers is imported when a program has one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from riskmc.errors import InputError, Problem
from riskmc.io.plan_lines import PlanLines
from riskmc.program.origin import Origin, origin_of, remember
from riskmc.program.overlay import with_notes
from riskmc.program.plain_words import Place, path_text
from riskmc.program.program import Program
from riskmc.program.reference import broken
from riskmc.program.register import Register

if TYPE_CHECKING:
    from riskmc.io.register.reader import Reading


@dataclass
class Registered:
    """A program with the risks of its register, and what is wrong with them; ``reading`` is None where it has none."""

    program: Program
    problems: list[Problem] = field(default_factory=list)
    reading: Reading | None = None

    def problem(self, place: Place, path: str, text: str) -> Problem | None:
        """Return a fault at the row from which the item at a place was read; None where it stands elsewhere."""
        row = self._rows.get(place[:2]) if self.reading is not None else None
        return None if row is None or self.reading is None else self.reading.sheet.problem(row, None, path, text)

    def elsewhere(self) -> dict[Place, str]:
        """Return file and row of every risk and response that the register holds."""
        if self.reading is None:
            return {}
        sheet = replace(self.reading.sheet, file=Path(self.reading.file).name)
        return {place: sheet.place(row) for place, row in self._rows.items()}

    def __post_init__(self) -> None:
        self._rows = self.reading.places() if self.reading is not None else {}


def registered(
    program: Program,
    file: str | os.PathLike[str],
    strict: bool = False,
    scales: str | os.PathLike[str] | None = None,
) -> Registered:
    """Return a program with the risks of its `register:`, which lies beside ``file`` or where its path says.

    With ``strict``, what a risk is mapped to and the plan does not have is a fault.
    """
    if program.register_ is None:
        return Registered(program)
    wanted = program.register_
    bare = program.model_copy(update={"register_": None})
    try:
        read: Reading = import_module("riskmc.io.register.reader").reading(wanted, bare, scales, Path(file).parent)
    except InputError as error:
        return Registered(bare, list(error.problems))
    problems = [*read.problems, *_taken(bare, read), *(_lost(read) if strict else ())]
    words = {"risks": {**bare.risks, **read.risks}, "responses": {**bare.responses, **read.responses}}
    joined = with_notes(bare.model_copy(update=words), read.notes())
    return Registered(joined, problems, read)


def with_register(
    program: Program,
    file: str | os.PathLike[str],
    register: str | os.PathLike[str],
    scales: str | os.PathLike[str] | None = None,
    strict: bool = False,
) -> Program:
    """Return a program read from ``file`` with the risks of a register beside its own; InputError with every fault.

    Codes that the plan does not have are told in the notes, or are faults with ``strict``.
    """
    asked = program.model_copy(update={"register_": Register(file=os.path.abspath(register))})
    out = registered(asked, file, strict, scales)
    found = [out.problem(place, path_text(place), text) for place, text in broken(out.program)]
    shown = str(Path(os.path.abspath(register)))
    problems = [*out.problems, *(problem for problem in found if problem is not None)]
    if problems:
        raise InputError(replace(item, file=item.file.replace(shown, os.fspath(register))) for item in problems)
    before = origin_of(program) or Origin(PlanLines(os.fspath(file), dict))
    remember(out.program, before.beside(out.elsewhere()))
    return out.program


def _taken(program: Program, reading: Reading) -> Iterator[Problem]:
    """Yield a fault for every risk or response that the program has already."""
    for (section, name), row in reading.places().items():
        if name in getattr(program, str(section)):
            text = f"{section}.{name} is in the program file already"
            yield reading.sheet.problem(row, None, "", text)


def _lost(reading: Reading) -> Iterator[Problem]:
    """Yield a fault for everything that a risk is mapped to and the plan does not have."""
    for row, found in reading.rows:
        for code in found.lost:
            text = f"is mapped to {code!r}, which is not in the plan"
            yield reading.sheet.problem(row, None, found.id, text)
