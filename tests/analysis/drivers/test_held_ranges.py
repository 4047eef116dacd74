"""Held ranges: at the plan's value, else the most likely one, and every other draw as it was."""

import numpy as np
import pytest

import riskmc as rm
from driven import DAY, program
from riskmc.analysis.drivers.held_ranges import DEFAULT, RangedWork
from riskmc.simulation.engine import simulate_like

WORK = {
    "planned": {
        "duration": {"plan": "12d", "range": "uniform(10d 30d)"},
        "cost": {"plan": "7k", "range": "uniform(5k 9k)"},
    },
    "likely": {"duration": "triangular(4d 6d 20d)", "cost": "triangular(1k 2k 9k)"},
    "ruled": {"duration": "10d", "cost": "100k"},
    "sure": {"duration": "3d"},
}
RULES = [
    {"on": ["ruled", "likely"], "duration": "triangular(90% 100% 200%)", "sizes": "own"},
    {"on": "ruled", "cost": "triangular(90% 100% 200%)", "id": "prices"},
]


def work(trials: rm.Trials) -> RangedWork:
    return RangedWork(trials.again().program, trials.again().network)


def alone(words: dict, **more) -> rm.Trials:
    """Every activity by itself, each before a milestone that keeps its finish."""
    ends = {f"{name}_end": {"milestone": True, "after": [name]} for name in words}
    return rm.simulate(program({**words, **ends}, **more), 200)


def days(trials: rm.Trials, name: str) -> np.ndarray:
    start = np.datetime64(trials.start, "m").astype(np.int64)
    return (trials.milestone_finish[f"p.{name}_end"] - start) / DAY


def test_a_held_duration_is_the_planned_one_else_the_most_likely_one():
    trials = alone(WORK, ranges=RULES)
    held = simulate_like(trials, work(trials).held(["p.planned", "p.likely", "p.ruled"]))
    for name, value in (("planned", 12), ("likely", 6), ("ruled", 10), ("sure", 3)):
        assert set(days(held, name)) == {value}
    assert set(held.cost_cents) == {100 * (7_000 + 2_000 + 100_000)}


def test_what_is_not_held_keeps_its_draws_and_no_earlier_rule_takes_the_place_of_a_range():
    trials = alone(WORK, ranges=[{"on": "all", "duration": "uniform(50% 60%)", "sizes": "same"}, *RULES])
    held = simulate_like(trials, work(trials).held(["p.likely", "p.ruled"]))
    assert set(days(held, "ruled")) == {10}
    for name in ("planned", "sure"):
        assert np.array_equal(days(held, name), days(trials, name))


@pytest.mark.parametrize(
    "tied",
    [
        {
            "correlations": [
                {"pair": ["planned", "likely"], "duration": 0.9},
                {"pair": ["likely", "ruled"], "duration": 0.5},
            ]
        },
        {"correlations": [{"group": "all", "duration": 0.8}]},
    ],
)
def test_partners_in_a_correlation_keep_their_draws(tied):
    trials = alone(WORK, ranges=RULES, **tied)
    held = simulate_like(trials, work(trials).held(["p.likely"]))
    assert set(days(held, "likely")) == {6}
    for name in ("planned", "ruled"):
        assert np.array_equal(days(held, name), days(trials, name))


def test_started_work_is_held_at_what_remains_of_it():
    words = {
        "half": {"duration": {"plan": "20d", "range": "uniform(10d 40d)"}, "progress": {"started": "2027-01-04"}},
        "told": {"duration": "20d", "progress": {"started": "2027-01-04", "remaining": "triangular(3d 4d 9d)"}},
    }
    trials = alone(words, data_date="2027-01-14")
    held = simulate_like(trials, work(trials).held(["p.half", "p.told"]))
    assert set(days(held, "half")) == {20}
    assert set(days(held, "told")) == {14}


def test_the_source_of_a_range_is_its_rule_the_default_or_itself():
    trials = rm.simulate(program(WORK, ranges=RULES), 50, default_range="triangular(90% 100% 130%)")
    found = work(trials)
    told = {path: found.source(path) for path in found.tasks}
    assert told == {"p.planned": None, "p.likely": None, "p.ruled": "likely,ruled", "p.sure": DEFAULT}


def test_costs_of_no_activity_and_of_responses_are_held_too():
    risks = {"rock": {"probability": "50%", "impacts": [{"on": "sure", "duration": "+ 5d"}]}}
    responses = {
        "probe": {"status": "approved", "cost": "triangular(1k 2k 9k)", "acts_on": {"rock": {"probability": "10%"}}},
        "idle": {"cost": "triangular(1k 2k 9k)", "acts_on": {"rock": {"probability": "10%"}}},
    }
    words = {"costs": {"rent": {"fixed": "triangular(10k 20k 90k)"}}, "risks": risks, "responses": responses}
    trials = rm.simulate(program({"sure": {"duration": "3d"}}, **words), 100)
    found = work(trials)
    assert found.other_costs == ["costs.rent", "responses.probe"]
    assert set(simulate_like(trials, found.held_other_costs(found.program)).cost_cents) == {2_200_000}


def test_work_that_a_response_adds_is_held_as_well():
    responses = {
        "probe": {
            "status": "approved",
            "acts_on": {"rock": {"probability": "10%"}},
            "activities": {"drill": {"duration": "triangular(2d 4d 30d)", "before": ["sure"]}},
        }
    }
    risks = {"rock": {"probability": "50%", "impacts": [{"on": "sure", "cost": "+ 5k"}]}}
    trials = rm.simulate(program({"sure": {"duration": "3d"}}, risks=risks, responses=responses), 100)
    held = simulate_like(trials, work(trials).held(["p.drill"]))
    assert (held.finish_minutes.max() - held.plan.finish, len(set(held.finish_minutes))) == (0, 1)
    assert len(set(trials.finish_minutes)) > 50
