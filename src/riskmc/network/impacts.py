"""Effects and whom they strike: rows of drivers and impacts, collected per activity and cost item (K1 to K4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from riskmc.errors import ProgramError
from riskmc.network.events import ALWAYS
from riskmc.network.ragged import flat, pointers

MULTIPLIES, ADDS = 0, 1


class Sharer(NamedTuple):
    """An activity that may take part of a split addition: the event that it exists, and its weight."""

    event: int
    weight: float


class Row(NamedTuple):
    """One row of effects: a sampled value that acts while an event lasts."""

    kind: int
    value: int
    event: int
    share: float = 0.0
    sharers: tuple[Sharer, ...] = ()


class Hit(NamedTuple):
    """What strikes one activity: a row of effects, with a weight where it adds, and its rivals' group if any (K4)."""

    row: int
    kind: int
    weight: float
    group: str | None


class EffectTable(NamedTuple):
    """Effect rows as arrays for the kernels `strike` and `largest`."""

    kind: NDArray[np.int8]
    value: NDArray[np.int32]
    event: NDArray[np.int32]
    share: NDArray[np.float64]
    share_ptr: NDArray[np.int32]
    share_event: NDArray[np.int32]
    share_weight: NDArray[np.float64]
    member_ptr: NDArray[np.int32]
    member_effect: NDArray[np.int32]
    member_weight: NDArray[np.float64]
    group_kind: NDArray[np.int8]

    @property
    def size(self) -> int:
        """Number of rows, those of groups included."""
        return int(self.kind.size + self.group_kind.size)


@dataclass
class Effects:
    """Effect rows of one number type (factors and minutes, or money), and what strikes whom."""

    rows: dict[Row, int] = field(default_factory=dict)
    hits: dict[str, dict[int, list[Hit]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    groups: dict[tuple[tuple[int, float], ...], tuple[int, int]] = field(default_factory=dict)

    def row(self, row: Row) -> int:
        """Return the number of an effect row, made once."""
        return self.rows.setdefault(row, len(self.rows))

    def strike(self, target: str, who: int, row: Row, weight: float = 1.0, group: str | None = None) -> None:
        """Record that ``row`` strikes field ``target`` of task or item ``who``."""
        self.strike_all(target, (who,), row, weight, group)

    def strike_all(
        self, target: str, everyone: Iterable[int], row: Row, weight: float = 1.0, group: str | None = None
    ) -> None:
        """Record that one row strikes field ``target`` of many."""
        hit, hits = Hit(self.row(row), row.kind, weight, group), self.hits[target]
        for who in everyone:
            hits[who].append(hit)

    def struck(self, *targets: str) -> set[int]:
        """Return the tasks and items of which something strikes one of the fields."""
        return set().union(*(self.hits.get(target, ()) for target in targets))

    def settle(self, target: str, who: int) -> tuple[list[int], list[tuple[int, float]], list[list[Hit]]]:
        """Return (factors, weighted additions, groups of both kinds) that strike ``who``; a uniform group is one row.

        Call only when every row has been made.
        """
        factors: list[int] = []
        additions: list[tuple[int, float]] = []
        mixed: list[list[Hit]] = []
        if who not in self.hits[target]:
            return factors, additions, mixed
        rivals: dict[str, list[Hit]] = defaultdict(list)
        for hit in self.hits[target][who]:
            if hit.group is not None:
                rivals[hit.group].append(hit)
            elif hit.kind == MULTIPLIES:
                factors.append(hit.row)
            else:
                additions.append((hit.row, hit.weight))
        for name in sorted(rivals):
            group = rivals[name]
            kinds = {hit.kind for hit in group}
            if len(kinds) > 1:
                mixed.append(group)
            elif kinds == {MULTIPLIES}:
                factors.append(self._largest(group))
            else:
                additions.append((self._largest(group), 1.0))
        return factors, additions, mixed

    def _largest(self, group: list[Hit]) -> int:
        """Return the row that holds the largest of a group, made once."""
        key = tuple((hit.row, hit.weight) for hit in group)
        made = self.groups.setdefault(key, (len(self.groups), group[0].kind))
        return len(self.rows) + made[0]

    def table(self) -> EffectTable:
        """Return the rows as arrays."""
        rows, groups = list(self.rows), list(self.groups)
        return EffectTable(
            np.array([r.kind for r in rows], np.int8),
            np.array([r.value for r in rows], np.int32),
            np.array([r.event for r in rows], np.int32),
            np.array([r.share for r in rows], np.float64),
            pointers([r.sharers for r in rows]),
            flat([[s.event for s in r.sharers] for r in rows], np.int32),
            flat([[s.weight for s in r.sharers] for r in rows], np.float64),
            pointers(groups),
            flat([[row for row, _ in g] for g in groups], np.int32),
            flat([[weight for _, weight in g] for g in groups], np.float64),
            np.array([kind for _, kind in self.groups.values()], np.int8),
        )


class Target(NamedTuple):
    """An activity that an addition may strike: its number, deterministic start and size, and when it exists."""

    who: int
    path: str
    start: int
    weight: float
    exists: int
    dated: bool


def earliest(targets: Sequence[Target], place: str) -> list[tuple[Target, list[tuple[int, bool]]]]:
    """Return the targets that `once` may strike, each with the terms that make it the one (K3).

    In the order of deterministic start, ties by identifier: the first that exists. Raises ProgramError where
    existence hangs on a date, which is known only after the durations are.
    """
    _refuse_dated(targets, place)
    out: list[tuple[Target, list[tuple[int, bool]]]] = []
    before: list[tuple[int, bool]] = []
    for target in sorted(targets, key=lambda t: (t.start, t.path)):
        out.append((target, [*before, (target.exists, False)]))
        if target.exists == ALWAYS:
            break
        before.append((target.exists, True))
    return out


def _refuse_dated(targets: Sequence[Target], place: str) -> None:
    for target in targets:
        if target.dated and len(targets) > 1:
            reason = (
                f"`spread: once` and `split` cannot name {target.path}, whose existence hangs on a date; use `each`"
            )
            raise ProgramError.at(place, reason)


def split(targets: Sequence[Target], place: str) -> list[tuple[Target, float, tuple[Sharer, ...]]]:
    """Return each target's part of a split addition: a weight, or (share, sharers) where existence varies (K3)."""
    _refuse_dated(targets, place)
    total = sum(t.weight for t in targets)
    if total <= 0:
        raise ProgramError.at(place, "`spread: split` divides by durations or costs, and these are all 0")
    if all(t.exists == ALWAYS for t in targets):
        return [(t, t.weight / total, ()) for t in targets]
    sharers = tuple(Sharer(t.exists, t.weight) for t in targets)
    return [(t, t.weight, sharers) for t in targets]
