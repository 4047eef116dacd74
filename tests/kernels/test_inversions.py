"""Inversions: against all pairs one by one, ties and any length included."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from riskmc.kernels.inversions import inversions


@settings(max_examples=60)
@given(st.lists(st.integers(-5, 5), max_size=40))
def test_pairs_in_the_wrong_order_are_counted_and_the_row_is_sorted(values):
    row = np.array(values, np.int64)
    expected = sum(a > b for i, a in enumerate(values) for b in values[i + 1 :])
    assert inversions(row, np.empty_like(row)) == expected
    assert row.tolist() == sorted(values)


def test_a_row_turned_round_has_every_pair():
    row = np.arange(1_000, dtype=np.int64)[::-1].copy()
    assert inversions(row, np.empty_like(row)) == 499_500
