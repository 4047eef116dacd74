"""Formats into which a program is converted, by the ending of the file: its content, and what it does not hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from riskmc.analysis.conversion.losses import Ledger
from riskmc.analysis.conversion.planned import MICROSOFT, P6, TABLE, Planned, planned
from riskmc.analysis.conversion.unheld import Room, tell_planned_costs, tell_unheld
from riskmc.io import program_file
from riskmc.io.mspdi import writer as mspdi_writer
from riskmc.io.mspdi.writer_constraints import constraints_win, limits, pulls_back
from riskmc.io.mspdi.writer_fields import CustomFields
from riskmc.io.planned_work import percent
from riskmc.io.table import writer as table_writer
from riskmc.io.workbook import writer as workbook_writer
from riskmc.io.xer import writer as xer_writer
from riskmc.io.xer.writer_task import constraints
from riskmc.program.program import Program
from riskmc.program.stored import stored_of_plan

_XER_SLOTS = 2
_XER_ROOM, _MSPDI_ROOM = Room(40, 40, 120, 255), Room(255, 255, 255, 51)
_TABLE_ROOM = Room(32_767, 32_767, 32_767, 32_767)


@dataclass(frozen=True)
class Format:
    """A format: what people call it, what makes its content, and whether it stores dates that can be compared."""

    title: str
    content: Callable[[Program, Ledger], bytes]
    dated: bool


def _program_file(program: Program, ledger: Ledger) -> bytes:
    """Return a program file; it holds everything but what the planning tool computed."""
    return program_file.dumps(_whole(program, ledger)).encode("utf-8")


def _workbook(program: Program, ledger: Ledger) -> bytes:
    """Return a workbook; it holds all that a program file does."""
    return workbook_writer.dumps(_whole(program, ledger))


def _whole(program: Program, ledger: Ledger) -> Program:
    """Return the program without the plan over which it lies: it holds all of that itself."""
    stored = stored_of_plan(program)
    if stored is not None:
        ledger.lose(f"the dates that {stored.tool} stored are left out: `verify` needs the plan itself")
        tell_planned_costs(program, ledger)
    return program if program.plan is None else program.model_copy(update={"plan": None})


def _xer(program: Program, ledger: Ledger) -> bytes:
    tell_unheld(program, _XER_ROOM, ledger)
    plan = planned(program, P6, ledger)
    every = plan.program.activities().items()
    sentence = f"constraints beyond the first {_XER_SLOTS} of an activity are left out"
    ledger.lose_all(sentence, (path for path, activity in every if len(constraints(activity)) > _XER_SLOTS))
    homes = [name for name, project in plan.program.projects.items() if project.float_to == "program"]
    if len(plan.program.projects) > 1:
        ledger.lose_all("float to the finish of the program becomes float to that of each project", homes)
    return xer_writer.file_bytes(plan.program, plan.dates)


def _mspdi(program: Program, ledger: Ledger) -> bytes:
    tell_unheld(program, _MSPDI_ROOM, ledger)
    plan = planned(program, MICROSOFT, ledger)
    _tell_microsoft(plan.program, ledger)
    return mspdi_writer.file_bytes(plan.program, plan.dates)


def _tell_microsoft(program: Program, ledger: Ledger) -> None:
    """Put into the ledger what Microsoft Project's file does not hold of a plan in its terms."""
    every, wins, pulls = program.activities().items(), constraints_win(program), pulls_back(program)
    left = (path for path, activity in every if limits(activity, wins, pulls).left)
    ledger.lose_all("constraints beyond the first of an activity are left out", left)
    ends = (name for name, project in program.projects.items() if project.must_finish_by)
    ledger.lose_all("must-finish-by dates of projects are left out", ends)
    expected = (path for path, activity in every if activity.expected_finish)
    ledger.lose_all("expected finishes are left out", expected)
    uneven = (path for path, activity in every if _uneven(percent(activity)))
    ledger.lose_all("percents complete are rounded to whole ones", uneven)
    ledger.lose_all("activity codes beyond the 29 fields for text are left out", CustomFields(program).left)


def _uneven(share: float | None) -> bool:
    """Return whether a share is no whole percent."""
    return share is not None and abs(100 * share - round(100 * share)) > 1e-9


def _table(program: Program, ledger: Ledger) -> bytes:
    tell_unheld(program, _TABLE_ROOM, ledger)
    plan: Planned = planned(program, TABLE, ledger)
    every = plan.program.activities()
    away = {name for name in plan.program.calendars if name != "standard"}
    ledger.lose_all("calendars are left out: durations are in days of each activity's own", sorted(away))
    ledger.lose_all("activity codes are left out", (path for path, activity in every.items() if activity.codes))
    percents = (path for path, activity in every.items() if percent(activity) is not None)
    ledger.lose_all("percents complete are left out", percents)
    ledger.lose_all("resources are left out", (path for path, activity in every.items() if activity.uses))
    if len(plan.program.projects) > 1:
        ledger.lose("several projects are written as one table", *plan.program.projects)
    return table_writer.file_text(plan.program, plan.dates).encode("utf-8")


FORMATS: Mapping[str, Format] = {
    ".yaml": Format("a program file", _program_file, dated=False),
    ".yml": Format("a program file", _program_file, dated=False),
    ".xlsx": Format("an Excel workbook", _workbook, dated=False),
    ".csv": Format("a table of activities", _table, dated=False),
    ".xer": Format("a Primavera P6 file (XER)", _xer, dated=True),
    ".xml": Format("a Microsoft Project file (XML)", _mspdi, dated=True),
}
