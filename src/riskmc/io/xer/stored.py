"""TASK rows -> what P6 itself computed: early and late dates, total float and the driving path, to compare with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from riskmc.io.findings import instant, number
from riskmc.io.planned_money import Money
from riskmc.io.xer.fields import Task
from riskmc.program.stored import Stored, StoredDates

TOOL = "Primavera P6"


def stored(
    file: str, tasks: Mapping[str, Task], paths: Mapping[str, tuple[str, str]], money: Mapping[str, Money]
) -> Stored:
    """Return what P6 stored, by activity path; ``paths`` holds (project, activity) by task_id.

    Of complete activities P6 stores no date that a recomputation could give. A field that makes no sense counts as
    not stored: these dates change no number, and planned costs none but earned value.
    """
    costs = {task_id: entry.planned for task_id, entry in money.items()}
    return Stored(
        file, TOOL, {".".join(paths[task_id]): _dates(task, costs.get(task_id)) for task_id, task in tasks.items()}
    )


def _dates(task: Task, planned_cost: float | None) -> StoredDates:
    if task.status_code == "TK_Complete":
        return StoredDates(planned_cost=planned_cost)
    early_start, early_finish = task.early_start_date, task.early_end_date
    if task.started:
        early_start, early_finish = early_start or task.restart_date, early_finish or task.reend_date
    hours = number(task.total_float_hr_cnt) if task.total_float_hr_cnt.strip() else None
    return StoredDates(
        early_start=_instant(early_start),
        early_finish=_instant(early_finish),
        late_start=_instant(task.late_start_date),
        late_finish=_instant(task.late_end_date),
        total_float=None if hours is None else float(round(hours * 60)),
        driving={"Y": True, "N": False}.get(task.driving_path_flag),
        planned_cost=planned_cost,
    )


def _instant(text: str) -> datetime | None:
    try:
        return instant(text) if text else None
    except ValueError:
        return None
