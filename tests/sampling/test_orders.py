"""Random orders: every order as often as another, the same anywhere, and keyed by the names."""

from collections import Counter
from itertools import permutations

import numpy as np
import pytest

import riskmc as rm
from riskmc.kernels.philox import fill_words
from riskmc.sampling import key, orders


def test_orders_are_those_of_the_words_of_the_names():
    words = np.zeros((3, 256), np.uint32)
    for row, name in zip(words, "abc", strict=True):
        number = key(f"order/{name}")
        fill_words(7, 0, number & 0xFFFFFFFF, number >> 32, 0, 0, row)
    found = orders(["a", "b", "c"], 5, seed=7)
    assert found.shape == (5, 3)
    assert found.tolist() == [sorted(range(3), key=words[:, n].tolist().__getitem__) for n in range(5)]


def test_every_order_is_as_likely_as_another():
    """Chi-squared of 24 orders in 24,000; 23 degrees of freedom exceed 81.8 with a chance of 1e-8."""
    counts = Counter(map(tuple, orders(["a", "b", "c", "d"], 24_000, seed=1).tolist()))
    assert set(counts) == set(permutations(range(4)))
    assert sum((count - 1_000) ** 2 / 1_000 for count in counts.values()) < 81.8


def test_more_orders_begin_with_the_same_ones_and_another_seed_has_others():
    names = [f"n{i}" for i in range(9)]
    assert np.array_equal(orders(names, 300, seed=3)[:10], orders(names, 10, seed=3))
    assert not np.array_equal(orders(names, 10, seed=3), orders(names, 10, seed=4))


def test_a_name_that_joins_changes_the_order_of_no_others_and_their_sequence_does_not_matter():
    few, more = ["b", "a", "c"], ["x", "c", "b", "a"]
    for old, new in zip(orders(few, 50, seed=2).tolist(), orders(more, 50, seed=2).tolist(), strict=True):
        assert [few[i] for i in old] == [more[i] for i in new if more[i] != "x"]


def test_hostile_names_and_none_at_all_are_ordered_too():
    assert orders(["<script>", "=cmd()", "א" * 300], 2, seed=1).shape == (2, 3)
    assert orders([], 2, seed=1).shape == (2, 0)


def test_a_seed_beyond_64_bits_is_refused():
    with pytest.raises(rm.ArgumentError, match="a seed is a whole number"):
        orders(["a"], 1, seed=2**64)
