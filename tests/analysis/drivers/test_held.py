"""Held: drivers, choices, existence, lags, slips, correlations and risks at their deterministic outcome."""

from pathlib import Path

import numpy as np
import pytest

import riskmc as rm
from driven import DAY, chain, late, program
from riskmc.analysis.drivers import held
from riskmc.analysis.drivers.held import SampledDates
from riskmc.analysis.drivers.held_ranges import RangedWork
from riskmc.analysis.drivers.sources import doubtful
from riskmc.simulation.engine import simulate_like

MODELS = [  # of the portfolio gates, arrivals and staff are left to chance: they are no ranges, drivers or risks
    model for model in sorted((Path(__file__).parents[3] / "models").glob("*/program.yaml"))
    if model.parent.name != "portfolio"
]  # fmt: skip
BEHAVIOURS = ["resources", "quality_gates", "approvals", "policies"]  # of which a plan leaves out what is random


@pytest.mark.parametrize("model", MODELS, ids=[model.parent.name for model in MODELS])
def test_with_everything_held_a_bundled_program_is_its_plan(model):
    trials = rm.simulate(model, 60, ignore=BEHAVIOURS)
    again = trials.again()
    work, dates = RangedWork(again.program, again.network), SampledDates(again.program, again.network)
    calm = dates.held_slips(dates.held_lags(work.held_other_costs(work.held(work.tasks))))
    calm = held.without_choices(held.without_doubt(calm, doubtful(calm)), calm.choices)
    calm = held.uncorrelated(held.without_drivers(held.without_any_risk(calm), calm.drivers), None)
    same = simulate_like(trials, calm)
    assert set(same.finish_minutes) == {trials.plan.finish}
    assert set(same.cost_cents) == {trials.plan.cost_cents}


def test_a_driver_at_100_percent_is_one_that_is_not_there():
    pace = {"pace": {"on": "all", "duration": "x uniform(100% 120%)", "cost": "x uniform(90% 120%)"}}
    trials = rm.simulate(chain({"rock": late(5, "40%")}, drivers=pace), 200)
    without = simulate_like(trials, held.without_drivers(trials.program, {"pace"}))
    bare = rm.simulate(chain({"rock": late(5, "40%")}), 200)
    assert np.array_equal(without.finish_minutes, bare.finish_minutes)
    assert np.array_equal(without.cost_cents, bare.cost_cents)


def test_a_driver_of_a_certain_100_percent_does_not_act():
    sizes = {"still": "x 100%", "slow": "x 110%", "vague": "x uniform(90% 110%)"}
    told = chain({}, drivers={name: {"on": "all", "duration": size} for name, size in sizes.items()})
    assert {name: held.acts(driver) for name, driver in told.drivers.items()} == {
        "still": False,
        "slow": True,
        "vague": True,
    }


def test_a_choice_takes_its_most_probable_outcome_and_doubtful_work_is_there_from_even_chances_on():
    activities = {
        "clay": {"duration": "20d", "when": "soil = clay"},
        "rock": {"duration": "50d", "when": "soil = rock", "after": ["clay"]},
        "even": {"duration": "7d", "exists": "50%", "after": ["rock"]},
        "rare": {"duration": "90d", "exists": "49%", "after": ["even"]},
    }
    told = program(activities, choices={"soil": {"clay": "60%", "rock": "40%"}})
    trials = rm.simulate(told, 100)
    assert doubtful(told) == ["p.even", "p.rare"]
    sure = simulate_like(trials, held.without_choices(held.without_doubt(told, doubtful(told)), {"soil"}))
    assert set(sure.finish_minutes) == {trials.plan.finish}
    assert len(set(trials.finish_minutes)) > 4


def test_sampled_lags_and_slips_stand_at_their_most_likely_value():
    activities = {
        "dig": {"duration": "10d", "start_no_earlier_than": {"date": "2027-01-10", "slip": "triangular(0d 2d 30d)"}},
        "line": {"duration": "5d", "after": [{"activity": "dig", "lag": "triangular(1d 3d 40d)"}]},
    }
    trials = rm.simulate(program(activities), 100)
    dates = SampledDates(trials.program, trials.again().network)
    assert (dates.lagged, dates.slipping) == (["p.line"], ["p.dig"])
    still = simulate_like(trials, dates.held_slips(dates.held_lags(trials.program)))
    start = np.datetime64(trials.start, "m").astype(np.int64)
    assert set(still.finish_minutes) == {start + (6 + 2 + 10 + 3 + 5) * DAY}


def test_uncorrelated_estimates_are_drawn_each_on_its_own_whatever_tied_them():
    activities = {name: {"duration": "10d"} for name in ("a", "b", "c")}
    rule = {"on": "all", "duration": "uniform(50% 150%)"}
    own = rm.simulate(program(activities, ranges=[{**rule, "sizes": "own"}]), 200)
    ties = [
        {"ranges": [{**rule, "sizes": "same"}]},
        {"ranges": [{**rule, "sizes": "correlated 0.5"}]},
        {"ranges": [{**rule, "sizes": "own"}], "correlations": [{"group": "all", "duration": 0.9}]},
    ]
    for tied in ties:
        trials = rm.simulate(program(activities, **tied), 200)
        loose = simulate_like(trials, held.uncorrelated(trials.program, None))
        assert np.array_equal(loose.finish_minutes, own.finish_minutes)
        assert not np.array_equal(trials.finish_minutes, own.finish_minutes)
    given = rm.simulate(program(activities), 200, default_range="uniform(50% 150%)")
    loose = simulate_like(given, held.uncorrelated(given.program, given.again().settings.default_range))
    assert np.array_equal(loose.finish_minutes, own.finish_minutes)


def test_risks_that_never_occur_leave_the_cost_of_responses():
    response = {"status": "approved", "cost": "3k", "acts_on": {"rock": {"probability": "10%"}}}
    trials = rm.simulate(chain({"rock": late(5, "40%")}, responses={"probe": response}), 100)
    calm = simulate_like(trials, held.without_any_risk(trials.program))
    assert set(calm.cost_cents) == {10_300_000}
