"""A workbook or a table of activities (.xlsx, .xlsm, .csv) as the words of a program, or as a plan below one.

A workbook with the sheets of `sheets` says all that a program file can say; any other sheet of activities is
a bare table, as planning tools export it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from riskmc.errors import InputError, Problem
from riskmc.io.shaping import shaped
from riskmc.io.sheets.cell_source import CellSource
from riskmc.io.sheets.header import spelled
from riskmc.io.sheets.opening import sheets
from riskmc.io.sheets.sheet import Sheet
from riskmc.io.table.reader import table_words
from riskmc.io.three_point import UserFields, with_user_fields
from riskmc.io.workbook.sheets import OTHER, PROGRAM, SHEETS
from riskmc.io.workbook.words_of_sheets import words_of
from riskmc.program.origin import Origin, remember
from riskmc.program.program import Program
from riskmc.program.reference import broken
from riskmc.program.stored import Stored, remember_stored


def source(path: str | os.PathLike[str]) -> CellSource:
    """Return the words of a workbook or a table, each with its cell; InputError where the file cannot be read."""
    file, found = os.fspath(path), sheets(path)
    if not any(sheet.rows or sheet.uncomputed for sheet in found.values()):
        raise InputError([Problem(file, 0, "", "holds no filled cell")])
    title = Path(file).stem.strip() or "Program"
    return words_of(file, found, title) if is_workbook(found) else table_words(file, found, title)


def is_workbook(found: Mapping[str, Sheet]) -> bool:
    """Return True for sheets that are those of a program, and not a table of activities alone."""
    ours = {*SHEETS.by_name, spelled(OTHER.name)}
    general = {spelled(name) for name in (PROGRAM.name, *PROGRAM.also)}
    names = [spelled(name) for name in found]
    return bool({*names} & general) or len({*names} & ours) > 1


def read(path: str | os.PathLike[str]) -> Program:
    """Return the program of a workbook or a table that is a plan itself; InputError with every fault and its cell.

    One that lies over another plan (`plan` in its sheet Program) is read by `file.read` only.
    """
    found = source(path)
    program, problems = shaped(found)
    problems += found.problems
    if program is not None:
        if program.plan is not None:
            problems.append(found.problem(("plan",), "a plan below a plan is not read; name it in the program file"))
        problems += [found.problem(place, message) for place, message in broken(program) if not found.has_lost(place)]
    if problems or program is None:
        raise InputError(dict.fromkeys(problems))
    remember(program, Origin(found))
    return with_more(program, found)


def with_more(program: Program, found: CellSource) -> Program:
    """Return a program that knows what else its table says: the dates of the tool it came from, and other columns."""
    fields = UserFields(found.file, found.fields, frozenset(found.fields_read))
    known = with_user_fields(program, fields) if found.fields else program
    if found.dates:
        remember_stored(known, Stored(found.file, "the table", dict(found.dates)))
    return known
