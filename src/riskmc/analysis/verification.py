"""Verification: a plan recomputed from its own logic, beside what its tool stored; each difference with its cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from os import PathLike, fspath
from typing import TYPE_CHECKING

import numpy as np

from riskmc.analysis.causes import DELAYED, STATED, Cause, causes
from riskmc.errors import ArgumentError
from riskmc.forecast.card import Card, Shown
from riskmc.io import read
from riskmc.network.axis import Axis
from riskmc.network.tasks import Task
from riskmc.program.locating import located
from riskmc.program.origin import origin_of
from riskmc.program.program import Program
from riskmc.program.stored import StoredDates, plan_of, stored_of
from riskmc.simulation.delays import Delay, delays_among, twins
from riskmc.simulation.recomputation import EVERY_FIELD, FIELDS, Field, Recomputation, recompute
from riskmc.simulation.understanding import Agreement

if TYPE_CHECKING:
    import pandas as pd

HOUR = 60
Value = datetime | float | bool | None


@dataclass(frozen=True)
class Count:
    """Of how many activities a field was compared, and how many of these match."""

    matched: int
    compared: int

    @property
    def share(self) -> float:
        """The share that matches; 1 where nothing was compared."""
        return self.matched / self.compared if self.compared else 1.0


@dataclass(frozen=True)
class Difference:
    """One field of one activity that was not recomputed as stored.

    ``stored`` and ``computed`` are datetimes, working hours of total float, or whether it is on the driving path;
    ``off_days`` is stored less computed in working days of the activity's calendar. ``first``: differences begin
    here; the others follow. ``rule`` says what explains it, where that is known.
    """

    activity: str
    name: str | None
    field: Field
    stored: Value
    computed: Value
    off_days: float | None
    first: bool
    rule: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Verification(Shown, Agreement):
    """How far a plan was recomputed on the dates that its tool stored.

    Parameters
    ----------
    title, file, tool : str
        What the plan is called, its file, and the tool that made it.
    activities : int
        Unfinished, scheduled activities; the others have nothing to recompute.
    compared, matched : int
        Those with anything stored, and those of them that match in all that is stored.
    fields : by name, Count
        early_start, early_finish, late_start, late_finish, total_float and driving.
    differences : tuple of Difference
        First those with which differences begin, the farthest off first.
    delays : tuple of Delay
        Stored starts that are later than logic asks under any rule.
    """

    title: str
    file: str
    tool: str
    activities: int
    compared: int
    matched: int
    fields: Mapping[Field, Count]
    differences: tuple[Difference, ...] = ()
    delays: tuple[Delay, ...] = ()

    def to_frame(self) -> pd.DataFrame:
        """Return one row a difference."""
        import pandas as pd

        columns = ("activity", "name", "field", "stored", "computed", "off_days", "first", "rule")
        rows = [{word: getattr(found, word) for word in columns} for found in self.differences]
        return pd.DataFrame(rows, columns=list(columns), dtype=object)

    def headline(self) -> str:
        """Return the answer in a sentence."""
        return f"{self.matched:,} of {self.compared:,} activities recomputed on the very dates that {self.tool} stored."

    def _card(self) -> Card:
        """Return what a notebook shows: how much of the plan was recomputed on its own dates."""
        words = {"early_finish": "Early finish", "late_finish": "Late finish", "driving": "Driving path"}
        counts = [(heading, self.fields[word]) for word, heading in words.items()]  # type: ignore[index]
        figures = [(heading, f"{count.matched:,} of {count.compared:,}", False) for heading, count in counts]
        return Card(self.title, "Verification", figures, None, (self.headline(),))


def verify(program: Program | str | PathLike[str]) -> Verification:
    """Return how far a plan is recomputed on its stored dates: early and late dates, total float, driving path.

    ``program`` is a plan, a program laid over one (then its plan is verified, as the planning tool has it), or the
    file of either. Dates are compared in working minutes of each activity's calendar, to within one; only unfinished
    activities are.

    Raises
    ------
    ArgumentError
        There are no stored dates, so there is nothing to compare.
    ProgramError, InputError
        The plan cannot be scheduled, or the file not be read.
    """
    loaded = program if isinstance(program, Program) else read(program)
    plan, name = plan_of(loaded), _name(loaded) if isinstance(program, Program) else fspath(program)
    if plan is None:
        raise ArgumentError(f"{name}: nothing to compare: neither a plan of a planning tool, nor over one (`plan:`)")
    with located(loaded):
        found = recompute(plan)
    if not found.any_compared().any():
        raise ArgumentError(f"{name}: nothing to compare: no unfinished activity of the plan has stored dates")
    return _verification(plan, found)


def _name(program: Program) -> str:
    """Return the file of a program, where it was read from one with lines; else what it is called."""
    origin = origin_of(program)
    return program.program if origin is None else origin.file


def _verification(plan: Program, found: Recomputation) -> Verification:
    stored = stored_of(plan)
    assert stored is not None
    differ = bool(found.any_differs().any())
    known = twins(found) if differ else {}
    why = causes(plan, found, known) if differ else {}
    return Verification(
        plan.program, stored.file, stored.tool, len(found.tasks),
        int(np.count_nonzero(found.any_compared())), found.matched(),
        {field: _count(found, field) for field in EVERY_FIELD},
        tuple(sorted(_differences(found, why), key=_rank)),
        tuple(delay for delay in delays_among(found, known) if why[delay.activity].rule in (DELAYED, STATED)),
    )  # fmt: skip


def _count(found: Recomputation, field: Field) -> Count:
    compared = int(np.count_nonzero(found.compared[field]))
    return Count(compared - int(np.count_nonzero(found.differs[field])), compared)


def _rank(found: Difference) -> tuple[bool, float]:
    return not found.first, -abs(found.off_days or 0.0)


def _differences(found: Recomputation, why: Mapping[str, Cause]) -> Iterator[Difference]:
    for row, (task, dates) in enumerate(zip(found.tasks, found.dates, strict=True)):
        for field in EVERY_FIELD:
            if found.differs[field][row]:
                cause = why[task.path]
                off = found.stored[field][row] - found.computed[field][row]
                days = float(off) / found.network.axis.calendars[task.calendar].day_minutes if field in FIELDS else None
                stored = _stored(dates, field)
                computed = _computed(found, row, task, field)
                name = task.activity.name
                yield Difference(task.path, name, field, stored, computed, days, cause.first, cause.rule)


def _stored(dates: StoredDates, field: Field) -> Value:
    value: Value = getattr(dates, field)
    return value / HOUR if field == "total_float" and value is not None and not isinstance(value, datetime) else value


def _computed(found: Recomputation, row: int, task: Task, field: Field) -> Value:
    plan, axis = found.network.plan, found.network.axis
    if field == "driving":
        return bool(plan.critical[task.number])
    if field == "total_float":
        return float(plan.total_float[task.number]) / HOUR
    if field == "early_start":
        return _instant(axis, int(plan.start[task.number]))
    if field == "early_finish":
        return _instant(axis, int(plan.finish[task.number]))
    return _late(axis, task, int(found.computed[field][row]), field == "late_start" and task.milestone != "finish")


def _late(axis: Axis, task: Task, index: int, is_start: bool) -> datetime | None:
    """Return a late date; None before the first or after the last minute of the calendar."""
    work = axis.calendars[task.calendar]
    if is_start:
        return _instant(axis, int(work.start_instant(index))) if 0 <= index < work.limit else None
    return _instant(axis, int(work.finish_instant(index))) if 0 <= index <= work.limit else None


def _instant(axis: Axis, minute: int) -> datetime:
    return axis.epoch + timedelta(minutes=minute)
