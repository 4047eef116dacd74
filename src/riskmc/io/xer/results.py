"""Results of a forecast -> user-defined fields of a copy of an XER file, all other bytes as they are.

The fields join the file's own UDFTYPE and UDFVALUE tables, at their end and under their columns; values of an earlier
forecast give way. Encoding and line ends are those of the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from riskmc.io.plan_text import number_text
from riskmc.io.results import FIELDS, Field, Result
from riskmc.io.xer.tables import decode
from riskmc.io.xer.writer_fields import TYPE, VALUE
from riskmc.io.xer.writer_tables import time_text

_KINDS = {"date": "FT_END_DATE", "number": "FT_FLOAT_2_DECIMALS"}
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def with_results(content: bytes, ids: Mapping[str, tuple[str, str]], results: Mapping[str, Result]) -> bytes:
    """Return the file with the results; ``ids`` gives (task_id, proj_id) of every activity by its path."""
    wide = _UTF_16.get(content[:2])
    if wide is not None:
        return content[:2] + _written(decode(content), ids, results).encode(wide, errors="replace")
    return _written(content.decode("latin-1"), ids, results).encode("latin-1")  # a sign a byte: all comes back


@dataclass
class _Table:
    """A table among the lines: its columns, its rows by line, and the line after its last one."""

    columns: tuple[str, ...]
    rows: dict[int, dict[str, str]] = field(default_factory=dict)
    end: int = -1


def _written(text: str, ids: Mapping[str, tuple[str, str]], results: Mapping[str, Result]) -> str:
    """Return the text with the rows of the fields."""
    lines = _LINE.findall(text)
    found = _tables(lines)
    types, values = found.get("UDFTYPE", _Table(tuple(TYPE))), found.get("UDFVALUE", _Table(tuple(VALUE)))
    known = _known(types)
    numbers = _numbered(types, known)
    old = {line for line, row in values.rows.items() if row.get("udf_type_id") in known.values()}
    new_types = [_type(numbers[one.title], one) for one in FIELDS if one.title not in known]
    new_values = [row for path in results if path in ids for row in _values(numbers, ids[path], results[path])]
    end = next((line[len(line.rstrip("\r\n")) :] for line in lines), "\r\n")
    added = {
        _before(types, lines, "%T\tPROJECT"): _text("UDFTYPE", types, new_types, end),
        _before(values, lines, "%E"): _text("UDFVALUE", values, new_values, end),
    }
    kept = ((index, "" if index in old else line) for index, line in enumerate(lines))
    return "".join(added.get(index, "") + line for index, line in kept)


def _tables(lines: Sequence[str]) -> dict[str, _Table]:
    """Return the tables of user-defined fields that the file has."""
    found: dict[str, _Table] = {}
    name, table = "", None
    for index, line in enumerate(lines):
        cells = line.rstrip("\r\n").split("\t")
        if cells[0].startswith("%") and table is not None and cells[0] in ("%T", "%E"):
            table.end, table = index, None
        if cells[0] == "%T":
            name = cells[1].strip() if len(cells) > 1 else ""
        elif cells[0] == "%F" and name in ("UDFTYPE", "UDFVALUE"):
            table = found[name] = _Table(tuple(cell.strip() for cell in cells[1:]))
        elif cells[0] == "%R" and table is not None:
            table.rows[index] = dict(zip(table.columns, cells[1:], strict=False))
    return found


def _known(types: _Table) -> dict[str, str]:
    """Return the number of each field that an earlier forecast has left in the file, by title."""
    titles = {one.title for one in FIELDS}
    rows = (row for row in types.rows.values() if row.get("table_name") == "TASK")
    return {row["udf_type_label"]: row["udf_type_id"] for row in rows if row.get("udf_type_label") in titles}


def _numbered(types: _Table, known: Mapping[str, str]) -> dict[str, str]:
    """Return the number of every field: its own, or one that no other field has."""
    taken = [row.get("udf_type_id", "") for row in types.rows.values()]
    first = max((int(number) for number in taken if number.isdecimal() and len(number) < 10), default=0) + 1
    return {one.title: known.get(one.title, str(first + place)) for place, one in enumerate(FIELDS)}


def _type(number: str, one: Field) -> dict[str, str]:
    name = f"user_field_riskmc_{number}"
    told = {"udf_type_id": number, "udf_type_name": name, "udf_type_label": one.title}
    return {**TYPE, **told, "logical_data_type": _KINDS[one.kind]}


def _values(numbers: Mapping[str, str], ids: tuple[str, str], result: Result) -> list[dict[str, str]]:
    """Return a row for each field that has a value."""
    rows = []
    for one, value in zip(FIELDS, result.values(), strict=True):
        if value is not None:
            told = {"udf_type_id": numbers[one.title], "fk_id": ids[0], "proj_id": ids[1]}
            said = {"udf_number": number_text(value)} if isinstance(value, float) else {"udf_date": time_text(value)}
            rows.append({**VALUE, **told, **said})
    return rows


def _before(table: _Table, lines: Sequence[str], mark: str) -> int:
    """Return the line before which rows are added: the table's end, else the line that begins with ``mark``."""
    if table.end >= 0:
        return table.end
    at = [index for index, line in enumerate(lines) if line.startswith(mark)]
    ends = [index for index, line in enumerate(lines) if line.startswith("%E")]
    return (at or ends)[0]


def _text(name: str, table: _Table, rows: Sequence[Mapping[str, str]], end: str) -> str:
    """Return the lines of new rows, under a heading where the file has no such table."""
    if not rows:
        return ""
    head = [] if table.end >= 0 else [f"%T\t{name}", "\t".join(("%F", *table.columns))]
    said = ["\t".join(("%R", *(row.get(column, "") for column in table.columns))) for row in rows]
    return "".join(f"{line}{end}" for line in (*head, *said))
