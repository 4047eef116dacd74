"""Links, lags and durations in the manner of Microsoft Project."""

import pytest

from riskmc.io.sheets.links import lag_text, link_of, time_text

KNOWN = {"12", "3", "A 10", "FS", "12SS", "a-1"}.__contains__


@pytest.mark.parametrize(
    "text, said",
    [
        ("12", {"activity": "12"}),
        ("3FS", {"activity": "3", "type": "FS"}),
        ("3ss+5d", {"activity": "3", "type": "SS", "lag": "5d"}),
        ("3FF - 2 days", {"activity": "3", "type": "FF", "lag": "-2d"}),
        ("3 SF+5ed", {"activity": "3", "type": "SF", "lag": "5ed"}),
        ("3FS+50%", {"activity": "3", "type": "FS", "lag": "50%"}),
        ("3+2 wks", {"activity": "3", "type": "FS", "lag": "2w"}),
        ('"A 10" SS+1d', {"activity": "A 10", "type": "SS", "lag": "1d"}),
        ("A 10SS", {"activity": "A 10", "type": "SS"}),
        ("12SS", {"activity": "12SS"}),  # a code that looks like a link is one where there is such an activity
        ("12SS+1d", {"activity": "12", "type": "SS", "lag": "1d"}),
        ("12SSFF", {"activity": "12SS", "type": "FF"}),
        ("FSFS+1h", {"activity": "FS", "type": "FS", "lag": "1h"}),
        ("a-1", {"activity": "a-1"}),
        ("3SS+uniform(1d 2d)", {"activity": "3", "type": "SS", "lag": "uniform(1d 2d)"}),
        ("4FS", "4FS"),
    ],
)
def test_a_link_in_a_cell_is_taken_apart_where_it_names_an_activity(text, said):
    assert link_of(text, KNOWN) == said


@pytest.mark.parametrize(
    "text, said",
    [
        ("5 days", "5d"), ("5 days?", "5d"), ("2,5 wks", "2.5w"), ("4 hrs", "4h"), ("30 mins", "30min"),
        ("5 edays", "5ed"), ("5ed", "5ed"), ("2 mons", "40d"), ("2mo", "2mo"), ("5", "5d"), ("1 yr", "1y"), ("0", "0d"),
        ("5 m", "5 m"), ("soon", "soon"), ("pert(1d 2d 3d)", "pert(1d 2d 3d)"), ("-3 d", "-3d"),
    ],
)  # fmt: skip
def test_a_time_is_read_with_its_unit_and_days_go_without_saying(text, said):
    assert time_text(text) == said


def test_a_number_may_have_another_unit_than_days():
    assert time_text("5", "h") == "5h"


def test_a_lag_keeps_its_sign_and_a_share_stays_one():
    assert [lag_text(text) for text in ("+ 5 days", "-2d", "+50%", "-12,5 %")] == ["5d", "-2d", "50%", "-12.5%"]
