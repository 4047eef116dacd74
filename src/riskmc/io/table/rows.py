"""Rows of a bare table: which are activities, which only sum up the work below them, and what each is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from riskmc.io.findings import called, unique
from riskmc.io.sheets.cell_source import CellSource, Spot
from riskmc.io.sheets.sheet import Sheet
from riskmc.io.sheets.tongues import NO, YES

_TOTAL = re.compile(
    r"(?:(?:grand|sub|overall|project)[ -]?)?(?:totals?|sums?)|(?:gesamt|zwischen)?summe|gesamt|total g[eé]n[eé]ral",
    re.IGNORECASE,
)
_OUTLINE = re.compile(r"\d{1,6}(?:\.\d{1,6}){0,30}")


@dataclass
class Item:
    """One row of the table: its texts and dates by role, the name of its activity, and the rows that it sums up."""

    sheet: Sheet
    row: int
    texts: Mapping[str, str]
    dates: Mapping[str, str]
    columns: Mapping[str, int]
    name: str = ""
    summary: bool = False
    below: list[Item] = field(default_factory=list)

    def spot(self, *roles: str) -> Spot:
        """Return the cell of the first role that the row fills, or the row."""
        filled = [self.columns[name] for name in roles if name in self.texts or name in self.dates]
        return self.sheet, self.row, filled[0] if filled else None

    @property
    def title(self) -> str:
        """What notes call it: its identifier, and its name beside a mere number."""
        return called(self.name or _name(self), self.texts.get("name"))

    @property
    def totals(self) -> bool:
        """Whether the row only adds up a table: it is called Total, or Sum, and waits for nothing."""
        name = self.texts.get("name") or _name(self)
        return _TOTAL.fullmatch(name.strip(" :")) is not None and "predecessors" not in self.texts

    @property
    def spans_days(self) -> bool:
        """Whether the row starts and finishes on different days."""
        return len({self.dates[name][:10] for name in ("start", "finish") if name in self.dates}) == 2

    @property
    def begun(self) -> bool:
        """Whether the activity has an actual start or finish."""
        return bool(self.dates.keys() & {"started", "finished"})


def items_of(rows: Iterable[Item], found: CellSource) -> list[Item]:
    """Return the activities and the summaries among the rows, named; each activity has a name of its own."""
    kept: list[Item] = []
    for item in rows:
        if item.texts.get("active", "").lower() in NO:
            found.note("inactive activities are left out", item.texts.get("name", str(item.row)))
        elif item.totals:
            found.note("rows of totals are left out", f"row {item.row}")
        else:
            kept.append(item)
    _outline(kept, found)
    wanted = [(str(item.row), _name(item)) for item in kept]
    first: dict[str, int] = {}
    for item in kept:
        key = item.texts.get("id")
        if key is not None and key in first:
            found.fault(item.spot("id"), "ID", f"{key!r} is said twice; first in row {first[key]}")
        elif key is not None:
            first[key] = item.row
    for item, name in zip(kept, unique(wanted).values(), strict=True):
        item.name = name
    return kept


def _name(item: Item) -> str:
    return item.texts.get("id") or item.texts.get("guid") or item.texts["name"]


def _outline(items: list[Item], found: CellSource) -> None:
    """Find what sums up other work: by its own column, by the outline level, or by the numbers 1, 1.1, 1.2."""
    above: list[tuple[str, Item]] = []
    for item, number in zip(items, _numbers(items), strict=True):
        while above and not number.startswith(f"{above[-1][0]}."):
            above.pop()
        for _, summary in above:
            summary.below.append(item)
        above.append((number, item))
    told = any("summary" in item.texts for item in items)
    for item in items:
        item.summary = item.texts.get("summary", "").lower() in YES if told else bool(item.below)
    for item in items:
        item.below = [inner for inner in item.below if not inner.summary]
        if item.summary:
            found.note("summaries are left out, as their dates follow from the work below them", item.title)


def _numbers(items: list[Item]) -> list[str]:
    """Return where every row lies, 2.1 below 2: by its outline level, else by its WBS; apart where nothing says it."""
    texts = [item.texts.get("level", "") for item in items]
    if items and all(text.isdecimal() and len(text) < 4 for text in texts):
        return _by_levels(list(map(int, texts)))
    numbers = [item.texts.get("wbs", "") for item in items]
    if len({*numbers}) == len(numbers) and all(_OUTLINE.fullmatch(number) for number in numbers):
        return numbers
    return [str(place) for place in range(len(items))]


def _by_levels(levels: list[int]) -> list[str]:
    """Return a number for every row, below that of the nearest row above it on a lesser level."""
    found: list[str] = []
    above: list[tuple[int, str]] = []
    for place, level in enumerate(levels):
        while above and above[-1][0] >= level:
            above.pop()
        found.append(f"{above[-1][1]}.{place}" if above else str(place))
        above.append((level, found[-1]))
    return found
