"""Figures are written as people write them."""

from datetime import date, datetime

import pytest

from riskmc.forecast.figures import (
    chance,
    day,
    day_range,
    finish_day,
    is_currency,
    level_name,
    listed,
    money_format,
    number,
    shortened,
    span,
)


@pytest.mark.parametrize(
    "instant, text",
    [
        (datetime(2029, 6, 29, 17), "29 Jun 2029"),
        (datetime(2029, 6, 30), "29 Jun 2029"),
        (datetime(2029, 6, 30, 0, 1), "30 Jun 2029"),
        (datetime(2030, 1, 1), "31 Dec 2029"),
    ],
)
def test_work_that_ends_at_midnight_ended_on_the_day_before(instant, text):
    assert day(instant) == text


@pytest.mark.parametrize(
    "low, high, text",
    [
        (datetime(2029, 7, 20, 17), datetime(2029, 9, 23, 17), "20 Jul – 23 Sep 2029"),
        (datetime(2029, 7, 20, 17), datetime(2029, 7, 23, 17), "20 – 23 Jul 2029"),
        (datetime(2029, 12, 20, 17), datetime(2030, 1, 3, 17), "20 Dec 2029 – 3 Jan 2030"),
        (datetime(2029, 12, 20, 9), datetime(2029, 12, 20, 17), "20 Dec 2029"),
        (datetime(2029, 12, 20, 9), None, "20 Dec 2029 – ?"),
    ],
)
def test_a_range_of_days_writes_once_what_its_ends_share(low, high, text):
    assert day_range(low, high) == text


@pytest.mark.parametrize(
    "probability, text",
    [(0, "<1%"), (0.004, "<1%"), (0.005, "1%"), (0.385, "39%"), (0.994, "99%"), (0.995, ">99%"), (1, ">99%")],
)
def test_a_simulation_never_says_never_or_always(probability, text):
    assert chance(probability) == text


@pytest.mark.parametrize(
    "amount, text",
    [
        (546.37e6, "EUR 546M"),
        (5.52e6, "EUR 5.5M"),
        (1.204e9, "EUR 1,204M"),
        (-1.6e6, "\u2212EUR 1.6M"),
        (845_300, "EUR 845k"),
        (8_450, "EUR 8.4k"),
        (120, "EUR 120"),
        (0, "EUR 0"),
    ],
)
def test_money_scales_with_its_magnitude(amount, text):
    assert money_format("EUR", amount)(amount) == text


def test_a_table_of_money_has_decimals_enough_to_tell_its_rows_apart():
    told = money_format("EUR", 12.9e6, spread=0.8e6)
    assert [told(amount) for amount in (12.31e6, 12.84e6)] == ["EUR 12.31M", "EUR 12.84M"]
    assert money_format("EUR", 446e6, spread=44e6)(446e6) == "EUR 446M"


def test_a_range_of_money_names_its_scale_once():
    told = money_format("EUR", 446e6)
    assert told.range(445.2e6, 447.4e6) == "445 – 447M"
    assert told.range(445.2e6, 445.3e6) == "445M"
    assert told.range(445.2e6, None) == "445 – ?M"


def test_money_without_a_currency_has_none():
    assert money_format("", 446e6)(446e6) == "446M"


@pytest.mark.parametrize("days, text", [(0, "0 days"), (0.2, "under 1 day"), (1.2, "1 day"), (-1_043.4, "1,043 days")])
def test_spans_have_whole_days(days, text):
    assert span(days) == text


def test_plain_numbers_have_the_decimals_that_their_spread_makes_useful():
    assert (number(1_204.4, 800), number(3.217, 2), number(-3.2)) == ("1,204", "3.22", "\u22123.2")


def test_long_names_end_in_an_ellipsis():
    assert shortened("Install   and test\nthe pumps", 14) == "Install and t…"
    assert shortened("Pumps", 14) == "Pumps"


def test_levels_are_named_as_committees_name_them():
    assert [level_name(p) for p in (0.1, 0.8, 0.995)] == ["P10", "P80", "P99.5"]


def test_up_to_a_start_midnight_begins_the_day_that_follows():
    start = datetime(2027, 1, 4)
    assert day(start) == "3 Jan 2027"
    assert day(start, start) == "4 Jan 2027"
    assert day(datetime(2027, 1, 5), start) == "4 Jan 2027"
    assert day_range(start, datetime(2027, 1, 7), start) == "4 – 6 Jan 2027"
    assert finish_day(datetime(2027, 6, 1), datetime.max) == date(2027, 6, 1)


@pytest.mark.parametrize("unit, told", [("EUR", True), ("€", True), ("US$", True), ("days", False), ("", False)])
def test_a_currency_is_known_by_capitals_or_by_a_sign(unit, told):
    assert is_currency(unit) is told


def test_a_range_of_money_without_ends_has_no_scale():
    assert money_format("EUR", 1_200).range(None, None) == "? – ?"


@pytest.mark.parametrize(
    "names, more, told",
    [
        ([], 0, ""),
        (["a"], 0, "a"),
        (["a, b"], 0, "a, b"),
        (["a", "b"], 0, "a and b"),
        (["a", "b, c", "d"], 0, "'a', 'b, c' and 'd'"),
        (["a", "b"], 1_200, "a, b and 1,200 more"),
    ],
)
def test_names_in_a_sentence_are_told_apart(names, more, told):
    assert listed(names, more) == told
