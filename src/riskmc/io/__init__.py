"""Files to programs and back: one format a module. `read` finds the format by the suffix."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from riskmc.doors import door
from riskmc.io import program_file, workbook
from riskmc.io.plan_file import PLANS, Reader, late, reader
from riskmc.io.range_table import with_table
from riskmc.io.register.joined import with_register
from riskmc.program.program import Program

if TYPE_CHECKING:
    from riskmc.io import starter

READERS: Mapping[str, Reader] = {
    ".yaml": program_file.read,
    ".yml": program_file.read,
    **PLANS,
    **dict.fromkeys(workbook.SUFFIXES, late("workbook.file")),
}
_OVERLAYS = (".yaml", ".yml")

__all__ = ["READERS", "read", "starter"]

if not TYPE_CHECKING:
    __getattr__ = door(__name__, {}, globals(), ("starter",))


def read(
    path: str | os.PathLike[str],
    strict: bool = False,
    ranges: str | os.PathLike[str] | None = None,
    register: str | os.PathLike[str] | None = None,
    scales: str | os.PathLike[str] | None = None,
    three_point: str | Sequence[str] | None = None,
) -> Program:
    """Return the program in a file: a program file (.yaml, .yml) or a plan of a planning tool (.xer).

    With ``strict``, names that the plan below a program file has lost, and patterns that match nothing, are faults;
    else every answer lists them. ``ranges`` is a table (.csv) that `riskmc ranges --csv` wrote; its rows come after the
    file's own rules. ``register`` is a risk register (.xlsx, .csv) whose risks join the file's own; ``scales`` a file
    that says what its words mean. ``three_point`` names the user-defined fields with low, most likely and high
    durations, ``"Min, Likely, Max"``, where they have other than the usual names. Raises InputError with every fault of
    the file, each with its line; also for a suffix that is none of these.
    """
    found = reader(path, READERS)
    own = scales if register is None else None
    yaml = (strict or own is not None) and Path(path).suffix.lower() in _OVERLAYS
    if strict and Path(path).suffix.lower() in workbook.SUFFIXES:
        program = import_module("riskmc.io.workbook.file").read(path, strict)
    else:
        program = program_file.read(path, strict, own) if yaml else found(Path(path))
    if three_point is not None:
        program = import_module("riskmc.io.three_point").with_three_point(program, three_point, path)
    if register is not None:
        program = with_register(program, path, register, scales, strict)
    return program if ranges is None else with_table(program, path, ranges, strict)
