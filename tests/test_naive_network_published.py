"""The oracle of the critical path method itself, on published cases and on dates that P6 stored."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from naive_network import Activity, Link, schedule

DATA = Path(__file__).parents[1] / "../shared/data"
CLOCK = [(0, 100_000)]
EPOCH = datetime(2026, 1, 5) - timedelta(days=28)  # a Monday


def working_days(days, weeks=20):
    """08:00-12:00 and 13:00-17:00 of some weekdays as open intervals; day 0 is a Monday."""
    shifts = [(480, 720), (780, 1020)]
    return [(1440 * day + a, 1440 * day + b) for day in range(7 * weeks) if day % 7 in days for a, b in shifts]


def minute(text):
    """Minutes from the Monday four weeks before 5 January 2026."""
    return int((datetime.fromisoformat(text) - EPOCH).total_seconds() // 60)


def network(tasks, scale=1):
    """Activities on a plain clock from ``{name: (duration, predecessors)}``, all links finish to start."""
    activities = [Activity(name, CLOCK, round(duration * scale)) for name, (duration, _) in tasks.items()]
    return activities, [Link(before, name) for name, (_, preds) in tasks.items() for before in preds]


def test_sallans_six_activities_take_1500():
    """Sallan, J. M. (2024), Deterministic and Stochastic Project Planning: duration 1500, critical path c-d-e."""
    tasks = {"a": (400, ""), "b": (600, "a"), "c": (500, ""), "d": (600, "c"), "e": (400, "bd"), "f": (900, "c")}
    dates = schedule(*network(tasks))
    assert dates.program_finish == 1500
    assert dates.critical == {"c", "d", "e"}


def test_critpaths_example_has_these_starts_and_floats():
    """Kucharski, A. (2024), critpath (R package), vignette CPMandPERT, cpmexample1."""
    tasks = {"A": (3, ""), "B": (2, ""), "C": (5, ""), "D": (1, "A"), "E": (1, "B"), "F": (3, "CDE")}
    dates = schedule(*network(tasks))
    assert dates.program_finish == 8
    assert list(dates.start_index.values()) == list(dates.start.values())
    assert [dates.start[name] for name in "ABCDEF"] == [0, 0, 0, 3, 2, 5]
    assert [dates.late_start[name] for name in "ABCDEF"] == [1, 2, 0, 4, 4, 5]
    assert [dates.total_float[name] for name in "ABCDEF"] == [1, 2, 0, 1, 2, 0]
    assert [dates.free_float[name] for name in "ABCDEF"] == [0, 0, 0, 1, 2, 0]
    assert dates.critical == {"C", "F"}


def test_fourteen_pert_activities_have_the_printed_dates_and_slack():
    """WizEdu Q717873 (a Stevenson-type exercise): ES, EF, LS, LF, slack of A to F, to two decimals."""
    estimates = {
        "A": (5, 5, 7, ""), "B": (1, 2, 5, ""), "C": (5, 5, 5, "A"), "D": (4, 8, 13, "A"), "E": (1, 10, 17, "BC"),
        "F": (1, 5, 7, "D"), "G": (2, 6, 9, "D"), "H": (4, 4, 6, "EF"), "I": (2, 7, 10, "GH"), "J": (2, 4, 7, "I"),
        "K": (6, 10, 13, "I"), "L": (2, 6, 6, "J"), "M": (2, 2, 3, "K"), "N": (7, 7, 12, "LM"),
    }  # fmt: skip
    dates = schedule(*network({n: (a + 4 * m + b, preds) for n, (a, m, b, preds) in estimates.items()}))  # sixths
    printed = {
        "A": (0, 5.33, 0, 5.33, 0),
        "B": (0, 2.33, 8, 10.33, 8),
        "C": (5.33, 10.33, 5.33, 10.33, 0),
        "D": (5.33, 13.5, 7.17, 15.33, 1.83),
        "E": (10.33, 20, 10.33, 20, 0),
        "F": (13.5, 18.17, 15.33, 20, 1.83),
    }
    for name, expected in printed.items():
        found = (dates.start, dates.finish, dates.late_start, dates.late_finish, dates.total_float)
        assert [dated[name] / 6 for dated in found] == pytest.approx(expected, abs=0.005)
    assert dates.program_finish / 6 == pytest.approx(50.8333, abs=1e-4)
    assert dates.critical == set("ACEHIKMN")


@pytest.mark.parametrize("case, length", [("RES-01", 38), ("RES-02", 59)])
def test_project_library_networks_have_the_length_recomputed(case, length):
    """RES-01: PSPLIB j301_1 (Kolisch and Sprecher 1996), MPM-Time 38. RES-02: its header says 41, which is wrong."""
    file = DATA / "published/cases.json"
    if not file.exists():
        pytest.skip("the published cases are not beside the project")
    inputs = next(entry for entry in json.loads(file.read_text()) if entry["id"] == case)["inputs"]
    tasks = {job: (days, []) for job, days in inputs["duration"].items()}
    for job, successors in inputs["successors"].items():
        for successor in successors:
            tasks[str(successor)][1].append(job)
    dates = schedule(*network(tasks))
    assert dates.program_finish == length
    assert max(dates.total_float.values()) >= min(dates.total_float.values()) == 0


@pytest.mark.parametrize("number", ["01", "02", "03", "04", "05", "06"])
def test_small_plans_land_on_the_dates_that_p6_stored(number):
    files = sorted((DATA / "p6-cases").glob(f"{number}-*"))
    if not files:
        pytest.skip("the P6 micro cases are not beside the project")
    comparison, plan = files[0], json.loads(files[1].read_text())
    dates = schedule(*p6_network(plan))
    with comparison.open() as rows:
        for row in csv.DictReader(rows):
            name = row["activity_code"]
            found = [dated[name] for dated in (dates.start, dates.finish, dates.late_start, dates.late_finish)]
            assert found == [minute(row[f"{column}_p6"]) for column in ("ES", "EF", "LS", "LF")]
            assert dates.total_float[name] == 480 * float(row["TF_p6"])
            assert dates.free_float[name] == 480 * float(row["FF_p6"])


def p6_network(plan):
    calendars = {
        name: working_days([day - 1 for day in calendar["work_days"]])
        for name, calendar in plan["opts"]["cal_map"].items()
    }
    activities = []
    for task in plan["activities"]:
        calendar = calendars[task["clndr_id"]]
        record = Activity(task["code"], calendar, 480 * task["duration_days"], floor=minute(plan["opts"]["dataDate"]))
        if task.get("constraint", {}).get("type") == "CS_MEOB":
            record.late_finish_cap = minute(task["constraint"]["date"])
        activities.append(record)
    by_name = {record.name: record for record in activities}
    links = [
        Link(x["from_code"], x["to_code"], x["type"], 480 * x["lag_days"], by_name[x["from_code"]].calendar)
        for x in plan["relationships"]
    ]
    return activities, links
