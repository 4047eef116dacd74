"""Policies: what managers see, when they act, what each action does, and both implementations alike."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import riskmc as rm
from riskmc.kernels.discrete_event.codes import ACTED, ENDED, RATE_SET
from riskmc.network.compiling import Settings, compile_network
from riskmc.simulation.event_block import EventBlock
from told_alike import assert_told_alike

START = datetime(2027, 1, 1)


def shop(activities, policies=None, **words):
    """Return a program that works day and night; a day has 24 hours."""
    homes = {"p": {"activities": activities}}
    return rm.Program(
        program="Shop",
        start="2027-01-01",
        calendar="24h",
        currency="EUR",
        projects=homes,
        policies=policies or {},
        **words,
    )


def days_to(program, at=None):
    return (rm.simulate(program, 1).finish(at).quantile(0.5) - START) / timedelta(days=1)


def cost_of(program):
    return rm.simulate(program, 1).cost_cents[0] / 100


def events(program, *kinds):
    """Return (day, kind, value) of the first iteration."""
    block = EventBlock(compile_network(program, Settings(engine="discrete-event")), 1, logs=True)
    block.run(0, 0, 1)
    first = block.network.axis.minute(START)
    return [((minute - first) / 1440, kind, value) for minute, kind, _, value in block.log(0).tolist() if kind in kinds]


def acting(do, review="10d", **when):
    """Return the policies of a program in which one acts as soon as it looks."""
    return {"react": {"review": review, "when": {"later_than": "2027-01-02", **when}, "do": do}}


def overtime(**words):
    return {"overtime": {"on": ["p.*"], **words}}


LATE = "2027-01-02"
DIG = {"dig": {"duration": "100d", "cost": {"per_day": 100}}}


def test_overtime_of_a_fifth_shortens_the_ninety_days_that_remain_to_seventy_five():
    assert days_to(shop(DIG, acting(overtime(rate="120%")))) == 10 + 75


def test_overtime_pays_the_additional_hours_with_their_premium():
    """85 days at 100, and of the 75 with overtime a fifth more hours at one and a half times the price."""
    assert cost_of(shop(DIG, acting(overtime(rate="120%", premium="50%")))) == 8500 + 75 * 100 * 0.2 * 1.5


def test_fatigue_takes_back_what_overtime_gives_review_by_review():
    program = shop(DIG, acting(overtime(rate="120%", fatigue="1%/d")))
    assert [(day, rate) for day, _, rate in events(program, RATE_SET)][:3] == [(10, 1200), (20, 1080), (30, 960)]


def test_nobody_tires_of_overtime_before_the_work_begins():
    """Decided on day 10 for work of day 50: the review of day 50 comes before it, so it tires from there on."""
    acts = {"wait": {"duration": "50d"}, "dig": {"duration": "100d", "after": ["wait"]}}
    program = shop(acts, acting({"overtime": {"on": ["p.dig"], "rate": "120%", "fatigue": "1%/d"}}))
    assert [(day, rate) for day, _, rate in events(program, RATE_SET)][:2] == [(60, 1080), (70, 960)]


def test_reviews_go_on_though_at_one_of_them_all_that_was_planned_has_just_happened():
    """Day 50: the first ends, the policy looks, then the second begins; on day 75 it has lasted longer than planned."""
    acts = {
        "a": {"duration": "50d"},
        "b": {"duration": {"plan": "20d", "range": "uniform(99d 101d)"}, "after": ["a"]},
    }
    program = shop(acts, acting(overtime(rate="200%"), review="25d", later_than="2027-03-14"))
    assert [day for day, _, _ in events(program, ACTED)] == [75]


def test_a_crash_cuts_what_remains_of_begun_and_of_coming_work_and_costs_each():
    acts = {**DIG, "test": {"duration": "50d", "after": ["dig"]}}
    program = shop(acts, acting({"crash": {"on": ["p.*"], "duration": "80%", "cost": 1000}}))
    assert days_to(program) == 10 + 90 * 0.8 + 50 * 0.8
    assert cost_of(program) == (10 + 72) * 100 + 2 * 1000


def test_hired_people_join_after_their_lead_are_paid_and_leave():
    acts = {name: {"duration": "40d", "uses": {"crew": 1}} for name in ("a", "b", "c")}
    hire = {"add_units": {"resource": "crew", "units": 1, "lead": "5d", "cost": "24/d", "lasts": "50d"}}
    program = shop(acts, acting(hire), resources={"crew": {"capacity": 1, "calendar": "24h"}})
    assert days_to(program) == 80  # a from 0 to 40, b with the one who joins at 15 to 55, c from 40 to 80
    assert cost_of(program) == 24 * 50


def test_talk_costs_a_team_its_square():
    """Two people at 5% talk work at 1 - .05 x 4 = 80%, and both at 40 days of work: from day 10, (40 - 10) / .8."""
    acts = {"a": {"duration": "40d", "uses": {"crew": 1}}}
    hire = {"add_units": {"resource": "crew", "units": 1, "overhead": 0.05}}
    program = shop(acts, acting(hire), resources={"crew": {"capacity": 1}})
    assert days_to(program) == 10 + 30 / 0.8


def test_those_who_learn_hold_the_team_up_step_by_step():
    acts = {"a": {"duration": "40d", "uses": {"crew": 1}}}
    hire = {"add_units": {"resource": "crew", "units": 1, "ramp_up": {"start": "0%", "over": "10d", "steps": 3}}}
    rates = events(shop(acts, acting(hire), resources={"crew": {"capacity": 1}}), RATE_SET)
    assert [day for day, _, _ in rates] == [10, 20, 30, 40]
    values = [rate for _, _, rate in rates]
    assert values == sorted(values)
    assert 500 < values[0] < 750
    assert values[-1] == 1000


def test_new_priorities_order_the_queue_anew_until_the_policy_ends():
    acts = {name: {"duration": "20d", "uses": {"crew": 1}, "priority": place} for place, name in enumerate("abc", 1)}
    program = shop(acts, acting({"prioritise": {"p.c": 0}}), resources={"crew": {"capacity": 1}})
    log = events(program, 1)
    assert [day for day, _, _ in log] == [0, 20, 40]
    block = EventBlock(compile_network(program, Settings(engine="discrete-event")), 1, logs=True)
    block.run(0, 0, 1)
    assert [row[2] for row in block.log(0).tolist() if row[1] == 1] == [0, 2, 1]


def test_progress_is_reported_by_time_passed_and_never_above_nine_tenths():
    """Planned 10 days, truly 40: at day 20 a tenth is believed to remain, so 21; at day 10 that is 11."""
    acts = {"dig": {"duration": {"plan": "10d", "range": "discrete(40d:100%)"}}}
    policies = {"y": {"review": "10d", "when": {"later_than": "2027-01-21"}, "do": overtime(rate="200%")}}
    log = events(shop(acts, policies), ACTED)
    assert [(day, value / 1440) for day, _, value in log] == [(30, 10)]  # believed: day 31; promised: the end of day 21


def test_it_acts_beyond_its_tolerance_ends_by_hysteresis_and_is_limited():
    acts = {"a": {"duration": "60d"}, "b": {"duration": {"plan": "60d", "range": "discrete(61d:100%)"}, "after": ["a"]}}
    when = {"later_than": "2027-04-21", "by": "4d", "until": "0d"}  # the end of day 111; the plan says 120
    policies = {"y": {"review": "10d", "when": when, "do": overtime(rate="150%"), "at_most": 1}}
    log = events(shop(acts, policies), ACTED, ENDED)  # a ends at 10 + 50 / 1.5, so that b is believed to end at 103
    assert [(day, kind) for day, kind, _ in log] == [(10, ACTED), (50, ENDED)]


def test_a_decision_comes_into_effect_after_its_delay_and_not_at_all_once_the_reason_is_gone():
    policies = acting(overtime(rate="120%"))
    policies["react"]["delay"] = "15d"
    assert days_to(shop(DIG, policies)) == 25 + 75 / 1.2


def test_nobody_acts_where_the_forecast_is_in_time():
    assert events(shop(DIG, acting(overtime(rate="120%"), later_than="2027-12-01")), ACTED) == []


def test_more_errors_fail_more_gates():
    """Chances of 30% and 60%, at most one redo of all the work: means 1.3 and 1.6; 4,096 iterations, 6 sigma."""
    gate = {"fail": "30%", "redo": "100%", "at_most": 1}
    acts = {"dig": {"duration": "10d", "quality_gate": gate}}
    do = overtime(rate="100.1%", errors="200%")
    share = [rm.simulate(shop(acts, policies), 4096).finish().samples for policies in (None, acting(do, review="1d"))]
    failed = [((one - one.min()) > 5 * 1440).mean() for one in share]
    for found, expected in zip(failed, (0.3, 0.6), strict=True):
        assert found == pytest.approx(expected, abs=6 * (expected * (1 - expected) / 4096) ** 0.5)


DOES = (
    overtime(rate="130%", premium="50%", fatigue="5%/w", errors="130%"),
    {"crash": {"on": ["p.*"], "duration": "70%", "cost": 10}},
    {"add_units": {"resource": "crew", "units": 1, "lead": "3d", "cost": "10/h", "lasts": "20d", "overhead": 0.01}},
    {"add_units": {"resource": "crew", "units": 2, "ramp_up": {"start": "30%", "over": "6d"}}},
    {"prioritise": {"p.a1": 0}},
)  # fmt: skip


@st.composite
def managed(draw):
    """Return a small program whose managers react."""
    acts = {}
    for i in range(draw(st.integers(2, 5))):
        acts[f"a{i}"] = {"duration": draw(st.sampled_from(("10d", "triangular(5d 20d 60d)"))), "cost": {"per_day": 10}}
        acts[f"a{i}"]["uses"] = draw(st.sampled_from(({}, {"crew": 1})))
        acts[f"a{i}"]["after"] = draw(st.lists(st.sampled_from(sorted(acts)[:i]), max_size=1)) if i else []
        if draw(st.booleans()):
            acts[f"a{i}"]["quality_gate"] = {"fail": "40%", "redo": "50%", "at_most": 2}
    policies = {}
    for name in ("x", "y")[: draw(st.integers(1, 2))]:
        when = {"later_than": draw(st.sampled_from(("2027-01-10", "2027-02-10", "2027-03-01"))), "by": "2d"}
        when |= draw(st.sampled_from(({}, {"until": "0d"}, {"at": "p.a1"})))
        policies[name] = {
            "review": draw(st.sampled_from(("3d", "1w"))),
            "when": when,
            "do": draw(st.sampled_from(DOES)),
        }
        policies[name] |= draw(st.sampled_from(({}, {"delay": "2d"}, {"at_most": 2})))
    return shop(acts, policies, resources={"crew": {"capacity": 1}})


@given(managed())
@settings(max_examples=8)
def test_simpy_and_the_kernel_manage_alike(program):
    assert_told_alike(program)
