"""Values as companies write them: money and times with their units before, behind or in the heading, and ranges."""

from __future__ import annotations

import pytest

from riskmc.errors import ArgumentError
from riskmc.io.said_values import effect, plain_number
from riskmc.program.notation import size_text

SAID = [
    ("€ 250,000", "cost", "", "250k"),
    ("1.250.000,50 EUR", "cost", "", "1250000.5"),
    ("1'200", "cost", "k", "1.2M"),
    ("250 k€", "cost", "", "250k"),
    ("$1.2M", "cost", "k", "1.2M"),
    ("100 – 500", "cost", "k", "uniform(100k 500k)"),
    ("100-500 kEUR", "cost", "", "uniform(100k 500k)"),
    ("10 days", "schedule", "w", "10d"),
    ("10", "schedule", "w", "10w"),
    ("10", "schedule", "", "10d"),
    ("3 cal days", "schedule", "d", "3ed"),
    ("2-4 wks", "schedule", "d", "uniform(2w 4w)"),
    ("2 to 4 weeks", "schedule", "d", "uniform(2w 4w)"),
    ("5/10/20 d", "schedule", "", "triangular(5d 10d 20d)"),
    ("-10 - -5", "schedule", "d", "uniform(-10d -5d)"),
    ("10%", "schedule", "d", "10%"),
    ("triangular(1d 2d 5d)", "schedule", "", "triangular(1d 2d 5d)"),
    ("10-30%", "probability", "", "uniform(10% 30%)"),
    ("35", "probability", "%", "35%"),
]


@pytest.mark.parametrize(("text", "field", "unit", "said"), SAID, ids=[text for text, *_ in SAID])
def test_a_value_is_understood(text: str, field: str, unit: str, said: str) -> None:
    found = effect(text, field, unit)
    assert found is not None
    assert size_text(found) == said


@pytest.mark.parametrize("text", ["", "n/a", "TBC", "-", "0", "0 - 0"])
def test_no_value_is_none(text: str) -> None:
    assert effect(text, "cost", "") is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("5 bananas", "'5 bananas': unknown unit 'bananas'; write 10d"),
        ("soon", "'soon' is no value; write 10d"),
        ("10.05.2027", "is no value"),
        ("20-10 d", "low <= high must hold, got 20d, 10d"),
        ("1/2/3/4 d", "'1/2/3/4 d' has 4 values"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_rule(text: str, reason: str) -> None:
    with pytest.raises(ArgumentError) as found:
        effect(text, "schedule", "d")
    assert reason in str(found.value)


@pytest.mark.parametrize(
    ("text", "comma", "number"),
    [
        ("250,000", False, 250_000.0),
        ("250,000", True, 250.0),
        ("250.000", False, 250.0),
        ("250.000", True, 250_000.0),
        ("0,350", False, 0.35),
        ("1 234 567", False, 1_234_567.0),
        ("1,234,56", False, None),
        ("High", False, None),
    ],
)
def test_thousands_and_decimals_are_told_apart(text: str, comma: bool, number: float | None) -> None:
    assert plain_number(text, comma) == number
