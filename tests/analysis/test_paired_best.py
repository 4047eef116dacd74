"""Which of several paired runs is best: shares by counting, chances against a bootstrap done the long way."""

import numpy as np
import pytest

from riskmc.analysis.paired import quantile_difference
from riskmc.analysis.paired_best import best_shares, lowest_chances
from riskmc.errors import ArgumentError
from riskmc.forecast.interval import quantile_rank


def runs(n: int = 2_000, apart: float = 0.0, count: int = 3) -> list[np.ndarray]:
    """Runs that lean on common luck, each ``apart`` later than the one before."""
    rng = np.random.default_rng(5)
    luck = rng.normal(0, 10, n)
    return [luck + rng.normal(0, 3, n) + place * apart for place in range(count)]


def bootstrapped(samples: list[np.ndarray], p: float, times: int = 4_000) -> list[float]:
    """Return how often each quantile is the lowest when whole iterations are drawn again, one resample at a time."""
    rng = np.random.default_rng(11)
    n = len(samples[0])
    rank = quantile_rank(n, p) - 1
    wins = np.zeros(len(samples))
    for _ in range(times):
        drawn = rng.integers(0, n, n)
        values = np.array([np.partition(run[drawn], rank)[rank] for run in samples])
        wins += values == values.min()
    return (wins / times).tolist()


@pytest.mark.parametrize(("apart", "p"), [(0.0, 0.8), (0.15, 0.8), (0.4, 0.5), (0.15, 0.95)])
def test_the_chance_to_be_lowest_is_that_of_a_bootstrap_of_whole_iterations(apart, p):
    """Within 0.06: a bootstrap of 4,000 resamples has a standard error of 0.008 at most, the smooth limit its own."""
    samples = runs(apart=apart)
    assert lowest_chances(samples, p) == pytest.approx(bootstrapped(samples, p), abs=0.06)


def test_runs_that_are_the_same_tie_for_certain():
    run = runs()[0]
    assert lowest_chances([run, run.copy()], 0.8) == [1.0, 1.0]
    assert lowest_chances([run, run.copy(), run + 100], 0.8) == [1.0, 1.0, 0.0]


def test_a_run_that_is_later_in_every_iteration_is_never_the_lowest():
    run = runs()[0]
    assert lowest_chances([run + 1, run], 0.8) == [0.0, 1.0]
    assert lowest_chances([np.full(500, 3.0), np.full(500, 2.0)], 0.8) == [0.0, 1.0]


def test_what_the_interval_tells_apart_the_chance_does_too():
    early, late = runs(apart=3.0, count=2)
    assert quantile_difference(early, late, 0.8).told_apart
    assert lowest_chances([early, late], 0.8)[0] > 0.975


def test_fewer_than_twenty_iterations_tell_no_chance_and_unpaired_runs_are_refused():
    assert lowest_chances(runs(19), 0.8) is None
    with pytest.raises(ArgumentError, match="paired"):
        lowest_chances([np.zeros(30), np.zeros(31)], 0.8)
    with pytest.raises(ArgumentError, match=r"did you mean 0\.80"):
        lowest_chances(runs(), 80)


def test_best_shares_count_the_iterations_and_ties_for_all():
    finishes = [np.array([1, 2, 3, 4]), np.array([2, 2, 2, 5])]
    costs = [np.array([5, 5, 5, 5]), np.array([4, 5, 6, 7])]
    assert best_shares(finishes) == [0.75, 0.5]
    assert best_shares(finishes, costs) == [0.5, 0.25]
