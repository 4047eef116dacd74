"""Plan files of planning tools, over which a program file may lie (`plan: harbour.xer`)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from riskmc.errors import InputError, Problem, nearest
from riskmc.io import xer
from riskmc.program.program import Program


def _xer(path: Path) -> Program:
    """Return the program of an XER file, with what its reader left out or assumed among its notes."""
    program, notes = xer.read_with_notes(path)
    return program.model_copy(update={"notes": (*program.notes, *notes)})


PLANS: Mapping[str, Callable[[Path], Program]] = {".xer": _xer}


def read_plan(path: str | os.PathLike[str]) -> Program:
    """Return the program in a plan file, by its suffix; InputError for a suffix that is no planning tool's."""
    return reader(path, PLANS)(Path(path))


def reader(path: str | os.PathLike[str], readers: Mapping[str, Callable[[Path], Program]]) -> Callable[[Path], Program]:
    """Return the reader for the suffix of ``path``, or raise InputError saying which suffixes there are."""
    suffix = Path(path).suffix.lower()
    if suffix not in readers:
        hint = nearest(suffix, readers)
        message = f"unknown kind of file {suffix or 'without a suffix'!r}{hint}; allowed: {' '.join(readers)}"
        raise InputError([Problem(os.fspath(path), 0, "", message)])
    return readers[suffix]
