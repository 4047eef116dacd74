"""Funding: the chance that the money of a fiscal year runs out, carried over, with no limit enforced."""

import numpy as np
import pytest

import riskmc as rm
from riskmc.program.program import Program


def flow(funding, iterations=400, **words):
    """Return the cash flow of 100 in January 2027, and of 100 in 2027 or, at even odds, in 2028."""
    risk = {"late": {"probability": "50%", "impacts": [{"on": "wait", "duration": "+ 400ed", "spread": "each"}]}}
    activities = {
        "a": {"duration": "5d", "cost": "100"},
        "wait": {"duration": "30ed"},
        "b": {"duration": "5d", "cost": "100", "after": ["wait"]},
    }
    program = Program(
        program="F",
        start="2027-01-04",
        projects={"p": {"activities": activities}},
        risks=risk,
        funding=funding,
        **words,
    )
    return rm.cash_flow(rm.simulate(program, iterations), by="quarter")


def test_a_year_is_breached_where_more_was_paid_than_released_so_far():
    found = flow({2027: 150, 2028: 50})
    late = (found.cents()[4:].sum(axis=0) > 0).mean()
    assert [year.breach.value for year in found.funding] == [pytest.approx(1 - late), 0]
    assert found.funding[0].short.quantile(1.0) == 50
    assert [year.available for year in found.funding] == [150, 200]


def test_what_is_not_spent_is_carried_over():
    found = flow({2027: 200, 2028: 0})
    assert [year.breach.value for year in found.funding] == [0, 0]


def test_what_was_spent_before_the_first_funded_year_is_not_counted():
    found = flow({2028: 100})
    assert [year.year for year in found.funding] == [2028]
    assert found.funding[0].breach.value == 0


def test_years_after_the_last_funded_one_are_told_as_long_as_money_is_paid():
    found = flow({2027: 100})
    assert [year.year for year in found.funding] == [2027, 2028]
    assert found.funding[1].released == 0
    assert found.funding[1].breach.value == 1


def test_funding_pays_what_is_paid_and_not_what_is_spent():
    """With a year's lag the first 100 of 2027 are paid in 2028."""
    found = flow({2027: 1, 2028: 150}, payments={"lag": "365ed"})
    assert found.funding[0].breach.value == 0
    assert 0 < found.funding[1].breach.value < 1


def test_a_fiscal_year_that_starts_in_october_takes_what_falls_in_it():
    found = flow({2027: 200}, fiscal_year_starts="10-01")
    paid = found.funding[0].paid.samples
    np.testing.assert_array_equal(np.unique(paid), [100, 200])


def test_a_chance_has_its_interval():
    breach = flow({2027: 150, 2028: 50}).funding[0].breach
    assert breach.low < breach.value < breach.high
    frame = flow({2027: 150, 2028: 50}).funding_frame()
    assert {"released", "available", "breach", "breach_low", "short_p80", "short_p80_high"} <= {*frame.columns}


def test_a_program_without_funding_has_none():
    assert flow({}).funding == ()
