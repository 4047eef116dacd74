"""Tables -> the text of a Primavera P6 XER file: ``%T``, ``%F``, ``%R`` and ``%E``, tabs between fields, CR LF at ends.

A field holds no tab, line end or other control character: each becomes a blank. The encoding is cp1252, which every P6
reads, where the text fits it and could not be taken for utf-8; else utf-8.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from riskmc.io.plan_text import guid_of, number_text, one_line

Row = Mapping[str, str]


@dataclass
class TableText:
    """A table on its way into a file: ``template`` holds its columns in order, and what stands in them by default."""

    name: str
    template: Row
    rows: list[Row] = field(default_factory=list)

    def add(self, **values: str) -> None:
        """Add a row: the template's values, changed where ``values`` say so."""
        self.rows.append({**self.template, **values})

    def lines(self) -> Iterable[str]:
        """Yield the lines of the table; none where it has no rows."""
        if self.rows:
            yield f"%T\t{self.name}"
            yield "\t".join(("%F", *self.template))
            for row in self.rows:
                yield "\t".join(("%R", *(one_line(row[column]) for column in self.template)))


def content(header: Sequence[str], tables: Iterable[TableText]) -> bytes:
    """Return the bytes of a file: the header, the tables in order, the end mark."""
    lines = ["\t".join(map(one_line, header))]
    for table in tables:
        lines.extend(table.lines())
    return encoded("\r\n".join((*lines, "%E", "")))


def encoded(text: str) -> bytes:
    """Return the text in cp1252 where that can be told from utf-8, else in utf-8."""
    try:
        found = text.encode("cp1252")
    except UnicodeEncodeError:
        return text.encode("utf-8")
    try:
        return found if found.decode("utf-8") == text else text.encode("utf-8")
    except UnicodeDecodeError:
        return found


def guid_text(guid: str | None, path: str) -> str:
    """Return a GUID as P6 writes it: 16 bytes in base 64, 22 characters; one made of ``path`` where there is none."""
    return b64encode(guid_of(guid, path).bytes_le).decode("ascii")[:22]


def hours_text(minutes: float) -> str:
    """Return minutes as hours."""
    return number_text(minutes / 60)


def time_text(at: datetime | None) -> str:
    """Return a date and time as P6 writes it, or nothing."""
    return f"{at:%Y-%m-%d %H:%M}" if at else ""
