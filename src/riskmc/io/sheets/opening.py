"""Sheets of a file: those of a workbook (.xlsx, .xlsm) by name, or the one table of a text (.csv, .tsv) under "".

Formulas are never computed: what the spreadsheet stored as their result counts.
"""

from __future__ import annotations

import os
from pathlib import Path

from riskmc.errors import InputError, Problem
from riskmc.io.sheets.csv_source import text_table
from riskmc.io.sheets.sheet import Sheet
from riskmc.io.sheets.xlsx_source import workbook

_OLD = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"


def sheets(path: str | os.PathLike[str]) -> dict[str, Sheet]:
    """Return the sheets of a workbook by name, in order, or the one table of a text under "".

    What counts is what the file is, not its suffix. Raises InputError for a file that cannot be read, is no table, or
    is too large to be one (zip bombs).
    """
    file = os.fspath(path)
    try:
        with Path(path).open("rb") as opened:
            head = opened.read(4)
            content = b"" if head == _ZIP else head + opened.read()
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        reason = "there is no such file" if missing else f"cannot be read: {error.strerror or type(error).__name__}"
        raise InputError([Problem(file, 0, "", reason)]) from None
    if head == _ZIP:
        return {sheet.name: sheet for sheet in workbook(file)}
    if head == _OLD:
        raise InputError([Problem(file, 0, "", "is an old .xls, or has a password: save it as .xlsx, without one")])
    return {"": text_table(content, file)}
