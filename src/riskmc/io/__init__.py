"""Files to programs and back: one format a module. `read` finds the format by the suffix."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from riskmc.io import program_file
from riskmc.io.plan_file import PLANS, reader
from riskmc.program.program import Program

READERS: Mapping[str, Callable[[Path], Program]] = {".yaml": program_file.read, ".yml": program_file.read, **PLANS}

__all__ = ["READERS", "read"]


def read(path: str | os.PathLike[str]) -> Program:
    """Return the program in a file: a program file (.yaml, .yml) or a plan of a planning tool (.xer).

    Raises InputError with every fault of the file, each with its line; also for a suffix that is none of these.
    """
    return reader(path, READERS)(Path(path))
