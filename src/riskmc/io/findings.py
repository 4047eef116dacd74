"""What the reading of one plan file found: notes, and faults by line; its fields as hours, money and dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from riskmc.errors import InputError, Problem
from riskmc.program.estimate import Estimate
from riskmc.program.quantity import Quantity, Size

SHOWN = 3
LONGEST_NAME = 40
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(eq=False)
class Findings:
    """What the reading of one file found: notes (sentence -> the items it is about) and faults."""

    file: str
    notes: dict[str, list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def note(self, sentence: str, *items: str) -> None:
        """Keep a note; the items of equal sentences are listed together."""
        self.notes.setdefault(sentence, []).extend(items)

    def fault(self, line: str | int, path: str, message: str) -> None:
        """Keep a fault of the file at a line; ``raise_faults`` reports all of them at once."""
        self.problems.append(Problem(self.file, int(line), path, message))

    def raise_faults(self) -> None:
        """Raise InputError where any fault was found."""
        if self.problems:
            raise InputError(dict.fromkeys(self.problems))

    def sentences(self) -> tuple[str, ...]:
        """Return the notes as sentences, each with the number of its items and the first of them."""
        return tuple(with_items(text, items) for text, items in self.notes.items())

    def hours(self, text: str, line: str, path: str) -> float:
        """Return a field of hours as whole minutes; 0 where empty."""
        return float(round(self.number(text, line, path) * 60))

    def number(self, text: str, line: str, path: str) -> float:
        """Return a field as a number; 0 where empty, and a fault where it is none."""
        value = number(text)
        if value is None:
            self.fault(line, path, f"expected a number, found {text!r}")
            return 0.0
        return value

    def moment(self, text: str, line: str, path: str) -> datetime | None:
        """Return a field as a date and time, whole minutes; None where empty, and a fault where it is none."""
        if not text:
            return None
        try:
            at = instant(text)
        except ValueError:
            self.fault(line, path, f"expected a date like 2027-01-04 08:00, found {text[:60]!r}")
            return None
        if FIRST_YEAR <= at.year <= LAST_YEAR:
            return at
        self.fault(line, path, f"expected a date from {FIRST_YEAR} to {LAST_YEAR}, found {text[:60]!r}")
        return None


def with_items(text: str, items: Sequence[str]) -> str:
    """Return a sentence with what it is about: ``... are left out (A10, B20)``; the first of many, and their number."""
    if not items:
        return text
    apart = "; " if any("," in item for item in items[:SHOWN]) else ", "
    listed = apart.join(items[:SHOWN])
    return f"{text} ({len(items):,} in all: {listed}{apart}...)" if len(items) > SHOWN else f"{text} ({listed})"


def called(code: str, name: str | None) -> str:
    """Return what an activity is called in a list: its code or path, and its name beside a mere number."""
    plain = " ".join((name or "").split())[:LONGEST_NAME].strip()
    return f"{code} {plain}" if plain and (code.partition(".")[2] or code).isdigit() else code


@lru_cache(maxsize=65536)
def instant(text: str) -> datetime:
    """Return ``2013-01-20 08:00`` as a datetime of whole minutes; ValueError where it is none."""
    return datetime.fromisoformat(text.strip()).replace(second=0, microsecond=0, tzinfo=None)


@lru_cache(maxsize=65536)
def number(text: str) -> float | None:
    """Return a number written with a decimal point or, as some tools do, a decimal comma; 0 where empty."""
    plain = text.strip().replace(" ", "").replace("_", "?")  # Python alone reads 1_000
    if "," in plain:
        whole, _, decimals = plain.rpartition(",")
        plain = plain.replace(",", "") if "." in decimals else f"{whole.replace('.', '').replace(',', '')}.{decimals}"
    try:
        value = float(plain or 0)
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


@lru_cache(maxsize=4096)
def working_time(minutes: float) -> Quantity:
    """Return working minutes as people write them: hours where whole, else minutes."""
    return Quantity(minutes / 60, "h") if minutes % 60 == 0 else Quantity(minutes, "min")


@lru_cache(maxsize=4096)
def certain(quantity: Quantity) -> Size:
    """Return the size that is one certain value."""
    return Size(None, (("value", quantity),))


@lru_cache(maxsize=4096)
def lasting(quantity: Quantity) -> Estimate:
    """Return the estimate that is one certain duration; activities of equal length share it."""
    return Estimate(plan=quantity)


def unique(wanted: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return key -> name for (key, wanted name) pairs, each once: repeated ones get `` (2)``, `` (3)`` in order."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for key, name in wanted:
        chosen, count = name, 1
        while chosen in taken:
            count += 1
            chosen = f"{name} ({count})"
        taken.add(chosen)
        names[key] = chosen
    return names
