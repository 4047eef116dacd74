"""Notes of a reading: what they are about is listed so that nobody takes a number of items for the name of one."""

from __future__ import annotations

import pytest

from riskmc.io.findings import called, with_items


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ([], "rows are left out"),
        (["5"], "rows are left out (5)"),
        (["5", "13", "21"], "rows are left out (5, 13, 21)"),
        (["5", "13", "21", "34"], "rows are left out (4 in all: 5, 13, 21, ...)"),
        (["5 Piles, first row", "13"], "rows are left out (5 Piles, first row; 13)"),
        (["A"] * 1200, "rows are left out (1,200 in all: A, A, A, ...)"),
    ],
)
def test_few_items_are_all_listed_and_of_many_the_first_and_their_number(items: list[str], told: str) -> None:
    assert with_items("rows are left out", items) == told


@pytest.mark.parametrize(
    ("code", "name", "told"),
    [
        ("5", "Pour slab", "5 Pour slab"),
        ("Ferry_Pier.5", " Pour\n slab ", "Ferry_Pier.5 Pour slab"),
        ("Ferry_Pier.5", None, "Ferry_Pier.5"),
        ("A1010", "Pour slab", "A1010"),
        ("BRIDGE.A 10.2", "Piles", "BRIDGE.A 10.2"),
        ("7", "n" * 90, "7 " + "n" * 40),
    ],
)
def test_a_name_stands_beside_what_is_known_by_a_number_alone(code: str, name: str | None, told: str) -> None:
    assert called(code, name) == told
