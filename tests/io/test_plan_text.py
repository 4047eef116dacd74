"""Text in files of planning tools: one line, names each once, numbers, WBS paths."""

import time

import pytest

from riskmc.io.plan_text import names, number_text, one_line, wbs_parts


def test_control_signs_and_line_ends_become_blanks():
    assert one_line("a\tb\r\nc\x7f\x85\u2028d") == "a b c d"


def test_names_that_are_cut_stay_different():
    assert list(names(["x" * 50, "x" * 60, "", "x" * 70, "x" * 36 + " (3)"], 40).values()) == [
        "x" * 40, "x" * 36 + " (2)", "-", "x" * 36 + " (3)", "x" * 36 + " (4)",
    ]  # fmt: skip


@pytest.mark.parametrize("value, text", [(1 / 60, "0.0166666667"), (8.0, "8"), (-0.5, "-0.5"), (0.1 + 0.2, "0.3"),
                                         (1e15, "1000000000000000"), (-1e-12, "0")])  # fmt: skip
def test_numbers_have_a_point_and_no_exponent(value, text):
    assert number_text(value) == text


def test_ten_thousand_names_that_are_cut_alike_are_told_apart_at_once():
    """Counting from two for each of them would take minutes."""
    began = time.process_time()
    found = names((f"{'x' * 40}{number}" for number in range(10_000)), 40)
    assert len({*found.values()}) == 10_000
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "path, parts", [("A.B.C", ["A", "B", "C"]), ("A..B", ["A..B"]), (".A.", [".A."]), ("Phase 1", ["Phase 1"])]
)
def test_a_wbs_path_falls_into_its_parts(path, parts):
    assert wbs_parts(path) == parts


def test_a_wbs_path_beyond_forty_levels_ends_in_one_name():
    assert len(wbs_parts(".".join("x" * 100))) == 41
