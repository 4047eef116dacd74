"""Typed figures: a cell that reads as a date, an amount, a percentage or a number of days remembers its value."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from documented import committee, forecast, sections_of
from riskmc.forecast.written import Written
from riskmc.reports.document.document import Document

_NUMBER = r"[+−]?\d[\d,]*(?:\.\d+)?"
_DAY, _MONEY = r"\d{1,2} [A-Z][a-z]{2} \d{4}", r"[+−]?[A-Z]{3} \d[\d,.]*[kM]?"
FIGURE = re.compile(rf"{_DAY}|{_MONEY}|[<>]?{_NUMBER}%|{_NUMBER}(?:[kM]| d| days?| points?)?")
NAMES = ("harbour", "no costs", "hostile")


def figures(document: Document) -> Iterator[str]:
    """Yield the cells of all tables that read as one figure; names, in the first column, and intervals are none."""
    for section in sections_of(document):
        told = [place for place, column in enumerate(section.columns) if place and "95%" not in column.heading]
        yield from (row[place] for row in section.rows for place in told if FIGURE.fullmatch(row[place]))


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_of_the_committee_report_that_reads_as_a_figure_is_typed(name):
    found = list(figures(committee(name)))
    untyped = sorted({cell for cell in found if not isinstance(cell, Written)})
    assert len(found) > 100, name
    assert not untyped, f"{len(untyped)} of {len(found)} are text: {untyped[:20]}"


@pytest.mark.parametrize("name", ["one activity", "nothing random", "no risks"])
def test_every_figure_of_a_forecast_is_typed(name):
    found = list(figures(forecast(name)))
    assert found
    assert not [cell for cell in found if not isinstance(cell, Written)]


def test_the_pattern_knows_a_figure_from_an_interval():
    for told in ("29 Jun 2029", "<1%", "+EUR 0.22M", "−43 d", "1,204 days", "+9 points", "0", "12.4M"):
        assert FIGURE.fullmatch(told), told
    for told in ("1 – 3 Jun 2029", "+1 to +3 d", "by 1 Jun 2029", "2028 Q1", "3 of 20", "never", "P80"):
        assert not FIGURE.fullmatch(told), told
