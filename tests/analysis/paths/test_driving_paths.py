"""Critical paths by frequency: against the replays of every iteration, closed forms, and a published case."""

from collections import Counter
from math import sqrt

import numpy as np
import pytest

import riskmc as rm
from published import Z, program
from rendering import ROOT
from riskmc.forecast.interval import quantile_rank, wilson

FERRY = ROOT / "models" / "ferry" / "program.yaml"


@pytest.fixture(scope="module")
def trials():
    return rm.simulate(FERRY, iterations=range(40, 640))


@pytest.fixture(scope="module")
def found(trials):
    return rm.paths(trials)


def test_the_paths_are_those_of_the_replays_counted(trials, found):
    told = Counter(frozenset(rm.iteration(trials, k).critical_path) for k in trials.iterations)
    assert {frozenset(path.activities): path.iterations for path in found} == told


def test_an_iteration_has_the_path_of_its_replay_in_its_order(trials, found):
    for k in range(40, 80):
        assert found.of(k).activities == rm.iteration(trials, k).critical_path


def test_shares_add_up_to_one_and_come_in_order(found):
    assert sum(path.iterations for path in found) == 600
    assert [path.iterations for path in found] == sorted((path.iterations for path in found), reverse=True)
    assert sum(path.share for path in found) == pytest.approx(1)
    assert sum(path.share_near for path in found) == pytest.approx(1)
    assert [path.number for path in found] == list(range(1, len(found) + 1))


def test_a_share_has_wilsons_interval(found):
    first = found[0]
    assert (first.share.low, first.share.high) == wilson(first.iterations, 600)


def test_the_first_iteration_of_a_path_has_it(trials, found):
    for path in found[:5]:
        earlier = [found.of(k).number for k in range(40, path.first_iteration)]
        assert path.number not in earlier
        assert found.of(path.first_iteration).number == path.number


def test_the_mean_finish_is_over_the_iterations_of_the_path(trials, found):
    own = [k - 40 for k in trials.iterations if found.of(k).number == 1]
    mean = trials.finish_minutes[own].mean()
    told = np.datetime64(found[0].mean_finish[0], "m").astype(np.int64)
    assert abs(told - mean) <= 0.5


def test_the_iterations_behind_a_percentile_are_the_nearest_in_rank(trials, found):
    ordered = np.sort(trials.finish_minutes)
    rank = quantile_rank(600, 0.8)
    near = np.sort(trials.finish_minutes[found.near])
    assert near.tolist() == ordered[rank - 16 : rank + 14].tolist()


@pytest.mark.parametrize(("percentile", "low", "high"), [(0.001, 0, 30), (0.999, 570, 600), (1.0, 570, 600)])
def test_at_the_ends_the_band_is_as_wide_and_lies_inside(trials, percentile, low, high):
    near = rm.paths(trials, percentile).near
    assert near.sum() == 30
    assert np.sort(trials.finish_minutes[near]).tolist() == np.sort(trials.finish_minutes)[low:high].tolist()


def test_criticality_is_that_of_the_trials(trials, found):
    table = dict(zip(trials.statistics.paths, trials.statistics.criticality, strict=True))
    assert {path: table[path] for path in found.criticality} == pytest.approx(found.criticality)
    assert set(found.activities().index) == {path for path, share in table.items() if share}


def test_the_table_names_activities_in_order(trials, found):
    table = found.to_frame(3)
    assert table.loc[1, "path"] == found.told(found[0])
    assert table.loc[1, "path"].startswith("Ground and seabed survey > Water permit > ")
    assert {"share_low", "share_near_p80", "share_near_p80_high", "mean_finish", "first_iteration"} <= set(table)
    assert "share_near_p50" in rm.paths(trials, 0.5).to_frame()


def test_the_path_behind_the_percentile_is_listed_though_it_is_rare(found):
    shown = found.top(1)
    assert shown[-1].number == found.behind.number


@pytest.mark.statistical
def test_net_19_has_three_paths_with_the_shares_of_its_criticality():
    """Source: R package ProjectManagement, stochastic.pert: 1-2-5 critical in 0.227 of the runs, 3-4 in 0.0463."""
    told = {
        "1": {"duration": ("triangular", 1, 2, 3)},
        "2": {"duration": ("triangular", 0.5, 1, 1.5), "after": ["1"]},
        "3": {"duration": ("triangular", 0.25, 0.5, 2.25)},
        "4": {"duration": ("triangular", 3, 4, 5), "after": ["1", "3"]},
        "5": {"duration": ("exponential", 2), "after": ["2"]},
    }
    n = 100_000
    found = rm.paths(rm.simulate(program(told, 50_000), iterations=n))
    shares = {path.activities: path.share.value for path in found}
    for path, share, own in ((("1", "2", "5"), 0.227, 0.0015), (("3", "4"), 0.0463, 0.001)):
        one = shares[tuple(f"p.{name}" for name in path)]
        assert abs(one - share) <= own + Z * sqrt(share * (1 - share) / n)
    assert found[0].activities == ("p.1", "p.4")


def test_where_two_chains_drive_at_once_the_path_branches():
    told = {
        "a": {"duration": "uniform(5d 9d)"},
        "b": {"duration": "10d", "after": ["a"]},
        "c": {"duration": "10d", "after": ["a"]},
        "d": {"duration": "1d", "after": ["b", "c"]},
    }
    plan = rm.Program(program="Two", start="2027-01-04", projects={"p": {"activities": told}})
    found = rm.paths(rm.simulate(plan, iterations=100))
    (path,) = found
    first, *both, last = path.activities
    assert (first, sorted(both), last) == ("p.a", ["p.b", "p.c"], "p.d")
    assert "1 critical path" in found._repr_html_()


def test_margin_and_what_does_not_exist_are_on_no_path():
    told = {
        "a": {"duration": "uniform(5d 9d)"},
        "maybe": {"duration": "3d", "after": ["a"], "exists": "50%"},
        "margin": {"duration": "5d", "margin": True, "after": ["maybe"]},
        "end": {"milestone": True, "after": ["margin"]},
    }
    plan = rm.Program(program="Gone", start="2027-01-04", projects={"p": {"activities": told}})
    found = rm.paths(rm.simulate(plan, iterations=200))
    assert {path.activities for path in found} == {("p.a", "p.maybe", "p.end"), ("p.a", "p.end")}


@pytest.mark.parametrize("sampling", ["montecarlo", "lhs"])
def test_threads_change_no_bit(sampling):
    first, second = (
        rm.paths(rm.simulate(FERRY, iterations=range(99, 900), threads=n, sampling=sampling)) for n in (1, 2)
    )
    assert [path.activities for path in first] == [path.activities for path in second]
    assert [path.share.low for path in first[:5]] == [path.share.low for path in second[:5]]


def test_a_percentile_of_80_is_refused_with_what_was_meant(trials):
    with pytest.raises(rm.ArgumentError, match=r"did you mean 0\.80"):
        rm.paths(trials, 80)


def test_an_iteration_that_was_not_run_is_refused(found):
    with pytest.raises(rm.ArgumentError, match="iteration 5 is none of these 600"):
        found.of(5)


def test_it_says_what_it_found(found):
    assert repr(found).startswith("<Paths 'Electric Island Ferry': ")
    assert "the most frequent in" in repr(found)
    assert "behind P80 no. " in repr(found)
