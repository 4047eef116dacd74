"""Thresholds by name: shares, days and indices, and what has no meaning."""

import pytest

from riskmc.analysis.check.thresholds import Thresholds, read_thresholds
from riskmc.errors import ArgumentError


def test_the_usual_thresholds_are_those_of_the_guide():
    usual = read_thresholds(None)
    shares = (usual.logic, usual.leads, usual.lags, usual.finish_to_start, usual.hard_constraints)
    assert shares == (0.05, 0.0, 0.05, 0.90, 0.05)
    assert (usual.high_float_days, usual.high_duration_days, usual.cpli, usual.bei) == (44, 44, 0.95, 0.95)


@pytest.mark.parametrize("name, value, field, number", [
    ("logic", "10%", "logic", 0.10), ("logic", 0.1, "logic", 0.10), ("logic", "0.1", "logic", 0.10),
    ("high_duration", 60, "high_duration_days", 60), ("high_duration", "60d", "high_duration_days", 60),
    ("high_duration", "60", "high_duration_days", 60), ("high_duration", "7%", "high_duration", 0.07),
    ("high_float_days", "30", "high_float_days", 30), ("long_lag", "5d", "long_lag_days", 5),
    ("cpli", "1.05", "cpli", 1.05), ("leads", 0, "leads", 0.0), ("high_float", "1d", "high_float_days", 1),
])  # fmt: skip
def test_a_threshold_is_a_share_a_number_of_days_or_an_index(name, value, field, number):
    assert getattr(read_thresholds({name: value}), field) == pytest.approx(number)
    assert read_thresholds([f"{name.replace('_', '-')}={value}"]) == read_thresholds({name: value})


def test_thresholds_pass_as_they_are():
    own = Thresholds(logic=0.2)
    assert read_thresholds(own) is own


@pytest.mark.parametrize("given, told", [
    ({"logics": "5%"}, "did you mean 'logic'"), ({"logic": "5d"}, "no number of days"),
    ({"logic": 5}, "a share, 0% to 100%"), ({"logic": "five"}, "a number, a share"), ({"logic": "-5%"}, "at least 0"),
    ({"logic": float("nan")}, "at least 0"), ({"logic": True}, "a number, a share"), (["logic"], "a name and a value"),
    (["=5%"], "a name and a value"), ({"long_lag": "5%"}, "a number of days"),
])  # fmt: skip
def test_what_has_no_meaning_is_refused_by_name(given, told):
    with pytest.raises(ArgumentError, match=told):
        read_thresholds(given)
