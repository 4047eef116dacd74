"""Estimates of sensitivity: correlations against scipy and closed forms, and intervals that cover the truth."""

from math import sqrt

import numpy as np
import pytest
from scipy import stats

from riskmc.analysis.sensitivity.estimates import (
    Estimate,
    around,
    deviations,
    kendall,
    mean,
    pearson,
    ranks,
    spearman,
)
from riskmc.forecast.replicates import INDEPENDENT, Replicates

SEEDS = 1_000


def drawn(seed, n=400):
    """Return two correlated rows of whole minutes with ties; the first is skewed."""
    generator = np.random.default_rng(seed)
    first = np.rint(100 * generator.exponential(size=n)).astype(np.int64)
    return first, first + np.rint(120 * generator.normal(size=n)).astype(np.int64)


def test_ranks_are_those_of_scipy_ties_included():
    first, _ = drawn(1)
    assert np.array_equal(ranks(first), stats.rankdata(first))


def test_pearson_is_that_of_numpy():
    first, second = drawn(2)
    found = pearson(deviations(first), deviations(second), INDEPENDENT)
    assert found.value == pytest.approx(np.corrcoef(first, second)[0, 1], abs=1e-12)


def test_spearman_is_that_of_scipy():
    first, second = drawn(3)
    found = spearman(ranks(first), ranks(second))
    assert found.value == pytest.approx(stats.spearmanr(first, second).statistic, abs=1e-12)


def test_kendall_counts_pairs_one_by_one():
    """Tau-b: agreeing less disagreeing pairs, over the geometric mean of the pairs that are no ties (Kendall 1945)."""
    first, second = drawn(4, 60)
    a, b = (np.sign(row[:, None] - row[None, :]) for row in (first, second))
    assert kendall(first, second).value == pytest.approx((a * b).sum() / sqrt((a**2).sum() * (b**2).sum()), abs=1e-12)


def test_what_does_not_vary_is_correlated_with_nothing():
    first, second = np.full(50, 7), np.arange(50)
    assert pearson(deviations(first), deviations(second), INDEPENDENT).value is None
    assert spearman(ranks(first), ranks(second)).value is None
    assert kendall(first, second).value is None


def test_what_moves_together_is_known_exactly():
    row = np.arange(100) ** 2
    assert pearson(deviations(row), deviations(row), INDEPENDENT) == (1, 1, 1)
    assert spearman(ranks(row), ranks(-row)) == (-1, -1, -1)
    assert kendall(row, row) == (1, 1, 1)


def test_fewer_than_twenty_iterations_have_no_interval():
    first, second = np.arange(19), np.arange(19) ** 2 % 7
    assert pearson(deviations(first), deviations(second), INDEPENDENT)[1:] == (None, None)
    assert mean(first, INDEPENDENT) == (9.0, None, None)


def test_the_mean_of_nothing_is_not_known():
    assert mean(np.zeros(0, np.int64), INDEPENDENT) == (None, None, None)


def test_the_mean_has_students_interval():
    first, _ = drawn(5)
    low, high = stats.t.interval(0.95, first.size - 1, first.mean(), stats.sem(first))
    assert mean(first, INDEPENDENT) == pytest.approx((first.mean(), low, high), rel=1e-9)


def test_the_size_of_an_estimate_keeps_its_interval_around_zero():
    assert Estimate(-0.3, -0.4, -0.2).magnitude() == (0.3, 0.2, 0.4)
    assert Estimate(-0.1, -0.3, 0.1).magnitude() == (0.1, 0.0, 0.3)
    assert Estimate(0.2, None, None).magnitude() == (0.2, None, None)


def test_under_hypercubes_the_error_comes_from_the_replicates():
    """Within each replicate of two the influences cancel: every replicate has the same mean, so there is no error."""
    influence = np.tile([1.0, -1.0], 50)
    assert around(0.0, influence, Replicates(2, 0)) == (0.0, 0.0, 0.0)
    assert around(0.0, influence, INDEPENDENT).high > 0.1


@pytest.mark.statistical
@pytest.mark.parametrize("which", ["pearson", "spearman", "kendall"])
def test_intervals_of_correlations_cover_the_truth(which):
    """Exponential plus normal, cut off nowhere: Pearson is 1 / sqrt(2.44); the others from 1,000,000 draws.

    95% of 1,000 seeds, give or take 3.5 points: a right interval misses that about once in a million.
    """
    big, other = drawn(0, 1_000_000)
    truths = {
        "pearson": 1 / sqrt(1 + 1.2**2),
        "spearman": float(stats.spearmanr(big, other).statistic),
        "kendall": float(stats.kendalltau(big, other).statistic),
    }
    held = 0
    for seed in range(SEEDS):
        first, second = drawn(seed + 1, 300)
        found = {
            "pearson": lambda a=first, b=second: pearson(deviations(a), deviations(b), INDEPENDENT),
            "spearman": lambda a=first, b=second: spearman(ranks(a), ranks(b)),
            "kendall": lambda a=first, b=second: kendall(a, b),
        }[which]()
        held += found.low <= truths[which] <= found.high
    assert abs(held / SEEDS - 0.95) <= 0.035
