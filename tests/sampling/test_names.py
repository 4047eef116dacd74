"""Keys of variables: stable, the same for equal text, and refused where two collide."""

import numpy as np
import pytest

from riskmc.errors import ArgumentError, ProgramError
from riskmc.sampling import key, keys, split_seed


def test_the_key_of_a_name_is_blake2b_of_its_text():
    # b2sum --length=64, read as a little-endian number
    assert key("activity/build.dig/duration") == 0x2A44898149680338
    assert key("") == int.from_bytes(bytes.fromhex("e4a6a0577479b2b4"), "little")


def test_equal_text_in_another_unicode_form_has_the_same_key():
    composed, decomposed = "brücke", "bru\u0308cke"
    assert composed != decomposed
    assert key(composed) == key(decomposed)
    np.testing.assert_array_equal(keys([composed, "a"]), [key(composed), key("a")])


def test_two_variables_of_one_name_are_refused_naming_both():
    with pytest.raises(ProgramError, match=r"survey: has the same random numbers as 'survey'; rename one of the two"):
        keys(["survey", "dig", "survey"])


def test_a_seed_has_two_halves_and_its_limits():
    assert split_seed(2**33 + 7) == (7, 2)
    for seed in (-1, 2**64):
        with pytest.raises(ArgumentError, match="a seed is a whole number from 0"):
            split_seed(seed)
