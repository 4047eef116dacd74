"""Philox against its published known answers, and the lane map that is fixed for ever."""

import numpy as np
import pytest

from riskmc.kernels.compiled import entry
from riskmc.kernels.philox import fill_words, philox

# Random123, tests/kat_vectors (D. E. Shaw Research, BSD licence), lines "philox4x32 10":
# counter (4), key (2), expected words (4).
KNOWN_ANSWERS = [
    ((0,) * 4, (0,) * 2, (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@entry
def called(c0, c1, c2, c3, k0, k1):
    return philox(c0, c1, c2, c3, k0, k1)


@pytest.mark.parametrize("counter, seed, expected", KNOWN_ANSWERS)
def test_philox_gives_the_published_known_answers(counter, seed, expected):
    assert tuple(int(w) for w in called(*map(np.uint64, counter), *map(np.uint64, seed))) == expected


def plain_philox(counter, seed):
    """Philox4x32-10 in Python integers, as its paper writes it."""
    c, k = list(counter), list(seed)
    for _ in range(10):
        a, b = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(b >> 32) ^ c[1] ^ k[0], b & 0xFFFFFFFF, (a >> 32) ^ c[3] ^ k[1], a & 0xFFFFFFFF]
        k = [(k[0] + 0x9E3779B9) & 0xFFFFFFFF, (k[1] + 0xBB67AE85) & 0xFFFFFFFF]
    return c


@pytest.mark.parametrize("block, occurrence", [(0, 0), (3, 0), (39, 7), (2**26 - 1, 2)])
def test_iteration_n_has_its_place_in_the_lane_map(block, occurrence):
    out = np.zeros(256, np.uint32)
    fill_words(11, 22, 33, 44, occurrence, block, out)
    for r in (0, 1, 63, 64, 100, 128, 191, 192, 255):
        counter = ((block * 64 + r % 64) & 0xFFFFFFFF, occurrence, 33, 44)
        assert out[r] == plain_philox(counter, (11, 22))[r // 64]


def test_the_first_words_of_a_block_are_pinned():
    out = np.zeros(256, np.uint32)
    fill_words(1, 0, 2, 3, 0, 0, out)
    assert [out[r] for r in (0, 64, 128, 192, 255)] == [0xBF9F7D6, 0xC510E907, 0x7E7C695C, 0x6E89A69D, 0xB6589615]
