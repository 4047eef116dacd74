"""The cells of a range: edited numbers count, an edited text counts, and what cannot be both is refused."""

from __future__ import annotations

import re

import pytest

from riskmc.errors import ArgumentError
from riskmc.io.range_cells import said
from riskmc.io.range_file import Cells
from riskmc.program.notation import size_text

EXPORTED = {
    "duration_minimum": "18", "duration_most_likely": "20", "duration_maximum": "26", "duration_p10": "18.9192",
    "duration_p90": "24.1", "duration_family": "triangular", "duration_range": "triangular(90% 100% 130%)",
    "duration_exported": "triangular(90% 100% 130%) | 18 20 26 18.9192 24.1",
}  # fmt: skip
LOGNORMAL = {
    "duration_minimum": "0", "duration_most_likely": "40.3", "duration_maximum": "", "duration_p10": "30",
    "duration_p90": "65", "duration_family": "lognormal", "duration_range": "lognormal(p10=30d p90=65d)",
    "duration_exported": "lognormal(p10=30d p90=65d) | 0 40.3 - 30 65",
}  # fmt: skip


def read(texts: dict[str, str], decimal_comma: bool = False) -> str | None:
    found = said(Cells(2, "a", texts, decimal_comma), "duration", "d")
    return None if found.size is None else size_text(found.size)


def edited(base: dict[str, str] = EXPORTED, **cells: str) -> dict[str, str]:
    return {**base, **{f"duration_{name}": text for name, text in cells.items()}}


def test_what_was_not_edited_is_what_was_exported() -> None:
    found = said(Cells(2, "a", EXPORTED, False), "duration", "d")
    assert (found.edited, size_text(found.size)) == (False, "triangular(90% 100% 130%)")


@pytest.mark.parametrize(
    ("cells", "size"),
    [
        ({"p10": "18.91920001"}, "triangular(90% 100% 130%)"),  # what a spreadsheet loses
        ({"minimum": "18.000"}, "triangular(90% 100% 130%)"),
        ({"maximum": "40"}, "triangular(18d 20d 40d)"),
        ({"minimum": "2w", "most_likely": "3w", "maximum": "8w"}, "triangular(2w 3w 8w)"),
        ({"minimum": "80%", "most_likely": "100%", "maximum": "200%"}, "triangular(80% 100% 200%)"),
        ({"maximum": "40", "family": "pert"}, "pert(18d 20d 40d)"),
        ({"family": "PERT"}, "pert(18d 20d 26d)"),
        ({"family": "uniform"}, "uniform(18d 26d)"),
        ({"family": "lognormal"}, "lognormal(p10=18.9192d p90=24.1d)"),
        ({"p90": "35"}, "triangular(p10=18.9192d mode=20d p90=35d)"),
        ({"p10": "15", "p90": "35", "family": "trigen"}, "trigen(15d 20d 35d)"),
        ({"range": "pert(80%  100% 150%)"}, "pert(80% 100% 150%)"),
        ({"minimum": "20", "most_likely": "20", "maximum": "20"}, "20d"),
        ({"minimum": "10", "maximum": "40", "left": "0.5"}, "triangular(20d 40d 80d)"),
    ],
)
def test_what_was_edited_counts(cells: dict[str, str], size: str) -> None:
    assert read(edited(**cells)) == size


@pytest.mark.parametrize(
    ("cells", "size"),
    [
        ({"p90": "90"}, "lognormal(p10=30d p90=90d)"),
        ({"minimum": "20", "most_likely": "40", "maximum": "90", "family": "pert"}, "pert(20d 40d 90d)"),
    ],
)
def test_a_family_without_ends_is_given_by_its_percentiles(cells: dict[str, str], size: str) -> None:
    assert read(edited(LOGNORMAL, **cells)) == size


@pytest.mark.parametrize(
    ("cells", "size"),
    [
        ({"minimum": "18", "most_likely": "20", "maximum": "26"}, "triangular(18d 20d 26d)"),
        ({"p10": "18", "most_likely": "20", "p90": "26", "family": "pert"}, "pert(p10=18d mode=20d p90=26d)"),
        ({"minimum": "18", "maximum": "26", "family": "uniform"}, "uniform(18d 26d)"),
        ({"range": "x pert(90% 100% 130%)"}, "x pert(90% 100% 130%)"),
        ({}, None),
    ],
)
def test_a_table_of_ones_own_gives_numbers_or_a_text(cells: dict[str, str], size: str | None) -> None:
    assert read(edited({}, **cells)) == size


def test_decimal_commas_are_read_where_semicolons_separate() -> None:
    assert read(edited(minimum="17,5", maximum="1.000,25"), decimal_comma=True) == "triangular(17.5d 20d 1000.25d)"
    assert read(edited(minimum="17.5"), decimal_comma=True) == "triangular(17.5d 20d 26d)"


@pytest.mark.parametrize("empty", [["minimum", "most_likely", "maximum", "p10", "p90"]])
def test_an_emptied_row_says_nothing(empty: list[str]) -> None:
    found = said(Cells(2, "a", edited(**dict.fromkeys(empty, "")), False), "duration", "d")
    assert (found.size, found.edited) == (None, True)


@pytest.mark.parametrize(
    ("base", "cells", "words"),
    [
        (EXPORTED, {"minimum": "5", "range": "pert(1d 2d 3d)"}, "both changed; change one"),
        (EXPORTED, {"minimum": "5", "p10": "6"}, "were both changed; change one pair"),
        (EXPORTED, {"minimum": "30"}, "low <= mode <= high must hold, got 30d, 20d, 26d"),
        (EXPORTED, {"minimum": "soon"}, "duration_minimum: 'soon' is not a quantity"),
        (EXPORTED, {"minimum": "90%"}, "mixes shares and working time"),
        (EXPORTED, {"minimum": ""}, "minimum is missing"),
        (EXPORTED, {"family": "gamma"}, "gamma is not given by these numbers; write the range in words, or one of"),
        (EXPORTED, {"family": "uniform", "most_likely": "21"}, "uniform takes no most likely value"),
        (EXPORTED, {"range": "pert(1d 2d)"}, "pert takes 3 values"),
        (EXPORTED, {"maximum": "9", "left": "0"}, "share left must be above zero, got 0"),
        (LOGNORMAL, {"maximum": "90"}, "lognormal is not given by these numbers"),
        (LOGNORMAL, {"most_likely": "45"}, "lognormal takes no most likely value"),
        ({}, {"minimum": "5", "range": "pert(1d 2d 3d)"}, "the range or its numbers, not both"),
        ({}, {"minimum": "1", "maximum": "3", "p10": "1", "p90": "3"}, "minimum and maximum, or p10 and p90, not both"),
        (
            {},
            {"minimum": "1", "maximum": "3"},
            "triangular needs minimum, most_likely, maximum; most_likely is missing",
        ),
    ],
)
def test_what_makes_no_range_is_refused_with_the_reason(base: dict, cells: dict, words: str) -> None:
    with pytest.raises(ArgumentError, match=re.escape(words)):
        read(edited(base, **cells))
