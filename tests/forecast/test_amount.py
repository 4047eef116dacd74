"""Amounts as people write them."""

import pytest

from riskmc.errors import ArgumentError
from riskmc.forecast.amount import read_amount


@pytest.mark.parametrize(
    "value, amount", [("1k", 1e3), ("1.2M", 1.2e6), ("3 bn", 3e9), (" 250 ", 250.0), ("-.5k", -500.0), (7, 7.0)]
)
def test_a_number_and_a_text_mean_the_same_amount(value, amount):
    assert read_amount("Harbour cost", "EUR", value) == amount


@pytest.mark.parametrize("value", ["1K", "1d", "", "nan", float("nan"), True, None])
def test_what_is_no_amount_is_refused_by_name(value):
    with pytest.raises(ArgumentError, match="Harbour cost: an amount in EUR is a number or a text such as"):
        read_amount("Harbour cost", "EUR", value)


def test_without_a_currency_the_message_has_none():
    with pytest.raises(ArgumentError, match="Harbour cost: an amount is a number"):
        read_amount("Harbour cost", "", "lots")
