"""Files to programs and back: one format a module. `read` finds the format by the suffix."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from riskmc.io import program_file
from riskmc.io.plan_file import PLANS, reader
from riskmc.io.range_table import with_table
from riskmc.program.program import Program

READERS: Mapping[str, Callable[[Path], Program]] = {".yaml": program_file.read, ".yml": program_file.read, **PLANS}
_OVERLAYS = (".yaml", ".yml")

__all__ = ["READERS", "read"]


def read(path: str | os.PathLike[str], strict: bool = False, ranges: str | os.PathLike[str] | None = None) -> Program:
    """Return the program in a file: a program file (.yaml, .yml) or a plan of a planning tool (.xer).

    With ``strict``, names that the plan below a program file has lost, and patterns that match nothing, are faults;
    else every answer lists them. ``ranges`` is a table (.csv) that `riskmc ranges --csv` wrote; its rows come after the
    file's own rules. Raises InputError with every fault of the file, each with its line; also for a suffix that is none
    of these.
    """
    found = reader(path, READERS)
    yaml = strict and Path(path).suffix.lower() in _OVERLAYS
    program = program_file.read(path, strict) if yaml else found(Path(path))
    return program if ranges is None else with_table(program, path, ranges, strict)
