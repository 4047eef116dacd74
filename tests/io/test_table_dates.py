"""Dates in the manner of any country."""

import pytest

from riskmc.io.table.dates import date_text, day_first


@pytest.mark.parametrize(
    "text, said",
    [
        ("2027-01-04", "2027-01-04"),
        ("2027-01-04 08:00:00", "2027-01-04T08:00"),
        ("2027/1/4", "2027-01-04"),
        ("4 January 2027 8:00", "2027-01-04T08:00"),
        ("4-Jan-27", "2027-01-04"),
        ("January 4, 2027 5:30 PM", "2027-01-04T17:30"),
        ("Mon 04-Jan-27 12:15 AM", "2027-01-04T00:15"),
        ("05/05/2027", "2027-05-05"),
        ("04/01/2027", None),
        ("2027-02-30", None),
        ("4 Foo 2027", None),
        ("0000-01-01", None),
        ("0001-01-01", "0001-01-01"),
        ("9999-12-31 25:00", None),
    ],
)
def test_a_date_that_needs_no_other_is_read_alone(text, said):
    assert date_text(text, None) == said


def test_the_other_dates_of_a_table_say_whether_the_day_comes_first():
    assert day_first(["Mon 04/01/27", "25/01/27"]) is True
    assert day_first(["01/04/27", "01/25/27"]) is False
    assert day_first(["01/04/27", "2027-01-25", "soon"]) is None
    assert day_first(["04.01.27"]) is True
    assert date_text("Mon 04/01/27 8:00", True) == "2027-01-04T08:00"
    assert date_text("Mon 04/01/27 8:00", False) == "2027-04-01T08:00"
