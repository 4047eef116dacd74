"""Measures of what happens over time: how often, how fast it grows, how many, in which proportion."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmc.errors import ArgumentError
from riskmc.program.measure import as_frequency, as_growth, as_ratio, as_units, as_units_change
from riskmc.program.numeral import growth_text
from riskmc.program.quantity import Rate


def test_growth_is_a_share_per_unit_of_time() -> None:
    assert as_growth("2%/mo") == as_growth("2% per mo") == as_growth("0.02/mo") == as_growth(Rate(0.02, "mo"))
    assert as_growth("2%/mo") == Rate(0.02, "mo")


@given(amount=st.integers(0, 10_000), unit=st.sampled_from(["h", "d", "w", "mo", "y"]))
@settings(max_examples=50)
def test_growth_is_read_as_it_is_written(amount: int, unit: str) -> None:
    rate = Rate(amount / 10_000, unit)
    assert as_growth(growth_text(rate)) == rate


def test_a_ratio_may_be_above_one() -> None:
    assert as_ratio("150%") == as_ratio(1.5) == as_ratio("x 1.5") == 1.5
    assert (as_units("4"), as_units_change("-1")) == (4.0, -1.0)


@pytest.mark.parametrize(
    ("read", "value", "words"),
    [
        (as_growth, "2/mo", "did you mean 2%"),
        (as_growth, "-2%/mo", "between 0% and 100%"),
        (as_growth, "2%", "as 2%/mo"),
        (as_growth, "2%/moon", "as 2%/mo"),
        (as_growth, 0.02, "a rate is an amount per unit of time"),
        (as_frequency, "-1/y", "more often than never"),
        (as_frequency, "2/min", "at most once a minute"),
        (as_frequency, "1M/y", "at most once a minute"),
        (as_units, "2bn", "got 2bn"),
        (as_ratio, "150", "did you mean 150%?"),
        (as_ratio, "-50%", "at least 0%"),
        (as_ratio, "+ 50%", "at least 0%"),
        (as_ratio, "uniform(50% 60%)", "one share"),
        (as_ratio, "5d", "a share of the planned value"),
        (as_units, "4d", "got 4d"),
        (as_units, "-4", "got -4"),
        (as_units_change, "0", "got 0"),
    ],
)
def test_what_makes_no_sense_is_refused(read: object, value: object, words: str) -> None:
    with pytest.raises(ArgumentError, match=words):
        read(value)  # type: ignore[operator]
