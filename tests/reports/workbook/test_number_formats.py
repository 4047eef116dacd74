"""Number formats: a cell holds the value and reads as the report does; what Excel cannot hold stays text."""

from __future__ import annotations

from datetime import date

import pytest

from riskmc.forecast.differences import days_apart, money_apart, points_apart
from riskmc.forecast.figures import MINUS, chance, day, money_format, number, span
from riskmc.forecast.instant import instant_of
from riskmc.forecast.language import speaking
from riskmc.forecast.language_choice import find_language
from riskmc.forecast.written import Written
from riskmc.reports.workbook.number_formats import CHANCE, DATE, format_of, scaled_amount_format, value_of

NO_ENDS = (None, None)


def test_a_day_is_a_date():
    assert value_of(day(instant_of(24 * 60 * 20_000))) == date(2024, 10, 3)
    assert format_of(day(instant_of(0))) == DATE


def test_a_day_before_excel_can_count_stays_text():
    assert value_of(Written("1 Jan 1850", date(1850, 1, 1), "date")) is None
    assert value_of(Written("?", float("nan"), "number")) is None


def test_money_is_told_in_full_units_with_the_sign_before_the_currency():
    told = money_format("EUR", 546e6)(546.4e6)
    assert (str(told), value_of(told)) == ("EUR 546M", 546.4e6)
    assert format_of(told) == f'"EUR "#,##0;"{MINUS}""EUR "#,##0;"EUR "#,##0'
    assert format_of(money_apart("EUR", 12e6, NO_ENDS)[0]).startswith('"+""EUR "#,##0;')


def test_small_amounts_keep_their_decimals():
    assert "#,##0.00" in format_of(Written("EUR 1.25", 1.25, "money", "EUR"))
    assert "#,##0;" in format_of(Written("EUR 1.2M", 1_200_000.0, "money", "EUR"))


@pytest.mark.parametrize(("share", "format_"), [(0.38, CHANCE), (0.001, CHANCE), (0.999, CHANCE), (0.0, CHANCE)])
def test_chances_of_a_simulation_never_read_none_or_all(share, format_):
    assert value_of(chance(share)) == share
    assert format_of(chance(share)) == format_


def test_other_shares_read_as_they_are_written():
    assert format_of(Written("100%", 1.0, "chance")) == "0%"
    assert format_of(Written("12.5%", 0.125, "chance")) == "0.0%"
    assert format_of(Written("never", 0.0, "chance")) == '"never"'


def test_points_of_a_difference_are_points_and_no_share():
    told = points_apart(0.09, NO_ENDS)[0]
    assert value_of(told) == pytest.approx(9)
    assert format_of(told).split(";")[0] == '"+"#,##0" points"'


def test_days_keep_their_words_and_their_decimals():
    assert format_of(days_apart(-43.2, NO_ENDS)[0]).split(";")[1] == f'"{MINUS}"#,##0" d"'
    assert format_of(days_apart(1.5, NO_ENDS)[0]).split(";")[0] == '"+"#,##0.0" d"'
    assert format_of(span(1204)).split(";")[0] == '#,##0" days"'
    assert format_of(span(0.3)) == '"under 1 day"'


def test_numbers_keep_their_decimals():
    assert format_of(number(3.24)).split(";")[0] == "#,##0.0"
    assert value_of(number(-1204.0, 25)) == -1204


def test_another_language_changes_no_value():
    with speaking(find_language("en", "de")):
        money, days, share = money_format("EUR", 546e6)(546.4e6), span(1204), chance(0.38)
    assert format_of(money).split(";")[0] == '#,##0" EUR"'
    assert format_of(days).split(";")[0].startswith("#,##0")
    assert format_of(share) == CHANCE


def test_quotes_in_a_currency_cannot_end_the_format():
    told = format_of(Written('E";[Red] 5', 5.0, "money", 'E";[Red]'))
    assert told.count('"') % 2 == 0
    assert told.split('"')[1] == "E;[Red] "
    assert scaled_amount_format('E"', 5e6).startswith('"E "#,##0,,"M"')
