"""Convergence: half-widths of beginnings, the square-root law, what Latin hypercubes save, and what cannot be told."""

from dataclasses import replace
from math import sqrt

import numpy as np
import pytest
from scipy import stats

import fabricated
import riskmc as rm
from pictured import constant, ferry
from riskmc.analysis.convergence import convergence
from riskmc.analysis.convergence_saving import measure_savings
from riskmc.errors import ArgumentError


def sum_of(n: int, seed: int = 1, iterations: int = 10_240, **options) -> rm.Trials:
    """A chain of n uniform durations, round the clock: the finish is their sum."""
    work = {f"a{i}": {"duration": "uniform(1000min 3000min)", "after": [f"a{i - 1}"] if i else []} for i in range(n)}
    program = rm.Program(program="Sum", start="2027-01-04", calendar="24h", projects={"p": {"activities": work}})
    return rm.simulate(program, iterations=iterations, seed=seed, **options)


# ------------------------------------------------------------------------------ closed forms


def test_the_half_width_of_a_mean_follows_the_square_root_law_of_its_standard_deviation():
    """The sum of 12 uniform durations of width 2,000 minutes has the standard deviation 2,000 minutes."""
    found = convergence(sum_of(12), hypercubes=False)
    for point in found.of(next(goal for goal in found.goals if goal.text == "mean finish")):
        exact = stats.norm.ppf(0.975) * 2_000 / 1440 / sqrt(point.iterations)
        error = stats.norm.isf(5e-7) / sqrt(2 * point.iterations)  # of a standard deviation; false alarm 1e-6
        assert point.half_width == pytest.approx(exact, rel=error)
        assert point.by_law == pytest.approx(exact, rel=stats.norm.isf(5e-7) / sqrt(2 * 10_240))


def test_iterations_needed_are_those_of_the_square_root_law_and_a_run_of_as_many_knows_it_so_well():
    few = convergence(sum_of(4, iterations=4_000), ["mean finish within 0.005d"], hypercubes=False).needs[0]
    assert few.iterations == pytest.approx(4_000 * (few.half_width / 0.005) ** 2, abs=1)
    many = sum_of(4, iterations=few.iterations)
    assert convergence(many, ["mean finish within 0.005d"], hypercubes=False).needs[0].half_width == pytest.approx(
        0.005, rel=stats.norm.isf(5e-7) * sqrt(1 / 4_000 + 1 / few.iterations)
    )


def test_of_a_linear_sum_hypercubes_leave_almost_nothing_of_the_variance_of_the_mean():
    """One value in each of 256 equal parts of every range: a hypercube's mean has a 256^2 times smaller variance."""
    saving = {one.measure: one for one in measure_savings(sum_of(5), (0.5, 0.8))}["mean finish"]
    assert saving.low <= 256**-2 * 1.1  # whole minutes add a little
    assert saving.high < 1e-4


def test_what_hypercubes_save_at_p80_is_what_two_hundred_seeds_of_each_sampling_show():
    """Logarithms of ratios of variances are about normal, with the variance 2 / 39 + 4 / 199; false alarm 1e-6."""
    p80 = float(np.quantile(sum_of(3, 999, 50_000).finish_minutes, 0.8))
    spread = {
        sampling: np.var(
            [np.mean(sum_of(3, seed, 256, sampling=sampling).finish_minutes <= p80) for seed in range(200)]
        )
        for sampling in ("montecarlo", "lhs")
    }
    saving = {one.measure: one for one in measure_savings(sum_of(3), (0.5, 0.8))}["P80 finish"]
    apart = np.log(saving.variance_ratio * spread["montecarlo"] / spread["lhs"])
    assert abs(apart) <= stats.norm.isf(5e-7) * sqrt(2 / 39 + 4 / 199)
    assert saving.high < 1


# ------------------------------------------------------------------------------ invariants


def test_a_beginning_is_told_as_a_run_of_that_length_is():
    long, short = ferry(), rm.simulate(ferry().program, iterations=500)
    told = {(p.goal, p.iterations): (p.value, p.half_width) for p in convergence(long, hypercubes=False).points}
    for point in convergence(short, hypercubes=False).points:
        assert told[point.goal, point.iterations] == (point.value, point.half_width)


def test_the_lengths_double_from_250_and_end_with_the_whole_run():
    assert convergence(ferry(), hypercubes=False).lengths == (250, 500, 1_000)
    assert convergence(sum_of(2, iterations=100), hypercubes=False).lengths == (100,)


def test_hypercubes_are_looked_at_whole_from_ten_on():
    found = convergence(sum_of(2, sampling="lhs"), hypercubes=False)
    assert found.lengths == (2_560, 5_120, 10_240)


def test_what_never_varies_is_known_from_any_number():
    assert all(need.known for need in convergence(fabricated.certain()).needs)
    assert all(need.known for need in convergence(constant(), hypercubes=False).needs if need.goal.outcome != "chance")


def test_what_has_no_interval_yet_gets_no_number():
    need = convergence(sum_of(2, iterations=100), ["P99 finish within 1d"], hypercubes=False).needs[0]
    assert (need.half_width, need.iterations, need.known) == (None, None, False)


def test_a_program_without_money_is_asked_for_days_alone():
    assert {goal.outcome for goal in convergence(sum_of(2), hypercubes=False).goals} == {"finish"}


def test_a_goal_about_what_is_not_there_is_refused():
    with pytest.raises(ArgumentError, match="no target"):
        convergence(ferry(), ["chance of Nothing within 1%"])


def test_two_targets_of_one_name_are_not_told_apart_and_left_out():
    base = ferry()
    twice = base.program.but(targets=(*base.program.targets, *base.program.targets))
    assert not [g for g in convergence(replace(base, program=twice), hypercubes=False).goals if g.outcome == "chance"]


def test_tables_name_their_units():
    found = convergence(ferry())
    assert list(found.to_frame()) == ["measure", "unit", "iterations", "value", "half_width", "by_law"]
    assert set(found.to_frame()["unit"]) == {"days", "EUR", "share"}
    assert list(found.needed()["iterations_needed"].isna()) == [False] * 8
    assert list(found.saved()["hypercubes"]) == [10] * 6
    assert "iterations needed: P50 finish within 1d " in repr(found)
    assert "P80 finish within 1d" in found._repr_html_()
