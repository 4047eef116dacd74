"""Iterations run again with some scores drawn anew: what is kept keeps its bits, what is drawn anew is independent."""

import numpy as np
import pytest

import happening
import riskmc as rm
from published import Z
from rendering import ROOT
from riskmc.network.sources import every_row, score_rows
from riskmc.simulation.pick_freeze import drawn_anew

FERRY = ROOT / "models" / "ferry" / "program.yaml"


@pytest.fixture(scope="module", params=["montecarlo", "lhs"])
def trials(request):
    return rm.simulate(FERRY, iterations=range(300, 1_100), seed=4, sampling=request.param)


def test_nothing_drawn_anew_is_the_same_bits(trials):
    rerun = trials.again()
    found = drawn_anew(rerun, np.zeros(rerun.network.sampler.rows, np.bool_))
    assert np.array_equal(found.finish_minutes, trials.finish_minutes)
    assert np.array_equal(found.cost_cents, trials.cost_cents)


def test_everything_drawn_anew_is_another_sample_of_the_same_program(trials):
    rerun = trials.again()
    found = drawn_anew(rerun, np.ones(rerun.network.sampler.rows, np.bool_))
    assert np.mean(found.finish_minutes == trials.finish_minutes) < 0.05
    correlation = np.corrcoef(found.finish_minutes, trials.finish_minutes)[0, 1]
    assert abs(correlation) <= Z / np.sqrt(len(trials))


def test_what_only_costs_leaves_every_finish_alone(trials):
    rerun = trials.again()
    names = score_rows(rerun.network).names
    rows = np.array([name.startswith("driver/steel_price/") for name in names])
    assert rows.any()
    found = drawn_anew(rerun, rows)
    assert np.array_equal(found.finish_minutes, trials.finish_minutes)
    assert not np.array_equal(found.cost_cents, trials.cost_cents)


def test_other_iterations_are_drawn_anew_to_the_same_bits(trials):
    whole, part = (
        trials.again(),
        rm.simulate(FERRY, iterations=range(512, 700), seed=4, sampling=trials.sampling).again(),
    )
    rows = np.ones(whole.network.sampler.rows, np.bool_)
    first, second = drawn_anew(whole, rows), drawn_anew(part, rows)
    assert np.array_equal(first.cost_cents[212:400], second.cost_cents)


# ------------------------------------------------------------------------------ what is drawn by occurrence


def test_occurrences_are_drawn_anew_with_their_rows_and_kept_without():
    trials = rm.simulate(happening.program(), range(200, 500))
    rerun = trials.again()
    names = every_row(rerun.network).names
    none = np.zeros(len(names), np.bool_)
    assert np.array_equal(drawn_anew(rerun, none).finish_minutes, trials.finish_minutes)
    gates = np.array([name == "activity/alpha.test/gate" for name in names])
    found = drawn_anew(rerun, gates)
    assert gates.sum() == 1
    assert not np.array_equal(found.finish_minutes, trials.finish_minutes)


def test_gates_approvals_pools_scope_and_arrivals_are_groups_of_their_own():
    trials = rm.simulate(happening.program(), 64)
    kinds = {one.group.name for one in rm.variance_shares(trials).shares}
    assert {"gates.alpha", "approvals.beta", "resources.testers", "scope.wishes", "risks.changes"} <= kinds
