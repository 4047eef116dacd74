"""Plans read from XER land on the dates, float and driving path that P6 stored, recomputed by ``naive_p6.py``."""

from functools import cache
from pathlib import Path

import pytest

import naive_p6
import naive_p6_late
from riskmc.io.xer import reader as xer
from riskmc.io.xer.tables import tables
from xer_plans import DATA, EARLY, LATE, REAL_PLANS, real, stored, stored_flags


@cache
def read_and_scheduled(file: Path):
    program = xer.read(file)
    return program, naive_p6.schedule(program)


def differences(file: Path):
    program, schedule = read_and_scheduled(file)
    return naive_p6.compare(program, schedule, {path: dates[:2] for path, dates in stored(file, *EARLY).items()})


def late_differences(file: Path):
    program, schedule = read_and_scheduled(file)
    naive_p6_late.late_dates(program, schedule)
    return naive_p6_late.compare_late(schedule, stored(file, *LATE))


@pytest.mark.parametrize("name, activities", [("plain", 8), ("progress", 2), ("sequence", 7), ("ahead", 5)])
def test_plans_worked_out_by_hand_land_on_every_date(name, activities):
    assert differences(DATA / f"{name}.xer") == ([], activities)


@REAL_PLANS
def test_real_plans_land_on_every_stored_early_date(name, activities):
    assert differences(real(name)) == ([], activities)


@REAL_PLANS
def test_real_plans_land_on_every_stored_late_date_and_total_float(name, activities):
    assert late_differences(real(name)) == ([], activities)


@REAL_PLANS
def test_real_plans_have_the_driving_path_that_p6_flagged(name, activities):
    file = real(name)
    program, schedule = read_and_scheduled(file)
    rows = stored_flags(file)
    flagged = {path for path in rows if rows[path] and program.activities()[path].level_of_effort is None}
    assert len(rows) >= activities
    assert naive_p6.driving_path(schedule) == flagged


@pytest.mark.parametrize(
    "name",
    [
        "parse-PredecessorCalendar",
        "parse-SuccessorCalendar",
        "parse-ProjectDefaultCalendar",
        "parse-TwentyFourHourCalendar",
        "parse-invalid-8.4",
        "parse-percent-complete-8.4",
        "parse-resource-rates-test",
    ],
)
def test_real_files_with_quirks_are_read(name):
    program = xer.read(real(name))
    assert program.activities()


def test_the_lag_calendar_of_real_files_is_read():
    wanted = {
        "Predecessor": "predecessor",
        "Successor": "successor",
        "ProjectDefault": "project",
        "TwentyFourHour": "24h",
    }
    found = {name: xer.read(real(f"parse-{name}Calendar")).projects["TEST PROJECT"].lag_calendar for name in wanted}
    assert found == wanted


def test_what_is_still_to_spend_in_a_real_plan_is_what_its_assignments_and_expenses_add_up_to():
    file = real("week2")
    found = tables(file.read_bytes(), file.name)[1]
    wanted = sum(float(cost) for name in ("TASKRSRC", "PROJCOST") for _, cost in found[name].select("remain_cost"))
    program = xer.read(file)
    read = sum(to_spend(activity, program) for activity in program.activities().values())
    assert read == pytest.approx(wanted, abs=0.01)


def to_spend(activity, program) -> float:
    """Return the cost still to come of an activity: the share of its fixed part, and its rate over the days left."""
    if activity.cost is None:
        return 0.0
    left = naive_p6.minutes_left(activity)
    share = left / naive_p6.minutes(activity.duration.plan) if activity.progress else 1
    fixed = activity.cost.fixed.plan.value if activity.cost.fixed else 0
    per_day = activity.cost.per_day.value if activity.cost.per_day else 0
    return fixed * share + per_day * left / (program.calendars[activity.calendar].hours_per_day * 60)
