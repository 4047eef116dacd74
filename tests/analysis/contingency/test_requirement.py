"""Contingency: the percentile minus the base, what is held against it, and who releases the funding."""

from math import sqrt
from pathlib import Path

import numpy as np
import pytest

import riskmc as rm
from published import Z
from riskmc.analysis.contingency.requirement import contingency
from riskmc.errors import ArgumentError, ProgramError

FERRY = Path(__file__).parents[3] / "models" / "ferry" / "program.yaml"
N = 20_000


def program(activities, **sections):
    words = {"calendar": "24h", **sections}
    return rm.Program(program="Case", start="2027-01-04", projects={"p": {"activities": activities}}, **words)


def assert_known(hits, p):
    """The share at or below a known quantile is p, within the sampling error of one false alarm in a million."""
    assert abs(np.mean(hits) - p) <= Z * sqrt(p * (1 - p) / hits.size)


@pytest.fixture(scope="module")
def ferry():
    return contingency(rm.simulate(FERRY, 1000))


@pytest.mark.statistical
def test_one_uniform_activity_needs_its_p80_less_its_plan():
    """P80 of uniform(100d 200d) is 180d: 60d on top of a plan of 120d, and 60k of uniform(100k 200k) on 120k."""
    size = {"plan": "120d", "range": "uniform(100d 200d)"}
    money = {"plan": "120k", "range": "uniform(100k 200k)"}
    trials = rm.simulate(program({"a": {"duration": size, "cost": money}}), N)
    found = contingency(trials, 0.80).needed()
    error = 100 * Z * sqrt(0.8 * 0.2 / N)  # of the P80 of a uniform spread of 100
    assert abs(found.finish_days.value - 60) <= error
    assert abs(found.cost.value - 60_000) <= 1000 * error


@pytest.mark.statistical
def test_two_independent_uniform_activities_need_the_p80_of_their_sum():
    """The P80 of two uniform numbers is 2 - sqrt(0.4): 136.75d of uniform(0d 100d) twice, 36.75d on a plan of 100d."""
    size = {"plan": "50d", "range": "uniform(0d 100d)"}
    trials = rm.simulate(program({"a": {"duration": size}, "b": {"duration": size, "after": ["a"]}}), N)
    above = 100 * (2 - sqrt(0.4)) - 100
    assert_known((trials.finish_minutes - trials.plan.finish) / 1440 <= above, 0.80)
    needed = contingency(trials, 0.80).needed().finish_days.value
    assert_known((trials.finish_minutes - trials.plan.finish) / 1440 <= needed, 0.80)


@pytest.mark.parametrize("level", [0.50, 0.70, 0.80, 0.90])
def test_base_and_contingency_are_the_percentile_and_so_are_the_ends_of_its_interval(ferry, level):
    found, plan = ferry.needed(level), ferry.trials.plan
    finish, cost = ferry.trials.finish(), ferry.trials.cost()
    assert found.finish == finish.quantile(level)
    low, high = finish.quantile_interval(level)
    for end, days in zip((finish.quantile(level), low, high), found.finish_days, strict=True):
        assert days == (np.datetime64(end, "m").astype(int) - plan.finish) / 1440
    for end, money in zip((cost.quantile(level), *cost.quantile_interval(level)), found.cost, strict=True):
        assert round(100 * money) + plan.cost_cents == round(100 * end)


def test_percentages_are_of_the_days_from_the_start_and_of_the_cost():
    words = {
        "duration": {"plan": "100d", "range": "discrete(150d:100%)"},
        "cost": {"plan": 1000, "range": "uniform(1500 1500.01)"},
    }
    found = contingency(rm.simulate(program({"a": words}), 100)).needed()
    assert found.finish_percent == 50
    assert round(found.cost_percent) == 50


def test_without_an_argument_the_level_is_the_one_that_the_file_commits_to():
    plan = program({"a": {"duration": "uniform(1d 2d)"}}, confidence={"commit": "P70"})
    trials = rm.simulate(plan, 100)
    assert contingency(trials).percentile == 0.70
    assert contingency(rm.simulate(FERRY, 100)).percentile == 0.80


def test_a_percentile_in_percents_is_refused_with_what_was_meant(ferry):
    with pytest.raises(ArgumentError, match=r"did you mean 0\.80\?"):
        contingency(ferry.trials, 80)


def test_a_plan_without_chance_is_refused():
    with pytest.raises(ArgumentError, match="a plan, not a forecast"):
        contingency(rm.simulate(program({"a": {"duration": "5d"}})))


def test_the_margin_held_is_told_in_days_and_in_working_days_with_the_chance_that_it_suffices():
    """A margin of 10 working days after 10 of work: Monday 18 January to Friday 29 January."""
    activities = {
        "a": {"duration": {"plan": "10d", "range": "discrete(10d:60% 15d:30% 30d:10%)"}},
        "m": {"duration": "10d", "margin": True, "after": ["a"]},
    }
    trials = rm.simulate(program(activities, calendar="standard"), 500)
    held = contingency(trials).held
    assert (held.finish_days, held.working_days) == (14.0, 10.0)
    assert [(one.activity, one.working_days) for one in held.margins] == [("p.m", 10.0)]
    assert held.finish_level.value == np.mean(trials.finish_minutes <= trials.plan.finish_with_margin)
    assert 0.8 < held.finish_level < 0.99
    assert (held.cost, held.cost_level, held.joint_level) == (None, None, None)


def test_cost_contingency_is_held_against_the_need_and_changes_no_simulated_number():
    activities = {"a": {"duration": "uniform(5d 9d)", "cost": {"plan": "100k", "range": "uniform(80k 150k)"}}}
    held = {"unforeseen": {"name": "In the budget", "fixed": "30k", "contingency": True}}
    bare, with_held = rm.simulate(program(activities), 500), rm.simulate(program(activities, costs=held), 500)
    assert np.array_equal(bare.cost_cents, with_held.cost_cents)
    assert bare.plan.cost_cents == with_held.plan.cost_cents
    found = contingency(with_held).held
    assert found.cost == 30_000
    assert found.cost_level.value == np.mean(bare.cost_cents <= bare.plan.cost_cents + 3_000_000)
    assert [(one.id, one.name) for one in found.money] == [("unforeseen", "In the budget")]


def test_what_is_held_in_both_is_told_together():
    activities = {
        "a": {"duration": "uniform(5d 9d)", "cost": {"plan": "100k", "range": "uniform(80k 150k)"}},
        "m": {"duration": "1d", "margin": True, "after": ["a"]},
    }
    trials = rm.simulate(program(activities, costs={"u": {"fixed": "10k", "contingency": True}}), 500)
    in_time = trials.finish_minutes <= trials.plan.finish_with_margin
    in_budget = trials.cost_cents <= trials.plan.cost_cents + 1_000_000
    found = contingency(trials).held
    assert found.joint_level.value == np.mean(in_time & in_budget)
    assert found.joint_level < min(found.finish_level, found.cost_level)


@pytest.mark.parametrize("words", [{"fixed": "uniform(1k 2k)"}, {"per_day": 5}, {"fixed": 5, "per_day": 5}])
def test_contingency_is_one_certain_amount(words):
    with pytest.raises(ProgramError, match="held, not drawn"):
        rm.CostItem(**words, contingency=True)


def test_funding_is_base_and_contingency_and_reserve_each_with_whom_it_takes():
    activities = {"a": {"duration": "uniform(5d 9d)", "cost": {"plan": "100k", "range": "uniform(80k 150k)"}}}
    sections = {
        "costs": {"u": {"fixed": "30k", "contingency": True}},
        "management_reserve": "50k",
        "released_by": {"contingency": "Steering committee"},
    }
    found = contingency(rm.simulate(program(activities, **sections), 500))
    base, contingent, reserve, whole = found.layers
    assert (base.held, contingent.held, reserve.held, whole.held) == (100_000, 30_000, 50_000, 180_000)
    assert contingent.needed == found.needed().cost.value
    assert whole.needed == base.needed + contingent.needed + reserve.needed
    assert [layer.released_by for layer in found.layers] == ["project manager", "Steering committee", "sponsor", ""]


def test_what_the_file_does_not_hold_is_not_known_and_never_nothing(ferry):
    layers = {layer.name: layer for layer in ferry.layers}
    assert layers["contingency"].held is None
    assert layers["funding"].held is None
    assert layers["management reserve"].held == 3_000_000
    plain = contingency(rm.simulate(program({"a": {"duration": "uniform(5d 9d)"}}), 100))
    assert {layer.held for layer in plain.layers[1:]} == {None}
    assert (plain.held.finish_days, plain.held.finish_level) == (None, None)


def test_who_releases_it_changes_no_hash_and_contingency_does():
    plain = program({"a": {"duration": "uniform(5d 9d)"}})
    assert plain.but(released_by={"base": "me"}).hash() == plain.hash()
    assert plain.but(costs={"u": {"fixed": 1, "contingency": True}}).hash() != plain.hash()


def test_the_table_names_its_units(ferry):
    table = ferry.to_frame((0.50, 0.80))
    assert list(table.index) == [0.50, 0.80]
    assert {"finish_days", "finish_days_low", "finish_working_days", "cost_EUR", "cost_EUR_high"} <= set(table.columns)
    assert list(ferry.funding().columns) == ["held_EUR", "needed_EUR", "released_by"]


def test_it_works_without_money_and_with_latin_hypercubes():
    trials = rm.simulate(program({"a": {"duration": "uniform(5d 9d)"}}), 5120, sampling="lhs")
    found = contingency(trials, 0.8)
    assert found.needed().cost == (0, 0, 0)
    assert found.needed().cost_percent is None
    assert found.needed().finish_days.high - found.needed().finish_days.low < 0.05
    assert "EUR" not in repr(found)


def test_the_repr_and_the_card_tell_what_is_needed(ferry):
    assert repr(ferry).startswith("<Contingency 'Electric Island Ferry': P80 needs +")
    assert "on top of the plan without margin" in ferry._repr_html_()
