"""Made-up plans and registers of any size as files, and how long and in how much memory each is read.

``python -m benchmarks.plans xer:50000 pmxml:5000 mspdi:5000 xlsx:5000 register:2000`` writes each, reads it in a
process of its own and prints process time beyond imports and peak memory.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.timing import process
from benchmarks.workloads import program, workload

SHIFTS = "(0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())"
WEEK = "".join(f"(0||{day}()({SHIFTS if 2 <= day <= 6 else ''}))" for day in range(1, 8))
CALENDAR = f"(0||CalendarData()((0||DaysOfWeek()({WEEK}))(0||Exceptions()())))"
TASK = (
    "task_id", "proj_id", "wbs_id", "clndr_id", "task_type", "duration_type", "status_code", "task_code", "task_name",
    "target_drtn_hr_cnt", "remain_drtn_hr_cnt", "total_float_hr_cnt", "early_start_date", "early_end_date",
    "late_start_date", "late_end_date", "driving_path_flag", "guid",
)  # fmt: skip


def write_xer(path: Path, activities: int) -> None:
    """Write a plan of P6: each activity after the one before and the one ten before, a node of WBS for each 50."""
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


def write_pmxml(path: Path, activities: int) -> None:
    """Write the same plan in P6's XML, without its WBS and stored dates."""
    shifts = "<WorkTime><Start>08:00:00</Start><Finish>15:59:00</Finish></WorkTime>"
    week = "".join(f"<StandardWorkHours><DayOfWeek>{day}</DayOfWeek>{shifts}</StandardWorkHours>" for day in DAYS)
    project = {"ObjectId": 1, "Id": "BIG", "PlannedStartDate": "2027-01-04T00:00:00", "DataDate": "2027-01-04T00:00:00"}
    works = (
        {"ObjectId": n + 1, "Id": f"A{n:06}", "Name": f"Activity number {n}", "CalendarObjectId": 1,
         "PlannedDuration": 8 * (1 + n % 20), "RemainingDuration": 8 * (1 + n % 20), "Status": "Not Started",
         "Type": "Task Dependent", "ProjectObjectId": 1}
        for n in range(activities)
    )  # fmt: skip
    kinds = {"PR_FS": "Finish to Start", "PR_SS": "Start to Start"}
    links = (
        {"SuccessorActivityObjectId": after, "PredecessorActivityObjectId": before, "Type": kinds[kind], "Lag": lag}
        for after, before, kind, lag in _links(activities)
    )
    with path.open("w", encoding="utf-8") as file:
        file.write(
            "<APIBusinessObjects>\n<Calendar><ObjectId>1</ObjectId><Name>Office</Name><HoursPerDay>8</HoursPerDay>"
        )
        file.write(f"<StandardWorkWeek>{week}</StandardWorkWeek></Calendar>\n<Project>{_elements(project)}\n")
        file.writelines(f"<Activity>{_elements(work)}</Activity>\n" for work in works)
        file.writelines(f"<Relationship>{_elements(link)}</Relationship>\n" for link in links)
        file.write("</Project></APIBusinessObjects>\n")


def _elements(said: Mapping[str, object]) -> str:
    return "".join(f"<{name}>{value}</{name}>" for name, value in said.items())


def write_mspdi(path: Path, activities: int) -> None:
    """Write a workload as riskmc converts it for Microsoft Project."""
    from riskmc.analysis.conversion.converting import converted

    path.write_bytes(converted(program(workload(activities)), path).content)


def write_xlsx(path: Path, activities: int) -> None:
    """Write a workload as a workbook, one row an activity."""
    from riskmc.io.workbook import writer

    writer.write(program(workload(activities)), path)


def write_register(path: Path, risks: int) -> None:
    """Write a register, one row a risk, each mapped to three activities of the plan beside it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("ID", "Title", "Status", "Probability", "Delay (d)", "Cost impact (EUR k)", "Activities"))
        for n in range(risks):
            struck = " ".join(f"a{(7 * n + k) % 1_000:05}" for k in range(3))
            days = f"{1 + n % 9}-{12 + n % 9}"
            rows.writerow((f"R{n}", f"Risk {n}", "Open", f"{5 + n % 60}%", days, 10 + n % 90, struck))


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
KINDS: Mapping[str, tuple[str, Callable[[Path, int], None]]] = {
    "xer": ("xer", write_xer),
    "pmxml": ("xml", write_pmxml),
    "mspdi": ("xml", write_mspdi),
    "xlsx": ("xlsx", write_xlsx),
    "register": ("csv", write_register),
}


def measure(kind: str, path: Path, small: Path) -> tuple[float, float]:
    """Return the process time of reading a file, in seconds, and the process's peak memory in MB.

    ``small`` is read first, so that no import is counted. A register joins a plan of 1,000 activities.
    """
    from riskmc.io import read
    from riskmc.io.register.joined import with_register

    plan = program(workload(1_000)) if kind == "register" else None
    for file in (small, path):
        started = time.process_time()
        _ = read(file) if plan is None else with_register(plan, file, file, None, False)
        seconds = time.process_time() - started
    return seconds, _peak()


def _peak() -> float:
    """Return the most memory of this process alone in MB; getrusage would count what its parent took before it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main(asked: Sequence[str]) -> None:
    """Write and read a file of each kind and size."""
    for word in asked:
        kind, _, size = word.rpartition(":")
        suffix, write = KINDS[kind or "xer"]
        with tempfile.TemporaryDirectory() as folder:
            small, path = Path(folder) / f"small.{suffix}", Path(folder) / f"plan.{suffix}"
            write(small, 20)
            write(path, int(size))
            told = process(["-m", "benchmarks.plans", "--read", kind or "xer", str(path), str(small)]).output
            print(f"{kind or 'xer':>8} {int(size):>7,}: {told.strip()}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        seconds, peak = measure(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
        print(f"{seconds:.2f} s, peak {peak:.0f} MB")
    else:
        main(sys.argv[1:] or ["xer:50000"])
