"""Driving chains traced back on a small network with a different answer in every lane."""

from __future__ import annotations

import numpy as np

from riskmc.kernels.driving import count, drop_missing, trace

LANES = 128


def words(bits):
    return np.packbits(np.asarray(bits, np.uint8), axis=1, bitorder="little").view(np.uint64)


def lanes(critical):
    return np.unpackbits(critical.view(np.uint8), axis=1, bitorder="little").astype(bool)


def traced(tight, exists, doubtful=()):
    """Chain 0 -> 1 -> 3 and 2 -> 3, node 3 sets the finish in the lanes of the last row of ``tight``."""
    links = np.array([[2, 3, 2], [1, 3, 1], [0, 1, 0]], np.int32)
    critical = np.full((4, LANES // 64), 2**63, np.uint64)
    trace(np.array([[3, 3]], np.int32), links, words(tight), critical)
    drop_missing(np.array(doubtful, np.int32), exists, critical)
    return critical


def test_every_lane_has_its_own_chain_and_ties_count():
    tight = np.random.default_rng(1).integers(0, 2, (4, LANES))
    found = lanes(traced(tight, np.ones((4, LANES), np.uint8)))
    last = tight[3]
    np.testing.assert_array_equal(found, [last & tight[1] & tight[0], last & tight[1], last & tight[2], last])


def test_what_does_not_exist_passes_the_chain_on_uncounted():
    exists = np.ones((4, LANES), np.uint8)
    exists[1, ::2] = 0
    found = lanes(traced(np.ones((4, LANES)), exists, doubtful=[1]))
    assert found[0].all()
    np.testing.assert_array_equal(found[1], exists[1])


def test_only_the_lanes_asked_for_are_counted():
    tight = np.random.default_rng(2).integers(0, 2, (4, LANES))
    critical = traced(tight, np.ones((4, LANES), np.uint8))
    for first, last in ((0, LANES), (3, 70), (64, 65), (10, 10)):
        out = np.full(4, 5, np.int64)
        count(critical, first, last, out)
        np.testing.assert_array_equal(out - 5, lanes(critical)[:, first:last].sum(axis=1))
