"""Activities, estimates, risks and rules built in Python: the same words as in a file, parsed and checked."""

from __future__ import annotations

import pytest

from riskmc.errors import ProgramError
from riskmc.program import (
    Activity,
    Correlation,
    Cost,
    CostItem,
    Driver,
    Estimate,
    Impact,
    Quantity,
    RangeRule,
    Risk,
    Template,
)
from riskmc.program.notation import size


def test_one_value_is_a_plan_and_a_distribution_is_a_range() -> None:
    assert Activity(duration="20d").duration == Estimate(plan="20d")
    assert Activity(duration="pert(1d 2d 4d)").duration == Estimate(range="pert(1d 2d 4d)")
    both = Activity(duration={"plan": "28d", "range": "triangular(90% 100% 130%)"}).duration
    assert (both.plan, both.range) == (Quantity(28.0, "d"), size("triangular(90% 100% 130%)"))


def test_a_bare_zero_is_a_duration() -> None:
    assert Activity(duration="0").duration.plan == Quantity(0.0, "min")
    assert Activity(duration="triangular(0 1d 2d)").duration.range == size("triangular(0d 1d 2d)")


def test_a_cost_of_one_value_is_its_fixed_part() -> None:
    assert Activity(cost=120_000).cost == Cost(fixed="120k") == Cost(fixed={"plan": 120e3})
    assert Activity(cost="pert(1M 2M 4M)").cost.fixed.range == size("pert(1M 2M 4M)")
    assert CostItem.model_validate("5M") == CostItem(fixed="5M")


def test_a_cost_that_says_nothing_is_written_as_such() -> None:
    assert Activity(cost={}).model_dump(mode="json", exclude_defaults=True)["cost"] == {}


def test_numbers_become_shares_where_shares_are_meant() -> None:
    assert Risk(probability=0.35).probability == Risk(probability="35%").probability == 0.35
    assert Impact(on="a", duration="x 1.1").duration == size("x 110%")
    assert Driver(on="a", duration="pert(0.95 1.05 1.25)").duration == size("x pert(95% 105% 125%)")
    assert Template(cost="x normal(100% 8%)").cost == size("normal(100% 8%)")
    assert RangeRule(on="a", duration="x pert(90% 100% 120%)").duration == size("pert(90% 100% 120%)")
    assert RangeRule(on="a", duration="pert(9d 10d 12d)").duration == size("pert(9d 10d 12d)")


def test_correlated_sizes_carry_their_coefficient() -> None:
    rule = RangeRule(on=["a", "b"], cost="normal(100% 8%)", sizes="correlated 0.3")
    assert (rule.sizes, rule.correlation) == ("correlated", 0.3)
    assert rule.model_dump(exclude_defaults=True)["sizes"] == "correlated 0.3"
    assert RangeRule(on=["a", "b"], cost="normal(100% 8%)", sizes="correlated 30%") == rule


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: Activity(duration="20"), "needs a unit of time"),
        (lambda: Activity(durations="20d"), "did you mean 'duration'"),
        (lambda: Activity(cost={"per_day": "5d"}), "cost.per_day: an amount of money is needed"),
        (lambda: Impact(on="a", duration="110%"), "must begin with x"),
        (lambda: Impact(on="a", duration="x 5d"), "a share of the planned value is needed"),
        (lambda: Impact(duration="x 110%"), "needs `on`"),
        (lambda: Impact(cost="x 110%"), "needs `on`"),
        (lambda: Impact(on="a"), "needs one of"),
        (lambda: Risk(probability=0.1, impacts=[{"on": "a", "cost": "+ 1k"}, {"on": "a", "cost": "+ 2k"}]), "an `id`"),
        (lambda: RangeRule(on="a", cost="pert(0.9 1 1.3)"), "money, or shares?"),
        (lambda: RangeRule(on="a"), "either `duration` and `cost`, or `use: TEMPLATE`"),
        (lambda: RangeRule(on="a", duration="+ 5d"), "a range adds nothing"),
        (lambda: Driver(on="a", duration="x 5d"), "a share of the planned value"),
        (lambda: Correlation(pair=["a", "a"], duration=0.5), "are the same"),
        (lambda: Correlation(duration=0.5), "exactly one of: group, pair"),
        (lambda: Estimate(), "needs `plan`, `range`, or both"),
    ],
)
def test_nouns_refuse_in_plain_words(build: object, words: str) -> None:
    with pytest.raises(ProgramError) as caught:
        build()  # type: ignore[operator]
    assert words in str(caught.value)


def test_nouns_are_frozen() -> None:
    with pytest.raises(Exception, match="frozen"):
        Activity(duration="20d").name = "x"
