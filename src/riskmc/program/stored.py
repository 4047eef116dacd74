"""Stored dates: what the planning tool itself computed (early and late dates, float, driving path), to compare with.

Beside them the planned cost of each activity, against which its earned value is measured.

They are no part of a program's words: they change no number, are not written to a program file and not hashed. A
program read from a plan file knows them; one laid over a plan knows the plan and through it the plan's dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from riskmc.program.program import Program

_STORED = "_stored"
_PLAN = "_plan"
_KEPT = "_kept_delays"


@dataclass(frozen=True, slots=True)
class StoredDates:
    """What the planning tool stored of one activity; None is what it did not store.

    Of started work the early dates are those of the remaining work. ``total_float`` is in working minutes of the
    activity's own calendar. ``driving``: on the driving (longest) path. ``delay``: minutes, by the clock, of levelling
    delay that the file states. ``baseline_start`` and ``baseline_finish`` are those of the current baseline, and
    ``planned_cost`` is what the work was planned to cost, in currency units.
    """

    early_start: datetime | None = None
    early_finish: datetime | None = None
    late_start: datetime | None = None
    late_finish: datetime | None = None
    total_float: float | None = None
    driving: bool | None = None
    delay: float = 0.0
    baseline_start: datetime | None = None
    baseline_finish: datetime | None = None
    planned_cost: float | None = None


NO_DATES = StoredDates()
"""Of an activity of which the tool stored nothing."""


@dataclass(frozen=True)
class Stored:
    """The stored dates of a plan file: ``file`` as it was given, ``tool``, and the dates by activity path."""

    file: str
    tool: str
    dates: Mapping[str, StoredDates]


def remember_stored(program: Program, stored: Stored) -> None:
    """Let a program know what its planning tool stored; one made from it by `but` or a scenario no longer knows."""
    program.__dict__[_STORED] = stored


def stored_of(program: Program) -> Stored | None:
    """Return what the planning tool stored of a program as it was read, or None."""
    found: Stored | None = program.__dict__.get(_STORED)
    return found


def remember_plan(program: Program, plan: Program) -> None:
    """Let a program know the plan over which it was laid."""
    program.__dict__[_PLAN] = plan


def plan_of(program: Program) -> Program | None:
    """Return the plan as its tool has it: the program itself, or the one below it; None where there is no plan."""
    if stored_of(program) is not None:
        return program
    found: Program | None = program.__dict__.get(_PLAN)
    return found


def stored_of_plan(program: Program) -> Stored | None:
    """Return what the planning tool stored of a program's plan, the program itself or the one below it, or None."""
    plan = plan_of(program)
    return None if plan is None else stored_of(plan)


def inherit_plan(changed: Program, source: Program) -> None:
    """Let a program made from ``source`` know its plan; what the tool stored is of the plan, not of what was made."""
    plan, kept = plan_of(source), keeps_delays(source)
    changed.__dict__.pop(_STORED, None)
    if plan is not None:
        remember_plan(changed, plan)
    if kept:
        remember_delays(changed)


def remember_delays(program: Program) -> None:
    """Let a program know that the delays in its plan's stored dates are kept in it."""
    program.__dict__[_KEPT] = True


def keeps_delays(program: Program) -> bool:
    """Return whether the delays in the plan's stored dates are kept in a program."""
    return bool(program.__dict__.get(_KEPT, False))
