"""Calendars: weeks, shifts, exceptions, weather and holidays as nouns."""

from __future__ import annotations

import datetime

import pytest

from riskmc.errors import ProgramError
from riskmc.program import Calendar, Program, Shift
from riskmc.program.calendar import DAYS, MONTHS
from riskmc.program.reference import faults

DAY = (Shift(480, 720), Shift(780, 1020))


def test_spans_of_days_become_one_entry_a_day_and_back() -> None:
    calendar = Calendar(week={"mon-thu": "08:00-12:00 13:00-17:00", "fri": "08:00-12:00", "sat,sun": "off"})
    assert calendar.week["thu"] == DAY
    assert calendar.week["sun"] == ()
    said = calendar.model_dump()["week"]
    assert said == {"mon-thu": "08:00-12:00 13:00-17:00", "fri": "08:00-12:00", "sat-sun": "off"}
    assert Calendar(week=said) == calendar


def test_round_the_clock_is_every_day() -> None:
    assert Calendar(week="24h").week == dict.fromkeys(DAYS, (Shift(0, 1440),))


@pytest.mark.parametrize(
    ("text", "shifts"),
    [
        ("22:00-06:00", [(1320, 1800)]),
        ("00:00-24:00", [(0, 1440)]),
        ("18:00-00:00", [(1080, 1440)]),
        ("8:00 - 9:30", [(480, 570)]),
    ],
)
def test_a_shift_may_cross_or_reach_midnight(text: str, shifts: list[tuple[int, int]]) -> None:
    calendar = Calendar(week={"mon": text})
    assert [tuple(shift) for shift in calendar.week["mon"]] == shifts
    assert Calendar(week=calendar.model_dump()["week"]) == calendar


def test_exceptions_are_days_or_stretches_the_shorter_last() -> None:
    days = {"2027-07-03": "08:00-12:00", "2027-07-01..2027-07-31": "off"}
    exceptions = Calendar(week="24h", exceptions=days).exceptions
    assert [(e.first.day, e.last.day, len(e.shifts)) for e in exceptions] == [(1, 31, 0), (3, 3, 1)]
    assert Calendar(week="24h", exceptions=exceptions).exceptions == exceptions


def test_a_calendar_may_work_on_its_exceptions_alone() -> None:
    """The closures of a railway line, in which alone its switches can be changed."""
    lengths = {"hours_per_day": 24, "hours_per_week": 168}
    activity = {"start": "2027-01-04", "projects": {"line": {"activities": {"switch": {"duration": "1d"}}}}}
    for hours in ("24h", "off"):
        closed = {"exceptions": {"2027-03-27..2027-03-29": hours}, **lengths}
        program = Program(program="Line", calendar="closed", calendars={"closed": closed}, **activity)
        assert [text for _, text in faults(program)] == (
            [] if hours == "24h" else ["a calendar needs working time: `week`, `exceptions` or `based_on`"]
        )


def test_weather_that_loses_every_day_of_the_year_is_refused() -> None:
    always = {"lost": "100%", "leaves": "1%"}
    with pytest.raises(ProgramError, match="`weather` loses every day of the year"):
        Calendar(week="24h", weather={"jan-dec": {"lost": "100%"}})
    assert Calendar(week="24h", weather={"jan-dec": always}).weather is not None
    assert Calendar(week="24h", weather={"jan-nov": {"lost": "100%"}}).weather is not None


def test_weather_is_said_by_month() -> None:
    calendar = Calendar(
        based_on="standard", weather={"nov-feb": {"lost": "25%", "persistence": "50%"}, "mar-oct": {"lost": 0.05}}
    )
    assert list(calendar.weather) == list(MONTHS)
    assert calendar.weather["jan"] == calendar.weather["nov"]


def test_holidays_become_dates_from_a_year_before_the_start_to_thirty_years_after() -> None:
    calendars = {"standard": {"week": {"mon-fri": "08:00-16:00"}, "holidays": "NL"}, "plain": {"week": "24h"}}
    program = Program(program="X", start="2027-01-04", calendars=calendars)
    dates = program.calendars["standard"].holiday_dates
    assert (dates[0], dates[-1]) == (datetime.date(2026, 1, 1), datetime.date(2057, 12, 26))
    assert program.calendars["plain"].holiday_dates == ()
    assert program.but(calendar="plain").calendars == program.calendars


def test_given_holiday_dates_are_not_overwritten() -> None:
    calendars = {"c": {"week": "24h", "holidays": "NL", "holiday_dates": ["2027-01-01"]}}
    program = Program(program="X", start="2027-01-04", calendars=calendars)
    assert program.calendars["c"].holiday_dates == (datetime.date(2027, 1, 1),)


def test_an_unknown_country_is_refused_where_it_stands() -> None:
    with pytest.raises(ProgramError, match=r"calendars\.c\.holidays: .*'Netherland'"):
        Program(program="X", start="2027-01-04", calendars={"c": {"week": "24h", "holidays": "Netherland"}})
