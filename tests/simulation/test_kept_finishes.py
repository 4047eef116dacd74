"""Percentiles of the finish of every activity, from the same iterations run again."""

import numpy as np
import pytest

import riskmc as rm
from riskmc.errors import ArgumentError
from riskmc.simulation import kept_finishes

PROGRAM = rm.Program(
    program="Kept", start="2027-01-04", data_date="2027-01-18",
    projects={"p": {"activities": {
        "done": {"duration": "5d", "progress": {"started": "2027-01-04", "finished": "2027-01-08T17:00"}},
        "work": {"duration": "triangular(5d 10d 20d)", "after": ["done"]},
        "maybe": {"duration": "uniform(2d 9d)", "after": ["work"], "exists": "30%"},
        "never": {"duration": "5d", "after": ["work"], "exists": "0%"},
        "end": {"milestone": True, "after": ["maybe", "never"]},
    }}},
)  # fmt: skip


@pytest.mark.parametrize("sampling", ["montecarlo", "lhs"])
def test_a_milestone_has_the_percentiles_of_its_forecast(sampling):
    trials = rm.simulate(PROGRAM, iterations=3_000, seed=5, sampling=sampling)
    found = trials.finish_percentiles(0.5, 0.8)
    assert found["p.end"] == tuple(trials.finish("p.end").quantile(p) for p in (0.5, 0.8))


def test_what_is_finished_has_its_actual_finish_and_what_never_exists_none():
    found = rm.simulate(PROGRAM, iterations=500).finish_percentiles(0.8)
    assert f"{found['p.done'][0]:%Y-%m-%d %H:%M}" == "2027-01-08 17:00"
    assert found["p.never"] == (None,)


def test_what_may_not_exist_is_counted_where_it_does():
    """It lasts at least 2 d after work of at least 5 d from Monday 18 January: no finish before Tuesday 26."""
    found = rm.simulate(PROGRAM, iterations=2_000).finish_percentiles(0.001)
    assert found["p.maybe"][0].date().isoformat() >= "2027-01-26"


def test_parts_of_any_size_and_any_threads_give_the_same(monkeypatch):
    trials = rm.simulate(PROGRAM, iterations=range(100, 1_300), threads=1)
    whole = trials.finish_percentiles(0.1, 0.9)
    monkeypatch.setattr(kept_finishes, "MEMORY", 4 * 1_200)
    assert rm.simulate(PROGRAM, iterations=range(100, 1_300), threads=2).finish_percentiles(0.1, 0.9) == whole


def test_percentiles_grow_with_their_level():
    trials = rm.simulate(PROGRAM, iterations=1_000)
    levels = np.linspace(0.001, 1, 1_000)[:-1]
    ordered = list(trials.finish_percentiles(*levels.tolist())["p.work"])
    assert ordered == sorted(ordered)


def test_a_level_outside_0_to_1_is_refused():
    with pytest.raises(ArgumentError, match=r"did you mean 0\.80"):
        rm.simulate(PROGRAM, iterations=10).finish_percentiles(80)
