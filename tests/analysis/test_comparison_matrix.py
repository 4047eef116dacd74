"""The matrix of a comparison: every contender against every other, who wins, and how sure that is."""

from dataclasses import replace

import numpy as np
import pytest
from test_comparison import FERRY, moved

import fabricated
import riskmc as rm
from riskmc.analysis.comparison import compare
from riskmc.analysis.comparison_matrix import AS_IT_STANDS
from riskmc.analysis.paired import probability_difference, quantile_difference

DAY = fabricated.DAY


@pytest.fixture(scope="module")
def base() -> rm.Trials:
    return fabricated.trials()


@pytest.fixture(scope="module")
def ferry() -> rm.Trials:
    return rm.simulate(FERRY, 1_500)


def named(base, **moves):
    """A comparison of the base with itself moved by (days, cents) each."""
    others = [moved(base, days, cents, scenario=name) for name, (days, cents) in moves.items()]
    return compare(base, *others)


def noisy(base: rm.Trials, spread: float, name: str) -> rm.Trials:
    """The same trials with noise in the finish that moves no percentile for sure."""
    noise = (np.random.default_rng(3).normal(0, spread * DAY, len(base))).astype(np.int64)
    return replace(base, finish_minutes=base.finish_minutes + noise, scenario=name)


def test_every_two_contenders_are_told_by_their_paired_differences(base):
    frame = named(base, fast=(-43, 1_200_000_00), slow=(10, 0)).matrix().set_index(["scenario", "against"])
    assert len(frame) == 6
    assert frame.loc[("fast", AS_IT_STANDS), "finish_p80_days"] == -43
    assert frame.loc[("fast", "slow"), "finish_p80_days"] == -53
    assert frame.loc[("slow", "fast"), "finish_mean_days"] == 53
    assert frame.loc[("slow", "fast"), "cost_p50_EUR"] == -1_200_000
    assert (frame["finish_p50_days_low"] <= frame["finish_p50_days"]).all()


def test_both_ways_round_say_the_same(ferry):
    frame = rm.compare(ferry, *(rm.simulate(FERRY, 1_500, scenario=s) for s in ("respond", "double_shift"))).matrix()
    table = frame.set_index(["scenario", "against"])
    for one, other in table.index:
        there, back = table.loc[(one, other)], table.loc[(other, one)]
        for name in ("finish_p80_days", "cost_p80_EUR", "finish_mean_days", "joint_share"):
            assert (there[name], there[f"{name}_low"]) == (-back[name], -back[f"{name}_high"])


def test_differences_and_joint_confidence_are_those_of_the_samples(ferry):
    first, second = (rm.simulate(FERRY, 1_500, scenario=name) for name in ("respond", "double_shift"))
    table = rm.compare(ferry, first, second).matrix().set_index(["scenario", "against"])
    row = table.loc[("double_shift", "respond")]
    p80 = quantile_difference(first.finish_minutes, second.finish_minutes, 0.8)
    assert row["finish_p80_days"] == p80.value / DAY
    assert (row["finish_p80_days_low"], row["finish_p80_days_high"]) == (p80.low / DAY, p80.high / DAY)
    both = [one.finish("service.opening").meets("2029-07-31") & one.cost().meets(63e6) for one in (first, second)]
    assert row["joint_share"] == probability_difference(*both).value


def test_a_scenario_that_changes_nothing_ties_with_the_program_and_differs_by_exactly_zero(base):
    comparison = named(base, idle=(0, 0), slow=(20, 0))
    row = comparison.matrix().set_index(["scenario", "against"]).loc[("idle", AS_IT_STANDS)]
    assert set(row.drop(labels=[]).to_numpy().tolist()) == {0.0}
    winner = comparison.contenders.winner("finish", 0.8)
    assert (winner.key, winner.ties) == (AS_IT_STANDS, ("idle",))
    assert winner.lowest_chance == 1.0


def test_the_earliest_wins_on_finish_the_cheapest_on_cost(base):
    contenders = named(base, fast=(-43, 500_00), cheap=(1, -500_00)).contenders
    finish, cost = contenders.winner("finish", 0.8), contenders.winner("cost", 0.8)
    assert (finish.key, finish.lowest_chance, finish.best_share, finish.not_told_from) == ("fast", 1.0, 1.0, ())
    assert (cost.key, cost.lowest_chance) == ("cheap", 1.0)
    assert [standing.key for standing in contenders.standings("finish", 0.8)] == ["fast", AS_IT_STANDS, "cheap"]
    assert contenders.standings("finish", 0.8)[2].behind == (44.0, 44.0, 44.0)


def test_what_simulation_error_could_explain_is_not_told_apart(base):
    comparison = compare(base, noisy(base, 6.0, "noise"), moved(base, -300, 0, scenario="fast"))
    standing = {one.key: one for one in comparison.contenders.standings("finish", 0.8)}
    assert standing["noise"].not_told_from == (AS_IT_STANDS,)
    assert standing["fast"].not_told_from == ()
    assert comparison.contenders.winner("finish", 0.8).key == "fast"


def test_one_dominates_another_that_is_no_earlier_and_no_cheaper_and_told_apart(base):
    found = named(base, better=(-5, -100_00), dear=(-9, 900_00), idle=(0, 0)).contenders.dominated_by(0.8)
    assert found == {AS_IT_STANDS: ("better",), "better": (), "dear": (), "idle": ("better",)}


def test_best_on_both_is_counted_in_the_same_iteration(base):
    contenders = named(base, better=(-5, -100_00), dear=(-9, 900_00)).contenders
    assert contenders.both_shares() == {AS_IT_STANDS: 0.0, "better": 0.0, "dear": 0.0}
    assert named(base, better=(-5, -100_00)).contenders.both_shares() == {AS_IT_STANDS: 0.0, "better": 1.0}


def test_milestones_and_projects_are_compared_between_any_two(base):
    table = named(base, fast=(-43, 0), slow=(10, 0)).milestones().set_index(["scenario", "against", "milestone"])
    assert table.loc[("fast", "slow", "build.open"), "finish_p80_days"] == -53
    assert table.loc[("fast", "slow", "design"), "finish_p80_days"] == 0
    assert list(table.columns) == ["finish_p80_days", "finish_p80_days_low", "finish_p80_days_high"]


def test_the_ranking_has_units_in_its_columns_and_a_row_for_every_contender(base):
    frame = named(base, fast=(-43, 500_00)).ranking()
    assert list(frame["scenario"]) == [AS_IT_STANDS, "fast"]
    assert frame.loc[0, "finish_behind_days"] == 43
    assert {"cost_p80_EUR", "cost_behind_EUR_low", "both_best_share", "dominated_by"} <= set(frame.columns)


def test_without_money_only_finishes_are_compared(base):
    free = replace(base, cost_cents=np.zeros_like(base.cost_cents), project_cost={}, plan=fabricated.plan(cost_cents=0))
    comparison = compare(free, replace(free, finish_minutes=free.finish_minutes - DAY, scenario="fast"))
    assert comparison.contenders.outcomes == ("finish",)
    assert not any("cost" in column for column in (*comparison.matrix().columns, *comparison.ranking().columns))
