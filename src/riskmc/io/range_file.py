"""The table of ranges as CSV: one row an activity, written for a spreadsheet, edited there, and read back.

Each row has the range as the program says it and the same in numbers; `range_cells` tells which of the two was edited.
Names are made harmless: a spreadsheet takes none of them for a formula, a number or a date. Read: commas or semicolons
(then with decimal commas too), a byte order mark, any line ends, columns in any order, columns of one's own.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from riskmc.errors import Problem

FIELDS = ("duration", "cost")
NUMBERS = ("minimum", "most_likely", "maximum", "p10", "p90")
PARTS = ("planned", "left", *NUMBERS, "family", "range", "sizes", "shared", "rule", "place", "exported")
COLUMNS = ("activity", "name", "state", "unit", *(f"{field}_{part}" for field in FIELDS for part in PARTS))
DECIMALS = {"duration": 4, "cost": 2}
BETWEEN = " | "  # the range and its numbers, in the column `exported`
_HARMLESS = re.compile(r"[^\W\d]")
_DATE_LIKE = re.compile(r"[^\W\d]{3,9}[\s./-]*\d{1,4}", re.UNICODE)
_SIMILAR = 0.8


@dataclass(frozen=True)
class Range:
    """What is said of the duration or the fixed cost of one activity; ``rule`` is empty where nothing is.

    ``planned``, ``minimum`` and so on are what remains, in days or money; ``left`` is the share of the whole that
    remains. ``range`` is the text of the program file, ``sizes`` and ``shared`` are how it is drawn with others.
    """

    planned: float | None = None
    left: float = 1.0
    minimum: float | None = None
    most_likely: float | None = None
    maximum: float | None = None
    p10: float | None = None
    p90: float | None = None
    family: str = ""
    range: str = ""
    sizes: str = ""
    shared: str = ""
    rule: str = ""
    place: str = ""


@dataclass(frozen=True)
class Row:
    """One activity of the table; ``unit`` is d, or ed for elapsed days."""

    activity: str
    name: str
    state: str
    unit: str
    duration: Range
    cost: Range


@dataclass(frozen=True)
class Cells:
    """One row as it stands in a file: its line, its activity, and the text of its cells by column."""

    line: int
    activity: str
    texts: Mapping[str, str]
    decimal_comma: bool


def dumps(rows: Iterable[Row]) -> str:
    """Return the table as CSV text, one row a line."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(_cells(row) for row in rows)
    return out.getvalue()


def _cells(row: Row) -> list[str]:
    head = [harmless(row.activity), harmless(" ".join(row.name.split())), row.state, row.unit]
    return [*head, *_half("duration", row.duration), *_half("cost", row.cost)]


def _half(field: str, said: Range) -> list[str]:
    numbers = [number_text(getattr(said, name), field) for name in NUMBERS]
    left = "" if said.left == 1.0 else repr(said.left)
    exported = BETWEEN.join([said.range, " ".join(number or "-" for number in numbers)]) if said.range else ""
    texts = (said.family, said.range, said.sizes, said.shared, said.rule, said.place, exported)
    return [number_text(said.planned, field), left, *numbers, *map(harmless, texts)]


def number_text(value: float | None, field: str) -> str:
    """Return a number for a spreadsheet: days to four decimals, money to the cent; nothing for None."""
    if value is None:
        return ""
    text = f"{value:.{DECIMALS[field]}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, a number or a date: with an apostrophe before it."""
    safe = not text or (_HARMLESS.match(text) and not _DATE_LIKE.fullmatch(text))
    return text if safe else f"'{text}"


def plain(text: str) -> str:
    """Return a text without the apostrophe that `harmless` puts before it."""
    return text.removeprefix("'")


def loads(content: bytes, file: str) -> tuple[list[Cells], list[Problem]]:
    """Return the rows of a CSV file, and what is wrong with its form."""
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return [], [Problem(file, line, "", "is not UTF-8; in the spreadsheet, save as `CSV UTF-8`")]
    head = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    lines = list(_lines(text, delimiter))
    if not lines:
        return [], [Problem(file, 1, "", "the file is empty; `riskmc ranges FILE --csv` writes one")]
    columns, problems = _columns(*lines[0], file)
    rows = [Cells(line, "", _row(columns, cells), delimiter != ",") for line, cells in lines[1:] if any(cells)]
    found, more = _named(rows, file) if "activity" in columns else ([], [])
    return found, [*problems, *more]


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the line on which each row begins, and its cells; empty lines are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    for cells in reader:
        if cells:
            yield before + 1, [cell.strip() for cell in cells]
        before = reader.line_num


def _columns(line: int, cells: list[str], file: str) -> tuple[list[str], list[Problem]]:
    """Return the names of the columns, and the faults of the header."""
    names = ["_".join(cell.lower().split()) for cell in cells]
    problems = [
        Problem(file, line, name, f"unknown column; did you mean {close[0]!r}?")
        for name in names
        if name not in COLUMNS and (close := get_close_matches(name, COLUMNS, n=1, cutoff=_SIMILAR))
    ]
    twice = {name for name in names if name in COLUMNS and names.count(name) > 1}
    problems += [Problem(file, line, name, "this column is there twice") for name in sorted(twice)]
    if "activity" not in names:
        problems.append(Problem(file, line, "", "a table of ranges needs the column `activity`, the path of each"))
    return names, problems


def _row(columns: list[str], cells: list[str]) -> dict[str, str]:
    return {name: plain(cell) for name, cell in zip(columns, cells, strict=False) if name in COLUMNS}


def _named(rows: list[Cells], file: str) -> tuple[list[Cells], list[Problem]]:
    """Return the rows with their activities; a row without one, or a second of one, is a fault."""
    first: dict[str, int] = {}
    found, problems = [], []
    for row in rows:
        name = row.texts.get("activity", "")
        if not name:
            problems.append(Problem(file, row.line, "activity", "the row names no activity"))
        elif name in first:
            problems.append(Problem(file, row.line, name, f"is said twice; first on line {first[name]}"))
        else:
            first[name] = row.line
            found.append(Cells(row.line, name, row.texts, row.decimal_comma))
    return found, problems
