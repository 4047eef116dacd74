"""Intervals from replicates: Latin hypercubes whose true values are known, and what is left where there are few."""

import numpy as np
import pytest

from riskmc.forecast.interval import quantile_rank, quantile_ranks, wilson
from riskmc.forecast.replicates import FEWEST, Replicates

SIZE, COUNT = 64, 30


def hypercubes(rng, variables, size=SIZE, count=COUNT):
    """Uniforms float64[variables, count * size], each replicate of each variable one draw in every stratum."""
    places = rng.permuted(np.tile(np.arange(size), (variables, count, 1)), axis=2)
    return ((places + rng.random(places.shape)) / size).reshape(variables, -1)


def covered(p, value, rng, variables):
    samples = hypercubes(rng, variables).sum(axis=0)
    ordered = np.sort(samples)
    estimate = ordered[quantile_rank(samples.size, p) - 1]
    low, high = Replicates(SIZE).quantile_ranks(p, samples <= estimate, 0.95)
    first, last = Replicates(SIZE).chance_interval(samples <= value, 0.95)
    return ordered[low - 1] <= value <= ordered[high - 1], first <= p <= last, high - low


@pytest.mark.statistical
@pytest.mark.parametrize("p", [0.5, 0.8, 0.95])
def test_intervals_cover_the_sum_of_two_uniforms_as_often_as_they_say(p):
    """1,000 runs; coverage of 95% within 91% to 99%, which a right interval leaves less than once in a million."""
    value = np.sqrt(2 * p) if p <= 0.5 else 2 - np.sqrt(2 * (1 - p))
    runs = [covered(p, value, np.random.default_rng(seed), 2) for seed in range(1_000)]
    for hits in (sum(run[0] for run in runs), sum(run[1] for run in runs)):
        assert 910 <= hits <= 990


def test_intervals_are_narrower_than_those_of_independent_iterations():
    rng = np.random.default_rng(5)
    wide = np.subtract(*quantile_ranks(SIZE * COUNT, 0.5)[::-1])
    assert np.mean([covered(0.5, 1.0, rng, 2)[2] for _ in range(100)]) < 0.7 * wide


def test_few_replicates_and_certain_outcomes_fall_back_on_independent_iterations():
    few = np.arange(SIZE * (FEWEST - 1)) % 3 == 0
    assert Replicates(SIZE).chance_interval(few, 0.95) == wilson(int(few.sum()), few.size)
    assert Replicates(SIZE).quantile_ranks(0.8, few, 0.95) == quantile_ranks(few.size, 0.8)
    never = np.zeros(SIZE * COUNT, bool)
    assert Replicates(SIZE).chance_interval(never, 0.95) == wilson(0, never.size)


def test_independent_iterations_have_the_intervals_they_always_had():
    hits = np.arange(5_000) % 5 == 0
    assert Replicates().chance_interval(hits, 0.95) == wilson(1_000, 5_000)
    assert Replicates().quantile_ranks(0.8, hits, 0.95) == quantile_ranks(5_000, 0.8)


def test_only_whole_replicates_tell_the_error_whatever_the_first_iteration():
    rng = np.random.default_rng(3)
    hits = hypercubes(rng, 1)[0] < 0.3
    hits[::7] = True
    whole = Replicates(SIZE).chance_interval(hits, 0.95)
    ragged = np.concatenate([np.ones(10, bool), hits, np.ones(20, bool)])
    low, high = Replicates(SIZE, first=-10 % SIZE).chance_interval(ragged, 0.95)
    assert high - low == pytest.approx(whole[1] - whole[0])


def test_the_error_is_the_standard_deviation_of_the_replicates_shares():
    rng = np.random.default_rng(4)
    hits = rng.random(SIZE * COUNT) < 0.4
    shares = hits.reshape(COUNT, SIZE).mean(axis=1)
    low, high = Replicates(SIZE).chance_interval(hits, 0.95)
    assert (high - low) / 2 == pytest.approx(2.045229642 * shares.std(ddof=1) / np.sqrt(COUNT))  # t, 29 degrees


@pytest.mark.statistical
def test_the_interval_of_a_mean_comes_from_the_means_of_the_replicates():
    """1,000 runs; coverage of 95% within 91% to 99%, which a right interval leaves less than once in a million."""
    hits = 0
    for seed in range(1_000):
        samples = np.prod(hypercubes(np.random.default_rng(seed), 2), axis=0)
        half = Replicates(SIZE).mean_half_width(samples, 0.95)
        hits += abs(samples.mean() - 0.25) <= half
    assert 910 <= hits <= 990
    assert Replicates(SIZE).mean_half_width(samples[: SIZE * (FEWEST - 1)], 0.95) is None
    assert Replicates().mean_half_width(samples, 0.95) is None
