"""The engine lands on the dates, float and driving path that P6 stored for plans read from XER (P1, N6)."""

from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

import naive_p6
import naive_p6_late
from riskmc.io import xer
from riskmc.network.compiling import Settings, compile_network
from xer_plans import DATA, EARLY, REAL_PLANS, real, stored, stored_flags


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


@pytest.mark.parametrize("name", ["week2", "level-of-effort"])
def test_real_plans_have_the_total_float_that_p6_stored(name):
    network, dates = compiled(real(name)), stored(real(name), *EARLY)
    tasks = {path: task for path, task in unfinished(network).items() if not task.follows}
    found = {path: int(network.plan.total_float[task.number]) for path, task in tasks.items()}
    assert found == {path: dates[path][2] for path in tasks}


@pytest.mark.parametrize("name", ["airport"])
def test_real_plans_with_a_must_finish_by_have_the_float_to_their_own_end_that_the_plain_checker_has(name):
    network, program = compiled(real(name)), xer.read(real(name))
    open_ended = {key: project.but(must_finish_by=None) for key, project in program.projects.items()}
    schedule = naive_p6.schedule(program)
    naive_p6_late.late_dates(program.but(projects=open_ended), schedule)
    wanted = {path: node.late_finish - node.finish for path, node in schedule.nodes.items()}
    assert {path: int(network.plan.total_float[task.number]) for path, task in unfinished(network).items()} == wanted
