"""Ticks: round dates and amounts, few enough to read, each inside its axis."""

from __future__ import annotations

from datetime import datetime

import pytest

from riskmc.forecast.instant import minutes_of
from riskmc.live.ticks import MOST, amount_ticks, date_ticks


def told(first: str, last: str) -> list[tuple[str, str]]:
    low, high = (minutes_of(datetime.fromisoformat(text)) for text in (first, last))
    found = date_ticks(low, high)
    assert all(low < tick.at <= high for tick in found)
    return [(tick.text, tick.below) for tick in found]


def test_months_with_the_year_where_it_begins():
    assert told("2028-10-20", "2029-08-03") == [
        ("Nov", "2028"), ("Jan", "2029"), ("Mar", ""), ("May", ""), ("Jul", "")
    ]  # fmt: skip


def test_hours_within_a_day_with_the_day_where_it_begins():
    assert told("2027-01-04 20:10", "2027-01-05 02:00") == [
        ("21:00", "4 Jan 2027"), ("22:00", ""), ("23:00", ""), ("00:00", "5 Jan 2027"), ("01:00", ""), ("02:00", "")
    ]  # fmt: skip


def test_days_within_weeks_and_years_over_decades():
    assert told("2029-06-03", "2029-06-08 12:00") == [
        ("4 Jun", "2029"), ("5 Jun", ""), ("6 Jun", ""), ("7 Jun", ""), ("8 Jun", "")
    ]  # fmt: skip
    assert told("2028-05-01", "2049-02-01") == [("2030", ""), ("2035", ""), ("2040", ""), ("2045", "")]


@pytest.mark.parametrize("days", [0.2, 1, 3, 9, 40, 85, 200, 400, 1000, 4000, 20_000, 80_000])
def test_dates_are_few_round_and_in_order_however_long_the_axis(days):
    low = minutes_of(datetime(2027, 3, 17, 9))
    found = date_ticks(low, low + days * 1440)
    assert len(found) <= MOST + 1
    assert [tick.at for tick in found] == sorted(tick.at for tick in found)
    assert all(low < tick.at <= low + days * 1440 and tick.at % (1440 if days > 2 else 5) == 0 for tick in found)
    assert len(found) >= 2


@pytest.mark.parametrize(
    "low, high, words",
    [
        (58.3e6, 67.1e6, ["EUR 60M", "EUR 62M", "EUR 64M", "EUR 66M"]),
        (0.0, 950.0, ["EUR 0", "EUR 200", "EUR 400", "EUR 600", "EUR 800"]),
        (-1.2e6, 2.3e6, ["\u2212EUR 1.0M", "EUR 0.0M", "EUR 1.0M", "EUR 2.0M"]),
    ],
)
def test_amounts_at_round_steps(low, high, words):
    found = amount_ticks(low, high, "EUR")
    assert [tick.text for tick in found] == words
    assert all(low <= tick.at <= high for tick in found)
