"""The catalogue of activities: what each pattern and filter matches, and the nearest value where it matches nothing."""

from __future__ import annotations

from fnmatch import fnmatchcase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmc.program import Program
from riskmc.program.catalogue import branch, matcher

PROGRAM = Program(
    program="X",
    start="2027-01-04",
    projects={
        "build": {
            "activities": {
                "a": {"duration": "1d", "wbs": "CIV", "name": "Dig the pit", "codes": {"Trade": "Civil"}, "tags": "x"},
                "b": {"duration": "1d", "wbs": "CIV.1", "name": "DIG deeper", "codes": {"Trade": "Steel"}},
                "c": {"duration": "1d", "wbs": "CIV.1.2", "tags": ["early"]},
                "d": {"duration": "1d", "wbs": "CIVIL.1"},
            }
        }
    },
)


@pytest.mark.parametrize(
    ("pattern", "activities"),
    [
        ("wbs:CIV.*", "abc"),
        ("wbs:CIV", "a"),
        ("wbs:CIV*", "abcd"),
        ("wbs:*.1", "bd"),
        ("wbs:*.1.*", "bcd"),
        ("wbs: CIV.1.*", "bc"),
        ("name:dig*", "ab"),
        ("name:*PIT", "a"),
        ("code:Trade=*", "ab"),
        ("code: Trade = Civil", "a"),
        ("tag:e*", "c"),
        ("build.*", "abcd"),
        ("all", "abcd"),
        ("*", "abcd"),
    ],
)
def test_a_pattern_matches_what_an_analyst_means(pattern: str, activities: str) -> None:
    assert PROGRAM.catalogue().matching(pattern) == {f"build.{name}" for name in activities}


@pytest.mark.parametrize(
    ("pattern", "nearest"),
    [
        ("wbs:CIV.3.*", "CIV.1"),
        ("code:trade=Civil", "Trade"),
        ("code:Trade=Civils", "Civil"),
        ("tag:earl", "early"),
        ("biuld.*", "build"),
    ],
)
def test_a_pattern_that_matches_nothing_is_told_with_the_nearest_value(pattern: str, nearest: str) -> None:
    assert PROGRAM.catalogue().matching(pattern) == set()
    assert f"matches no activity; did you mean {nearest!r}?" in PROGRAM.catalogue().unmatched(pattern)


@settings(max_examples=300, deadline=None)
@given(pattern=st.text("ab*.", max_size=6), text=st.text("ab.", max_size=8))
def test_a_star_stands_for_any_text_as_in_file_names(pattern: str, text: str) -> None:
    assert matcher(pattern)(text) == fnmatchcase(text, pattern)
    below = pattern.endswith(".*") and fnmatchcase(text, pattern[:-2])
    assert branch(pattern)(text) == (fnmatchcase(text, pattern) or below)


def test_the_ends_of_a_pattern_do_not_share_a_letter() -> None:
    assert not matcher("a*a")("a")
    assert matcher("a*a")("aa")
    assert not matcher("ab*ba")("aba")
