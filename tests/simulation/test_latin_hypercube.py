"""Latin hypercube sampling through the door: the same bits however it is run, and what it saves on a closed form."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import riskmc as rm
from riskmc.reports.records.forecast import dumps

FERRY = Path(__file__).parents[2] / "models" / "ferry" / "program.yaml"
TWO = {
    "program": "Two in a row",
    "start": "2027-01-04",
    "calendar": "24h",
    "projects": {
        "p": {
            "activities": {"a": {"duration": "uniform(10d 20d)"}, "b": {"duration": "uniform(10d 20d)", "after": ["a"]}}
        }
    },
}


def test_threads_and_parts_of_the_iterations_change_no_bit() -> None:
    whole = rm.simulate(FERRY, 3_000, sampling="lhs", threads=1)
    part = rm.simulate(FERRY, range(1_111, 2_222), sampling="lhs", threads=2)
    np.testing.assert_array_equal(whole.finish_minutes[1_111:2_222], part.finish_minutes)
    np.testing.assert_array_equal(whole.cost_cents[1_111:2_222], part.cost_cents)
    assert dumps(whole) == dumps(rm.simulate(FERRY, 3_000, sampling="lhs", threads=2))


def test_criticality_comes_from_the_same_iterations() -> None:
    asked, later = (rm.simulate(FERRY, 1_000, sampling="lhs", statistics=now) for now in (True, False))
    np.testing.assert_array_equal(asked.statistics.criticality, later.statistics.criticality)


def test_each_uniform_fills_its_strata_once_in_each_256_iterations() -> None:
    one = rm.Program(**{**TWO, "projects": {"p": {"activities": {"a": {"duration": "uniform(10d 20d)"}}}}})
    days = (rm.simulate(one, 512, sampling="lhs").finish_minutes - rm.simulate(one, 1).start.timestamp() // 60) / 1440
    for block in (days[:256], days[256:]):
        strata = np.floor((np.sort(block) - 10) / 10 * 256 + np.linspace(-0.01, 0.01, 256)).astype(int)
        assert np.abs(strata - np.arange(256)).max() <= 1  # dates are whole minutes, 56 of them a stratum


@pytest.mark.statistical
def test_the_mean_of_a_sum_is_known_far_better_than_by_monte_carlo() -> None:
    """Variance over 40 seeds; the ratio is beyond 100 in theory, and below 4 less than once in a million."""
    program = rm.Program(**TWO)
    means = {
        sampling: [rm.simulate(program, 2_560, seed, sampling=sampling).finish_minutes.mean() for seed in range(40)]
        for sampling in ("montecarlo", "lhs")
    }
    assert np.var(means["montecarlo"]) > 4 * np.var(means["lhs"])


def test_intervals_come_from_the_hypercubes_and_the_record_says_so() -> None:
    program = rm.Program(**TWO)
    plain, cubes = (rm.simulate(program, 10_240, sampling=sampling) for sampling in ("montecarlo", "lhs"))
    widths = [np.subtract(*trials.finish().quantile_ranks(0.5)[::-1]) for trials in (plain, cubes)]
    assert widths[1] < 0.85 * widths[0]
    chances = [trials.finish().probability("2027-02-03") for trials in (plain, cubes)]
    assert chances[1].high - chances[1].low < 0.85 * (chances[0].high - chances[0].low)
    assert [json.loads(dumps(trials))["sampling"] for trials in (plain, cubes)] == ["montecarlo", "lhs"]


def test_another_word_for_sampling_is_refused_with_those_there_are() -> None:
    with pytest.raises(rm.ArgumentError, match="sampling is one of montecarlo, lhs, got 'lsh'"):
        rm.simulate(rm.Program(**TWO), 10, sampling="lsh")  # type: ignore[arg-type]
