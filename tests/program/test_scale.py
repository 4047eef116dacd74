"""Scales: bands as people write them, words as people use them, and one text for each that is read back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmc.errors import ArgumentError, ProgramError
from riskmc.program.scale import Scales, band, band_text, translated

BANDS = [
    ("5d-20d", "5d - 20d"),
    ("5-20d", "5d - 20d"),
    ("5d to 20d", "5d - 20d"),
    ("<10%", "0% - 10%"),
    ("up to 2w", "0w - 2w"),
    ("10%", "10%"),
    ("20d-20d", "20d"),
    ("-10d - -5d", "-10d - -5d"),
    ("100k-1M", "100k - 1M"),
    ("triangular(5d 10d 30d)", "triangular(5d 10d 30d)"),
]


@pytest.mark.parametrize(("said", "text"), BANDS, ids=[said for said, _ in BANDS])
def test_a_band_is_understood_and_has_one_text(said: str, text: str) -> None:
    assert band_text(band(said)) == text
    assert band(text) == band(said)


@given(low=st.integers(0, 10**6), more=st.integers(1, 10**6), unit=st.sampled_from(["d", "%", "", "w"]))
@settings(max_examples=50)
def test_every_band_comes_back_from_its_text(low: int, more: int, unit: str) -> None:
    found = band(f"{low}{unit}-{low + more}{unit}")
    assert band(band_text(found)) == found


@pytest.mark.parametrize("text", [">60d", "60d+", "over 60d", "20d-5d", "5d-20%", "High", ""])
def test_a_band_without_both_ends_or_sense_is_refused(text: str) -> None:
    with pytest.raises(ArgumentError):
        band(text)


WORDS = [
    ("VH", "VH"), ("very HIGH", "VH"), ("3 - Possible", "M"), ("Possible (3)", "M"), ("H (50-70%)", "H"),
    ("4. Likely", "H"), ("Rare", "VL"), ("Hgih", None), ("v. low", None),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "key"), WORDS)
def test_a_cell_names_a_band_in_any_of_its_words(cell: str, key: str | None) -> None:
    bands = Scales.model_validate("default").probability
    found = translated(bands, cell)
    assert found == (
        None if key is None else next(size for words, size in bands.items() if words.startswith(f"{key} "))
    )


def test_usual_words_for_a_step_do_where_a_scale_has_others_for_it() -> None:
    bands = Scales(schedule={"Very High": "20d-60d", "Low": "0d-5d"}).schedule
    assert translated(bands, "VH") == bands["Very High"]
    assert translated(bands, "L") == bands["Low"]
    assert translated(bands, "5") is None


def test_a_cell_that_names_two_bands_is_refused() -> None:
    with pytest.raises(ArgumentError, match="names two bands"):
        translated(Scales.model_validate("default").cost, "Medium/High")


def test_two_bands_with_one_word_and_chances_above_1_are_refused() -> None:
    with pytest.raises(ProgramError, match="'low' stands for two bands"):
        Scales(cost={"Low": "0-5k", "L / low": "5k-9k"})
    with pytest.raises(ProgramError, match="a probability is one share or two"):
        Scales(probability={"Low": "50%-120%"})
    with pytest.raises(ProgramError, match="stands alone"):
        Scales(file="a.yaml", shape="triangular")


def test_scales_come_back_from_what_is_written() -> None:
    for scales in (Scales.model_validate("default"), Scales(cost={"A / 1": "5%-10%"}, shape="triangular")):
        assert Scales.model_validate(scales.model_dump(mode="json", exclude_defaults=True)) == scales
