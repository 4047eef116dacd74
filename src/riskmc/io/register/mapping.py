"""Mapping of a register's rows: which activities a risk acts on, by codes, WBS branches and names; and what is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from riskmc.program.catalogue import FILTERS, is_reference
from riskmc.program.program import Program
from riskmc.program.selector import naming

_BETWEEN = re.compile(r"\s*[,;\n|]\s*")
FIELDS = ("activities", "wbs", "pattern")


@dataclass(frozen=True)
class Mapped:
    """What a risk acts on: the selector, whether it may be more than one activity, and what of it is lost."""

    on: tuple[str, ...] = ()
    several: bool = False
    lost: tuple[str, ...] = ()
    finished: bool = False

    def reason(self) -> str:
        """Return why nothing is left to act on."""
        if self.finished:
            return "everything it is mapped to is finished"
        if not self.lost:
            return "mapped to no activity"
        return "mapped to nothing in the plan"


def mapped(texts: Mapping[str, str], program: Program | None) -> Mapped:
    """Return what the cells with activities, WBS and name pattern mean; without a program all of it is believed."""
    said = list(dict.fromkeys(name for field in FIELDS for name in _patterns(field, texts.get(field, ""))))
    if program is None:
        return Mapped(tuple(said), len(said) > 1 or not all(map(is_reference, said)))
    kept: list[str] = []
    lost: list[str] = []
    reached: set[str] = set()
    for pattern in said:
        paths = _paths(pattern, program)
        reached |= paths
        (kept if paths else lost).append(pattern)
    activities = program.activities()
    left = [path for path in reached if not _done(activities[path].progress)]
    if reached and not left:
        return Mapped(lost=tuple(lost), finished=True)
    several = len(reached) > 1 or not all(map(is_reference, kept))
    return Mapped(tuple(kept), several, tuple(lost))


def _done(progress: object) -> bool:
    return getattr(progress, "finished", None) is not None


def _patterns(field: str, cell: str) -> list[str]:
    """Return the patterns of a selector that a cell says."""
    names = [name for name in _BETWEEN.split(cell.strip()) if name]
    if field == "activities":
        return [name if name.startswith(FILTERS) or "*" in name or name == "all" else naming(name) for name in names]
    if field == "wbs":
        return [name if name.startswith("wbs:") else f"wbs:{name if '*' in name else f'{name}.*'}" for name in names]
    return [name if name.startswith("name:") else f"name:{name if '*' in name else f'*{name}*'}" for name in names]


def _paths(pattern: str, program: Program) -> frozenset[str]:
    """Return the activities that one pattern means; none for a code that stands in several projects."""
    if is_reference(pattern):
        found = program.candidates(pattern)
        return frozenset(found if len(found) == 1 else ())
    return program.catalogue().matching(pattern)
