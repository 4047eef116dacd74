"""A made-up plan as a Primavera P6 XER file of any size, and how long and in how much memory it is read.

``python -m benchmarks.plans 50000`` writes one, reads it and prints process time beyond imports and peak memory.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

SHIFTS = "(0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())"
WEEK = "".join(f"(0||{day}()({SHIFTS if 2 <= day <= 6 else ''}))" for day in range(1, 8))
CALENDAR = f"(0||CalendarData()((0||DaysOfWeek()({WEEK}))(0||Exceptions()())))"
TASK = (
    "task_id", "proj_id", "wbs_id", "clndr_id", "task_type", "duration_type", "status_code", "task_code", "task_name",
    "target_drtn_hr_cnt", "remain_drtn_hr_cnt", "total_float_hr_cnt", "early_start_date", "early_end_date",
    "late_start_date", "late_end_date", "driving_path_flag", "guid",
)  # fmt: skip


def write(path: Path, activities: int) -> None:
    """Write a plan: every activity after the one before it and after the one ten before, a node of WBS for each 50."""
    nodes = activities // 50 + 1
    parts = (
        ["ERMHDR\t20.12\t2027-01-04"],
        _table("PROJECT", ("proj_id", "proj_short_name", "clndr_id", "last_recalc_date", "plan_start_date"),
               [(1, "BIG", 1, "2027-01-04 00:00", "2027-01-04 00:00")]),
        _table("CALENDAR", ("clndr_id", "clndr_name", "day_hr_cnt", "clndr_data"), [(1, "Office", 8, CALENDAR)]),
        _table("PROJWBS", ("wbs_id", "proj_id", "parent_wbs_id", "wbs_short_name", "wbs_name", "proj_node_flag"),
               ((n, 1, n // 8, f"W{n}", f"Part {n}", "Y" if n == 0 else "N") for n in range(nodes))),
        _table("TASK", TASK, (_task(n) for n in range(activities))),
        _table("TASKPRED", ("task_id", "pred_task_id", "pred_type", "lag_hr_cnt"), _links(activities)),
        ["%E"],
    )  # fmt: skip
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for part in parts for line in part)


def _table(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"%T\t{name}"
    yield "\t".join(("%F", *columns))
    for row in rows:
        yield "\t".join(("%R", *map(str, row)))


def _task(n: int) -> tuple[object, ...]:
    hours, dates = 8 * (1 + n % 20), ("2027-01-04 08:00", "2027-01-08 17:00")
    kind = ("TT_Task", 1 + n // 50, f"Activity number {n}")
    return (
        n + 1, 1, kind[1], 1, kind[0], "DT_FixedDUR2", "TK_NotStart", f"A{n:06}", kind[2], hours, hours, 0,
        *dates, *dates, "N", f"{n:022}",
    )  # fmt: skip


def _links(activities: int) -> Iterator[tuple[int, int, str, int]]:
    for n in range(activities):
        if n % 100:
            yield n + 1, n, "PR_FS", 0
        if n >= 10:
            yield n + 1, n - 9, "PR_SS" if n % 3 else "PR_FS", 8 * (n % 4)


def measure(path: Path) -> tuple[float, float]:
    """Return the process time of reading a plan, in seconds beyond imports, and the process's peak memory in MB."""
    from riskmc.io.plan_file import read_plan

    started = time.process_time()
    read_plan(path)
    return time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(sizes: Sequence[str]) -> None:
    """Write and read a plan of each size, one process for all: the peak is that of the largest."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"plan-{size}.xer"
            write(path, int(size))
            seconds, peak = measure(path)
            print(f"{int(size):>7,} activities: {seconds:.2f} s, peak {peak:.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:] or ["50000"])
