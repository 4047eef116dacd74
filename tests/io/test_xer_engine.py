"""The engine lands on the dates, float and driving path that P6 stored for plans read from XER (P1, N6)."""

from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from riskmc.io.xer import reader as xer
from riskmc.network.compiling import Settings, compile_network
from xer_plans import DATA, EARLY, LATE, REAL_PLANS, real, stored, stored_flags


@cache
def compiled(file: Path):
    return compile_network(xer.read(file), Settings(constraints="as-planned"))


def unfinished(network) -> dict:
    return {task.path: task for task in network.tasks if task.state.value != "finished"}


def early_differences(file: Path):
    """Return the activities whose early dates differ in working minutes of their own calendar, and their number."""
    network, differing, counted = compiled(file), [], 0
    dates = stored(file, *EARLY)
    for path, task in unfinished(network).items():
        work = network.axis.calendars[task.calendar]
        wanted = [int(work.index(network.axis.minute(at))) for at in dates[path][:2]]
        instants = [int(network.plan.start[task.number]), int(network.plan.finish[task.number])]
        counted += 1
        if [int(work.index(minute)) for minute in instants] != wanted:
            found = [network.axis.epoch + timedelta(minutes=minute) for minute in instants]
            differing.append((path, *dates[path][:2], *found))
    return differing, counted


@pytest.mark.parametrize("name, activities", [("plain", 8), ("progress", 2), ("sequence", 7), ("ahead", 5)])
def test_plans_worked_out_by_hand_land_on_every_date(name, activities):
    assert early_differences(DATA / f"{name}.xer") == ([], activities)


@REAL_PLANS
def test_real_plans_land_on_every_stored_early_date(name, activities):
    assert early_differences(real(name)) == ([], activities)


@REAL_PLANS
def test_real_plans_have_the_driving_path_that_p6_flagged(name, activities):
    network, flags = compiled(real(name)), stored_flags(real(name))
    tasks = {path: task for path, task in unfinished(network).items() if not task.follows}
    assert len(tasks) <= activities
    assert {path for path, task in tasks.items() if network.plan.critical[task.number]} == {
        p for p in tasks if flags[p]
    }


@REAL_PLANS
def test_real_plans_land_on_every_stored_late_date_and_total_float(name, activities):
    """Level of effort among them, whose late dates follow: 10 of the 52 activities of one plan."""
    network, dates = compiled(real(name)), stored(real(name), *LATE)
    tasks = unfinished(network)
    assert len(tasks) == activities
    found = {path: late_dates(network, task) for path, task in tasks.items()}
    assert found == {path: wanted(network, tasks[path], *dates[path]) for path in tasks}


def late_dates(network, task):
    """Late start and late finish in working minutes of the activity's calendar, and total float."""
    work, total_float = network.axis.calendars[task.calendar], int(network.plan.total_float[task.number])
    plan, n = network.plan, task.number
    start, finish = (int(work.index(int(instant[n]))) for instant in (plan.start, plan.finish))
    return start + int(plan.start_float[n]), finish + int(plan.finish_float[n]), total_float


def wanted(network, task, start, finish, total_float):
    work = network.axis.calendars[task.calendar]
    return (*(int(work.index(network.axis.minute(at))) for at in (start, finish)), total_float)


def test_projects_of_a_plan_file_measure_float_to_their_own_finish():
    assert {p.float_to for p in xer.read(DATA / "plain.xer").projects.values()} == {"project"}
