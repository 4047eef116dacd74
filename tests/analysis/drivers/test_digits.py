"""Digits: whole days and round amounts, in which printed levels and parts agree."""

from datetime import datetime

import pytest

from riskmc.analysis.drivers.digits import Amounts, Days, amounts
from riskmc.forecast.figures import Money
from riskmc.forecast.instant import minutes_of


def test_days_are_counted_between_the_days_to_which_finishes_belong():
    days = Days(datetime.min)
    noon, midnight = (minutes_of(datetime(2029, 6, 30, hour)) for hour in (12, 0))
    assert days.level(noon) - days.level(midnight) == 1  # midnight is the end of the day before
    assert days.level_text(midnight) == "29 Jun 2029"
    assert (days.text(43), days.text(-1), days.text(0)) == ("+43 d", "−1 d", "0 d")
    assert (days.size(1), days.size(-3)) == ("1 day", "−3 days")
    assert (days.range(2, 5), days.range(4, 4)) == ("+2 to +5 d", "+4 d")


def test_amounts_are_steps_of_the_last_printed_digit():
    found = Amounts(Money("EUR", 1e6, "M", 1))
    assert found.unit == pytest.approx(100_000)
    assert found.level(74_234_000_000) == 7423
    assert found.level_text(74_234_000_000) == "EUR 742.3M"
    assert (found.text(12), found.text(-3), found.size(12)) == ("+EUR 1.2M", "−EUR 0.3M", "EUR 1.2M")
    assert (found.range(-1, 12), found.range(3, 3)) == ("−0.1 to +1.2M", "+0.3M")


def test_money_is_written_in_steps_fine_enough_for_the_parts():
    assert amounts("EUR", 74_234_000_000, 4_000_000_000).unit == pytest.approx(100_000)
    assert amounts("EUR", 74_234_000_000, 0).unit == pytest.approx(1_000_000)
