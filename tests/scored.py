"""Scores of named variables, drawn as a compiled program draws them."""

import numpy as np

from riskmc.kernels.scores import draw_scores
from riskmc.sampling import keys, split_seed


def halves(names):
    """The two halves of the variables' keys: uint32[n] low, uint32[n] high."""
    hashes = keys(names)
    return (hashes & np.uint64(0xFFFFFFFF)).astype(np.uint32), (hashes >> np.uint64(32)).astype(np.uint32)


def fill(names, seed, block, z):
    """Fill ``z`` (float32[n, 256]) with the independent scores of the iterations 256 * block onwards."""
    draw_scores(*map(np.uint64, split_seed(seed)), *halves(names), np.int64(block), z)
