"""Text of a Microsoft Project XML file: elements in the order of their writing, escaped, without control signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html import escape

from riskmc.io.plan_text import guid_of, one_line
from riskmc.program.moment import Moment


@dataclass
class Element:
    """An element: its name, and texts (name, text) and elements below it in order; a text of None is left out."""

    name: str
    parts: list[tuple[str, str | None] | Element] = field(default_factory=list)

    def add(self, **texts: str | None) -> None:
        """Add texts under their names."""
        self.parts.extend(texts.items())

    def put(self, *elements: Element) -> None:
        """Add elements."""
        self.parts.extend(elements)

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Yield the lines of the element."""
        indent = "\t" * depth
        yield f"{indent}<{self.name}>"
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.lines(depth + 1)
            elif part[1] is not None:
                yield f"{indent}\t<{part[0]}>{escaped(part[1])}</{part[0]}>"
        yield f"{indent}</{self.name}>"


def document(root: Element, namespace: str) -> bytes:
    """Return the bytes of a file, in utf-8."""
    head, *rest = root.lines()
    opening = head.replace(">", f' xmlns="{namespace}">')
    first = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return "\r\n".join((first, opening, *rest, "")).encode("utf-8")


def escaped(text: str) -> str:
    """Return text as XML holds it: escaped, characters that XML forbids and line ends as blanks."""
    return escape(one_line(text), quote=False)


def guid_text(guid: str | None, path: str) -> str:
    """Return a GUID as Project writes it; one made of ``path`` where there is none."""
    return str(guid_of(guid, path)).upper()


def time_text(at: datetime | Moment | None) -> str | None:
    """Return a date and time, ``2027-01-04T08:00:00``; None where there is none."""
    found = at.at if isinstance(at, Moment) else at
    return None if found is None else f"{found:%Y-%m-%dT%H:%M:%S}"


def duration_text(minutes: float) -> str:
    """Return minutes as an ISO duration, ``PT8H30M0S``."""
    whole = round(minutes)
    return f"PT{whole // 60}H{whole % 60}M0S"


def money_text(amount: float) -> str:
    """Return an amount in hundredths of the currency's unit, as the file counts money."""
    text = f"{amount * 100:.4f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def flag(yes: object) -> str:
    """Return ``1`` or ``0``."""
    return "1" if yes else "0"
