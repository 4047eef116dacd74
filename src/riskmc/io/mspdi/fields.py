"""Fields of a Microsoft Project XML file: text, numbers, dates, ISO durations (``PT8H0M0S``), with faults by line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from xml.etree.ElementTree import Element

from riskmc.io.findings import FIRST_YEAR, LAST_YEAR, Findings, instant, number
from riskmc.io.xml_source import Document

ELAPSED = frozenset({4, 6, 8, 10, 12, 20, 36, 38, 40, 42, 44, 52})
PERCENT = frozenset({19, 20, 51, 52})
MOST_EXCEPTION_DAYS = 1_000_000
MOST_MINUTES = 100 * 365 * 1440
_ISO = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?")
_NOUGHT = ("", "0", "NA")


class Row(dict[str, str]):
    """One element of the file: its kind, and its children's texts by name; a child that is not there says nothing."""

    __slots__ = ("element", "kind")
    element: Element
    kind: str

    def __missing__(self, name: str) -> str:
        return ""

    @property
    def label(self) -> str:
        """What messages call it: ``Task 12``."""
        return f"{self.kind} {self['UID']}".strip()

    def below(self, name: str) -> list[Element]:
        """Return the elements of a name below this one."""
        return self.element.findall(name) if name in self else []

    def flag(self, name: str) -> bool:
        """Return whether a field is true."""
        text = self[name]
        return text not in ("", "0") and text.strip().lower() in ("1", "true")


def row(element: Element, kind: str) -> Row:
    """Return an element as a Row; it is called by its kind and UID."""
    found = Row({child.tag: child.text or "" for child in element})
    found.element, found.kind = element, kind
    return found


@dataclass(eq=False)
class Fields:
    """Reads the fields of rows; what makes no sense becomes a fault at the row's line."""

    document: Document
    findings: Findings
    seen: set[str] = field(default_factory=set)
    days_left: int = MOST_EXCEPTION_DAYS

    def fault(self, at: Row, name: str, message: str) -> None:
        """Keep a fault of a field."""
        self.findings.fault(self.document.line(at.element), f"{at.label} {name}".strip(), message)

    def number(self, at: Row, name: str) -> float:
        """Return a field as a number; 0 where empty, and a fault where it is none."""
        text = at[name]
        value = number(text) if text else 0.0
        if value is None:
            self.fault(at, name, f"expected a number, found {text[:40]!r}")
            return 0.0
        return value

    def whole(self, at: Row, name: str, empty: int = 0) -> int:
        """Return a field as a whole number; ``empty`` where it is empty."""
        text = at[name]
        if not text:
            return empty
        if text.isascii() and text.isdigit() and len(text) < 10:
            return int(text)
        return round(self.number(at, name)) if text.strip() else empty

    def money(self, at: Row, name: str) -> float:
        """Return a field of money in units of the currency: the file counts hundredths."""
        return self.number(at, name) / 100

    def date(self, at: Row, name: str) -> datetime | None:
        """Return a field as a date and time, whole minutes; None where there is none."""
        text = at[name]
        if not text:
            return None
        try:
            found = instant(text)
        except ValueError:
            if text.strip() in _NOUGHT:
                return None
            self.fault(at, name, f"expected a date like 2027-01-04T08:00:00, found {text[:40]!r}")
            return None
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            self.fault(at, name, f"expected a year from {FIRST_YEAR} to {LAST_YEAR}, found {text[:40]!r}")
            return None
        return found

    def minutes(self, at: Row, name: str) -> float | None:
        """Return a duration as whole minutes of 0 or more; None where there is none."""
        text = at[name].strip()
        if not text:
            return None
        found = minutes(text)
        if found is None or not 0 <= found <= MOST_MINUTES:
            self.fault(at, name, f"expected a duration of 0 to 100 years like PT8H0M0S, found {text[:40]!r}")
            return 0.0
        return found


@lru_cache(maxsize=65536)
def minutes(text: str) -> float | None:
    """Return ``PT8H30M0S`` as 510 whole minutes; None where it is no duration."""
    match = _ISO.fullmatch(text)
    if match is None or not any(match.groups()[1:]):
        return None
    days, hours, mins, seconds = (int(part or 0) for part in match.groups()[1:])
    total = float(round(days * 1440 + hours * 60 + mins + seconds / 60))
    return -total if match[1] else total
