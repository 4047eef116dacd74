"""Plan files of planning tools, over which a program file may lie (`plan: harbour.xer`)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from riskmc.errors import InputError, Problem, nearest
from riskmc.io import xer
from riskmc.program.program import Program

PLANS: Mapping[str, Callable[[Path], Program]] = {".xer": xer.read}


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
