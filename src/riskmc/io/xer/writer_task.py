"""Activities -> TASK, TASKPRED and activity code rows of an XER file, with early and late dates as P6 stores them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from riskmc.io.plan_text import name_of, names, number_text
from riskmc.io.planned_work import (
    actual_dates,
    constraint_date,
    minutes,
    percent,
    planned_minutes,
    remaining_minutes,
)
from riskmc.io.xer.activity import AS_LATE_AS_POSSIBLE, CONSTRAINTS, MILESTONES
from riskmc.io.xer.links import TYPES
from riskmc.io.xer.writer_project import Structure
from riskmc.io.xer.writer_tables import TableText, guid_text, hours_text, time_text
from riskmc.program.activity import Activity
from riskmc.program.moment import Moment
from riskmc.program.program import Program
from riskmc.program.stored import NO_DATES, StoredDates

_CODE, _NAME = 40, 120

_TASK = {
    "task_id": "", "proj_id": "", "wbs_id": "", "clndr_id": "", "phys_complete_pct": "0", "rev_fdbk_flag": "N",
    "est_wt": "1", "lock_plan_flag": "N", "auto_compute_act_flag": "N", "complete_pct_type": "CP_Drtn",
    "task_type": "TT_Task", "duration_type": "DT_FixedDrtn", "status_code": "TK_NotStart", "task_code": "",
    "task_name": "", "rsrc_id": "", "total_float_hr_cnt": "", "free_float_hr_cnt": "", "remain_drtn_hr_cnt": "0",
    "act_work_qty": "0", "remain_work_qty": "0", "target_work_qty": "0", "target_drtn_hr_cnt": "0",
    "target_equip_qty": "0", "act_equip_qty": "0", "remain_equip_qty": "0", "cstr_date": "", "act_start_date": "",
    "act_end_date": "", "late_start_date": "", "late_end_date": "", "expect_end_date": "", "early_start_date": "",
    "early_end_date": "", "restart_date": "", "reend_date": "", "target_start_date": "", "target_end_date": "",
    "rem_late_start_date": "", "rem_late_end_date": "", "cstr_type": "", "priority_type": "PT_Normal",
    "suspend_date": "", "resume_date": "", "float_path": "", "float_path_order": "", "guid": "", "tmpl_guid": "",
    "cstr_date2": "", "cstr_type2": "", "driving_path_flag": "N", "act_this_per_work_qty": "0",
    "act_this_per_equip_qty": "0", "external_early_start_date": "", "external_late_end_date": "",
    "create_date": "", "update_date": "", "create_user": "admin", "update_user": "admin",
}  # fmt: skip
_LINK = {
    "task_pred_id": "", "task_id": "", "pred_task_id": "", "proj_id": "", "pred_proj_id": "", "pred_type": "",
    "lag_hr_cnt": "0", "comments": "", "float_path": "", "aref": "", "arls": "",
}  # fmt: skip
_CODE_TYPE = {
    "actv_code_type_id": "", "actv_short_len": "40", "seq_num": "0", "actv_code_type": "", "proj_id": "", "wbs_id": "",
    "actv_code_type_scope": "AS_Global",
}  # fmt: skip
_CODE_VALUE = {
    "actv_code_id": "", "parent_actv_code_id": "", "actv_code_type_id": "", "actv_code_name": "", "short_name": "",
    "seq_num": "0", "color": "",
}  # fmt: skip
_CODE_OF_TASK = {"task_id": "", "actv_code_type_id": "", "actv_code_id": "", "proj_id": ""}


@dataclass
class Work:
    """The rows of activities, and their task_id by path."""

    tasks: TableText = field(default_factory=lambda: TableText("TASK", _TASK))
    links: TableText = field(default_factory=lambda: TableText("TASKPRED", _LINK))
    code_types: TableText = field(default_factory=lambda: TableText("ACTVTYPE", _CODE_TYPE))
    code_values: TableText = field(default_factory=lambda: TableText("ACTVCODE", _CODE_VALUE))
    codes: TableText = field(default_factory=lambda: TableText("TASKACTV", _CODE_OF_TASK))
    ids: dict[str, str] = field(default_factory=dict)


def work(
    program: Program, dates: Mapping[str, StoredDates], structure: Structure, calendar_ids: Mapping[str, str]
) -> Work:
    """Return the activities of a program whose durations, lags and remaining work are hours or minutes."""
    out = Work()
    every = program.activities()
    out.ids = {path: str(number) for number, path in enumerate(every, start=1)}
    guids = {path: guid_text(activity.guid, path) for path, activity in every.items()}
    for name, project in program.projects.items():
        codes = names(project.activities, _CODE)
        for code, activity in project.activities.items():
            path = f"{name}.{code}"
            out.tasks.add(
                task_id=out.ids[path],
                proj_id=structure.project_ids[name],
                wbs_id=structure.wbs_ids[name, activity.wbs or ""],
                clndr_id=calendar_ids[activity.calendar or program.calendar],
                task_code=codes[code],
                task_name=name_of(activity.name or code, _NAME) or codes[code],
                guid=guids[path],
                **_kind(activity),
                **_constraints(activity),
                **_when(activity, dates.get(path, NO_DATES)),
            )
            _links(out, program, structure, name, path, activity)
    _codes(out, every, program, structure)
    return out


def _kind(activity: Activity) -> dict[str, str]:
    """Return what kind of activity it is, how long it lasts, and where it stands."""
    progress, planned = activity.progress, planned_minutes(activity)
    kinds = {word: kind for kind, word in MILESTONES.items()}
    kind = "TT_LOE" if activity.level_of_effort is not None else "TT_Task"
    if activity.milestone:
        kind = kinds["start" if activity.milestone == "start" else "finish"]
    status = "TK_NotStart"
    if progress is not None and (progress.started or progress.finished):
        status = "TK_Complete" if progress.finished else "TK_Active"
    left = remaining_minutes(activity)
    return {
        "task_type": kind,
        "status_code": status,
        "target_drtn_hr_cnt": hours_text(planned),
        "remain_drtn_hr_cnt": hours_text(left),
        **_complete(activity, status),
    }


def _complete(activity: Activity, status: str) -> dict[str, str]:
    """Return the percent complete: physical where the program says it, else that of the duration."""
    share = percent(activity)
    if share is None:
        return {"phys_complete_pct": "100" if status == "TK_Complete" else "0"}
    return {"complete_pct_type": "CP_Phys", "phys_complete_pct": number_text(100 * share)}


def constraints(activity: Activity) -> list[tuple[str, Moment | None]]:
    """Return the constraints of an activity in P6's words, those that P6 takes as first ones before the others."""
    order = ("CS_MANDSTART", "CS_MANDFIN", "CS_MSO", "CS_MEO", *CONSTRAINTS)
    dates = ((kind, constraint_date(activity, CONSTRAINTS[kind])) for kind in dict.fromkeys(order))
    found = [(kind, date) for kind, date in dates if date is not None]
    return [*found, (AS_LATE_AS_POSSIBLE, None)] if activity.as_late_as_possible else [*found]


def _constraints(activity: Activity) -> dict[str, str]:
    """Return the two constraints that P6 holds, and the dates that bound an activity besides."""
    out: dict[str, str] = {}
    for slot, (kind, moment) in zip(("", "2"), constraints(activity), strict=False):
        out[f"cstr_type{slot}"], out[f"cstr_date{slot}"] = kind, _date(moment)
    out["expect_end_date"], out["external_late_end_date"] = _date(activity.expected_finish), _date(activity.needed_by)
    if activity.progress is not None and activity.progress.resumes is not None:
        out["suspend_date"], out["resume_date"] = _date(activity.progress.started), _date(activity.progress.resumes)
    return out


def _when(activity: Activity, dates: StoredDates) -> dict[str, str]:
    """Return actual dates, and early, late and planned ones as P6 stores them: none of what is complete or not in."""
    started, finished = actual_dates(activity)
    out = {"act_start_date": _date(started), "act_end_date": _date(finished)}
    if not activity.unscheduled and not finished:
        early = {"start": dates.early_start, "end": dates.early_finish}
        late = {"start": dates.late_start, "end": dates.late_finish}
        for side in ("start", "end"):
            out[f"early_{side}_date"], out[f"late_{side}_date"] = time_text(early[side]), time_text(late[side])
            out[f"rem_late_{side}_date"] = time_text(late[side])
        out["restart_date"], out["reend_date"] = time_text(early["start"]), time_text(early["end"])
        out["total_float_hr_cnt"] = "" if dates.total_float is None else hours_text(dates.total_float)
        out["driving_path_flag"] = "Y" if dates.driving else "N"
    first = started.at if started else dates.early_start
    last = finished.at if finished else dates.early_finish
    return {**out, "target_start_date": time_text(first), "target_end_date": time_text(last)}


def _links(out: Work, program: Program, structure: Structure, home: str, path: str, activity: Activity) -> None:
    kinds = {ours: theirs for theirs, ours in TYPES.items()}
    for link in activity.after:
        before = program.path(link.activity, home)
        out.links.add(
            task_pred_id=str(len(out.links.rows) + 1),
            task_id=out.ids[path],
            pred_task_id=out.ids[before],
            proj_id=structure.project_ids[home],
            pred_proj_id=structure.project_ids[program.project_of(before)],
            pred_type=kinds[link.type],
            lag_hr_cnt=hours_text(minutes(link.lag.value)) if link.lag else "0",
        )


def _codes(out: Work, every: Mapping[str, Activity], program: Program, structure: Structure) -> None:
    """Add the activity codes: their types, their values, and which activity has which."""
    types = {kind: str(n) for n, kind in enumerate(dict.fromkeys(kind for kind, _ in _said(every)), start=1)}
    titles = names(types, _CODE)
    for kind, number in types.items():
        out.code_types.add(actv_code_type_id=number, seq_num=number, actv_code_type=titles[kind])
    values = {pair: str(n) for n, pair in enumerate(dict.fromkeys(_said(every)), start=1)}
    for (kind, value), number in values.items():
        short, long = name_of(value, 60) or "-", name_of(value, _NAME) or "-"
        out.code_values.add(
            actv_code_id=number, actv_code_type_id=types[kind], actv_code_name=long, short_name=short, seq_num=number
        )
    for path, activity in every.items():
        project = structure.project_ids[program.project_of(path)]
        for kind, value in activity.codes.items():
            out.codes.add(
                task_id=out.ids[path],
                actv_code_type_id=types[kind],
                actv_code_id=values[kind, value],
                proj_id=project,
            )


def _said(every: Mapping[str, Activity]) -> Iterator[tuple[str, str]]:
    return ((kind, value) for activity in every.values() for kind, value in activity.codes.items())


def _date(moment: Moment | datetime | None) -> str:
    return time_text(moment.at if isinstance(moment, Moment) else moment)
