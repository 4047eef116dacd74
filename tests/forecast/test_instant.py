"""Dates and minutes go both ways."""

from datetime import date, datetime

import numpy as np
import pytest

from riskmc.errors import ArgumentError
from riskmc.forecast.instant import finish_minutes, instant_of, minutes_of


@pytest.mark.parametrize("instant", [datetime(1970, 1, 1), datetime(1969, 12, 31, 23, 59), datetime(2031, 3, 4, 17, 5)])
def test_minutes_and_instants_are_the_same_thing(instant):
    assert instant_of(minutes_of(instant)) == instant


@pytest.mark.parametrize("value", ["2030-06-30", date(2030, 6, 30), np.datetime64("2030-06-30"), " 2030-06-30 "])
def test_a_bare_date_ends_at_midnight(value):
    assert instant_of(finish_minutes(value)) == datetime(2030, 7, 1)


@pytest.mark.parametrize(
    "value", ["2030-06-30T17:00", "2030-06-30 17:00", datetime(2030, 6, 30, 17), np.datetime64("2030-06-30T17:00")]
)
def test_a_date_with_a_time_is_that_instant(value):
    assert instant_of(finish_minutes(value)) == datetime(2030, 6, 30, 17)


@pytest.mark.parametrize("value", ["June", "2030-13-01", "", 20300630, 1.5, None])
def test_anything_else_is_refused_with_what_is_allowed(value):
    with pytest.raises(ArgumentError, match="a date is written 2030-06-30"):
        finish_minutes(value)


@pytest.mark.parametrize("value", [np.datetime64("NaT"), np.datetime64("NaT", "m")])
def test_no_date_at_all_is_refused(value):
    with pytest.raises(ArgumentError, match="no date at all"):
        finish_minutes(value)
