"""Causes: which stored dates do not follow from their neighbours', and by which rule; the others merely follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from riskmc.analysis.scheduling_variants import variants
from riskmc.errors import RiskmcError
from riskmc.network.tasks import Task
from riskmc.program.program import Program
from riskmc.program.stored import StoredDates
from riskmc.simulation.delays import Twin
from riskmc.simulation.recomputation import DATES, EVERY_FIELD, Field, Recomputation, recompute

EARLY: tuple[Field, ...] = DATES[:2]
LATE: tuple[Field, ...] = (*DATES[2:], "total_float")
BEFORE_DATA_DATE = "stored before the data date: not scheduled again since that moved"
STATED = "levelling delay that the file states"
DELAYED = "starts later than its logic asks: levelling or preferential delay"
AT_DATA_DATE = "stored at the data date, though its predecessors hold it"
TOO_EARLY = "starts earlier than its predecessors' stored dates allow"
OTHER_DURATION = "stored start and finish are not its remaining duration apart"
FLOAT_ALONE = "the stored float is not the working time between its early and late dates"
OTHER_PATH = "on another longest path; all dates match"


@dataclass(frozen=True)
class Cause:
    """Why an activity differs: ``first`` where no predecessor (late dates: no successor) does; ``rule`` if known."""

    first: bool
    rule: str = ""


def causes(plan: Program, found: Recomputation, twins: Mapping[str, Twin]) -> dict[str, Cause]:
    """Return why each activity that differs does so, by path.

    The plan is scheduled once more under each rule that it may have been scheduled by; a rule counts where it puts
    right more activities than it puts wrong, the one that puts right most first.
    """
    differs = found.any_differs()
    paths = [task.path for task, is_off in zip(found.tasks, differs, strict=True) if is_off]
    first = _Neighbours(plan, found, twins).first()
    rules = _by_variant(plan, found, paths)
    direct = {
        task.path: _direct(found, row, twins.get(task.path))
        for row, task in enumerate(found.tasks)
        if task.path in first and task.path not in rules
    }
    return {path: Cause(path in first, rules.get(path) or direct.get(path, "")) for path in paths}


def _by_variant(plan: Program, found: Recomputation, paths: Sequence[str]) -> dict[str, str]:
    """Return the rule under which an activity matches in everything stored, for those for which there is one."""
    differs = found.any_differs()
    tried: list[tuple[int, str, NDArray[np.bool_]]] = []
    for variant in variants(plan, paths):
        try:
            other = recompute(variant.program()).any_differs()
        except RiskmcError:
            continue
        right, wrong = differs & ~other, other & ~differs
        gain = int(np.count_nonzero(right)) - int(np.count_nonzero(wrong))
        if gain > 0:
            tried.append((gain, variant.rule, right))
    rules: dict[str, str] = {}
    for _, rule, right in sorted(tried, key=lambda entry: -entry[0]):
        for task, is_right in zip(found.tasks, right, strict=True):
            if is_right:
                rules.setdefault(task.path, f"matches if {rule}")
    return rules


class _Neighbours:
    """Which activities differ though their neighbours' stored dates explain nothing."""

    def __init__(self, plan: Program, found: Recomputation, twins: Mapping[str, Twin]):
        self.found, self.twins = found, twins
        self.early = self._paths(found.any_differs(EARLY))
        self.late = self._paths(found.any_differs(LATE))
        self.off = self._paths(found.any_differs())
        self.before = {
            task.path: [plan.path(link.activity, task.project) for link in task.activity.after]
            for task in found.network.tasks
        }
        self.homes = {task.project for task in found.tasks if task.path in self.early}

    def _paths(self, some: NDArray[np.bool_]) -> set[str]:
        return {task.path for task, chosen in zip(self.found.tasks, some, strict=True) if chosen}

    def first(self) -> set[str]:
        """Return the activities with which differences begin."""
        begin = {path for path in self.early if self._begins(path)} | self._first_late()
        return begin or (set() if self.early or self.late else self.off)

    def _begins(self, path: str) -> bool:
        """Return whether an activity's stored early dates are not those that its predecessors' stored dates give."""
        twin = self.twins.get(path)
        if twin is not None:
            return abs(twin.start) > 1 or abs(twin.finish) > 1
        return not any(pred in self.early for pred in self.before[path])

    def _first_late(self) -> set[str]:
        """Return where late dates alone differ, though those of all successors match.

        What has no successor is held by the finish of its project, which follows from early dates.
        """
        alone = self.late - self.early
        following = {pred for succ in self.late for pred in self.before[succ]}
        open_ends = alone.difference(*self.before.values())
        follow = {path for path in open_ends if self.found.network.program.project_of(path) in self.homes}
        return alone - following - follow


def _direct(found: Recomputation, row: int, twin: Twin | None) -> str:
    """Return the rule that shows in the dates themselves; nothing where none does."""
    task, start = found.tasks[row], found.stored["early_start"][row]
    data_date = found.network.axis.index(task.calendar, task.data_date)
    if start < data_date - 1 and not task.follows:
        return BEFORE_DATA_DATE
    if twin is not None:
        return _of_twin(task, found.dates[row], twin, bool(abs(start - data_date) <= 1))
    off = {field for field in EVERY_FIELD if found.differs[field][row]}
    if "total_float" in off and not off.intersection(DATES):
        return FLOAT_ALONE
    return OTHER_PATH if off == {"driving"} else ""


def _of_twin(task: Task, dates: StoredDates, twin: Twin, at_data_date: bool) -> str:
    if twin.start > 1 and not task.follows:
        return STATED if dates.delay > 0 else DELAYED
    if twin.start < -1:
        return AT_DATA_DATE if at_data_date else TOO_EARLY
    return OTHER_DURATION if abs(twin.finish) > 1 and not task.follows else ""
