"""Writing instructions for the row machine (kernels/rows.py): in any order, for many nodes at once, sorted at the end.

An instruction is written with a key; `Code.assemble` sorts by key and keeps the order of writing where keys are
equal. So each rule of scheduling is one numpy expression over all nodes or links it applies to, and 10,000
activities compile in milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from riskmc.kernels import rows
from riskmc.network.worktime import WorkTime, conversion

Ints = NDArray[np.int64]
LOWEST = -(2**30)  # below every index and every bound; with a CAP added or taken away it still fits in 32 bits


@dataclass(frozen=True, eq=False)
class Event:
    """Starts or finishes of many nodes: index ``row`` + ``plus`` on ``calendar``; ``side`` 0 start, 1 end of work."""

    row: Ints
    calendar: Ints
    side: Ints
    plus: Ints

    def at(self, chosen: ArrayLike) -> Event:
        """Return the events of the chosen nodes."""
        i = np.asarray(chosen)
        return Event(self.row[i], self.calendar[i], self.side[i], self.plus[i])


def pick(condition: NDArray[np.bool_], yes: Event, no: Event) -> Event:
    """Return ``yes`` where the condition holds, else ``no``."""
    columns = ("row", "calendar", "side", "plus")
    return Event(*(np.where(condition, getattr(yes, c), getattr(no, c)) for c in columns))


@dataclass
class Tables:
    """The calendars of a network and the conversion tables between them, each made when first asked for."""

    calendars: Sequence[WorkTime]
    numbers: dict[tuple[int, int], int] = field(default_factory=dict)
    entries: list[NDArray[np.int32]] = field(default_factory=list)
    slots: list[tuple[int, ...]] = field(default_factory=list)

    def number(self, a: Ints, b: Ints) -> Ints:
        """Return the number of the table from calendar ``a`` to ``b``, elementwise."""
        pairs = a * len(self.calendars) + b
        unique, where = np.unique(pairs, return_inverse=True)
        return np.array([self._number(*divmod(int(p), len(self.calendars))) for p in unique], np.int64)[where]

    def arrays(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return the ``entries`` and ``slots`` that `rows.run` reads."""
        entries = np.concatenate(self.entries) if self.entries else np.zeros(1, np.int32)
        return entries, np.array(self.slots, np.int64).reshape(-1, 3)

    def _number(self, a: int, b: int) -> int:
        if (a, b) not in self.numbers:
            self.numbers[a, b] = len(self.slots)
            made = conversion(self.calendars[a], self.calendars[b])
            first = sum(entries.size for entries in self.entries)
            self.slots.append((first, made.limit - 1, made.slot))
            self.entries.append(made.table)
        return self.numbers[a, b]


@dataclass
class Code:
    """Instructions in the making."""

    keys: list[Ints] = field(default_factory=list)
    blocks: list[NDArray[np.int32]] = field(default_factory=list)

    def write(
        self, key: Ints, operation: int, out: ArrayLike, base: ArrayLike = 0, x: ArrayLike = 0, cx: ArrayLike = 0,
        y: ArrayLike = 0, cy: ArrayLike = 0, z: ArrayLike = 0, cz: ArrayLike = 0,
    ) -> None:  # fmt: skip
        """Write one instruction for every key; the operands are arrays like ``key``, or single numbers."""
        if not key.size:
            return
        block = np.empty((key.size, rows.COLUMNS), np.int32)
        columns: tuple[Any, ...] = (operation, out, base, x, cx, y, cy, z, cz)
        for column, values in enumerate(columns):
            block[:, column] = values
        self.keys.append(key)
        self.blocks.append(block)

    def convert(self, key: Ints, tables: Tables, event: Event, to: Ints, out: Ints) -> Event:
        """Return the event on calendar ``to``: as it is where it is there already, else converted into row ``out``."""
        moves = event.calendar != to
        e, target = event.at(moves), to[moves]
        table = tables.number(e.calendar, target)
        self.write(key[moves], rows.CONVERT, out[moves], x=e.row, cx=e.plus, y=table, cy=e.side)
        row, plus = np.where(moves, out, event.row), np.where(moves, 0, event.plus)
        return Event(row, to, event.side, plus)

    def copy(self, key: Ints, tables: Tables, event: Event, to: Ints, out: Ints) -> None:
        """Put the event on calendar ``to`` into row ``out``, with nothing left to add."""
        there = self.convert(key, tables, event, to, out)
        stays = event.calendar == to
        self.put(key[stays], out[stays], there.row[stays], there.plus[stays])

    def put(self, key: Ints, out: ArrayLike, x: ArrayLike, cx: ArrayLike = 0, least: ArrayLike = LOWEST) -> None:
        """Put x + cx, or ``least`` where that is more, into ``out``."""
        self.write(key, rows.MAX, out, least, x, cx, x, cx)

    def greatest(self, key: Ints, out: Ints, base: Ints, group: Ints, row: Ints, plus: Ints) -> None:
        """Set ``out[g]`` to the greatest of ``base[g]`` and row + plus of the members of group g."""
        self._extreme((rows.MAX, rows.RAISE), key, out, base, group, row, plus)

    def least(self, key: Ints, out: Ints, base: Ints, group: Ints, row: Ints, plus: Ints) -> None:
        """Set ``out[g]`` to the least of ``base[g]`` and row + plus of the members of group g."""
        self._extreme((rows.MIN, rows.LOWER), key, out, base, group, row, plus)

    def _extreme(
        self, operations: tuple[int, int], key: Ints, out: Ints, base: Ints, group: Ints, row: Ints, plus: Ints
    ) -> None:
        order = np.argsort(group, kind="stable")
        group, row, plus = group[order], row[order], plus[order]
        count = np.bincount(group, minlength=key.size)
        first = np.cumsum(count) - count
        g = np.flatnonzero(count == 0)
        self.write(key[g], rows.FILL, out[g], base[g])
        g = np.flatnonzero(count > 0)
        f = first[g]
        second = f + (count[g] > 1)
        self.write(key[g], operations[0], out[g], base[g], row[f], plus[f], row[second], plus[second])
        more = np.arange(group.size) - first[group] >= 2
        g = group[more]
        self.write(key[g], operations[1], out[g], x=row[more], cx=plus[more])

    def assemble(self) -> NDArray[np.int32]:
        """Return the instructions in the order of their keys, int32[n, 9]."""
        if not self.keys:
            return np.zeros((0, rows.COLUMNS), np.int32)
        order = np.argsort(np.concatenate(self.keys), kind="stable")
        return np.concatenate(self.blocks)[order]

    def places(self) -> Ints:
        """Return the keys of the assembled instructions, int64[n]."""
        return np.sort(np.concatenate(self.keys)) if self.keys else np.zeros(0, np.int64)


def rank_within(group: Ints, size: int) -> Ints:
    """Return for every member its number within its group: 0, 1, ... in the order given; groups are below ``size``."""
    order = np.argsort(group, kind="stable")
    count = np.bincount(group, minlength=size)
    rank = np.empty(group.size, np.int64)
    rank[order] = np.arange(group.size) - np.repeat(np.cumsum(count) - count, count)
    return rank
