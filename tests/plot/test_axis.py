"""Axes: months with years beneath, round amounts, and no two labels that touch or say the same."""

from datetime import date

import pytest
from matplotlib.figure import Figure

from riskmc.plot.axis import mark_amounts, mark_months, mark_numbers

EPOCH = date(1970, 1, 1)


def axes(low: float, high: float, width: float = 400):
    figure = Figure(figsize=(width / 72, 2), dpi=72)
    ax = figure.add_axes((0, 0.3, 1, 0.7))
    ax.set_xlim(low, high)
    return ax


def day(*parts: int) -> int:
    return (date(*parts) - EPOCH).days


def ticks(ax) -> list[str]:
    return [label.get_text() for label in ax.get_xticklabels()]


def test_ticks_stand_on_the_first_of_months_and_years_under_the_first_and_each_january():
    ax = axes(day(2028, 10, 10), day(2029, 4, 20))
    mark_months(ax)
    assert ticks(ax) == ["Nov", "Dec", "Jan", "Feb", "Mar", "Apr"]
    assert ax.get_xticks().tolist() == [day(2028, m, 1) for m in (11, 12)] + [day(2029, m, 1) for m in (1, 2, 3, 4)]
    assert [(text.get_text(), text.get_position()[0]) for text in ax.texts] == [
        ("2028", day(2028, 11, 1)),
        ("2029", day(2029, 1, 1)),
    ]


@pytest.mark.parametrize("years", [1, 3, 10, 40, 400])
def test_a_longer_axis_has_fewer_ticks_never_too_many(years):
    ax = axes(day(2020, 1, 1), day(2020 + years, 1, 2))
    mark_months(ax)
    assert 2 <= len(ticks(ax)) <= 12
    assert years < 3 or set(ticks(ax)) <= {"Jan", "Jul"}


def test_an_axis_of_days_says_the_days():
    ax = axes(day(2029, 6, 3), day(2029, 6, 20))
    mark_months(ax)
    assert ticks(ax)[0] == "3 Jun"
    assert len(ticks(ax)) >= 3


@pytest.mark.parametrize(
    "low, high, unit, first",
    [
        (56.2e6, 69.9e6, "EUR", "EUR 60M"),
        (60.1e6, 61.2e6, "EUR", "EUR 60.5M"),
        (0, 1_000, "EUR", "EUR 0"),
        (1.2e9, 2.4e9, "USD", "USD 1,500M"),
        (-3e6, 5e6, "EUR", "−EUR 2M"),
        (0.1, 0.9, "days", "0.2 days"),
    ],
)
def test_amounts_are_round_and_in_as_many_digits_as_they_need(low, high, unit, first):
    ax = axes(low, high)
    mark_amounts(ax, unit)
    assert ticks(ax)[0] == first
    assert len(set(ticks(ax))) == len(ticks(ax)) >= 2


def test_numbers_are_whole():
    ax = axes(-0.5, 3.5)
    mark_numbers(ax, lambda days: f"{days:g}")
    assert set(ticks(ax)) <= {"0", "1", "2", "3"}
