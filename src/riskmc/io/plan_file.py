"""Plan files of planning tools, over which a program file may lie (`plan: harbour.xer`)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from riskmc.errors import InputError, Problem, joined, nearest
from riskmc.io import mpxj, workbook
from riskmc.program.program import Program

Reader: TypeAlias = Callable[[Path], Program]


def late(module: str) -> Reader:
    """Return the reader of a module, which is imported when it first reads: a command needs one format of many."""

    def read(path: Path) -> Program:
        found: Program = import_module(f"riskmc.io.{module}").read(path)
        return found

    return read


def _by_mpxj(path: Path) -> Program:
    """Return the program of a plan that mpxj reads, as Microsoft Project's for one."""
    found: Program = import_module("riskmc.io.mpxj.reader").read(path, PLANS[".xml"])
    return found


PLANS: Mapping[str, Reader] = {
    ".xer": late("xer.plan"),
    ".xml": late("xml_plan"),
    ".sm": late("rcpsp.psplib"),
    ".mm": late("rcpsp.psplib"),
    ".rcp": late("rcpsp.patterson"),
    **dict.fromkeys(workbook.SUFFIXES, late("workbook.reader")),
    **dict.fromkeys(mpxj.SUFFIXES, _by_mpxj),
}


_SHEET = "a spreadsheet of this kind is not read: save it as .xlsx, or the table of activities as .csv"
_WAYS_OUT = {
    **dict.fromkeys((".xls", ".xlsb", ".ods", ".numbers"), _SHEET),
    ".json": "a program file is YAML: save it with the suffix .yaml (JSON is YAML too)",
}


def read_plan(path: str | os.PathLike[str]) -> Program:
    """Return the program in a plan file, by its suffix; InputError for a suffix that is no planning tool's."""
    return reader(path, PLANS)(Path(path))


def reader(path: str | os.PathLike[str], readers: Mapping[str, Reader]) -> Reader:
    """Return the reader for the suffix of ``path``, or raise InputError saying which suffixes there are."""
    suffix = Path(path).suffix.lower()
    if suffix in readers and not Path(path).is_dir():
        return readers[suffix]
    raise InputError([Problem(os.fspath(path), 0, "", _unreadable(Path(path), suffix, readers))])


def _unreadable(path: Path, suffix: str, readers: Iterable[str]) -> str:
    """Return why nothing reads a file, and the way out."""
    allowed = _allowed(readers)
    if path.is_dir():
        inside = sorted(file.name for file in path.iterdir() if file.suffix.lower() in readers)
        hint = f", such as {path / inside[0]}" if inside else ""
        return f"is a folder; name a file in it ({allowed}){hint}"
    if suffix in _WAYS_OUT:
        return f"{_WAYS_OUT[suffix]}; allowed: {allowed}"
    meant = "" if path.exists() else nearest(suffix, readers)
    return f"unknown kind of file {suffix or 'without a suffix'!r}{joined(meant, f'allowed: {allowed}')}"


def _allowed(readers: Iterable[str]) -> str:
    """Return the suffixes that are read, of those that mpxj reads the best known alone."""
    own = [suffix for suffix in readers if suffix not in mpxj.SUFFIXES]
    others = [suffix for suffix in readers if suffix in mpxj.SUFFIXES]
    return " ".join(own) + (f", and through mpxj {others[0]} and {len(others) - 1} more" if others else "")
