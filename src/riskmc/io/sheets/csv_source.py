"""Tables as text (.csv, .tsv) -> a sheet: commas, semicolons or tabs, any usual encoding and line end."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from riskmc.errors import InputError, Problem
from riskmc.io.sheets.sheet import LONGEST_TEXT, MOST_CELLS, Row, Sheet

_MARKS = (b"\xff\xfe", b"\xfe\xff")


def text_table(content: bytes, file: str) -> Sheet:
    """Return the table of a text; semicolons mean decimal commas too.

    Raises InputError, with its line, where a cell is longer than a spreadsheet's may be, or the bytes are no text.
    """
    text = _decoded(content, file)
    head = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    rows = []
    for number, cells in _lines(text, delimiter, file):
        texts = {column: cell.strip() for column, cell in enumerate(cells) if cell and not cell.isspace()}
        if any(len(cell) > LONGEST_TEXT for cell in texts.values()):
            raise InputError([Problem(file, number, "", f"a cell holds more than {LONGEST_TEXT:,} characters")])
        if texts:
            rows.append(Row(number, texts))
    return Sheet(file, "", rows, decimal_comma=delimiter == ";")


def _decoded(content: bytes, file: str) -> str:
    """Return the text of a file: UTF-16 by its mark, else UTF-8, else what Windows writes (cp1252)."""
    if content[:2] in _MARKS:
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise InputError([Problem(file, 0, "", "is no text: save the table as .xlsx or as `CSV UTF-8`")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _lines(text: str, delimiter: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the line on which each row begins, and its cells."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    last, before, count = 0, 0, 0
    try:
        for cells in reader:
            yield before + 1, cells
            last, before, count = before, reader.line_num, count + len(cells)
            if count > MOST_CELLS:
                raise InputError([Problem(file, before, "", f"holds more than {MOST_CELLS:,} cells")])
    except csv.Error as error:
        raise InputError([Problem(file, before + 1, "", f"is no sound CSV: {error}")]) from None
    _refuse_open_quotes(text, last, delimiter, file)


def _refuse_open_quotes(text: str, last: int, delimiter: str, file: str) -> None:
    """Refuse a text whose last row, after so many lines, ends within quotes: all that follows them was one cell."""
    if text.count('"') % 2 == 0:
        return
    row = islice(io.StringIO(text, newline=""), last, None)
    try:
        for _ in csv.reader(row, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        if "unexpected end" in str(error):
            message = "is no sound CSV: a cell begins with quotes that never end"
            raise InputError([Problem(file, last + 1, "", message)]) from None
