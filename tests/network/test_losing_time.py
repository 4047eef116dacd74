"""Work that loses time to weather and calendar risks, against the oracle that works minute by minute."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from naive_network import schedule
from networks import DISTINCT, compiled, lost_time, random_case, random_losses, run
from riskmc.network.slack import build_slack


def losing_case(seed):
    chance = random.Random(seed)
    return random_losses(chance, random_case(chance, size=6))


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32 - 1))
def test_dates_and_driving_links_are_those_of_work_minute_by_minute(seed):
    case = losing_case(seed)
    result = run(case)
    assert result.beyond <= 0
    for i in range(DISTINCT):
        activities, links = case.lane(i)
        dates = schedule(activities, links, late=False)
        starts, finishes = result.pool[result.logic.starts, i], result.pool[result.logic.finishes, i]
        for n, each in enumerate(activities):
            assert (starts[n], finishes[n]) == (dates.start_index[each.name], dates.finish_index[each.name])
        assert result.pool[result.logic.outputs.start, i] == dates.program_finish
        assert [bool(result.tight[e, i]) for e in range(len(links))] == dates.tight
        assert {a.name for n, a in enumerate(activities) if result.critical[n, i]} == dates.critical


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32 - 1))
def test_the_slack_of_an_iteration_is_that_of_the_same_weather_later(seed):
    case = losing_case(seed)
    case = replace(case, activities=[replace(activity, late_bound=None) for activity in case.activities])
    try:
        expected = [schedule(*case.lane(i)).late_start_index for i in range(DISTINCT)]
    except ValueError:  # late dates before the axis
        return
    late = build_slack(compiled(case))
    result = run(case, rows=late.rows)
    assert late.run(result.pool, result.exists, lost_time(case)) <= 0
    found = result.pool[late.starts]
    for i in range(DISTINCT):
        for n, each in enumerate(case.activities):
            assert each.level_of_effort or found[n, i] == expected[i][each.name]


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32 - 1))
def test_losing_no_time_changes_no_bit(seed):
    case = losing_case(seed)
    for losses in case.lost:
        losses.weather = losses.risks = [[] for _ in range(DISTINCT)]
    plain, stretched = run(replace(case, lost=[])), run(case)
    for rows in (plain.logic.starts, plain.logic.finishes, plain.logic.outputs):
        assert np.array_equal(plain.pool[rows], stretched.pool[rows])
    assert np.array_equal(plain.tight, stretched.tight)
    assert np.array_equal(plain.critical, stretched.critical)
