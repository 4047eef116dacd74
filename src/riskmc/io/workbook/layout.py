"""The sheets of a workbook: which word of a program stands in which column of which sheet.

`sheets` lists them. A sheet is a pattern of places, ``projects.<Project>.activities.<ID>``, one row an item;
the reader and the writer follow the same patterns. A word that no sheet has a column for stands in `Other words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from riskmc.io.sheets.header import spelled


@dataclass(frozen=True)
class Key:
    """The part of a place that a column names; ``also`` are other headings of it."""

    heading: str
    also: tuple[str, ...] = ()


class Each:
    """The part of a place that is the number of an item in a list."""


EACH = Each()
Pattern = tuple["str | Key | Each", ...]


@dataclass(frozen=True)
class Column:
    """A column: its heading, the place of its word inside the item (() is the item itself), and the kind of value.

    Kinds: text, prose, days, money, share, date, number, flag, names (a list), pairs (a mapping), links, any, point.
    """

    heading: str
    place: tuple[str | int, ...]
    kind: str = "text"
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """One sheet: its name, where its items stand in the program, and its columns."""

    name: str
    pattern: Pattern
    columns: tuple[Column, ...]
    also: tuple[str, ...] = ()
    coded: bool = False
    """Whether a column ``Code: X`` holds the activity code X."""

    @property
    def keys(self) -> tuple[Key, ...]:
        """The parts of the place that columns name."""
        return tuple(part for part in self.pattern if isinstance(part, Key))

    @property
    def listed(self) -> bool:
        """Whether the items are those of a list."""
        return self.pattern[-1:] == (EACH,)

    @cached_property
    def known(self) -> Mapping[str, Key | Column]:
        """The columns by every heading they answer to, in one spelling."""
        found: dict[str, Key | Column] = {}
        parts: tuple[Key | Column, ...] = (*self.keys, *self.columns)
        for part in parts:
            for heading in (part.heading, *part.also):
                found.setdefault(spelled(heading), part)
        return found

    @property
    def headings(self) -> list[str]:
        """The headings, keys first."""
        return [*(key.heading for key in self.keys), *(part.heading for part in self.columns)]


@dataclass(frozen=True)
class Form:
    """The sheets of a workbook in their order."""

    layouts: tuple[Layout, ...] = field(default=())

    @cached_property
    def by_name(self) -> Mapping[str, Layout]:
        """The sheets by every name they answer to, in one spelling."""
        return {spelled(name): layout for layout in self.layouts for name in (layout.name, *layout.also)}


def column(word: str, kind: str = "text", *also: str, heading: str = "") -> Column:
    """Return the column of a word, ``discount_rate.real``, under its plain English: `Discount rate real`."""
    place = tuple(word.split("."))
    plain = " ".join(place).replace("_", " ")
    return Column(heading or plain[:1].upper() + plain[1:], place, kind, also)
