"""Slack: float to the finish of the iteration, whatever caps and deadlines the plan's is measured to."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from naive_network import schedule
from networks import DISTINCT, compiled, random_case, run
from riskmc.network.late import build_late
from riskmc.network.slack import build_slack


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32 - 1))
def test_without_caps_slack_is_the_total_float_of_the_oracle(seed):
    case = random_case(random.Random(seed), size=6, constraints=False)
    case = replace(case, activities=[replace(activity, late_bound=None) for activity in case.activities])
    try:
        expected = [schedule(*case.lane(i)).total_float for i in range(DISTINCT)]
    except ValueError:  # late dates before the axis
        return
    late = build_slack(compiled(case))
    result = run(case, rows=late.rows)
    assert late.run(result.pool, result.exists) <= 0
    found = result.pool[late.starts] - result.pool[result.logic.starts]
    for i in range(DISTINCT):
        for n, each in enumerate(case.activities):
            assert each.level_of_effort or found[n, i] == expected[i][each.name]


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32 - 1))
def test_a_cap_on_late_dates_changes_float_and_not_slack(seed):
    case = random_case(random.Random(seed), size=6, constraints=False)
    logic = compiled(case)
    nodes = logic.layout.nodes
    capped = replace(nodes, late_finish_cap=np.zeros_like(nodes.late_finish_cap))
    layout = logic.layout
    slack = build_slack(logic)
    plain = run(case, rows=slack.rows)
    slack.run(plain.pool, plain.exists)
    expected = plain.pool[slack.starts].copy()
    layout.nodes = capped
    try:
        held = build_slack(logic)
        again = run(case, rows=held.rows)
        held.run(again.pool, again.exists)
        assert np.array_equal(again.pool[held.starts], expected)
        late = build_late(logic)
        third = run(case, rows=late.rows)
        late.run(third.pool, third.exists)
        assert not np.array_equal(third.pool[late.starts], expected)
    finally:
        layout.nodes = nodes
