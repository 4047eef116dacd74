"""Variance shares: closed forms of sums, products and maxima, the estimators on plain arrays, and what is refused."""

from math import sqrt

import numpy as np
import pytest

import riskmc as rm
from published import Z
from riskmc.analysis.sensitivity.grouping import REST
from riskmc.analysis.sensitivity.variance import shared_out
from riskmc.forecast.replicates import INDEPENDENT

N = 50_000


def plan(projects, **sections):
    """Return a program round the clock from activities by project."""
    told = {name: {"activities": activities} for name, activities in projects.items()}
    return rm.Program(program="Shares", start="2027-01-04", calendar="24h", projects=told, **sections)


def close(estimate, expected):
    """Return whether an estimate lies within sampling error of a known value: once in a million it does not."""
    half = (estimate.high - estimate.low) / 2 / 1.96 * Z
    return abs(estimate.value - expected) <= half


@pytest.mark.statistical
@pytest.mark.parametrize("sampling", ["montecarlo", "lhs"])
def test_in_a_sum_every_source_has_its_share_of_the_variance_alone_and_in_all(sampling):
    """Spreads of 3 and 4 days one after the other: 9 / 25 and 16 / 25, and no interaction."""
    two = plan(
        {
            "p": {"a": {"duration": "normal(50d 3d)"}},
            "q": {"b": {"duration": "normal(50d 4d)", "after": ["p.a"]}},
        }
    )
    found = rm.variance_shares(rm.simulate(two, iterations=256 * 200, sampling=sampling))
    for name, expected in (("ranges.p", 0.36), ("ranges.q", 0.64)):
        assert close(found[name].finish.first, expected)
        assert close(found[name].finish.total, expected)
    assert abs(found.interactions()) < 0.05


@pytest.mark.statistical
def test_a_product_has_an_interaction_of_known_size():
    """f = d (X Y) + Z, X uniform 10 to 20 days, Y uniform 1 to 2, Z uniform 5 to 25 days. With m and v the means and
    variances: V = vx my^2 + mx^2 vy + vx vy + vz; X alone vx my^2, X in all vx (my^2 + vy)."""
    program = plan(
        {
            "p": {"a": {"duration": "uniform(10d 20d)"}},
            "q": {"b": {"duration": "uniform(5d 25d)", "after": ["p.a"]}},
        },
        drivers={"y": {"on": ["p.a"], "duration": "x uniform(100% 200%)"}},
    )
    found = rm.variance_shares(rm.simulate(program, iterations=N))
    mx, vx, my, vy, vz = 15, 100 / 12, 1.5, 1 / 12, 400 / 12
    whole = vx * my**2 + mx**2 * vy + vx * vy + vz
    told = {
        "ranges.p": (vx * my**2, vx * vy),
        "drivers.y": (mx**2 * vy, vx * vy),
        "ranges.q": (vz, 0.0),
    }
    for name, (alone, together) in told.items():
        assert close(found[name].finish.first, alone / whole)
        assert close(found[name].finish.total, (alone + together) / whole)


@pytest.mark.statistical
def test_where_two_paths_meet_each_has_two_fifths_alone_and_three_fifths_in_all():
    """max(U, V) of uniforms from 0 to 1: V = 1/18, Var E[max | U] = Var((1 + U^2) / 2) = 1/45."""
    program = plan(
        {"p": {"a": {"duration": "uniform(10d 20d)"}}, "q": {"b": {"duration": "uniform(10d 20d)"}}},
    )
    found = rm.variance_shares(rm.simulate(program, iterations=N))
    for name in ("ranges.p", "ranges.q"):
        assert close(found[name].finish.first, 0.4)
        assert close(found[name].finish.total, 0.6)


@pytest.mark.statistical
def test_the_cost_has_shares_of_its_own():
    """A risk of one half that costs 100, and a fixed cost uniform from 0 to 100: 2,500 and 10,000 / 12."""
    program = plan(
        {"p": {"a": {"duration": "5d", "cost": "uniform(0 100)"}}},
        risks={"strike": {"probability": "50%", "impacts": [{"on": ["p.a"], "cost": "+100"}]}},
    )
    found = rm.variance_shares(rm.simulate(program, iterations=N))
    whole = 2_500 + 10_000 / 12
    assert close(found["risks.strike"].cost.total, 2_500 / whole)
    assert close(found["ranges.p"].cost.first, 10_000 / 12 / whole)
    assert found["ranges.p"].finish.total == (None, None, None)
    assert found.interactions("finish") is None


@pytest.mark.statistical
def test_the_intervals_cover_the_truth():
    """Shares 0.36 and 0.64 of 1,000 seeds: 95%, give or take 3.5 points; a right interval misses once in a million."""
    held = np.zeros(2)
    for seed in range(1_000):
        generator = np.random.default_rng(seed)
        a, b = (np.rint(1_000 * generator.normal(size=(2, 400)) * [[3], [4]]).astype(np.int64) for _ in range(2))
        found = shared_out(a.sum(axis=0), b.sum(axis=0), b[0] + a[1], INDEPENDENT)
        held += [one.low <= 0.36 <= one.high for one in (found.first, found.total)]
    assert np.all(np.abs(held / 1_000 - 0.95) <= 0.035)


def test_the_estimators_are_those_of_saltelli_and_jansen():
    generator = np.random.default_rng(3)
    a, b, mixed = (generator.integers(0, 1_000, 200) for _ in range(3))
    found = shared_out(a, b, mixed, INDEPENDENT)
    both = np.concatenate((a, b))
    centred = b - both.mean()
    assert found.first.value == pytest.approx((centred * (mixed - a)).mean() / both.var())
    assert found.total.value == pytest.approx(((a - mixed) ** 2).mean() / 2 / both.var())


def test_what_does_not_vary_has_no_shares():
    same = np.full(50, 7)
    assert shared_out(same, same, same, INDEPENDENT).total == (None, None, None)


def test_a_plan_has_no_sources():
    found = rm.variance_shares(rm.simulate(plan({"p": {"a": {"duration": "5d"}}}), iterations=10))
    assert len(found) == 0
    assert found.to_frame().empty
    assert "does not vary" in repr(found)


def test_correlated_sources_are_one_group():
    two = {
        "p": {"a": {"duration": "uniform(5d 9d)"}},
        "q": {"b": {"duration": "uniform(5d 9d)"}},
        "r": {"c": {"duration": "uniform(5d 9d)"}},
    }
    program = plan(two, correlations=[{"group": ["p.a", "q.b"], "duration": 0.5}])
    found = rm.variance_shares(rm.simulate(program, iterations=100))
    assert [one.group.name for one in found.shares] == ["ranges.p + ranges.q", "ranges.r"]
    assert found["ranges.p + ranges.q"].group.names == ("ranges.p", "ranges.q")


def test_groups_are_those_that_the_analyst_names_and_the_rest():
    told = {name: {"duration": "uniform(5d 9d)"} for name in ("dig", "pour", "cure", "paint")}
    program = plan(
        {"p": told}, risks={"rain": {"probability": "20%", "impacts": [{"on": ["p.dig"], "duration": "+5d"}]}}
    )
    trials = rm.simulate(program, iterations=100)
    found = rm.variance_shares(trials, {"ground": ["ranges.p.dig", "risks.*"], "concrete": "ranges.p.[pc]*[re]"})
    names = {one.group.name: one.group.names for one in found.shares}
    assert set(names["ground"]) == {"ranges.p.dig", "risks.rain"}
    assert set(names["concrete"]) == {"ranges.p.pour", "ranges.p.cure"}
    assert names[REST] == ("ranges.p.paint",)


def test_a_project_may_be_named_whole():
    program = plan({"p": {"a": {"duration": "uniform(5d 9d)"}, "b": {"duration": "uniform(5d 9d)"}}})
    found = rm.variance_shares(rm.simulate(program, iterations=100), {"all": ["ranges.p"]})
    assert [one.group.name for one in found.shares] == ["all"]


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ({"x": ["risks.none"]}, "'risks.none' in 'x' names no source; there are ranges.p.a"),
        ({"x": ["ranges.*"], "y": ["ranges.p.a"]}, "ranges.p.a is in 'x' and in 'y'"),
    ],
)
def test_groups_that_make_no_sense_are_refused(groups, said):
    trials = rm.simulate(plan({"p": {"a": {"duration": "uniform(5d 9d)"}}}), iterations=100)
    with pytest.raises(rm.ArgumentError, match="groups") as refused:
        rm.variance_shares(trials, groups)
    assert said in str(refused.value)


def test_renamed_items_keep_their_numbers_and_show_their_new_names():
    told = {"p": {"old": {"duration": "uniform(5d 9d)"}}, "q": {"b": {"duration": "uniform(5d 9d)"}}}
    risk = {"probability": "50%", "impacts": [{"on": ["q.b"], "duration": "+3d"}]}
    before = rm.variance_shares(rm.simulate(plan(told, risks={"wet": risk}), iterations=500))
    told["p"] = {"new": told["p"]["old"]}
    program = plan(told, risks={"rain": risk}, renamed={"risks.wet": "risks.rain", "p.old": "p.new"})
    after = rm.variance_shares(rm.simulate(program, iterations=500))
    assert after["risks.rain"].finish == before["risks.wet"].finish
    assert after["ranges.p"].finish == before["ranges.p"].finish


def test_the_order_of_the_groups_and_the_threads_change_no_bit():
    told = {name: {"a": {"duration": "uniform(5d 9d)"}} for name in "pqr"}
    first = rm.variance_shares(rm.simulate(plan(told), iterations=range(77, 900), threads=1))
    turned = dict(reversed(told.items()))
    second = rm.variance_shares(rm.simulate(plan(turned), iterations=range(77, 900), threads=2))
    for one in first.shares:
        assert second[one.group.name].finish == one.finish


def test_total_shares_are_never_below_nothing():
    found = rm.variance_shares(
        rm.simulate(plan({n: {"a": {"duration": "uniform(1d 9d)"}} for n in "pq"}), iterations=99)
    )
    assert all(one.finish.total.value >= 0 for one in found.shares)
    assert sqrt(2) * found["ranges.p"].finish.total.value < 2
