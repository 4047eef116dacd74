"""Knobs: what each can be turned to, said as in the program file, and what it refuses."""

from __future__ import annotations

from datetime import date

import pytest

from riskmc.errors import ArgumentError
from riskmc.live.knob import Knob, share_text, step_for

HULL = Knob("yard.hull.duration", "durations", "percent", "yard.hull", "Hull", 1.0, 0.5, 2.0)
CRANES = Knob("resources.crane.capacity", "resources", "count", "crane", "Cranes", 2.0, 0.0, 5.0)
MOCK_UP = Knob("responses.mock_up", "responses", "switch", "mock_up", "Mock-up", False)
DATE = Knob("finish", "question", "date", "", "Target date", "2029-06-01")
BUDGET = Knob("cost", "question", "amount", "", "Budget", 62e6, unit="EUR")


@pytest.mark.parametrize(
    "knob, said, value, text",
    [
        (HULL, 0.8, 0.8, "80%"),
        (HULL, "80%", 0.8, "80%"),
        (HULL, "112.5%", 1.125, "112.5%"),
        (HULL, 2, 2.0, "200%"),
        (CRANES, 3, 3.0, "3"),
        (CRANES, "4", 4.0, "4"),
        (MOCK_UP, True, True, "on"),
        (MOCK_UP, "off", False, "off"),
        (DATE, "2029-07-01", "2029-07-01", "2029-07-01"),
        (DATE, date(2029, 7, 1), "2029-07-01", "2029-07-01"),
        (BUDGET, "1.2M", 1.2e6, "1200000"),
        (BUDGET, 62_500_000.5, 62_500_000.5, "62500000.5"),
    ],
)
def test_a_value_is_read_as_in_the_program_file_and_said_so_again(knob, said, value, text):
    assert knob.read(said) == value
    assert knob.text(knob.read(said)) == text
    assert knob.read(knob.text(value)) == value


@pytest.mark.parametrize(
    "knob, said, told",
    [
        (HULL, 80, r"yard.hull.duration: 50% to 200%, got 80; did you mean 0.80\?"),
        (HULL, "10%", "yard.hull.duration: 50% to 200%, got '10%'"),
        (HULL, float("nan"), "50% to 200%, got nan"),
        (HULL, True, "50% to 200%, got True"),
        (HULL, [0.8], r"50% to 200%, got \[0.8\]"),
        (HULL, "fast", "'fast' is not a quantity"),
        (CRANES, 1.5, "resources.crane.capacity: a whole number of 0 to 5, got 1.5"),
        (CRANES, 6, "a whole number of 0 to 5, got 6"),
        (MOCK_UP, 1, "responses.mock_up: True or False, on or off, got 1"),
        (MOCK_UP, "yes", "on or off, got 'yes'"),
        (DATE, "soon", "a date is written 2030-06-30"),
        (DATE, 3, "a date is written"),
        (BUDGET, "much", "cost: an amount in EUR is a number or a text such as 1.2M, got 'much'"),
    ],
)
def test_a_value_that_a_knob_cannot_take_is_refused_by_name_value_and_rule(knob, said, told):
    with pytest.raises(ArgumentError, match=told):
        knob.read(said)


@pytest.mark.parametrize("share, step", [(0.3, 1.0), (0.125, 0.5), (0.333, 0.1), (0.0005, 0.01), (0.00123, 0.001)])
def test_a_slider_stops_at_the_value_that_the_program_has(share, step):
    assert step_for(share) == step


def test_a_share_is_written_as_percent_without_needless_digits():
    assert [share_text(share) for share in (0.07, 0.125, 1.0, 0.0)] == ["7%", "12.5%", "100%", "0%"]
