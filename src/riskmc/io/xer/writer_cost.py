"""Costs and resources -> RSRC, RSRCRATE, TASKRSRC and PROJCOST rows of an XER file.

A fixed cost is an expense. An amount a day is the cost of the first resource that the activity uses, else of a
resource that stands for money alone; the activity's duration type (fixed duration) makes it grow with time in P6 too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from riskmc.io.plan_text import name_of, names, number_text
from riskmc.io.planned_money import bearers, per_day, resource_names, spent, still_to_spend
from riskmc.io.planned_work import day_minutes, planned_minutes, remaining_minutes
from riskmc.io.xer.writer_project import Structure
from riskmc.io.xer.writer_tables import TableText, guid_text, time_text
from riskmc.io.xer.writer_task import Work
from riskmc.program.activity import Activity
from riskmc.program.program import Program

_SHORT, _TITLE = 40, 100

_RESOURCE = {
    "rsrc_id": "", "parent_rsrc_id": "", "clndr_id": "", "role_id": "", "shift_id": "", "user_id": "", "pobs_id": "",
    "guid": "", "rsrc_seq_num": "0", "email_addr": "", "employee_code": "", "office_phone": "", "other_phone": "",
    "rsrc_name": "", "rsrc_short_name": "", "rsrc_title_name": "", "def_qty_per_hr": "1", "cost_qty_type": "QT_Hour",
    "ot_factor": "", "active_flag": "Y", "auto_compute_act_flag": "N", "def_cost_qty_link_flag": "Y", "ot_flag": "N",
    "curr_id": "1", "unit_id": "", "rsrc_type": "RT_Labor", "location_id": "", "rsrc_notes": "", "load_tasks_flag": "",
    "level_flag": "", "last_checksum": "",
}  # fmt: skip
_RATE = {
    "rsrc_rate_id": "", "rsrc_id": "", "max_qty_per_hr": "1", "cost_per_qty": "0", "start_date": "",
    "shift_period_id": "", "cost_per_qty2": "0", "cost_per_qty3": "0", "cost_per_qty4": "0", "cost_per_qty5": "0",
}  # fmt: skip
_ASSIGNMENT = {
    "taskrsrc_id": "", "task_id": "", "proj_id": "", "cost_qty_link_flag": "Y", "role_id": "", "acct_id": "",
    "rsrc_id": "", "pobs_id": "", "skill_level": "", "remain_qty": "0", "target_qty": "0", "remain_qty_per_hr": "0",
    "target_lag_drtn_hr_cnt": "0", "target_qty_per_hr": "0", "act_ot_qty": "0", "act_reg_qty": "0",
    "relag_drtn_hr_cnt": "0", "ot_factor": "", "cost_per_qty": "0", "target_cost": "0", "act_reg_cost": "0",
    "act_ot_cost": "0", "remain_cost": "0", "act_start_date": "", "act_end_date": "", "restart_date": "",
    "reend_date": "", "target_start_date": "", "target_end_date": "", "rem_late_start_date": "",
    "rem_late_end_date": "", "rollup_dates_flag": "Y", "target_crv": "", "remain_crv": "", "actual_crv": "",
    "ts_pend_act_end_flag": "N", "guid": "", "rate_type": "COST_PER_QTY", "act_this_per_cost": "0",
    "act_this_per_qty": "0", "curv_id": "", "rsrc_type": "RT_Labor", "cost_per_qty_source_type": "ST_Custom",
    "create_user": "admin", "create_date": "", "has_rsrchours": "", "taskrsrc_sum_id": "",
}  # fmt: skip
_EXPENSE = {
    "cost_item_id": "", "acct_id": "", "pobs_id": "", "cost_type_id": "", "proj_id": "", "task_id": "",
    "cost_name": "Cost", "po_number": "", "vendor_name": "", "act_cost": "0", "cost_per_qty": "0", "remain_cost": "0",
    "target_cost": "0", "cost_load_type": "CL_Uniform", "auto_compute_act_flag": "N", "target_qty": "1",
    "qty_name": "", "cost_descr": "", "contract_manager_import": "",
}  # fmt: skip


@dataclass
class CostRows:
    """The rows of resources, their rates and assignments, and of expenses."""

    resources: TableText = field(default_factory=lambda: TableText("RSRC", _RESOURCE))
    rates: TableText = field(default_factory=lambda: TableText("RSRCRATE", _RATE))
    assignments: TableText = field(default_factory=lambda: TableText("TASKRSRC", _ASSIGNMENT))
    expenses: TableText = field(default_factory=lambda: TableText("PROJCOST", _EXPENSE))


def money(program: Program, structure: Structure, work: Work, calendar_ids: Mapping[str, str]) -> CostRows:
    """Return the resources and the costs of a program whose activities carry planned costs."""
    out = CostRows()
    ids = _resources(out, program, calendar_ids)
    for path, activity in program.activities().items():
        words = {"task_id": work.ids[path], "proj_id": structure.project_ids[program.project_of(path)]}
        _assignments(out, activity, ids, day_minutes(program, activity), words)
        _expense(out, activity, words)
    return out


def _resources(out: CostRows, program: Program, calendar_ids: Mapping[str, str]) -> dict[str, str]:
    """Add the resources of the program and their rates; return their rsrc_id by name."""
    ids = {name: str(number) for number, name in enumerate(resource_names(program), start=1)}
    short = names(ids, _SHORT)
    start = min((project.start.at for project in program.projects.values() if project.start), default=None)
    for name, number in ids.items():
        resource = program.resources.get(name)
        title = (resource.name if resource else None) or name
        out.resources.add(
            rsrc_id=number,
            clndr_id=calendar_ids.get((resource.calendar if resource else None) or program.calendar, ""),
            guid=guid_text(None, f"resource {name}"),
            rsrc_seq_num=number,
            rsrc_name=name_of(title, _TITLE) or short[name],
            rsrc_short_name=short[name],
        )
        if resource is not None and resource.capacity is not None:
            _rate(out, number, resource.capacity, start)
    return ids


def _rate(out: CostRows, resource: str, capacity: float, start: datetime | None) -> None:
    number = str(len(out.rates.rows) + 1)
    out.rates.add(
        rsrc_rate_id=number, rsrc_id=resource, max_qty_per_hr=number_text(capacity), start_date=time_text(start)
    )


def _assignments(out: CostRows, activity: Activity, ids: Mapping[str, str], day: float, words: dict[str, str]) -> None:
    """Add the resources that an activity uses; the first of them bears what the activity costs a day."""
    daily, left, planned = per_day(activity), remaining_minutes(activity), planned_minutes(activity)
    for name, units in bearers(activity).items():
        hourly = daily * 60 / day / units if units else 0.0
        number = str(len(out.assignments.rows) + 1)
        out.assignments.add(
            **words,
            taskrsrc_id=number,
            rsrc_id=ids[name],
            remain_qty=number_text(units * left / 60),
            target_qty=number_text(units * planned / 60),
            remain_qty_per_hr=number_text(units),
            target_qty_per_hr=number_text(units),
            cost_per_qty=number_text(hourly),
            target_cost=number_text(daily * planned / day),
            remain_cost=number_text(daily * left / day),
            guid=guid_text(None, f"assignment {words['task_id']} {name}"),
        )
        daily = 0.0


def _expense(out: CostRows, activity: Activity, words: dict[str, str]) -> None:
    """Add the fixed cost of an activity: what is spent, and what is still to spend."""
    to_spend, actual = still_to_spend(activity), spent(activity)
    if not to_spend and actual is None:
        return
    actual = actual or 0.0
    out.expenses.add(
        **words,
        cost_item_id=str(len(out.expenses.rows) + 1),
        act_cost=number_text(actual),
        cost_per_qty=number_text(actual + to_spend),
        remain_cost=number_text(to_spend),
        target_cost=number_text(actual + to_spend),
    )
