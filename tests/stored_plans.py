"""Small P6 plans with the dates that P6 is said to have stored, right or wrong on purpose, written as XER text.

Work runs Monday to Friday 08:00-12:00 and 13:00-17:00 (calendar 1) or every day at these hours (calendar 2), from
Monday 4 January 2027 on.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import riskmc as rm

WEEK, EVERY_DAY = "1", "2"
_SHIFTS = "(0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())"
_COLUMNS = (
    "task_id proj_id clndr_id task_type duration_type status_code task_code task_name target_drtn_hr_cnt "
    "remain_drtn_hr_cnt early_start_date early_end_date late_start_date late_end_date total_float_hr_cnt "
    "driving_path_flag act_start_date act_end_date cstr_type cstr_date complete_pct_type phys_complete_pct "
    "act_work_qty remain_work_qty"
)
_OPTIONS = {
    "sched_calendar_on_relationship_lag": "rcal_Predecessor",
    "sched_retained_logic": "Y",
    "sched_progress_override": "N",
    "sched_use_project_end_date_for_float": "Y",
}


def task(code: str, days: float, early: str = "", late: str = "", **words: str) -> dict[str, str]:
    """Return one TASK row; ``early`` and ``late`` are "4 08:00, 8 17:00": days of January 2027, "" where not stored."""
    start, finish = _dates(early)
    late_start, late_finish = _dates(late)
    hours = f"{days * 8:g}"
    row = {
        "proj_id": "1", "clndr_id": WEEK, "task_type": "TT_Task", "duration_type": "DT_FixedDUR2",
        "status_code": "TK_NotStart", "task_code": code, "task_name": f"Work {code}", "target_drtn_hr_cnt": hours,
        "remain_drtn_hr_cnt": hours, "early_start_date": start, "early_end_date": finish,
        "late_start_date": late_start, "late_end_date": late_finish,
    }  # fmt: skip
    return {**row, **words}


def at(written: str) -> str:
    """Return ``"8 17:00"`` as a date of January 2027, the way that P6 writes it; 32 is 1 February."""
    day, clock = written.split()
    month, date = (1, int(day)) if int(day) <= 31 else (2, int(day) - 31)
    return f"2027-{month:02}-{date:02} {clock}"


def _dates(pair: str) -> tuple[str, str]:
    first, _, second = pair.partition(", ")
    return (at(first), at(second)) if pair else ("", "")


def written(
    file: Path, tasks: Iterable[dict[str, str]], links: Iterable[str] = (), data_date: str = "4 00:00",
    must_finish_by: str = "", **options: str,
) -> Path:  # fmt: skip
    """Write a plan as XER and return its file; links are "A B PR_FS 16": predecessor, successor, type, hours of lag."""
    rows = [{**row, "task_id": str(number)} for number, row in enumerate(tasks, 1)]
    ids = {row["task_code"]: row["task_id"] for row in rows}
    ties = [_link(number, ids, *link.split()) for number, link in enumerate(links, 1)]
    said = {**_OPTIONS, **options}
    ends = at(must_finish_by) if must_finish_by else ""
    project = ["1", "PLAN", "1", at(data_date), at("4 08:00"), ends]
    columns = "proj_id proj_short_name clndr_id last_recalc_date plan_start_date plan_end_date"
    file.write_bytes(
        "\n".join(
            [
                "ERMHDR\t20.12\t2027-01-04\tProject\tadmin\tAnalyst\tdbx\tProject Management\tEUR",
                _table("PROJECT", columns, [project]),
                _table("CALENDAR", "clndr_id clndr_name day_hr_cnt week_hr_cnt clndr_data", _CALENDARS),
                _table("SCHEDOPTIONS", " ".join(["schedoptions_id", "proj_id", *said]), [["1", "1", *said.values()]]),
                _table("TASK", _COLUMNS, [[row.get(name, "") for name in _COLUMNS.split()] for row in rows]),
                _table("TASKPRED", "task_pred_id task_id pred_task_id proj_id pred_proj_id pred_type lag_hr_cnt", ties),
                "%E",
            ]
        ).encode()
    )  # fmt: skip
    return file


def _link(number: int, ids: dict[str, str], pred: str, succ: str, kind: str = "PR_FS", hours: str = "0") -> list[str]:
    return [str(number), ids[succ], ids[pred], "1", "1", kind, hours]


def _table(name: str, columns: str, rows: Iterable[list[str]]) -> str:
    return "\n".join([f"%T\t{name}", "\t".join(["%F", *columns.split()]), *("\t".join(["%R", *row]) for row in rows)])


def _calendar(number: str, name: str, week: str, worked: Iterable[int]) -> list[str]:
    days = "".join(f"(0||{day}()({_SHIFTS if day in worked else ''}))" for day in range(1, 8))
    return [number, name, "8", week, f"(0||CalendarData()((0||DaysOfWeek()({days}))(0||Exceptions()())))"]


_CALENDARS = [_calendar(WEEK, "Week", "40", range(2, 7)), _calendar(EVERY_DAY, "Every day", "56", range(1, 8))]


def chain(**wrong: dict[str, str]) -> list[dict[str, str]]:
    """Return A (5 d), then B (3 d), beside C (2 d), with what P6 stores of them, apart from the words that are wrong.

    A fills the first week, B the next three days to Wednesday the 13th. C could end then too: it has the days from
    4 to 11 January, six, less nothing that follows: late start Tuesday the 12th, float 48 hours.
    """
    right = {
        "A": task("A", 5, "4 08:00, 8 17:00", "4 08:00, 8 17:00", total_float_hr_cnt="0", driving_path_flag="Y"),
        "B": task("B", 3, "11 08:00, 13 17:00", "11 08:00, 13 17:00", total_float_hr_cnt="0", driving_path_flag="Y"),
        "C": task("C", 2, "4 08:00, 5 17:00", "12 08:00, 13 17:00", total_float_hr_cnt="48", driving_path_flag="N"),
    }
    return [{**row, **wrong.get(code, {})} for code, row in right.items()]


CHAIN = ("A B",)


def verified(folder: Path, tasks: Iterable[dict[str, str]], links: Iterable[str] = CHAIN, **words: str):
    """Return the verification of a plan written into a folder."""
    return rm.verify(written(folder / "plan.xer", tasks, links, **words))
