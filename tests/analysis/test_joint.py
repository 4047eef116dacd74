"""Joint confidence: the share of iterations that meet date and budget together (A4)."""

from math import asin, pi

import numpy as np
import pytest

import fabricated
from riskmc.analysis.joint import joint_confidence
from riskmc.forecast.instant import instant_of


def test_it_is_the_share_of_iterations_that_meet_both():
    trials = fabricated.trials()
    dates, money = trials.finish(), trials.cost()
    both = np.mean((dates.samples <= dates._sample("2030-08-31")) & (money.samples <= 430e6))
    assert joint_confidence(trials, "2030-08-31", 430e6) == both
    assert both < min(dates.probability("2030-08-31"), money.probability(430e6))


def test_it_carries_a_wilson_interval():
    chance = joint_confidence(fabricated.trials(), "2030-08-31", 430e6)
    assert 0 < chance.low < chance.value < chance.high < 1


def test_a_project_is_asked_for_its_own_money_and_a_milestone_for_the_program_s():
    trials = fabricated.trials()
    late = "2099-01-01"
    assert joint_confidence(trials, late, 21e6, at="design") == trials.cost("design").probability(21e6)
    assert joint_confidence(trials, late, 430e6, at="build.open") == trials.cost().probability(430e6)


@pytest.mark.statistical
def test_two_medians_under_a_gaussian_copula_are_met_together_in_a_third():
    """JCL-01: Sheppard (1899), P(X < 0, Y < 0) = 1/4 + asin(rho) / 2 pi = 1/3 for rho = 0.5, for any margins.

    40,000 iterations; the bound is five standard errors, a false alarm in less than one in a million runs.
    """
    n, rho = 40_000, 0.5
    x, y = np.random.default_rng(7).multivariate_normal([0, 0], [[1, rho], [rho, 1]], n).T
    finish = (30_000_000 + 100_000 * np.exp(0.3 * x)).astype(np.int64)
    cost = (1e10 * np.exp(0.2 * y)).astype(np.int64)
    trials = fabricated.trials(n, finish_minutes=finish, cost_cents=cost)
    chance = joint_confidence(trials, instant_of(30_000_000 + 100_000), 1e8)
    expected = 0.25 + asin(rho) / (2 * pi)
    assert abs(chance - expected) < 5 * (expected * (1 - expected) / n) ** 0.5
