"""Late dates and total float against the oracle, and the cases others got wrong (semantics N3; P6 rules 13 to 16)."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import riskmc as rm
from naive_network import Activity, Link, end_of, schedule, start_of, worked
from networks import CLOCK, DATA_DATE, DAY, DISTINCT, OFFICE, WEEKS, compiled, fixed, random_case, run
from riskmc.network.compiling import Settings, compile_network
from riskmc.network.late import build_late, late_dates
from riskmc.network.logic import build
from riskmc.network.worktime import HorizonError

MONDAY = worked(OFFICE, DATA_DATE)


def activity(name, days, **fields):
    return Activity(name, OFFICE, round(days * 480), floor=start_of(OFFICE, MONDAY), **fields)


def float_days(case, n):
    """Total float of a node in days, in lane 0."""
    result = run(case)
    return (late_dates(result.logic, result.pool, result.exists)[n] - result.pool[result.logic.starts][n, 0]) / 480


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_total_float_is_that_of_the_oracle(seed, constraints):
    case = random_case(random.Random(seed), size=6, constraints=constraints)
    try:
        expected = [schedule(*case.lane(i)).total_float for i in range(DISTINCT)]
    except ValueError:  # late dates before the axis
        return
    late = build_late(compiled(case))
    result = run(case, rows=late.rows)
    assert late.run(result.pool, result.exists) <= 0
    found = result.pool[late.starts] - result.pool[result.logic.starts]
    for i in range(DISTINCT):
        for n, each in enumerate(case.activities):
            assert each.level_of_effort or found[n, i] == expected[i][each.name]


def test_the_critical_path_has_no_float_and_a_short_branch_has_the_difference():
    case = fixed([activity("a", 2), activity("b", 5), activity("end", 1)], [Link("a", "end"), Link("b", "end")])
    assert [float_days(case, n) for n in range(3)] == [3, 0, 0]


def test_the_project_finish_holds_a_finish_that_no_successor_holds():
    case = fixed([activity("a", 20), activity("b", 2)], [Link("a", "b", "SS")])
    assert [float_days(case, n) for n in range(2)] == [0, 18]


def test_a_day_of_the_clock_is_eight_working_hours_of_float():
    cure = Activity("cure", CLOCK, 4 * DAY, floor=DATA_DATE)
    case = fixed([activity("a", 2), cure], [])
    assert float_days(case, 0) == 2  # Wednesday and Thursday


def test_a_latest_date_makes_float_negative_and_leaves_early_dates_alone():
    cap = end_of(OFFICE, MONDAY + 3 * 480)
    case = fixed([activity("a", 2), activity("b", 5, late_finish_cap=cap)], [Link("a", "b")])
    assert [float_days(case, n) for n in range(2)] == [-4, -4]


def test_float_is_measured_to_the_output_that_each_activity_names():
    case = fixed([activity("a", 2), activity("b", 5), activity("c", 3)], [])
    logic = compiled(case, outputs=[[0, 1, 2], [0, 2]])
    logic.layout.nodes.late_output[:] = [1, 0, 1]
    result = run(case, outputs=[[0, 1, 2], [0, 2]])
    late = late_dates(logic, result.pool, result.exists)
    assert ((late - result.pool[result.logic.starts][:, 0]) / 480).tolist() == [1, 0, 0]


def test_work_that_is_as_late_as_possible_moves_up_to_its_successor():
    case = fixed([activity("a", 2, as_late_as_possible=True), activity("b", 5), activity("end", 1)], [])
    case.links += [Link("a", "end"), Link("b", "end")]
    result = run(case)
    assert (result.pool[result.logic.starts][:, 0] - MONDAY).tolist() == [3 * 480, 0, 5 * 480]


@pytest.mark.parametrize("days", [3, 5, 9])
def test_an_imposed_finish_earlier_or_later_takes_the_place_of_the_finish_in_late_dates_alone(days):
    imposed = end_of(OFFICE, MONDAY + days * 480)
    case = fixed([activity("a", 2, late_bound=imposed), activity("b", 3, late_bound=imposed)], [Link("a", "b")])
    assert [float_days(case, n) for n in range(2)] == [days - 5, days - 5]
    result = run(case)
    assert result.pool[result.logic.outputs][0, 0] == end_of(OFFICE, MONDAY + 5 * 480)


def test_work_that_is_as_late_as_possible_moves_up_to_the_finish_of_its_own_project():
    case = fixed([activity("a", 2, as_late_as_possible=True), activity("b", 5), activity("c", 3)], [])
    logic = compiled(case, outputs=[[0, 1, 2], [0, 2]])
    logic = build(replace(logic.layout.nodes, project=np.array([1, 0, 1])), logic.layout.edges, *rest_of(logic))
    pool, tight = logic.new_pool(64), logic.new_tight(64)
    pool[logic.finishes] = case.durations
    logic.run(pool, case.exists.astype(np.uint8), tight)
    assert (pool[logic.starts][:, 0] - MONDAY).tolist() == [480, 0, 0]
    late = late_dates(logic, pool, case.exists.astype(np.uint8))
    assert ((late - pool[logic.starts][:, 0]) / 480).tolist() == [2, 0, 2]


def rest_of(logic):
    return logic.layout.worktimes, logic.layout.outputs


def test_what_must_end_with_work_of_another_calendar_may_not_end_after_its_late_finish():
    """P6: a late finish is Friday 17:00, and cure may not finish on Saturday for it, though nobody works then."""
    cap = end_of(OFFICE, MONDAY + 5 * 480)
    cure, end = Activity("cure", CLOCK, DAY, floor=DATA_DATE), activity("end", 1, late_finish_cap=cap)
    case = fixed([cure, end, activity("long", 9)], [Link("cure", "end", "FF")])
    result = run(case)
    late = late_dates(result.logic, result.pool, result.exists)
    assert late[0] + DAY == cap  # not Monday 08:00


def test_a_finish_without_float_may_rest_at_a_start_of_work_in_its_late_dates_too():
    cure, end = Activity("cure", CLOCK, DAY, floor=DATA_DATE), activity("end", 0, milestone="finish")
    case = fixed([cure, end], [Link("cure", "end")])  # Tuesday 00:00, so Tuesday 08:00
    assert float_days(case, 1) == 0
    assert float_days(case, 0) == 480 / 480


def test_late_dates_beyond_the_calendars_are_refused():
    case = fixed([Activity("a", CLOCK, 7 * DAY * WEEKS, floor=DATA_DATE), activity("b", 1)], [])
    result = run(case)
    with pytest.raises(HorizonError, match="past the calendars"):
        late_dates(result.logic, result.pool, result.exists)


def test_late_dates_do_not_touch_the_rows_of_the_forward_pass():
    case = fixed([activity("a", 2), activity("b", 5)], [Link("a", "b")])
    late = build_late(compiled(case))
    result = run(case, rows=late.rows)
    kept = result.pool[: result.logic.outputs.stop].copy()
    late.run(result.pool, result.exists)
    np.testing.assert_array_equal(result.pool[: result.logic.outputs.stop], kept)


def floats(activities):
    """Total float in working minutes of a program that starts on Monday 4 January 2027, by activity."""
    program = rm.Program(program="Late", start="2027-01-04", projects={"p": {"activities": activities}})
    network = compile_network(program, Settings(constraints="as-planned"))
    return {task.path: int(network.plan.total_float[task.number]) for task in network.tasks}


def test_a_lead_lets_nothing_finish_after_its_project():
    """A ends Tuesday 17:00, C and with it the project Wednesday 12:00; B, an hour, could wait until Wednesday 11:00.

    The link alone would let A end twelve hours of work after that, on Thursday: mpxj, made to agree with P6, does not.
    """
    found = floats({
        "A": {"duration": "16h"}, "C": {"duration": "20h"},
        "B": {"duration": "1h", "after": [{"activity": "A", "type": "FS", "lag": "-12h"}]},
    })  # fmt: skip
    assert found["p.A"] == 4 * 60
