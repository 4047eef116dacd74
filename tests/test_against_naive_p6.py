"""The engine against P6's rules in plain Python (``naive_p6.py``), on random plans: dates, float, driving path."""

import random

import numpy as np
import pytest

import naive_p6
import naive_p6_late
import p6_programs
from riskmc.network.compiling import Settings, compile_network

PLANS = 60


def engine(program):
    """Return {path: (start, finish, late start, late finish, total float)} in working minutes, and the driving path."""
    network = compile_network(program, Settings(constraints="as-planned"))
    found, driving, plan = {}, set(), network.plan
    for task in network.tasks:
        if task.state.value == "finished":
            continue
        work, n = network.axis.calendars[task.calendar], task.number
        start, finish = (int(work.index(int(at))) for at in (plan.start[n], plan.finish[n]))
        offset = int(work.index(network.axis.minute(p6_programs.MONDAY)))
        late = start + int(plan.start_float[n]), finish + int(plan.finish_float[n])
        found[task.path] = (start - offset, finish - offset, late[0] - offset, late[1] - offset)
        if plan.critical[n] and not task.follows:
            driving.add(task.path)
    return found, driving


def oracle(program):
    schedule = naive_p6.schedule(program, years_after=3)
    naive_p6_late.late_dates(program, schedule)
    found = {}
    for path, node in schedule.nodes.items():
        if not node.complete:
            offset = node.work.index(schedule.minute(p6_programs.MONDAY))
            dates = (node.start, node.finish, node.late_start, node.late_finish)
            found[path] = tuple(date - offset for date in dates)
    return found, naive_p6.driving_path(schedule)


@pytest.mark.parametrize("seed", range(PLANS))
def test_a_random_plan_lands_on_the_same_early_and_late_dates_and_driving_path(seed):
    program = p6_programs.plan(random.Random(seed))
    (dates, driving), (wanted, path) = engine(program), oracle(program)
    assert dates == wanted
    assert driving == path


def test_the_random_plans_use_every_rule():
    words = [p6_programs.plan(random.Random(seed)).activities() for seed in range(PLANS)]
    used = [word for plan in words for activity in plan.values() for word in activity.model_fields_set]
    assert {*p6_programs.STARTS, *p6_programs.FINISHES, "expected_finish", "level_of_effort"} <= set(used)
    assert np.mean([activity.progress is not None for plan in words for activity in plan.values()]) > 0.3
