"""Published worked cases of correlation, joint confidence, risks, percentile intervals and distributions.

The inputs stand here with their sources. Every bound comes from the sampling error: a right program fails a line about
once in a million seeds. Where a value was itself found by simulation, its own error is added. Where a source prints a
wrong number (TRAP), the right one is asserted.
"""

from math import sqrt

import numpy as np
import pytest

import riskmc
from published import (
    N,
    assert_mean,
    assert_quantile,
    assert_share,
    assert_variance,
    chain,
    pairs,
    program,
    simulated,
    spearman,
    three_tasks,
    times,
)
from riskmc.forecast.interval import lower_rank

THREE = {"n": ("normal", 10, 2), "t": ("triangular", 5, 10, 15), "u": ("uniform", 8, 12)}


@pytest.mark.statistical
def test_cor_01_three_independent_tasks_add_up():
    """Source: P. Govan, Project Risk Analysis (R package PRA), companion book, appendix E.1.1."""
    t = simulated(three_tasks(THREE, 2000), 2000)
    assert_mean(t, 30)
    assert_variance(t, 9.5)
    assert_quantile(t, 0.95, 35.075, own_error=0.01)


MATRIX = ((1, 0.5, 0.3), (0.5, 1, 0.4), (0.3, 0.4, 1))


@pytest.mark.statistical
def test_cor_02_trap_correlation_does_not_move_the_mean():
    """The source prints mean 38.6 and variance 20.01: it multiplies raw samples by a Cholesky factor. With a Gaussian
    copula every task keeps its own distribution. Source: P. Govan, PRA, chapter on Monte Carlo simulation."""
    t = simulated(three_tasks(THREE, 2000, correlations=pairs(list(THREE), MATRIX)), 2000)
    assert_mean(t, 30)
    assert_variance(t, 16.779, own_error=0.01)
    for p, value in ((0.05, 23.25), (0.5, 30.0), (0.95, 36.76)):
        assert_quantile(t, p, value, own_error=0.02)


@pytest.mark.statistical
def test_cor_03_the_variance_of_a_correlated_sum_is_that_of_the_second_moment_method():
    """Source: P. Govan, PRA, chapter on the second moment method: mean 45, variance 49.4, 95% within 31.2 and 58.8."""
    sizes = {"a": ("normal", 10, 2), "b": ("normal", 15, 3), "c": ("normal", 20, 4)}
    t = simulated(three_tasks(sizes, 2000, correlations=pairs(list(sizes), MATRIX)), 2000)
    assert_mean(t, 45)
    assert_variance(t, 49.4)
    assert_quantile(t, 0.025, 31.224, own_error=0.005)
    assert_quantile(t, 0.975, 58.776, own_error=0.005)


@pytest.mark.statistical
def test_cor_05_the_bathroom_remodel_has_its_p50_and_p80():
    """Source: P. Govan, PRA, appendix E.1.2; values recomputed."""
    sizes = {"a": ("triangular", 1, 2, 4), "b": ("normal", 5, 1.2), "c": ("uniform", 1, 3)}
    t = simulated(three_tasks(sizes, 5000), 5000)
    assert_quantile(t, 0.5, 9.328, own_error=0.005)
    assert_quantile(t, 0.8, 10.578, own_error=0.005)


@pytest.mark.statistical
def test_jcl_01_the_joint_confidence_at_both_medians_is_sheppards_third():
    """P = 1/4 + asin(rho) / (2 pi) = 1/3 at rho 0.5, whatever the margins. Source: W. F. Sheppard (1899).
    The finish is that of one lognormal activity, the cost that of another, correlated with it."""
    activities = {
        "work": {"duration": ("lognormal", 10, 4)},
        "spend": {"duration": ("lognormal", 20, 9), "cost": {"per_day": 1000}},
    }
    pair = [{"pair": ["work", "spend"], "duration": spearman(0.5)}]
    trials = riskmc.simulate(program(activities, 5000, finish="work", correlations=pair), iterations=N)
    finish_median = 10 / sqrt(1 + (4 / 10) ** 2)
    cost_median = 20 / sqrt(1 + (9 / 20) ** 2) * 5000 / 1440 * 1000
    assert_share((times(trials, 5000) <= finish_median) & (trials.cost_cents <= cost_median * 100), 1 / 3)


@pytest.mark.statistical
def test_rsk_02_two_risks_on_the_cost_of_a_bridge():
    """Risk A: p 0.5 N(1.22M, 30k) else N(1.1M, 20k); B: p 0.4 N(700k, 50k) else N(500k, 30k). Source: P. Govan, PRA,
    case study Riverside Bridge: mean 1.74M."""
    costs = {
        "a1": ("a = bad", "normal(1220000 30000)"),
        "a2": ("a = good", "normal(1100000 20000)"),
        "b1": ("b = bad", "normal(700000 50000)"),
        "b2": ("b = good", "normal(500000 30000)"),
    }
    activities = {n: {"duration": "1h", "when": when, "cost": cost} for n, (when, cost) in costs.items()}
    choices = {"a": {"bad": "50%", "good": "50%"}, "b": {"bad": "40%", "good": "60%"}}
    cost = riskmc.simulate(program(activities, 60, choices=choices), iterations=N).cost_cents / 100
    assert_mean(cost, 1_740_000)
    spread = 60_000**2 + (0.4 * 0.6) * 200_000**2
    assert_variance(cost, spread + (30_000**2 + 20_000**2) / 2 + 0.4 * 50_000**2 + 0.6 * 30_000**2)


@pytest.mark.statistical
def test_rsk_05_a_random_number_of_prizes():
    """One prize, or two with 20%; each 0, 100 or 1,000. Source: Loss Data Analytics, ch. 5, example 5.3.2:
    mean 204, variance 98,344."""
    prize = "discrete(0:20% 100:70% 1000:10%)"
    risk = {"second": {"name": "A second prize", "probability": "20%", "impacts": [{"cost": f"+ {prize}"}]}}
    plan = program({"a": {"duration": "1h"}}, 60, costs={"first": {"fixed": prize}}, risks=risk)
    cost = riskmc.simulate(plan, iterations=N).cost_cents / 100
    assert_mean(cost, 204)
    assert_variance(cost, 98_344)


def test_qci_01_the_largest_of_enough_iterations_bounds_a_percentile_as_wilks_says():
    """Source: S. S. Wilks, Annals of Mathematical Statistics 12 (1941): 59, 29, 66 and 299 values."""
    for p, confidence, n in ((0.95, 0.95, 59), (0.90, 0.95, 29), (0.90, 0.999, 66), (0.99, 0.95, 299)):
        assert lower_rank(n, 1 - p, 1 - confidence) == 1
        assert lower_rank(n - 1, 1 - p, 1 - confidence) == 0


def test_qci_02_the_rank_that_bounds_p10_from_below_is_that_of_the_composites_handbook():
    """Source: CMH-17-1G, tables 8.5.12 and 8.5.13, as tested in the R package cmstatr."""
    sizes = (29, 46, 61, 76, 89, 103, 116, 129, 142, 154, 275, 504, 1053, 1161, 5354, 10499)
    ranks = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 40, 90, 100, 500, 1000)
    for n, rank in zip(sizes, ranks, strict=True):
        assert lower_rank(n, 0.10, 0.05) == rank
        assert lower_rank(n - 1, 0.10, 0.05) == rank - 1


CYCLE_TIMES = (
    "1 1 1 11 1 2 6 3 6 1 1 1 1 1 4 1 4 3 1 1 1 21 1 5 13 5 5 4 2 2 5 1 13 7 5 1 2 9 9 2 1 1 1 1 1 1 1 13 1 3 1"
)


@pytest.mark.statistical
def test_kan_01_thirty_items_one_after_the_other_take_as_long_as_the_bootstrap_says():
    """Exact P(30 items <= 142 days) 0.90640 and <= 141: 0.89996; P(31 items <= 142) 0.8774. Source: R. Rueedlinger,
    monte-carlo-simulation, forecasting_with_monte_carlo (2021)."""
    days = f"empirical({' '.join(f'{n}d' for n in CYCLE_TIMES.split())})"
    names = [f"i{n:02d}" for n in range(31)]
    activities = {n: {"duration": days, "after": [b] if b else []} for b, n in zip(["", *names], names, strict=False)}
    activities["thirty"] = {"milestone": True, "after": ["i29"]}
    trials = riskmc.simulate(program(activities, 1440), iterations=N)
    origin = np.datetime64(trials.start, "m").astype(np.int64)
    t = (trials.milestone_finish["p.thirty"] - origin) / 1440
    assert_share(t <= 142, 0.90640, own_error=5e-6)
    assert_share(t <= 141, 0.89996, own_error=5e-6)
    assert_share(times(trials, 1440) <= 142, 0.8774, own_error=5e-5)
    assert_mean(t, 30 * 3.7058823529411766)
    for p, value in ((0.5, 110), (0.85, 135), (0.95, 151)):
        assert_quantile(t, p, value, own_error=1)


@pytest.mark.statistical
def test_dst_01_a_triangular_task_has_the_textbook_cdf_mean_and_variance():
    """Triangular(2, 4, 8): P(<= 4) 1/3, P(<= 6) 5/6. Source: K. Awati, Eight to Late."""
    t = simulated(chain("triangular", [(2, 4, 8)], 5000), 5000)
    assert_share(t <= 4, 1 / 3)
    assert_share(t <= 6, 5 / 6)
    assert_mean(t, 14 / 3)
    assert_variance(t, 14 / 9)


@pytest.mark.statistical
@pytest.mark.parametrize(
    "numbers, mean, variance",
    [
        ((0, 5, 10), 5.0, 3.57143),
        ((2, 4, 8), 4.33333, 1.22222),
        ((300, 400, 600), 416.66667, 3055.55556),
        ((10, 14, 20), 14.33333, 3.50794),
    ],
)
def test_dst_02_the_variance_of_beta_pert_is_exact_and_not_the_simplified_one(numbers, mean, variance):
    """(mu - a)(b - mu) / 7. Source: mc2d and Vose's PERT; a documentation page claims ((b - a) / 6)^2."""
    unit = 100 if numbers[0] == 300 else 5000
    t = simulated(chain("pert", [numbers], unit), unit)
    assert_mean(t, mean, own_error=1e-5 * mean)
    assert_variance(t, variance, own_error=1e-5 * variance)
