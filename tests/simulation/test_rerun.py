"""Trials run again: the same bits, and programs run like them are paired with them."""

import dataclasses

import numpy as np
import pytest

import riskmc as rm
from rendering import ROOT
from riskmc.simulation.engine import simulate_like

FERRY = ROOT / "models" / "ferry" / "program.yaml"


@pytest.fixture(scope="module")
def trials():
    return rm.simulate(FERRY, iterations=range(300, 1_100), seed=4, sampling="lhs", mitigation="post")


def test_a_rerun_has_the_same_bits(trials):
    again = trials.again().run()
    assert np.array_equal(again.finishes[0] + trials.again().network.axis.unix, trials.finish_minutes)
    assert np.array_equal(again.cents[0], trials.cost_cents)


def test_a_program_run_like_trials_without_a_change_is_the_same(trials):
    like = simulate_like(trials, trials.again().program)
    assert np.array_equal(like.finish_minutes, trials.finish_minutes)
    assert np.array_equal(like.cost_cents, trials.cost_cents)
    assert (like.seed, like.iterations, like.sampling, like.mitigation) == (4, trials.iterations, "lhs", "post")


def test_a_program_run_like_trials_may_be_in_another_mitigation_state(trials):
    like = simulate_like(trials, trials.again().program, mitigation="pre")
    alone = rm.simulate(FERRY, iterations=range(300, 1_100), seed=4, sampling="lhs", mitigation="pre")
    assert like.mitigation == "pre"
    assert np.array_equal(like.cost_cents, alone.cost_cents)


def test_trials_that_nothing_was_kept_of_say_so(trials):
    with pytest.raises(rm.ArgumentError, match="simulate the program anew"):
        dataclasses.replace(trials, rerun=None).again()
