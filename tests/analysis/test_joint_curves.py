"""Joint confidence of date and budget: curves, commitments, milestones together, and what a level needs."""

from dataclasses import replace
from datetime import datetime
from math import log

import numpy as np
import pytest
from scipy import stats

import fabricated
import riskmc as rm
from riskmc.analysis.joint_curves import joint_curves
from riskmc.forecast.instant import instant_of, minutes_of
from riskmc.forecast.interval import quantile_ranks

FIRST, N = 31_000_000, 10_000
LEVELS = (0.5, 0.7, 0.8)


def uniform(comonotone: bool = False, n: int = N) -> rm.Trials:
    """Finish and cost spread evenly, by the minute and by the euro: independent, or one a function of the other.

    Independent ones fill a grid of 100 by 100, so that every joint share is a product exactly.
    """
    at = np.arange(n)
    side = round(n**0.5)
    x, y = (at, at) if comonotone else (at // side, at % side)
    places = {"finish_minutes": FIRST + x.astype(np.int64), "cost_cents": 100 * (1_000 + y.astype(np.int64))}
    return fabricated.trials(n, **places)


def test_independent_date_and_budget_are_met_together_as_often_as_the_product():
    curves = joint_curves(uniform())
    for days, money in ((49, 79), (79, 49), (99, 59)):
        share = curves.confidence(instant_of(FIRST + days), 1_000.0 + money)
        assert share == pytest.approx((days + 1) / 100 * (money + 1) / 100)


def test_a_budget_that_follows_the_date_is_met_with_it_as_often_as_the_rarer_of_both():
    curves = joint_curves(uniform(comonotone=True))
    for days, money in ((4_999, 7_999), (7_999, 4_999), (9_999, 5_999)):
        share = curves.confidence(instant_of(FIRST + days), 1_000.0 + money)
        assert share == pytest.approx((min(days, money) + 1) / 10_000)


def test_the_budget_that_a_date_needs_is_the_closed_form():
    """Independent uniforms: F(date) x F(budget) = level, so the budget stands at level / F(date)."""
    curves = joint_curves(uniform())
    assert curves.budget_needed(instant_of(FIRST + 99), 0.70).value == 1_069.0
    assert curves.budget_needed(instant_of(FIRST + 87), 0.70).value == 1_079.0  # 0.70 / 0.88 = 0.795..
    assert curves.finish_needed(1_099.0, 0.80).value == instant_of(FIRST + 79)
    together = joint_curves(uniform(comonotone=True))
    assert together.budget_needed(instant_of(FIRST + 9_000), 0.70).value == 1_000.0 + 6_999


def test_what_is_needed_is_the_lowest_that_suffices_by_counting():
    trials = fabricated.trials(1_999)
    curves = joint_curves(trials)
    met, costs = trials.finish().meets("2030-10-31"), trials.cost().samples
    needed = curves.budget_needed("2030-10-31", 0.70)
    assert np.count_nonzero(met & (costs <= needed.value)) >= 0.70 * 1_999
    assert np.count_nonzero(met & (costs < needed.value)) < 0.70 * 1_999
    assert needed.low < needed.value < needed.high


def test_the_interval_of_a_need_is_that_of_a_percentile_with_missed_dates_as_endless_costs():
    trials = fabricated.trials()
    costs = np.where(trials.finish().meets("2030-10-31"), trials.cost().samples, np.inf)
    low, high = quantile_ranks(len(trials), 0.70)
    needed = joint_curves(trials).budget_needed("2030-10-31", 0.70)
    assert (needed.low, needed.high) == (np.sort(costs)[low - 1], np.sort(costs)[high - 1])


@pytest.mark.statistical
def test_the_interval_of_a_need_holds_the_true_one_in_95_percent_of_runs():
    """Independent uniforms, date at 90%: the budget needed at 70% is 0.7 / 0.9. 400 seeds, nominal 95%.

    Below 0.91 (a distribution-free interval covers at least 95%): under one false alarm in ten thousand runs; seeds are
    fixed.
    """
    held = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        finish = FIRST + (rng.random(500) * 1e6).astype(np.int64)
        cost = (rng.random(500) * 1e9).astype(np.int64)
        trials = fabricated.trials(500, finish_minutes=finish, cost_cents=cost)
        needed = joint_curves(trials).budget_needed(instant_of(FIRST + 900_000), 0.70)
        low, high = needed.low or 0.0, needed.high if needed.high is not None else np.inf
        held += low <= 1e7 * 0.7 / 0.9 <= high
    assert held / 400 > 0.91


def test_where_the_date_alone_is_met_too_seldom_no_budget_is_enough_and_it_says_so():
    needed = joint_curves(uniform()).budget_needed(instant_of(FIRST + 49), 0.70)
    assert (needed.value, needed.high) == (None, None)
    assert needed.reason == "the date alone is met in 50% of the iterations, less than is asked for"
    assert "the budget alone" in joint_curves(uniform()).finish_needed(1_049.0, 0.70).reason


def test_curves_are_pairs_that_are_met_equally_often_and_say_their_units():
    trials = fabricated.trials()
    curves = joint_curves(trials, LEVELS)
    frame = curves.to_frame(12)
    assert list(frame.columns) == ["level", "finish", "cost_EUR"]
    assert set(frame["level"]) == set(LEVELS)
    for level, finish, cost in frame.itertuples(index=False):
        assert curves.confidence(finish.to_pydatetime(), cost) >= level
        assert curves.confidence(finish.to_pydatetime(), cost - 0.01) < level


def test_the_ends_of_a_curve_are_the_soonest_date_and_the_lowest_budget():
    curves = joint_curves(fabricated.trials())
    (soonest, dear), (late, lowest) = curves.ends(0.70)
    assert soonest == curves.finish.quantile(0.70)
    assert lowest == curves.cost.quantile(0.70)
    assert curves.confidence(soonest, dear) >= 0.70 <= curves.confidence(late, lowest)
    balanced, cost = curves.balanced(0.70)
    assert soonest < balanced < late
    assert lowest < cost < dear


def test_a_commitment_is_met_missed_or_not_told():
    early = fabricated.trials()
    (missed,) = joint_curves(early).commitments()
    assert (missed.name, missed.wanted, missed.met) == ("Commitment", 0.70, missed.probability > 0.70)
    surely = replace(early, finish_minutes=early.finish_minutes - 400 * fabricated.DAY)
    surely = replace(surely, milestone_finish={"build.open": surely.finish_minutes.copy()})
    (kept,) = joint_curves(surely).commitments()
    assert kept.met is (kept.probability > 0.70)
    few = joint_curves(fabricated.trials(30)).commitments()[0]
    assert few.met is None or not few.probability.low <= 0.70 <= few.probability.high


def test_targets_together_are_counted_in_the_same_iteration():
    trials = fabricated.trials()
    found = joint_curves(trials).together()
    dates = trials.finish("build.open").meets("2030-06-30") & trials.finish("build.open").meets("2030-09-30")
    budgets = trials.cost().meets(420e6) & trials.cost().meets(450e6)
    assert [(name, what) for name, what, _ in found.alone] == [
        ("Open to public", "finish"), ("Commitment", "finish"), ("Approved budget", "cost"), ("Commitment", "cost"),
    ]  # fmt: skip
    assert found.dates == np.mean(dates)
    assert found.both == np.mean(dates & budgets)
    one = joint_curves(trials).together("Commitment")
    assert one.both == joint_curves(trials).commitments()[0].probability
    with pytest.raises(rm.ArgumentError, match="Commitment"):
        joint_curves(trials).together("Comitment")


def test_a_project_has_its_own_money_and_a_milestone_the_program_s():
    trials = fabricated.trials()
    assert joint_curves(trials, at="design").cost.label == trials.cost("design").label
    assert joint_curves(trials, at="build.open").cost.label == trials.cost().label


def test_the_approved_pair_is_the_first_target_s_and_can_be_replaced():
    curves = joint_curves(fabricated.trials())
    assert curves.pair() == (datetime(2030, 7, 1), 420e6)
    assert curves.pair("2030-12-31", "1.2M") == (datetime(2031, 1, 1), 1.2e6)
    table = curves.table()
    assert {"level", "finish", "cost_EUR", "budget_needed_EUR", "budget_needed_EUR_low", "finish_needed"} <= set(table)
    assert table["budget_needed_EUR"].isna().all()  # the date alone is met in 14% of the iterations


def test_the_basis_says_what_is_inside():
    told = " ".join(joint_curves(fabricated.trials()).basis())
    assert "nothing is spent yet" in told
    assert "constant money" in told
    assert "contingency is not inside" in told
    begun = fabricated.program(data_date="2027-02-01", management_reserve="5M")
    begun = begun.model_copy(update={"projects": fabricated.program().projects})
    assert "management reserve is not inside" in " ".join(joint_curves(fabricated.trials(program=begun)).basis())


def test_a_curve_is_said_to_be_no_exchange_rate():
    assert "not an exchange rate" in joint_curves(fabricated.trials())._repr_html_()
    assert repr(joint_curves(fabricated.trials())).startswith("<JointCurves 'Harbour Tunnel': 50%: by ")


def test_percentages_plans_and_programs_without_money_are_refused():
    trials = fabricated.trials()
    with pytest.raises(rm.ArgumentError, match=r"did you mean 0\.70"):
        joint_curves(trials, (70,))
    with pytest.raises(rm.ArgumentError, match="at least one"):
        joint_curves(trials, ())
    with pytest.raises(rm.ArgumentError, match="this is a plan"):
        joint_curves(replace(trials, random=False))
    free = {"cost_cents": np.zeros(len(trials), np.int64), "plan": fabricated.plan(cost_cents=0), "project_cost": {}}
    with pytest.raises(rm.ArgumentError, match="needs money"):
        joint_curves(replace(trials, **free))
    with pytest.raises(rm.ArgumentError, match="no project, activity or target"):
        joint_curves(trials, at="nowhere")
    with pytest.raises(rm.ArgumentError, match="strictly between"):
        joint_curves(trials).budget_needed("2030-10-31", 1.0)


@pytest.mark.statistical
def test_a_third_is_met_at_two_medians_under_a_gaussian_copula_and_needs_them():
    """JCL-01: Sheppard (1899), P(X < 0, Y < 0) = 1/4 + asin(rho) / 2 pi = 1/3 for rho = 0.5, for any margins.

    40,000 iterations. What is promised, in true joint probability, lies within the sampling error of a third; a false
    alarm in less than one in a million runs over the four checks (Bonferroni).
    """
    n, rho, third = 40_000, 0.5, 1 / 3
    x, y = np.random.default_rng(11).multivariate_normal([0, 0], [[1, rho], [rho, 1]], n).T
    first, wide = 30_000_000, 100_000
    finish = (first + wide * np.exp(0.3 * x)).astype(np.int64)
    cost = (1e10 * np.exp(0.2 * y)).astype(np.int64)
    curves = joint_curves(fabricated.trials(n, finish_minutes=finish, cost_cents=cost), levels=(third,))
    medians = instant_of(first + wide), 1e8

    def true(date, budget):
        places = [log((minutes_of(date) - first) / wide) / 0.3, log(budget / 1e8) / 0.2]
        return stats.multivariate_normal([0, 0], [[1, rho], [rho, 1]]).cdf(places)

    assert true(*medians) == pytest.approx(third, abs=1e-6)
    bound = stats.norm.isf(1e-6 / 2 / 4) * (third * (1 - third) / n) ** 0.5
    assert abs(curves.confidence(*medians).value - third) < bound
    assert abs(true(*curves.balanced(third)) - third) < bound
    assert abs(true(medians[0], curves.budget_needed(medians[0], third).value) - third) < bound
    assert abs(true(curves.finish_needed(medians[1], third).value, medians[1]) - third) < bound
