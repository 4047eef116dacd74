"""Differences in words: sign first, digits as fine as the interval makes useful, both ends of it."""

import pytest

from riskmc.forecast.differences import IN_WORDS, days_apart, money_apart, points_apart, signed


@pytest.mark.parametrize(
    "value, low, high, said",
    [
        (-43.2, -45.1, -41.3, ("−43 d", "−45 to −41 d")),
        (12.4, 11.9, 13.0, ("+12.4 d", "+11.9 to +13.0 d")),
        (-1.26, -4.0, 0.5, ("−1.3 d", "−4.0 to +0.5 d")),
        (0.02, -0.01, 0.04, ("0.0 d", "0.0 d")),
        (0.0, 0.0, 0.0, ("0 d", "0 d")),
        (0.0, -3.0, 2.0, ("0 d", "−3 to +2 d")),
        (-43.2, -43.2, -43.2, ("−43.2 d", "−43.2 d")),
        (1_204.0, 1_100.0, 1_300.0, ("+1,204 d", "+1,100 to +1,300 d")),
        (5.0, None, None, ("+5 d", "too few iterations")),
    ],
)
def test_days_have_a_sign_and_tenths_only_where_they_tell_something(value, low, high, said):
    assert days_apart(value, (low, high)) == said


@pytest.mark.parametrize(
    "value, low, high, said",
    [
        (14.0, 12.0, 17.0, ("+14 days", "+12 to +17 days")),
        (0.0, 0.0, 1.2, ("0 days", "0 to +1 day")),
        (-3.0, -4.0, -1.0, ("−3 days", "−4 to −1 day")),
        (1.0, 0.4, 3.0, ("+1.0 days", "+0.4 to +3.0 days")),
    ],
)
def test_one_day_in_words_is_no_days(value, low, high, said):
    assert days_apart(value, (low, high), IN_WORDS) == said


@pytest.mark.parametrize(
    "value, low, high, said",
    [
        (12e6, 11.6e6, 12.4e6, ("+EUR 12.0M", "+11.6 to +12.4M")),
        (12e6, 10.6e6, 13.4e6, ("+EUR 12M", "+11 to +13M")),
        (-56_000, -70_000, -36_000, ("−EUR 56k", "−70 to −36k")),
        (-1_600, -8_600, 20, ("−EUR 1.6k", "−8.6 to 0.0k")),
        (0.0, -900, 1_100, ("EUR 0.0k", "−0.9 to +1.1k")),
        (0.0, 0.0, 0.0, ("EUR 0", "0")),
        (600_000, 600_000, 600_000, ("+EUR 600k", "+600k")),
        (12e6, None, None, ("+EUR 12M", "too few iterations")),
    ],
)
def test_money_has_its_sign_before_the_currency_and_one_scale(value, low, high, said):
    assert money_apart("EUR", value, (low, high)) == said


def test_money_without_a_currency_is_written_without_one():
    assert money_apart("", -2e6, (-3e6, -1e6)) == ("−2.0M", "−3.0 to −1.0M")


@pytest.mark.parametrize(
    "value, low, high, said",
    [
        (0.0912, 0.0847, 0.0951, ("+9 points", "+8 to +10")),
        (-0.0141, -0.018, -0.009, ("−1 point", "−2 to −1")),
        (0.007, 0.005, 0.009, ("+0.7 points", "+0.5 to +0.9")),
        (0.0, 0.0, 0.0, ("0 points", "0")),
        (1.0, None, None, ("+100 points", "too few iterations")),
    ],
)
def test_chances_differ_in_percentage_points(value, low, high, said):
    assert points_apart(value, (low, high)) == said


def test_what_rounds_to_zero_has_no_sign():
    assert [signed(value, 1) for value in (-0.04, 0.0, 0.04, -0.06)] == ["0.0", "0.0", "0.0", "−0.1"]
