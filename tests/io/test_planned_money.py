"""Money of plans: what a file has still to spend becomes the planned cost of a program, and comes back from it."""

import pytest

from riskmc.io.planned_money import PER_DAY, Money, bearers, per_day, resource_names, spent, still_to_spend
from riskmc.program.program import Program

BEGUN = {"started": "2027-01-04", "remaining": "20h", "actual_cost": 90}


def program(**activity) -> Program:
    said = {"duration": "80h", **activity}
    return Program(program="Small", start="2027-01-04", projects={"p": {"activities": {"a": said}}})


def only(made: Program):
    return made.activities()["p.a"]


def test_of_started_work_the_share_remaining_is_what_is_still_to_spend():
    """A quarter of 80 h remains, and 30 of money: the whole is 120; 40 a day over 20 h of eight-hour days is 100."""
    cost = Money(actual=90, fixed=30, with_time=100).cost(80 * 60, 20 * 60, 480, started=True)
    assert (cost.fixed.plan.value, cost.per_day.value) == (120, 40)
    activity = only(program(progress=BEGUN, cost={"fixed": cost.fixed.plan.value, "per_day": cost.per_day.value}))
    assert (still_to_spend(activity), spent(activity), per_day(activity)) == (30, 90, 40)


def test_work_that_follows_other_work_spends_no_share():
    cost = Money(fixed=30).cost(80 * 60, 20 * 60, 480, started=True, follows=True)
    assert cost.fixed.plan.value == 30


def test_money_spent_before_the_work_starts_is_part_of_its_cost():
    assert Money(actual=90, fixed=30).cost(80 * 60, 80 * 60, 480, started=False).fixed.plan.value == 120


@pytest.mark.parametrize("left, fixed", [(0, 130), (80 * 60, 30)])
def test_money_that_grows_with_no_time_is_fixed(left, fixed):
    assert Money(fixed=30, with_time=100).cost(80 * 60, left, 480, started=False).fixed.plan.value == fixed


def test_without_money_there_is_no_cost():
    assert Money(uses={"crew": 1.0}).cost(80 * 60, 80 * 60, 480, started=False) is None
    assert spent(only(program())) is None


def test_what_no_resource_bears_is_borne_by_one_that_stands_for_money():
    alone, borne = program(cost={"per_day": 40}), program(cost={"per_day": 40}, uses={"crew": 2})
    assert (bearers(only(alone)), resource_names(alone)) == ({PER_DAY: 1.0}, [PER_DAY])
    assert (bearers(only(borne)), resource_names(borne)) == ({"crew": 2}, ["crew"])
    assert resource_names(program()) == []
