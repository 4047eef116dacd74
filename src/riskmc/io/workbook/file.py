"""A workbook as a program file: read with all its sheets, laid over its `plan:` where the sheet Program names one."""

from __future__ import annotations

import os

from riskmc.io.program_file import program_of
from riskmc.io.workbook.reader import source, with_more
from riskmc.program.garbage import without_collections
from riskmc.program.program import Program


def read(path: str | os.PathLike[str], strict: bool = False) -> Program:
    """Return the program in a workbook or a table of activities (.xlsx, .xlsm, .csv).

    ``strict`` is that of `program_file.read`. Raises InputError with every fault, each with its cell.
    """
    with without_collections():
        found = source(path)
        return with_more(program_of(found, strict), found)
