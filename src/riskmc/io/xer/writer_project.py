"""Projects -> PROJECT, SCHEDOPTIONS, OBS and PROJWBS rows of an XER file: dates, options, and the tree of the WBS."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from riskmc.io.plan_text import name_of, names, wbs_parts
from riskmc.io.xer.project import LAG_CALENDARS
from riskmc.io.xer.writer_tables import TableText, guid_text, time_text
from riskmc.program.moment import Moment
from riskmc.program.program import Program
from riskmc.program.project import Project

_SHORT, _TITLE = 40, 100
_FLOATS = {"finish": "FT_FF", "start": "FT_SS", "least": "FT_Min"}

OBS = {"obs_id": "1", "parent_obs_id": "", "guid": "", "seq_num": "0", "obs_name": "Enterprise", "obs_descr": ""}
_PROJECT = {
    "proj_id": "", "fy_start_month_num": "1", "rsrc_self_add_flag": "Y", "allow_complete_flag": "Y",
    "rsrc_multi_assign_flag": "Y", "checkout_flag": "N", "project_flag": "Y", "step_complete_flag": "N",
    "cost_qty_recalc_flag": "N", "batch_sum_flag": "Y", "name_sep_char": ".", "def_complete_pct_type": "CP_Drtn",
    "proj_short_name": "", "acct_id": "", "orig_proj_id": "", "source_proj_id": "", "base_type_id": "",
    "clndr_id": "", "sum_base_proj_id": "", "task_code_base": "1000", "task_code_step": "10", "priority_num": "10",
    "wbs_max_sum_level": "2", "strgy_priority_num": "500", "last_checksum": "", "critical_drtn_hr_cnt": "0",
    "def_cost_per_qty": "0", "last_recalc_date": "", "plan_start_date": "", "plan_end_date": "", "scd_end_date": "",
    "add_date": "", "last_tasksum_date": "", "fcst_start_date": "", "def_duration_type": "DT_FixedDrtn",
    "task_code_prefix": "A", "guid": "", "def_qty_type": "QT_Hour", "add_by_name": "admin",
    "web_local_root_path": "", "proj_url": "", "def_rate_type": "COST_PER_QTY", "add_act_remain_flag": "N",
    "act_this_per_link_flag": "Y", "def_task_type": "TT_Task", "act_pct_link_flag": "Y",
    "critical_path_type": "CT_TotFloat", "task_code_prefix_flag": "Y", "def_rollup_dates_flag": "Y",
    "use_project_baseline_flag": "Y", "rem_target_link_flag": "Y", "reset_planned_flag": "N",
    "allow_neg_act_flag": "N", "sum_assign_level": "SL_Taskrsrc", "last_fin_dates_id": "",
    "last_baseline_update_date": "", "cr_external_key": "", "apply_actuals_date": "", "loaded_scope_level": "7",
    "export_flag": "Y",
}  # fmt: skip
_OPTIONS = {
    "schedoptions_id": "", "proj_id": "", "sched_outer_depend_type": "SD_Both", "sched_open_critical_flag": "N",
    "sched_lag_early_start_flag": "Y", "sched_retained_logic": "Y", "sched_setplantoforecast": "N",
    "sched_float_type": "FT_FF", "sched_calendar_on_relationship_lag": "rcal_Predecessor",
    "sched_use_expect_end_flag": "Y", "sched_progress_override": "N", "level_float_thrs_cnt": "0",
    "level_outer_assign_flag": "N", "level_outer_assign_priority": "5", "level_over_alloc_pct": "25",
    "level_within_float_flag": "N", "level_keep_sched_date_flag": "Y", "level_all_rsrc_flag": "Y",
    "sched_use_project_end_date_for_float": "Y", "enable_multiple_longest_path_calc": "N",
    "limit_multiple_longest_path_calc": "Y", "max_multiple_longest_path": "10",
    "use_total_float_multiple_longest_paths": "Y", "key_activity_for_multiple_longest_paths": "",
    "LevelPriorityList": "priority_type,ASC_BY_FIELD/ASC",
}  # fmt: skip
_WBS = {
    "wbs_id": "", "proj_id": "", "obs_id": "1", "seq_num": "0", "est_wt": "1", "proj_node_flag": "N",
    "sum_data_flag": "N", "status_code": "WS_Open", "wbs_short_name": "", "wbs_name": "", "phase_id": "",
    "parent_wbs_id": "", "ev_user_pct": "6", "ev_etc_user_value": "0.88", "orig_cost": "0",
    "indep_remain_total_cost": "0", "ann_dscnt_rate_pct": "", "dscnt_period_type": "", "indep_remain_work_qty": "",
    "anticip_start_date": "", "anticip_end_date": "", "ev_compute_type": "EC_Cmp_pct",
    "ev_etc_compute_type": "EE_Rem_hr", "guid": "", "tmpl_guid": "", "plan_open_state": "",
}  # fmt: skip


@dataclass
class Structure:
    """The rows of projects and their WBS, and the numbers under which activities refer to them.

    ``project_ids`` by project; ``wbs_ids`` by (project, dotted path), the project's own node under the path "".
    """

    projects: TableText = field(default_factory=lambda: TableText("PROJECT", _PROJECT))
    options: TableText = field(default_factory=lambda: TableText("SCHEDOPTIONS", _OPTIONS))
    wbs: TableText = field(default_factory=lambda: TableText("PROJWBS", _WBS))
    project_ids: dict[str, str] = field(default_factory=dict)
    wbs_ids: dict[tuple[str, str], str] = field(default_factory=dict)


def structure(program: Program, calendar_ids: Mapping[str, str]) -> Structure:
    """Return the projects of a program with their options and their WBS."""
    out = Structure()
    short = names(program.projects, _SHORT)
    for number, (name, project) in enumerate(program.projects.items(), start=1):
        out.project_ids[name] = str(number)
        _project(out, short[name], name, project, calendar_ids)
        _options(out, name, project)
        title = project.name or (program.program if len(program.projects) == 1 else name)
        _node(out, name, "", proj_node_flag="Y", wbs_short_name=short[name], wbs_name=name_of(title, _TITLE))
        _tree(out, name, (activity.wbs for activity in project.activities.values() if activity.wbs))
    return out


def _project(out: Structure, short: str, name: str, project: Project, calendar_ids: Mapping[str, str]) -> None:
    out.projects.add(
        proj_id=out.project_ids[name],
        proj_short_name=short,
        clndr_id=calendar_ids.get(project.calendar or "", ""),
        last_recalc_date=_date(project.data_date or project.start),
        plan_start_date=_date(project.start),
        plan_end_date=_date(project.must_finish_by),
        add_date=_date(project.start),
        guid=guid_text(None, f"project {name}"),
    )


def _options(out: Structure, name: str, project: Project) -> None:
    """Add the scheduling options of a project."""
    kinds = {ours: theirs for theirs, ours in LAG_CALENDARS.items()}
    out.options.add(
        schedoptions_id=out.project_ids[name],
        proj_id=out.project_ids[name],
        sched_calendar_on_relationship_lag=kinds[project.lag_calendar or "predecessor"],
        sched_retained_logic=_flag(project.out_of_sequence in (None, "retained_logic")),
        sched_progress_override=_flag(project.out_of_sequence == "progress_override"),
        sched_open_critical_flag=_flag(project.open_ends_critical),
        sched_lag_early_start_flag=_flag(project.lag_from == "early_start"),
        sched_use_expect_end_flag=_flag(project.use_expected_finish),
        sched_float_type=_FLOATS[project.float_as],
    )


def _tree(out: Structure, project: str, paths: Iterable[str]) -> None:
    """Add the nodes of dotted paths, each once, a parent before its children."""
    for path in dict.fromkeys(paths):
        parent = ""
        for part in wbs_parts(path):
            here = f"{parent}.{part}" if parent else part
            if (project, here) not in out.wbs_ids:
                name = name_of(part, _SHORT) or "-"
                _node(out, project, here, parent, wbs_short_name=name, wbs_name=name_of(part, _TITLE) or "-")
            parent = here


def _node(out: Structure, project: str, path: str, parent: str | None = None, **values: str) -> None:
    number = str(len(out.wbs_ids) + 1)
    out.wbs.add(
        wbs_id=number,
        proj_id=out.project_ids[project],
        seq_num=number,
        parent_wbs_id=out.wbs_ids[project, parent] if parent is not None else "",
        guid=guid_text(None, f"wbs {project} {path}"),
        **values,
    )
    out.wbs_ids[project, path] = number


def _flag(yes: bool) -> str:
    return "Y" if yes else "N"


def _date(moment: Moment | None) -> str:
    return time_text(moment.at) if moment else ""
