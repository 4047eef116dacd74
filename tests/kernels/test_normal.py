"""Normal scores in float32 against the exact functions, over all magnitudes of words."""

import numpy as np
from scipy import special

from riskmc.kernels.normal import FARTHEST_SCORE, probabilities, scores
from riskmc.kernels.philox import fill_words
from riskmc.kernels.scores import draw_scores


def words_of_every_size():
    """Ends, middle and powers of two with their neighbours, and a regular comb over all words."""
    near = np.arange(-2000, 2000)
    powers = (2 ** np.arange(1, 32))[:, None] + np.arange(-1, 2)
    geometric = (2 ** np.linspace(0, 31, 100_001)).astype(np.int64)
    comb = np.arange(0, 2**32, 17_389)
    everything = [near[2000:], 2**31 + near, 2**32 + near[:2000], powers.ravel(), 2**32 - powers.ravel()]
    words = np.concatenate([*everything, geometric, 2**32 - 1 - geometric, comb])
    return words.astype(np.uint32)


def exact_scores(words):
    u = (words.astype(float) + 0.5) / 2**32
    return np.where(u < 0.5, special.ndtri(u), -special.ndtri((2.0**32 - words - 0.5) / 2**32))


def test_scores_are_within_a_hundred_thousandth_everywhere():
    words = words_of_every_size()
    z = np.empty(words.size, np.float32)
    scores(words, z)
    assert np.abs(z - exact_scores(words)).max() < 5e-6


def test_scores_are_symmetric_to_the_bit():
    words = words_of_every_size()
    z, mirrored = np.empty((2, words.size), np.float32)
    scores(words, z)
    scores(~words, mirrored)
    np.testing.assert_array_equal(z, -mirrored)


def test_scores_rise_with_their_words_but_for_rounding():
    words = np.unique(words_of_every_size())
    z = np.empty(words.size, np.float32)
    scores(words, z)
    assert np.diff(z.astype(float)).min() > -2e-6
    assert abs(z[0]) <= FARTHEST_SCORE


def test_probabilities_are_exact_to_float32_and_relative_in_the_tail():
    z = np.linspace(-6.4, 6.4, 400_001).astype(np.float32)
    u = np.empty_like(z)
    probabilities(z, u)
    exact = special.ndtr(z.astype(float))
    assert np.abs(u - exact).max() < 5e-7
    assert np.abs(u / exact - 1)[z < 0].max() < 5e-6


def test_probabilities_beyond_the_farthest_score_stay_between_nought_and_one():
    z = np.array([-40.0, -7.0, 7.0, 40.0, -np.inf, np.inf], np.float32)
    u = np.empty_like(z)
    probabilities(z, u)
    assert ((u >= 0) & (u <= 1)).all()
    assert u[0] < 1e-9
    assert u[3] == 1


def test_drawn_scores_are_the_scores_of_the_words_drawn():
    low, high = np.array([5, 6], np.uint32), np.array([7, 8], np.uint32)
    z = np.empty((2, 256), np.float32)
    draw_scores(np.uint64(1), np.uint64(2), low, high, np.int64(9), z)
    for i in range(2):
        words, expected = np.empty(256, np.uint32), np.empty(256, np.float32)
        fill_words(1, 2, low[i], high[i], 0, 9, words)
        scores(words, expected)
        np.testing.assert_array_equal(z[i], expected)
