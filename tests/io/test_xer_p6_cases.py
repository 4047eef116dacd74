"""Nine micro plans whose dates were read from P6 itself, written as XER, read back, and recomputed date for date."""

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import naive_p6
import naive_p6_late
from riskmc.io.xer import reader as xer

CASES = Path(__file__).parents[2] / ".." / "shared" / "data" / "p6-cases"
NAMES = (
    "01-fs-chain",
    "02-ss-with-lag",
    "03-ff-with-lag",
    "04-sf-edge-case",
    "05-negative-float",
    "06-multiple-calendars",
    "08-in-progress-retained-logic",
    "09-completed-successor",
    "13-alap",
)
SHIFTS = "(0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())"


def table(name: str, *rows: dict) -> str:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = ["\t".join(("%R", *(str(row.get(column, "")) for column in columns))) for row in rows]
    return "\n".join((f"%T\t{name}", "\t".join(("%F", *columns)), *lines)) if rows else ""


def as_xer(case: dict) -> str:
    """Return a case as the text of an XER file, one working day being 08:00 to 17:00 with an hour's break."""
    options = case["opts"]
    project = {"proj_id": 1, "proj_short_name": "P", "last_recalc_date": options["dataDate"] + " 00:00"}
    project["plan_start_date"] = options["projectStart"] + " 00:00"
    codes = {activity["code"]: number for number, activity in enumerate(case["activities"], start=1)}
    links = [
        {
            "task_id": codes[link["to_code"]],
            "pred_task_id": codes[link["from_code"]],
            "pred_type": "PR_" + link["type"],
            "lag_hr_cnt": 8 * link["lag_days"],
        }
        for link in case["relationships"]
    ]
    parts = (
        "ERMHDR\t23.12",
        table("PROJECT", project),
        table("CALENDAR", *(calendar(name, days) for name, days in options["cal_map"].items())),
        table("TASK", *(task(number, activity) for number, activity in enumerate(case["activities"], start=1))),
        table("TASKPRED", *links),
        "%E\n",
    )
    return "\n".join(part for part in parts if part)


def calendar(name: str, days: dict) -> dict:
    week = "".join(f"(0||{n}()({SHIFTS if (n - 1) in days['work_days'] else ''}))" for n in range(1, 8))
    data = f"(0||CalendarData()((0||DaysOfWeek()({week}))(0||Exceptions()())))"
    return {"clndr_id": name, "clndr_name": name, "day_hr_cnt": 8, "clndr_data": data}


def task(number: int, activity: dict) -> dict:
    actual_start, actual_finish = activity.get("actual_start"), activity.get("actual_finish")
    state = "TK_Complete" if actual_finish else "TK_Active" if actual_start else "TK_NotStart"
    slots = [(activity.get(slot, {}), suffix) for slot, suffix in (("constraint", ""), ("constraint2", "2"))]
    remaining = activity.get("remaining_duration", activity["duration_days"])
    return {
        "task_id": number,
        "proj_id": 1,
        "clndr_id": activity["clndr_id"],
        "task_type": "TT_Task",
        "status_code": state,
        "task_code": activity["code"],
        "target_drtn_hr_cnt": 8 * activity["duration_days"],
        "remain_drtn_hr_cnt": 8 * remaining,
        "act_start_date": f"{actual_start} 08:00" if actual_start else "",
        "act_end_date": f"{actual_finish} 17:00" if actual_finish else "",
        **{f"cstr_type{suffix}": found.get("type", "") for found, suffix in slots},
        **{f"cstr_date{suffix}": f"{found['date']} 00:00" if "date" in found else "" for found, suffix in slots},
    }


def case(name: str) -> tuple[dict, list[dict]]:
    if not CASES.exists():
        pytest.skip("the cases read from P6 are not beside the project (../shared/data/p6-cases)")
    with (CASES / f"{name}.comparison.csv").open(encoding="utf-8") as file:
        return json.loads((CASES / f"{name}.input.json").read_text(encoding="utf-8")), list(csv.DictReader(file))


@pytest.mark.parametrize("name", NAMES)
def test_every_unfinished_date_and_float_of_p6_is_recomputed(name, tmp_path):
    given, answers = case(name)
    (tmp_path / "case.xer").write_text(as_xer(given), encoding="utf-8")
    program = xer.read(tmp_path / "case.xer")
    schedule = naive_p6.schedule(program)
    naive_p6_late.late_dates(program, schedule)
    for answer in answers:
        node = schedule.nodes[f"P.{answer['activity_code']}"]
        if not node.complete:
            assert dates(schedule, node) == {**dates(schedule, node), **stored(answer)}, answer["activity_code"]


def dates(schedule, node) -> dict:
    instants = {
        "ES": node.start_instant,
        "EF": node.rests,
        "LS": node.work.start(node.late_start),
        "LF": node.work.finish(node.late_finish),
    }
    found = {key: schedule.epoch + timedelta(minutes=minute) for key, minute in instants.items()}
    return {**found, "TF": (node.late_finish - node.finish) / 480}


def stored(answer: dict) -> dict:
    """Return what P6 says; a date marked A is an actual one, which says nothing of the remaining work."""
    texts = {key: answer[f"{key}_p6"] for key in ("ES", "EF", "LS", "LF")}
    found = {key: datetime.fromisoformat(text) for key, text in texts.items() if not text.endswith("A")}
    return {**found, "TF": float(answer["TF_p6"])}
