"""Holidays by country and subdivision become sorted dates; unknown codes are refused with the nearest known one."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from riskmc.errors import ArgumentError
from riskmc.program.holiday import holiday_dates

YEAR = (date(2027, 1, 1), date(2027, 12, 31))


def test_the_netherlands_have_these_public_holidays_in_2027():
    """As the library lists them: Good Friday is in, Liberation Day only in years that end in 0 or 5."""
    assert holiday_dates("NL", *YEAR) == (
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 28),
        date(2027, 3, 29),
        date(2027, 4, 27),
        date(2027, 5, 6),
        date(2027, 5, 16),
        date(2027, 5, 17),
        date(2027, 12, 25),
        date(2027, 12, 26),
    )


def test_a_subdivision_adds_its_own_days():
    bavaria, germany = set(holiday_dates("DE-BY", *YEAR)), set(holiday_dates("DE", *YEAR))
    assert germany < bavaria
    assert date(2027, 1, 6) in bavaria - germany  # Epiphany
    assert date(2027, 3, 31) in holiday_dates("US-CA", *YEAR)  # Cesar Chavez Day


def test_a_day_off_for_a_holiday_in_the_weekend_counts():
    assert date(2027, 7, 5) in holiday_dates("US", *YEAR)  # 4 July 2027 is a Sunday
    assert date(2027, 12, 31) in holiday_dates("US", *YEAR)  # 1 January 2028 is a Saturday


def test_dates_are_sorted_unique_and_within_both_ends():
    days = holiday_dates("NL", date(2026, 12, 25), date(2056, 12, 25))
    assert list(days) == sorted(set(days))
    assert days[0] == date(2026, 12, 25)
    assert days[-1] == date(2056, 12, 25)
    assert days == holiday_dates("NL", date(2026, 12, 25), date(2056, 12, 25))


def test_a_span_without_a_holiday_is_empty():
    assert holiday_dates("NL", date(2027, 2, 1), date(2027, 2, 28)) == ()


@pytest.mark.parametrize(
    "code, meant",
    [
        ("nl", "NL"),
        ("Netherlands", "NL"),
        ("united states", "US"),
        ("Germny", "DE"),
        ("US-CAL", "US-CA"),
        ("DE-by", "DE-BY"),
        ("NL-", "NL"),
    ],
)
def test_an_unknown_code_is_refused_with_the_nearest_known_one(code, meant):
    with pytest.raises(ArgumentError, match=f"'{code}'; did you mean '{meant}"):
        holiday_dates(code, *YEAR)


@pytest.mark.parametrize("code", ["", "QQ", "-CA", "US-", "US-CA-LA", "NL-XYZ"])
def test_a_code_with_no_meaning_is_refused_saying_what_is_allowed(code):
    with pytest.raises(ArgumentError, match=r"[Aa]llowed"):
        holiday_dates(code, *YEAR)


def test_the_library_is_loaded_only_when_holidays_are_asked_for():
    script = "import sys, riskmc.program.holiday; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
