"""Costs and resources of an XER file: assignments (TASKRSRC) and expenses (PROJCOST) -> cost of each activity.

What does P6 itself do to the money when a duration changes? The duration type of the activity says it, and nothing
else in the file does: with fixed units per time (DT_FixedDrtn, DT_FixedRate) a longer activity uses more units, so the
cost of its labour and equipment is an amount per day; with fixed units (DT_FixedDUR2, DT_FixedQty) it is fixed. Level
of effort is always per day; materials and expenses are always fixed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from riskmc.io.findings import Findings, number, unique
from riskmc.io.planned_money import PER_DAY, Money
from riskmc.io.xer.fields import Task
from riskmc.io.xer.tables import Row, Table

PER_TIME_DURATIONS = ("DT_FixedDrtn", "DT_FixedRate")
MATERIAL = "RT_Mat"


@dataclass(frozen=True)
class ResourceRow:
    """A labour or equipment resource with an assignment: ``name`` is its identifier, ``capacity`` units at most."""

    name: str
    title: str
    capacity: float | None
    calendar: str


def resources(tables: Mapping[str, Table], findings: Findings) -> dict[str, ResourceRow]:
    """Return the labour and equipment resources that an activity uses, by rsrc_id; materials are money, not a pool.

    The capacity is ``max_qty_per_hr`` of the latest rate that has one (RSRCRATE).
    """
    used = {key for _, key, kind in tables["TASKRSRC"].select("rsrc_id", "rsrc_type") if kind != MATERIAL}
    rows = [
        row
        for row in tables["RSRC"].select("rsrc_id", "rsrc_short_name", "rsrc_name", "clndr_id")
        if row[1] in used and row[2] != PER_DAY
    ]
    capacity: dict[str, tuple[str, float]] = {}
    for line, key, start, most in tables["RSRCRATE"].select("rsrc_id", "start_date", "max_qty_per_hr"):
        units = findings.number(most, line, "RSRCRATE max_qty_per_hr")
        if units > 0 and start >= capacity.get(key, ("", 0.0))[0]:
            capacity[key] = (start, units)
    names = unique((key, short.strip() or key) for _, key, short, _, _ in rows)
    return {
        key: ResourceRow(names[key], title.strip(), capacity[key][1] if key in capacity else None, calendar)
        for _, key, _, title, calendar in rows
    }


def resource_calendars(
    tables: Mapping[str, Table], tasks: Mapping[str, Task], known: Collection[str], findings: Findings
) -> dict[str, str]:
    """Return the clndr_id on which each resource dependent activity is scheduled: the calendar of its resources.

    Where its labour and equipment have several, it is that of the primary resource, else of the first assignment.
    ``known`` are the calendars of the file.
    """
    of = {key: calendar for _, key, calendar in tables["RSRC"].select("rsrc_id", "clndr_id") if calendar in known}
    assigned: dict[str, list[str]] = {}
    for _, task_id, rsrc, kind in tables["TASKRSRC"].select("task_id", "rsrc_id", "rsrc_type"):
        if kind != MATERIAL and rsrc in of and task_id in tasks and tasks[task_id].task_type == "TT_Rsrc":
            assigned.setdefault(task_id, []).append(rsrc)
    found = {}
    for task_id, pools in assigned.items():
        first = tasks[task_id].rsrc_id
        found[task_id] = of[first if first in pools else pools[0]]
        if len({of[rsrc] for rsrc in pools}) > 1:
            sentence = "resource dependent activities whose resources have several calendars run on one of them"
            findings.note(sentence, tasks[task_id].task_code)
    return found


def money(
    tables: Mapping[str, Table], tasks: Mapping[str, Task], pools: Mapping[str, ResourceRow], findings: Findings
) -> dict[str, Money]:
    """Return the cost of every activity with an assignment or an expense, by task_id.

    What is still to spend is ``remain_cost`` where the file has it, else the budget ``target_cost`` less what is spent.
    """
    found: dict[str, Money] = {}
    _assignments(tables["TASKRSRC"], tasks, pools, findings, found)
    _expenses(tables["PROJCOST"], tasks, findings, found)
    return found


def _assignments(
    table: Table,
    tasks: Mapping[str, Task],
    pools: Mapping[str, ResourceRow],
    findings: Findings,
    found: dict[str, Money],
) -> None:
    columns = ("task_id", "rsrc_id", "rsrc_type", "target_qty_per_hr", "remain_cost", "target_cost")
    for line, task_id, rsrc, kind, per_hour, remaining, target, regular, overtime in table.select(
        *columns, "act_reg_cost", "act_ot_cost"
    ):
        task = tasks.get(task_id)
        if task is None:
            findings.note("resource assignments to activities that are not in the file are left out", task_id)
            continue
        entry = found.setdefault(task_id, Money())
        spent = findings.number(regular, line, "TASKRSRC act_reg_cost")
        spent += findings.number(overtime, line, "TASKRSRC act_ot_cost")
        to_spend = _to_spend(remaining, target, spent, line, "TASKRSRC", findings)
        if target:
            entry.plan(number(target) or 0.0)
        entry.actual += spent
        if kind != MATERIAL and (task.duration_type in PER_TIME_DURATIONS or task.task_type == "TT_LOE"):
            entry.with_time += to_spend
        else:
            entry.fixed += to_spend
        units = findings.number(per_hour, line, "TASKRSRC target_qty_per_hr")
        if rsrc in pools and kind != MATERIAL and units > 0:
            entry.uses[pools[rsrc].name] = round(entry.uses.get(pools[rsrc].name, 0.0) + units, 9)


def _expenses(table: Table, tasks: Mapping[str, Task], findings: Findings, found: dict[str, Money]) -> None:
    columns = ("task_id", "cost_name", "act_cost", "remain_cost", "target_cost")
    for line, task_id, name, actual, remaining, target in table.select(*columns):
        if task_id not in tasks:
            findings.note("expenses of activities that are not in the file are left out", name or task_id)
            continue
        entry = found.setdefault(task_id, Money())
        spent = findings.number(actual, line, "PROJCOST act_cost")
        entry.actual += spent
        entry.fixed += _to_spend(remaining, target, spent, line, "PROJCOST", findings)
        if target:
            entry.plan(number(target) or 0.0)


def _to_spend(remaining: str, target: str, spent: float, line: str, table: str, findings: Findings) -> float:
    if remaining:
        return findings.number(remaining, line, f"{table} remain_cost")
    return max(0.0, findings.number(target, line, f"{table} target_cost") - spent)


def currency(header: Row, table: Table, findings: Findings) -> str | None:
    """Return the short name of the base currency (exchange rate 1), in which P6 keeps all money whatever is viewed.

    Where several have that rate it is the one with the lowest curr_id; where none has, the header's, if there is one.
    """
    base = [
        (number(key) or 0.0, short.strip())
        for _, key, short, rate in table.select("curr_id", "curr_short_name", "base_exch_rate")
        if short.strip() and number(rate) == 1
    ]
    viewed = header[8].strip() if len(header) > 8 else ""
    chosen = min(base)[1] if base else viewed
    if viewed and viewed != chosen:
        findings.note(f"money is read as {chosen}, the file's base currency; it was exported while viewing {viewed}")
    if not chosen:
        findings.note("the file names no currency; its amounts are printed without one")
    return chosen or None
