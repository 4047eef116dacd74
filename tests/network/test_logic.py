"""Network logic against the oracle (naive_network.py), closed forms, and invariants (semantics N1 to N7)."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naive_network import Activity, Link, end_of, schedule, start_of, worked
from networks import CLOCK, DATA_DATE, DAY, DISTINCT, LANES, NIGHTS, OFFICE, WEEKS, compiled, fixed, random_case, run
from riskmc.errors import ProgramError
from riskmc.network.layout import FF, FS, DateCondition, Edges, Nodes
from riskmc.network.logic import build
from riskmc.network.worktime import clock

SEEDS = st.integers(0, 2**32 - 1)


def activity(name, days, calendar=OFFICE, **fields):
    minutes = round(days * (DAY if calendar is CLOCK else 480))
    return Activity(name, calendar, minutes, **{"floor": start_of(calendar, worked(calendar, DATA_DATE))} | fields)


def days_of(result, n):
    """Start and finish of a node in days of 8 hours after the data date, in lane 0."""
    first = worked(OFFICE, DATA_DATE)
    pool, logic = result.pool, result.logic
    return (pool[logic.starts][n, 0] - first) / 480, (pool[logic.finishes][n, 0] - first) / 480


def assert_agrees(case, result, i):
    """Dates, outputs, tight links and criticality of lane i are those of the oracle."""
    expected = schedule(*case.lane(i), late=False)
    names = [a.name for a in case.activities]
    pool, logic = result.pool, result.logic
    assert pool[logic.starts][:, i].tolist() == [expected.start_index[name] for name in names]
    assert pool[logic.finishes][:, i].tolist() == [expected.finish_index[name] for name in names]
    for row, name in zip(logic.layout.moment_row, names, strict=True):
        assert row < 0 or pool[row, i] == expected.finish[name]
    assert pool[logic.outputs][0, i] == expected.program_finish
    assert {name for n, name in enumerate(names) if result.critical[n, i]} == expected.critical
    assert result.tight[: len(case.links), i].tolist() == expected.tight


@settings(deadline=None, max_examples=150)
@given(SEEDS)
def test_dates_and_driving_chains_are_those_of_the_oracle(seed):
    case = random_case(random.Random(seed))
    result = run(case)
    assert result.beyond <= 0
    for i in range(DISTINCT):
        assert_agrees(case, result, i)


@settings(deadline=None, max_examples=100)
@given(SEEDS)
def test_constraints_as_planned_are_those_of_the_oracle(seed):
    case = random_case(random.Random(seed), size=6, constraints=True)
    result = run(case)
    for i in range(DISTINCT):
        assert_agrees(case, result, i)


@settings(deadline=None, max_examples=30)
@given(SEEDS)
def test_a_lane_does_not_know_what_the_other_lanes_hold(seed):
    case = random_case(random.Random(seed))
    whole = run(case)
    alone = replace(
        case,
        durations=np.repeat(case.durations[:, 1:2], LANES, axis=1),
        exists=np.where(np.arange(LANES) == 7, case.exists[:, 1:2], case.exists),
        lags={e: np.repeat(lag[1:2], LANES) for e, lag in case.lags.items()},
        slips={n: np.repeat(slip[1:2], LANES) for n, slip in case.slips.items()},
    )
    same = run(alone)
    n = 2 * len(case.activities)
    assert (whole.pool[:n, 1] == same.pool[:n, 7]).all()
    assert (whole.critical[:, 1] == same.critical[:, 7]).all()


@settings(deadline=None, max_examples=50)
@given(SEEDS)
def test_a_longer_activity_never_makes_the_program_earlier(seed):
    """With bounds on starts alone; a finish that is bounded sends a longer activity, and what starts with it, back."""
    case = random_case(random.Random(seed))
    case.activities = [replace(a, finish_floor=None) for a in case.activities]
    case.links = [replace(link, type={"FF": "FS", "SF": "SS"}.get(link.type, link.type)) for link in case.links]
    before = run(case).pool
    longer = replace(case, durations=case.durations + (case.durations > 0))
    result = run(longer)
    assert (result.pool[result.logic.outputs] >= before[result.logic.outputs]).all()


@settings(deadline=None, max_examples=60)
@given(SEEDS)
def test_conditions_on_dates_upstream_decide_who_exists(seed):
    rng = random.Random(seed)
    case = random_case(rng)
    names = [a.name for a in case.activities]
    conditional = sorted((a for a in case.activities if not a.level_of_effort and a.name != "a0"), key=lambda a: a.name)
    for each in rng.sample(conditional, min(2, len(conditional))):
        sources = [a for a in case.activities if a.name < each.name and not a.level_of_effort]
        source = rng.choice(sources)
        event = "finish" if source.milestone == "finish" else rng.choice(("start", "finish"))
        instant = getattr(schedule(*case.lane(0), late=False), event)[source.name]
        minute = instant + rng.choice((0, -1, 1, -300, 300))
        comparison = rng.choice((">", "<="))
        case.conditions.append(
            DateCondition(names.index(each.name), names.index(source.name), event, comparison, minute)
        )
    given_exists = case.exists.copy()
    result = run(case)
    for condition in sorted(case.conditions, key=lambda c: names[c.node]):
        for i in range(DISTINCT):
            dates = schedule(*case.lane(i), late=False)
            instant = getattr(dates, condition.event)[names[condition.source]]
            holds = (instant > condition.minute) == (condition.comparison == ">")
            case.exists[condition.node, i] &= holds
    assert (result.exists[:, :DISTINCT] == case.exists[:, :DISTINCT]).all()
    assert (case.exists[:, :DISTINCT] <= given_exists[:, :DISTINCT]).all()
    for i in range(DISTINCT):
        assert_agrees(case, result, i)


@pytest.mark.parametrize(
    ("type_", "lag", "expected"),
    [("FS", 0, (4, 6)), ("FS", 1, (5, 7)), ("FS", -1, (3, 5)), ("SS", 0, (0, 2)), ("SS", 1, (1, 3)),
     ("FF", 0, (2, 4)), ("FF", 1, (3, 5)), ("FF", -1, (1, 3)), ("SF", 3, (1, 3)), ("SF", 1, (0, 2))],
)  # fmt: skip
def test_the_four_link_types_with_lags_and_leads(type_, lag, expected):
    result = run(fixed([activity("a", 4), activity("b", 2)], [Link("a", "b", type_, lag * 480, OFFICE)]))
    assert days_of(result, 1) == expected


def test_a_chain_of_five_thousand_finishes_at_the_sum_of_its_durations():
    activities = [activity(f"a{n}", 0.01) for n in range(5000)]
    result = run(fixed(activities, [Link(f"a{n}", f"a{n + 1}") for n in range(4999)]))
    assert days_of(result, 4999)[1] == pytest.approx(5000 * round(0.01 * 480) / 480)
    assert result.critical.all()


def test_the_longest_of_a_hundred_predecessors_drives():
    activities = [activity(f"a{n}", 1 + n / 480) for n in range(100)] + [activity("end", 1)]
    result = run(fixed(activities, [Link(f"a{n}", "end") for n in range(100)]))
    assert np.flatnonzero(result.critical[:, 0]).tolist() == [99, 100]
    assert days_of(result, 100)[0] == pytest.approx(1 + 99 / 480)


def test_of_two_chains_that_tie_both_are_critical():
    activities = [activity("a", 2), activity("b", 2), activity("c", 1), activity("end", 1)]
    result = run(fixed(activities, [Link(name, "end") for name in "abc"]))
    assert result.critical[:, 0].tolist() == [True, True, False, True]


def test_an_activity_that_alone_sets_the_finish_is_critical_though_its_successor_is_not():
    activities = [activity("a", 20), activity("b", 2)]
    result = run(fixed(activities, [Link("a", "b", "SS")]))
    assert result.critical[:, 0].tolist() == [True, False]


def test_a_start_driven_predecessor_is_on_the_driving_chain():
    activities = [activity("a", 2), activity("b", 20)]
    result = run(fixed(activities, [Link("a", "b", "SS", 480, OFFICE)]))
    assert result.critical[:, 0].tolist() == [True, True]


def test_the_data_date_ends_a_driving_chain():
    late_start = start_of(OFFICE, worked(OFFICE, DATA_DATE) + 10 * 480)
    activities = [activity("a", 2), activity("b", 2, floor=late_start)]
    result = run(fixed(activities, [Link("a", "b")]))
    assert result.critical[:, 0].tolist() == [False, True]


def test_work_after_a_night_shift_starts_on_the_next_office_day():
    activities = [activity("dig", 1, NIGHTS), activity("test", 1)]
    result = run(fixed(activities, [Link("dig", "test")]))
    finish = result.pool[result.logic.outputs][0, 0]
    assert finish == end_of(OFFICE, worked(OFFICE, DATA_DATE) + 2 * 480)  # Monday night to Tuesday 06:00; Tuesday 17:00


def test_a_finish_milestone_after_work_of_another_calendar_rests_at_the_next_start_of_work():
    activities = [activity("cure", 1.0, CLOCK), Activity("ready", OFFICE, 0, floor=DATA_DATE, milestone="finish")]
    result = run(fixed(activities, [Link("cure", "ready")]))  # Tuesday 00:00
    assert result.pool[result.logic.outputs][0, 0] == DATA_DATE + DAY + 480


@pytest.mark.parametrize("given", [17 * 60, 8 * 60, 12 * 60])
def test_a_finish_milestone_rests_where_its_floor_was_given_at_an_end_of_work_too(given):
    case = fixed([Activity("ready", OFFICE, 0, floor=DATA_DATE + given, milestone="finish")], [])
    result = run(case)
    assert result.pool[result.logic.outputs][0, 0] == DATA_DATE + given


def test_a_start_milestone_that_nothing_else_holds_may_keep_the_raw_data_date():
    start = Activity("start", OFFICE, 0, floor=DATA_DATE, milestone="start", keeps_floor=True)
    result = run(fixed([start, activity("cure", 1, CLOCK, floor=0)], [Link("start", "cure", "SS")]))
    assert result.pool[result.logic.starts][1, 0] == DATA_DATE  # Monday 00:00


def test_a_mandatory_finish_too_soon_for_its_work_stands_and_one_before_the_data_date_is_the_data_date():
    for day in (1, -2):
        due = end_of(OFFICE, worked(OFFICE, DATA_DATE) + 480 * day)
        result = run(fixed([activity("a", 3, fixed_finish=due), activity("b", 1)], [Link("a", "b")]))
        last = max(day, 0)
        assert [days_of(result, n) for n in range(2)] == [(last - 3, last), (last, last + 1)]


def test_level_of_effort_spans_its_drivers_and_sets_nothing():
    span = activity("span", 0, level_of_effort=True)
    activities = [activity("a", 2), activity("b", 3), span]
    links = [Link("a", "b"), Link("a", "span", "SS"), Link("b", "span", "FF"), Link("span", "b", "FF", 4800, OFFICE)]
    result = run(fixed(activities, links))
    assert days_of(result, 2) == (0, 5)
    assert days_of(result, 1) == (2, 5)
    assert not result.critical[2].any()


def test_what_does_not_exist_passes_its_links_on_and_drops_its_constraints():
    far = start_of(OFFICE, worked(OFFICE, DATA_DATE) + 50 * 480)
    activities = [activity("a", 2), activity("b", 3, start_floor=far), activity("c", 1)]
    case = fixed(activities, [Link("a", "b", "FS", 480, OFFICE), Link("b", "c")])
    case.exists[1, ::2] = False
    result = run(case)
    assert days_of(result, 2) == (3, 4)
    assert result.pool[result.logic.starts][2, 1] == worked(OFFICE, DATA_DATE) + 53 * 480
    assert result.critical[:, 0].tolist() == [True, False, True]  # b passes the chain on, uncounted


def test_outputs_are_the_latest_finishes_of_their_groups():
    activities = [activity("a", 2), activity("b", 3), activity("c", 1, CLOCK)]
    result = run(fixed(activities, [Link("a", "b")]), outputs=[[0, 1, 2], [0], [2, 0], [2]])
    days = [DAY * day + 1020 for day in (4, 1, 1)]
    assert (result.pool[result.logic.outputs][:, 0] - DATA_DATE).tolist() == [*days, DAY]


def test_a_cycle_is_refused_with_its_activities_in_order_and_what_to_do():
    activities = [activity(name, 1) for name in ("pour", "dig", "line", "survey")]
    links = [Link("survey", "dig"), Link("dig", "line"), Link("line", "pour", "SS"), Link("pour", "dig", "FF")]
    with pytest.raises(ProgramError, match=r"dig: .*dig -> line -> pour -> dig; take out or turn one"):
        compiled(fixed(activities, links))


def test_a_condition_on_a_date_downstream_is_refused_as_a_cycle():
    case = fixed([activity("a", 1), activity("b", 1)], [Link("a", "b")])
    case.conditions.append(DateCondition(0, 1, "finish", ">", DATA_DATE))
    with pytest.raises(ProgramError, match="a -> b -> a"):
        compiled(case)


def test_a_finish_beyond_the_calendars_is_reported_in_minutes():
    minutes = 7 * DAY * WEEKS
    case = fixed([Activity("a", CLOCK, minutes - DATA_DATE, floor=DATA_DATE), activity("b", 1)], [Link("a", "b")])
    assert run(case).beyond > 0


def test_a_date_cannot_wrap_around():
    n = 200
    nodes, edges = Nodes.blank([f"a{k}" for k in range(n)]), Edges.blank(n - 1)
    edges.predecessor[:], edges.successor[:] = np.arange(n - 1), np.arange(1, n)
    edges.lag[:] = 2**28
    logic = build(nodes, edges, [clock(10 * DAY)], [list(range(n))])
    pool, tight = logic.new_pool(LANES), logic.new_tight(LANES)
    pool[logic.finishes] = 2**28
    logic.run(pool, np.ones((n, LANES), np.uint8), tight)
    assert (pool[logic.starts][-1] == 2**29).all()


def test_two_names_of_one_calendar_need_no_conversion():
    nodes, edges = Nodes.blank(["a", "b"]), Edges.blank(1)
    nodes.calendar[:], edges.successor[0], edges.lag_calendar[0] = (0, 1), 1, 1
    logic = build(nodes, edges, [clock(DAY), clock(DAY)], [[0, 1]])
    assert not logic.layout.tables.slots


def test_ten_thousand_nodes_compile_without_a_loop_over_them():
    n, rng = 10_000, np.random.default_rng(1)
    nodes, edges = Nodes.blank([str(k) for k in range(n)]), Edges.blank(2 * n - 2)
    edges.successor[:] = np.repeat(np.arange(1, n), 2)
    edges.predecessor[:] = np.maximum(0, edges.successor - 1 - rng.integers(0, 50, 2 * n - 2))
    edges.type[::10] = FF
    assert (edges.type == FS).sum() > n
    logic = build(nodes, edges, [clock(1000 * DAY)], [list(range(n))])
    assert len(logic.code) < 6 * n
