"""The fields of a TASK row that are read, as text."""

from __future__ import annotations

from typing import NamedTuple


class Task(NamedTuple):
    """The fields of a TASK row that are read, as text; ``line`` is its line in the file."""

    line: str
    task_id: str
    proj_id: str
    wbs_id: str
    clndr_id: str
    task_type: str
    duration_type: str
    status_code: str
    task_code: str
    task_name: str
    target_drtn_hr_cnt: str
    remain_drtn_hr_cnt: str
    cstr_type: str
    cstr_date: str
    cstr_type2: str
    cstr_date2: str
    act_start_date: str
    act_end_date: str
    early_start_date: str
    early_end_date: str
    target_start_date: str
    expect_end_date: str
    suspend_date: str
    resume_date: str
    rsrc_id: str
    external_early_start_date: str
    external_late_end_date: str
    guid: str
    restart_date: str
    reend_date: str
    late_start_date: str
    late_end_date: str
    total_float_hr_cnt: str
    driving_path_flag: str
    complete_pct_type: str
    phys_complete_pct: str
    act_work_qty: str
    act_equip_qty: str
    remain_work_qty: str
    remain_equip_qty: str

    @property
    def started(self) -> bool:
        """True for an activity with progress: under way or complete."""
        return self.status_code in ("TK_Active", "TK_Complete")
