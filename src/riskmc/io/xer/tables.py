"""Primavera P6 XER text -> tables: ``%T`` names a table, ``%F`` its columns, ``%R`` a row, ``%E`` the end.

The reading is tolerant where a tool's habits differ (encodings, line ends, unknown tables, missing columns, short rows,
fields broken over lines) and strict where data would be lost: a file without its ``%E`` is refused as truncated.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from operator import itemgetter

from riskmc.errors import InputError, Problem

ENCODINGS = ("utf-8-sig", "cp1252", "latin-1")
Row = tuple[str, ...]
_HEADLESS = "a row (%R) before the columns (%F) of its table; expected %T, %F, then %R lines"


@dataclass(frozen=True, eq=False)
class Table:
    """One table of an XER file: ``rows`` as the file has them, ``lines`` the line number of each."""

    name: str
    columns: Row = ()
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows)

    def select(self, *names: str) -> Iterator[Row]:
        """Yield (line, field, field, ...) of every row as text; "" for a column or a field that the file does not have.

        The line number comes first, as text too, so that one row is one flat tuple.
        """
        missing = len(self.columns)
        place = {name: position for position, name in reversed(list(enumerate(self.columns)))}
        pick = itemgetter(missing + 1, *(place.get(name, missing) for name in names))
        for line, row in zip(self.lines, self.rows, strict=True):
            kept = row if len(row) <= missing else row[:missing]
            yield pick([*kept, *repeat("", missing + 1 - len(kept)), str(line)])


def decode(content: bytes) -> str:
    """Return the text of an XER file: utf-8, cp1252 or latin-1, which accepts every byte; utf-16 by its mark."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    for encoding in ENCODINGS[:-1]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode(ENCODINGS[-1])


def tables(content: bytes, file: str) -> tuple[Row, dict[str, Table]]:
    """Return the header fields and the tables, by name, of an XER file's bytes.

    A line that begins with none of the marks continues the field before it, as when a text holds a line end.
    Raises InputError, naming the line and what was expected, for a file that is empty, not XER, or without ``%E``.
    """
    lines = decode(content).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    header = _header(lines, file)
    found: dict[str, Table] = {}
    table = Table("")
    lines.reverse()
    number = 0
    while lines:  # taken off one by one: a line and its fields need not be in memory both
        number, line = number + 1, lines.pop()
        mark = line[:3]
        if mark == "%R\t":
            if not table.columns:
                raise _fault(file, number, _HEADLESS)
            table.rows.append(line[3:].split("\t"))
            table.lines.append(number)
        elif mark == "%F\t":
            table = found[table.name] = _with_columns(table, line)
        elif mark == "%T\t":
            table = found.setdefault(name := line[3:].strip(), Table(name))
        elif mark.rstrip() == "%E":
            return header, found
        elif table.rows and line and mark[0] != "%":
            _continue_row(table.rows[-1], line)
    raise _fault(file, number, _truncated(table))


def _header(lines: list[str], file: str) -> Row:
    """Return the fields of the ERMHDR line; a file that begins with a table directly has none."""
    number, first = next(((n, line) for n, line in enumerate(lines, start=1) if line.strip()), (0, ""))
    if not first:
        raise _fault(file, 0, "the file is empty; expected a Primavera P6 XER export, which begins with ERMHDR")
    if first.startswith("%T\t"):
        return ()
    if not first.startswith("ERMHDR"):
        shown = first[:40] if first[:40].isprintable() else "bytes that are not text"
        way_out = "; name an XML export .xml" if first.lstrip("\ufeff").startswith("<") else ""
        expected = "expected the line to begin with ERMHDR"
        raise _fault(file, number, f"not a Primavera P6 XER file: {expected}, found {shown!r}{way_out}")
    return tuple(first.split("\t"))


def _with_columns(table: Table, line: str) -> Table:
    """Return the table with the columns of a ``%F`` line; rows already read under the same columns are kept."""
    columns = tuple(name.strip() for name in line[3:].split("\t"))
    if not table.rows or columns == table.columns:
        return Table(table.name, columns, table.rows, table.lines)
    place = {name: columns.index(name) for name in columns}  # the first, as `select` has it
    earlier = [_moved(row, table.columns, place, len(columns)) for row in table.rows]
    return Table(table.name, columns, earlier, table.lines)


def _moved(row: list[str], columns: Row, place: Mapping[str, int], width: int) -> list[str]:
    """Return a row of a repeated table under the columns of its second heading."""
    moved = list(repeat("", width))
    for name, value in zip(columns, row, strict=False):
        if name in place:
            moved[place[name]] = value
    return moved


def _continue_row(row: list[str], line: str) -> None:
    """Join a line without a mark to the row above it: its text belongs to that row's last field."""
    rest = line.split("\t")
    row[-1] = f"{row[-1]}\n{rest[0]}"
    row.extend(rest[1:])


def _truncated(table: Table) -> str:
    place = f"inside the table {table.name}" if table.name else "before any table"
    return (
        f"the file ends {place} without the end mark %E, so it is truncated; "
        "export it again (if it is complete after all, add a last line %E)"
    )


def _fault(file: str, line: int, message: str) -> InputError:
    return InputError([Problem(file, line, "", message)])
