"""Scores of many variables: Latin hypercube strata against the permutation written out, and mixing by weights."""

import numpy as np
import pytest
from scipy import special, stats

from riskmc.kernels.philox import fill_words
from riskmc.kernels.scores import OF_PERMUTATIONS, draw_strata, mix_scores

SEED = (np.uint64(12), np.uint64(34))


def drawn(variables, block):
    hashes = np.arange(variables, dtype=np.uint32)
    z = np.empty((variables, 256), np.float32)
    draw_strata(*SEED, hashes, hashes[::-1].copy(), np.int64(block), z)
    return z


def permuted(lane, key):
    """Kensler (2013), listing of section 2, in whole numbers modulo 2^32, for a length of 256."""
    width, mask = 255, 0xFFFFFFFF
    i = lane ^ key
    i = i * 0xE170893D & mask
    i ^= key >> 16
    i ^= (i & width) >> 4
    i ^= key >> 8
    i = i * 0x0929EB3F & mask
    i ^= key >> 23
    i ^= (i & width) >> 1
    i = i * (1 | key >> 27) & mask
    i = i * 0x6935FA69 & mask
    i ^= (i & width) >> 11
    i = i * 0x74DCB303 & mask
    i ^= (i & width) >> 2
    i = i * 0x9E501CC3 & mask
    i ^= (i & width) >> 2
    i = i * 0xC860A3DF & mask
    i &= width
    i ^= i >> 5
    return (i + key) % 256


def test_every_block_of_every_variable_has_one_draw_in_each_stratum():
    for block in (0, 1, 999_999):
        strata = np.sort(np.floor(special.ndtr(drawn(40, block).astype(float)) * 256), axis=1)
        np.testing.assert_array_equal(strata, np.tile(np.arange(256), (40, 1)))


def test_the_stratum_is_the_published_permutation_and_the_place_in_it_the_variables_own_word():
    z = drawn(3, 7)
    for variable in range(3):
        words, keys = np.empty(256, np.uint32), np.empty(256, np.uint32)
        fill_words(*SEED, variable, 2 - variable, 0, 7, words)
        counter = 7 // 64  # word 0 of the call with counter 7 stands at lane 7 of block 0
        fill_words(*SEED, variable, 2 - variable, OF_PERMUTATIONS, counter, keys)
        key = int(keys[7])
        upper = np.array([permuted(lane, key) for lane in range(256)], np.uint64)
        u = (upper * 2.0**24 + (words >> 8) + 0.5) / 2.0**32
        np.testing.assert_allclose(z[variable], special.ndtri(u), rtol=2e-6, atol=2e-6)


@pytest.mark.statistical
def test_strata_of_two_variables_are_independent():
    """Chi-square of 16 x 16 cells over 400 pairs; false alarm one in a million."""
    cells = np.floor(special.ndtr(np.stack([drawn(2, block) for block in range(400)]).astype(float)) * 16).astype(int)
    counts = np.zeros((16, 16))
    np.add.at(counts, (cells[:, 0].ravel(), cells[:, 1].ravel()), 1)
    expected = counts.sum() / 256
    assert ((counts - expected) ** 2 / expected).sum() < stats.chi2.isf(1e-6, 15 * 15)


@pytest.mark.statistical
def test_every_lane_meets_every_stratum_equally_often():
    """Chi-square of 256 lanes x 16 strata over 4,000 rows; false alarm one in a million."""
    rows = np.concatenate([drawn(100, block) for block in range(40)])
    cells = np.floor(special.ndtr(rows.astype(float)) * 16).astype(int)
    counts = np.stack([(cells == stratum).sum(axis=0) for stratum in range(16)])
    expected = len(rows) / 16
    assert ((counts - expected) ** 2 / expected).sum() < stats.chi2.isf(1e-6, 255 * 15)


def test_mixing_is_a_weighted_sum_in_place_in_the_order_given():
    z = np.arange(12, dtype=np.float32).reshape(3, 4)
    target, start = np.array([1, 0], np.int32), np.array([0, 2, 4], np.int32)
    column, weight = np.array([1, 2, 0, 2], np.int32), np.array([0.5, 0.25, 2.0, -1.0], np.float32)
    before = z.copy()
    mix_scores(target, start, column, weight, z)
    np.testing.assert_array_equal(z[1], 0.5 * before[1] + 0.25 * before[2])
    np.testing.assert_array_equal(z[0], 2 * before[0] - before[2])
    np.testing.assert_array_equal(z[2], before[2])
