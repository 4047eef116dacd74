"""Merge delay: closed forms of parallel paths, the published table, and sums written out slowly."""

from math import pi, sqrt

import numpy as np
import pytest

import riskmc as rm
from published import N, Z, criticality, program
from riskmc.simulation.kept_activities import kept_activities

UNIT = 5_000


def parallel(n, **more):
    """Return a program of n equal normal activities before one milestone."""
    paths = {f"a{i}": {"duration": ("normal", 10, 1)} for i in range(n)}
    return program({**paths, "end": {"milestone": True, "after": list(paths)}}, UNIT, **more)


def delays(trials):
    return {merge.path: merge for merge in rm.sensitivity(trials).merge_points}


@pytest.mark.statistical
@pytest.mark.parametrize(("n", "d"), [(2, 0.564190), (3, 0.846284), (4, 1.029375), (5, 1.162964), (6, 1.267206)])
def test_mrg_01_equal_normal_paths_wait_for_the_longest_as_tippett_says(n, d):
    """Source: Tippett (1925), Harter (1961): the expected largest of n standard normals. The leader is chosen from the
    sample, which takes at most the error of a mean away from it."""
    (merge,) = delays(rm.simulate(parallel(n), iterations=N)).values()
    expected = d * UNIT / 1440
    value, low, high = merge.delay_days
    half = (high - low) / 2 / 1.96 * Z
    assert abs(value - expected) <= half + Z * UNIT / 1440 / sqrt(N)
    assert len(merge.drives) == n
    assert all(abs(share - 1 / n) <= Z * sqrt(1 / n / N) for _, share in merge.drives)


@pytest.mark.statistical
def test_mrg_03_two_correlated_normal_paths_merge_as_clark_says():
    """Source: Clark (1961): E[max] of N(10, 2) and N(9, 3) with correlation 0.5 is 10.63001, P(first longer) 0.64727.
    The coefficient in the file is Spearman's, whose normal scores have 0.5."""
    rank = 6 / pi * np.arcsin(0.25)
    told = {
        "a": {"duration": ("normal", 10, 2)},
        "b": {"duration": ("normal", 9, 3)},
        "end": {"milestone": True, "after": ["a", "b"]},
    }
    plan = program(told, UNIT, correlations=[{"pair": ["p.a", "p.b"], "duration": float(rank)}])
    trials = rm.simulate(plan, iterations=N)
    merge = delays(trials)["p.end"]
    value, low, high = merge.delay_days
    assert abs(value - 0.63001 * UNIT / 1440) <= (high - low) / 2 / 1.96 * Z
    assert abs(criticality(trials)["a"] - 0.64727) <= Z * sqrt(0.25 / N)
    assert merge.drives[0] == ("p.a", pytest.approx(criticality(trials)["a"]))


def test_the_merge_delay_is_the_mean_of_the_latest_less_the_latest_mean():
    told = {
        "a": {"duration": "uniform(5d 15d)"},
        "b": {"duration": "uniform(2d 20d)"},
        "c": {"duration": "1d", "after": ["a", "b"]},
    }
    plan = rm.Program(program="M", start="2027-01-04", calendar="24h", projects={"p": {"activities": told}})
    trials = rm.simulate(plan, iterations=3_000)
    ends = [rm.iteration(trials, k).activity for k in range(40)]
    few = rm.simulate(plan, iterations=40)
    a, b = (np.array([one[path].finish for one in ends], "datetime64[m]").astype(float) for path in ("p.a", "p.b"))
    expected = np.maximum(a, b).mean() - max(a.mean(), b.mean())
    assert delays(few)["p.c"].delay_days.value == pytest.approx(expected / 1440)


def test_a_lag_counts_where_it_acts():
    """Two equal certain paths: the one with the lag of 9 to 11 days arrives last, always; so nothing is delayed."""
    told = {
        "a": {"duration": "uniform(5d 6d)"},
        "b": {"duration": "uniform(5d 6d)"},
        "c": {"duration": "1d", "after": ["a FS+uniform(9d 11d)", "b"]},
    }
    plan = rm.Program(program="L", start="2027-01-04", calendar="24h", projects={"p": {"activities": told}})
    assert delays(rm.simulate(plan, iterations=500)) == {}


def test_starts_and_finishes_wait_for_links_of_their_own():
    told = {name: {"duration": "uniform(5d 9d)"} for name in "abcd"}
    told["e"] = {"duration": "20d", "after": ["a", "b", "c FF+20d", "d FF+20d"]}
    plan = rm.Program(program="F", start="2027-01-04", calendar="24h", projects={"p": {"activities": told}})
    found = rm.sensitivity(rm.simulate(plan, iterations=500))
    assert {(merge.path, merge.at) for merge in found.merge_points} == {("p.e", "start"), ("p.e", "finish")}
    assert set(found.merges()["predecessors"]) == {2}


@pytest.mark.parametrize("sampling", ["montecarlo", "lhs"])
def test_threads_and_parts_give_the_same_merges(sampling, monkeypatch):
    whole = delays(rm.simulate(parallel(4), iterations=range(100, 5_000), threads=1, sampling=sampling))
    monkeypatch.setattr("riskmc.simulation.kept_activities.MEMORY", 1)
    assert delays(rm.simulate(parallel(4), iterations=range(100, 5_000), threads=2, sampling=sampling)) == whole


def test_hypercubes_know_a_merge_delay_better():
    plain, strata = (
        delays(rm.simulate(parallel(2), iterations=10_240, sampling=sampling))["p.end"].delay_days
        for sampling in ("montecarlo", "lhs")
    )
    assert 0 < strata.high - strata.low < plain.high - plain.low


def test_sums_are_over_every_iteration_once():
    trials = rm.simulate(parallel(3), iterations=range(200, 1_000))
    _, lateness = next(kept_activities(trials.again()))
    assert lateness.tight.sum() >= 800
    assert np.all(lateness.minutes.sum(axis=1) > 0)
